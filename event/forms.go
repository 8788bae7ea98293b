package event

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// formOf fills the form of an event with its words.
func formOf(c Content) *form.Form {
	f := form.New().Set("kind", string(c.Kind)).Set("title", c.Title).Set("lead", c.Lead).Set("body", c.Body).
		Set("language", c.Language).Set("host", string(c.Host)).Set("mode", string(c.Mode)).SetAll("goals", texts(c.Goals))
	p := c.Place
	return f.Set("place", p.Name).Set("address", p.Address).Set("terc", p.TERC).Set("link", p.Link).Set("access", p.Access).
		Set("travel", p.Travel).Set("meals", p.Meals).Set("costs", p.Costs)
}

// contentIn reads an event's words. Whether the host and the goals may stand
// there is for the verb to say.
func contentIn(f *form.Form) Content {
	return Content{
		Kind: Kind(f.Choice("kind", texts(Kinds)...)), Host: store.ID(f.Text("host", 40)),
		Title: f.Text("title", longestTitle), Lead: f.Text("lead", longestLead), Body: f.Lines("body", longestBody),
		Language: f.Choice("language", Languages...), Mode: Mode(f.Choice("mode", texts(Modes)...)),
		Place: Place{Name: f.Text("place", longestName), Address: f.Text("address", longestName), TERC: f.Optional("terc", territory.Codes()...),
			Link: f.Text("link", longestLink), Access: f.Lines("access", longestText), Travel: f.Lines("travel", longestText),
			Meals: f.Lines("meals", longestText), Costs: f.Lines("costs", longestText)},
		Goals: ids(f.All("goals")),
	}
}

func texts[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = string(x)
	}
	return out
}

// ids are those of a field that takes several, each once, in order.
func ids(all []string) []store.ID {
	var out []store.ID
	for _, s := range all {
		if id := store.ID(s); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// said lists what a content says in words, for comparing two of them.
func (c Content) said(ctx context.Context, voices, goals []programme.Choice) [][2]string {
	p := c.Place
	return [][2]string{
		{lang.T(ctx, "event.field.kind"), c.Kind.Word(ctx)}, {lang.T(ctx, "event.field.title"), c.Title},
		{lang.T(ctx, "event.field.lead"), c.Lead}, {lang.T(ctx, "event.field.body"), c.Body},
		{lang.T(ctx, "event.field.language"), lang.T(ctx, "event.language."+c.Language)},
		{lang.T(ctx, "event.field.host"), called(voices, c.Host)}, {lang.T(ctx, "event.field.mode"), c.Mode.Word(ctx)},
		{lang.T(ctx, "event.field.place"), p.Name}, {lang.T(ctx, "event.field.address"), p.Address},
		{lang.T(ctx, "event.field.terc"), territory.Name(p.TERC)}, {lang.T(ctx, "event.field.link"), p.Link},
		{lang.T(ctx, "event.field.access"), p.Access}, {lang.T(ctx, "event.field.travel"), p.Travel},
		{lang.T(ctx, "event.field.meals"), p.Meals}, {lang.T(ctx, "event.field.costs"), p.Costs},
		{lang.T(ctx, "event.field.goals"), called(goals, c.Goals...)},
	}
}

func called(of []programme.Choice, chosen ...store.ID) string {
	var names []string
	for _, c := range of {
		if slices.Contains(chosen, c.ID) {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, "; ")
}

// differences lists the fields in which two contents differ.
func differences(theirs, yours [][2]string) []ui.Difference {
	var all []ui.Difference
	for i, t := range theirs {
		if t[1] != yours[i][1] {
			all = append(all, ui.Difference{Label: t[0], Theirs: t[1], Yours: yours[i][1]})
		}
	}
	return all
}

// sessionForm fills the form of a session.
func sessionForm(s Session) *form.Form {
	f := form.New().Set("title", s.Title).Set("text", s.Text).Set("room", s.Room).SetMoment("starts", s.StartsAt.Time).
		SetAll("speakers", texts(s.Speakers))
	if s.Minutes > 0 {
		f.Set("minutes", strconv.Itoa(s.Minutes))
	}
	if s.Pause {
		f.Set("pause", "on")
	}
	return f
}

// sessionIn reads a session. A length below one minute is an end before the
// beginning; the verb says so.
func sessionIn(f *form.Form) Session {
	return Session{Title: f.Required("title", longestTitle), Text: f.Lines("text", longestText), Room: f.Text("room", longestName),
		StartsAt: store.At(f.RequiredMoment("starts")), Minutes: f.Int("minutes", -longestSession, longestSession),
		Pause: f.Bool("pause"), Speakers: ids(f.All("speakers"))}
}

func speakerForm(s Speaker) *form.Form {
	return form.New().Set("name", s.Name).Set("role", string(s.Role)).Set("organisation", s.Organisation).Set("profile", s.Profile)
}

func speakerIn(f *form.Form) Speaker {
	return Speaker{Name: f.Required("name", longestName), Role: SpeakerRole(f.Choice("role", texts(SpeakerRoles)...)),
		Organisation: f.Text("organisation", longestName), Profile: f.Lines("profile", longestText)}
}

func fileForm(x File) *form.Form {
	f := form.New().Set("title", x.Title).Set("session", string(x.Session)).Set("when", "now")
	if x.After {
		f.Set("when", "after")
	}
	return f
}

func fileIn(f *form.Form) File {
	return File{Title: f.Text("title", longestName), Session: store.ID(f.Text("session", 40)), After: f.Choice("when", "now", "after") == "after"}
}
