package registration

import (
	"context"
	"strconv"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this package.
var Audit = audit.Room{Name: "registration", Title: "event.registration.audit.room",
	Acts: []audit.Word{
		{Name: didRegister, Key: "event.registration.audit.registered"},
		{Name: didConfirm, Key: "event.registration.audit.confirmed"},
		{Name: didWithdraw, Key: "event.registration.audit.withdrawn"},
		{Name: didAnswer, Key: "event.registration.audit.answered"},
		{Name: didEnter, Key: "event.registration.audit.entered"},
		{Name: didSettings, Key: "event.registration.audit.settings", Public: true},
		{Name: didAsk, Key: "event.registration.audit.questions"},
		{Name: didInvite, Key: "event.registration.audit.invited"},
		{Name: didUninvite, Key: "event.registration.audit.uninvited"},
		{Name: didRenewLink, Key: "event.registration.audit.link"},
	},
	Fields: map[string]string{"opens_at": "event.registration.settings.opens", "closes_at": "event.registration.settings.closes",
		"seats": "event.registration.settings.all", "count": "event.registration.audit.count"},
}

const (
	didRegister  = "registration.registered"
	didConfirm   = "registration.confirmed"
	didWithdraw  = "registration.withdrawn"
	didAnswer    = "registration.answered"
	didEnter     = "registration.entered"
	didSettings  = "registration.settings_changed"
	didAsk       = "registration.questions_changed"
	didInvite    = "registration.invited"
	didUninvite  = "registration.uninvited"
	didRenewLink = "registration.link_renewed"
)

// note writes down an act on one registration.
func (s *Service) note(ctx context.Context, tx *store.Tx, did string, e event.Event, g Registration) error {
	return audit.Write(ctx, tx, audit.Act{Name: did, Kind: "event", Thing: e.ID, Title: e.Title, Path: e.Path(), Programme: e.Programme,
		Organisation: g.Organisation, Subject: g.Person, Own: g.Person == access.From(ctx).Person})
}

// noteMany writes down an act of the team on many, or on none.
func (s *Service) noteMany(ctx context.Context, tx *store.Tx, did string, e event.Event, n int) error {
	var changes audit.Changes
	if n > 0 {
		changes.Text("count", "", strconv.Itoa(n))
	}
	return audit.Write(ctx, tx, audit.Act{Name: did, Kind: "event", Thing: e.ID, Title: e.Title, Path: e.Path(), Programme: e.Programme,
		Changes: changes})
}

// noteSettings writes down what the team set.
func (s *Service) noteSettings(ctx context.Context, tx *store.Tx, h *hall, a Admission, l Limits) error {
	var changes audit.Changes
	changes.Moment("opens_at", h.OpensAt.Time, a.OpensAt.Time)
	changes.Moment("closes_at", h.ClosesAt.Time, a.ClosesAt.Time)
	changes.Text("seats", seatsWritten(h.limits), seatsWritten(l))
	return audit.Write(ctx, tx, audit.Act{Name: didSettings, Kind: "event", Thing: h.Event.ID, Title: h.Title, Path: h.Path(),
		Programme: h.Programme, Changes: changes})
}

func seatsWritten(l Limits) string {
	if n, limited := l.All(); limited {
		return strconv.Itoa(n)
	}
	return ""
}
