package mail

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
)

// Layout is what every letter of ours is made of. Texts are translated already
// and plain; whatever people wrote in them shows as they wrote it.
type Layout struct {
	Subject    string
	Greeting   string   // "" for none
	Paragraphs []string // what happened
	Code       string   // a one-time code, shown large
	Button     Button   // the one thing to do
	After      []string // for example: what to do when it was not you
	Reason     string   // why this person gets the letter, at its foot
}

// Button leads to one of our pages. Path is local; the letter holds the public
// address of the site before it, whatever a request claimed.
type Button struct{ Label, Path string }

//go:embed layout.html
var layoutHTML string

var layoutTemplate = template.Must(template.New("layout").Parse(layoutHTML))

// Letter writes a layout as text and as HTML, in the language of ctx.
func (o *Outbox) Letter(ctx context.Context, l Layout) (Letter, error) {
	view := layoutView{Layout: l.tidy(), Language: string(lang.From(ctx)), Community: o.Site.Community, Home: o.Site.URL("/")}
	if l.Button.Path != "" {
		view.Link = o.Site.URL(l.Button.Path)
		view.LinkHint = lang.T(ctx, "mail.layout.link")
	}
	var html bytes.Buffer
	if err := layoutTemplate.Execute(&html, view); err != nil {
		return Letter{}, fmt.Errorf("mail: layout: %w", err)
	}
	return Letter{Subject: view.Subject, Text: view.text(), HTML: html.String()}, nil
}

type layoutView struct {
	Layout
	Language, Community, Home, Link, LinkHint string
}

// tidy keeps each text in its paragraph: a line break in somebody's name must
// not begin a sentence of ours.
func (l Layout) tidy() Layout {
	l.Subject, l.Greeting, l.Code, l.Reason = oneLine(l.Subject), oneLine(l.Greeting), oneLine(l.Code), oneLine(l.Reason)
	l.Button.Label = oneLine(l.Button.Label)
	l.Paragraphs, l.After = oneLines(l.Paragraphs), oneLines(l.After)
	return l
}

func oneLines(texts []string) []string {
	tidy := make([]string, len(texts))
	for i, t := range texts {
		tidy[i] = oneLine(t)
	}
	return tidy
}

// text is the letter for those who read without HTML, by ear or in a terminal.
func (v layoutView) text() string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	add(v.Greeting)
	parts = append(parts, v.Paragraphs...)
	add(v.Code)
	if v.Link != "" {
		add(v.Button.Label + ":\n" + v.Link)
	}
	parts = append(parts, v.After...)
	foot := []string{"-- ", v.Community, v.Home} // "-- " begins a signature for mail programs
	if v.Reason != "" {
		foot = append(foot, v.Reason)
	}
	return strings.Join(append(parts, strings.Join(foot, "\n")), "\n\n") + "\n"
}
