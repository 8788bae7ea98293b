package main

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// The log leaves whole: for administrators with names, for everybody without.
func TestLogOfActsLeavesAsATable(t *testing.T) {
	x := attack(t)
	table := func(body string) [][]string {
		t.Helper()
		rows, err := csvOf(body)
		if err != nil || len(rows) < 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		return rows
	}
	admin := x.part("administratorka")
	full := table(admin.Get("/administracja/dziennik.csv").Want(t, http.StatusOK).Body)
	if all := x.one(`SELECT count(*) FROM audit_entry`); all != strconv.Itoa(len(full)-1) {
		t.Errorf("%d rows of %s leave", len(full)-1, all)
	}
	some := table(admin.Get("/administracja/dziennik.csv?czynnosc=programme.joined").Want(t, http.StatusOK).Body)
	if joined := x.one(`SELECT count(*) FROM audit_entry WHERE act = 'programme.joined'`); joined != strconv.Itoa(len(some)-1) {
		t.Errorf("under the filter %d rows of %s leave", len(some)-1, joined)
	}
	if text := admin.Get("/administracja/dziennik.csv").Body; !strings.Contains(text, "Katarzyna Wrzosowicz") {
		t.Error("the full log names nobody")
	}
	x.part("kierowniczka").Get("/administracja/dziennik.csv").Want(t, http.StatusForbidden)

	public := x.Visitor().Get("/programy/miedzysektorowa-wspolpraca/dziennik.csv").Want(t, http.StatusOK).Body
	table(public)
	for _, name := range x.column(`SELECT name FROM person UNION SELECT email FROM person`) {
		if strings.Contains(public, name) {
			t.Errorf("the public log names %s", name)
		}
	}
	sheet := x.Visitor().Get("/programy/miedzysektorowa-wspolpraca/dziennik.xlsx").Want(t, http.StatusOK)
	if !strings.HasPrefix(sheet.Body, "PK") {
		t.Error("the sheet is none")
	}
}

// csvOf reads a table as a spreadsheet does.
func csvOf(body string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	return r.ReadAll()
}
