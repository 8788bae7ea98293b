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
func anEvent(key string) end        { return end{"event", key} }
func aDecision(key string) end      { return end{"decision", key} }
func aBarrier(words string) end     { return end{"barrier", words} }

// ties lead from the seminar both ways: back to the invitation, on to the goals
// that came of it, to the workshops, to the contest, and to a neighbour programme.
var ties = []tie{
	{"2014-06-16 09:00", editor, anEvent(seminar), anArticle("zaproszenie.md"), trace.CameFrom},
	{"2014-06-24 09:05", townWriter, anArticle("seminarium.md"), anEvent(seminar), trace.CameFrom},
	{"2014-06-24 09:00", townWriter, anArticle("seminarium.md"), anArticle("zaproszenie.md"), trace.CameFrom},
	{"2014-06-30 10:00", editor, aGoal(practise), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-06-30 10:05", editor, aGoal(residents), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-08-25 12:00", manager, anEvent(talking), aDecision(themes), trace.CameFrom},
	{"2014-08-25 12:05", manager, aDecision(everyRemark), anEvent(talking), trace.LedTo},
	{"2014-09-12 12:00", manager, anEvent(grants), aDecision(oneForm), trace.CameFrom},
	{"2014-09-24 09:00", manager, aDecision(firstStandard), anEvent(talking), trace.CameFrom},
	{"2014-09-24 09:10", manager, aBarrier("W urzędzie wszystko postanowiono przed konsultacjami"), aDecision(everyRemark), trace.LedTo},
	{"2014-10-13 12:00", manager, aDecision(secondStandard), aDecision(oneForm), trace.CameFrom},
	{"2014-10-13 12:10", manager, aBarrier("Organizacje nie potrafią rozliczyć dotacji"), aDecision(oneForm), trace.LedTo},
	{"2014-10-13 12:20", manager, aBarrier("Organizacje przychodzą do urzędu tylko po pieniądze"), aDecision(swapDay), trace.LedTo},
	{"2014-10-13 12:30", manager, aGoal(practise), aDecision(firstStandard), trace.CameFrom},
	{"2014-10-14 11:40", editor, anArticle("warsztaty.md"), anEvent(talking), trace.CameFrom},
	{"2014-10-14 11:42", editor, anArticle("warsztaty.md"), anEvent(grants), trace.CameFrom},
	{"2015-02-09 12:00", manager, anEvent(expertPanel), aDecision(secondStandard), trace.CameFrom},
	{"2015-04-15 12:00", manager, anEvent(studyVisit), anEvent(expertPanel), trace.CameFrom},
	{"2014-10-14 11:30", editor, anArticle("warsztaty.md"), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-11-05 12:30", editor, anArticle("debata.md"), anEvent(seminar), trace.CameFrom},
	{"2014-11-05 12:35", editor, anArticle("debata.md"), aBarrier("Organizacje przychodzą do urzędu tylko po pieniądze"), trace.CameFrom},
	{"2014-12-03 10:30", editor, anArticle("konkurs.md"), anArticle("warsztaty.md"), trace.CameFrom},
	{"2014-12-04 15:40", editor, anArticle("przypomnienie.md"), anArticle("konkurs.md"), trace.Answer},
	{"2014-10-03 08:00", clubEditor, anArticle("pierwszy-klub.md"), anArticle("seminarium.md"), trace.CameFrom},
	{"2014-10-03 08:05", clubEditor, anArticle("pierwszy-klub.md"), anOrganisation(villages), trace.CameFrom},
	{"2014-11-17 18:10", clubEditor, anArticle("pierwszy-klub.md"), anArticle("jak-zalozyc.md"), trace.LedTo},
	{"2014-11-18 09:10", clubEditor, anArticle("spotkanie.md"), anArticle("pierwszy-klub.md"), trace.CameFrom},
}

func (s *story) tieActs() []act {
	acts := make([]act, len(ties))
	for i, t := range ties {
		acts[i] = act{t.on, t.by, func(ctx context.Context) error {
			if err := s.Trace.Link(ctx, s.ref(t.at), t.tie, s.ref(t.with)); err != nil {
				return fmt.Errorf("%s with %s: %w", t.at.key, t.with.key, err)
			}
			return nil
		}}
	}
	return acts
}

// ref is a thing by the name that the story gives it.
func (s *story) ref(e end) trace.Ref {
	name := e.kind + "/" + e.key
	if e.kind == "organisation" {
		name = "body/" + e.key
	}
	return trace.Ref{Kind: e.kind, ID: s.things[name]}
}
