package programme

import (
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What concerns the person who looks: memberships, roles, what goes on now.

// actions of the home page: to look around, and to come in.
func (v homeView) actions() []ui.Link {
	links := []ui.Link{{Href: "/programy", Key: "programme.home.look"}}
	if !v.SignedIn {
		links = append(links, ui.Link{Href: "/wejscie", Key: "ui.sign_in"})
	}
	return links
}

func (v homeView) mineTone() ui.Tone {
	if len(v.Mine.Invitations)+len(v.Mine.Waiting) > 0 {
		return ui.Info
	}
	return ui.Good
}

// mineTasks lists what waits first, then where the person takes part.
func mineTasks(ctx context.Context, m mineView) []ui.Task {
	var tasks []ui.Task
	for _, i := range m.Invitations {
		hint := lang.T(ctx, "programme.mine.invited")
		if i.Role != "" {
			hint = lang.T(ctx, "programme.mine.invited_role", "Role", roleName(ctx, i.Role))
		}
		tasks = append(tasks, ui.Task{Title: i.Title, Hint: hint, Href: i.Path() + "/zaproszenie", Tone: ui.Info, Status: lang.T(ctx, "programme.mine.answer")})
	}
	for _, w := range m.Waiting {
		tasks = append(tasks, ui.Task{Title: w.Title, Hint: lang.N(ctx, "programme.members.waiting", w.Waiting),
			Href: w.Path() + "/edycja/uczestnicy?stan=requested", Tone: ui.Info, Status: lang.T(ctx, "programme.mine.answer")})
	}
	for _, p := range m.Memberships {
		task := ui.Task{Title: p.Title, Href: p.Path(), Tone: ui.Good, Status: lang.T(ctx, "programme.mine.active"),
			Hint: joined(lang.T(ctx, "programme.own.active", "Date", lang.Date(ctx, p.Since.Time)), m.rolesIn(ctx, p.Slug))}
		if p.State == Requested {
			task.Tone, task.Status = ui.Neutral, lang.T(ctx, "programme.mine.requested")
			task.Hint = lang.T(ctx, "programme.own.requested", "Date", lang.Date(ctx, p.Since.Time))
		}
		tasks = append(tasks, task)
	}
	var told string
	for _, g := range m.Team { // roles in one programme follow one another
		if g.Slug == told || slices.ContainsFunc(m.Memberships, func(p Mine) bool { return p.Slug == g.Slug && p.State == Active }) {
			continue
		}
		told = g.Slug
		tasks = append(tasks, ui.Task{Title: g.Name, Href: "/programy/" + g.Slug, Hint: m.rolesIn(ctx, g.Slug), Tone: ui.Neutral, Status: lang.T(ctx, "programme.mine.team")})
	}
	return tasks
}

// rolesIn names what the person is in the team of a programme.
func (m mineView) rolesIn(ctx context.Context, slug string) string {
	var names []string
	for _, g := range m.Team {
		if g.Slug == slug {
			names = append(names, roleName(ctx, g.Role))
		}
	}
	return strings.Join(names, ", ")
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// mostNow bounds the steps on the home page; each programme's page has its own.
const mostNow = 8

// nowTasks says what goes on and what comes next, over all programmes.
func nowTasks(ctx context.Context, steps []step) []ui.Task {
	var tasks []ui.Task
	for _, s := range steps[:min(len(steps), mostNow)] {
		task := ui.Task{Title: s.Title, Hint: s.Programme.Title, Href: s.Programme.Path() + "#etapy", Tone: ui.Good,
			Status: lang.T(ctx, "programme.now.tag"), Due: days(ctx, store.Time{}, s.EndsAt)}
		if !s.On {
			task.Tone, task.Status, task.Due = ui.Neutral, lang.T(ctx, "programme.next.tag"), days(ctx, s.StartsAt, store.Time{})
		}
		tasks = append(tasks, task)
	}
	return tasks
}

func leaveConsequences(ctx context.Context, p Programme, m Member) []string {
	if m.State == Requested {
		return []string{lang.T(ctx, "programme.leave.takes_back")}
	}
	texts := []string{lang.T(ctx, "programme.leave.not_counted"), lang.T(ctx, "programme.leave.kept")}
	if p.Admission == AdmitInvited {
		texts = append(texts, lang.T(ctx, "programme.leave.needs_invitation"))
	}
	return texts
}
