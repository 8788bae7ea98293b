package feedback

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/foresight/delphi"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Result is what may be told of the answers to one question of a scale.
type Result struct {
	Question Question
	Few      bool // fewer than Least answered: nothing is told
	All      delphi.Stats
	Classes  []ClassResult
	Earlier  []EarlierResult
}

// ClassResult is one sector's part of it; Hidden where it would tell of too few
// people, by itself or by subtraction.
type ClassResult struct {
	Class  string
	Hidden bool
	Stats  delphi.Stats
}

// EarlierResult is how the same question was answered after an earlier event of
// the same kind.
type EarlierResult struct {
	Title, Path string
	Stats       delphi.Stats
}

// Words are what people wrote to one open question, in random order.
type Words struct {
	Question Question
	Texts    []given
	Public   int // of them shown to everybody
}

// Results are what everybody may know once a form is closed.
type Results struct {
	Answered int
	Few      bool
	Scales   []Result
	Words    []Words
}

// Results reads what was answered. Before the form is closed there are none for
// anybody, so that nobody can look before and after a single answer.
func (s *Service) Results(ctx context.Context, e event.Event, f Form) (Results, error) {
	var out Results
	if f.At(s.db.Now()) != Closed {
		return out, fault.Invalid("feedback.results.ahead")
	}
	var err error
	if out.Answered, err = answered(ctx, s.db, f.ID); err != nil {
		return out, err
	}
	if out.Few = out.Answered < Least; out.Few {
		return out, nil
	}
	questions, err := questionsOf(ctx, s.db, f.ID)
	if err != nil {
		return out, err
	}
	all, err := answersOf(ctx, s.db, f.ID)
	if err != nil {
		return out, err
	}
	for _, q := range questions {
		q = q.in(ctx)
		if q.Kind == Open {
			out.Words = append(out.Words, wordsOf(q, all))
			continue
		}
		result, err := measure(q, all)
		if err != nil {
			return out, err
		}
		out.Scales = append(out.Scales, result)
	}
	return out, s.compare(ctx, e, out.Scales)
}

// measure tallies one question: as a whole, and by the classes that can be shown.
func measure(q Question, all []given) (Result, error) {
	r := Result{Question: q}
	var everybody []float64
	by := map[string][]float64{}
	for _, a := range all {
		if a.Question == q.ID && a.Value != nil {
			everybody = append(everybody, float64(*a.Value))
			by[a.Class] = append(by[a.Class], float64(*a.Value))
		}
	}
	names := order(by)
	sizes := make([]int, len(names))
	for i, name := range names {
		sizes[i] = len(by[name])
	}
	shown, total := delphi.Shown(sizes, Least)
	if r.Few = !total; r.Few {
		return r, nil
	}
	var err error
	if r.All, err = describe(everybody); err != nil {
		return r, err
	}
	for i, name := range names {
		c := ClassResult{Class: name, Hidden: !shown[i]}
		if shown[i] {
			if c.Stats, err = describe(by[name]); err != nil {
				return r, err
			}
		}
		r.Classes = append(r.Classes, c)
	}
	return r, nil
}

func describe(answers []float64) (delphi.Stats, error) {
	t, err := delphi.Count(answers)
	return t.Describe(Points, delphi.Type7), err
}

// order is that of every legend: the sectors, and the rest last.
func order(by map[string][]float64) (names []string) {
	for _, s := range ui.Sectors {
		if len(by[string(s)]) > 0 {
			names = append(names, string(s))
		}
	}
	if len(by[Other]) > 0 {
		names = append(names, Other)
	}
	return names
}

func wordsOf(q Question, all []given) Words {
	w := Words{Question: q}
	for _, a := range all { // by their random ids
		if a.Question == q.ID {
			w.Texts = append(w.Texts, a)
			if a.public() {
				w.Public++
			}
		}
	}
	return w
}

// mostCompared is how many earlier events stand beside this one.
const mostCompared = 5

// compare adds how the usual questions were answered after earlier events of the
// same kind in the programme, of which at least Least people answered.
func (s *Service) compare(ctx context.Context, e event.Event, results []Result) error {
	rows, err := store.All[struct {
		Code, Title, Slug string
		StartsAt          store.Time
		Value             int
	}](ctx, s.db, `SELECT q.code, e.title, e.slug, e.starts_at, a.value FROM event_feedback_answer a
		JOIN event_feedback_question q ON q.id = a.question JOIN event_feedback f ON f.id = q.form JOIN event e ON e.id = f.event
		WHERE e.programme = $1 AND e.kind = $2 AND e.starts_at < $3 AND f.closes_at <= $4 AND e.published_at IS NOT NULL
			AND q.code <> '' AND a.value IS NOT NULL ORDER BY e.starts_at DESC, e.id`, e.Programme, e.Kind, e.StartsAt, store.At(s.db.Now()))
	if err != nil {
		return err
	}
	values := map[string]map[string][]float64{} // code, event
	title := map[string]string{}
	var events []string
	for _, row := range rows {
		if values[row.Code] == nil {
			values[row.Code] = map[string][]float64{}
		}
		values[row.Code][row.Slug] = append(values[row.Code][row.Slug], float64(row.Value))
		if !slices.Contains(events, row.Slug) {
			events = append(events, row.Slug)
		}
		title[row.Slug] = row.Title
	}
	for i, r := range results {
		for _, slug := range events[:min(len(events), mostCompared)] {
			if answers := values[r.Question.Code][slug]; !r.Few && len(answers) >= Least {
				stats, err := describe(answers)
				if err != nil {
					return err
				}
				results[i].Earlier = append(results[i].Earlier, EarlierResult{Title: title[slug], Path: e.List() + "/" + slug + "/ocena/wyniki", Stats: stats})
			}
		}
	}
	return nil
}
