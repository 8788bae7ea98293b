package moderation

import (
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// wordsView is the form of a word list.
type wordsView struct {
	Place   Place
	Form    *form.Form
	Version int
	Trouble string
	By      string // who changed it last, and when
}

func (s *Service) wordsView(r *http.Request) (wordsView, WordList, error) {
	ctx := r.Context()
	in, err := s.place(r)
	if err != nil {
		return wordsView{}, WordList{}, err
	}
	l, err := listOf(ctx, s.db, in.ID)
	if err != nil {
		return wordsView{}, l, err
	}
	v := wordsView{Place: in, Version: l.Version}
	if l.Version > 0 {
		names, err := s.Names(ctx, s.db, []store.ID{l.UpdatedBy})
		if err != nil {
			return v, l, err
		}
		v.By = lang.T(ctx, "moderation.case.by", "Date", lang.DateTime(ctx, l.UpdatedAt.Time), "Name", names[l.UpdatedBy])
	}
	return v, l, nil
}

func (s *Service) showWords(w http.ResponseWriter, r *http.Request) error {
	v, l, err := s.wordsView(r)
	if err != nil {
		return err
	}
	v.Form = form.New().Set("words", l.Words)
	if l.Links {
		v.Form.Set("links", "1")
	}
	return web.Render(w, r, wordsPage(v))
}

func (s *Service) saveWords(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, _, err := s.wordsView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	l := WordList{Programme: v.Place.ID, Words: v.Form.Lines("words", longestList), Links: v.Form.Bool("links"), Version: v.Form.Version()}
	if !v.Form.Any() {
		err = s.SetWords(ctx, l)
	}
	if v.Form.Take(err) || v.Form.Any() {
		v.Version = l.Version
		return web.RenderInvalid(w, r, wordsPage(v))
	}
	if fault.Is(err, fault.KindConflict) {
		v.Trouble = lang.T(ctx, "moderation.words.conflict")
		return web.RenderStatus(w, r, http.StatusConflict, wordsPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, wordsPath(v.Place), "moderation.words.saved")
}
