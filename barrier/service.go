package barrier

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the room needs of the installation.
type Options struct {
	Site    web.Site
	Trace   *trace.Service // nil: barriers show no thread and take no origin
	Notices *notice.Center // nil: nobody is told
}

// Service holds the verbs of the room.
type Service struct {
	Options
	db *store.DB
}

// New returns the room.
func New(db *store.DB, o Options) *Service { return &Service{Options: o, db: db} }

func dayOf(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, lang.Warsaw) }

// member refuses whoever does not take part in the programme.
func (s *Service) member(ctx context.Context, r store.Reader, programmeID, person store.ID) error {
	if person == "" {
		return fault.Unauthenticated()
	}
	m, err := programme.MemberOf(ctx, r, programmeID, person)
	if err == nil && m.State != programme.Active {
		err = fault.Forbidden()
	}
	return err
}

// contributor refuses whoever neither takes part nor keeps the register, and
// everybody where the programme is not running.
func (s *Service) contributor(ctx context.Context, r store.Reader, programmeID store.ID) (keeper bool, err error) {
	actor := access.From(ctx)
	if keeper = actor.May(Keep, string(programmeID)); !keeper {
		if err := s.member(ctx, r, programmeID, actor.Person); err != nil {
			return false, err
		}
	}
	p, err := programme.ByID(ctx, r, programmeID)
	switch {
	case err != nil:
		return keeper, err
	case p.State == programme.Draft && !keeper:
		return keeper, fault.NotFound("programme")
	case p.State == programme.Archived:
		return keeper, fault.Closed("barrier.archived")
	}
	return keeper, nil
}

// Proposal is a new barrier.
type Proposal struct {
	ID    store.ID // from the form, so that sent twice it is one barrier; "" makes one
	Words Words
	Sure  bool   // the author was asked about names and says there is none
	From  Origin // what it was made from; zero for nothing
}

// Propose puts a barrier before the team, or at once into the register where it
// is the team that writes.
func (s *Service) Propose(ctx context.Context, programmeID store.ID, p Proposal) (Barrier, error) {
	var b Barrier
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		keeper, err := s.contributor(ctx, tx, programmeID)
		if err != nil {
			return err
		}
		if b, err = s.sent(ctx, tx, programmeID, p); err != nil || b.ID != "" {
			return err
		}
		b, err = s.propose(ctx, tx, programmeID, p, keeper)
		return err
	})
	return b, err
}

// sent returns the barrier that an earlier sending of the same form has made.
func (s *Service) sent(ctx context.Context, tx *store.Tx, programmeID store.ID, p Proposal) (Barrier, error) {
	if p.ID == "" {
		return Barrier{}, nil
	}
	b, err := store.One[Barrier](ctx, tx, `SELECT `+columns+tables+`WHERE b.id = $1`, p.ID)
	switch {
	case fault.Is(err, fault.KindNotFound):
		return Barrier{}, nil
	case err == nil && (b.Programme != programmeID || b.Author != access.From(ctx).Person || b.Statement != p.Words.Statement):
		return Barrier{}, fault.Conflict("barrier.conflict")
	}
	return b, err
}

func (s *Service) propose(ctx context.Context, tx *store.Tx, programmeID store.ID, p Proposal, keeper bool) (Barrier, error) {
	if err := s.checkWords(ctx, tx, programmeID, p.Words); err != nil {
		return Barrier{}, err
	}
	w := p.Words.settled()
	doubts, err := unnamed(p.Sure, w.typed()...)
	if err != nil {
		return Barrier{}, err
	}
	b := Barrier{ID: p.ID, Programme: programmeID, Words: w, State: Proposed, Doubts: doubts, Author: access.From(ctx).Person, ProposedAt: store.At(tx.Now())}
	if b.ID == "" {
		b.ID = store.NewID()
	}
	act := didPropose
	if keeper {
		b.State, b.RegisteredAt, b.Doubts, act = Registered, b.ProposedAt, "", didRegister
	}
	if b.Number, err = nextNumber(ctx, tx, programmeID); err != nil {
		return b, err
	}
	if err := insertBarrier(ctx, tx, b); err != nil {
		return b, err
	}
	if err := s.grow(ctx, tx, b, p.From); err != nil {
		return b, err
	}
	return b, s.done(ctx, tx, &b, Act{Act: act})
}

