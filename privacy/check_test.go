package privacy_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/privacy"
)

func TestCheckNamesWhatARuleForgets(t *testing.T) {
	table := privacy.Table{Name: "event_seat", Columns: []privacy.TableColumn{
		{Name: "id", Type: "TEXT"}, {Name: "person", Type: "TEXT", Refers: "person"}, {Name: "diet", Type: "TEXT"},
		{Name: "email", Type: "TEXT"}, {Name: "at", Type: "BIGINT"},
	}}
	whole := privacy.Rule{
		Table: "event_seat", Records: "event.privacy.seats", Basis: privacy.PublicTask,
		Links:   []privacy.Link{privacy.About("person"), privacy.AboutAddress("email")},
		Columns: []privacy.Column{privacy.Told("diet", "event.diet"), privacy.When("at", "privacy.column.at")},
		Plain:   []string{"id"},
	}
	for _, test := range []struct {
		name   string
		change func(r *privacy.Rule)
		want   string // "" for no fault
	}{
		{"a whole rule", func(*privacy.Rule) {}, ""},
		{"no rule", func(r *privacy.Rule) { r.Table = "another" }, "event_seat has no privacy rule"},
		{"a rule without its table", func(r *privacy.Rule) { r.Table = "another" }, "there is no table another"},
		{"a person nobody links", func(r *privacy.Rule) { r.Links = r.Links[1:] }, "person refers to a person"},
		{"a text nobody knows", func(r *privacy.Rule) { r.Columns = r.Columns[1:] }, "diet is a text that the rule does not know"},
		{"a person called plain", func(r *privacy.Rule) { r.Links, r.Plain = r.Links[1:], []string{"id", "person"} }, "person sounds like a person"},
		{"an address called plain", func(r *privacy.Rule) { r.Links, r.Plain = r.Links[:1], []string{"id", "email"} }, "email sounds like a person"},
		{"a column that is gone", func(r *privacy.Rule) { r.Plain = []string{"id", "gone"} }, "there is no column gone"},
		{"a column named twice", func(r *privacy.Rule) { r.Plain = []string{"id", "diet"} }, "diet is named 2 times"},
		{"no basis", func(r *privacy.Rule) { r.Basis = "" }, "names its Records and its Basis"},
		{"something stays and nobody says why", func(r *privacy.Rule) { r.Erased = privacy.Empty }, "needs a Why"},
		{"a time that runs from nowhere", func(r *privacy.Rule) { r.Kept = privacy.Years(5, "") }, "Kept needs a length"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := whole
			test.change(&r)
			got := strings.Join(privacy.Check([]privacy.Rule{r}, []privacy.Table{table}), "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTwoRulesForOneTableAreAMistake(t *testing.T) {
	r := privacy.NoPeople("place")
	if got := privacy.Check([]privacy.Rule{r, r}, []privacy.Table{{Name: "place"}}); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}
