package organisation

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this room.
var Desk = []desk.Kind{
	{Name: waitsCheck, Key: "organisation.desk.check", Status: "desk.status.check"},
	{Name: waitsMend, Key: "organisation.desk.mend", Status: "desk.status.finish"},
	{Name: waitsRequest, Key: "organisation.desk.request", Status: "desk.status.decide"},
	{Name: waitsInvited, Key: "organisation.desk.invitation", Status: "desk.status.answer"},
}

const (
	waitsCheck   = "organisation.unverified"
	waitsMend    = "organisation.returned"
	waitsRequest = "organisation.request"
	waitsInvited = "organisation.invitation"
)

// answerWithin is how long a request, or an organisation that is to be verified,
// may wait before it is late.
const answerWithin = 14 * 24 * time.Hour

// waitCheck lets an organisation that is not verified wait for administrators,
// and nothing else of it for its own people.
func waitCheck(ctx context.Context, tx *store.Tx, o Organisation) error {
	if err := desk.Done(ctx, tx, waitsMend, string(o.ID)); err != nil {
		return err
	}
	if o.Verified() {
		return desk.Done(ctx, tx, waitsCheck, string(o.ID))
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsCheck, Matter: string(o.ID), To: desk.To{Role: access.Administrator},
		Title: o.Name, Path: "/administracja/organizacje/" + o.Slug, Due: tx.Now().Add(answerWithin)})
}

// waitJudged passes an organisation on after an administrator has looked: to
// nobody when it was good, else to its representatives.
func waitJudged(ctx context.Context, tx *store.Tx, id store.ID, good bool) error {
	if err := desk.Done(ctx, tx, waitsCheck, string(id)); err != nil {
		return err
	}
	if good {
		return desk.Done(ctx, tx, waitsMend, string(id))
	}
	o, err := ByID(ctx, tx, id)
	if err != nil {
		return err
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsMend, Matter: string(id), To: desk.To{Role: access.Representative},
		Place: desk.Place{ID: id, Title: o.Name}, Path: "/organizacje/" + o.Slug})
}

// waitRequest lets a request wait for the representatives.
func waitRequest(ctx context.Context, tx *store.Tx, q Request) error {
	o, err := ByID(ctx, tx, q.Organisation)
	if err != nil {
		return err
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsRequest, Matter: requestMatter(o.ID, q.Person), To: desk.To{Role: access.Representative},
		Place: desk.Place{ID: o.ID, Title: o.Name}, Path: "/organizacje/" + o.Slug + "/osoby", About: q.Person, Due: q.CreatedAt.Add(answerWithin)})
}

func requestMatter(organisation, person store.ID) string {
	return string(organisation) + "/" + string(person)
}

// waitInvited lets an invitation wait for whoever has its address.
func waitInvited(ctx context.Context, tx *store.Tx, i Invitation) error {
	o, err := ByID(ctx, tx, i.Organisation)
	if err != nil {
		return err
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsInvited, Matter: string(i.ID), To: desk.To{Email: i.Email},
		Place: desk.Place{ID: o.ID, Title: o.Name}, Path: "/zaproszenia/organizacja/" + string(i.ID), Due: i.ExpiresAt.Time, Until: i.ExpiresAt.Time})
}
