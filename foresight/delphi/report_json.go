package delphi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
)

// MarshalJSON writes the report with one key per round (round1, round2 …), per
// test and round (kruskal_round2, mannwhitney_gov_ngo_round2) and per step
// (stability, the last; stability_r1_r2 and so on where there are more). What
// is not known is null; what is hidden says "hidden": true and nothing else.
func (r Report) MarshalJSON() ([]byte, error) {
	o := object{}
	o.add("experts", r.Experts)
	o.add("sectors", list(r.Sectors))
	o.add("rounds", list(r.Rounds))
	o.add("scale", r.Scale.String())
	o.add("scale_assumed", r.Guessed)
	o.add("quartile_type", r.Quartiles.String())
	o.add("agreement_rule", r.Rule.String())
	o.add("hidden_below", r.Least)
	items := []object{}
	for _, item := range r.Items {
		items = append(items, r.itemObject(item))
	}
	o.add("items", items)
	for _, c := range r.Concordance {
		o.add(fmt.Sprintf("kendall_W_round%d", c.Round), c.object())
	}
	return o.MarshalJSON()
}

func (r Report) itemObject(item ItemReport) object {
	o := object{}
	o.add("item", item.Item)
	for _, round := range item.Rounds {
		o.add(fmt.Sprintf("round%d", round.Round), r.roundObject(round))
	}
	for _, round := range item.Rounds {
		round.addTests(&o)
	}
	for i, step := range item.Changes {
		if i == len(item.Changes)-1 {
			o.add("stability", step.object())
		} else {
			o.add(fmt.Sprintf("stability_r%d_r%d", step.From, step.To), step.object())
		}
	}
	o.add("settled", item.Settled)
	return o
}

func (r Report) roundObject(round RoundReport) object {
	if round.Hidden {
		return hidden()
	}
	o := r.groupObject(round.Group)
	sectors := object{}
	for _, s := range round.Sectors {
		if s.Hidden {
			sectors.add(s.Sector, hidden())
		} else {
			sectors.add(s.Sector, r.groupObject(s.Group))
		}
	}
	o.add("sectors", sectors)
	b := object{}
	b.add("verdict", string(round.Between.Diagnosis))
	b.add("largest_iqr_within", number(round.Between.Spread))
	b.add("gap_of_medians", number(round.Between.Gap))
	b.add("close", number(round.Between.Close))
	b.add("p", number(round.Between.P))
	o.add("between_sectors", b)
	return o
}

func hidden() object { return object{{"hidden", true}} }

func (r Report) groupObject(g Group) object {
	o := object{}
	o.add("n", g.N)
	o.add("mean", number(g.Mean))
	o.add("sd", number(g.SD))
	o.add("cv", number(g.CV))
	o.add("median", number(g.Median))
	o.add("q1", number(g.Q1))
	o.add("q3", number(g.Q3))
	o.add("iqr", number(g.IQR()))
	quartiles := object{}
	for _, kind := range QuartileTypes {
		q := g.Tally.Quartiles(kind)
		quartiles.add(kind.String(), []number{number(q.Q1), number(q.Median), number(q.Q3)})
	}
	o.add("quartiles", quartiles)
	if s := r.Scale; g.Counts != nil {
		o.add(fmt.Sprintf("counts_%d_to_%d", s.Min, s.Max), g.Counts)
		for low := s.Max - 1; low >= max(s.Min+1, s.Max-2); low-- {
			o.add(fmt.Sprintf("agree_share_%d_%d", low, s.Max), number(g.Tally.Share(float64(low), float64(s.Max))))
		}
	}
	o.add("leik_consensus_1_minus_D", number(g.Leik))
	o.add("tastle_wierman_consensus", number(g.TastleWierman))
	o.add("van_der_eijk_agreement", number(g.VanDerEijk))
	o.add("bimodality_coefficient", number(g.Bimodality))
	o.add("polarised", g.Polarised())
	o.add("agreement", g.Verdict.object())
	return o
}

func (v Verdict) object() object {
	o := object{}
	if v.Known {
		o.add("reached", v.Reached)
	} else {
		o.add("reached", nil)
	}
	findings := []object{}
	for _, f := range v.Findings {
		finding := object{}
		finding.add("condition", f.Condition.String())
		finding.add("value", number(f.Value))
		finding.add("holds", f.Holds)
		findings = append(findings, finding)
	}
	o.add("findings", findings)
	return o
}

