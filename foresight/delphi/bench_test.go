package delphi_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"syscall"
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

// cpu is what this program has computed so far, in seconds: unlike the time on
// the wall it does not grow while others use the machine.
func cpu(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// measured runs one round after another and reports the processor time of each.
func measured(b *testing.B, round func() error) {
	before := cpu(b)
	for b.Loop() {
		if err := round(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((cpu(b)-before)*1e6/float64(b.N), "cpu-µs/op")
}

// One answer changes.
func BenchmarkRecord(b *testing.B) {
	l, next := largePanel(b)
	measured(b, func() error { return l.Record(next()) })
}

// One answer changes and its item is measured again, tests between sectors and all.
func BenchmarkRecordAndReport(b *testing.B) {
	l, next := largePanel(b)
	measured(b, func() error {
		e := next()
		err := l.Record(e)
		_, reported := l.Now(e.Item)
		return errors.Join(err, reported)
	})
}

// Every one of the 40 items has changed and is measured again.
func BenchmarkWholeRefresh(b *testing.B) {
	l, next := largePanel(b)
	measured(b, func() error {
		for i := range 40 {
			e := next()
			e.Item = fmt.Sprintf("item%d", i+1)
			if err := l.Record(e); err != nil {
				return err
			}
		}
		l.Refresh()
		return nil
	})
}

// The 40,000 entries of the panel are read anew.
func BenchmarkReplay(b *testing.B) {
	l, _ := largePanel(b)
	measured(b, func() error {
		_, err := l.At(40_000)
		return err
	})
}

// Exact tests of a panel as small as most: 24 experts of three sectors, one item.
func BenchmarkSmallPanel(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	p := delphi.Panel{Items: []string{"x"}}
	for i := range 24 {
		p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i), Sector: []string{"a", "b", "c"}[i%3], Round: 1, Answers: []float64{float64(1 + random.IntN(7))}})
	}
	measured(b, func() error {
		_, err := delphi.Analyse(p, delphi.Options{Scale: seven})
		return err
	})
}
