// Package ui is how every page of Wspólnota looks: the layout around a page and
// the components that rooms compose. It knows no room, no database and no HTTP
// beyond serving its own assets.
//
// Start with Layout; /dev/components (Components) shows all the rest in use.
// Texts arrive translated, except for the few words that belong to a component
// itself, which it says in the language of the context. Colours and sizes live
// in assets/wspolnota.css and nowhere else.
package ui

import (
	"context"
	"embed"

	"github.com/wspolnota/wspolnota/lang"
)

// Messages holds the words of the layout and of the components.
//
//go:embed messages.*.toml
var Messages embed.FS

// Link is a way to another page. Text is shown as it is; where it is empty, Key
// names a message. The zero Link is no link.
type Link struct {
	Href, Text, Key string
	Current         bool
	Rel             string
}

func (l Link) label(ctx context.Context) string {
	if l.Text == "" && l.Key != "" {
		return lang.T(ctx, l.Key)
	}
	return l.Text
}

// Tone says how a message or a state is meant. A word or an icon always says
// the same, so that the colour is never alone.
type Tone string

const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Good    Tone = "good"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

func (t Tone) icon() IconName {
	switch t {
	case Good:
		return IconCircleCheck
	case Warn:
		return IconTriangleAlert
	case Bad:
		return IconCircleAlert
	}
	return IconInfo
}

// word is what a screen reader says where the eye sees the icon.
func (t Tone) word(ctx context.Context) string {
	switch t {
	case Good:
		return lang.T(ctx, "ui.tone.good")
	case Warn:
		return lang.T(ctx, "ui.tone.warn")
	case Bad:
		return lang.T(ctx, "ui.tone.bad")
	}
	return lang.T(ctx, "ui.tone.info")
}

func stateWord(ctx context.Context, s State) string {
	switch s {
	case Done:
		return lang.T(ctx, "ui.phase.done")
	case Now:
		return lang.T(ctx, "ui.phase.now")
	}
	return lang.T(ctx, "ui.phase.next")
}