// addTests writes what compares the sectors of a round, where two are shown.
func (round RoundReport) addTests(o *object) {
	if len(round.Pairs) == 0 {
		return
	}
	k := object{}
	k.add("H_tie_corrected", number(round.Many.H))
	k.add("df", round.Many.DF)
	k.add("p", number(round.Many.P))
	k.add("p_exact", number(round.Many.Exact))
	k.add("p_permutation", number(round.Many.Permuted))
	k.add("epsilon_squared", number(round.Many.Epsilon))
	o.add(fmt.Sprintf("kruskal_round%d", round.Round), k)
	for _, p := range round.Pairs {
		m := object{}
		m.add("sectors", []string{p.A, p.B})
		m.add("U_"+p.A, number(p.U))
		m.add("p_asym_cc", number(p.P))
		m.add("p_asym_no_cc", number(p.PUncorrected))
		m.add("p_exact", number(p.Exact))
		m.add("rank_biserial", number(p.RankBiserial))
		m.add("dunn_z", number(p.Dunn.Z))
		m.add("dunn_p", number(p.Dunn.P))
		m.add("dunn_p_holm", number(p.Dunn.Holm))
		o.add(fmt.Sprintf("mannwhitney_%s_%s_round%d", p.A, p.B, round.Round), m)
	}
}

func (s StepReport) object() object {
	if s.Hidden {
		return hidden()
	}
	o := object{}
	o.add("pairs", s.Pairs)
	o.add(fmt.Sprintf("cv_change_r%d_minus_r%d", s.From, s.To), number(s.CVChange))
	o.add("share_changed", number(s.ShareChanged))
	o.add("net_person_changes_share_from_histograms", number(s.NetChange))
	o.add(fmt.Sprintf("spearman_r%d_r%d", s.From, s.To), number(s.Spearman))
	o.add("wilcoxon_T", number(s.Wilcoxon.T))
	o.add("wilcoxon_p_normal", number(s.Wilcoxon.P))
	o.add("wilcoxon_p_exact", number(s.Wilcoxon.Exact))
	o.add("kappa_linear", number(s.KappaLinear))
	o.add("kappa_quadratic", number(s.KappaQuadratic))
	o.add("stable", s.Stable())
	return o
}

func (c RoundConcordance) object() object {
	if !c.Known {
		return hidden()
	}
	o := object{}
	o.add("experts", c.Raters)
	o.add("left_out", c.Partial)
	o.add("rank_sums", c.RankSums)
	o.add("S", number(c.S))
	o.add("W_no_tie_correction", number(c.Uncorrected))
	o.add("W", number(c.W))
	o.add("chi2", number(c.Chi2))
	o.add("df", c.DF)
	o.add("p", number(c.P))
	o.add("p_permutation", number(c.Permuted))
	return o
}

// object is a JSON object that keeps the order of its members.
type object []member

type member struct {
	name  string
	value any
}

// add appends a member. A name that is taken already, as sectors called "a",
// "b_c", "a_b" and "c" can make it, gets a number.
func (o *object) add(name string, value any) {
	as := name
	for n := 2; o.has(as); n++ {
		as = fmt.Sprintf("%s_%d", name, n)
	}
	*o = append(*o, member{as, value})
}

func (o *object) has(name string) bool {
	for _, m := range *o {
		if m.name == name {
			return true
		}
	}
	return false
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false) // a rule says <=
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := out.Encode(m.name); err != nil {
			return nil, fmt.Errorf("delphi: write %s: %w", m.name, err)
		}
		b.WriteByte(':')
		if err := out.Encode(m.value); err != nil {
			return nil, fmt.Errorf("delphi: write %s: %w", m.name, err)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// number is null in JSON where it is not known.
type number float64

// MarshalJSON writes the number, or null.
func (n number) MarshalJSON() ([]byte, error) {
	if f := float64(n); math.IsNaN(f) || math.IsInf(f, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// list is never null.
func list[T any](entries []T) []T {
	if entries == nil {
		return []T{}
	}
	return entries
}
