package audit

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the log has to do with people. An act stays, done by an id
// behind which nobody is after an erasure; what it says about somebody goes with
// them. The chain knows details by their digest alone and stays whole, and
// without the salt nobody can guess the details until their digest fits.
var Privacy = []privacy.Rule{
	{
		Table: "audit_entry", Records: "audit.privacy.entries", Basis: privacy.Obligation,
		Erased: privacy.Empty, Why: "audit.privacy.why",
		Links: []privacy.Link{privacy.About("subject"), privacy.About("on_behalf"), privacy.DoneBy("person", "audit.privacy.did", "at")},
		Columns: []privacy.Column{
			privacy.Fact("act", "audit.column.act"), privacy.When("at", "audit.column.at"),
			privacy.Told("details", "audit.column.details").Then(`NULL`), privacy.Derived("salt").Then(`NULL`),
		},
		Plain: []string{"id", "role", "acting_for", "thing_kind", "thing", "programme", "organisation", "digest", "seal"},
	},
	privacy.NoPeople("audit_head", "id", "seal"),
}
