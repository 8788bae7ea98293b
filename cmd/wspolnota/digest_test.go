package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A way to see whether anything in the database has changed.

// everyTable lists the tables of the program, without those of its engines and
// the one by which they are watched.
func (x *target) everyTable() []string {
	return slices.DeleteFunc(x.column(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`), func(name string) bool {
		return strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "goose_") || strings.HasPrefix(name, "search_index") || name == "touched"
	})
}

// unmoved are columns that change without anybody having changed anything.
var unmoved = map[string][]string{
	"session":           {"seen_at"},
	"event_certificate": {"code"}, // drawn
	"river_job":         {"args", "unique_key", "metadata", "scheduled_at", "created_at", "attempted_at", "finalized_at", "attempted_by"},
}

// watched is what a table held when it was last read.
type watched struct {
	columns []string
	touched string // how often it had been written to
	rows    []string
}

// watch lets the database count how often each table is written to, so that a
// comparison reads only those in which something may be different.
func (x *target) watch() {
	x.t.Helper()
	x.watched = map[string]watched{}
	x.exec(`CREATE TABLE touched (name TEXT PRIMARY KEY, times INTEGER NOT NULL)`)
	for _, table := range x.everyTable() {
		if strings.HasPrefix(table, "privacy_look") {
			continue // who looked is written a second later, by whoever looked
		}
		x.exec(`INSERT INTO touched VALUES ($1, 0)`, table)
		for _, act := range []string{"INSERT", "UPDATE", "DELETE"} {
			x.exec(`CREATE TRIGGER "touched_` + table + `_` + act + `" AFTER ` + act + ` ON "` + table + `"
				BEGIN UPDATE touched SET times = times + 1 WHERE name = '` + table + `'; END`)
		}
		columns := x.column(`SELECT name FROM pragma_table_info($1)`, table)
		columns = slices.DeleteFunc(columns, func(c string) bool { return slices.Contains(unmoved[table], c) })
		x.watched[table] = watched{columns: columns}
	}
}

// tables reads every row of every table, for comparing. A table to which nothing
// was written is the same slice as before, so nobody changes what this returns.
func (x *target) tables() map[string][]string {
	x.t.Helper()
	if x.watched == nil {
		x.watch()
	}
	all := map[string][]string{}
	for _, row := range x.rows(`SELECT name, times FROM touched`) {
		w := x.watched[row[0]]
		if w.touched != row[1] {
			w.touched, w.rows = row[1], x.read(row[0], w.columns)
			x.watched[row[0]] = w
		}
		all[row[0]] = w.rows
	}
	return all
}

// read reads the rows of a table, each as one text, in the order of the texts.
func (x *target) read(table string, columns []string) []string {
	x.t.Helper()
	var all []string
	for _, row := range x.rows(`SELECT "` + strings.Join(columns, `", "`) + `" FROM "` + table + `"`) {
		for i := range row {
			row[i] = columns[i] + "=" + row[i]
		}
		all = append(all, strings.Join(row, " "))
	}
	slices.Sort(all)
	return all
}

// same reports whether two lists are one, because nothing was written between.
func same(a, b []string) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// changes lists the rows in which two states of the database differ.
func changes(before, after map[string][]string) []string {
	var all []string
	tables := map[string]bool{}
	for t := range before {
		tables[t] = true
	}
	for t := range after {
		tables[t] = true
	}
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		if same(before[table], after[table]) {
			continue
		}
		count := map[string]int{}
		for _, row := range before[table] {
			count[row]--
		}
		for _, row := range after[table] {
			count[row]++
		}
		for _, row := range slices.Sorted(maps.Keys(count)) {
			if count[row] != 0 {
				all = append(all, fmt.Sprintf("%s %+d: %.600s", table, count[row], row))
			}
		}
	}
	return all
}

// random is what differs from run to run: ids, hashes, tokens, and numbers drawn
// by lot.
var random = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\$argon2id\S+|[0-9a-f]{64}|\b[0-9a-f]{32}\b|[A-Za-z0-9+/_-]{40,}=*|\b(?:number|participant|author)=[0-9]{5,9}\b`)

// masked leaves ids that were there before and blanks all others.
func masked(tables map[string][]string, known map[string]bool) map[string][]string {
	all := map[string][]string{}
	for table, rows := range tables {
		for _, row := range rows {
			all[table] = append(all[table], random.ReplaceAllStringFunc(row, func(s string) string {
				if known[s] {
					return s
				}
				return "…"
			}))
		}
		slices.Sort(all[table])
	}
	return all
}

// randoms are all ids, hashes and tokens in the tables.
func randoms(tables map[string][]string) map[string]bool {
	known := map[string]bool{}
	for _, rows := range tables {
		for _, row := range rows {
			for _, s := range random.FindAllString(row, -1) {
				known[s] = true
			}
		}
	}
	return known
}
