package main

import "github.com/wspolnota/wspolnota/opinion"

// opinionSectors is the part of the JSON about sectors. What is hidden is null.
type opinionSectors struct {
	Sectors    []opinionSector   `json:"sectors"`
	Follow     *opinionFollow    `json:"follow"` // null while there are too few votes
	Statements []opinionCompared `json:"statements"`
}

type opinionSector struct {
	Sector       string `json:"sector"`
	Participants *int   `json:"participants"`
}

type opinionFollow struct {
	Participants int        `json:"participants"`
	Sectors      []string   `json:"sectors"`
	ARI          float64    `json:"ari"`
	ARIP         float64    `json:"ari_p"`
	Eta          [2]float64 `json:"eta_squared"`
	EtaP         [2]float64 `json:"eta_squared_p"`
	Both         float64    `json:"eta_squared_both"`
	BothP        float64    `json:"eta_squared_both_p"`
	Together     bool       `json:"opinions_do_not_follow_sectors"`
	Table        [][]int    `json:"groups_by_sector"` // null when a cell is below five
}

type opinionCompared struct {
	Statement          string        `json:"statement"`
	Text               string        `json:"text,omitempty"`
	Views              []opinionView `json:"views"`
	Known              bool          `json:"known"`
	Gap                float64       `json:"gap"`
	GapFrom            string        `json:"gap_from,omitempty"`
	GapTo              string        `json:"gap_to,omitempty"`
	GapP               float64       `json:"gap_p"`
	Real               bool          `json:"real_difference"`
	Bridge             float64       `json:"bridge"`
	Bridges            bool          `json:"bridges"`
	BridgeOfRejection  float64       `json:"bridge_of_rejection"`
	BridgesInRejection bool          `json:"bridges_in_rejection"`
	Intercept          float64       `json:"intercept"`
	Side               float64       `json:"side"`
}

// opinionView is one sector on one statement; only its name when hidden.
type opinionView struct {
	Sector   string   `json:"sector"`
	Hidden   bool     `json:"hidden,omitempty"`
	Agree    *int     `json:"agree,omitempty"`
	Pass     *int     `json:"pass,omitempty"`
	Disagree *int     `json:"disagree,omitempty"`
	Share    *float64 `json:"share,omitempty"`
	Low      *float64 `json:"low,omitempty"`
	High     *float64 `json:"high,omitempty"`
}

func opinionSectorsOf(r *opinionResult) *opinionSectors {
	c := r.comparison
	out := &opinionSectors{Statements: []opinionCompared{}}
	for i, name := range c.Names {
		s := opinionSector{Sector: name}
		if !c.Hidden[i] {
			s.Participants = &c.People[i]
		}
		out.Sectors = append(out.Sectors, s)
	}
	if f := c.Follow; f != nil {
		out.Follow = &opinionFollow{Participants: f.People, ARI: f.ARI, ARIP: f.PAR, Eta: f.Eta, EtaP: f.PEta, Both: f.Both, BothP: f.PBoth, Together: f.Together(), Table: f.Table}
		for _, s := range f.Sectors {
			out.Follow.Sectors = append(out.Follow.Sectors, c.Names[s])
		}
	}
	for s, compared := range c.Statements {
		if !r.shown.Moderated[s] {
			out.Statements = append(out.Statements, r.compared(s, compared))
		}
	}
	return out
}

func (r *opinionResult) compared(s int, c opinion.Compared) opinionCompared {
	statement := r.conversation.Statements[s]
	out := opinionCompared{Statement: statement.ID, Text: statement.Text, Known: c.Known, Gap: c.Gap, GapP: c.P, Real: c.Real, Bridge: c.Bridge, Bridges: c.Bridges,
		BridgeOfRejection: c.BridgeOfRejection, BridgesInRejection: c.BridgesInRejection, Intercept: c.Intercept, Side: c.Side}
	if c.Known {
		out.GapFrom, out.GapTo = r.sectors.Names[c.Least], r.sectors.Names[c.Most]
	}
	for i, v := range c.Views {
		view := opinionView{Sector: r.sectors.Names[i], Hidden: v.Hidden}
		if !v.Hidden {
			view.Agree, view.Pass, view.Disagree, view.Share, view.Low, view.High = &v.Tally.Agree, &v.Tally.Pass, &v.Tally.Disagree, &v.Agree, &v.Low, &v.High
		}
		out.Views = append(out.Views, view)
	}
	return out
}

// opinionMirror is the part of the JSON about guesses.
type opinionMirror struct {
	Beliefs   []opinionBelief   `json:"beliefs"`
	Gaps      []opinionGap      `json:"perception_gaps"`
	Surprises []opinionSurprise `json:"surprises"`
	Ignored   int               `json:"ignored_guesses"`
}

type opinionBelief struct {
	Statement    string   `json:"statement"`
	From         string   `json:"from"`
	About        string   `json:"about"`
	OfUs         bool     `json:"of_us"`
	Guesses      int      `json:"guesses"`
	Estimate     float64  `json:"estimate"`
	Real         float64  `json:"real"`
	Bias         float64  `json:"bias"`
	Error        float64  `json:"error"`
	Corrected    float64  `json:"corrected_error"`
	Exaggeration *float64 `json:"exaggeration"` // null where the sectors are close
}

type opinionGap struct {
	From       string  `json:"from"`
	About      string  `json:"about"`
	OfUs       bool    `json:"of_us"`
	Statements int     `json:"statements"`
	Error      float64 `json:"error"`
	Corrected  float64 `json:"corrected_error"`
	Bias       float64 `json:"bias"`
}

type opinionSurprise struct {
	Statement  string  `json:"statement"`
	Text       string  `json:"text,omitempty"`
	About      string  `json:"about"`
	Guesses    int     `json:"guesses"`
	Real       float64 `json:"real"`
	Estimate   float64 `json:"estimate"`
	Difference float64 `json:"difference"`
}

func opinionMirrorOf(r *opinionResult) *opinionMirror {
	out := &opinionMirror{Beliefs: []opinionBelief{}, Gaps: []opinionGap{}, Surprises: []opinionSurprise{}, Ignored: r.mirrored.Ignored}
	names, statements := r.sectors.Names, r.conversation.Statements
	for _, b := range r.mirrored.Beliefs {
		belief := opinionBelief{statements[b.Statement].ID, names[b.From], names[b.About], b.OfUs, b.Guesses, b.Estimate, b.Real, b.Bias, b.Error, b.Corrected, nil}
		if b.Apart {
			belief.Exaggeration = &b.Exaggeration
		}
		out.Beliefs = append(out.Beliefs, belief)
	}
	for _, g := range r.mirrored.Gaps {
		out.Gaps = append(out.Gaps, opinionGap{names[g.From], names[g.About], g.OfUs, g.Statements, g.Error, g.Corrected, g.Bias})
	}
	for _, s := range r.mirrored.Surprises {
		statement := statements[s.Statement]
		out.Surprises = append(out.Surprises, opinionSurprise{statement.ID, statement.Text, names[s.About], s.Guesses, s.Real, s.Estimate, s.Difference})
	}
	return out
}
