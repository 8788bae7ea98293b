package programme

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What the forms of programmes offer to choose from.

func areaField(ctx context.Context, value string) ui.Field {
	return ui.Field{Name: "gmina", Label: lang.T(ctx, "programme.list.area"), Value: value}
}

func areaOptions(ctx context.Context) []ui.Option { return withAny(ctx, territory.Options(ctx)) }

// withAny puts the choice "all" before the others.
func withAny(ctx context.Context, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "programme.any")}}, options...)
}

// chooseFirst makes a select begin with nothing chosen.
func chooseFirst(ctx context.Context, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "programme.choose")}}, options...)
}

func gminaOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "programme.join.elsewhere")}}, territory.GminaOptions(ctx)...)
}

func stateField(ctx context.Context, state State) ui.Field {
	f := ui.Field{Name: "stan", Label: lang.T(ctx, "programme.list.state")}
	if state == Archived {
		f.Value = "archiwum"
	}
	return f
}

func stateOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Label: lang.T(ctx, "programme.list.current")}, {Value: "archiwum", Label: lang.T(ctx, "programme.list.archive")}}
}

func languageOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, l := range lang.Languages {
		options = append(options, ui.Option{Value: string(l), Label: lang.T(ctx, "lang."+string(l))})
	}
	return options
}

func admissionOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(admissions))
	for i, a := range admissions {
		options[i] = ui.Option{Value: a, Label: lang.T(ctx, "programme.admission."+a), Hint: lang.T(ctx, "programme.admission_hint."+a)}
	}
	return options
}

func sectorOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(sectors))
	for i, s := range sectors {
		options[i] = ui.Option{Value: s, Label: ui.Sector(s).Name(ctx)}
	}
	return options
}

func unitOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, u := range territory.All() {
		options = append(options, ui.Option{Value: u.TERC, Label: u.Name + " (" + u.Word(ctx) + ")"})
	}
	return options
}

func openingOptions(ctx context.Context, openings []OpeningWord) []ui.Option {
	options := make([]ui.Option, len(openings))
	for i, o := range openings {
		options[i] = ui.Option{Value: string(o.Opening), Label: lang.T(ctx, o.Key)}
	}
	return options
}

func anyOpens(phases []Phase, o Opening) bool {
	return slices.ContainsFunc(phases, func(p Phase) bool { return p.Opens.Has(string(o)) })
}

func roleOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, role := range access.ProgrammeRoles {
		options = append(options, ui.Option{Value: string(role), Label: roleName(ctx, role), Hint: lang.T(ctx, "programme.role_can."+string(role))})
	}
	return options
}

func memberStateOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(memberStates))
	for i, s := range memberStates {
		options[i] = ui.Option{Value: s, Label: lang.T(ctx, "programme.member_state."+s)}
	}
	return options
}
