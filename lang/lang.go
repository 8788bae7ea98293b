// Package lang speaks to people in their language: messages, plurals, dates,
// money and alphabetical order, in Polish and in English.
//
// Each room embeds messages.pl.toml and messages.en.toml with keys that begin
// with the room's name; Load puts them together once, at start. A request
// carries a Printer in its context, and T and N are all that a page needs.
package lang

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Language is one of the two the screens are written in.
type Language string

const (
	Polish  Language = "pl"
	English Language = "en"
)

// Languages lists what there is, the first being the default.
var Languages = []Language{Polish, English}

//go:embed messages.*.toml
var own embed.FS

// Catalogue holds every message in every language. It is not changed after Load
// and may be used by many requests at once.
type Catalogue struct {
	bundle   *i18n.Bundle
	printers map[Language]*Printer
}

// Printer says things in one language.
type Printer struct {
	Language  Language
	plain     map[string]string // messages without parameters, so that most lookups are one map access
	known     map[string]bool
	localizer *i18n.Localizer
	catalogue *Catalogue
}

// Load reads messages.pl.toml and messages.en.toml of each set. It fails on a
// key that two sets define, and on a file that does not parse.
func Load(sets ...embed.FS) (*Catalogue, error) {
	bundle := i18n.NewBundle(language.Polish)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &Catalogue{bundle: bundle, printers: map[Language]*Printer{}}
	for _, l := range Languages {
		c.printers[l] = &Printer{Language: l, plain: map[string]string{}, known: map[string]bool{}, catalogue: c}
		for _, set := range append([]embed.FS{own}, sets...) {
			if err := c.read(l, set); err != nil {
				return nil, err
			}
		}
		c.printers[l].localizer = i18n.NewLocalizer(bundle, string(l))
	}
	return c, nil
}

func (c *Catalogue) read(l Language, set embed.FS) error {
	name := "messages." + string(l) + ".toml"
	text, err := set.ReadFile(name)
	if err != nil {
		return fmt.Errorf("lang: %w", err)
	}
	file, err := c.bundle.ParseMessageFileBytes(text, name)
	if err != nil {
		return fmt.Errorf("lang: %s: %w", name, err)
	}
	p := c.printers[l]
	for _, m := range file.Messages {
		if p.known[m.ID] {
			return fmt.Errorf("lang: %s: key %q is defined twice", name, m.ID)
		}
		p.known[m.ID] = true
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			p.plain[m.ID] = m.Other
		}
	}
	return nil
}

// Printer returns the voice for a language; an unknown one gets Polish.
func (c *Catalogue) Printer(l Language) *Printer {
	if p, ok := c.printers[l]; ok {
		return p
	}
	return c.printers[Polish]
}

// Keys lists every key of a language, for the test that both are complete.
func (c *Catalogue) Keys(l Language) []string {
	keys := make([]string, 0, len(c.printers[l].known))
	for k := range c.printers[l].known {
		keys = append(keys, k)
	}
	return keys
}

// Has reports whether the language knows the key.
func (c *Catalogue) Has(l Language, key string) bool { return c.printers[l].known[key] }

var matcher = language.NewMatcher([]language.Tag{language.Polish, language.English})

// FromHeader picks the language that a browser asks for; Polish in doubt.
func FromHeader(acceptLanguage string) Language {
	switch {
	case acceptLanguage == "", strings.HasPrefix(acceptLanguage, "pl"):
		return Polish
	}
	_, index := language.MatchStrings(matcher, acceptLanguage)
	return Languages[index]
}

// Parse reads "pl" or "en"; anything else is false.
func Parse(s string) (Language, bool) {
	for _, l := range Languages {
		if string(l) == s {
			return l, true
		}
	}
	return Polish, false
}

type contextKey struct{}

// With gives the context a voice.
func With(ctx context.Context, p *Printer) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// In speaks another language for a while: what a cell of a table says may be
// written in any.
func In(ctx context.Context, l Language) context.Context {
	if p := printer(ctx); p != nil && p.catalogue != nil {
		return With(ctx, p.catalogue.Printer(l))
	}
	return ctx
}

func printer(ctx context.Context) *Printer {
	p, _ := ctx.Value(contextKey{}).(*Printer)
	return p
}

// From returns the language of the context, Polish where it has none.
func From(ctx context.Context) Language {
	if p := printer(ctx); p != nil {
		return p.Language
	}
	return Polish
}

// T says the message of that key. args are names and values in turn:
//
//	lang.T(ctx, "people.greeting", "Name", name)
//
// A key that is not in the catalogue is said as it stands, so that a page shows
// the gap instead of failing; a test keeps such keys out.
func T(ctx context.Context, key string, args ...any) string {
	p := printer(ctx)
	if p == nil {
		return key
	}
	return p.T(key, args...)
}

// N says the message in the plural form that fits n, which it knows as {{.Count}}.
func N(ctx context.Context, key string, n int, args ...any) string {
	p := printer(ctx)
	if p == nil {
		return key
	}
	return p.N(key, n, args...)
}

// T is the function T for one voice.
func (p *Printer) T(key string, args ...any) string {
	if s, ok := p.plain[key]; ok {
		return s
	}
	return p.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(args)})
}

// N is the function N for one voice.
func (p *Printer) N(key string, n int, args ...any) string {
	data := pairs(args)
	data["Count"] = p.Number(int64(n))
	return p.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
}

func (p *Printer) localize(c *i18n.LocalizeConfig) string {
	s, err := p.localizer.Localize(c)
	if err != nil && s == "" {
		return c.MessageID
	}
	return s
}

func pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			data[name] = args[i+1]
		}
	}
	return data
}
