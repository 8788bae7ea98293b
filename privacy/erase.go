package privacy

import (
	"context"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Consequence is what an erasure would do to the records of one table.
type Consequence struct {
	Rule   Rule
	Number int // rows about the person
}

// Stays reports whether something of these records stays.
func (c Consequence) Stays() bool { return c.Rule.Erased != Delete }

// Outlook is what a person learns before they are erased.
type Outlook struct {
	Consequences []Consequence
	Acts         int // rows of others in which they did something: done by nobody then
	Mentions     int // texts of organisations and programmes that hold their name or address
	Contacts     int // contacts that are theirs: emptied
	Objections   []error
	OnHold       bool
	AskedAt      store.Time // they asked before, and it waits
}

// Outlook counts what an erasure of the person would do.
func (k *Keeper) Outlook(ctx context.Context, id store.ID) (o Outlook, err error) {
	err = k.db.Read(ctx, func(tx *store.Tx) error {
		w, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, r := range k.rules {
			if err := o.add(ctx, tx, r, w); err != nil {
				return fmt.Errorf("%s: %w", r.Table, err)
			}
		}
		if o.Objections, err = k.objectionsTo(ctx, tx, id); err != nil {
			return err
		}
		if o.OnHold, err = held(ctx, tx, id); err != nil {
			return err
		}
		o.AskedAt, err = asked(ctx, tx, id)
		return err
	})
	if err != nil {
		return Outlook{}, fmt.Errorf("privacy: outlook: %w", err)
	}
	return o, nil
}

func (o *Outlook) add(ctx context.Context, tx *store.Tx, r Rule, w who) error {
	if r.mine() != "" {
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM `+r.Table+` t WHERE `+r.where(), w.ID, w.Email)
		if err != nil {
			return err
		}
		if n > 0 {
			o.Consequences = append(o.Consequences, Consequence{Rule: r, Number: n})
		}
	}
	for _, l := range r.Links {
		if l.Kind != Doer {
			continue
		}
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM `+r.Table+` WHERE `+l.Column+` = $1`, w.ID)
		if err != nil {
			return err
		}
		o.Acts += n
	}
	for _, part := range []struct {
		columns   []string
		condition string
		n         *int
		args      []any
	}{
		{r.Contacts, "%[1]s = $1 OR %[1]s = $2", &o.Contacts, []any{w.Name, w.Email}},
		{r.Mentions, `%[1]s LIKE $1 ESCAPE '\' OR %[1]s LIKE $2 ESCAPE '\'`, &o.Mentions, []any{w.pattern(), store.Contains(w.Email)}},
	} {
		if len(part.columns) == 0 {
			continue
		}
		var either []string
		for _, c := range part.columns {
			either = append(either, fmt.Sprintf(part.condition, c))
		}
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM `+r.Table+` WHERE `+strings.Join(either, " OR "), part.args...)
		if err != nil {
			return err
		}
		*part.n += n
	}
	return nil
}

// pattern finds the person's name in a text.
func (w who) pattern() string { return store.Contains(w.marks()[0]) }

// marks are the texts by which a person is recognised. One word alone is the
// name of too many.
func (w who) marks() []string {
	if !strings.Contains(w.Name, " ") {
		return []string{w.Email}
	}
	return []string{w.Name, w.Email}
}

func (k *Keeper) objectionsTo(ctx context.Context, r store.Reader, id store.ID) ([]error, error) {
	var all []error
	for _, object := range k.objections {
		err := object(ctx, r, id)
		if err != nil && fault.Of(err) == nil {
			return nil, err
		}
		if err != nil {
			all = append(all, err)
		}
	}
	return all, nil
}

// Ask erases the person, unless a hold lies on them: then their wish waits, and
// done is false.
func (k *Keeper) Ask(ctx context.Context, tx *store.Tx, id store.ID) (done bool, err error) {
	objections, err := k.objectionsTo(ctx, tx, id)
	if err != nil {
		return false, fmt.Errorf("privacy: erase: %w", err)
	}
	if len(objections) > 0 {
		return false, objections[0]
	}
	_, err = tx.Exec(ctx, `INSERT INTO privacy_erasure (person, asked_at) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING`,
		id, store.At(tx.Now()))
	if err != nil {
		return false, fmt.Errorf("privacy: ask for erasure: %w", err)
	}
	onHold, err := held(ctx, tx, id)
	if err != nil {
		return false, err
	}
	if onHold {
		return false, k.note(ctx, tx, Deed{Name: ErasureAsked, Person: id})
	}
	return true, k.erase(ctx, tx, id)
}

// erase takes out what tells of a person. The hold is the caller's business.
func (k *Keeper) erase(ctx context.Context, tx *store.Tx, id store.ID) error {
	w, err := find(ctx, tx, id)
	if err != nil {
		return fmt.Errorf("privacy: erase: %w", err)
	}
	for _, r := range k.rules {
		if err := r.erase(ctx, tx, w); err != nil {
			return fmt.Errorf("privacy: erase from %s: %w", r.Table, err)
		}
	}
	for _, then := range k.after {
		if err := then(ctx, tx, Gone{ID: id, Marks: w.marks()}); err != nil {
			return fmt.Errorf("privacy: after an erasure: %w", err)
		}
	}
	_, err = tx.Exec(ctx, `UPDATE privacy_erasure SET done_at = $2 WHERE person = $1`, id, store.At(tx.Now()))
	if err != nil {
		return err
	}
	if k.queue != nil {
		if err := k.queue.Add(ctx, tx, journaling{}); err != nil {
			return err
		}
	}
	return k.note(ctx, tx, Deed{Name: Erased, Person: id})
}

func (r Rule) erase(ctx context.Context, tx *store.Tx, w who) error {
	for _, c := range r.Contacts {
		if _, err := tx.Exec(ctx, `UPDATE `+r.Table+` SET `+c+` = '' WHERE `+c+` = $1 OR `+c+` = $2`, w.Name, w.Email); err != nil {
			return err
		}
	}
	if r.mine() == "" {
		return nil
	}
	var err error
	switch r.Erased {
	case Delete:
		_, err = tx.Exec(ctx, `DELETE FROM `+r.Table+` AS t WHERE `+r.where(), w.ID, w.Email)
	case Empty:
		_, err = tx.Exec(ctx, `UPDATE `+r.Table+` AS t SET `+strings.Join(r.emptied(tx.Now()), ", ")+` WHERE `+r.where(), w.ID, w.Email)
	}
	return err
}

// asked tells when the person asked for an erasure that waits; zero: never.
func asked(ctx context.Context, r store.Reader, id store.ID) (store.Time, error) {
	at, err := store.One[store.Time](ctx, r, `SELECT asked_at FROM privacy_erasure WHERE person = $1 AND done_at IS NULL`, id)
	if fault.Is(err, fault.KindNotFound) {
		return store.Time{}, nil
	}
	return at, err
}

// TakeBack withdraws a wish that waits.
func (k *Keeper) TakeBack(ctx context.Context, tx *store.Tx, id store.ID) error {
	err := store.Changed(tx.Exec(ctx, `DELETE FROM privacy_erasure WHERE person = $1 AND done_at IS NULL`, id))
	if err != nil {
		return err
	}
	return k.note(ctx, tx, Deed{Name: ErasureTakenBack, Person: id})
}
