package exercise

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/web/ui"
)

// enoughToTell is how wrong a belief has to be before a poster says so.
const enoughToTell = 0.10

// mostHeadlines fit on a poster.
const mostHeadlines = 3

// Headlines are the beliefs that are farthest from how it is, each statement once.
func (s *statements) Headlines(ctx context.Context) (all []activity.Headline) {
	m := s.mirrored()
	if m == nil {
		return nil
	}
	beliefs := slices.DeleteFunc(slices.Clone(m.Beliefs), func(b opinion.Belief) bool { return b.OfUs || math.Abs(b.Bias) < enoughToTell })
	slices.SortStableFunc(beliefs, func(a, b opinion.Belief) int { return cmp.Compare(math.Abs(b.Bias), math.Abs(a.Bias)) })
	told := map[int]bool{}
	for _, b := range beliefs {
		if told[b.Statement] || len(all) == mostHeadlines {
			continue
		}
		told[b.Statement] = true
		all = append(all, activity.Headline{Statement: s.texts[b.Statement], From: lang.T(ctx, "exercise.who."+string(ui.Sectors[b.From])),
			About: lang.T(ctx, "exercise.of."+string(ui.Sectors[b.About])), Guess: int(math.Round(100 * b.Estimate)), Real: int(math.Round(100 * b.Real))})
	}
	return all
}
