package trace

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what links have to do with people: who added them.
var Privacy = []privacy.Rule{{
	Table: "trace_link", Records: "trace.privacy.links", Basis: privacy.PublicTask,
	Links: []privacy.Link{privacy.DoneBy("added_by", "trace.privacy.added", "added_at")},
	Plain: []string{"id", "type", "kind", "thing", "source_kind", "source"},
}}
