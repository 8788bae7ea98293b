package programme_test

import (
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestPhaseBeginsAndEndsWithItsDaysInWarsaw(t *testing.T) {
	june := programme.Phase{StartsAt: store.At(day(2014, 6, 13)), EndsAt: store.At(day(2014, 6, 15))}
	spring := programme.Phase{StartsAt: store.At(day(2014, 3, 30)), EndsAt: store.At(day(2014, 3, 31))}   // 23 hours
	autumn := programme.Phase{StartsAt: store.At(day(2014, 10, 26)), EndsAt: store.At(day(2014, 10, 27))} // 25 hours
	endless := programme.Phase{StartsAt: store.At(day(2014, 6, 13))}
	at := func(s string) time.Time {
		m, err := time.Parse(time.RFC3339Nano, s)
		must(t, err)
		return m
	}
	for _, tt := range []struct {
		name  string
		phase programme.Phase
		now   string
		want  ui.State
	}{
		{"the moment before", june, "2014-06-12T21:59:59.999999Z", ui.Next},
		{"the first moment, midnight in Warsaw", june, "2014-06-12T22:00:00Z", ui.Now},
		{"the last moment", june, "2014-06-14T21:59:59.999999Z", ui.Now},
		{"the moment after", june, "2014-06-14T22:00:00Z", ui.Done},
		{"spring day begins in winter time", spring, "2014-03-29T23:00:00Z", ui.Now},
		{"spring day ends in summer time", spring, "2014-03-30T21:59:59.999999Z", ui.Now},
		{"after the short day", spring, "2014-03-30T22:00:00Z", ui.Done},
		{"autumn day begins in summer time", autumn, "2014-10-25T22:00:00Z", ui.Now},
		{"the hour that comes twice", autumn, "2014-10-26T01:30:00Z", ui.Now},
		{"autumn day ends in winter time", autumn, "2014-10-26T22:59:59.999999Z", ui.Now},
		{"after the long day", autumn, "2014-10-26T23:00:00Z", ui.Done},
		{"without an end before it begins", endless, "2014-06-12T21:59:59Z", ui.Next},
		{"without an end for ever", endless, "2099-01-01T00:00:00Z", ui.Now},
	} {
		if got := tt.phase.At(at(tt.now)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestLastDayIsKeptAcrossTheChangeOfClocks(t *testing.T) {
	db := storetest.SQLite(t)
	g := newRegion(t, db)
	p := g.draft("Zmiana czasu")
	_, err := g.AddPhase(g.as(g.clerk), p.Slug, programme.NewPhase{Title: "Krótki dzień", Starts: day(2014, 3, 30), LastDay: day(2014, 3, 30)})
	must(t, err)
	ends := one[store.Time](g, `SELECT ends_at FROM programme_phase WHERE programme = $1`, p.ID)
	if want := time.Date(2014, 3, 30, 22, 0, 0, 0, time.UTC); !ends.Equal(want) {
		t.Errorf("ends at %s, want %s", ends, want)
	}
	phase := programme.Phase{EndsAt: ends}
	if got := phase.LastDay().In(lang.Warsaw).Format("2006-01-02"); got != "2014-03-30" {
		t.Errorf("last day %s", got)
	}
}

func TestGateSaysWhenItOpensNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Bramka")
		ctx := g.as(g.clerk)
		g.AddOpening(programme.OpeningWord{Opening: "ideas", Key: "programme.opening.join"})
		_, err := g.AddPhase(ctx, p.Slug, programme.NewPhase{Title: "Drugi nabór", Starts: day(2014, 9, 1), LastDay: day(2014, 9, 30), Opens: []string{"join", "ideas"}})
		must(t, err)
		for _, tt := range []struct {
			name    string
			now     time.Time
			opening programme.Opening
			open    bool
			phase   string
			over    bool
		}{
			{"before the first", day(2014, 5, 1), programme.Join, false, "Nabór", false},
			{"in the first", day(2014, 6, 15), programme.Join, true, "Nabór", false},
			{"between, the next is named", day(2014, 7, 15), programme.Join, false, "Drugi nabór", false},
			{"in the second", day(2014, 9, 30), programme.Join, true, "Drugi nabór", false},
			{"after all of them", day(2014, 10, 1), programme.Join, false, "", true},
			{"an opening that no phase names is closed", day(2014, 6, 15), "contest", false, "", false},
			{"an opening of a later phase", day(2014, 6, 15), "ideas", false, "Drugi nabór", false},
		} {
			db.Clock().Set(tt.now)
			gate, err := programme.GateOf(t.Context(), db, p.ID, tt.opening)
			must(t, err)
			if gate.Open != tt.open || gate.Phase != tt.phase || gate.Over != tt.over {
				t.Errorf("%s: %+v", tt.name, gate)
			}
			if open, err := programme.Open(t.Context(), db, p.ID, tt.opening); err != nil || open != tt.open {
				t.Errorf("%s: Open = %v, %v", tt.name, open, err)
			}
		}
		db.Clock().Set(day(2014, 6, 15))
		_, err = g.SetState(ctx, p.Slug, p.Version, programme.Archived)
		must(t, err)
		if open, _ := programme.Open(t.Context(), db, p.ID, programme.Join); open {
			t.Error("the archive is open")
		}
	})
}

func TestPhasesMayOverlapAndTheLongestTellsUntilWhen(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Nakładanie")
	_, err := g.AddPhase(g.as(g.clerk), p.Slug, programme.NewPhase{Title: "Warsztaty", Starts: day(2014, 6, 10), LastDay: day(2014, 8, 31), Opens: []string{"join"}})
	must(t, err)
	g.db.Clock().Set(day(2014, 6, 20))
	gate, err := programme.GateOf(t.Context(), g.db, p.ID, programme.Join)
	must(t, err)
	if !gate.Open || !gate.Until.Equal(day(2014, 8, 31)) {
		t.Errorf("gate = %+v", gate)
	}
}

func TestPhaseThatEndsBeforeItBeginsIsRefused(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Odwrotnie")
	page := g.browser(g.clerk).Post("/programy/"+p.Slug+"/edycja/etapy", "title", "Etap", "starts", "14.06.2014", "ends", "13.06.2014")
	page.Want(t, 422)
	if page.Value("title") != "Etap" || page.Count(".error-summary a[href='#field-ends']") != 1 {
		t.Errorf("the form lost what was typed: %s", page.Text("main"))
	}
}
