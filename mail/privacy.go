package mail

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the table has to do with people: recipients, but no words.
var Privacy = []privacy.Rule{{
	Table: "mail_outbox", Records: "mail.privacy.letters",
	Basis: privacy.Contract, Kept: privacy.SweptAfter(int(keepFailed.Hours() / 24)),
	Links: []privacy.Link{privacy.About("person"), privacy.AboutAddress("recipient")},
	Columns: []privacy.Column{
		privacy.Told("kind", "privacy.column.kind").In("mail.kind."), privacy.Told("recipient", "privacy.column.email"),
		privacy.When("created_at", "privacy.column.at"), privacy.When("sent_at", "privacy.column.sent"),
		privacy.Derived("data"), privacy.Derived("last_error"),
	},
	Plain: []string{"id", "language", "state"},
}}
