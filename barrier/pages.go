package barrier

import (
	"context"
	"net/http"
	"strconv"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages of the room.
//
// A resident or a councillor opens the register to see what stands between the
// sectors and what is done about it, opens one barrier, and goes on to where it
// came from. Somebody who takes part comes from a meeting with a thought: looks
// whether it is there, votes, adds an example, or takes a card as a beginning and
// proposes; later they look at "moje" what became of it. A trainer opens the
// pictures on the wall before the discussion and the comparison after it. The
// manager begins at the desk: accepts or declines, writes the verdict while the
// discussion is fresh, agrees on a response with who answers for it, and comes
// back on the day of the review. Whoever represents the organisation that answers
// for a response comes from their own desk to say that it is carried out.
func (s *Service) Routes() []web.Route {
	const list, one = "/programy/{programme}/bariery", "/programy/{programme}/bariery/{barrier}"
	routes := append(s.downloads(list), []web.Route{
		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showList},
		{Pattern: "GET " + list + "/obraz", Need: access.Anyone, Handle: s.showPicture},
		{Pattern: "GET " + list + "/porownanie", Need: access.Anyone, Handle: s.showComparison},
		{Pattern: "GET " + list + "/karty", Need: access.Anyone, Handle: s.showCards},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showBarrier},

		{Pattern: "GET " + list + "/moje", Need: access.SignedIn, Handle: s.showOwn},
		{Pattern: "GET " + list + "/zglos", Need: access.SignedIn, Handle: s.newBarrier},
		{Pattern: "POST " + list, Need: access.SignedIn, Handle: s.sendProposal},
		{Pattern: "GET " + one + "/edycja", Need: access.SignedIn, Handle: s.editBarrier},
		{Pattern: "POST " + one + "/edycja", Need: access.SignedIn, Handle: s.revise},
		{Pattern: "POST " + one + "/glos", Need: access.SignedIn, Handle: s.vote},
		{Pattern: "GET " + one + "/dowod", Need: access.SignedIn, Handle: s.newEvidence},
		{Pattern: "POST " + one + "/dowod", Need: access.SignedIn, Handle: s.argue},
		{Pattern: "POST " + one + "/wykonanie", Need: access.SignedIn, Handle: s.fulfil},

		{Pattern: "GET " + list + "/do-oceny", Need: Preview, Handle: s.showWaiting},
		{Pattern: "GET " + one + "/ocena", Need: Preview, Handle: s.showProposal},
		{Pattern: "POST " + one + "/przyjecie", Need: Keep, Handle: s.accept},
		{Pattern: "POST " + one + "/odrzucenie", Need: Keep, Handle: s.decline},
		{Pattern: "POST " + one + "/dowody/{evidence}", Need: Keep, Handle: s.judge},
		{Pattern: "GET " + list + "/rodzaje", Need: Keep, Handle: s.showKinds},
		{Pattern: "POST " + list + "/rodzaje", Need: Keep, Handle: s.addKind},
	}...)
	for _, st := range steps {
		routes = append(routes,
			web.Route{Pattern: "GET " + one + "/" + st.name, Need: Keep, Handle: s.askStep(st)},
			web.Route{Pattern: "POST " + one + "/" + st.name, Need: Keep, Handle: s.takeStep(st)})
	}
	return routes
}

// programme returns the programme of the address, if this person may see it.
func (s *Service) programme(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err == nil && p.State == programme.Draft && !access.From(r.Context()).May(Preview, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	return p, err
}

// barrier returns the barrier of the address, in any state, if this person may
// see it: what is in the register or was is for everybody, a proposal for its
// author and the team.
func (s *Service) barrier(r *http.Request) (programme.Programme, Barrier, error) {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return p, Barrier{}, err
	}
	number, err := strconv.Atoi(r.PathValue("barrier"))
	if err != nil || number < 1 || strconv.Itoa(number) != r.PathValue("barrier") || number > 1_000_000_000 {
		return p, Barrier{}, fault.NotFound("number of a barrier")
	}
	b, err := byNumber(ctx, s.db, p.ID, number)
	if err != nil {
		return p, b, err
	}
	actor := access.From(ctx)
	public := b.State == Registered || b.State == Withdrawn
	if !public && !actor.May(Preview, string(p.ID)) && (!actor.SignedIn() || b.Author != actor.Person) {
		err = fault.NotFound("barrier")
	}
	return p, b, err
}

