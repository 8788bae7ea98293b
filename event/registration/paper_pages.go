package registration

import (
	"errors"
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// paperView is the form for those who signed up on paper.
type paperView struct {
	frame
	Form     *form.Form
	Mistakes []RowMistake
	Refusal  error
}

// mostShown is how many mistakes one page names; the number of all is said.
const mostShown = 100

func (s *Service) showPaper(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v := paperView{frame: s.frame(r.Context(), e, "/zapisy/papier"),
		Form: form.New().Set("batch", string(store.NewID())).Set("sector", string(ui.Resident))}
	return web.Render(w, r, paperPage(v))
}

func (s *Service) enterPaper(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	v := paperView{frame: s.frame(r.Context(), e, "/zapisy/papier"), Form: f}
	l := List{Rows: ReadRows(f.RequiredLines("rows", pastedBody)), SameNames: f.Bool("same_names"), Batch: batchOf(f)}
	var sectors []string
	for _, sector := range ui.Sectors {
		sectors = append(sectors, string(sector))
	}
	l.Sector = ui.Sector(f.Choice("sector", sectors...))
	if l.TERC = f.Choice("municipality", append(territory.Codes(), elsewhere)...); l.TERC == elsewhere {
		l.TERC = ""
	}
	if !f.Any() {
		v.Mistakes, err = s.EnterPaper(r.Context(), e, l)
		switch refused := fault.Of(err); {
		case err == nil && len(v.Mistakes) == 0:
			return web.SeeOther(w, r, v.at("/papier/"+string(l.Batch)), "event.registration.done.entered")
		case err == nil:
			f.Add("rows", "event.registration.paper.mistakes", "Rows", len(v.Mistakes), "All", len(l.Rows))
		case refused != nil && refused.Kind == fault.KindClosed:
			v.Refusal = err
		case !f.Take(err):
			return err
		}
	}
	return web.RenderInvalid(w, r, paperPage(v))
}

// showEntered tells row by row what became of a list on paper.
func (s *Service) showEntered(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	batch, err := rowID(r, "batch")
	if err != nil {
		return err
	}
	v := partyView{frame: s.frame(ctx, e, "/zapisy/papier"), Batch: batch, Page: web.Query(r).Page("strona"), Paper: true}
	v.Total, err = store.One[int](ctx, s.db, `SELECT count(*) FROM event_registration WHERE event = $1 AND batch = $2 AND channel = 'paper'`, e.ID, v.Batch)
	if v.Total == 0 {
		return errors.Join(err, fault.NotFound("list"))
	}
	v.All, err = store.All[Registration](ctx, s.db, `SELECT `+Columns+Tables+`WHERE g.event = $1 AND g.batch = $2 AND g.channel = 'paper'
		ORDER BY g.number LIMIT $3 OFFSET $4`, e.ID, v.Batch, pageSize, (v.Page-1)*pageSize)
	if err != nil {
		return err
	}
	rows := make([]row, len(v.All))
	for i, g := range v.All {
		rows[i].Registration = g
	}
	s.looked(ctx, e, "registrations", rows)
	return web.Render(w, r, partyPage(v))
}
