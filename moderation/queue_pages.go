package moderation

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// pageSize is how many cases a page of the queue has.
const pageSize = 30

// Shelves are the parts of the queue, as addresses name them.
const (
	shelfOpen    = "czekaja"
	shelfAppeals = "odwolania"
	shelfHidden  = "ukryte"
	shelfClosed  = "zamkniete"
)

var shelves = []string{shelfOpen, shelfAppeals, shelfHidden, shelfClosed}

// shelfConditions say which cases lie where; each in the order in which it is
// worked off.
var shelfConditions = map[string]string{
	shelfOpen:    `c.state = 'open'`,
	shelfAppeals: `c.state = 'hidden' AND EXISTS (SELECT 1 FROM moderation_appeal a WHERE a.matter = c.id AND a.state = 'waiting')`,
	shelfHidden:  `c.state = 'hidden'`,
	shelfClosed:  `c.state IN ('left', 'restored')`,
}

// row is one case of the queue with what it is about.
type row struct {
	Case
	Reports int
	Why     string // the reason that was given most, "" where nobody reported it
	About   Thing  // zero where it is gone
	Of      Kind
}

type queueView struct {
	Place   Place
	Shelf   string
	Counts  map[string]int
	Rows    []row
	Page    int
	Form    *form.Form
	Governs bool
}

func (s *Service) showQueue(w http.ResponseWriter, r *http.Request) error {
	v, err := s.queueView(r, form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, queuePage(v))
}

func (s *Service) queueView(r *http.Request, f *form.Form) (queueView, error) {
	ctx, q := r.Context(), web.Query(r)
	in, err := s.place(r)
	if err != nil {
		return queueView{}, err
	}
	v := queueView{Place: in, Shelf: q.Optional("stan", shelves...), Page: q.Page("strona"), Form: f, Governs: mayGovern(ctx, in)}
	if v.Shelf == "" {
		v.Shelf = shelfOpen
	}
	if v.Counts, err = countShelves(ctx, s.db, in.ID); err != nil {
		return v, err
	}
	v.Rows, err = s.shelf(ctx, s.db, in.ID, v.Shelf, v.Page)
	return v, err
}

func countShelves(ctx context.Context, r store.Reader, programme store.ID) (map[string]int, error) {
	var parts []string
	for _, shelf := range shelves {
		parts = append(parts, `SELECT '`+shelf+`' AS shelf, count(*) AS n FROM moderation_case c WHERE c.programme = $1 AND `+shelfConditions[shelf])
	}
	rows, err := store.All[struct {
		Shelf string
		N     int
	}](ctx, r, strings.Join(parts, " UNION ALL "), programme)
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.Shelf] = row.N
	}
	return counts, err
}

// shelf lists cases with their things: what waits is listed from the oldest on,
// what is done from the latest.
func (s *Service) shelf(ctx context.Context, r store.Reader, programme store.ID, shelf string, page int) ([]row, error) {
	order := `c.opened_at, c.id`
	if shelf == shelfHidden || shelf == shelfClosed {
		order = `c.decided_at DESC, c.id`
	}
	rows, err := store.All[row](ctx, r, `SELECT `+prefixed("c", caseColumns)+`,
			(SELECT count(*) FROM moderation_report m WHERE m.matter = c.id) AS reports,
			COALESCE((SELECT m.reason FROM moderation_report m WHERE m.matter = c.id GROUP BY m.reason ORDER BY count(*) DESC, m.reason LIMIT 1), '') AS why
		FROM moderation_case c WHERE c.programme = $1 AND `+shelfConditions[shelf]+
		fmt.Sprintf(` ORDER BY %s LIMIT %d OFFSET %d`, order, pageSize, pageSize*(page-1)), programme)
	if err != nil {
		return nil, fmt.Errorf("moderation: queue: %w", err)
	}
	return rows, s.attach(ctx, r, rows)
}

func prefixed(table, columns string) string {
	names := strings.Split(columns, ",")
	for i, name := range names {
		names[i] = table + "." + strings.TrimSpace(name)
	}
	return strings.Join(names, ", ")
}