func (s *Service) checkWords(ctx context.Context, r store.Reader, programmeID store.ID, w Words) error {
	added, err := addedKinds(ctx, r, programmeID)
	if err != nil {
		return err
	}
	return w.check(func(k Kind) bool {
		return slices.Contains(Kinds, k) || slices.ContainsFunc(added, func(a Added) bool { return a.Slug == k })
	})
}

// Revise saves new words. The author may while the team has not accepted them,
// and again when it has declined them; the team may always.
func (s *Service) Revise(ctx context.Context, programmeID, id store.ID, version int, w Words, sure bool) (Barrier, error) {
	return s.change(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		keeper, err := s.contributor(ctx, tx, programmeID)
		if err != nil {
			return Act{}, err
		}
		if !keeper && (b.Author != access.From(ctx).Person || b.State != Proposed && b.State != Declined) {
			return Act{}, fault.Forbidden()
		}
		if err := s.checkWords(ctx, tx, programmeID, w); err != nil {
			return Act{}, err
		}
		w := w.settled()
		if b.Doubts, err = unnamed(sure, w.typed()...); err != nil {
			return Act{}, err
		}
		before := b.Statement
		b.Words = w
		if !keeper {
			b.State, b.Reason, b.ProposedAt = Proposed, "", store.At(tx.Now())
			return Act{Act: didPropose}, nil
		}
		return Act{Act: didRevise, Note: before}, nil
	})
}

// Accept puts a proposal into the register.
func (s *Service) Accept(ctx context.Context, programmeID, id store.ID, version int) (Barrier, error) {
	return s.change(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		if b.State != Proposed && b.State != Declined {
			return Act{}, fault.Conflict("barrier.answered")
		}
		b.State, b.Reason, b.Doubts, b.RegisteredAt = Registered, "", "", store.At(tx.Now())
		return Act{Act: didAccept}, nil
	})
}

// Decline gives a proposal back to its author with the reason.
func (s *Service) Decline(ctx context.Context, programmeID, id store.ID, version int, reason string) (Barrier, error) {
	return s.change(ctx, programmeID, id, version, func(_ *store.Tx, b *Barrier) (Act, error) {
		if b.State != Proposed {
			return Act{}, fault.Conflict("barrier.answered")
		}
		if reason == "" {
			return Act{}, fault.Mistake("reason", "form.required")
		}
		b.State, b.Reason = Declined, reason
		return Act{Act: didDecline, Note: reason}, nil
	})
}

// Withdraw takes a barrier out of the register; its address says so and why. Its
// voting ends.
func (s *Service) Withdraw(ctx context.Context, programmeID, id store.ID, version int, reason string) (Barrier, error) {
	return s.inRegister(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		if reason == "" {
			return Act{}, fault.Mistake("reason", "form.required")
		}
		b.State, b.Reason = Withdrawn, reason
		return Act{Act: didWithdraw, Note: reason}, s.stopVoting(ctx, tx, b)
	})
}

// Judgement is what a discussion came to.
type Judgement struct {
	Verdict Verdict
	Note    string
	Sure    bool
}

// Conclude gives the verdict, also a new one.
func (s *Service) Conclude(ctx context.Context, programmeID, id store.ID, version int, j Judgement) (Barrier, error) {
	return s.inRegister(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		var m fault.Mistakes
		m.Check(slices.Contains(verdicts, string(j.Verdict)), "verdict", "form.choose")
		m.Check(j.Note != "", "note", "form.required")
		if m.Any() {
			return Act{}, m.Err()
		}
		if _, err := unnamed(j.Sure, typed{"note", j.Note}); err != nil {
			return Act{}, err
		}
		b.Verdict, b.VerdictNote, b.VerdictAt = j.Verdict, j.Note, store.At(tx.Now())
		return Act{Act: didConclude, Word: string(j.Verdict), Note: j.Note}, nil
	})
}

