package privacy

// Privacy says what the tables of this package have to do with people: it keeps
// a few rows about them itself.
var Privacy = []Rule{
	{
		Table: "privacy_hold", Records: "privacy.records.hold", Basis: Obligation, Kept: Years(5, "lifted_at"),
		Erased: Empty, Why: "privacy.records.hold.why",
		Links: []Link{About("person"), DoneBy("set_by", "privacy.did.hold", "set_at"), DoneBy("lifted_by", "privacy.did.lift", "lifted_at")},
		Columns: []Column{
			Told("reason", "privacy.column.reason"), Told("why", "privacy.column.lifted_why"),
			When("set_at", "privacy.column.since"), When("lifted_at", "privacy.column.ended"),
		},
		Plain: []string{"id"},
	},
	{
		Table: "privacy_erasure", Records: "privacy.records.erasure", Basis: Obligation, Kept: Years(5, "done_at"),
		Erased: Stay, Why: "privacy.records.erasure.why",
		Links:   []Link{About("person")},
		Columns: []Column{When("asked_at", "privacy.column.at")},
	},
	{
		Table: "privacy_look", Records: "privacy.records.looks", Basis: Obligation, Kept: Years(2, "at"),
		Links: []Link{DoneBy("actor", "privacy.did.look", "at")},
		Plain: []string{"id", "page", "place"},
	},
	{
		Table: "privacy_look_person", Records: "privacy.records.looked", Basis: Obligation, Kept: Years(2, "at"),
		Links: []Link{About("person")},
		Columns: []Column{
			Fact("look", "privacy.column.page").As(`(SELECT l.page FROM privacy_look l WHERE l.id = t.look)`).In("privacy.page."),
			When("at", "privacy.column.at"),
		},
	},
	{
		Table: "privacy_clause", Records: "privacy.records.clauses", Basis: Obligation,
		Links:    []Link{DoneBy("updated_by", "privacy.did.clause", "updated_at")},
		Mentions: []string{"words"}, // contacts of controllers and of their officers
		Plain:    []string{"kind", "place"},
	},
	NoPeople("privacy_removal", "id", "records", "fate"),
}
