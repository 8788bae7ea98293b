package organisation

import "github.com/wspolnota/wspolnota/privacy"

// organisationName reads the name behind the id of a column called organisation.
const organisationName = `(SELECT o.name FROM organisation o WHERE o.id = t.organisation)`

// Privacy says what the tables of the room have to do with people. The room
// keeps organisations; of people it keeps for whom they act, and who is named
// in the papers.
var Privacy = []privacy.Rule{
	{
		Table: "organisation", Records: "organisation.privacy.profiles", Basis: privacy.PublicTask,
		Links: []privacy.Link{
			privacy.DoneBy("created_by", "organisation.privacy.registered", "created_at"),
			privacy.DoneBy("updated_by", "organisation.privacy.edited", "updated_at"),
			privacy.DoneBy("verification_by", "organisation.privacy.verified", "verification_on"),
		},
		Contacts: []string{"contact", "email", "phone"},
		Mentions: []string{"address", "website", "description", "verification_note"},
		Plain: []string{"id", "slug", "name", "name_key", "folded", "short_name", "kind", "sector", "register", "register_number",
			"register_key", "nip", "regon", "municipality", "language"},
	},
	{
		Table: "organisation_papers", Records: "organisation.privacy.papers", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("updated_by", "organisation.privacy.papers_edited", "updated_at")},
		Mentions: []string{"signatories", "representation", "account", "statute_place", "statute_url"},
		Plain:    []string{"organisation"},
	},
	{
		Table: "organisation_mandate", Records: "organisation.privacy.mandates", Basis: privacy.PublicTask, Kept: privacy.Years(5, "ended_at"),
		Erased: privacy.Empty, Why: "organisation.privacy.mandates.why",
		Links: []privacy.Link{
			privacy.About("person"),
			privacy.DoneBy("ended_by", "organisation.privacy.mandate_ended", "ended_at"),
			privacy.DoneBy("created_by", "organisation.privacy.mandate_given", "created_at"),
		},
		Columns: []privacy.Column{
			privacy.Fact("organisation", "organisation.organisation").As(organisationName),
			privacy.Fact("role", "organisation.role").In("organisation.role."), privacy.Told("title", "organisation.function"),
			privacy.When("from_at", "organisation.mandate.first"), privacy.When("until_at", "organisation.mandate.last"),
			privacy.When("ended_at", "privacy.column.ended").Erased(`coalesce(ended_at, {now})`),
		},
		Plain: []string{"id"},
	},
	{
		Table: "organisation_request", Records: "organisation.privacy.requests", Basis: privacy.PublicTask, Kept: privacy.Years(5, "answered_at"),
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("answered_by", "organisation.privacy.answered", "answered_at")},
		Columns: []privacy.Column{
			privacy.Fact("organisation", "organisation.organisation").As(organisationName), privacy.Told("reason", "organisation.reason"),
			privacy.Told("answer", "organisation.privacy.answer"), privacy.When("created_at", "privacy.column.at"),
			privacy.Fact("state", "privacy.column.state").In("organisation.privacy.state."),
		},
		Plain: []string{"id"},
	},
	{
		Table: "organisation_invitation", Records: "organisation.privacy.invitations", Basis: privacy.PublicTask, Kept: privacy.Years(1, "answered_at"),
		Links: []privacy.Link{
			privacy.AboutAddress("email"), privacy.About("answered_by"),
			privacy.DoneBy("invited_by", "organisation.privacy.invited", "created_at"),
		},
		Columns: []privacy.Column{
			privacy.Told("email", "organisation.email"), privacy.Fact("organisation", "organisation.organisation").As(organisationName),
			privacy.Fact("role", "organisation.role").In("organisation.role."), privacy.Told("title", "organisation.function"),
			privacy.When("created_at", "privacy.column.at"), privacy.Fact("state", "privacy.column.state").In("organisation.privacy.state."),
		},
		Plain: []string{"id"},
	},
	privacy.NoPeople("organisation_alias", "slug", "organisation"),
}
