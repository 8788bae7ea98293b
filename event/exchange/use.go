package exchange

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this package.
var Audit = audit.Room{Name: "exchange", Title: "event.exchange.audit.room", Acts: []audit.Word{
	{Name: didEnter, Key: "event.exchange.audit.entered", Public: true},
	{Name: didChange, Key: "event.exchange.audit.changed"},
	{Name: didPropose, Key: "event.exchange.audit.proposed", Public: true},
	{Name: didAccept, Key: "event.exchange.audit.accepted"},
	{Name: didAgree, Key: "event.exchange.audit.agreed", Public: true},
	{Name: didDecline, Key: "event.exchange.audit.declined"},
}}

const (
	didEnter   = "exchange.entered"
	didChange  = "exchange.changed"
	didPropose = "exchange.proposed"
	didAccept  = "exchange.accepted"
	didAgree   = "exchange.agreed"
	didDecline = "exchange.declined"
)

func note(ctx context.Context, tx *store.Tx, act string, e Entry) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "exchange", Thing: e.ID, Title: e.OrganisationName, Path: e.Path(),
		Programme: e.Programme, Organisation: e.Organisation})
}

func notePair(ctx context.Context, tx *store.Tx, act string, in programme.Programme, p Pair, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "exchange", Thing: p.ID, Title: p.OfferName + " – " + p.NeedName,
		Path: pairsPath(in.Slug), Programme: in.ID, Reason: reason})
}

func pairsPath(programme string) string { return listPath(programme) + "/pary" }

// Desk names what waits for people.
var Desk = []desk.Kind{
	{Name: waitsAnswer, Key: "event.exchange.waits.answer", Status: "desk.status.answer"},
	{Name: waitsDraft, Key: "event.exchange.waits.draft", Status: "desk.status.finish"},
}

const (
	waitsAnswer = "exchange.answer"
	waitsDraft  = "exchange.draft"
)

// waitForSides keeps a proposed pair on the desks of the sides that have not
// answered.
func waitForSides(ctx context.Context, tx *store.Tx, in programme.Programme, p Pair) error {
	for _, side := range []struct {
		side         Side
		organisation store.ID
		own, other   string
	}{{Offer, p.OfferOrganisation, p.OfferName, p.NeedName}, {Need, p.NeedOrganisation, p.NeedName, p.OfferName}} {
		matter := string(p.ID) + ":" + string(side.side)
		if p.State != Proposed || p.accepted(side.side) {
			if err := desk.Done(ctx, tx, waitsAnswer, matter); err != nil {
				return err
			}
			continue
		}
		err := desk.Put(ctx, tx, desk.Item{Kind: waitsAnswer, Matter: matter, To: desk.To{Role: access.Representative},
			Place: desk.Place{ID: side.organisation, Title: side.own}, Title: side.other, Path: pairsPath(in.Slug)})
		if err != nil {
			return err
		}
	}
	return nil
}

// waitForTeam puts the draft of an event on the desk of the programme.
func waitForTeam(ctx context.Context, tx *store.Tx, in programme.Programme, p Pair, e event.Event) error {
	return desk.Put(ctx, tx, desk.Item{Kind: waitsDraft, Matter: string(p.ID), To: desk.To{Role: access.Manager},
		Place: desk.Place{ID: in.ID, Title: in.Title}, Title: e.Title, Path: e.Path()})
}

// EventChanged takes the draft off the desk once it is published or cancelled.
func (s *Service) EventChanged(ctx context.Context, tx *store.Tx, _, after event.Event) error {
	if after.State() == event.Draft {
		return nil
	}
	ids, err := store.All[store.ID](ctx, tx, `SELECT id FROM event_exchange_pair WHERE event = $1`, after.ID)
	for _, id := range ids {
		if err := desk.Done(ctx, tx, waitsDraft, string(id)); err != nil {
			return err
		}
	}
	return err
}

// UsesOrganisation reports whether the organisation offers or needs anything.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_exchange WHERE organisation = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this package that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "event_exchange", Column: "organisation"}}

// Archive is what this package keeps of a programme.
var Archive = archive.Room{Parts: []archive.Part{
	{Table: "event_exchange", Where: `programme = $1`},
	{Table: "event_exchange_pair", Where: `programme = $1`},
	{Table: "organisation", Where: `id IN (SELECT organisation FROM event_exchange WHERE programme = $1)`},
}}

// Privacy says what mutual education has to do with people: who entered and who
// accepted for their organisation.
var Privacy = []privacy.Rule{
	{
		Table: "event_exchange", Records: "event.exchange.privacy.entries", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("created_by", "event.exchange.privacy.entered", "created_at")},
		Mentions: []string{"text", "terms"},
		Plain:    []string{"id", "programme", "organisation", "side", "formats", "topics", "terc"},
	},
	{
		Table: "event_exchange_pair", Records: "event.exchange.privacy.pairs", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.DoneBy("offer_by", "event.exchange.privacy.accepted", "state_at"),
			privacy.DoneBy("need_by", "event.exchange.privacy.accepted", "state_at"), privacy.DoneBy("state_by", "event.exchange.privacy.answered", "state_at")},
		Mentions: []string{"reason"},
		Plain:    []string{"id", "programme", "offer", "need", "format", "state", "event"},
	},
}
