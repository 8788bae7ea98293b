package workshop

import (
	"context"
	"errors"
	"fmt"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
)

// Taken tells what was put into a file for a laptop.
type Taken struct {
	Event     string // its title
	Workshops []string
}

// Carry puts the workshops of an event into an empty database, which is the file
// for a laptop: agenda, log and tokens, and nothing of people, programmes or
// organisations. Meanwhile the room stands still where it was: answers are taken
// on the laptop. event is the id of an event or the last part of its address.
func Carry(ctx context.Context, db *store.DB, hub *live.Hub, event string, file *store.DB) (t Taken, err error) {
	found, err := store.All[struct {
		ID    store.ID
		Title string
	}](ctx, db, `SELECT id, title FROM event WHERE id = $1 OR slug = $1`, event)
	switch {
	case err != nil:
		return t, err
	case len(found) == 0:
		return t, fmt.Errorf("event %q: there is none with this id or address", event)
	case len(found) > 1:
		return t, fmt.Errorf("event %q: there are %d with this address; give the id", event, len(found))
	}
	t.Event = found[0].Title
	var gone []carried
	if err := db.Write(ctx, func(tx *store.Tx) (err error) {
		gone, err = send(ctx, tx, hub, found[0].ID)
		return err
	}); err != nil {
		return t, err
	}
	if len(gone) == 0 {
		return t, fmt.Errorf("event %q: no workshop belongs to it that is not over", event)
	}
	for _, one := range gone {
		if err := file.Write(ctx, func(tx *store.Tx) error { return one.write(ctx, tx) }); err != nil {
			return t, errors.Join(fmt.Errorf("%s: %w", one.Title, err), db.Write(ctx, func(tx *store.Tx) error { return callBack(ctx, tx, hub, gone) }))
		}
		t.Workshops = append(t.Workshops, one.Title)
	}
	return t, nil
}

// carried is a workshop on its way.
type carried struct {
	Workshop
	content
}

// send reads the workshops of an event, as they stand in the moment in which they
// go away.
func send(ctx context.Context, tx *store.Tx, hub *live.Hub, event store.ID) (gone []carried, err error) {
	all, err := ofEvent(ctx, tx, event)
	if err != nil {
		return nil, err
	}
	for _, w := range all {
		if w.State() == Closed {
			continue
		}
		if w, err = locked(ctx, tx, w.ID); err != nil {
			return nil, err
		}
		one := carried{Workshop: w}
		if one.content, err = whole(ctx, tx, w.ID); err != nil {
			return nil, err
		}
		w.TakenAt = store.At(tx.Now())
		if err := w.away(ctx, tx, hub); err != nil {
			return nil, err
		}
		gone = append(gone, one)
	}
	return gone, nil
}

// callBack lets workshops go on here that did not fit into a file.
func callBack(ctx context.Context, tx *store.Tx, hub *live.Hub, gone []carried) error {
	for _, one := range gone {
		w, err := locked(ctx, tx, one.ID)
		if err != nil {
			return err
		}
		w.TakenAt = store.Time{}
		if err := w.away(ctx, tx, hub); err != nil {
			return err
		}
	}
	return nil
}

// away writes that the room has gone to a laptop, or is back.
func (w Workshop) away(ctx context.Context, tx *store.Tx, hub *live.Hub) error {
	if err := updateWorkshop(ctx, tx, w); err != nil {
		return err
	}
	if err := hub.Publish(ctx, tx, phoneTopic(w.ID), w.Revision+1); err != nil {
		return err
	}
	return hub.Publish(ctx, tx, screenTopic(w.ID), w.Revision+1+w.Seq)
}

