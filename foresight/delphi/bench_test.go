package delphi_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// A real-time panel as large as they come: 1,000 experts of four sectors, 40
// items on 1-7.
func largePanel(b *testing.B) (*delphi.Live, func() delphi.Entry) {
	sectors := []string{"administration", "business", "ngo", "resident"}
	var items []string
	for i := range 40 {
		items = append(items, fmt.Sprintf("item%d", i+1))
	}
	l, err := delphi.NewLive(items, sectors, delphi.Options{Scale: seven})
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 1))
	entry := func(expert int, item string) delphi.Entry {
		return delphi.Entry{Expert: fmt.Sprintf("expert%d", expert), Sector: sectors[expert%4], Item: item, Value: float64(1 + random.IntN(7))}
	}
	for expert := range 1000 {
		for _, item := range items {
			if err := l.Record(entry(expert, item)); err != nil {
				b.Fatal(err)
			}
		}
	}
	return l, func() delphi.Entry { return entry(random.IntN(1000), items[random.IntN(40)]) }
}

// One answer changes.
func BenchmarkRecord(b *testing.B) {
	l, next := largePanel(b)
	for b.Loop() {
		if err := l.Record(next()); err != nil {
			b.Fatal(err)
		}
	}
}

// One answer changes and its item is measured again, tests between sectors and all.
func BenchmarkRecordAndReport(b *testing.B) {
	l, next := largePanel(b)
	for b.Loop() {
		e := next()
		if err := l.Record(e); err != nil {
			b.Fatal(err)
		}
		if _, err := l.Now(e.Item); err != nil {
			b.Fatal(err)
		}
	}
}

// Every one of the 40 items has changed and is measured again.
func BenchmarkWholeRefresh(b *testing.B) {
	l, next := largePanel(b)
	for b.Loop() {
		for i := range 40 {
			e := next()
			e.Item = fmt.Sprintf("item%d", i+1)
			if err := l.Record(e); err != nil {
				b.Fatal(err)
			}
		}
		l.Refresh()
	}
}

// The 40,000 entries of the panel are read anew.
func BenchmarkReplay(b *testing.B) {
	l, _ := largePanel(b)
	log := l.Log()[:40_000]
	b.ResetTimer()
	for b.Loop() {
		if _, err := l.At(len(log)); err != nil {
			b.Fatal(err)
		}
	}
}

// Exact tests of a panel as small as most: 24 experts of three sectors.
func BenchmarkSmallPanel(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	p := delphi.Panel{Items: []string{"x"}}
	for i := range 24 {
		p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i), Sector: []string{"a", "b", "c"}[i%3], Round: 1, Answers: []float64{float64(1 + random.IntN(7))}})
	}
	for b.Loop() {
		if _, err := delphi.Analyse(p, delphi.Options{Scale: seven}); err != nil {
			b.Fatal(err)
		}
	}
}
