package debate

import (
	"context"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// sameStatements are the other debates of a programme whose results are told and
// which asked at least one statement in the same words, the latest first. There
// are none while the results of the debate itself are not told.
func (s *Service) sameStatements(ctx context.Context, d Debate) ([]Debate, error) {
	now := s.db.Now()
	if !d.Told(now) {
		return nil, nil
	}
	all, err := store.All[Debate](ctx, s.db, `SELECT `+columns+tables+`WHERE d.programme = $1 AND d.id <> $2 AND d.published_at IS NOT NULL
		AND EXISTS (SELECT 1 FROM debate_statement a JOIN debate_statement b ON b.text = a.text
			WHERE a.debate = $2 AND b.debate = d.id AND a.state = 'shown' AND b.state = 'shown')
		ORDER BY d.closes_at DESC, d.id DESC`, d.Programme, d.ID)
	return slices.DeleteFunc(all, func(other Debate) bool { return !other.Told(now) }), err
}

// comparisonView is two debates on the same statements, the earlier one first.
type comparisonView struct {
	Here          Debate // of the address
	Before, After Debate
	Others        []Debate
	Rows          []change
	Sectors       []ui.Sector
	joined        Joined
}

// change is how the answers to one statement have changed.
type change struct {
	Text          string
	Before, After opinion.Tally
	Sectors       []sectorChange
}

// sectorChange is the same for one sector; Hidden where either side is.
type sectorChange struct {
	Before, After opinion.Tally
	Hidden        bool
}

func (s *Service) showComparison(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := s.at(r)
	if err != nil {
		return err
	}
	v := comparisonView{Here: d}
	if v.Others, err = s.sameStatements(ctx, d); err != nil {
		return err
	}
	if len(v.Others) == 0 {
		return fault.NotFound("debate to compare with")
	}
	other := v.Others[0]
	if slug := web.Query(r).Text("z", 300); slug != "" {
		at := slices.IndexFunc(v.Others, func(o Debate) bool { return o.Slug == slug })
		if at < 0 {
			return fault.NotFound("debate to compare with")
		}
		other = v.Others[at]
	}
	v.Before, v.After = other, d
	if d.ClosesAt.Before(other.ClosesAt.Time) {
		v.Before, v.After = d, other
	}
	if err := s.compare(ctx, &v); err != nil {
		return err
	}
	return web.Render(w, r, comparisonPage(v))
}

// compare puts the statements of the same words side by side. Sectors are told
// where both debates told them alike.
func (s *Service) compare(ctx context.Context, v *comparisonView) error {
	before, err := s.Result(ctx, v.Before.ID)
	if err != nil {
		return err
	}
	after, err := s.Result(ctx, v.After.ID)
	if err != nil || before.Map == nil || after.Map == nil {
		return err
	}
	v.joined = after.Joined
	if before.Joined == after.Joined {
		v.Sectors = after.Joined.sectors()
	}
	then := map[string]int{}
	for i, st := range before.Statements {
		if st.State == Shown && i < len(before.Map.All) {
			then[st.Text] = i
		}
	}
	for i, st := range after.Statements {
		at, asked := then[st.Text]
		if !asked || st.State != Shown || i >= len(after.Map.All) {
			continue
		}
		c := change{Text: st.Text, Before: before.Map.All[at], After: after.Map.All[i]}
		for _, sector := range v.Sectors {
			a, b := before.Compared.Statements[at].Views[sectorAt(sector)], after.Compared.Statements[i].Views[sectorAt(sector)]
			c.Sectors = append(c.Sectors, sectorChange{a.Tally, b.Tally, a.Hidden || b.Hidden})
		}
		v.Rows = append(v.Rows, c)
	}
	return nil
}

// says puts a change into words: shares, their difference with its interval, and
// whether there are too few to say.
func says(ctx context.Context, before, after opinion.Tally) string {
	if before.Votes() < enoughToTell || after.Votes() < enoughToTell {
		return lang.T(ctx, "debate.few")
	}
	low, high := opinion.DifferenceInterval(after.Agree, after.Votes(), before.Agree, before.Votes())
	words := []any{"Before", percent(share(before)), "After", percent(share(after)), "Points", points(share(after) - share(before)), "Low", points(low), "High", points(high)}
	switch {
	case low > 0:
		return lang.T(ctx, "debate.compare.more", words...)
	case high < 0:
		words = append(words, "Fewer", points(share(before)-share(after)), "From", points(-high), "To", points(-low))
		return lang.T(ctx, "debate.compare.less", words...)
	}
	return lang.T(ctx, "debate.compare.unsure", words...)
}

func (v comparisonView) table(ctx context.Context) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "debate.compare.title"), CaptionHidden: true, Columns: []ui.Column{{Title: lang.T(ctx, "debate.table.statement")},
		{Title: lang.T(ctx, "debate.table.shares")}}}
	for _, sector := range v.Sectors {
		t.Columns = append(t.Columns, ui.Column{Title: v.joined.name(ctx, sector)})
	}
	for _, c := range v.Rows {
		row := ui.TableRow{ui.Text(c.Text), ui.Text(says(ctx, c.Before, c.After))}
		for _, sector := range c.Sectors {
			if sector.Hidden {
				row = append(row, ui.Text(lang.T(ctx, "debate.few")))
			} else {
				row = append(row, ui.Text(says(ctx, sector.Before, sector.After)))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// named is a debate with the day on which it ended.
func (d Debate) named(ctx context.Context) string {
	return d.Question + " (" + lang.Date(ctx, d.ClosesAt.Time) + ")"
}

// choices are the debates to compare with, where there are several.
func (v comparisonView) choices(ctx context.Context) []ui.Link {
	if len(v.Others) < 2 {
		return nil
	}
	var links []ui.Link
	for _, o := range v.Others {
		links = append(links, ui.Link{Href: v.Here.Path() + "/porownanie?z=" + o.Slug, Text: o.named(ctx), Current: o.ID == v.Before.ID || o.ID == v.After.ID})
	}
	return links
}