// write puts the workshop into the database of a file.
func (c carried) write(ctx context.Context, tx *store.Tx) error {
	w := c.Workshop
	w.Place = w.ProgrammeTitle + ", " + w.EventTitle
	w.Programme, w.Event, w.Session, w.KeyHash = "", "", "", ""
	if err := insertWorkshop(ctx, tx, w); err != nil {
		return err
	}
	w.Version, w.TakenAt = 1, store.Time{}
	if w.OpenedAt.IsZero() {
		w.OpenedAt = store.At(tx.Now()) // who serves the file wants people in
	}
	if err := updateWorkshop(ctx, tx, w); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE workshop SET seq = $2 WHERE id = $1`, w.ID, w.Seq); err != nil {
		return err
	}
	for _, a := range c.agenda {
		if err := putActivity(ctx, tx, a); err != nil {
			return err
		}
	}
	for _, p := range c.people {
		if err := insertParticipant(ctx, tx, w.ID, p.Who, "", p.Sheet); err != nil {
			return err
		}
	}
	return insertEntries(ctx, tx, w.ID, c.log)
}

// content is everything of a workshop but its own row.
type content struct {
	agenda []Activity
	people []sheeted
	log    []entry
}

// sheeted is a participant with the number of their sheet, 0 for a phone.
type sheeted struct {
	activity.Who
	Sheet int
}

func whole(ctx context.Context, r store.Reader, workshop store.ID) (x content, err error) {
	if x.agenda, err = Agenda(ctx, r, workshop); err != nil {
		return x, err
	}
	if x.people, err = store.All[sheeted](ctx, r, `SELECT `+participantColumns+`, sheet FROM workshop_participant WHERE workshop = $1 ORDER BY id`, workshop); err != nil {
		return x, err
	}
	for after := int64(0); ; {
		some, err := entriesAfter(ctx, r, workshop, after)
		if err != nil || len(some) == 0 {
			return x, err
		}
		x.log, after = append(x.log, some...), some[len(some)-1].Seq
	}
}

// Returned tells what came back from a laptop.
type Returned struct {
	Workshop      string
	People        int // who were not there yet
	Answers       int // that were not there yet
	There         int // answers that were
	AlreadyPeople int
}

// Merge brings the workshops of a file back, each exactly once however often it is
// done: what is there already is counted and left alone. Answers that came on the
// laptop stand in the log after those from before.
func Merge(ctx context.Context, file, db *store.DB, hub *live.Hub) (all []Returned, err error) {
	ids, err := store.All[store.ID](ctx, file, `SELECT id FROM workshop ORDER BY created_at, id`)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("there is no workshop in the file")
	}
	for _, id := range ids {
		carried, err := ByID(ctx, file, id)
		if err != nil {
			return all, err
		}
		x, err := whole(ctx, file, id)
		if err != nil {
			return all, err
		}
		var one Returned
		err = db.Write(ctx, func(tx *store.Tx) (err error) {
			one, err = merge(ctx, tx, hub, carried, x)
			return err
		})
		if fault.Is(err, fault.KindNotFound) {
			err = fmt.Errorf("this installation has no workshop %q with the id of the file; was it taken from another one?", carried.Title)
		}
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
	return all, nil
}

func merge(ctx context.Context, tx *store.Tx, hub *live.Hub, carried Workshop, x content) (Returned, error) {
	one := Returned{Workshop: carried.Title}
	w, err := locked(ctx, tx, carried.ID)
	if err != nil {
		return one, err
	}
	here, err := whole(ctx, tx, w.ID)
	if err != nil {
		return one, err
	}
	people, sheets, answers := map[store.ID]bool{}, map[int]bool{}, map[store.ID]bool{}
	for _, p := range here.people {
		people[p.ID], sheets[p.Sheet] = true, true
	}
	for _, e := range here.log {
		answers[e.ID] = true
	}
	for _, p := range x.people {
		if people[p.ID] {
			one.AlreadyPeople++
			continue
		}
		if sheets[p.Sheet] {
			p.Sheet = 0 // a sheet of this number was typed in here meanwhile: both count
		}
		if err := insertParticipant(ctx, tx, w.ID, p.Who, "", p.Sheet); err != nil {
			return one, err
		}
		one.People++
	}
	var fresh []entry
	for _, e := range x.log {
		if answers[e.ID] {
			one.There++
			continue
		}
		e.Seq = w.Seq + int64(len(fresh)) + 1
		fresh = append(fresh, e)
	}
	one.Answers = len(fresh)
	if err := insertEntries(ctx, tx, w.ID, fresh); err != nil {
		return one, err
	}
	w.Seq += int64(len(fresh))
	if _, err := tx.Exec(ctx, `UPDATE workshop SET seq = $2 WHERE id = $1`, w.ID, w.Seq); err != nil {
		return one, err
	}
	if w.State() == Away { // brought back again later, the agenda of here leads
		for _, a := range x.agenda {
			if err := putActivity(ctx, tx, a); err != nil {
				return one, err
			}
		}
		w.TakenAt, w.Current, w.OpenedAt, w.ClosedAt = store.Time{}, carried.Current, carried.OpenedAt, carried.ClosedAt
	}
	return one, w.away(ctx, tx, hub)
}

// Unlock gives each workshop of a file a new key, and returns them by the title of
// their workshop: with it whoever serves the file leads without an account.
func Unlock(ctx context.Context, file *store.DB) (keys []Key, err error) {
	err = file.Write(ctx, func(tx *store.Tx) error {
		keys = nil
		all, err := store.All[Workshop](ctx, tx, `SELECT `+columns+tables+`WHERE w.programme IS NULL ORDER BY w.created_at, w.id`)
		if err != nil {
			return err
		}
		for _, w := range all {
			key := NewKey()
			if _, err := tx.Exec(ctx, `UPDATE workshop SET key_hash = $2 WHERE id = $1`, w.ID, keyHash(key)); err != nil {
				return err
			}
			keys = append(keys, Key{Workshop: w, Path: "/sala/" + key + "/prowadzenie"})
		}
		return nil
	})
	return keys, err
}

// Key is how a workshop of a file is led.
type Key struct {
	Workshop
	Path string // address that leads, for whoever serves the file alone
}
