package programme

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What the pages of the team say beyond their templates.

func (v editView) back() ui.Link {
	return ui.Link{Href: v.Path() + "/edycja", Key: "programme.edit.back"}
}

// nav leads to the pages that the person may open.
func (v editView) nav(ctx context.Context) []ui.Link {
	parts := []string{"", "opis", "cele"}
	if v.May {
		parts = []string{"", "dane", "opis", "cele", "etapy", "partnerzy", "zespol", "uczestnicy", "publikacja"}
	}
	links := make([]ui.Link, len(parts))
	for i, part := range parts {
		links[i] = ui.Link{Href: strings.TrimSuffix(v.Action(part), "/"), Text: lang.T(ctx, "programme.part."+part), Current: part == v.Part}
		if part == "" {
			links[i].Text = lang.T(ctx, "programme.part.overview")
		}
	}
	if v.May {
		links = append(links, ui.Link{Href: v.Path() + "/prywatnosc/zmien", Text: lang.T(ctx, "programme.part.clause")})
	}
	return links
}

// tasks lists what keeps a draft from being published and who waits.
func (v overview) tasks(ctx context.Context) []ui.Task {
	var tasks []ui.Task
	if v.Waiting > 0 && v.May {
		tasks = append(tasks, ui.Task{Title: lang.N(ctx, "programme.members.waiting", v.Waiting), Href: v.Action("uczestnicy?stan=requested"),
			Tone: ui.Info, Status: lang.T(ctx, "programme.mine.answer")})
	}
	tasks = append(tasks, gapTasks(ctx, v.editView, v.Gaps)...)
	if v.State == Draft && len(v.Gaps) == 0 && v.May {
		tasks = append(tasks, ui.Task{Title: lang.T(ctx, "programme.state.title.published"), Hint: lang.T(ctx, "programme.edit.ready"), Href: v.Action("publikacja")})
	}
	return tasks
}

func gapTasks(ctx context.Context, v editView, gaps []gap) []ui.Task {
	var tasks []ui.Task
	for _, g := range gaps {
		task := ui.Task{Title: lang.T(ctx, g.Key), Tone: ui.Warn, Status: lang.T(ctx, "programme.gap.missing")}
		if v.May || g.Page == "opis" {
			task.Href = v.Action(g.Page)
		}
		tasks = append(tasks, task)
	}
	return tasks
}
