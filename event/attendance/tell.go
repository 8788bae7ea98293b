package attendance

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this package.
var Desk = []desk.Kind{{Name: waitsCertificate, Key: "event.attendance.waits.certificate", Status: "event.attendance.waits.status"}}

// Notices names of what people are told by this package.
var Notices = []notice.Kind{{Name: toldCertificate, Key: "event.attendance.notice.certificate", What: "event.attendance.notice.certificate.what",
	Letter: true, Default: notice.Now}}

const (
	waitsCertificate = "attendance.certificate"
	toldCertificate  = "attendance.certificate"
)

// onDeskFor is how long a certificate waits on the desk of somebody who does not
// open it. Afterwards it is still on the page of the event.
const onDeskFor = 60 * 24 * time.Hour

// tellReady lets those who have just got certificates know: on their desks until
// they open them, and by one letter. Somebody who was signed up by their address
// is told once they have an account with it.
func (s *Service) tellReady(ctx context.Context, tx *store.Tx, e event.Event, issued []Certificate) error {
	addresses, err := addressesOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	var to []store.ID
	for _, c := range issued {
		waiting := desk.To{Person: c.Person}
		if at := addresses[c.Registration]; c.Person == "" && at.Person != "" {
			waiting.Person = at.Person
		} else if c.Person == "" {
			waiting.Email = at.Email
		}
		if waiting == (desk.To{}) {
			continue // entered from paper, without an address
		}
		if err := desk.Put(ctx, tx, desk.Item{Kind: waitsCertificate, Matter: string(c.ID), To: waiting, Title: e.Title, Path: ownPath(e),
			Place: desk.Place{ID: e.Programme, Title: e.ProgrammeTitle}, Until: tx.Now().Add(onDeskFor)}); err != nil {
			return err
		}
		if waiting.Person != "" {
			to = append(to, waiting.Person)
		}
	}
	if len(to) == 0 {
		return nil
	}
	// Certificates are issued again for those who were noted later: each time is
	// a matter of its own, and whoever got one before is not told anew.
	return s.Notices.Tell(ctx, tx, notice.Notice{Kind: toldCertificate, Matter: string(e.ID) + "/" + issued[0].Sign(), To: to,
		Place: e.Programme, PlaceTitle: e.ProgrammeTitle, Title: e.Title, Path: ownPath(e)})
}

// ownPath is the page on which a person finds their certificate of an event.
func ownPath(e event.Event) string { return e.Path() + "/zaswiadczenie" }

// opened takes a certificate off the desk of the person who has it before them.
// Most times there is nothing to write.
func (s *Service) opened(ctx context.Context, c Certificate) error {
	n, err := store.One[int](ctx, s.db, `SELECT count(*) FROM desk_item WHERE kind = $1 AND matter = $2`, waitsCertificate, c.ID)
	if err != nil || n == 0 {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return desk.Done(ctx, tx, waitsCertificate, string(c.ID)) })
}

// address is where somebody is told who was signed up by others.
type address struct {
	Registration store.ID
	Email        string
	Person       store.ID // who has an account with it, "" for nobody
}

func addressesOf(ctx context.Context, r store.Reader, event store.ID) (map[store.ID]address, error) {
	rows, err := store.All[address](ctx, r, `SELECT g.id AS registration, g.email, p.id AS person FROM event_registration g
		LEFT JOIN person p ON p.email = g.email WHERE g.event = $1 AND g.person IS NULL AND g.email <> ''`, event)
	all := make(map[store.ID]address, len(rows))
	for _, a := range rows {
		all[a.Registration] = a
	}
	return all, err
}
