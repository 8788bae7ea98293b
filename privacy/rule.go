package privacy

import "context"

// Rule says what the rows of one table have to do with people. Every table of
// the database has one; a table without a rule, or with a column of text that
// its rule does not know, fails a test.
type Rule struct {
	Table   string
	Records string // key of the words for what a row is: "Członkostwa w programach"; "" where Links is empty

	Basis  Basis
	Kept   Kept
	Erased Fate   // of the rows that are about the person; Delete where nothing is said
	Why    string // key: why something stays after an erasure; needed unless Erased is Delete

	Links   []Link
	Columns []Column

	// Mentions are texts of a place or an organisation in which people may be
	// named whom no link finds: a description, an article. They belong to whoever
	// publishes them. At an erasure those that name the person are counted, and
	// the person is told where to ask.
	Mentions []string

	// Contacts are such texts that hold one contact: a name, an address. One that
	// is the person's own is emptied at an erasure.
	Contacts []string

	// Plain are columns of text that tell nothing about anybody: ids, marks,
	// titles of things.
	Plain []string
}

// NoPeople is the rule of tables that tell nothing about people. plain names
// their columns of text, "table.column", so that a new column is thought about.
func NoPeople(table string, plain ...string) Rule { return Rule{Table: table, Plain: plain} }

// AboutPeople reports whether rows of the table may lead to a person.
func (r Rule) AboutPeople() bool {
	return len(r.Links) > 0 || len(r.Columns) > 0 || len(r.Mentions) > 0
}

// Fate is what becomes of a row or of a text in it when its person is erased,
// or when its time is over.
type Fate int

const (
	// Delete removes the row.
	Delete Fate = iota
	// Empty takes out what tells of the person. The row stays, so that totals
	// stay as they were; its link leads to an account that nobody is behind.
	Empty
	// Stay leaves everything as it is, on a duty that Why names.
	Stay
)

// Link is a column that leads to a person.
type Link struct {
	Column string
	Kind   LinkKind
	Did    string // of a Doer: key of the words for what they did: "rozpatrzenie prośby"
	At     string // of a Doer: the column that tells when, "" for none
}

// LinkKind tells how a column leads to a person.
type LinkKind int

const (
	// Subject: the column holds the id of the person whom the row is about.
	Subject LinkKind = iota
	// Address: the column holds the e-mail address of the person whom the row
	// is about, who may have no account yet.
	Address
	// Doer: the column holds the id of whoever did something in a row that is
	// about somebody or something else. They are told of the act and not of the
	// row, which may hold words about others; the act stays after an erasure,
	// done by an account that nobody is behind.
	Doer
)

// About links a row to the person whom it is about, by id.
func About(column string) Link { return Link{Column: column, Kind: Subject} }

// AboutAddress links a row to the person whom it is about, by their address.
func AboutAddress(column string) Link { return Link{Column: column, Kind: Address} }

// DoneBy links a row to somebody who did something in it. did is a key; at the
// column of the time, "" for none.
func DoneBy(column, did, at string) Link {
	return Link{Column: column, Kind: Doer, Did: did, At: at}
}

// Column is what a row tells about the person whom it is about.
type Column struct {
	Name  string
	Label string // key of the words beside it in an export
	Kind  ColumnKind
	Fate  Fate // Delete and Empty both empty it; Stay keeps it in a row that stays

	// Read is SQL for the readable value, where the column holds an id; the
	// table is called t in it. "" stands for the column itself.
	Read string
	// Becomes is SQL for the value after an erasure, "" for an empty text. The
	// table goes by its own name.
	Becomes string
	// Words is the beginning of the keys that say a mark in words:
	// "access.role." for "access.role.manager".
	Words string
	// Say puts a value into the reader's words where they are more than one key:
	// the name of a gmina for its code. What it has no words for it returns as "".
	Say Say
}

// Say puts a value into the words of whoever reads in the context.
type Say func(ctx context.Context, v Value) string

// ColumnKind tells how a value is shown, or that it is not.
type ColumnKind int

const (
	Text   ColumnKind = iota
	Moment            // store.Time
	YesNo             // BOOLEAN
	// Secret: a proof of who somebody is. That there is one is told, it is not.
	Secret
)

// Told is a value that the person gets and that is emptied at an erasure.
func Told(name, label string) Column { return Column{Name: name, Label: label, Fate: Empty} }

// Fact is a value that the person gets and that stays in a row that stays,
// since it tells of nobody without its link: a role, a sector, a time.
func Fact(name, label string) Column { return Column{Name: name, Label: label, Fate: Stay} }

// When is a Fact that is a time.
func When(name, label string) Column {
	return Column{Name: name, Label: label, Fate: Stay, Kind: Moment}
}

// Whether is a Fact that is yes or no.
func Whether(name, label string) Column {
	return Column{Name: name, Label: label, Fate: Stay, Kind: YesNo}
}

// Proof is a secret: told of, never told, and emptied.
func Proof(name, label string) Column {
	return Column{Name: name, Label: label, Fate: Empty, Kind: Secret}
}

// Derived is made from other columns (a key for sorting, a folded text): not
// told again, and emptied with them.
func Derived(name string) Column { return Column{Name: name, Fate: Empty} }

// As reads the value from elsewhere; the table is called t.
func (c Column) As(sql string) Column { c.Read = sql; return c }

// In says a mark in words, whose keys begin so.
func (c Column) In(words string) Column { c.Words = words; return c }

// Said says a value by a function.
func (c Column) Said(say func(ctx context.Context, value string) string) Column {
	c.Say = func(ctx context.Context, v Value) string { return say(ctx, v.Text) }
	return c
}

// Then sets what the column becomes at an erasure.
func (c Column) Then(sql string) Column { c.Becomes = sql; return c }

// Erased lets a fact change at an erasure although it tells of nobody: a role
// must not go on, an account must stay shut.
func (c Column) Erased(sql string) Column { c.Fate, c.Becomes = Empty, sql; return c }

// Keys lists the keys of all words that the rule names.
func (r Rule) Keys() (keys []string) {
	add := func(key string) {
		if key != "" {
			keys = append(keys, key)
		}
	}
	add(r.Records)
	add(r.Why)
	for _, l := range r.Links {
		add(l.Did)
	}
	for _, c := range r.Columns {
		add(c.Label)
	}
	return keys
}
