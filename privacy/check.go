package privacy

import (
	"fmt"
	"regexp"
	"slices"
)

// Table is what the database says of one table.
type Table struct {
	Name    string
	Columns []TableColumn
}

// TableColumn is one column. Refers is the table that a foreign key leads to,
// "" for none.
type TableColumn struct {
	Name     string
	Type     string // TEXT, BIGINT, INTEGER or BOOLEAN
	Nullable bool
	Refers   string
}

// Check compares the rules with the tables that the database really has and
// says, for each difference, what to write. It is what makes a new table or
// column without a rule fail the tests.
func Check(rules []Rule, tables []Table) (faults []string) {
	byTable := map[string]Rule{}
	for _, r := range rules {
		if _, twice := byTable[r.Table]; twice {
			faults = append(faults, r.Table+" has two rules")
		}
		byTable[r.Table] = r
	}
	for _, t := range tables {
		r, ruled := byTable[t.Name]
		if !ruled {
			faults = append(faults, fmt.Sprintf("%s has no privacy rule: declare a privacy.Rule for it (or privacy.NoPeople) in its room", t.Name))
			continue
		}
		faults = append(faults, r.check(t)...)
		delete(byTable, t.Name)
	}
	for name := range byTable {
		faults = append(faults, "there is no table "+name+" for the rule of this name")
	}
	slices.Sort(faults)
	return faults
}

// person is the table of people.
const person = "person"

// suspicious are names of columns that promise a person; they may not be Plain.
var suspicious = regexp.MustCompile(`^(person|recipient|e?mail|name|phone|contact|.*_by|actor|author|subject|signatories)$`)

func (r Rule) check(t Table) (faults []string) {
	blame := func(format string, args ...any) {
		faults = append(faults, t.Name+": "+fmt.Sprintf(format, args...))
	}
	known := r.known()
	for _, c := range t.Columns {
		switch n := known[c.Name]; {
		case n > 1:
			blame("%s is named %d times in the rule", c.Name, n)
		case n == 0 && c.Refers == person:
			blame("%s refers to a person: add it to Links", c.Name)
		case n == 0 && c.Type == "TEXT":
			blame("%s is a text that the rule does not know: add it to Links, Columns, Mentions, Contacts or Plain", c.Name)
		}
		if slices.Contains(r.Plain, c.Name) && (c.Refers == person || suspicious.MatchString(c.Name)) && !slices.Contains(plainNames, t.Name+"."+c.Name) {
			blame("%s sounds like a person and is called Plain", c.Name)
		}
		if told, ok := r.column(c.Name); ok && r.Erased == Empty && told.Fate != Stay && told.Becomes == "" && c.Type != "TEXT" {
			blame("%s is no text: say what it becomes when the row is emptied", c.Name)
		}
		delete(known, c.Name)
	}
	for name := range known {
		blame("there is no column %s", name)
	}
	faults = append(faults, r.consistent(t.Name)...)
	return faults
}

// plainNames are columns named as if they told of people, which do not.
var plainNames = []string{"organisation.name", "news_tag.name", "programme_indicator.name"}

// known counts how often the rule names each column.
func (r Rule) known() map[string]int {
	n := map[string]int{}
	for _, l := range r.Links {
		n[l.Column]++
	}
	for _, c := range r.Columns {
		if !r.links(c.Name) { // a link may be told as well
			n[c.Name]++
		}
	}
	for _, name := range slices.Concat(r.Mentions, r.Contacts, r.Plain) {
		n[name]++
	}
	return n
}

func (r Rule) column(name string) (Column, bool) {
	i := slices.IndexFunc(r.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return r.Columns[i], true
}

func (r Rule) links(column string) bool {
	return slices.ContainsFunc(r.Links, func(l Link) bool { return l.Column == column })
}

// consistent says what in a rule contradicts itself.
func (r Rule) consistent(name string) (faults []string) {
	blame := func(why string) { faults = append(faults, name+": "+why) }
	if r.AboutPeople() && (r.Records == "" || r.Basis == "") {
		blame("a rule about people names its Records and its Basis")
	}
	if r.Why == "" && r.aboutSomebody() && r.Erased != Delete {
		blame("what stays after an erasure needs a Why")
	}
	if r.Kept.Years < 0 || r.Kept.Days < 0 || (r.Kept.After != "") != (r.Kept.Years+r.Kept.Days > 0 && !r.Kept.ByRoom) {
		blame("Kept needs a length and the column from which it runs")
	}
	for _, c := range r.Columns {
		if c.Label == "" && (c.Read != "" || c.Words != "" || c.Kind != Text) {
			blame(c.Name + " is read or worded, but has no label under which it is told")
		}
	}
	return faults
}

// aboutSomebody reports whether rows are about a person, not only made by one.
func (r Rule) aboutSomebody() bool {
	return slices.ContainsFunc(r.Links, func(l Link) bool { return l.Kind != Doer })
}
