package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/roadmap"
)

// RoadmapCommand puts milestones into time and compares measures.
type RoadmapCommand struct {
	methodOutput
	File string `arg:"" help:"JSON with milestones and, where wanted, scenarios and measures." env:"-"`
	End  string `help:"Only this milestone and what it waits for." placeholder:"MILESTONE"`
	By   int    `help:"When all, or the end, must be reached; 0 takes the deadline of the file, or else the earliest." default:"0"`
}

// roadmapResult is the JSON of the command; times are whole units from 0.
type roadmapResult struct {
	Unit       string             `json:"unit,omitempty"`
	Finish     int                `json:"finish"`
	Deadline   int                `json:"deadline"`
	Critical   []string           `json:"critical_path"`
	Milestones []roadmapMilestone `json:"milestones"`
	Scenarios  []string           `json:"scenarios,omitempty"`
	Measures   []roadmapMeasure   `json:"measures,omitempty"`
	robustFrom int
}

type roadmapMilestone struct {
	Name           string `json:"name"`
	Owner          string `json:"owner,omitempty"`
	EarliestStart  int    `json:"earliest_start"`
	EarliestFinish int    `json:"earliest_finish"`
	LatestStart    int    `json:"latest_start"`
	LatestFinish   int    `json:"latest_finish"`
	Slack          int    `json:"slack"`
	Free           int    `json:"free_slack"`
	Critical       bool   `json:"critical"`
}

type roadmapMeasure struct {
	Name      string    `json:"name"`
	Values    []float64 `json:"values"`
	UsefulIn  int       `json:"useful_in"`
	Robust    bool      `json:"robust"`
	Least     float64   `json:"least"`
	Mean      float64   `json:"mean"`
	Regret    []float64 `json:"regret"`
	MaxRegret float64   `json:"max_regret"`
}

// Run reads the plan, computes, draws and prints.
func (c *RoadmapCommand) Run(out io.Writer) error {
	p, err := readInput(c.File, roadmap.Read)
	if err != nil {
		return err
	}
	if c.By < 0 || c.By > roadmap.MaxTime {
		return fmt.Errorf("--by %d: expected 0 to %d", c.By, roadmap.MaxTime)
	}
	if c.By == 0 {
		c.By = p.Deadline
	}
	schedule := p.Schedule(c.By)
	if c.End != "" {
		if schedule, err = p.Backcast(c.End, c.By); err != nil {
			return fmt.Errorf("--end: %w", err)
		}
	}
	result, err := newRoadmapResult(p, schedule)
	if err != nil {
		return err
	}
	if err := c.chart(func() chart.Chart { return schedule.Chart("roadmap", roadmap.English) }); err != nil {
		return err
	}
	return c.print(out, result, result.words)
}

func newRoadmapResult(p *roadmap.Plan, s roadmap.Schedule) (roadmapResult, error) {
	r := roadmapResult{Unit: p.Unit, Finish: s.Finish, Deadline: s.Deadline, Critical: s.Critical, Scenarios: p.Scenarios, robustFrom: p.RobustFrom}
	for _, t := range s.Steps {
		r.Milestones = append(r.Milestones, roadmapMilestone{Name: t.Name, Owner: t.Owner, EarliestStart: t.EarliestStart, EarliestFinish: t.EarliestFinish,
			LatestStart: t.LatestStart, LatestFinish: t.LatestFinish, Slack: t.Slack, Free: t.Free, Critical: t.Critical})
	}
	if len(p.Scenarios) == 0 {
		return r, nil
	}
	table, err := roadmap.Robust(p.Scenarios, p.Measures, p.Threshold, p.RobustFrom)
	for _, m := range table {
		r.Measures = append(r.Measures, roadmapMeasure{Name: m.Name, Values: m.Values, UsefulIn: m.UsefulIn, Robust: m.Robust, Least: m.Least,
			Mean: m.Mean, Regret: m.Regret, MaxRegret: m.MaxRegret})
	}
	return r, err
}

func (r roadmapResult) words(w io.Writer) error {
	fmt.Fprintf(w, "%d milestones, done at %s %d at the earliest; the deadline is %d.\n", len(r.Milestones), r.Unit, r.Finish, r.Deadline)
	if r.Finish > r.Deadline {
		fmt.Fprintf(w, "That is %d too late: milestones with slack below zero should have begun already.\n", r.Finish-r.Deadline)
	}
	fmt.Fprintf(w, "Critical path: %s\n\n%-36s %13s %13s %6s %6s\n", strings.Join(r.Critical, " → "), "milestone", "earliest", "latest", "slack", "free")
	for _, m := range r.Milestones {
		mark := ""
		if m.Critical {
			mark = "  critical"
		}
		fmt.Fprintf(w, "%-36s %13s %13s %6d %6d%s\n", m.Name, fmt.Sprintf("%d–%d", m.EarliestStart, m.EarliestFinish), fmt.Sprintf("%d–%d", m.LatestStart, m.LatestFinish), m.Slack, m.Free, mark)
	}
	if len(r.Measures) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nMeasures across %s\n%-36s %9s %10s %10s  %s\n", strings.Join(r.Scenarios, ", "), "measure", "useful in", "worst", "max regret", "regret in each")
	for _, m := range r.Measures {
		robust := ""
		if m.Robust {
			robust = "  robust"
		}
		fmt.Fprintf(w, "%-36s %9d %10.2f %10.2f  %v%s\n", m.Name, m.UsefulIn, m.Least, m.MaxRegret, m.Regret, robust)
	}
	_, err := fmt.Fprintf(w, "Robust: useful in at least %d of %d.\n", r.robustFrom, len(r.Scenarios))
	return err
}
