package exercise

import (
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What invented phones answer in a rehearsal: enough, and varied enough, for the
// wall to look as it will.

// Invent writes a card that nobody takes for a real one.
func (s *cards) Invent(i int) []string {
	return []string{activity.Body(cardAnswer{Text: "… " + number(i+1)})}
}

// Invent gives one dot, more of them to the first options.
func (s *dots) Invent(i int) []string {
	if len(s.options) == 0 {
		return nil
	}
	return []string{activity.Body(dotsAnswer{Chosen: []int{i * i % len(s.options)}})}
}

// Invent votes on everything, and guesses where there is a mirror.
func (s *statements) Invent(i int) (bodies []string) {
	for k := range s.texts {
		vote, percent := (i+k)%3-1, 25*((i+2*k)%5)
		bodies = append(bodies, activity.Body(statementAnswer{Statement: k, Vote: &vote}))
		if s.mirror {
			bodies = append(bodies, activity.Body(statementAnswer{Statement: k, About: ui.Sectors[(i+1)%3], Percent: &percent}))
		}
	}
	return bodies
}

// Invent marks everything.
func (s *rating) Invent(i int) (bodies []string) {
	for k := range s.items {
		bodies = append(bodies, activity.Body(ratingAnswer{Item: k, Across: 1 + (i+k)%highestMark, Up: 1 + (i+2*k)%highestMark}))
	}
	return bodies
}

// Invent places everything.
func (s *quadrant) Invent(i int) (bodies []string) {
	for k := range s.items {
		bodies = append(bodies, activity.Body(quadrantAnswer{Item: k, Quarter: (i/5 + k) % 4}))
	}
	return bodies
}