// attach reads the things of cases, in one query for each kind.
func (s *Service) attach(ctx context.Context, r store.Reader, rows []row) error {
	for _, k := range s.kinds {
		var ids []store.ID
		for _, row := range rows {
			if row.Kind == k.Name {
				ids = append(ids, row.Thing)
			}
		}
		if len(ids) == 0 {
			continue
		}
		found, err := k.Find(ctx, r, ids)
		if err != nil {
			return fmt.Errorf("moderation: things: %w", err)
		}
		for i := range rows {
			for _, t := range found {
				if rows[i].Kind == k.Name && rows[i].Thing == t.ID {
					rows[i].About, rows[i].Of = t, k
				}
			}
		}
	}
	return nil
}

// title is what a case is about; a thing that is gone has none.
func (r row) title(ctx context.Context) string {
	if r.About.Title == "" {
		return lang.T(ctx, "moderation.thing.gone")
	}
	return r.About.Title
}

// cause says why there is a case, in a few words.
func (r row) cause(ctx context.Context) string {
	switch {
	case r.Cause == Caught:
		return lang.T(ctx, "moderation.cause.words", "Terms", strings.Join(termWords(ctx, r.terms()), ", "))
	case r.Reports > 0:
		return lang.N(ctx, "moderation.cause.reports", r.Reports, "Reason", lang.T(ctx, "moderation.reason."+r.Why))
	case r.Cause == First:
		return lang.T(ctx, "moderation.cause.first")
	}
	return lang.T(ctx, "moderation.cause.staff")
}

func termWords(ctx context.Context, terms []string) []string {
	words := make([]string, len(terms))
	for i, term := range terms {
		if words[i] = "„" + term + "”"; term == anyLink {
			words[i] = lang.T(ctx, "moderation.words.any_link")
		}
	}
	return words
}

// leaveMany settles several reported cases at once: there was nothing wrong with
// any of them. Hiding is done one by one, because each author gets a reason.
func (s *Service) leaveMany(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.queueView(r, f)
	if err != nil {
		return err
	}
	reason := f.Text("reason", longestReason)
	chosen := f.All("case")
	f.Check(len(chosen) > 0, "case", "moderation.many.none")
	f.Check(len(chosen) <= pageSize, "case", "moderation.many.none")
	if f.Any() {
		return web.RenderInvalid(w, r, queuePage(v))
	}
	late := 0
	for _, one := range chosen {
		id, version, err := parseChosen(one)
		if err != nil {
			return err
		}
		if err := s.Leave(ctx, id, version, reason); fault.Is(err, fault.KindConflict) || fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindInvalid) {
			late++
		} else if err != nil {
			return err
		}
	}
	if late > 0 {
		return web.SeeOther(w, r, queuePath(v.Place), "moderation.many.some")
	}
	return web.SeeOther(w, r, queuePath(v.Place), "moderation.many.done")
}

// chosen is what the box of a case carries: which one, as it was shown.
func (c Case) chosen() string { return string(c.ID) + " " + strconv.Itoa(c.Version) }

func parseChosen(s string) (store.ID, int, error) {
	text, number, _ := strings.Cut(s, " ")
	id, err := store.ParseID(text)
	if err != nil {
		return "", 0, fault.NotFound("case")
	}
	version, err := strconv.Atoi(number)
	if err != nil {
		return "", 0, fault.NotFound("version of a case")
	}
	return id, version, nil
}

// shelfLinks lead between the parts of the queue.
func (v queueView) shelfLinks(ctx context.Context) []ui.Link {
	links := make([]ui.Link, len(shelves))
	for i, shelf := range shelves {
		links[i] = ui.Link{Href: queuePath(v.Place) + "?stan=" + shelf, Current: shelf == v.Shelf,
			Text: lang.T(ctx, "moderation.shelf."+shelf, "Count", v.Counts[shelf])}
	}
	return links
}

func (v queueView) actions() []ui.Link {
	if !v.Governs {
		return nil
	}
	return []ui.Link{{Href: wordsPath(v.Place), Key: "moderation.words.title"}, {Href: blocksPath(v.Place), Key: "moderation.blocks.title"}}
}
