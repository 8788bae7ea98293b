package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// How the pages of those who write and of those who do tasks say things.

// options say where a point goes: this point again, or the next one.
func (v pointView) options(ctx context.Context) ui.FormOptions {
	return ui.FormOptions{Action: Path(v.Event) + "/punkty/" + string(v.Point.ID), Submit: lang.T(ctx, "minutes.point.save"), Version: v.Point.Version,
		More: []ui.SubmitButton{{Name: "next", Value: "next", Text: lang.T(ctx, "minutes.point.save_next")}}, ID: "point"}
}

func (d Decision) label(ctx context.Context) string {
	if d.Number == 0 {
		return lang.T(ctx, "minutes.decision.new")
	}
	return lang.T(ctx, "minutes.decision.number", "Number", d.Number)
}

func (v Vote) legend(ctx context.Context) string {
	if v.Question == "" {
		return lang.T(ctx, "minutes.vote.new")
	}
	return lang.T(ctx, "minutes.vote.title") + ": " + v.Question
}

// field is the name of a field of this vote in the form of its point.
func (v Vote) field(name string) string { return "vote." + string(v.ID) + "." + name }

// altID tells the fields of several forms of one page apart.
func altID(name string, id store.ID) string {
	if id == "" {
		return ""
	}
	return "field-" + name + "-" + string(id)
}

// formOf is what came back, for the form that was sent, and what is kept for
// all others.
func (v filesView) formOf(id store.ID) *form.Form {
	if v.Form.Any() && v.Failed == id {
		return v.Form
	}
	f := form.New().Set("kind", "picture")
	for _, x := range v.Files {
		if x.ID == id {
			f.Set("alt", x.Alt).Set("caption", x.Caption)
		}
	}
	return f
}

func (v remarksView) formOf(r Remark) *form.Form {
	if v.Failed == r.ID {
		return v.Form
	}
	return form.New().Set("outcome", string(r.Outcome)).Set("answer", r.Answer)
}

func (r Remark) who(ctx context.Context) string {
	if r.PersonName == "" {
		return lang.T(ctx, "minutes.person.gone")
	}
	return r.PersonName
}

func (v taskView) formOf(flash string) *form.Form {
	if v.Failed == flash {
		return v.Form
	}
	return form.New()
}

// sentence says where the task stands and who does what next.
func (v taskView) sentence(ctx context.Context) string {
	day := lang.Date(ctx, v.Task.LastDay())
	switch {
	case v.Late && v.Owner:
		return lang.T(ctx, "minutes.task.sentence.late_own", "Day", day)
	case v.Late:
		return lang.T(ctx, "minutes.task.sentence.late", "Day", day)
	case v.Task.State == Open && v.Owner:
		return lang.T(ctx, "minutes.task.sentence.own", "Day", day)
	case v.Task.State == Open:
		return lang.T(ctx, "minutes.task.sentence.open", "Day", day)
	case v.Task.State == Reported:
		return lang.T(ctx, "minutes.task.sentence.reported")
	}
	return lang.T(ctx, "minutes.task.sentence."+string(v.Task.State), "Day", lang.Date(ctx, v.Task.ClosedAt.Time))
}

func (v taskView) facts(ctx context.Context) []ui.Pair {
	return []ui.Pair{
		{Key: lang.T(ctx, "minutes.task.owner"), Text: v.Task.ownerName(ctx, v.Names)},
		{Key: lang.T(ctx, "minutes.task.due"), Value: ui.DateText(v.Task.LastDay())},
		{Key: lang.T(ctx, "minutes.task.event"), Value: ui.TextLink("/programy/"+v.Task.ProgrammeSlug+"/wydarzenia/"+v.Task.EventSlug, v.Task.EventTitle)},
	}
}

// history is what this reader may know of what happened.
func (v taskView) history() []TaskAct {
	if v.Names || !v.Task.Live() {
		return v.Acts
	}
	var all []TaskAct
	for _, a := range v.Acts {
		if a.Act == "reported" || a.Act == "returned" {
			a.Note = ""
		}
		all = append(all, a)
	}
	return all
}

func (v taskView) closeHint(ctx context.Context) string {
	if v.Task.State == Open {
		return lang.T(ctx, "minutes.close.hint_open")
	}
	return ""
}

func (v tasksView) mine() string {
	if v.Filter.Mine {
		return "1"
	}
	return ""
}

// calendar is the address of the dates under this filter.
func (v tasksView) calendar() string {
	path := tasksPath(v.Programme.Slug) + ".ics"
	if q := v.Filter.query().Encode(); q != "" {
		path += "?" + q
	}
	return path
}
