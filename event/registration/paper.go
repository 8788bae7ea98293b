package registration

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// mostPasted is how many people one list on paper may hold.
const mostPasted = 10_000

// longestName is what a card can hold.
const longestName = 100

// Row is one line of a list on paper, as staff typed or pasted it: name, e-mail,
// organisation, parted by semicolons or tabs.
type Row struct {
	Line         int // from 1
	Name         string
	Email        string
	Organisation string
}

// RowMistake is what is wrong with one line.
type RowMistake struct {
	Row
	Key  string
	Args []any
}

// ReadRows reads a pasted list. Empty lines are passed over.
func ReadRows(text string) []Row {
	var rows []Row
	line := 0
	for text != "" {
		var one string
		one, text, _ = strings.Cut(text, "\n")
		line++
		if strings.TrimSpace(one) == "" {
			continue
		}
		parts := strings.FieldsFunc(strings.TrimRight(one, "\r"), func(r rune) bool { return r == ';' || r == '\t' })
		if strings.ContainsAny(one, ";\t") { // an empty e-mail keeps its place
			parts = strings.Split(strings.ReplaceAll(strings.TrimRight(one, "\r"), "\t", ";"), ";")
		}
		row := Row{Line: line}
		for i, part := range parts {
			part = strings.Join(strings.Fields(part), " ")
			switch i {
			case 0:
				row.Name = part
			case 1:
				row.Email = part
			case 2:
				row.Organisation = part
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// List is a list on paper with the class of those whose organisation the
// platform does not know.
type List struct {
	Rows      []Row
	Sector    organisation.Sector
	TERC      string
	SameNames bool     // people of the same name are different people
	Batch     store.ID // from the form: sent twice, it is one list
}

// EnterPaper puts a list on paper at the end of the queue, in the order of its
// lines and by the same rule as anybody else. Staff may do so after the close,
// for who came with paper in time, and until the event is over, for who stands at
// the door. A mistake in one line enters nobody; all mistakes are returned.
func (s *Service) EnterPaper(ctx context.Context, e event.Event, l List) ([]RowMistake, error) {
	if len(l.Rows) == 0 {
		return nil, fault.Mistake("rows", "form.required")
	}
	if len(l.Rows) > mostPasted {
		return nil, fault.Mistake("rows", "event.registration.paper.too_many", "Most", mostPasted, "Rows", len(l.Rows))
	}
	var mistakes []RowMistake
	err := s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		if before, err := ofBatch(ctx, tx, h.Event.ID, l.Batch); err != nil || len(before) > 0 {
			return err
		}
		if err := h.takesPaper(ctx); err != nil {
			return err
		}
		var all []Registration
		var err error
		if all, mistakes, err = h.read(ctx, tx, l); err != nil || len(mistakes) > 0 {
			return err
		}
		return s.addAll(ctx, tx, h, all)
	})
	return mistakes, err
}

func (h *hall) takesPaper(ctx context.Context) error {
	switch {
	case h.Event.State() == event.Cancelled:
		return fault.Closed("event.registration.refused.cancelled")
	case h.Event.State() == event.Draft:
		return fault.Closed("event.registration.refused.draft")
	case !h.Set():
		return fault.Closed("event.registration.refused.unset")
	case h.Over(h.now):
		return fault.Closed("event.registration.refused.over", "When", moment(ctx, h.EndsAt.Time))
	}
	return nil
}

// read turns the lines into registrations, or says what is wrong with them.
func (h *hall) read(ctx context.Context, tx *store.Tx, l List) (all []Registration, mistakes []RowMistake, err error) {
	known, err := knownOrganisations(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	names, err := h.names(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	var typed []string
	for _, row := range l.Rows {
		typed = append(typed, row.Email)
	}
	emails, err := addressesOf(ctx, tx, h.Event.ID, typed)
	if err != nil {
		return nil, nil, err
	}
	for _, row := range l.Rows {
		g := Registration{Name: row.Name, OrganisationName: row.Organisation, Sector: l.Sector, TERC: l.TERC, Channel: Paper, Batch: l.Batch}
		if o, found := known[lang.SortKey(row.Organisation)]; found && row.Organisation != "" {
			g.Organisation, g.OrganisationName, g.Sector, g.TERC = o.ID, "", o.Sector, o.Municipality
		}
		wrong := h.wrongRow(ctx, row, g, names, l.SameNames)
		if wrong == nil {
			wrong = emails.reach(&g, row.Email)
		}
		if f := fault.Of(wrong); f != nil {
			mistakes = append(mistakes, RowMistake{Row: row, Key: f.Fields[0].Key, Args: f.Fields[0].Args})
		}
		names[lang.SortKey(row.Name)] = true
		all = append(all, g)
	}
	return all, mistakes, nil
}

func (h *hall) wrongRow(ctx context.Context, row Row, g Registration, names map[string]bool, sameNames bool) error {
	var m fault.Mistakes
	m.Check(row.Name != "", "rows", "event.registration.row.no_name")
	m.Check(utf8.RuneCountInString(row.Name) <= longestName, "rows", "form.too_long", "Max", longestName)
	m.Check(utf8.RuneCountInString(row.Organisation) <= 2*longestName, "rows", "form.too_long", "Max", 2*longestName)
	m.Check(sameNames || !names[lang.SortKey(row.Name)], "rows", "event.registration.row.same_name")
	m.Check(!h.limits.Shut(g.Class()), "rows", "event.registration.refused.class", "Class", className(ctx, g.Class()))
	return m.Err()
}

// names are those of everybody who still means to come.
func (h *hall) names(ctx context.Context, r store.Reader) (map[string]bool, error) {
	all, err := store.All[string](ctx, r, `SELECT name FROM event_registration
		WHERE event = $1 AND state IN ('confirmed', 'offered', 'waiting')`, h.Event.ID)
	names := map[string]bool{}
	for _, name := range all {
		names[lang.SortKey(name)] = true
	}
	return names, err
}

func knownOrganisations(ctx context.Context, r store.Reader) (map[string]organisation.Organisation, error) {
	all, err := organisation.Choices(ctx, r)
	known := map[string]organisation.Organisation{}
	for _, o := range all {
		known[lang.SortKey(o.Name)] = o
		if _, taken := known[lang.SortKey(o.ShortName)]; o.ShortName != "" && !taken {
			known[lang.SortKey(o.ShortName)] = o
		}
	}
	return known, err
}

// addAll numbers and writes a checked list.
func (s *Service) addAll(ctx context.Context, tx *store.Tx, h *hall, all []Registration) error {
	last, err := lastNumber(ctx, tx, h.Event.ID)
	if err != nil {
		return err
	}
	for i := range all {
		h.arrive(ctx, &all[i], last+1+i)
	}
	if err := insertAll(ctx, tx, all); err != nil {
		return err
	}
	for _, g := range all {
		if err := s.tell(ctx, tx, h, "", g); err != nil {
			return err
		}
	}
	if err := s.oweState(ctx, tx, h.Event, last); err != nil {
		return err
	}
	return s.noteMany(ctx, tx, didEnter, h.Event, len(all))
}

// knownGmina reports whether a form may name this gmina; "" is elsewhere.
func knownGmina(terc string) bool {
	_, known := territory.ByTERC(terc)
	return terc == "" || known
}
