package people

import (
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
)

// ErasedName is what pages say of a person who is gone. It stands in the
// database, so that every list that joins names says it without being told.
const ErasedName = "Osoba usunięta"

// Privacy says what the tables of the room have to do with people.
var Privacy = []privacy.Rule{
	{
		Table: "person", Records: "people.privacy.account", Basis: privacy.Contract,
		Erased: privacy.Empty, Why: "people.privacy.account.why",
		Links: []privacy.Link{privacy.About("id")},
		Columns: []privacy.Column{
			privacy.Told("email", "people.email").Then(`'usunieto-' || id || '@usunieto.invalid'`),
			privacy.Told("name", "people.name").Then(`'` + ErasedName + `'`),
			privacy.Derived("name_key").Then(`'` + lang.SortKey(ErasedName) + `'`),
			privacy.Derived("search"),
			privacy.Fact("language", "people.language").In("lang."),
			privacy.Told("municipality", "people.municipality").Said(territory.Said),
			privacy.Whether("administrator", "people.admin.tag.administrator").Erased(`FALSE`),
			privacy.When("blocked_at", "people.admin.tag.blocked").Erased(`{now}`), // nobody comes in any more
			privacy.Told("blocked_reason", "people.admin.person.reason"),
			privacy.When("created_at", "people.admin.since"),
			privacy.Derived("erased_at").Then(`{now}`),
			privacy.Derived("version").Then(`version + 1`),
		},
	},
	{
		Table: "person_secret", Records: "people.privacy.secrets", Basis: privacy.Contract,
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Proof("password_hash", "people.password.label"), privacy.Proof("totp_secret", "people.second.title"),
			privacy.When("password_at", "people.privacy.password_at"), privacy.When("totp_at", "people.privacy.second_at"),
		},
	},
	{
		Table: "person_recovery_code", Records: "people.privacy.recovery", Basis: privacy.Contract,
		Links:   []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{privacy.Proof("hash", "people.privacy.recovery")},
	},
	{
		Table: "person_act", Records: "people.privacy.acts", Basis: privacy.Obligation, Kept: privacy.Years(5, "at"),
		Erased: privacy.Empty, Why: "people.privacy.acts.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("done_by", "people.privacy.administered", "at")},
		Columns: []privacy.Column{
			privacy.Fact("act", "people.admin.act.what").In("people.privacy.act."), privacy.Told("reason", "people.admin.person.reason"),
			privacy.When("at", "people.admin.act.when"),
		},
		Plain: []string{"id"},
	},
	{
		Table: "sign_in_attempt", Records: "people.privacy.attempts", Basis: privacy.Interest, Kept: privacy.SweptAfter(1),
		Links: []privacy.Link{privacy.About("person"), privacy.AboutAddress("email")},
		Columns: []privacy.Column{
			privacy.Told("email", "people.email"), privacy.When("created_at", "privacy.column.at"), privacy.Derived("network"),
			privacy.Proof("browser", "privacy.column.token"), privacy.Derived("code_hash"), privacy.Derived("link_hash"),
		},
		Plain: []string{"id", "purpose"},
	},
	// Keyed hashes of networks and addresses, for a day: they lead to nobody.
	privacy.NoPeople("sign_in_tally", "key"),
}
