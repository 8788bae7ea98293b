package programme

import (
	"context"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What the list of programmes says beyond its template.

func (v listView) layout(ctx context.Context) ui.Page {
	page := ui.Page{Title: lang.T(ctx, "programme.list.title"), Lead: lang.T(ctx, "programme.list.lead"), Wide: true}
	if v.MayBegin {
		page.Actions = []ui.Link{{Href: "/programy/nowy", Key: "programme.new.title"}}
	}
	return page
}

func (v listView) clear() string {
	if v.Path == "/programy" {
		return ""
	}
	return "/programy"
}

func (v listView) empty(ctx context.Context) templ.Component {
	if v.clear() != "" {
		return ui.EmptyState(lang.T(ctx, "programme.list.none"), lang.T(ctx, "programme.list.none_text"), ui.Link{Href: "/programy", Key: "programme.list.all"})
	}
	return ui.EmptyState(lang.T(ctx, "programme.home.empty"), lang.T(ctx, "programme.home.empty_text"), ui.Link{})
}

func cardTag(ctx context.Context, p Summary) *ui.Tag {
	if p.State == Archived {
		return &ui.Tag{Tone: ui.Neutral, Text: lang.T(ctx, "programme.state.archived")}
	}
	return nil
}

func stateTone(s State) ui.Tone {
	switch s {
	case Draft:
		return ui.Warn
	case Published:
		return ui.Good
	}
	return ui.Neutral
}
