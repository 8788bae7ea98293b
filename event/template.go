package event

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Template is a pattern from which an event is begun: what usually happens at an
// event of its kind, and for how long.
type Template struct {
	Name string // in addresses and forms
	Kind Kind
	Mode Mode
	days [][]slot
}

// slot is a session of a template; it follows the one before at once.
type slot struct {
	minutes int
	key     string // of its title
	pause   bool
}

// opens is the hour at which the days of a template begin.
const opens = 9

// Templates lists one for each kind and the foresight seminar, in the order in
// which a form offers them.
var Templates = append([]Template{foresight}, plain...)

// foresight is the seminar of two days at which four mixed tables go from a scan
// of the horizon to commitments.
var foresight = Template{Name: "foresight", Kind: Seminar, Mode: OnSite, days: [][]slot{
	{
		{30, "event.template.opening", false}, {45, "event.template.who_we_are", false}, {15, "event.template.break", true},
		{90, "event.template.scan", false}, {60, "event.template.dinner", true}, {45, "event.template.dots", false},
		{90, "event.template.mirror", false}, {15, "event.template.break", true}, {45, "event.template.roles", false},
	},
	{
		{75, "event.template.impact", false}, {15, "event.template.break", true}, {90, "event.template.scenarios", false},
		{60, "event.template.dinner", true}, {45, "event.template.risks", false}, {75, "event.template.backcasting", false},
		{15, "event.template.break", true}, {40, "event.template.delphi", false}, {45, "event.template.commitments", false},
		{15, "event.template.evaluation", false},
	},
}}

var plain = []Template{
	{Name: "seminar", Kind: Seminar, Mode: OnSite, days: [][]slot{{{30, "event.template.opening", false}, {60, "event.template.talk", false},
		{30, "event.template.discussion", false}, {15, "event.template.break", true}, {90, "event.template.tables", false},
		{30, "event.template.summary", false}}}},
	{Name: "workshop", Kind: Workshop, Mode: OnSite, days: [][]slot{{{15, "event.template.opening", false}, {30, "event.template.talk", false},
		{90, "event.template.tables", false}, {15, "event.template.break", true}, {60, "event.template.gallery", false},
		{30, "event.template.commitments", false}}}},
	{Name: "panel", Kind: Panel, Mode: OnSite, days: [][]slot{{{15, "event.template.opening", false}, {60, "event.template.statements", false},
		{15, "event.template.break", true}, {90, "event.template.questions", false}, {30, "event.template.summary", false}}}},
	{Name: "visit", Kind: Visit, Mode: OnSite, days: [][]slot{{{60, "event.template.journey", true}, {30, "event.template.welcome", false},
		{90, "event.template.tour", false}, {60, "event.template.dinner", true}, {60, "event.template.host_talk", false},
		{45, "event.template.lessons", false}, {60, "event.template.return", true}}}},
	{Name: "consultation", Kind: Consultation, Mode: OnSite, days: [][]slot{{{15, "event.template.opening", false},
		{30, "event.template.project", false}, {75, "event.template.remarks", false}, {15, "event.template.next", false}}}},
	{Name: "working_group", Kind: WorkingGroup, Mode: Hybrid, days: [][]slot{{{10, "event.template.agenda", false},
		{20, "event.template.task_review", false}, {60, "event.template.matters", false}, {20, "event.template.decisions", false},
		{10, "event.template.next_meeting", false}}}},
	{Name: "training", Kind: Training, Mode: OnSite, days: [][]slot{{{15, "event.template.opening", false}, {90, "event.template.lesson", false},
		{15, "event.template.break", true}, {90, "event.template.exercises", false}, {15, "event.template.evaluation", false}}}},
	{Name: "shadowing", Kind: Shadowing, Mode: OnSite, days: [][]slot{{{30, "event.template.acquaint", false}, {150, "event.template.beside", false},
		{45, "event.template.dinner", true}, {120, "event.template.beside", false}, {45, "event.template.lessons", false}}}},
	{Name: "clinic", Kind: Clinic, Mode: OnSite, days: [][]slot{{{30, "event.template.call", false}, {120, "event.template.consultations", false},
		{30, "event.template.summary", false}}}},
	{Name: "settlement", Kind: Settlement, Mode: OnSite, days: [][]slot{{{45, "event.template.settlement_rules", false},
		{15, "event.template.break", true}, {90, "event.template.settlement_cases", false}, {30, "event.template.questions", false}}}},
	{Name: "mentoring", Kind: Mentoring, Mode: OnSite, days: [][]slot{{{30, "event.template.acquaint", false},
		{60, "event.template.mentoring_talk", false}, {15, "event.template.next_meeting", false}}}},
}

// TemplateNamed finds a template.
func TemplateNamed(name string) (Template, bool) {
	for _, t := range Templates {
		if t.Name == name {
			return t, true
		}
	}
	return Template{}, false
}

// Days counts the days of the template.
func (t Template) Days() int { return len(t.days) }

// Sessions makes the programme of the template from a first day on, in the
// language of the context.
func (t Template) Sessions(ctx context.Context, first time.Time) []Session {
	var all []Session
	for i, day := range t.days {
		y, m, d := first.In(lang.Warsaw).Date()
		at, _ := lang.At(y, m, d+i, opens, 0) // no clock change comes so late in the morning
		for _, slot := range day {
			all = append(all, Session{ID: store.NewID(), StartsAt: store.At(at), Minutes: slot.minutes, Title: lang.T(ctx, slot.key), Pause: slot.pause})
			at = at.Add(time.Duration(slot.minutes) * time.Minute)
		}
	}
	return all
}
