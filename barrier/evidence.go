package barrier

import (
	"context"
	"net/url"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Side is what a piece of evidence speaks for.
type Side string

const (
	For     Side = "for"
	Against Side = "against"
)

var sides = []string{string(For), string(Against)}

// Evidence speaks for a barrier or against it: a figure, an example, a document.
// That of members waits for the team, like a barrier of theirs.
type Evidence struct {
	ID      store.ID
	Barrier store.ID
	Side    Side
	Text    string
	URL     string // where it can be looked up, "" for nowhere
	State   State
	Doubts  string
	Author  store.ID
	AddedAt store.Time
	Version int
}

// Argue adds evidence to a barrier of the register.
func (s *Service) Argue(ctx context.Context, programmeID, id store.ID, e Evidence, sure bool) (Evidence, error) {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		keeper, err := s.contributor(ctx, tx, programmeID)
		if err != nil {
			return err
		}
		b, err := byID(ctx, tx, programmeID, id)
		if err != nil {
			return err
		}
		if b.State != Registered {
			return fault.NotFound("barrier")
		}
		if err := e.check(); err != nil {
			return err
		}
		if e.Doubts, err = unnamed(sure, typed{"text", e.Text}); err != nil {
			return err
		}
		all, err := evidenceOf(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		if len(all) >= mostEvidence {
			return fault.Mistake("text", "barrier.evidence.too_many", "Max", mostEvidence)
		}
		e.ID, e.Barrier, e.Author, e.State = store.NewID(), b.ID, access.From(ctx).Person, Proposed
		if keeper {
			e.State, e.Doubts = Registered, ""
		}
		if err := insertEvidence(ctx, tx, e); err != nil {
			return err
		}
		if err := noteEvidence(ctx, tx, didArgue, b, e); err != nil {
			return err
		}
		return waitEvidence(ctx, tx, b, e)
	})
	return e, err
}

func (e Evidence) check() error {
	var m fault.Mistakes
	m.Check(e.Side == For || e.Side == Against, "side", "form.choose")
	m.Check(e.Text != "", "text", "form.required")
	limit(&m, "text", e.Text, longestNote)
	limit(&m, "url", e.URL, longestURL)
	m.Check(e.URL == "" || webAddress(e.URL), "url", "barrier.evidence.url_unreadable")
	return m.Err()
}

// webAddress reports whether an address can be followed and does nothing else.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Judge shows a piece of evidence that waits, or declines it. One that is shown
// can be taken away later.
func (s *Service) Judge(ctx context.Context, programmeID, id, evidence store.ID, version int, show bool) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		b, err := byID(ctx, tx, programmeID, id)
		if err != nil {
			return err
		}
		e, err := oneEvidence(ctx, tx, b.ID, evidence)
		if err != nil {
			return err
		}
		if e.Version != version || e.State == Declined || show && e.State != Proposed {
			return fault.Conflict("barrier.answered")
		}
		act := didDeclineEvidence
		if e.State = Declined; show {
			e.State, act = Registered, didShowEvidence
		}
		if err := setEvidence(ctx, tx, e); err != nil {
			return err
		}
		if err := noteEvidence(ctx, tx, act, b, e); err != nil {
			return err
		}
		return waitEvidence(ctx, tx, b, e)
	})
}
