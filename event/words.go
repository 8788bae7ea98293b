package event

import (
	"context"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Word is the kind in the reader's language.
func (k Kind) Word(ctx context.Context) string { return lang.T(ctx, "event.kind."+string(k)) }

// Word is the way of meeting in the reader's language.
func (m Mode) Word(ctx context.Context) string { return lang.T(ctx, "event.mode."+string(m)) }

// Word is the capacity in the reader's language.
func (r SpeakerRole) Word(ctx context.Context) string { return lang.T(ctx, "event.role."+string(r)) }

// When says the days of the event and from when to when it lasts: "piątek, 13
// czerwca 2014, 16:00–19:00", "13–14 czerwca 2014, początek o 09:00".
func (e Event) When(ctx context.Context) string {
	if e.Days() == 1 {
		return lang.Day(ctx, e.StartsAt.Time) + ", " + lang.Clock(e.StartsAt.Time) + "–" + lang.Clock(e.EndsAt.Time)
	}
	return lang.T(ctx, "event.when.days", "Days", e.Span(ctx), "Begins", lang.Clock(e.StartsAt.Time), "Ends", lang.Clock(e.EndsAt.Time))
}

// Span says the days of the event: "13–14 czerwca 2014".
func (e Event) Span(ctx context.Context) string {
	return lang.Span(ctx, e.StartsAt.Time, e.StartsAt.AddDate(0, 0, e.Days()-1))
}

// short is When without the hours of an event of several days, for lists.
func (e Event) short(ctx context.Context) string {
	if e.Days() == 1 {
		return e.When(ctx)
	}
	return e.Span(ctx)
}

// Where says where people come to, on one line.
func (e Event) Where(ctx context.Context) string {
	where := e.Place.Words()
	switch {
	case e.Mode == Online || where == "":
		return e.Mode.Word(ctx)
	case e.Mode == Hybrid:
		return where + " (" + e.Mode.Word(ctx) + ")"
	}
	return where
}

// name is the title, or words for a draft that has none.
func (e Event) name(ctx context.Context) string {
	if e.Title == "" {
		return lang.T(ctx, "event.untitled")
	}
	return e.Title
}

// sentence says in words where the event stands.
func (e Event) sentence(ctx context.Context) string {
	if e.State() == Cancelled {
		return lang.T(ctx, "event.state.sentence.cancelled", "When", lang.DateTime(ctx, e.CancelledAt.Time))
	}
	if e.State() == Published {
		return lang.T(ctx, "event.state.sentence.published", "When", lang.DateTime(ctx, e.PublishedAt.Time))
	}
	return lang.T(ctx, "event.state.sentence.draft")
}

func (s State) tone() ui.Tone {
	switch s {
	case Published:
		return ui.Good
	case Cancelled:
		return ui.Bad
	}
	return ui.Neutral
}

// span says from when to when a session lasts; one that ends on another day says
// which, and where the clocks go back in it, it says by which time.
func (s Session) span(ctx context.Context) string {
	start, end := lang.Clock(s.StartsAt.Time), lang.Clock(s.EndsAt())
	if !midnight(s.EndsAt()).Equal(midnight(s.StartsAt.Time)) {
		end = lang.DateTime(ctx, s.EndsAt())
	}
	first, last := lang.Zone(ctx, s.StartsAt.Time), lang.Zone(ctx, s.EndsAt())
	if first != last || lang.Twice(s.StartsAt.Time) || lang.Twice(s.EndsAt()) {
		return start + " " + first + " – " + end + " " + last
	}
	return start + "–" + end
}

// zone says which time the clocks show during the event, once for all hours.
func zone(ctx context.Context, e Event) string {
	first, last := lang.Zone(ctx, e.StartsAt.Time), lang.Zone(ctx, e.EndsAt.Time)
	if first == last {
		return lang.T(ctx, "event.zone.one", "Zone", first)
	}
	return lang.T(ctx, "event.zone.two", "First", first, "Last", last)
}

// Crumbs lead from the programme through its events to this one.
func Crumbs(ctx context.Context, e Event) []ui.Crumb {
	return append(listCrumbs(ctx, e), ui.Crumb{Title: e.name(ctx), Href: e.Path()})
}

func listCrumbs(ctx context.Context, e Event) []ui.Crumb {
	return []ui.Crumb{{Title: e.ProgrammeTitle, Href: "/programy/" + e.ProgrammeSlug}, {Title: lang.T(ctx, "event.list.title"), Href: e.List()}}
}

func kindOptions(ctx context.Context) (all []ui.Option) {
	for _, k := range Kinds {
		all = append(all, ui.Option{Value: string(k), Label: k.Word(ctx)})
	}
	return all
}

func modeOptions(ctx context.Context) (all []ui.Option) {
	for _, m := range Modes {
		all = append(all, ui.Option{Value: string(m), Label: m.Word(ctx), Hint: lang.T(ctx, "event.mode.hint."+string(m))})
	}
	return all
}

func roleOptions(ctx context.Context) (all []ui.Option) {
	for _, r := range SpeakerRoles {
		all = append(all, ui.Option{Value: string(r), Label: r.Word(ctx)})
	}
	return all
}

func languageOptions(ctx context.Context) (all []ui.Option) {
	for _, code := range Languages {
		all = append(all, ui.Option{Value: code, Label: lang.T(ctx, "event.language."+code)})
	}
	return all
}

func placeOptions(ctx context.Context, none string) []ui.Option {
	return append([]ui.Option{{Label: none}}, territory.Options(ctx)...)
}

func choices(of []programme.Choice) (all []ui.Option) {
	for _, c := range of {
		all = append(all, ui.Option{Value: string(c.ID), Label: c.Name})
	}
	return all
}
