package demo

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/trace"
)

// tie is a link that somebody has added to the thread: at and with name an
// article by the file of its text, a goal or an organisation by its key.
type tie struct {
	on, by   string
	at, with end
	tie      trace.Tie
}

type end struct{ kind, key string }

func anArticle(text string) end     { return end{"news", text} }
func aGoal(key string) end          { return end{"goal", key} }
func anOrganisation(key string) end { return end{"organisation", key} }

// ties lead from the seminar both ways: back to the invitation, on to the goals
// that came of it, to the workshops, to the contest, and to a neighbour programme.
var ties = []tie{
	{"2014-06-24 09:00", townWriter, anArticle("seminarium.md"), anArticle("zaproszenie.md"), trace.CameFrom},
	{"2014-06-30 10:00", editor, aGoal(practise), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-06-30 10:05", editor, aGoal(residents), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-10-14 11:30", editor, anArticle("warsztaty.md"), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-12-03 10:30", editor, anArticle("konkurs.md"), anArticle("warsztaty.md"), trace.CameFrom},
	{"2014-12-04 15:40", editor, anArticle("przypomnienie.md"), anArticle("konkurs.md"), trace.Answer},
	{"2014-10-03 08:00", clubEditor, anArticle("pierwszy-klub.md"), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-10-03 08:05", clubEditor, anArticle("pierwszy-klub.md"), anOrganisation(villages), trace.CameFrom},
	{"2014-11-17 18:10", clubEditor, anArticle("pierwszy-klub.md"), anArticle("jak-zalozyc.md"), trace.LedTo},
	{"2014-11-18 09:10", clubEditor, anArticle("spotkanie.md"), anArticle("pierwszy-klub.md"), trace.CameFrom},
}

func (s *story) tieTogether(ctx context.Context, t tie) error {
	s.at(t.on)
	ctx, err := s.as(ctx, t.by)
	if err != nil {
		return err
	}
	if err := s.Trace.Link(ctx, s.ref(t.at), t.tie, s.ref(t.with)); err != nil {
		return fmt.Errorf("%s with %s: %w", t.at.key, t.with.key, err)
	}
	return nil
}

func (s *story) ref(e end) trace.Ref {
	id := s.articles[e.key]
	switch e.kind {
	case "goal":
		id = s.goals[e.key]
	case "organisation":
		id = s.bodies[e.key]
	}
	return trace.Ref{Kind: e.kind, ID: id}
}
