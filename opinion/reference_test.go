package opinion_test

import (
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

// reference is where public conversations with expected figures lie, outside
// the repository.
const reference = "../../shared/reference/opinion"

var conversations = []string{"london.youth.policing", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"}

func file(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join(reference, name))
	if os.IsNotExist(err) {
		t.Skip("skipped: no ../shared")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func decode(t testing.TB, name string, into any) {
	t.Helper()
	z, err := gzip.NewReader(file(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(into); err != nil {
		t.Fatal(err)
	}
}

func conversation(t testing.TB, set string) *opinion.Conversation {
	t.Helper()
	c, err := opinion.Read("votes.csv.gz", file(t, set+"/votes.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type expected struct {
	VoteEvents   int `json:"vote_events"`
	Votes        int
	Participants int
	Statements   int `json:"statements_with_votes"`
	Variants     []variant
}

type variant struct {
	Variant   string
	ModOut    []int     `json:"mod_out"`
	Full      published `json:"red_dwarf_svd_full"`
	Converged published `json:"kmeans_run_to_convergence_tol0"`
	Exact     struct {
		Eigenvalues []float64          `json:"eigenvalues_of_XtX_top5"`
		Ratio       []float64          `json:"explained_variance_ratio_top5"`
		Total       float64            `json:"total"`
		Means       map[string]float64 `json:"means"`
		PC1, PC2    map[string]float64
	}
}

type published struct {
	K          int
	Silhouette map[string]float64 `json:"silhouette_by_k"`
	Sizes      []int
	Labels     map[string]int
	Clustered  int `json:"clustered_participants"`
	Repness    map[string][]success
	Consensus  struct{ Agree, Disagree []success }
	GACAgree   [][2]float64 `json:"group_aware_consensus_agree_top10"`
	GACReject  [][2]float64 `json:"group_aware_consensus_disagree_top10"`
	Priority   [][2]float64 `json:"priority_top10"`
}

type success struct {
	TID       int
	Success   int     `json:"n-success"`
	Trials    int     `json:"n-trials"`
	Share     float64 `json:"p-success"`
	Test      float64 `json:"p-test"`
	Ratio     float64 `json:"repness"`
	RatioTest float64 `json:"repness-test"`
	For       string  `json:"repful-for"`
	Best      bool    `json:"best-agree"`
}

// each runs a test on every variant of every reference conversation.
func each(t *testing.T, test func(t *testing.T, c *opinion.Conversation, v variant)) {
	for _, set := range conversations {
		t.Run(set, func(t *testing.T) {
			var e expected
			decode(t, set+"/expected.json.gz", &e)
			for _, v := range e.Variants {
				t.Run(v.Variant, func(t *testing.T) {
					c := conversation(t, set)
					for _, tid := range v.ModOut {
						if s := column(c, tid); s >= 0 {
							if err := c.Votes.Moderate(s, true); err != nil {
								t.Fatal(err)
							}
						}
					}
					test(t, c, v)
				})
			}
		})
	}
}

func column(c *opinion.Conversation, tid int) int {
	for s, statement := range c.Statements {
		if statement.ID == strconv.Itoa(tid) {
			return s
		}
	}
	return -1
}

func person(c *opinion.Conversation, id string) int {
	for i, p := range c.Participants {
		if p == id {
			return i
		}
	}
	return -1
}

func TestReferenceConversationsAreReadWhole(t *testing.T) {
	for _, set := range conversations {
		var e expected
		decode(t, set+"/expected.json.gz", &e)
		c := conversation(t, set)
		if got := [4]int{c.Events, c.Votes.Count(), len(c.Participants), len(c.Statements)}; got != [4]int{e.VoteEvents, e.Votes, e.Participants, e.Statements} {
			t.Errorf("%s: %v, want %d, %d, %d, %d", set, got, e.VoteEvents, e.Votes, e.Participants, e.Statements)
		}
	}
}

// angle is the largest principal angle between the computed plane and the
// expected one, which is rounded to six digits.
func angle(p *opinion.Plane, pc1, pc2 []float64) float64 {
	a := unit(pc1)
	b := unit(minus(pc2, a, dot(a, pc2)))
	worst := 0.0
	for _, axis := range p.Axes {
		rest := minus(minus(axis, a, dot(a, axis)), b, dot(b, axis))
		worst = max(worst, math.Asin(min(1, math.Sqrt(dot(rest, rest)))))
	}
	return worst
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func minus(a, b []float64, factor float64) []float64 {
	r := make([]float64, len(a))
	for i := range a {
		r[i] = a[i] - factor*b[i]
	}
	return r
}

func unit(a []float64) []float64 { return minus(make([]float64, len(a)), a, -1/math.Sqrt(dot(a, a))) }

func vector(c *opinion.Conversation, by map[string]float64) []float64 {
	v := make([]float64, len(c.Statements))
	for i, s := range c.Statements {
		v[i] = by[s.ID]
	}
	return v
}

func TestPlaneIsTheExactOne(t *testing.T) {
	each(t, func(t *testing.T, c *opinion.Conversation, v variant) {
		p := opinion.NewPlane(c.Votes)
		if got := angle(p, vector(c, v.Exact.PC1), vector(c, v.Exact.PC2)); got > 1e-5 {
			t.Errorf("%.2g rad from the exact plane", got)
		} else {
			t.Logf("angle %.2g rad", got)
		}
		for i, share := range p.Explained() {
			if math.Abs(share-v.Exact.Ratio[i]) > 1e-6 {
				t.Errorf("axis %d explains %.7f, want %.6f", i+1, share, v.Exact.Ratio[i])
			}
		}
		for i, mean := range vector(c, v.Exact.Means) {
			if math.Abs(p.Mean[i]-mean) > 1e-6 {
				t.Errorf("mean of %s is %v, want %v", c.Statements[i].ID, p.Mean[i], mean)
			}
		}
	})
}

func compute(t testing.TB, v *opinion.Votes) *opinion.Map {
	t.Helper()
	m, err := opinion.Compute(v, opinion.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// labels puts the groups of a map beside published ones.
func labels(c *opinion.Conversation, m *opinion.Map, published map[string]int) (own, theirs []int) {
	for i, id := range c.Participants {
		g, ok := published[id]
		if !ok {
			g = -1
		}
		own, theirs = append(own, int(m.Group[i])), append(theirs, g)
	}
	return own, theirs
}

func TestGroupsAreThoseOfConvergedKMeans(t *testing.T) {
	each(t, func(t *testing.T, c *opinion.Conversation, v variant) {
		m := compute(t, c.Votes)
		if m.Clustered != v.Full.Clustered || len(m.Groups) != v.Converged.K {
			t.Errorf("%d people in %d groups, want %d in %d", m.Clustered, len(m.Groups), v.Full.Clustered, v.Converged.K)
		}
		own, converged := labels(c, m, v.Converged.Labels)
		if ari := opinion.AdjustedRand(own, converged); ari != 1 {
			t.Errorf("ARI to converged k-means %.4f, want 1", ari)
		}
		own, early := labels(c, m, v.Full.Labels)
		ari := opinion.AdjustedRand(own, early)
		if ari < 0.9 {
			t.Errorf("ARI to k-means stopped early %.4f, want 0.90", ari)
		}
		for k, want := range v.Converged.Silhouette {
			n, _ := strconv.Atoi(k)
			if math.Abs(m.Silhouettes[n]-want) > 1e-4 {
				t.Errorf("silhouette of %s groups %.6f, want %.6f", k, m.Silhouettes[n], want)
			}
		}
		t.Logf("groups %v, ARI to early stop %.4f", m.Groups, ari)
	})
}
