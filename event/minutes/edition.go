package minutes

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Document is everything that minutes say. Whoever owns a task is not in it: it
// is asked for when the document is shown, so that no name outlives its person.
type Document struct {
	Chair   string         `json:"chair,omitempty"`
	Taker   string         `json:"taker,omitempty"`
	Present *int           `json:"present,omitempty"`
	Quorum  *int           `json:"quorum,omitempty"`
	Points  []WrittenPoint `json:"points"`
	Files   []File         `json:"files,omitempty"`
}

// WrittenPoint is a point with all that stands under it.
type WrittenPoint struct {
	ID        store.ID          `json:"id"`
	Title     string            `json:"title"`
	Text      string            `json:"text,omitempty"`
	Decisions []WrittenDecision `json:"decisions,omitempty"`
	Votes     []Vote            `json:"votes,omitempty"`
	Tasks     []WrittenTask     `json:"tasks,omitempty"`
}

// WrittenDecision is a decision as the document says it.
type WrittenDecision struct {
	ID     store.ID `json:"id"`
	Number int      `json:"number"`
	Text   string   `json:"text"`
}

// WrittenTask is a task as it was given.
type WrittenTask struct {
	ID    store.ID   `json:"id"`
	Title string     `json:"title"`
	DueAt store.Time `json:"due_at"`
}

// Value keeps the document as one JSON text.
func (d Document) Value() (driver.Value, error) {
	b, err := json.Marshal(d)
	return string(b), err
}

// Scan reads the document as Value keeps it.
func (d *Document) Scan(value any) error {
	switch v := value.(type) {
	case string:
		return json.Unmarshal([]byte(v), d)
	case []byte:
		return json.Unmarshal(v, d)
	}
	return fmt.Errorf("minutes: cannot read a document from %T", value)
}

// Edition is what was approved, word by word.
type Edition struct {
	Number      int
	Content     Document
	Reason      string
	ApprovedAt  store.Time
	PublishedAt store.Time
}

// document puts together what is written now, in five queries.
func document(ctx context.Context, r store.Reader, m Minutes) (Document, error) {
	d := Document{Chair: m.Chair, Taker: m.Taker, Present: m.Present, Quorum: m.Quorum}
	all, err := points(ctx, r, m.ID)
	if err != nil {
		return d, err
	}
	at := map[store.ID]int{}
	for i, p := range all {
		at[p.ID] = i
		d.Points = append(d.Points, WrittenPoint{ID: p.ID, Title: p.Title, Text: p.Text})
	}
	made, err := decisions(ctx, r, m.ID)
	if err != nil {
		return d, err
	}
	for _, x := range made {
		p := &d.Points[at[x.Point]]
		p.Decisions = append(p.Decisions, WrittenDecision{x.ID, x.Number, x.Text})
	}
	held, err := votes(ctx, r, m.ID)
	if err != nil {
		return d, err
	}
	for _, v := range held {
		p := &d.Points[at[v.Point]]
		p.Votes = append(p.Votes, v)
	}
	given, err := tasksOf(ctx, r, m.Event)
	if err != nil {
		return d, err
	}
	for _, t := range given {
		if t.Point == nil {
			continue
		}
		if i, there := at[*t.Point]; there {
			d.Points[i].Tasks = append(d.Points[i].Tasks, WrittenTask{t.ID, t.Title, t.DueAt})
		}
	}
	d.Files, err = files(ctx, r, m.ID)
	return d, err
}

func editions(ctx context.Context, r store.Reader, minutes store.ID, publicOnly bool) ([]Edition, error) {
	condition := ``
	if publicOnly {
		condition = ` AND published_at IS NOT NULL`
	}
	return store.All[Edition](ctx, r, `SELECT number, content, reason, approved_at, published_at FROM event_minutes_edition
		WHERE minutes = $1`+condition+` ORDER BY number DESC`, minutes)
}

// missing are the pictures that nobody has described in words.
func (d Document) missing() (names []string) {
	for _, f := range d.Files {
		if f.Picture && f.Alt == "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// Approve closes what is written: all remarks are answered, every picture is
// described, and the time for remarks is over.
func (s *Service) Approve(ctx context.Context, e event.Event, version int) error {
	return s.change(ctx, e, version, func(tx *store.Tx, m *Minutes) error {
		d, err := document(ctx, tx, *m)
		if err != nil {
			return err
		}
		if err := approvable(ctx, tx, *m, d); err != nil {
			return err
		}
		m.State = Approved
		if _, err := tx.Exec(ctx, `INSERT INTO event_minutes_edition (minutes, number, content, reason, approved_at, approved_by)
			VALUES ($1, $2, $3, $4, $5, $6)`, m.ID, m.Edition, d, m.Reason, store.At(tx.Now()), access.From(ctx).Person.OrNull()); err != nil {
			return err
		}
		if err := s.give(ctx, tx, e); err != nil {
			return err
		}
		if err := waitApprovalNoMore(ctx, tx, *m); err != nil {
			return err
		}
		if err := waitPublication(ctx, tx, e, *m); err != nil {
			return err
		}
		return note(ctx, tx, didApprove, e, *m, m.Reason)
	})
}

// approvable says what stands in the way. The first edition has to be shown to
// those who took part; a correction says its reason instead.
func approvable(ctx context.Context, r store.Reader, m Minutes, d Document) error {
	left, err := unanswered(ctx, r, m.ID)
	if err != nil {
		return err
	}
	switch {
	case !m.State.Open():
		return fault.Invalid("minutes.approve.already")
	case m.State == Draft && !m.Corrected():
		return fault.Invalid("minutes.approve.not_shown")
	case m.State == Shown && !m.RemarksUntil.IsZero() && m.TakesRemarks(r.Now()):
		return fault.Invalid("minutes.approve.early")
	case left > 0:
		return fault.Invalid("minutes.approve.unanswered")
	case len(d.missing()) > 0:
		return fault.Invalid("minutes.approve.alt")
	}
	return nil
}

// Publish lets everybody read the edition that was approved, its decisions and
// its tasks.
func (s *Service) Publish(ctx context.Context, e event.Event, version int) error {
	return s.change(ctx, e, version, func(tx *store.Tx, m *Minutes) error {
		if m.State != Approved {
			return fault.Invalid("minutes.publish.not_approved")
		}
		if e.State() == event.Draft {
			return fault.Invalid("minutes.publish.hidden")
		}
		m.State = Published
		if m.PublishedAt.IsZero() {
			m.PublishedAt = store.At(tx.Now())
		}
		for _, statement := range []string{
			`UPDATE event_minutes_edition SET published_at = $2 WHERE minutes = $1 AND published_at IS NULL`,
			`UPDATE event_task SET public_at = $2, version = version + 1 WHERE public_at IS NULL AND state <> 'dropped'
				AND event = (SELECT event FROM event_minutes WHERE id = $1)`,
		} {
			if _, err := tx.Exec(ctx, statement, m.ID, store.At(tx.Now())); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE event_minutes_decision SET public_text = text WHERE minutes = $1`, m.ID); err != nil {
			return err
		}
		if err := waitPublicationNoMore(ctx, tx, *m); err != nil {
			return err
		}
		if err := s.index(ctx, tx, e, *m); err != nil {
			return err
		}
		if err := s.tellPublished(ctx, tx, e, *m); err != nil {
			return err
		}
		return note(ctx, tx, didPublish, e, *m, m.Reason)
	})
}
