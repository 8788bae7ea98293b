package debate

import (
	"context"
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages of the room.
//
// A resident comes with a code from a slide or a sheet, says on which side they
// stand, and votes on one statement after another until they have had enough;
// then they want to see what came of it. A member finds a debate in the
// programme and adds what is missing. A councillor opens the results a month
// later and reads the first screen. Whoever leads the debate writes statements,
// opens it, looks at what people add while they talk, and closes it.
func (s *Service) Routes() []web.Route {
	const list, one = "/programy/{programme}/debaty", "/programy/{programme}/debaty/{debate}"
	return append(s.downloads(one), []web.Route{
		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showList},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showDebate},
		{Pattern: "GET " + one + "/moje", Need: access.Anyone, Handle: s.showOwn},
		{Pattern: "GET " + one + "/wyniki", Need: access.Anyone, Handle: s.showResults},
		{Pattern: "GET " + one + "/stwierdzenia/{number}", Need: access.Anyone, Handle: s.showStatement},
		{Pattern: "POST " + one + "/wejscie", Need: access.Anyone, Handle: s.enter},
		{Pattern: "POST " + one + "/glos", Need: access.Anyone, Handle: s.takeVote},
		{Pattern: "POST " + one + "/domysl", Need: access.Anyone, Handle: s.takeGuess},
		{Pattern: "POST " + one + "/stwierdzenia", Need: access.Anyone, Handle: s.propose},
		{Pattern: "POST " + one + "/stwierdzenia/{number}/odwolanie", Need: access.Anyone, Handle: s.appeal},
		{Pattern: "GET " + one + "/strumien", Need: access.Anyone, Handle: s.stream},
		{Pattern: "GET " + one + "/porownanie", Need: access.Anyone, Handle: s.showComparison},
		{Pattern: "GET " + one + "/ramka", Need: access.Anyone, Handle: s.showFrame},

		{Pattern: "GET " + list + "/nowa", Need: Lead, Handle: s.newDebate},
		{Pattern: "POST " + list, Need: Lead, Handle: s.begin},
		{Pattern: "GET " + one + "/edycja", Need: Lead, Handle: s.edit},
		{Pattern: "POST " + one + "/edycja", Need: Lead, Handle: s.save},
		{Pattern: "GET " + one + "/prowadzenie", Need: Preview, Handle: s.showLead},
		{Pattern: "POST " + one + "/publikacja", Need: Lead, Handle: s.publish},
		{Pattern: "GET " + one + "/zamkniecie", Need: Lead, Handle: s.askClose},
		{Pattern: "POST " + one + "/zamkniecie", Need: Lead, Handle: s.close},
		{Pattern: "POST " + one + "/pokazanie", Need: Lead, Handle: s.reveal},
		{Pattern: "POST " + one + "/prowadzenie/stwierdzenia", Need: Lead, Handle: s.seed, Body: seedBody},
		{Pattern: "POST " + one + "/prowadzenie/kolejka", Need: Lead, Handle: s.sort},
		{Pattern: "POST " + one + "/polis", Need: Lead, Handle: s.importPolis, Body: polisBody},
		{Pattern: "POST " + one + "/prowadzenie/plik", Need: Lead, Handle: s.previewList, Body: web.UploadBody},
		{Pattern: "GET " + one + "/prowadzenie/{number}", Need: Lead, Handle: s.showModeration},
		{Pattern: "POST " + one + "/prowadzenie/{number}", Need: Lead, Handle: s.moderate},
	}...)
}

// Most bytes of a form with a thousand statements, and of the files of a large
// conversation.
const (
	seedBody  = 4 << 20
	polisBody = 64 << 20
)

// stream tells open pages that the debate has gained something, at most once a
// second: by then the result that they ask for is made anew, once for all.
func (s *Service) stream(w http.ResponseWriter, r *http.Request) error {
	d, err := s.at(r)
	if err != nil {
		return err
	}
	if s.Live == nil {
		return fault.NotFound("stream")
	}
	return s.Live.ServeGathered(w, r, topic(d.ID), between, func(ctx context.Context) (int64, error) {
		return store.One[int64](ctx, s.db, `SELECT revision FROM debate WHERE id = $1`, d.ID)
	})
}

// at is the debate of the address, if this person may see it.
func (s *Service) at(r *http.Request) (Debate, error) {
	return Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("debate"))
}

// listView is the debates of a programme.
type listView struct {
	Programme       programme.Programme
	Open, Next, Old []Debate
	Drafts          []Debate
	MayLead         bool
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	all, err := ofProgramme(ctx, s.db, p.ID)
	if err != nil {
		return err
	}
	actor := access.From(ctx)
	v := listView{Programme: p, MayLead: actor.May(Lead, string(p.ID))}
	for _, d := range all {
		switch d.At(s.db.Now()) {
		case Open:
			v.Open = append(v.Open, d)
		case Coming:
			v.Next = append(v.Next, d)
		case Over:
			v.Old = append(v.Old, d)
		case Draft:
			if actor.May(Preview, string(p.ID)) {
				v.Drafts = append(v.Drafts, d)
			}
		}
	}
	return web.Render(w, r, listPage(v))
}

// programme is that of the address, if this person may see it.
func (s *Service) programme(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err == nil && p.State == programme.Draft && !access.From(r.Context()).May(Preview, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	return p, err
}

func ofProgramme(ctx context.Context, r store.Reader, programme store.ID) ([]Debate, error) {
	return store.All[Debate](ctx, r, `SELECT `+columns+tables+`WHERE d.programme = $1 ORDER BY d.opens_at DESC, d.id DESC`, programme)
}

// ByCode is where the code of a debate leads that was published. Whoever types a
// code finds only what everybody may find without one.
func ByCode(ctx context.Context, r store.Reader, code string) (string, error) {
	d, err := store.One[Debate](ctx, r, `SELECT `+columns+tables+`WHERE d.code = $1 AND d.published_at IS NOT NULL AND p.state <> $2`,
		code, programme.Draft)
	return d.Path() + "?kod=" + d.Code, err
}

// digits drops what people write between digits: spaces and hyphens.
func digits(code string) string {
	var out []rune
	for _, r := range code {
		if r >= '0' && r <= '9' {
			out = append(out, r)
		}
	}
	return string(out)
}

func (d Debate) crumbs() []ui.Crumb {
	return []ui.Crumb{{Title: d.ProgrammeTitle, Href: "/programy/" + d.ProgrammeSlug}}
}

// when says in words when the debate opens or closes.
func (d Debate) when(ctx context.Context, now time.Time) string {
	switch d.At(now) {
	case Coming:
		return lang.T(ctx, "debate.when.coming", "At", lang.DateTime(ctx, d.OpensAt.Time))
	case Open:
		if d.ClosesAt.IsZero() {
			return lang.T(ctx, "debate.when.open")
		}
		return lang.T(ctx, "debate.when.until", "At", lang.DateTime(ctx, d.ClosesAt.Time))
	case Over:
		if !d.Told(now) {
			return lang.T(ctx, "debate.when.held", "At", lang.DateTime(ctx, d.ClosesAt.Time))
		}
		return lang.T(ctx, "debate.when.over", "At", lang.DateTime(ctx, d.ClosesAt.Time))
	}
	return lang.T(ctx, "debate.when.draft")
}
