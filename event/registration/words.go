package registration

import (
	"context"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web/ui"
)

// className says whose seat it is: "mieszkańcy, Rybnik".
func className(ctx context.Context, c Class) string {
	return c.Sector.Name(ctx) + ", " + gminaName(ctx, c.TERC)
}

// gminaName is the name of a gmina; "" is elsewhere.
func gminaName(ctx context.Context, terc string) string {
	if terc == "" {
		return lang.T(ctx, "event.registration.elsewhere")
	}
	return territory.Name(terc)
}

// explained says a refusal in words.
func explained(ctx context.Context, err error) string {
	f := fault.Of(err)
	return lang.T(ctx, f.Key, f.Args...)
}

// seatsText says how many seats are left, or how many people wait for one.
func (v standing) seatsText(ctx context.Context) string {
	free, limited := v.free()
	switch {
	case !limited:
		return lang.T(ctx, "event.registration.seats.unlimited")
	case free == 0 && v.Waiting == 0:
		return lang.T(ctx, "event.registration.seats.full")
	case free == 0:
		return lang.N(ctx, "event.registration.seats.none", v.Waiting)
	}
	all, _ := v.Limits.All()
	return lang.N(ctx, "event.registration.seats.free", free, "All", lang.Number(ctx, int64(all)))
}

// confirmText says how long an offered seat is held.
func (v standing) confirmText(ctx context.Context) string {
	if v.Admission.ConfirmHours == 0 {
		return lang.T(ctx, "event.registration.rule.at_once")
	}
	return lang.N(ctx, "event.registration.rule.hours", v.Admission.ConfirmHours)
}

// ui is the question as a field of a form.
func (q Question) ui(ctx context.Context) ui.Field {
	hint := q.Hint
	if q.Kind.Sensitive() {
		if hint != "" {
			hint += " "
		}
		hint += lang.T(ctx, "event.registration.question.sensitive")
	}
	return ui.Field{Name: q.field(), Label: q.Label, Hint: hint, Optional: !q.Required, Rows: 3}
}

func (q Question) options() []ui.Option {
	var all []ui.Option
	for _, choice := range q.Choices() {
		all = append(all, ui.Option{Value: choice, Label: choice})
	}
	return all
}
