package workshop

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// MirrorPath is where anybody begins the ready exercise.
const MirrorPath = "/lustro"

func (s *Service) showMirror(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f := form.New().Set("title", lang.T(ctx, "workshop.mirror.default_title")).Set("statements", lang.T(ctx, "workshop.mirror.statements"))
	return web.Render(w, r, mirrorPage(f))
}

func (s *Service) beginMirror(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	kind, err := s.kind(mirrorKind)
	if err != nil {
		return err
	}
	title, settings := f.Required("title", longestTitle), kind.ReadSettings(f)
	key := ""
	if !f.Any() {
		key, err = s.BeginMirror(r.Context(), title, string(lang.From(r.Context())), settings["statements"])
	}
	if f.Any() || f.Take(err) {
		return web.RenderInvalid(w, r, mirrorPage(f))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/sala/"+key+"/prowadzenie", "workshop.flash.mirror")
}

// HomeBlock leads from the home page to the ready exercise.
func (s *Service) HomeBlock(context.Context) (templ.Component, error) { return mirrorInvitation(), nil }

// posterView is the poster of a workshop, and the draft of a news item.
type posterView struct {
	place
	Headlines []activity.Headline
	People    int
}

func (s *Service) poster(r *http.Request) (v posterView, err error) {
	ctx := r.Context()
	if v.place, err = s.led(r); err != nil {
		return v, err
	}
	if v.People, err = s.people(r, v.ID); err != nil {
		return v, err
	}
	err = s.with(ctx, v.Workshop, v.Agenda, func(x *states) error {
		for _, a := range v.Agenda {
			state, err := x.of(a)
			if err != nil {
				return err
			}
			if found, ok := state.(activity.Surprising); ok && a.At(s.db.Now()) == Stopped {
				v.Headlines = append(v.Headlines, found.Headlines(ctx)...)
			}
		}
		return nil
	})
	return v, err
}

func (s *Service) showPoster(w http.ResponseWriter, r *http.Request) error {
	v, err := s.poster(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, posterPage(v))
}

// posterSVG is a page of A4 that any printer takes.
func (s *Service) posterSVG(w http.ResponseWriter, r *http.Request) error {
	v, err := s.poster(r)
	if err != nil {
		return err
	}
	web.Bare(w)
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Disposition", `attachment; filename="plakat.svg"`)
	return v.svg(r.Context()).Render(r.Context(), w)
}

func (s *Service) posterPDF(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := s.poster(r)
	if err != nil {
		return err
	}
	d := paper.New(paper.Options{Title: v.Title, Language: lang.From(ctx), At: s.db.Now(), Footer: lang.T(ctx, "workshop.poster.footer")})
	d.Title(v.Title, paper.Centre)
	d.Gap(6)
	d.Text(v.under(ctx), paper.Centre)
	for _, h := range v.Headlines {
		d.Gap(14)
		d.Strong("„"+h.Statement+"”", paper.Centre)
		d.Gap(4)
		d.Title(headlineWords(ctx, h), paper.Centre)
	}
	if len(v.Headlines) == 0 {
		d.Gap(14)
		d.Strong(lang.T(ctx, "workshop.poster.none"), paper.Centre)
	}
	return d.Send(w, v.Title)
}

func headlineWords(ctx context.Context, h activity.Headline) string {
	return lang.T(ctx, "workshop.poster.headline", "From", h.From, "Guess", h.Guess, "Real", h.Real)
}

// under is what stands under the title: who took part, and when.
func (v posterView) under(ctx context.Context) string {
	return lang.N(ctx, "workshop.poster.under", v.People, "Day", lang.Date(ctx, v.OpenedAt.Time))
}

// draft is a news item about the workshop, to be looked through by a person.
func (v posterView) draft(ctx context.Context) string {
	var b strings.Builder
	b.WriteString(lang.N(ctx, "workshop.draft.opening", v.People, "Day", lang.Date(ctx, v.OpenedAt.Time), "Title", v.Title))
	for _, h := range v.Headlines {
		b.WriteString("\n\n")
		b.WriteString(lang.T(ctx, "workshop.draft.headline", "Statement", h.Statement, "From", h.From, "About", h.About, "Guess", h.Guess, "Real", h.Real))
	}
	b.WriteString("\n\n" + lang.T(ctx, "workshop.draft.closing"))
	return b.String()
}

// A line of the poster, and how it is set.
type posterLine struct {
	text   string
	size   int // pixels of 210 by 297 times four
	strong bool
	gap    int // above it
}

// svg draws the poster: letters alone, black on white, so that any printer has it.
func (v posterView) svg(ctx context.Context) templ.Component {
	lines := []posterLine{{v.Title, 56, true, 90}, {v.under(ctx), 24, false, 16}}
	for _, h := range v.Headlines {
		lines = append(lines, posterLine{"„" + h.Statement + "”", 32, false, 70}, posterLine{headlineWords(ctx, h), 52, true, 20})
	}
	if len(v.Headlines) == 0 {
		lines = append(lines, posterLine{lang.T(ctx, "workshop.poster.none"), 32, true, 70})
	}
	return posterDrawing(v.Title, lines)
}
