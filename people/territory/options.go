package territory

import (
	"context"
	"embed"
	"slices"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words around the names; the names themselves are data.
//
//go:embed messages.*.toml
var Messages embed.FS

// Word says what kind of unit this is, in the language of the context.
func (u Unit) Word(ctx context.Context) string {
	switch {
	case u.City():
		return lang.T(ctx, "territory.kind.city")
	case u.Kind == Urban:
		return lang.T(ctx, "territory.kind.urban")
	case u.Kind == Rural:
		return lang.T(ctx, "territory.kind.rural")
	case u.Kind == UrbanRural:
		return lang.T(ctx, "territory.kind.urban_rural")
	}
	return lang.T(ctx, "territory.kind.powiat")
}

// Options offers every unit in a select: gminas under their powiat, cities with
// powiat rights together, the powiats themselves last.
func Options(ctx context.Context) []ui.Option {
	return append(GminaOptions(ctx), options(powiats, lang.T(ctx, "territory.group.powiats"))...)
}

// GminaOptions offers the gminas only: a person lives in one.
func GminaOptions(ctx context.Context) []ui.Option {
	var all []ui.Option
	for _, p := range powiats {
		all = append(all, options(where(func(u Unit) bool { return u.Gmina() && u.Powiat == p.TERC }), p.Name)...)
	}
	return append(all, options(where(Unit.City), lang.T(ctx, "territory.group.cities"))...)
}

func where(match func(Unit) bool) []Unit {
	return slices.DeleteFunc(All(), func(u Unit) bool { return !match(u) })
}

func options(units []Unit, group string) []ui.Option {
	all := make([]ui.Option, len(units))
	for i, u := range units {
		all[i] = ui.Option{Value: u.TERC, Label: u.Name, Group: group}
	}
	return all
}
