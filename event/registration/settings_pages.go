package registration

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// settingsView is the form for times and seats.
type settingsView struct {
	frame
	Admission Admission
	Form      *form.Form
}

// limitField is a field of the form and the limit that it sets.
type limitField struct {
	Name, Label string
	Limit
}

// limitFields lists the limits of sectors and of single gminas.
func limitFields(ctx context.Context) (sectors, gminas []limitField) {
	for _, s := range ui.Sectors {
		sectors = append(sectors, limitField{"sector-" + string(s), s.Name(ctx), Limit{OfSector, string(s)}})
	}
	for _, u := range territory.All() {
		gminas = append(gminas, limitField{"gmina-" + u.TERC, u.Name, Limit{OfGmina, u.TERC}})
	}
	return sectors, append(gminas, limitField{"gmina-" + elsewhere, lang.T(ctx, "event.registration.elsewhere"), Limit{OfGmina, ""}})
}

func everyLimit(ctx context.Context) []limitField {
	sectors, gminas := limitFields(ctx)
	all := append([]limitField{{"all", "", Limit{InAll, ""}}, {"each_gmina", "", Limit{OfEachGmina, ""}}}, sectors...)
	return append(all, gminas...)
}

func (s *Service) showSettings(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v := settingsView{frame: s.frame(ctx, e, "/zapisy/ustawienia")}
	if v.Admission, err = AdmissionOf(ctx, s.db, e.ID); err != nil {
		return err
	}
	l, err := LimitsOf(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	v.Form = v.filled(ctx, s.db.Now(), l)
	return web.Render(w, r, settingsPage(v))
}

// filled is the form as things stand, or as they usually begin.
func (v settingsView) filled(ctx context.Context, now time.Time, l Limits) *form.Form {
	a := v.Admission
	if !a.Set() {
		a = usual(v.Event, now)
	}
	f := form.New().SetMoment("opens_at", a.OpensAt.Time).SetMoment("closes_at", a.ClosesAt.Time).SetMoment("withdraw_until", a.WithdrawUntil.Time).
		Set("confirm_hours", strconv.Itoa(a.ConfirmHours)).Set("group_size", strconv.Itoa(a.GroupSize)).Set("note", a.Note)
	if a.Invited {
		f.Set("invited", "on")
	}
	for _, field := range everyLimit(ctx) {
		if n, set := l[field.Limit]; set {
			f.Set(field.Name, strconv.Itoa(n))
		}
	}
	return f
}

// usual is what the form offers for an event without registration: from now until
// two days before, two days to confirm a seat.
func usual(e event.Event, now time.Time) Admission {
	return Admission{OpensAt: store.At(now), ClosesAt: store.At(e.StartsAt.AddDate(0, 0, -2)), ConfirmHours: 48}
}

func (s *Service) saveSettings(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	v := settingsView{frame: s.frame(ctx, e, "/zapisy/ustawienia"), Form: f}
	if v.Admission, err = AdmissionOf(ctx, s.db, e.ID); err != nil {
		return err
	}
	a := Admission{OpensAt: store.At(f.RequiredMoment("opens_at")), ClosesAt: store.At(f.RequiredMoment("closes_at")),
		WithdrawUntil: store.At(f.Moment("withdraw_until")), ConfirmHours: f.Int("confirm_hours", 0, mostConfirmHours),
		GroupSize: f.Int("group_size", 0, mostGroup), Invited: f.Bool("invited"), Note: f.Lines("note", longestNote)}
	if v.Admission.Set() {
		a.Version = f.Version()
	}
	l := Limits{}
	for _, field := range everyLimit(ctx) {
		if f.Get(field.Name) != "" {
			l[field.Limit] = f.Int(field.Name, 0, mostSeats)
		}
	}
	if !f.Any() {
		err := s.SaveSettings(ctx, e, a, l)
		if err == nil {
			return web.SeeOther(w, r, v.at("/ustawienia"), "event.registration.done.settings")
		}
		if !fault.Is(err, fault.KindInvalid) || !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, settingsPage(v))
}
