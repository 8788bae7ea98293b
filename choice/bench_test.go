package choice_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"syscall"
	"testing"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// task is one measurement, done by a process of its own so that its time and
// memory are nobody else's.
type task struct {
	File string
	Rule choice.Rule
	Load string // how the file is read: ours, or "textbook"
	How  string // how it is counted: ours, "textbook" in fractions, "plain" in floating point
}

// measured is what the process found about itself.
type measured struct {
	Load, Count float64 // CPU seconds
	Runs        int
	Winners     int
	Fallbacks   int
	Distinct    int
}

func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

const taskVariable = "WSPOLNOTA_CHOICE_TASK"

// TestMain does a task when it is started for one.
func TestMain(m *testing.M) {
	text := os.Getenv(taskVariable)
	if text == "" {
		os.Exit(m.Run())
	}
	var t task
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		panic(err)
	}
	json.NewEncoder(os.Stdout).Encode(t.do())
}

func (t task) do() measured {
	began := cpu()
	f, err := os.Open(t.File)
	if err != nil {
		panic(err)
	}
	if t.Load == "textbook" {
		loadPlainly(f)
		return measured{Load: cpu() - began}
	}
	file, err := pabulib.Read(f, pabulib.Options{})
	if err != nil {
		panic(err)
	}
	e := file.Election()
	m := measured{Load: cpu() - began, Distinct: e.Ballots.Distinct()}
	began = cpu()
	switch t.How {
	case "textbook":
		book := newTextbook(e, t.Rule)
		winners, _, _ := book.equalShares(book.endowment())
		m.Winners, m.Runs = len(winners), 1
	case "plain":
		m.Winners, m.Runs = len(newPlain(e).equalShares(float64(e.Budget)/float64(e.Ballots.Voters()))), 1
	default:
		o, err := choice.Count(context.Background(), e, t.Rule)
		if err != nil {
			panic(err)
		}
		m.Winners, m.Runs, m.Fallbacks = len(o.Winners), o.Runs, o.ExactFallbacks
	}
	m.Count = cpu() - began
	return m
}

// run starts a process for the task and reads what it found, with its largest
// memory in MB and all its CPU time.
func (t task) run(b *testing.B) (m measured, megabytes, seconds float64) {
	text, err := json.Marshal(t)
	if err != nil {
		b.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), taskVariable+"="+string(text), "GOMAXPROCS=1")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		b.Fatal(err)
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&m); err != nil {
		b.Fatal(err)
	}
	state := command.ProcessState
	return m, float64(state.SysUsage().(*syscall.Rusage).Maxrss) / 1024, (state.UserTime() + state.SystemTime()).Seconds()
}

// BenchmarkChoice reads and counts invented cities on one core, by this package
// and by plain textbook code in the same run. Run it by `make bench-choice`;
// load-ms and count-ms are CPU time, MB the largest memory of the process.
func BenchmarkChoice(b *testing.B) {
	mes := choice.Rule{Method: choice.EqualShares}
	add1 := choice.Rule{Method: choice.EqualShares, Completion: choice.Add1, ExhaustiveStop: true}
	points := add1
	points.Utility = choice.UtilityCount
	for _, c := range []struct {
		city  city
		tasks []task
	}{
		{town, []task{{Rule: choice.Rule{Method: choice.Greedy}}, {Rule: mes}, {Rule: add1}, {Rule: points}, {Rule: choice.Rule{Method: choice.Phragmen}},
			{Rule: mes, How: "textbook"}, {Rule: mes, How: "plain"}, {Load: "textbook"}}},
		{likeSmalls, []task{{Rule: add1}}},
		{largeCity, []task{{Rule: choice.Rule{Method: choice.Greedy}}, {Rule: mes}, {Rule: add1}, {Rule: points}, {Rule: choice.Rule{Method: choice.Phragmen}},
			{Rule: mes, How: "plain"}, {Load: "textbook"}}},
		{hugeCity, []task{{Rule: choice.Rule{Method: choice.Greedy}}, {Rule: mes}, {Rule: choice.Rule{Method: choice.Phragmen}}, {Load: "textbook"}}},
	} {
		name := c.city.file(b)
		for _, t := range c.tasks {
			t.File = name
			b.Run(fmt.Sprintf("%d/%s%s%s%s%s", c.city.voters, t.Rule.Method, dash(string(t.Rule.Completion)), dash(string(t.Rule.Utility)), dash(t.How), dash(t.Load)), func(b *testing.B) {
				var load, count, memory, whole float64
				var m measured
				for b.Loop() {
					var mb, s float64
					m, mb, s = t.run(b)
					load, count, memory, whole = load+m.Load, count+m.Count, max(memory, mb), whole+s
				}
				n := float64(b.N)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(load/n*1000, "load-ms")
				b.ReportMetric(count/n*1000, "count-ms")
				b.ReportMetric(whole/n*1000, "process-ms")
				b.ReportMetric(memory, "MB")
				b.ReportMetric(float64(m.Runs), "runs")
				b.ReportMetric(float64(m.Fallbacks), "exact")
				b.ReportMetric(float64(m.Distinct), "distinct")
				b.ReportMetric(float64(m.Winners), "winners")
			})
		}
		debug.FreeOSMemory()
	}
}

func dash(s string) string {
	if s == "" {
		return ""
	}
	return "-" + s
}
