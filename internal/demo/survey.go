package demo

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/feedback"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// survey is what people said of an event afterwards.
type survey struct {
	asked  string // moment, "" where nobody was asked
	means  map[ui.Sector]map[string]int
	silent map[string]bool // addresses of those who did not answer
	words  []said
	public string // moment at which the team lets the words be read that it may
}

// said is an answer in words.
type said struct {
	email, code, text string
	hidden            bool // the team keeps it from the public
}

// surveyActs ask those who came. Around the mean of their sector two in five
// see it a point otherwise; they answer over ten days.
func (s *story) surveyActs(m meeting) []act {
	if m.opinion.asked == "" {
		return nil
	}
	by := gatheringOf(m.key).by
	acts := []act{s.at(m.opinion.asked, by, m.key, func(ctx context.Context, e event.Event) error {
		_, err := s.Feedback.Prepare(ctx, e)
		return err
	})}
	for i, g := range m.guests {
		if m.opinion.silent[g.email] {
			continue
		}
		at := moment(m.opinion.asked).Add(time.Duration(i%30+1) * 7 * time.Hour)
		acts = append(acts, s.at(at.Format("2006-01-02 15:04"), g.email, m.key, func(ctx context.Context, e event.Event) error {
			return s.answer(ctx, m, e, g, i)
		}))
	}
	if m.opinion.public == "" {
		return acts
	}
	return append(acts, s.at(m.opinion.public, by, m.key, func(ctx context.Context, e event.Event) error {
		for _, w := range m.opinion.words {
			id, err := store.One[store.ID](ctx, s.DB, `SELECT id FROM event_feedback_answer WHERE text = $1`, w.text)
			if err == nil {
				err = s.Feedback.Moderate(ctx, e, id, !w.hidden)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// answer keeps the sheet of a guest, if they were there.
func (s *story) answer(ctx context.Context, m meeting, e event.Event, g guest, i int) error {
	seat, err := s.seatOf(ctx, e, g.email)
	if err != nil {
		return err
	}
	came, err := s.Feedback.Took(ctx, s.DB, seat)
	if err != nil || !came {
		return err
	}
	questions, err := store.All[struct {
		ID   store.ID
		Code string
		Kind feedback.Kind
	}](ctx, s.DB, `SELECT q.id, q.code, q.kind FROM event_feedback_question q JOIN event_feedback f ON f.id = q.form WHERE f.event = $1 ORDER BY q.position`, e.ID)
	if err != nil {
		return err
	}
	sheet := feedback.Sheet{Points: map[store.ID]int{}, Words: map[store.ID]string{}}
	means := m.opinion.means[ui.Sector(seat.Sector)]
	for n, q := range questions {
		if mean := means[q.Code]; q.Kind == feedback.Scale && mean > 0 {
			sheet.Points[q.ID] = onScale(mean + []int{0, 0, 1, 0, -1}[(i+n)%5])
		}
		for _, w := range m.opinion.words {
			if w.email == g.email && w.code == q.Code {
				sheet.Words[q.ID] = w.text
			}
		}
	}
	return s.Feedback.Answer(ctx, e, sheet)
}
