package main

import (
	"strconv"

	"github.com/wspolnota/wspolnota/opinion"
)

// opinionAnswer is the JSON of the command.
type opinionAnswer struct {
	Status       opinion.Status             `json:"status"`
	Participants int                        `json:"participants"`
	Statements   int                        `json:"statements"`
	Moderated    int                        `json:"moderated"`
	Votes        int                        `json:"votes"`
	Events       int                        `json:"events"`
	Clustered    int                        `json:"clustered"`
	Explained    [2]float64                 `json:"explained_variance"`
	K            int                        `json:"k"`
	Silhouettes  map[string]float64         `json:"silhouettes"`
	Groups       []opinionGroup             `json:"groups"`
	Labels       map[string]int             `json:"labels"`
	Positions    map[string][2]float64      `json:"positions"`
	Claims       map[string][]opinionClaim  `json:"representative"`
	Consensus    map[string][]opinionCommon `json:"consensus"`
	GroupAware   map[string]float64         `json:"group_aware_consensus"`
	Rejection    map[string]float64         `json:"group_aware_rejection"`
	Priorities   map[string]float64         `json:"priorities"`
	Sectors      *opinionSectors            `json:"sectors,omitempty"`
	Mirror       *opinionMirror             `json:"mirror,omitempty"`
	ElapsedMS    float64                    `json:"elapsed_ms"`
}

type opinionGroup struct {
	ID     int        `json:"id"`
	Size   int        `json:"size"`
	Centre [2]float64 `json:"centre"`
}

// opinionClaim says the figures by the names that Polis gives them.
type opinionClaim struct {
	Statement string  `json:"statement"`
	Text      string  `json:"text,omitempty"`
	For       string  `json:"for"`
	Success   int     `json:"n_success"`
	Trials    int     `json:"n_trials"`
	Share     float64 `json:"p_success"`
	Test      float64 `json:"p_test"`
	Ratio     float64 `json:"repness"`
	RatioTest float64 `json:"repness_test"`
	Best      bool    `json:"best_agree,omitempty"`
}

type opinionCommon struct {
	Statement string  `json:"statement"`
	Text      string  `json:"text,omitempty"`
	Success   int     `json:"n_success"`
	Trials    int     `json:"n_trials"`
	Share     float64 `json:"p_success"`
	Test      float64 `json:"p_test"`
}

func opinionAnswerOf(r *opinionResult) opinionAnswer {
	c, m := r.conversation, r.shown
	a := opinionAnswer{
		Status: m.Status, Participants: len(c.Participants), Statements: len(c.Statements), Votes: c.Votes.Count(), Events: c.Events,
		Clustered: m.Clustered, Explained: m.Plane.Explained(), K: len(m.Groups), Silhouettes: map[string]float64{},
		Groups: []opinionGroup{}, Labels: map[string]int{}, Positions: map[string][2]float64{}, Claims: map[string][]opinionClaim{},
		ElapsedMS: float64(r.elapsed.Microseconds()) / 1000,
	}
	for _, out := range m.Moderated {
		if out {
			a.Moderated++
		}
	}
	for k, s := range m.Silhouettes {
		a.Silhouettes[strconv.Itoa(k)] = s
	}
	for _, g := range m.Groups {
		a.Groups = append(a.Groups, opinionGroup{g.ID, g.Size, [2]float64{g.Centre.X, g.Centre.Y}})
	}
	for p, g := range m.Group {
		if g >= 0 {
			a.Labels[c.Participants[p]] = m.Groups[g].ID
			a.Positions[c.Participants[p]] = [2]float64{m.At[p].X, m.At[p].Y}
		}
	}
	a.statements(r)
	if r.comparison != nil {
		a.Sectors = opinionSectorsOf(r)
	}
	if r.mirrored != nil {
		a.Mirror = opinionMirrorOf(r)
	}
	return a
}

// statements fills in what is said about each.
func (a *opinionAnswer) statements(r *opinionResult) {
	c, m := r.conversation, r.shown
	for g, claims := range opinion.Representative(m.Counts, m.Moderated) {
		list := []opinionClaim{}
		for _, x := range claims {
			s := c.Statements[x.Statement]
			list = append(list, opinionClaim{s.ID, s.Text, x.For.String(), x.Success, x.Trials, x.Share, x.Test, x.Ratio, x.RatioTest, x.Best})
		}
		a.Claims[strconv.Itoa(m.Groups[g].ID)] = list
	}
	agree, disagree := opinion.Consensus(m.All, m.Moderated)
	a.Consensus = map[string][]opinionCommon{"agree": r.common(agree), "disagree": r.common(disagree)}
	a.GroupAware, a.Rejection = r.byStatement(opinion.GroupAware(m.Counts)), r.byStatement(opinion.GroupAwareRejection(m.Counts))
	meta := make([]bool, len(c.Statements))
	for s := range meta {
		meta[s] = c.Statements[s].Meta
	}
	a.Priorities = r.byStatement(m.Priorities(meta))
}

func (r *opinionResult) common(list []opinion.Common) []opinionCommon {
	out := []opinionCommon{}
	for _, x := range list {
		s := r.conversation.Statements[x.Statement]
		out = append(out, opinionCommon{s.ID, s.Text, x.Success, x.Trials, x.Share, x.Test})
	}
	return out
}

func (r *opinionResult) byStatement(values []float64) map[string]float64 {
	out := map[string]float64{}
	for s, v := range values {
		out[r.conversation.Statements[s].ID] = v
	}
	return out
}
