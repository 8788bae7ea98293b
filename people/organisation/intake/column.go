package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/sheet"
)

// titles are the names by which a column is known, folded, in both languages:
// what our own download writes, and what people write.
var titles = []struct {
	field string
	names []string
}{
	{"name", []string{"nazwa", "nazwa organizacji", "organizacja", "podmiot", "name", "organisation", "organization"}},
	{"short_name", []string{"nazwa skrocona", "skrot", "short name", "short"}},
	{"kind", []string{"rodzaj", "forma prawna", "typ", "kind", "legal form", "type"}},
	{"municipality", []string{"siedziba", "gmina", "miejscowosc", "gmina lub powiat", "terc", "seat", "municipality"}},
	{"register", []string{"rejestr", "register"}},
	{"register_number", []string{"numer w rejestrze", "nr w rejestrze", "krs", "numer krs", "nr krs", "register number", "number in the register"}},
	{"nip", []string{"nip", "tax number"}},
	{"regon", []string{"regon", "statistical number"}},
	{"address", []string{"adres", "ulica", "address"}},
	{"website", []string{"strona internetowa", "strona", "www", "website"}},
	{"email", []string{"adres e-mail", "e-mail", "email", "mail", "e-mail address"}},
	{"phone", []string{"telefon", "tel", "tel.", "nr telefonu", "phone"}},
	{"contact", []string{"osoba do kontaktu", "kontakt", "osoba kontaktowa", "contact", "contact person"}},
	{"description", []string{"opis", "dzialalnosc", "description"}},
	{"invite", []string{"przedstawiciel (e-mail)", "e-mail przedstawiciela", "zapros", "representative (e-mail)", "invite"}},
}

// Words are the names of things, in every language that the platform speaks.
type Words struct {
	kinds     map[string]organisation.Kind
	registers map[string]register.Kind
	places    map[string][]territory.Unit
}

// NewWords gathers what a cell may say, by words and by codes.
func NewWords(ctx context.Context) Words {
	w := Words{map[string]organisation.Kind{}, map[string]register.Kind{}, map[string][]territory.Unit{}}
	for _, language := range lang.Languages {
		w.addNames(lang.In(ctx, language))
	}
	for _, unit := range territory.All() {
		w.places[fold(unit.Name)] = append(w.places[fold(unit.Name)], unit)
		w.places[unit.TERC] = []territory.Unit{unit}
	}
	return w
}

// addNames adds what kinds and registers are called in one language.
func (w Words) addNames(ctx context.Context) {
	for _, kind := range organisation.Kinds() {
		w.kinds[fold(string(kind))], w.kinds[fold(kind.Name(ctx))] = kind, kind
		registers, _ := kind.Registers()
		for _, r := range registers {
			w.registers[fold(string(r))], w.registers[fold(lang.T(ctx, "organisation.register."+string(r)))] = r, r
		}
	}
}

func fold(s string) string { return strings.Join(strings.Fields(lang.Fold(s)), " ") }

// columns finds the field of each column; a column that nobody knows is left
// alone. Name, kind and seat have to be there.
func (w Words) columns(head []string) (map[string]int, error) {
	found := map[string]int{}
	for i, title := range head {
		for _, t := range titles {
			if _, taken := found[t.field]; !taken && slices.Contains(t.names, fold(title)) {
				found[t.field] = i
			}
		}
	}
	for _, needed := range []string{"name", "kind", "municipality"} {
		if _, there := found[needed]; !there {
			return nil, fault.Mistake("file", "intake.column_missing."+needed)
		}
	}
	return found, nil
}

// read makes a profile of a line and gathers everything that is wrong with it.
func (w Words) read(columns map[string]int, line sheet.Row) Row {
	cell := func(field string) string {
		if i, there := columns[field]; there && i < len(line.Cells) {
			return line.Cells[i]
		}
		return ""
	}
	row := Row{Number: line.Number, Invite: cell("invite")}
	if line.Formula >= 0 {
		row.Profile.Name = cell("name")
		row.Mistakes = []Mistake{{Key: "intake.formula", Args: []any{"Column", line.Formula + 1}}}
		return row
	}
	p := organisation.Profile{Name: cell("name"), ShortName: cell("short_name"), RegisterNumber: cell("register_number"), NIP: cell("nip"),
		REGON: cell("regon"), Address: cell("address"), Website: cell("website"), Email: cell("email"), Phone: cell("phone"),
		Contact: cell("contact"), Description: cell("description")}
	add := func(field, key string, args ...any) { row.Mistakes = append(row.Mistakes, Mistake{field, key, args}) }
	kind, known := w.kinds[fold(cell("kind"))]
	if p.Kind = kind; !known {
		add("kind", "intake.unknown_kind", "Word", cell("kind"))
	}
	if said := cell("register"); said != "" {
		if p.Register, known = w.registers[fold(said)]; !known {
			add("register", "intake.unknown_register", "Word", said)
		}
	}
	if key := w.seat(&p, cell("municipality")); key != "" {
		add("municipality", key, "Word", cell("municipality"))
	}
	if row.Invite != "" {
		if _, err := people.ParseEmail(row.Invite); err != nil {
			add("invite", "intake.bad_invite", "Word", row.Invite)
		}
	}
	checked, err := p.Check()
	if row.Profile = checked; err != nil {
		row.Profile = p
		row.Mistakes = merge(row.Mistakes, err)
	}
	return row
}

// merge puts the mistakes of the profile beside those of reading it; a field is
// named once.
func merge(found []Mistake, err error) []Mistake {
	seen := map[string]bool{}
	for _, m := range found {
		seen[m.Column] = true
	}
	for _, field := range fault.Of(err).Fields {
		if !seen[field.Name] {
			found, seen[field.Name] = append(found, Mistake{field.Name, field.Key, field.Args}), true
		}
	}
	return found
}

// seat finds the place by name or code; where a gmina and a powiat bear one
// name, the kind decides. It returns the key of what is wrong.
func (w Words) seat(p *organisation.Profile, said string) string {
	switch fold(said) {
	case "":
		return "form.required"
	case "poza subregionem", "outside the subregion":
		return ""
	}
	units := w.places[fold(said)]
	if len(units) == 0 {
		return "intake.unknown_place"
	}
	for _, unit := range units {
		q := *p
		q.Municipality = unit.TERC
		if q.SitsWell() {
			p.Municipality = unit.TERC
			return ""
		}
	}
	p.Municipality = units[0].TERC // Check says what is wrong with it
	return ""
}
