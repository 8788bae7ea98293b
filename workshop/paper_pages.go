package workshop

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// paperView is before whoever types in sheets of paper, at a table with a laptop.
type paperView struct {
	place
	Forms  []typing
	Phones int
	Sheets int
	Form   *form.Form // that came back with mistakes
}

// typing is an activity that takes sheets.
type typing struct {
	Activity
	Hint string
}

func (s *Service) showPaper(w http.ResponseWriter, r *http.Request) error {
	v, err := s.paperView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, paperPage(v))
}

func (s *Service) paperView(r *http.Request) (v paperView, err error) {
	ctx := r.Context()
	if v.place, err = s.led(r); err != nil {
		return v, err
	}
	n, err := store.One[struct{ Phones, Sheets int }](ctx, s.db, `SELECT COALESCE(sum(CASE WHEN way = 'phone' THEN 1 ELSE 0 END), 0) AS phones,
		COALESCE(sum(CASE WHEN way = 'paper' THEN 1 ELSE 0 END), 0) AS sheets FROM workshop_participant WHERE workshop = $1`, v.ID)
	if err != nil {
		return v, err
	}
	v.Phones, v.Sheets = n.Phones, n.Sheets
	err = s.with(ctx, v.Workshop, v.Agenda, func(x *states) error {
		for _, a := range v.Agenda {
			state, err := x.of(a)
			if err != nil {
				return err
			}
			if typed, ok := state.(activity.Typed); ok && !a.StartedAt.IsZero() {
				v.Forms = append(v.Forms, typing{a, typed.Line(ctx)})
			}
		}
		return nil
	})
	return v, err
}

func (s *Service) typePaper(w http.ResponseWriter, r *http.Request) error {
	p, err := s.led(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := store.ID(f.Get("activity"))
	key, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	text := f.RequiredLines("lines", 100_000)
	if !f.Any() {
		_, err = s.TypeIn(r.Context(), p.ID, id, key, text)
	}
	if why := fault.Of(err); why != nil && why.Kind != fault.KindNotFound {
		line := 0
		var at lineError
		if errors.As(err, &at) {
			line = at.line
		}
		said := lang.T(r.Context(), why.Key, why.Args...)
		if len(why.Fields) > 0 {
			said = lang.T(r.Context(), why.Fields[0].Key, why.Fields[0].Args...)
		}
		f.Add("lines", "workshop.paper.line", "Line", line, "Why", said)
		err = nil
	}
	if err != nil {
		return err
	}
	if f.Any() {
		v, err := s.paperView(r)
		if err != nil {
			return err
		}
		v.Form = f
		return web.RenderInvalid(w, r, paperPage(v))
	}
	return web.SeeOther(w, r, p.Base+"/papier", "workshop.flash.typed")
}

// printPack is everything that is printed before a workshop: how to come in, and
// numbered sheets with all activities.
func (s *Service) printPack(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.led(r)
	if err != nil {
		return err
	}
	sheets := min(max(web.Query(r).Page("arkusze"), 1), 100)
	d := paper.New(paper.Options{Title: p.Title, Language: lang.From(ctx), At: s.db.Now(), Footer: p.Title})
	code, err := paper.QR(s.Site.URL(p.Door()))
	if err != nil {
		return err
	}
	d.Title(p.Title, paper.Centre)
	d.Gap(8)
	d.Text(lang.T(ctx, "workshop.screen.come"), paper.Centre)
	d.Gap(8)
	d.QR(code, 110)
	d.Strong(shortAddress(s.Site.URL("/kod")), paper.Centre)
	d.Title(entrance.Spaced(p.Code), paper.Centre)
	questions, err := s.questions(ctx, p)
	if err != nil {
		return err
	}
	for n := 1; n <= sheets && len(questions) > 0; n++ {
		d.Page()
		printSheet(ctx, d, p.Title, SheetCode(n), questions)
	}
	return d.Send(w, p.Title)
}

// printed are the questions of one activity.
type printed struct {
	Title     string
	Questions []activity.Question
}

func (s *Service) questions(ctx context.Context, p place) (all []printed, err error) {
	err = s.with(ctx, p.Workshop, p.Agenda, func(x *states) error {
		for _, a := range p.Agenda {
			state, err := x.of(a)
			if err != nil {
				return err
			}
			if sheet, ok := state.(activity.Printed); ok {
				all = append(all, printed{a.Title, sheet.Sheet(ctx)})
			}
		}
		return nil
	})
	return all, err
}

func printSheet(ctx context.Context, d *paper.Document, title, code string, all []printed) {
	d.Strong(title, paper.Left)
	d.Text(lang.T(ctx, "workshop.sheet.code", "Code", code), paper.Left)
	d.Text(lang.T(ctx, "workshop.sheet.sector"), paper.Left)
	for _, one := range all {
		d.Heading(one.Title)
		for _, q := range one.Questions {
			line := q.Text
			for _, answer := range q.Answers {
				line += fmt.Sprintf("   [  ] %s", answer)
			}
			d.Text(line, paper.Left)
			for range q.Lines {
				d.Gap(8)
				d.Rule()
			}
			d.Gap(2)
		}
	}
}
