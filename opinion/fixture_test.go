package opinion_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

// fixture is a live conversation of Polis as its server computed it.
type fixture struct {
	PCA struct {
		Comps     [][]float64
		Extremity []float64 `json:"comment-extremity"`
	}
	TIDs []int
	Base struct {
		ID      []int
		Members [][]int
		X, Y    []float64
	} `json:"base-clusters"`
	ModOut    []int              `json:"mod-out"`
	Meta      []int              `json:"meta-tids"`
	InConv    []int              `json:"in-conv"`
	GAC       map[string]float64 `json:"group-aware-consensus"`
	Priority  map[string]float64 `json:"comment-priorities"`
	Repness   map[string][]success
	Consensus struct{ Agree, Disagree []success }
	Clusters  []struct {
		ID      int
		Members []int
	} `json:"group-clusters"`
}

// groups are those of the server, by participant.
func (f fixture) groups() map[string]int {
	of := map[string]int{}
	for _, cluster := range f.Clusters {
		for _, base := range cluster.Members {
			for _, pid := range f.Base.Members[slices.Index(f.Base.ID, base)] {
				of[strconv.Itoa(pid)] = cluster.ID
			}
		}
	}
	return of
}

func fixtureVotes(t *testing.T, name string) *opinion.Conversation {
	t.Helper()
	var votes []struct {
		PID, TID    int
		Participant int `json:"participant_id"` // one fixture names them so
		Statement   int `json:"statement_id"`
		Vote        int
		Modified    json.RawMessage
	}
	decode(t, "polis-math-fixtures/"+name+"/votes.json.gz", &votes)
	var log opinion.Collector
	for _, v := range votes {
		at, err := strconv.ParseFloat(strings.Trim(string(v.Modified), `"`), 64)
		if err != nil {
			t.Fatal(err)
		}
		if err := log.Add(strconv.Itoa(v.PID+v.Participant), strconv.Itoa(v.TID+v.Statement), opinion.Vote(v.Vote), int64(at)); err != nil {
			t.Fatal(err)
		}
	}
	return log.Conversation()
}

func TestFixturesOfThePolisServerAreReproduced(t *testing.T) {
	for _, name := range []string{"below-100-ptpts", "25ptpt-3gp-no-strict-with-meta"} {
		t.Run(name, func(t *testing.T) {
			var want fixture
			decode(t, "polis-math-fixtures/"+name+"/math-pca2.json.gz", &want)
			c := fixtureVotes(t, name)
			moderated, meta := make([]bool, len(c.Statements)), make([]bool, len(c.Statements))
			for _, tid := range want.ModOut {
				moderated[column(c, tid)] = true
				if err := c.Votes.Moderate(column(c, tid), true); err != nil {
					t.Fatal(err)
				}
			}
			for _, tid := range want.Meta {
				meta[column(c, tid)] = true
			}
			m := compute(t, c.Votes)
			checkPlane(t, c, m, want)
			for i, id := range c.Participants { // the server also keeps people who were in when there was less to vote on
				if pid, _ := strconv.Atoi(id); m.Group[i] >= 0 && !slices.Contains(want.InConv, pid) {
					t.Errorf("participant %s is clustered here and not there", id)
				}
			}
			group, k := groupsOf(c, want.groups())
			m.Counts = opinion.CountByGroup(c.Votes, group, k)
			for g, claims := range opinion.Representative(m.Counts, moderated) {
				checkClaims(t, c, claims, want.Repness[strconv.Itoa(g)], "group "+strconv.Itoa(g))
			}
			agree, disagree := opinion.Consensus(m.All, moderated)
			checkCommon(t, c, agree, want.Consensus.Agree, "agree")
			checkCommon(t, c, disagree, want.Consensus.Disagree, "disagree")
			for s, value := range opinion.GroupAware(m.Counts) {
				if id := c.Statements[s].ID; !near(value, want.GAC[id], 1e-12) {
					t.Errorf("group-aware consensus of %s is %v, want %v", id, value, want.GAC[id])
				}
			}
			for s, value := range m.Priorities(meta) {
				if id := c.Statements[s].ID; !near(value, want.Priority[id], 1e-6) {
					t.Errorf("priority of %s is %v, want %v", id, value, want.Priority[id])
				}
			}
		})
	}
}

// checkPlane compares axes, extremities and the places of people who are a base
// cluster of their own; signs are free.
func checkPlane(t *testing.T, c *opinion.Conversation, m *opinion.Map, want fixture) {
	t.Helper()
	pc := [2][]float64{make([]float64, len(c.Statements)), make([]float64, len(c.Statements))}
	for i, tid := range want.TIDs {
		s := column(c, tid)
		pc[0][s], pc[1][s] = want.PCA.Comps[0][i], want.PCA.Comps[1][i]
		if e := m.Plane.Extremity()[s]; !near(e, want.PCA.Extremity[i], 1e-6) {
			t.Errorf("extremity of %d is %v, want %v", tid, e, want.PCA.Extremity[i])
		}
	}
	if a := angle(m.Plane, pc[0], pc[1]); a > 1e-6 {
		t.Errorf("%.2g rad from the plane", a)
	}
	for b, members := range want.Base.Members {
		at := m.At[person(c, strconv.Itoa(members[0]))]
		if len(members) == 1 && !(near(math.Abs(at.X), math.Abs(want.Base.X[b]), 1e-6) && near(math.Abs(at.Y), math.Abs(want.Base.Y[b]), 1e-6)) {
			t.Errorf("person %d stands at %v, want %v, %v", members[0], at, want.Base.X[b], want.Base.Y[b])
		}
	}
}
