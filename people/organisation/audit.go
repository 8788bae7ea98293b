package organisation

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this room.
var Audit = audit.Room{Name: "organisation", Title: "organisation.audit.room",
	Acts: []audit.Word{
		{Name: didRegister, Key: "organisation.audit.registered"},
		{Name: didChange, Key: "organisation.audit.changed"},
		{Name: didPapers, Key: "organisation.audit.papers"},
		{Name: didVerify, Key: "organisation.audit.verified"},
		{Name: didReturn, Key: "organisation.audit.returned"},
		{Name: didAsk, Key: "organisation.audit.asked"},
		{Name: didTakeBack, Key: "organisation.audit.took_back"},
		{Name: didAccept, Key: "organisation.audit.accepted"},
		{Name: didRefuse, Key: "organisation.audit.refused"},
		{Name: didInvite, Key: "organisation.audit.invited"},
		{Name: didCancel, Key: "organisation.audit.cancelled"},
		{Name: didJoin, Key: "organisation.audit.joined"},
		{Name: didDecline, Key: "organisation.audit.declined"},
		{Name: didAmend, Key: "organisation.audit.amended"},
		{Name: didEnd, Key: "organisation.audit.ended"},
		{Name: didTakeOut, Key: "organisation.audit.taken_back"},
	},
	Fields: map[string]string{"name": "organisation.name", "short_name": "organisation.short_name", "kind": "organisation.kind",
		"register": "organisation.register", "register_number": "organisation.register_number", "nip": "organisation.nip",
		"regon": "organisation.regon", "municipality": "organisation.municipality", "address": "organisation.address",
		"website": "organisation.website", "email": "organisation.email", "phone": "organisation.phone",
		"contact": "organisation.contact", "description": "organisation.description", "verified": "organisation.list.verified",
		"signatories": "organisation.signatories", "representation": "organisation.representation", "account": "organisation.account",
		"statute_place": "organisation.statute_place", "statute_url": "organisation.statute_url",
		"role": "organisation.role", "title": "organisation.function", "from": "organisation.mandate.first", "until": "organisation.mandate.last"},
	Say: say,
}

const (
	didRegister = "organisation.registered"
	didChange   = "organisation.changed"
	didPapers   = "organisation.papers_changed"
	didVerify   = "organisation.verified"
	didReturn   = "organisation.returned"
	didAsk      = "organisation.asked"
	didTakeBack = "organisation.request_taken_back"
	didAccept   = "organisation.request_accepted"
	didRefuse   = "organisation.request_refused"
	didInvite   = "organisation.invited"
	didCancel   = "organisation.invitation_cancelled"
	didJoin     = "organisation.invitation_accepted"
	didDecline  = "organisation.invitation_declined"
	didAmend    = "organisation.mandate_changed"
	didEnd      = "organisation.mandate_ended"
	didTakeOut  = "organisation.entry_taken_back"
)

func say(ctx context.Context, field, value string) string {
	switch field {
	case "kind":
		return Kind(value).Name(ctx)
	case "register":
		return lang.T(ctx, "organisation.register."+value)
	case "role":
		return lang.T(ctx, "organisation.role."+value)
	}
	return ""
}

// note writes down what was done in an organisation. Subject is the person whom
// it concerns, "" for nobody; own says that they did it themselves.
func note(ctx context.Context, tx *store.Tx, act string, id, subject store.ID, own bool, c audit.Changes, reason string) error {
	o, err := ByID(ctx, tx, id)
	if err != nil {
		return err
	}
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "organisation", Thing: id, Title: o.Name, Path: "/organizacje/" + o.Slug,
		Organisation: id, Subject: subject, Own: own, Changes: c, Reason: reason})
}

// changesOf are the differences between two profiles. What tells how to reach a
// person is named and not kept.
func changesOf(before, after Profile) audit.Changes {
	var c audit.Changes
	c.Text("name", before.Name, after.Name)
	c.Text("short_name", before.ShortName, after.ShortName)
	c.Word("kind", string(before.Kind), string(after.Kind))
	c.Word("register", string(before.Register), string(after.Register))
	c.Text("register_number", before.RegisterNumber, after.RegisterNumber)
	c.Text("nip", before.NIP, after.NIP)
	c.Text("regon", before.REGON, after.REGON)
	c.Text("municipality", gmina(before.Municipality), gmina(after.Municipality))
	c.Withheld("address", before.Address != after.Address)
	c.Text("website", before.Website, after.Website)
	c.Withheld("email", before.Email != after.Email)
	c.Withheld("phone", before.Phone != after.Phone)
	c.Withheld("contact", before.Contact != after.Contact)
	c.Text("description", before.Description, after.Description)
	return c
}

func gmina(code string) string {
	if code == "" {
		return ""
	}
	return territory.Name(code)
}

// paperChanges names the papers that changed, and nothing of what is in them.
func paperChanges(before, after Papers) audit.Changes {
	var c audit.Changes
	c.Withheld("signatories", !slices.Equal(before.Signatories, after.Signatories))
	c.Withheld("representation", before.Representation != after.Representation)
	c.Withheld("account", before.Account != after.Account)
	c.Withheld("statute_place", before.StatutePlace != after.StatutePlace)
	c.Withheld("statute_url", before.StatuteURL != after.StatuteURL)
	return c
}

// appointmentChanges are the differences between two appointments; the zero one
// is none.
func appointmentChanges(before, after Appointment) audit.Changes {
	var c audit.Changes
	c.Word("role", string(before.Role), string(after.Role))
	c.Text("title", before.Title, after.Title)
	c.Day("from", before.From.Time, after.From.Time)
	c.Day("until", before.LastDay(), after.LastDay())
	return c
}
