package feedback

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Notices *notice.Center // nil: nobody is told
	Reports bool           // words that everybody reads can be reported: ModerationKind is registered
	// Took reports whether a registered person was there; nil: who has a
	// confirmed seat was.
	Took func(ctx context.Context, r store.Reader, g registration.Registration) (bool, error)
}

// Service holds the verbs of the package.
type Service struct {
	Options
	db *store.DB
}

// New returns the service.
func New(db *store.DB, o Options) *Service {
	if o.Took == nil {
		o.Took = func(_ context.Context, _ store.Reader, g registration.Registration) (bool, error) {
			return g.State == registration.Confirmed, nil
		}
	}
	return &Service{Options: o, db: db}
}

// asksFor is how long a form is open unless the team says otherwise.
const asksFor = 14 * 24 * time.Hour

// Prepare makes the form of an event with the usual questions of its kind. It
// opens when the event ends and asks for two weeks. Prepared twice, it is the
// same form.
func (s *Service) Prepare(ctx context.Context, e event.Event) (Form, error) {
	var f Form
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		var err error
		if f, err = of(ctx, tx, e.ID); !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if err := event.Opened(ctx, tx, e, "feedback.form.hidden"); err != nil {
			return err
		}
		opens := e.EndsAt.Time
		if tx.Now().After(opens) {
			opens = tx.Now()
		}
		f = Form{ID: store.NewID(), Event: e.ID, OpensAt: store.At(opens), ClosesAt: store.At(opens.Add(asksFor)), Version: 1}
		if err := insert(ctx, tx, f); err != nil {
			return err
		}
		for _, q := range usual(e.In(ctx), e.Kind) {
			q.ID, q.Form = store.NewID(), f.ID
			if err := insertQuestion(ctx, tx, q); err != nil {
				return err
			}
		}
		if err := s.tell(ctx, tx, e, f); err != nil {
			return err
		}
		return note(ctx, tx, didPrepare, e, f)
	})
	return f, err
}

// Drawn is what the team says about a form.
type Drawn struct {
	OpensAt, ClosesAt time.Time
	Questions         []Question // in their order; an empty text takes one away
}

// Limits of a form.
const (
	longestQuestion = 300
	longestAnswer   = 2000
	mostQuestions   = 30
)

// Revise changes a form. Once somebody has answered, its questions stay; once it
// is closed, everything does: results that were shown must not move.
func (s *Service) Revise(ctx context.Context, e event.Event, version int, d Drawn) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		f, err := locked(ctx, tx, e)
		if err != nil {
			return err
		}
		var m fault.Mistakes
		m.Check(d.ClosesAt.After(d.OpensAt), "closes", "feedback.form.closes_first")
		m.Check(d.ClosesAt.After(tx.Now()), "closes", "feedback.form.past")
		switch {
		case f.Version != version:
			return fault.Conflict("feedback.form.conflict")
		case f.At(tx.Now()) == Closed:
			return fault.Closed("feedback.form.closed")
		case m.Any():
			return m.Err()
		}
		if f.Classes == nil {
			f.OpensAt = store.At(d.OpensAt)
			if err := replaceQuestions(ctx, tx, f, d.Questions); err != nil {
				return err
			}
		}
		f.ClosesAt = store.At(d.ClosesAt)
		if err := update(ctx, tx, f); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, e, f); err != nil {
			return err
		}
		return note(ctx, tx, didRevise, e, f)
	})
}

// Sheet is what one person answers: points and words, by question. What is left
// out was not answered.
type Sheet struct {
	Points map[store.ID]int
	Words  map[store.ID]string
}

// Answer keeps one sheet of the person who asks. It leaves no line in the log,
// no job and no time, so that nothing leads back.
func (s *Service) Answer(ctx context.Context, e event.Event, sheet Sheet) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		f, err := locked(ctx, tx, e)
		if err != nil {
			return err
		}
		g, err := s.mayAnswer(ctx, tx, e, f)
		if err != nil {
			return err
		}
		questions, err := questionsOf(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		if f.Classes == nil {
			if f.Classes, err = freeze(ctx, tx, f); err != nil {
				return err
			}
		}
		met, err := store.Met(tx.Exec(ctx, `INSERT INTO event_feedback_participation (form, person) VALUES ($1, $2) ON CONFLICT (form, person) DO NOTHING`, f.ID, g.Person))
		if err != nil {
			return err
		}
		if !met {
			return fault.Invalid("feedback.answer.twice")
		}
		answers, err := sheet.answers(questions, f.Classes.of(string(g.Sector)))
		if err != nil {
			return err
		}
		for _, a := range answers {
			if err := insertAnswer(ctx, tx, a); err != nil {
				return err
			}
		}
		return mix(ctx, tx, f)
	})
}

// mayAnswer returns the registration of the person who asks, or says why they
// cannot answer.
func (s *Service) mayAnswer(ctx context.Context, r store.Reader, e event.Event, f Form) (registration.Registration, error) {
	actor := access.From(ctx)
	if !actor.SignedIn() {
		return registration.Registration{}, fault.Unauthenticated()
	}
	if actor.Assistant != "" { // their help is logged with its time
		return registration.Registration{}, fault.Invalid("feedback.answer.assisted")
	}
	switch f.At(r.Now()) {
	case Ahead:
		return registration.Registration{}, fault.Closed("feedback.answer.ahead")
	case Closed:
		return registration.Registration{}, fault.Closed("feedback.answer.closed")
	}
	g, err := registration.Of(ctx, r, e.ID, actor.Person)
	if fault.Is(err, fault.KindNotFound) {
		return g, fault.Forbidden()
	}
	if err != nil {
		return g, err
	}
	took, err := s.Took(ctx, r, g)
	if err == nil && !took {
		err = fault.Forbidden()
	}
	return g, err
}

