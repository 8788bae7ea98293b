package ui

import (
	"context"
	"time"

	"github.com/a-h/templ"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
)

// Invented data for the page that shows the components.
var (
	sampleDay    = time.Date(2014, 6, 13, 16, 0, 0, 0, lang.Warsaw)
	sampleWords  = form.New().Set("title", "Wiślańskie rozmowy").Set("sector", "ngo").Set("agree", "on").SetAll("topics", []string{"roles"}).SetMoment("opens", sampleDay)
	sampleFaulty = faulty()
)

func faulty() *form.Form {
	f := form.New().Set("nip", "123-456-78-91").Set("email", "anna@").Set("day", "31.02.2014")
	f.Add("nip", "ui.dev.mistake.nip")
	f.Add("email", "ui.dev.mistake.email")
	f.Add("day", "ui.dev.mistake.day")
	f.Add("kind", "ui.dev.mistake.kind")
	f.Add("consent", "ui.dev.mistake.consent")
	f.Add("file", "ui.dev.mistake.file")
	return f
}

func samplePhases(ctx context.Context) []Phase {
	return []Phase{
		{Title: lang.T(ctx, "ui.dev.phase.call"), Dates: "3–18.12.2014", State: Done, Href: "#phases"},
		{Title: lang.T(ctx, "ui.dev.phase.assess"), Dates: "19.12.2014 – 16.01.2015", State: Now, Opens: lang.T(ctx, "ui.dev.phase.assess.opens")},
		{Title: lang.T(ctx, "ui.dev.phase.vote"), Dates: "17–25.01.2015", State: Next, Opens: lang.T(ctx, "ui.dev.phase.vote.opens")},
		{Title: lang.T(ctx, "ui.dev.phase.result"), Dates: "26.01.2015", State: Next},
	}
}

func sampleOptions(ctx context.Context) []Option {
	var options []Option
	for _, s := range Sectors {
		options = append(options, Option{Value: string(s), Label: s.Name(ctx)})
	}
	options[1].Hint = lang.T(ctx, "ui.dev.option.hint")
	return options
}

func sampleTable(ctx context.Context) TableData {
	row := func(name, place string, s Sector, grosze int64, tone Tone, state string) TableRow {
		return TableRow{TextLink("#tables", name), Text(place), SectorBadge(s), MoneyText(grosze), StatusTag(tone, state)}
	}
	return TableData{
		Caption: lang.T(ctx, "ui.dev.table.caption"),
		Columns: []Column{
			{Title: lang.T(ctx, "ui.dev.table.name"), SortHref: "#tables", Sorted: Ascending},
			{Title: lang.T(ctx, "ui.dev.table.place")},
			{Title: lang.T(ctx, "ui.dev.table.sector")},
			{Title: lang.T(ctx, "ui.dev.table.amount"), Numeric: true},
			{Title: lang.T(ctx, "ui.dev.table.state")},
		},
		Rows: []TableRow{
			row("Ławki przy Rudzie", "Rybnik", Resident, 1000000, Good, lang.T(ctx, "ui.dev.state.accepted")),
			row("Pracownia na strychu", "Czerwionka-Leszczyny", NGO, 985050, Warn, lang.T(ctx, "ui.dev.state.waiting")),
			row("Szlak trzech kopalń", "Radlin", Business, 432100, Bad, lang.T(ctx, "ui.dev.state.refused")),
		},
	}
}

func sampleBars(ctx context.Context) chart.Chart {
	return chart.Bars(chart.BarChart{
		ID: "sample-bars", Title: lang.T(ctx, "ui.dev.bars.title"), Description: lang.T(ctx, "ui.dev.bars.description"),
		Note: lang.T(ctx, "ui.dev.hidden.note"),
		Head: []string{lang.T(ctx, "ui.dev.table.place"), lang.T(ctx, "ui.dev.people")},
		Bars: []chart.Bar{
			{Label: "Rybnik", Value: chart.Value{Number: 14, Text: "14"}},
			{Label: "Czerwionka-Leszczyny", Value: chart.Value{Number: 9, Text: "9"}},
			{Label: "Radlin", Value: chart.Value{Hidden: true, Text: lang.T(ctx, "ui.dev.hidden")}},
			{Label: "Lyski", Value: chart.Value{Number: 0, Text: "0"}},
		},
	})
}

func sampleBalance(ctx context.Context) chart.Chart {
	c := chart.BalanceChart{
		ID: "sample-balance", Title: lang.T(ctx, "ui.dev.balance.title"), Description: lang.T(ctx, "ui.dev.balance.description"),
		Note: lang.T(ctx, "ui.dev.hidden.note"), Head: lang.T(ctx, "ui.dev.table.place"),
	}
	c.Sectors = sampleSigns(ctx)
	n := func(number float64, text string) chart.Value { return chart.Value{Number: number, Text: text} }
	few := chart.Value{Hidden: true, Text: lang.T(ctx, "ui.dev.hidden")}
	c.Rows = []chart.BalanceRow{
		{Label: "Rybnik", Values: []chart.Value{n(12, "12"), n(9, "9"), n(14, "14"), n(6, "6")}},
		{Label: "Czerwionka-Leszczyny", Values: []chart.Value{n(8, "8"), n(11, "11"), n(7, "7"), few}},
		{Label: "Świerklany", Values: []chart.Value{few, n(6, "6"), n(5, "5"), n(0, "0")}},
	}
	return chart.Balance(c)
}

func samplePicture() PictureData {
	return PictureData{Src: AssetPath("logo.svg"), Alt: "Cztery nakładające się kształty: kwadrat, koło, trójkąt i romb.", Width: 640, Height: 360, Lang: "pl"}
}

func sampleMeta() []templ.Component {
	return []templ.Component{DateText(sampleDay), SectorBadge(NGO)}
}
