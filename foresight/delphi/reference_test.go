package delphi_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// reference opens a file of the published and computed cases that lie beside
// the project; its README says where each is from.
func reference(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "reference", "foresight", "delphi", name))
	if os.IsNotExist(err) {
		t.Skip("skipped: no ../shared")
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within*max(1, math.Abs(want))) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// The panel of 24 experts: every number by numpy 1.24.2 and scipy 1.10.1.
const tolerance = 1e-9

type referenceItem struct {
	Round1, Round2 referenceRound
	Kruskal        struct {
		H float64 `json:"H_tie_corrected"`
		P float64 `json:"p"`
	} `json:"kruskal_round2"`
	MannWhitney struct {
		U            float64 `json:"U_gov"`
		P            float64 `json:"p_asym_cc"`
		PUncorrected float64 `json:"p_asym_no_cc"`
	} `json:"mannwhitney_gov_ngo_round2"`
	Stability struct {
		CV       float64 `json:"cv_change_r1_minus_r2"`
		Changed  float64 `json:"share_changed"`
		Net      float64 `json:"net_person_changes_share_from_histograms"`
		Spearman float64 `json:"spearman_r1_r2"`
		T        float64 `json:"wilcoxon_T"`
		P        float64 `json:"wilcoxon_p_normal"`
	}
}

type referenceRound struct {
	N             int
	Mean, SD, CV  float64
	Quartiles     map[string][3]float64
	Counts        []int   `json:"counts_1_to_7"`
	Top2          float64 `json:"agree_share_6_7"`
	Top3          float64 `json:"agree_share_5_7"`
	Leik          float64 `json:"leik_consensus_1_minus_D"`
	TastleWierman float64 `json:"tastle_wierman_consensus"`
	Bimodality    float64 `json:"bimodality_coefficient"`
}

type referenceW struct {
	S, W        float64
	Uncorrected *float64 `json:"W_no_tie_correction"`
	Chi2        float64
	DF          int
	P           float64
	RankSums    []float64 `json:"rank_sums"`
}

var seven = delphi.Scale{Min: 1, Max: 7}

func TestPanelOf24IsReproduced(t *testing.T) {
	var want struct {
		Items []referenceItem
	}
	text := reference(t, "synthetic_24x4.expected.json")
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	rows := answersOf(t, "synthetic_24x4.csv")
	if len(want.Items) != 4 || len(rows) != 48 {
		t.Fatalf("%d items, %d rows", len(want.Items), len(rows))
	}
	for i, item := range want.Items {
		t.Run("item "+strconv.Itoa(i+1), func(t *testing.T) {
			first, second := column(rows, i, "1", ""), column(rows, i, "2", "")
			checkRound(t, count(t, first...), item.Round1)
			checkRound(t, count(t, second...), item.Round2)
			gov, ngo, resident := count(t, column(rows, i, "2", "gov")...), count(t, column(rows, i, "2", "ngo")...), count(t, column(rows, i, "2", "resident")...)
			kw, mw := delphi.KruskalWallis(gov, ngo, resident), delphi.MannWhitney(gov, ngo)
			near(t, "H", kw.H, item.Kruskal.H, tolerance)
			near(t, "p of H", kw.P, item.Kruskal.P, tolerance)
			near(t, "U", mw.U, item.MannWhitney.U, tolerance)
			near(t, "p of U, with the correction for continuity", mw.P, item.MannWhitney.P, tolerance)
			near(t, "p of U, without", mw.PUncorrected, item.MannWhitney.PUncorrected, tolerance)
			checkChange(t, first, second, item)
		})
	}
}

func checkRound(t *testing.T, tally delphi.Tally, want referenceRound) {
	t.Helper()
	got := tally.Describe(seven, delphi.Type7)
	if got.N != want.N || len(got.Counts) != len(want.Counts) {
		t.Fatalf("n %d, want %d; counts %v, want %v", got.N, want.N, got.Counts, want.Counts)
	}
	for i, c := range want.Counts {
		if got.Counts[i] != c {
			t.Errorf("counts %v, want %v", got.Counts, want.Counts)
		}
	}
	near(t, "mean", got.Mean, want.Mean, tolerance)
	near(t, "sd", got.SD, want.SD, tolerance)
	near(t, "cv", got.CV, want.CV, tolerance)
	near(t, "share of 6-7", tally.Share(6, 7), want.Top2, tolerance)
	near(t, "share of 5-7", tally.Share(5, 7), want.Top3, tolerance)
	near(t, "Leik", got.Leik, want.Leik, tolerance)
	near(t, "Tastle and Wierman", got.TastleWierman, want.TastleWierman, tolerance)
	near(t, "bimodality", got.Bimodality, want.Bimodality, tolerance)
	for _, kind := range delphi.QuartileTypes {
		q, known := tally.Quartiles(kind), want.Quartiles[kind.String()]
		near(t, kind.String()+" Q1", q.Q1, known[0], tolerance)
		near(t, kind.String()+" median", q.Median, known[1], tolerance)
		near(t, kind.String()+" Q3", q.Q3, known[2], tolerance)
	}
}

