package notice

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables have to do with people: what they were told, how
// they want to be told, and what they follow. All of it ends with the account.
var Privacy = []privacy.Rule{
	privacy.NoPeople("notice_message", "id", "kind", "matter", "place", "place_title", "title", "path"),
	{
		Table: "notice_recipient", Records: "notice.privacy.told", Basis: privacy.Contract, Kept: privacy.SweptAfter(int(keptFor.Hours() / 24)),
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("message", "notice.privacy.what").As(`(SELECT m.title FROM notice_message m WHERE m.id = t.message)`),
			privacy.When("told_at", "privacy.column.at"),
		},
		Plain: []string{"how", "digest"},
	},
	{
		Table: "notice_preference", Records: "notice.privacy.preference", Basis: privacy.Contract,
		Links:   []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{privacy.Fact("how", "notice.privacy.how").In("notice.how.")},
		Plain:   []string{"kind"},
	},
	{
		Table: "notice_follow", Records: "notice.privacy.follow", Basis: privacy.Contract,
		Links: []privacy.Link{privacy.About("person")}, Columns: []privacy.Column{privacy.When("since", "privacy.column.since")},
		Plain: []string{"place"},
	},
}
