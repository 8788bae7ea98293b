package debate

import (
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// downloads lists what leaves the room: the table of results for everybody, and
// for whoever leads the debate the votes as Polis exports them, without people.
func (s *Service) downloads(one string) []web.Route {
	routes := export.Routes(one+"/wyniki", access.Anyone, s.table)
	routes = append(routes, export.Routes(one+"/votes", Lead, s.polisVotes)...)
	routes = append(routes, export.Routes(one+"/comments", Lead, s.polisComments)...)
	routes = append(routes, export.Routes(one+"/sectors", Lead, s.polisSectors)...)
	return append(routes, export.Routes(one+"/guesses", Lead, s.polisGuesses)...)
}

// table is the results by statement, of everybody and of each sector that may
// be told.
func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	d, err := s.at(r)
	if err != nil {
		return export.Table{}, err
	}
	v := resultView{Debate: d}
	s.whatIsTold(ctx, &v)
	if v.Result, err = s.Result(ctx, d.ID); err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: d.Question, Head: export.Titles(ctx, "debate.table.number", "debate.table.statement", "debate.vote.agree", "debate.vote.pass",
		"debate.vote.disagree", "debate.table.important")}
	for i, sector := range ui.Sectors {
		if !v.Result.told(i) {
			continue
		}
		for _, key := range []string{"debate.vote.agree", "debate.vote.pass", "debate.vote.disagree"} {
			t.Head = append(t.Head, v.Result.Joined.name(ctx, sector)+": "+lang.T(ctx, key))
		}
	}
	for _, row := range v.rows() {
		line := []any{row.Number, row.Text, row.Tally.Agree, row.Tally.Pass, row.Tally.Disagree, row.Important}
		for i, view := range row.Compared.Views {
			if !v.Result.told(i) {
				continue
			}
			if view.Hidden {
				line = append(line, "", "", "")
			} else {
				line = append(line, view.Tally.Agree, view.Tally.Pass, view.Tally.Disagree)
			}
		}
		t.Rows = append(t.Rows, line)
	}
	return t, nil
}

// ended is the debate of the address once it is over: before that, two exports
// one vote apart would tell that vote.
func (s *Service) ended(r *http.Request) (Debate, error) {
	d, err := s.at(r)
	if err == nil && d.At(s.db.Now()) != Over {
		err = fault.Closed("debate.export.later")
	}
	return d, err
}

// polisVotes is votes.csv: the log. Its timestamp is the place in the log; when
// people voted is not kept.
func (s *Service) polisVotes(r *http.Request) (export.Table, error) {
	d, err := s.ended(r)
	if err != nil {
		return export.Table{}, err
	}
	rows, err := store.All[struct {
		Seq                          int64
		Participant, Statement, Vote int
	}](r.Context(), s.db, `SELECT seq, participant, statement, vote FROM debate_entry WHERE debate = $1 AND vote IS NOT NULL ORDER BY seq`, d.ID)
	t := export.Table{Name: "votes", Head: []string{"timestamp", "comment-id", "voter-id", "vote"}}
	for _, e := range rows {
		t.Rows = append(t.Rows, []any{e.Seq, e.Statement, e.Participant, e.Vote})
	}
	return t, err
}

// polisComments is comments.csv.
func (s *Service) polisComments(r *http.Request) (export.Table, error) {
	d, err := s.ended(r)
	if err != nil {
		return export.Table{}, err
	}
	result, err := s.Result(r.Context(), d.ID)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: "comments", Head: []string{"comment-id", "agrees", "disagrees", "moderated", "comment-body", "is-meta"}}
	for i, st := range result.Statements {
		moderated, agrees, disagrees := 1, 0, 0
		if st.State != Shown {
			moderated = -1
		}
		if result.Map != nil && i < len(result.Map.All) {
			agrees, disagrees = result.Map.All[i].Agree, result.Map.All[i].Disagree
		}
		t.Rows = append(t.Rows, []any{st.Number, agrees, disagrees, moderated, st.Text, st.Meta})
	}
	return t, nil
}

func (s *Service) polisSectors(r *http.Request) (export.Table, error) {
	d, err := s.ended(r)
	if err != nil {
		return export.Table{}, err
	}
	rows, err := store.All[Participant](r.Context(), s.db, `SELECT number, sector, trusted, muted FROM debate_participant
		WHERE debate = $1 AND number IN (SELECT participant FROM debate_entry WHERE debate = $1) ORDER BY number`, d.ID)
	t := export.Table{Name: "sectors", Head: []string{"participant", "sector"}}
	for _, p := range rows {
		t.Rows = append(t.Rows, []any{p.Number, string(p.Sector)})
	}
	return t, err
}

func (s *Service) polisGuesses(r *http.Request) (export.Table, error) {
	d, err := s.ended(r)
	if err != nil {
		return export.Table{}, err
	}
	rows, err := store.All[struct {
		Participant, Statement, Percent int
		About                           ui.Sector
	}](r.Context(), s.db, `SELECT participant, statement, about, percent FROM debate_entry WHERE debate = $1 AND about IS NOT NULL ORDER BY seq`, d.ID)
	t := export.Table{Name: "guesses", Head: []string{"participant", "statement", "sector", "percent"}}
	for _, g := range rows {
		t.Rows = append(t.Rows, []any{g.Participant, g.Statement, string(g.About), g.Percent})
	}
	return t, err
}
