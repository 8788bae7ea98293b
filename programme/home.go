package programme

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// mostAtHome bounds the programmes on the home page; the list has them all.
const mostAtHome = 12

// homeView is the home page: what waits for the person who looks, what goes on
// now, how to join.
type homeView struct {
	Mine       mineView
	Programmes []Summary
	More       bool
	Blocks     []templ.Component
	Now        nowView
	SignedIn   bool
}

// mineView is what concerns one person in all programmes.
type mineView struct {
	Memberships []Mine
	Invitations []Mine
	Waiting     []Mine
	Team        []access.Grant
}

// Any reports whether there is anything to say.
func (m mineView) Any() bool {
	return len(m.Memberships)+len(m.Invitations)+len(m.Waiting)+len(m.Team) > 0
}

func (s *Service) mine(ctx context.Context, person store.ID) (m mineView, err error) {
	if m.Memberships, err = membershipsOf(ctx, s.db, person); err != nil {
		return m, err
	}
	if m.Invitations, err = invitationsOf(ctx, s.db, person); err != nil {
		return m, err
	}
	m.Waiting, err = waitingFor(ctx, s.db, person)
	for _, g := range access.From(ctx).Grants {
		if g.Scope == access.InProgramme {
			m.Team = append(m.Team, g)
		}
	}
	return m, err
}

func (s *Service) showHome(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := access.From(ctx)
	v := homeView{Now: nowView{s.db.Now()}, SignedIn: actor.SignedIn()}
	var err error
	if v.SignedIn {
		if v.Mine, err = s.mine(ctx, actor.Person); err != nil {
			return wrap("home", err)
		}
	}
	if v.Programmes, err = listProgrammes(ctx, s.db, listFilter{State: Published}, mostAtHome+1, 0); err != nil {
		return wrap("home", err)
	}
	if v.More = len(v.Programmes) > mostAtHome; v.More {
		v.Programmes = v.Programmes[:mostAtHome]
	}
	for _, b := range s.homeBlocks {
		component, err := b(ctx)
		if err != nil {
			return wrap("home", err)
		}
		if component != nil {
			v.Blocks = append(v.Blocks, component)
		}
	}
	return web.Render(w, r, homePage(v))
}

// accountBlock shows a person's programmes and invitations on their own page.
func (s *Service) accountBlock(ctx context.Context, person store.ID) (templ.Component, error) {
	m, err := s.mine(ctx, person)
	if err != nil {
		return nil, err
	}
	return accountBlock(m), nil
}

// nowView says where phases stand at one moment.
type nowView struct{ Time time.Time }

// list turns phases into the list that a page prints.
func (n nowView) list(ctx context.Context, phases []Phase, openings []OpeningWord) []ui.Phase {
	shown := make([]ui.Phase, len(phases))
	for i, p := range phases {
		shown[i] = ui.Phase{Title: p.Title, Dates: days(ctx, p.StartsAt, p.EndsAt), State: p.At(n.Time)}
		if shown[i].State != ui.Done {
			shown[i].Opens = opens(ctx, p, openings)
		}
	}
	return shown
}

// opens says what people may do in a phase.
func opens(ctx context.Context, p Phase, openings []OpeningWord) string {
	text := ""
	for _, o := range openings {
		if !p.Opens.Has(string(o.Opening)) {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += lang.T(ctx, o.Key)
	}
	if text == "" {
		return ""
	}
	return lang.T(ctx, "programme.phase.open_for", "What", text)
}

// days says a period in words; a single day has no range, an open end says so.
func days(ctx context.Context, starts, ends store.Time) string {
	last := lastDay(ends)
	switch {
	case starts.IsZero() && last.IsZero():
		return ""
	case starts.IsZero():
		return lang.T(ctx, "programme.days.until", "Last", lang.Date(ctx, last))
	case last.IsZero():
		return lang.T(ctx, "programme.days.from", "First", lang.Date(ctx, starts.Time))
	}
	return lang.Span(ctx, starts.Time, last)
}

// happening says what goes on now and what happens next, each in a sentence.
func (n nowView) happening(ctx context.Context, phases []Phase) (now, next string) {
	on, after := current(phases, n.Time)
	switch {
	case len(on) > 0:
		now = lang.T(ctx, "programme.now.on", "Phases", untilWhen(ctx, on))
	case after != nil:
		now = lang.T(ctx, "programme.now.between")
	case len(phases) > 0:
		now = lang.T(ctx, "programme.now.over")
	}
	if after != nil {
		next = lang.T(ctx, "programme.now.next", "Phase", after.Title, "First", lang.Date(ctx, after.StartsAt.Time))
	}
	return now, next
}

// step is a phase of one of several programmes that is on or comes next.
type step struct {
	Phase
	Programme Summary
	On        bool
}

// steps lists what is on in all programmes, the first to end first, and then
// what each begins next.
func (n nowView) steps(programmes []Summary) []step {
	var on, next []step
	for _, p := range programmes {
		phases, after := current(p.Phases, n.Time)
		for _, phase := range phases {
			on = append(on, step{phase, p, true})
		}
		if after != nil {
			next = append(next, step{*after, p, false})
		}
	}
	slices.SortStableFunc(on, func(a, b step) int { return compareEnds(a.EndsAt.Time, b.EndsAt.Time) })
	slices.SortStableFunc(next, func(a, b step) int { return a.StartsAt.Compare(b.StartsAt.Time) })
	return append(on, next...)
}

// compareEnds puts what has no end behind what has one.
func compareEnds(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// untilWhen names the phases that are on, each with its last day.
func untilWhen(ctx context.Context, on []Phase) string {
	named := make([]string, len(on))
	for i, p := range on {
		named[i] = p.Title
		if !p.EndsAt.IsZero() {
			named[i] = lang.T(ctx, "programme.now.until", "Phase", p.Title, "Last", lang.Date(ctx, p.LastDay()))
		}
	}
	return strings.Join(named, "; ")
}
