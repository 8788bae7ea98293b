package debate

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// debateView is the page on which people take part.
type debateView struct {
	Debate  Debate
	State   State
	Now     time.Time
	People  int
	Votes   int
	In      bool // the reader takes part
	Own     Own
	Next    *Statement // to vote on; nil: nothing is left
	Guess   *Statement // voted on just now; a guess is asked
	About   ui.Sector  // of the guess
	Done    int
	Total   int
	Form    *form.Form // of the entry, or of an own statement
	MayLead bool
	Told    bool // the results, to everybody
}

const (
	deviceCookie = "debata"
	deviceAge    = 90 * 24 * time.Hour
)

func (s *Service) cookies() web.Cookies { return web.Cookies{Secure: s.Site.Secure()} }

func (s *Service) who(r *http.Request) Who {
	return Who{Person: access.From(r.Context()).Person, Device: s.cookies().Get(r, deviceCookie)}
}

// takesPart returns the debate of the address and who the reader is in it.
func (s *Service) takesPart(r *http.Request) (Debate, Participant, error) {
	d, err := s.at(r)
	if err != nil {
		return d, Participant{}, err
	}
	p, err := s.Known(r.Context(), d.ID, s.who(r))
	return d, p, err
}

func (s *Service) showDebate(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	if v.Form == nil {
		v.Form = form.New().Set("code", web.Query(r).Text("kod", 20))
	}
	return web.Render(w, r, debatePage(v))
}

// view reads what the page shows: after a vote the guess that belongs to it,
// else the next statement.
func (s *Service) view(r *http.Request) (debateView, error) {
	ctx := r.Context()
	d, p, err := s.takesPart(r)
	in := err == nil
	if err != nil && (d.ID == "" || !fault.Is(err, fault.KindNotFound)) {
		return debateView{}, err
	}
	v := debateView{Debate: d, State: d.At(s.db.Now()), Now: s.db.Now(), In: in, MayLead: access.From(ctx).May(Lead, string(d.Programme))}
	result, err := s.Result(ctx, d.ID)
	if err != nil {
		return v, err
	}
	v.People, v.Votes, v.Told = result.People, result.Votes, d.Told(s.db.Now())
	if !in || v.State != Open {
		return v, nil
	}
	if v.Own, err = s.Own(ctx, d.ID, p.Number); err != nil {
		return v, err
	}
	v.Done, v.Total = len(v.Own.Votes), len(v.Own.Votes)+v.Own.Left
	if number := web.Query(r).Int("domysl", 0, mostStatements); number > 0 && d.Mirror {
		return v, s.askGuess(ctx, &v, p, number)
	}
	return v, s.askNext(ctx, &v, p, web.Query(r).Int("nr", 0, mostStatements))
}

// askNext takes the statement of the address, to change a vote on it, or the
// one that tells most.
func (s *Service) askNext(ctx context.Context, v *debateView, p Participant, number int) error {
	var st Statement
	var err error
	if number > 0 {
		st, err = statement(ctx, s.db, v.Debate.ID, number)
		if err == nil && st.State != Shown {
			err = fault.NotFound("statement")
		}
	} else {
		st, err = s.Next(ctx, v.Debate.ID, p.Number, rand.Float64())
	}
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	v.Next = &st
	return err
}

// askGuess asks about one of the other sectors that this person has not guessed
// on this statement: which one follows from the two numbers, so that over a
// debate everybody is asked about everybody.
func (s *Service) askGuess(ctx context.Context, v *debateView, p Participant, number int) error {
	if _, voted := v.Own.Votes[number]; !voted || len(v.Own.Guessed[number]) > 0 {
		return s.askNext(ctx, v, p, 0)
	}
	st, err := statement(ctx, s.db, v.Debate.ID, number)
	if err != nil {
		return err
	}
	own := v.Debate.Joined.of(p.Sector)
	others := slices.DeleteFunc(v.Debate.Joined.sectors(), func(s ui.Sector) bool { return s == own })
	v.Guess, v.About = &st, others[(p.Number+number)%len(others)]
	return nil
}