// Answer is how a programme answers a barrier.
type Answer struct {
	Measure Measure
	Text    string
	Owner   store.ID  // "" for the team
	Due     time.Time // last day
	Review  time.Time // day
	Sure    bool
}

// Respond names the response, who answers for it, and the days.
func (s *Service) Respond(ctx context.Context, programmeID, id store.ID, version int, a Answer) (Barrier, error) {
	return s.inRegister(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		owners, err := ownersOf(ctx, tx, programmeID)
		if err != nil {
			return Act{}, err
		}
		var m fault.Mistakes
		m.Check(slices.Contains(measures, string(a.Measure)), "measure", "form.choose")
		m.Check(a.Text != "", "response", "form.required")
		m.Check(a.Owner == "" || a.Owner == b.Owner || slices.ContainsFunc(owners, func(c choice) bool { return c.ID == a.Owner }), "owner", "form.not_offered")
		m.Check(!a.Review.IsZero(), "review", "form.required")
		m.Check(a.Measure == "accept" || !a.Due.IsZero(), "due", "form.required")
		if m.Any() {
			return Act{}, m.Err()
		}
		if _, err := unnamed(a.Sure, typed{"response", a.Text}); err != nil {
			return Act{}, err
		}
		b.Measure, b.Response, b.Owner = a.Measure, a.Text, a.Owner
		b.DueAt, b.ReviewAt, b.DoneAt = afterDay(a.Due), afterDay(a.Review), store.Time{}
		return Act{Act: didRespond, Word: string(a.Measure), Note: a.Text}, nil
	})
}

// Fulfil says that the response was carried out. The team may, and whoever
// represents the organisation that answers for it.
func (s *Service) Fulfil(ctx context.Context, programmeID, id store.ID, version int) (Barrier, error) {
	return s.inRegister(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		switch {
		case !mayFulfil(access.From(ctx), *b):
			return Act{}, fault.Forbidden()
		case b.Measure == "" || !b.DoneAt.IsZero():
			return Act{}, fault.Conflict("barrier.fulfil.already")
		}
		b.DoneAt = store.At(tx.Now())
		return Act{Act: didFulfil}, nil
	})
}

func mayFulfil(a *access.Actor, b Barrier) bool {
	return a.May(Keep, string(b.Programme)) || b.Owner != "" && a.Is(access.Representative, string(b.Owner))
}

// Finding is what a review has found.
type Finding struct {
	Outcome Outcome
	Note    string
	Next    time.Time // day of the next review; zero where the barrier is gone
	Sure    bool
}

// Review notes how it stands with a barrier. One that is gone is closed, and its
// voting ends.
func (s *Service) Review(ctx context.Context, programmeID, id store.ID, version int, f Finding) (Barrier, error) {
	return s.inRegister(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		var m fault.Mistakes
		m.Check(slices.Contains(outcomes, string(f.Outcome)), "outcome", "form.choose")
		m.Check(f.Note != "", "note", "form.required")
		m.Check(f.Outcome == Gone || !f.Next.IsZero(), "next", "form.required")
		m.Check(f.Outcome == Gone || f.Next.IsZero() || f.Next.After(tx.Now()), "next", "barrier.review.past")
		if m.Any() {
			return Act{}, m.Err()
		}
		if _, err := unnamed(f.Sure, typed{"note", f.Note}); err != nil {
			return Act{}, err
		}
		act := Act{Act: didReview, Word: string(f.Outcome), Note: f.Note}
		if f.Outcome != Gone {
			b.ReviewAt, b.ClosedAt = afterDay(f.Next), store.Time{}
			return act, nil
		}
		b.ReviewAt, b.ClosedAt = store.Time{}, store.At(tx.Now())
		return act, s.stopVoting(ctx, tx, b)
	})
}