// posted is barrier with the form that was sent about it.
func (s *Service) posted(r *http.Request) (programme.Programme, Barrier, *form.Form, error) {
	p, b, err := s.barrier(r)
	if err != nil {
		return p, b, nil, err
	}
	f, err := web.ReadForm(r)
	return p, b, f, err
}

// crumbs lead from the programme to the register.
func crumbs(ctx context.Context, p programme.Programme) []ui.Crumb {
	return []ui.Crumb{{Title: p.Title, Href: p.Path()}, {Title: lang.T(ctx, "barrier.list.title"), Href: listPath(p.Slug)}}
}

// crumbsOf lead on to a page about one barrier.
func crumbsOf(ctx context.Context, p programme.Programme, b Barrier) []ui.Crumb {
	return append(crumbs(ctx, p), ui.Crumb{Title: b.name(ctx), Href: b.Path()})
}

// name is how people call a barrier beside its statement.
func (b Barrier) name(ctx context.Context) string {
	return lang.T(ctx, "barrier.name", "Number", b.Number)
}

// kinds puts kinds into words.
type kinds []Added

func (k kinds) word(ctx context.Context, kind Kind) string {
	for _, own := range Kinds {
		if own == kind {
			return lang.T(ctx, "barrier.kind."+string(kind))
		}
	}
	for _, added := range k {
		if added.Slug == kind {
			return added.Name
		}
	}
	return string(kind)
}

// options are all kinds, to choose from.
func (k kinds) options(ctx context.Context) []ui.Option {
	var all []ui.Option
	for _, kind := range Kinds {
		all = append(all, ui.Option{Value: string(kind), Label: lang.T(ctx, "barrier.kind."+string(kind))})
	}
	for _, added := range k {
		all = append(all, ui.Option{Value: string(added.Slug), Label: added.Name})
	}
	return all
}

func (k kinds) values() []string {
	var all []string
	for _, kind := range Kinds {
		all = append(all, string(kind))
	}
	for _, added := range k {
		all = append(all, string(added.Slug))
	}
	return all
}

func sectorOptions(ctx context.Context) []ui.Option {
	var all []ui.Option
	for _, s := range ui.Sectors {
		all = append(all, ui.Option{Value: string(s), Label: s.Name(ctx)})
	}
	return all
}

// wordOptions are values with the words of their keys.
func wordOptions(ctx context.Context, key string, values []string) []ui.Option {
	var all []ui.Option
	for _, v := range values {
		all = append(all, ui.Option{Value: v, Label: lang.T(ctx, key+v)})
	}
	return all
}

// tone says how a verdict is meant: a barrier that is confirmed is bad news.
func (v Verdict) tone() ui.Tone {
	switch v {
	case Confirmed:
		return ui.Bad
	case Partly:
		return ui.Warn
	case Refuted:
		return ui.Good
	}
	return ui.Neutral
}

func (v Verdict) word(ctx context.Context) string {
	if v == Unjudged {
		return lang.T(ctx, "barrier.verdict.none")
	}
	return lang.T(ctx, "barrier.verdict."+string(v))
}

func (s State) word(ctx context.Context) string { return lang.T(ctx, "barrier.state."+string(s)) }

func (s State) tone() ui.Tone {
	switch s {
	case Registered:
		return ui.Good
	case Declined, Withdrawn:
		return ui.Bad
	}
	return ui.Info
}