func (s *Service) enter(w http.ResponseWriter, r *http.Request) error {
	d, err := s.at(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	who := s.who(r)
	if who.Person == "" {
		who.Network = s.Moderation.Network(r)
	}
	who.Code = digits(f.Text("code", 20))
	who.Sector = ui.Sector(f.Choice("sector", sectorNames()...))
	if own, err := s.sectorOf(r.Context()); err != nil {
		return err
	} else if own != "" {
		who.Sector = own
	}
	if !f.Any() {
		if who.Device == "" && d.Entry != Accounts {
			who.Device = NewDevice()
			s.cookies().Set(w, deviceCookie, who.Device, deviceAge)
		}
		_, err = s.Enter(r.Context(), d.ID, who)
	}
	if f.Any() || f.Take(err) || tooMuch(f, "sector", err) {
		v, seen := s.view(r)
		if seen != nil {
			return seen
		}
		v.Form = f
		return web.RenderStatus(w, r, refusal(err), debatePage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path(), "")
}

// sectorOf is the sector of the organisation that the person acts for now, ""
// when they act for themselves: then they say on which side they stand.
func (s *Service) sectorOf(ctx context.Context) (ui.Sector, error) {
	id := access.From(ctx).For
	if id == "" {
		return "", nil
	}
	o, err := organisation.ByID(ctx, s.db, id)
	return o.Sector, err
}

func sectorNames() []string {
	var names []string
	for _, sector := range ui.Sectors {
		names = append(names, string(sector))
	}
	return names
}

// Votes as forms send them.
var votes = map[string]opinion.Vote{"za": opinion.Agree, "wstrzymuje": opinion.Pass, "przeciw": opinion.Disagree}

func (s *Service) takeVote(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	number := f.Int("statement", 1, mostStatements)
	vote, known := votes[f.Get("vote")]
	f.Check(known, "vote", "form.not_offered")
	if err := f.Err(); err != nil {
		return err
	}
	if err := s.Vote(r.Context(), d.ID, p.Number, number, vote, f.Bool("important")); err != nil {
		return err
	}
	path := d.Path()
	if d.Mirror {
		path += "?domysl=" + strconv.Itoa(number)
	}
	return web.SeeOther(w, r, path, "")
}

func (s *Service) takeGuess(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if f.Get("skip") != "" {
		return web.SeeOther(w, r, d.Path(), "")
	}
	number, percent := f.Int("statement", 1, mostStatements), f.Int("percent", 0, 100)
	about := ui.Sector(f.Choice("about", sectorNames()...))
	if err := f.Err(); err != nil {
		return err
	}
	if err := s.Guess(r.Context(), d.ID, p, number, about, percent); err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path(), "")
}

func (s *Service) propose(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	network := ""
	if !access.From(r.Context()).SignedIn() {
		network = s.Moderation.Network(r)
	}
	text := f.RequiredLines("text", longestStatement)
	var st Statement
	if !f.Any() {
		st, _, err = s.ProposeFrom(r.Context(), d.ID, p, network, text) // its page says the place, which changes while people look
	}
	if f.Any() || f.Take(err) || tooMuch(f, "text", err) {
		v, seen := s.ownView(r, d, p)
		if seen != nil {
			return seen
		}
		v.Form = f
		return web.RenderStatus(w, r, refusal(err), ownPage(v))
	}
	if err != nil {
		return err
	}
	flash := "debate.proposed.waits"
	if st.State == Shown {
		flash = "debate.proposed.shown"
	}
	return web.SeeOther(w, r, d.Path()+"/moje", flash)
}

// tooMuch puts beside a field that somebody does something too often, so that
// what they typed is not lost.
func tooMuch(f *form.Form, field string, err error) bool {
	if !fault.Is(err, fault.KindLimited) {
		return false
	}
	told := fault.Of(err)
	f.Add(field, told.Key, told.Args...)
	return true
}

func refusal(err error) int {
	if fault.Is(err, fault.KindLimited) {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// appeal takes what the author of a statement that was kept out says against it.
func (s *Service) appeal(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	st, err := s.statementAt(r, d)
	if err != nil {
		return err
	}
	words := f.RequiredLines("appeal", longestReason)
	if !f.Any() {
		err = s.Appeal(r.Context(), d.ID, p, st.Number, words)
	}
	if f.Any() || f.Take(err) {
		v, seen := s.ownView(r, d, p)
		if seen != nil {
			return seen
		}
		v.Appeal, v.Against = f, st.Number
		return web.RenderInvalid(w, r, ownPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path()+"/moje", "debate.flash.appealed")
}

// ownView is what one participant said, and what became of what they wrote.
type ownView struct {
	Debate Debate
	Open   bool
	Own    Own
	Votes  []Statement // that they voted on
	Wrote  []Statement
	Form   *form.Form

	Appeal  *form.Form // that was sent with a mistake
	Against int        // the statement that it is about
	places  map[int]int
}

func (s *Service) ownView(r *http.Request, d Debate, p Participant) (ownView, error) {
	ctx := r.Context()
	v := ownView{Debate: d, Open: d.At(s.db.Now()) == Open, Form: form.New(), places: map[int]int{}}
	all, err := Statements(ctx, s.db, d.ID)
	if err != nil {
		return v, err
	}
	if v.Own, err = s.Own(ctx, d.ID, p.Number); err != nil {
		return v, err
	}
	waiting := 0
	for _, st := range all {
		if st.State == Waiting {
			waiting++
			v.places[st.Number] = waiting
		}
		if st.Author == p.Number {
			v.Wrote = append(v.Wrote, st)
		}
		if _, voted := v.Own.Votes[st.Number]; voted && st.State == Shown {
			v.Votes = append(v.Votes, st)
		}
	}
	return v, nil
}

func (s *Service) showOwn(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	if fault.Is(err, fault.KindNotFound) && d.ID != "" {
		return web.SeeOther(w, r, d.Path(), "")
	}
	if err != nil {
		return err
	}
	v, err := s.ownView(r, d, p)
	if err != nil {
		return err
	}
	return web.Render(w, r, ownPage(v))
}

// became says what became of a statement that the reader wrote.
func (v ownView) became(ctx context.Context, st Statement) string {
	switch st.State {
	case Waiting:
		return lang.T(ctx, "debate.own.waiting", "Place", v.places[st.Number])
	case Shown:
		return lang.T(ctx, "debate.own.shown", "Number", st.Number)
	case Rejected:
		said := lang.T(ctx, "debate.own.rejected", "Reason", st.Reason)
		switch {
		case st.Answer != "":
			said += " " + lang.T(ctx, "debate.appeal.answered", "Words", st.Answer)
		case st.Appeal != "":
			said += " " + lang.T(ctx, "debate.appeal.waits")
		}
		return said
	case Merged:
		return lang.T(ctx, "debate.own.merged", "Number", st.Becomes)
	}
	return lang.T(ctx, "debate.own.corrected", "Number", st.Becomes)
}
