package session

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the table has to do with people.
var Privacy = []privacy.Rule{{
	Table: "session", Records: "privacy.records.session",
	Basis: privacy.Contract, Kept: privacy.SweptAfter(int(Total.Hours() / 24)),
	Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("assistant", "assist.privacy.did", "created_at")},
	Columns: []privacy.Column{
		privacy.Told("agent", "privacy.column.browser"), privacy.When("created_at", "privacy.column.since"),
		privacy.When("seen_at", "privacy.column.seen"), privacy.Proof("token_hash", "privacy.column.token"),
	},
	Plain: []string{"id", "acting_for", "assistance"},
}}
