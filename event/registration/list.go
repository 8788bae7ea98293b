package registration

import (
	"context"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// pageSize is how many people one page of a list shows.
const pageSize = 50

// filter is what a list of registrations is narrowed to.
type filter struct {
	State  State
	Sector ui.Sector
	Gmina  string // a TERC code, or elsewhere
	Text   string
}

func readFilter(q *form.Form) filter {
	f := filter{Gmina: q.Get("gmina"), Text: strings.TrimSpace(q.Get("szukaj"))}
	for _, s := range States {
		if string(s) == q.Get("stan") {
			f.State = s
		}
	}
	for _, s := range ui.Sectors {
		if string(s) == q.Get("sektor") {
			f.Sector = s
		}
	}
	return f
}

func (f filter) any() bool { return f != filter{} }

// Row is a registration with the address by which its person is reached.
type row struct {
	Registration
	Reach string
}

// where is the condition of the filter; a name is compared afterwards.
func (f filter) where(event store.ID) (string, []any) {
	conditions, args := []string{"g.event = $1"}, []any{event}
	add := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if f.State != "" {
		add("g.state = $%d", f.State)
	}
	if f.Sector != "" {
		add("g.sector = $%d", f.Sector)
	}
	switch f.Gmina {
	case "":
	case elsewhere:
		add("g.terc = $%d", "")
	default:
		add("g.terc = $%d", f.Gmina)
	}
	return strings.Join(conditions, " AND "), args
}

// listed returns one page of those whom the filter lets through, and how many
// there are. Names are compared as people write them, so that "sasiad" finds
// Sąsiad; an event has few enough people for that.
func listed(ctx context.Context, r store.Reader, event store.ID, f filter, limit, offset int) ([]row, int, error) {
	where, args := f.where(event)
	query := `SELECT ` + Columns + `, CASE WHEN g.person IS NULL THEN g.email ELSE p.email END AS reach` + Tables + `
		LEFT JOIN person p ON p.id = g.person WHERE ` + where + ` ORDER BY g.number`
	if f.Text != "" {
		all, err := store.All[row](ctx, r, query, args...)
		found := matching(all, f.Text)
		return found[min(offset, len(found)):min(offset+limit, len(found))], len(found), err
	}
	total, err := store.One[int](ctx, r, `SELECT count(*) FROM event_registration g WHERE `+where, args...)
	if err != nil {
		return nil, 0, err
	}
	page, err := store.All[row](ctx, r, fmt.Sprintf("%s LIMIT %d OFFSET %d", query, limit, offset), args...)
	return page, total, err
}

func matching(all []row, text string) []row {
	var found []row
	text = lang.Fold(text)
	for _, g := range all {
		if strings.Contains(lang.Fold(g.Name+" "+g.OrganisationName+" "+g.Reach), text) {
			found = append(found, g)
		}
	}
	return found
}

// need is one answer that is kept apart.
type need struct {
	Registration store.ID
	Person       store.ID
	Name         string
	Kind         QuestionKind
	Label        string
	Answer       string
}

// needsFor lists diet and access needs of those who have a seat or an offer.
func needsFor(ctx context.Context, r store.Reader, event store.ID) ([]need, error) {
	return store.All[need](ctx, r, `SELECT g.id AS registration, g.person, g.name, q.kind, q.label, n.answer
		FROM event_need n JOIN event_registration g ON g.id = n.registration JOIN event_question q ON q.id = n.question
		WHERE n.event = $1 AND g.state IN ('confirmed', 'offered') ORDER BY q.position, q.id, g.number`, event)
}