// freeze settles which sectors are told apart, before the first answer: those of
// which at least Least people took part. Later changes do not move it.
func freeze(ctx context.Context, tx *store.Tx, f Form) (Classes, error) {
	sectors, err := store.All[string](ctx, tx, `SELECT g.sector FROM event_registration g WHERE g.event = $1 AND `+registration.TookPart+`
		GROUP BY g.sector HAVING count(*) >= $2 ORDER BY g.sector`, f.Event, Least)
	if err != nil {
		return nil, err
	}
	classes := append(Classes{}, sectors...)
	_, err = tx.Exec(ctx, `UPDATE event_feedback SET classes = $2 WHERE id = $1`, f.ID, classes)
	return classes, err
}

// answer is one row.
type answer struct {
	Question store.ID
	Class    string
	Value    *int
	Text     string
}

// answers turns a sheet into rows, each on its own. Words carry no class: with a
// sector beside them their writer would be easier to guess.
func (s Sheet) answers(questions []Question, class string) (all []answer, err error) {
	for _, q := range questions {
		switch q.Kind {
		case Scale:
			if n, given := s.Points[q.ID]; given {
				if n < Points.Min || n > Points.Max {
					return nil, fault.Mistake("q."+string(q.ID), "form.not_offered")
				}
				all = append(all, answer{Question: q.ID, Class: class, Value: &n})
			}
		case Open:
			if words := s.Words[q.ID]; words != "" {
				all = append(all, answer{Question: q.ID, Text: words})
			}
		}
	}
	if len(all) == 0 {
		return nil, fault.Invalid("feedback.answer.empty")
	}
	return all, nil
}

// Moderate lets everybody read what somebody wrote, or keeps it from them.
func (s *Service) Moderate(ctx context.Context, e event.Event, id store.ID, public bool) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		f, err := locked(ctx, tx, e)
		if err != nil {
			return err
		}
		shown := "hidden"
		if public {
			shown = "public"
		}
		met, err := store.Met(tx.Exec(ctx, `UPDATE event_feedback_answer SET shown = $3 WHERE id = $2 AND question IN
			(SELECT id FROM event_feedback_question WHERE form = $1 AND kind = 'text')`, f.ID, id, shown))
		if err == nil && !met {
			err = fault.NotFound("answer")
		}
		if err == nil && f.At(tx.Now()) != Closed {
			err = fault.Invalid("feedback.results.ahead")
		}
		if err != nil {
			return err
		}
		return note(ctx, tx, didModerate, e, f)
	})
}

// Audit names the acts of this package. That somebody answered is not one.
var Audit = audit.Room{Name: "feedback", Title: "feedback.audit.room", Acts: []audit.Word{
	{Name: didPrepare, Key: "feedback.audit.prepared"},
	{Name: didRevise, Key: "feedback.audit.changed"},
	{Name: didModerate, Key: "feedback.audit.moderated"},
}}

const (
	didPrepare  = "feedback.prepared"
	didRevise   = "feedback.changed"
	didModerate = "feedback.moderated"
)

func note(ctx context.Context, tx *store.Tx, act string, e event.Event, f Form) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "feedback", Thing: f.ID, Title: e.Title, Path: Path(e), Programme: e.Programme})
}

// Notices names of what people are told by this package. Who has answered is not
// reminded.
var Notices = []notice.Kind{
	{Name: toldOpen, Key: "feedback.notice.open", What: "feedback.notice.open.what", Letter: true, Default: notice.Now, Audience: toAsk},
	{Name: toldEnding, Key: "feedback.notice.ending", What: "feedback.notice.ending.what", Letter: true, Default: notice.Now, Audience: toAsk},
}

const (
	toldOpen   = "feedback.open"
	toldEnding = "feedback.ending"
	toAsk      = `SELECT g.person FROM event_registration g JOIN event_feedback f ON f.event = g.event
		WHERE f.id = $2 AND g.person IS NOT NULL AND ` + registration.TookPart + `
		AND NOT EXISTS (SELECT 1 FROM event_feedback_participation a WHERE a.form = f.id AND a.person = g.person)`
)

// endsSoon is how long before its close a form is told of again.
const endsSoon = 3 * 24 * time.Hour

// tell thanks those who came and asks them, when the form opens and before it
// closes.
func (s *Service) tell(ctx context.Context, tx *store.Tx, e event.Event, f Form) error {
	n := notice.Notice{Kind: toldOpen, Matter: string(f.ID), Place: e.Programme, PlaceTitle: e.ProgrammeTitle, Title: e.Title, Path: Path(e), At: f.OpensAt.Time}
	if err := s.Notices.Tell(ctx, tx, n); err != nil {
		return err
	}
	if at := f.ClosesAt.Add(-endsSoon); at.After(f.OpensAt.Time) {
		n.Kind, n.At = toldEnding, at
		return s.Notices.Tell(ctx, tx, n)
	}
	return nil
}
