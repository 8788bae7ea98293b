package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// seeder fills the database by its schema and its privacy rules alone: a row in
// every table for every way in which a row can lead to a person. A new table is
// seeded without anybody thinking of it here.
type seeder struct {
	t        *testing.T
	db       *store.DB
	tables   map[string]privacy.Table
	rules    map[string]privacy.Rule
	person   people.Person // whom the marks are about
	stranger people.Person
	n        int64
	last     map[string]map[string]any // the newest row of each table
	anew     bool                      // the rows that the next one refers to are made for it alone

	told   []string // must be in the export
	secret []string // must be in no export
	gone   []string // must be nowhere after the erasure
}

func newSeeder(t *testing.T, db *store.DB, service *people.Service) *seeder {
	s := &seeder{t: t, db: db, tables: map[string]privacy.Table{}, rules: map[string]privacy.Rule{}, last: map[string]map[string]any{}, n: 1_400_000_000_000_000}
	for _, table := range storetest.Tables(t, db) {
		s.tables[table.Name] = table
	}
	for _, r := range privacyRules {
		s.rules[r.Table] = r
	}
	for _, n := range []struct {
		into        *people.Person
		name, email string
	}{{&s.person, "Żaneta Znakowa-Śladowska", "zaneta.slad@example.org"}, {&s.stranger, "Obcy Człowiek", "obcy@example.org"}} {
		err := db.Write(t.Context(), func(tx *store.Tx) (err error) {
			*n.into, err = service.Create(t.Context(), tx, people.NewPerson{Name: n.name, Email: n.email, Municipality: "2473011"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s.told = []string{s.person.Name, s.person.Email}
	s.gone = slices.Clone(s.told)
	return s
}

// everything makes a row for each link of each rule, and one of each table that
// has none but may name people.
func (s *seeder) everything() {
	for _, r := range privacyRules {
		if r.Table == "person" || !r.AboutPeople() {
			continue
		}
		for i := range r.Links {
			s.row(r.Table, &r.Links[i])
		}
		if len(r.Links) == 0 {
			s.row(r.Table, nil)
		}
	}
}

// row makes one row in which the link, where there is one, leads to the person,
// and all others lead to the stranger.
func (s *seeder) row(table string, link *privacy.Link) {
	s.t.Helper()
	s.n++
	told, secret, gone := len(s.told), len(s.secret), len(s.gone)
	values := map[string]any{}
	var names, places []string
	var args []any
	for _, c := range s.tables[table].Columns {
		if !slices.Contains([]string{"TEXT", "BIGINT", "INTEGER", "BOOLEAN"}, c.Type) {
			names, places = append(names, c.Name), append(places, `'x'`) // of one database alone, such as an index of words
			continue
		}
		values[c.Name] = s.value(table, c, link)
		names = append(names, c.Name)
		args = append(args, values[c.Name])
		places = append(places, fmt.Sprintf("$%d", len(args)))
	}
	err := s.db.Write(s.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(s.t.Context(), `INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(places, ", ")+`)`, args...)
		return err
	})
	if store.IsUnique(err, table) && !s.anew { // one row for each of another table: another one is needed
		s.told, s.secret, s.gone = s.told[:told], s.secret[:secret], s.gone[:gone]
		s.anew = true
		s.row(table, link)
		s.anew = false
		return
	}
	if err != nil {
		s.t.Fatalf("seed %s: %v", table, err)
	}
	s.last[table] = values
}

func (s *seeder) value(table string, c privacy.TableColumn, link *privacy.Link) any {
	r := s.rules[table]
	own := link != nil && link.Kind != privacy.Doer
	if i := slices.IndexFunc(r.Links, func(l privacy.Link) bool { return l.Column == c.Name }); i >= 0 {
		who := s.stranger
		if link != nil && *link == r.Links[i] {
			who = s.person
		}
		switch {
		case r.Links[i].Kind == privacy.Address && own && *link != r.Links[i]: // an address they had before
			mark := fmt.Sprintf("dawny%d@example.org", s.n)
			s.note(r, c.Name, mark)
			return mark
		case r.Links[i].Kind == privacy.Address:
			return who.Email
		}
		return string(who.ID)
	}
	if c.Refers != "" {
		return s.parent(c.Refers)
	}
	switch {
	case c.Type == "BOOLEAN":
		return false
	case c.Type == "INTEGER":
		return s.n % 1_000_000
	case c.Type != "TEXT":
		return s.n
	case c.Name == "id":
		return string(store.NewID())
	case slices.Contains(r.Contacts, c.Name):
		if c.Name == "contact" {
			return s.person.Name
		}
		return s.person.Email
	case slices.Contains(r.Mentions, c.Name), slices.Contains(r.Plain, c.Name):
		return fmt.Sprintf("x-%d", s.n)
	}
	mark := fmt.Sprintf("mark-%s-%s-%d", table, c.Name, s.n)
	if own {
		s.note(r, c.Name, mark)
	}
	return mark
}

// note remembers what has to become of a mark in a row about the person.
func (s *seeder) note(r privacy.Rule, column, mark string) {
	i := slices.IndexFunc(r.Columns, func(c privacy.Column) bool { return c.Name == column })
	if i < 0 {
		return // a column of text that the rule does not know fails another test
	}
	c := r.Columns[i]
	switch {
	case c.Kind == privacy.Secret:
		s.secret = append(s.secret, mark)
	case c.Label != "" && c.Read == "":
		s.told = append(s.told, mark)
	}
	if strings.Contains(c.Becomes, c.Name) {
		return // a mark of the room that only changes for some values
	}
	if r.Erased == privacy.Delete || r.Erased == privacy.Empty && c.Fate != privacy.Stay {
		s.gone = append(s.gone, mark)
	}
}

// parent returns the key of a row of another table, and makes one where there
// is none.
func (s *seeder) parent(table string) any {
	if table == "person" {
		return string(s.stranger.ID)
	}
	if s.last[table] == nil || s.anew {
		anew := s.anew
		s.anew = false
		s.row(table, nil)
		s.anew = anew
	}
	return s.last[table]["id"]
}

// dump is every value of every table, for finding marks in.
func (s *seeder) dump() map[string]string {
	all := map[string]string{}
	for name, table := range s.tables {
		for _, c := range table.Columns {
			texts, err := store.All[*string](s.t.Context(), s.db, `SELECT CAST(`+c.Name+` AS TEXT) FROM `+name)
			if err != nil {
				s.t.Fatal(err)
			}
			for _, text := range texts {
				if text != nil {
					all[name+"."+c.Name] += *text + "\n"
				}
			}
		}
	}
	return all
}

func (s *seeder) count(table string) int {
	n, err := store.One[int](s.t.Context(), s.db, `SELECT count(*) FROM `+table)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}
