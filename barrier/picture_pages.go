package barrier

import (
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// pictureView is the register in pictures. A nil chart has nothing to show.
type pictureView struct {
	Programme            programme.Programme
	Sector               ui.Sector
	Plane, Matrix, Pairs *chart.Chart
}

func (s *Service) showPicture(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := pictureView{Programme: p, Sector: sectorOf(r)}
	all, err := registered(ctx, s.db, p.ID, Filter{}, mostDrawn, 0)
	if err != nil {
		return err
	}
	shown, err := figures(ctx, s.db, store.At(s.db.Now()), all)
	if err != nil {
		return err
	}
	if c := barrierPlane(ctx, all, shown, v.Sector); len(c.Table.Rows) > 0 {
		v.Plane = &c
	}
	var risks []Barrier
	paired := false
	for _, b := range all {
		paired = paired || len(b.HeldBy) > 0 && len(b.About) > 0
		if b.assessed() && b.ClosedAt.IsZero() {
			risks = append(risks, b)
		}
	}
	if len(risks) > 0 {
		c := riskMatrix(ctx, risks)
		v.Matrix = &c
	}
	if paired {
		c := pairGrid(ctx, all)
		v.Pairs = &c
	}
	return web.Render(w, r, picturePage(v))
}

// sectorOf reads ?sektor=; anything else is all of them.
func sectorOf(r *http.Request) ui.Sector {
	if found := sectorsOf([]string{r.URL.Query().Get("sektor")}); len(found) == 1 {
		return found[0]
	}
	return ""
}

// comparisonView asks for two days and shows how opinion moved between them.
type comparisonView struct {
	Programme programme.Programme
	Sector    ui.Sector
	Form      *form.Form
	From, To  time.Time // days; zero where the form has mistakes
	Moved     *chart.Chart
}

func (s *Service) showComparison(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := comparisonView{Programme: p, Sector: sectorOf(r), Form: web.Query(r)}
	from, to := v.Form.Date("od"), v.Form.Date("do")
	if to.IsZero() && !v.Form.Any() {
		y, m, d := s.db.Now().In(lang.Warsaw).Date()
		to = dayOf(y, m, d)
		v.Form.SetDate("do", to)
	}
	if from.IsZero() && !v.Form.Any() {
		if from, err = firstDay(r, s, p.ID); err != nil {
			return err
		}
		v.Form.SetDate("od", from)
	}
	v.Form.Check(v.Form.Any() || !to.Before(from), "do", "barrier.compare.order")
	if v.Form.Any() {
		return web.RenderInvalid(w, r, comparisonPage(v))
	}
	v.From, v.To = from, to
	all, err := registered(ctx, s.db, p.ID, Filter{}, mostDrawn, 0)
	if err != nil {
		return err
	}
	before, err := figures(ctx, s.db, store.At(from), all)
	if err != nil {
		return err
	}
	after, err := figures(ctx, s.db, store.At(to), all)
	if err != nil {
		return err
	}
	if c := movedPlane(ctx, all, before, after, v.Sector); len(c.Table.Rows) > 0 {
		v.Moved = &c
	}
	return web.Render(w, r, comparisonPage(v))
}

// firstDay is the first day on which anything was shown, zero for none.
func firstDay(r *http.Request, s *Service, programmeID store.ID) (time.Time, error) {
	day, err := store.One[store.Time](r.Context(), s.db, `SELECT min(f.day) FROM barrier_figure f JOIN barrier b ON b.id = f.barrier WHERE b.programme = $1`, programmeID)
	if fault.Is(err, fault.KindNotFound) {
		return time.Time{}, nil
	}
	return day.Time, err
}