// EndVoting ends the voting for good.
func (s *Service) EndVoting(ctx context.Context, programmeID, id store.ID, version int) (Barrier, error) {
	return s.inRegister(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		if !b.VotingOpen() {
			return Act{}, fault.Conflict("barrier.vote.over")
		}
		return Act{Act: didEndVoting}, s.stopVoting(ctx, tx, b)
	})
}

func (s *Service) stopVoting(ctx context.Context, tx *store.Tx, b *Barrier) error {
	if !b.VotingEnded.IsZero() {
		return nil
	}
	b.VotingEnded = store.At(tx.Now())
	return endVoting(ctx, tx, b.ID)
}

// AddKind adds a kind to those of a programme.
func (s *Service) AddKind(ctx context.Context, programmeID store.ID, k Added) error {
	k.Slug = Kind(lang.Slug(k.Name))
	var m fault.Mistakes
	m.Check(k.Slug != "", "name", "form.required")
	limit(&m, "name", k.Name, longestName)
	limit(&m, "about", k.About, longestPart)
	m.Check(!slices.Contains(Kinds, k.Slug), "name", "barrier.kind.twice")
	if m.Any() {
		return m.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		added, err := addedKinds(ctx, tx, programmeID)
		if err != nil {
			return err
		}
		if len(added) >= mostKinds {
			return fault.Mistake("name", "barrier.kind.too_many", "Max", mostKinds)
		}
		fresh, err := insertKind(ctx, tx, programmeID, k)
		if err == nil && !fresh {
			err = fault.Mistake("name", "barrier.kind.twice")
		}
		if err != nil {
			return err
		}
		return noteKind(ctx, tx, programmeID, k)
	})
}

// inRegister is change of a barrier that is in the register.
func (s *Service) inRegister(ctx context.Context, programmeID, id store.ID, version int, do func(*store.Tx, *Barrier) (Act, error)) (Barrier, error) {
	return s.change(ctx, programmeID, id, version, func(tx *store.Tx, b *Barrier) (Act, error) {
		if b.State != Registered {
			return Act{}, fault.Conflict("barrier.not_registered")
		}
		return do(tx, b)
	})
}

// change loads a barrier of the programme and lets do change it, unless it is not
// the version that the person saw; then it writes it and what hangs on it.
func (s *Service) change(ctx context.Context, programmeID, id store.ID, version int, do func(*store.Tx, *Barrier) (Act, error)) (Barrier, error) {
	var b Barrier
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if b, err = byID(ctx, tx, programmeID, id); err != nil {
			return err
		}
		if b.Version != version {
			return fault.Conflict("barrier.conflict")
		}
		act, err := do(tx, &b)
		if err != nil {
			return err
		}
		if err := updateBarrier(ctx, tx, b); err != nil {
			return err
		}
		return s.done(ctx, tx, &b, act)
	})
	return b, err
}

// done writes what hangs on an act: the history, the log, the search, desks and
// notices.
func (s *Service) done(ctx context.Context, tx *store.Tx, b *Barrier, act Act) (err error) {
	act.Person = access.From(ctx).Person
	if err := insertAct(ctx, tx, b.ID, act); err != nil {
		return err
	}
	if *b, err = byID(ctx, tx, b.Programme, b.ID); err != nil {
		return err
	}
	for _, tell := range []func(context.Context, *store.Tx, Barrier, Act) error{note, index, wait, s.tell} {
		if err := tell(ctx, tx, *b, act); err != nil {
			return err
		}
	}
	return nil
}

// first shortens a statement to where a list or a title has room for it.
func first(text string, letters int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= letters {
		return string(runes)
	}
	cut := string(runes[:letters])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