func checkChange(t *testing.T, first, second []float64, want referenceItem) {
	t.Helper()
	var pairs []delphi.Pair
	for i := range first {
		pairs = append(pairs, delphi.Pair{Before: first[i], After: second[i]})
	}
	c, err := delphi.Compare(pairs, count(t, first...), count(t, second...))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "change of CV", c.CVChange, want.Stability.CV, tolerance)
	near(t, "share changed", c.ShareChanged, want.Stability.Changed, tolerance)
	near(t, "net change", c.NetChange, want.Stability.Net, tolerance)
	near(t, "Spearman", c.Spearman, want.Stability.Spearman, tolerance)
	near(t, "T", c.Wilcoxon.T, want.Stability.T, tolerance)
	near(t, "p of T", c.Wilcoxon.P, want.Stability.P, tolerance)
}

func TestConcordanceOfThePanelIsReproduced(t *testing.T) {
	var want struct {
		Round1 referenceW `json:"kendall_W_round1"`
		Round2 referenceW `json:"kendall_W_round2"`
	}
	if err := json.Unmarshal(reference(t, "synthetic_24x4.expected.json"), &want); err != nil {
		t.Fatal(err)
	}
	rows := answersOf(t, "synthetic_24x4.csv")
	for round, w := range map[string]referenceW{"1": want.Round1, "2": want.Round2} {
		var ratings [][]float64
		for _, r := range rows {
			if r.round == round {
				ratings = append(ratings, r.answers)
			}
		}
		checkW(t, ratings, w)
	}
}

// Ten projects in the order of four judges; in the file a row is a project.
func TestConcordanceOfFourJudgesIsReproduced(t *testing.T) {
	var want referenceW
	if err := json.Unmarshal(reference(t, "kendall_w_10x4.expected.json"), &want); err != nil {
		t.Fatal(err)
	}
	judges := make([][]float64, 4)
	for _, row := range readCSV(t, "kendall_w_10x4.csv") {
		for j, cell := range row[1:] {
			judges[j] = append(judges[j], number(t, cell))
		}
	}
	checkW(t, judges, want)
}

func checkW(t *testing.T, ratings [][]float64, want referenceW) {
	t.Helper()
	got, err := delphi.KendallW(ratings)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "S", got.S, want.S, tolerance)
	near(t, "W", got.W, want.W, tolerance)
	near(t, "chi2", got.Chi2, want.Chi2, tolerance)
	near(t, "p", got.P, want.P, tolerance)
	if got.DF != want.DF {
		t.Errorf("df %d, want %d", got.DF, want.DF)
	}
	if want.Uncorrected != nil {
		near(t, "W without correction", got.Uncorrected, *want.Uncorrected, tolerance)
	}
	for i, s := range want.RankSums {
		near(t, "rank sum", got.RankSums[i], s, tolerance)
	}
}

type referenceRow struct {
	sector, round string
	answers       []float64
}

func answersOf(t *testing.T, name string) []referenceRow {
	t.Helper()
	var rows []referenceRow
	for _, cells := range readCSV(t, name) {
		r := referenceRow{sector: cells[1], round: cells[2]}
		for _, cell := range cells[3:] {
			r.answers = append(r.answers, number(t, cell))
		}
		rows = append(rows, r)
	}
	return rows
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(reference(t, name))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func column(rows []referenceRow, item int, round, sector string) []float64 {
	var answers []float64
	for _, r := range rows {
		if r.round == round && (sector == "" || r.sector == sector) {
			answers = append(answers, r.answers[item])
		}
	}
	return answers
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func count(t interface{ Fatal(...any) }, answers ...float64) delphi.Tally {
	tally, err := delphi.Count(answers)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}
