package desk

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the table has to do with people: what waits for them, and
// what waits because of them. Both end with the account.
var Privacy = []privacy.Rule{{
	Table: "desk_item", Records: "desk.privacy.items", Basis: privacy.Contract,
	Links: []privacy.Link{privacy.About("to_person"), privacy.AboutAddress("to_email"), privacy.About("about")},
	Columns: []privacy.Column{
		privacy.Told("to_email", "privacy.column.email"), privacy.Fact("place_title", "desk.privacy.place"), privacy.When("created_at", "privacy.column.at"),
	},
	Plain: []string{"id", "kind", "matter", "to_role", "place", "title", "path"},
}}
