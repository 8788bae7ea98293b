package organisation_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

func TestListLeavesUnderItsFilter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		browser := b.browser(b.person("Anna Nowak"))
		browser.PostForm("/organizacje", filled("name", "=UKS Cztery Wiatry")).Want(t, http.StatusSeeOther)
		browser.PostForm("/organizacje", filled("name", "Klub Inny", "register_number", "UKS 8/2010", "nip", "")).Want(t, http.StatusSeeOther)
		visitor := b.Visitor()
		page := visitor.Get("/organizacje?szukaj=wiatry").Want(t, http.StatusOK)
		if page.Count(`.downloads a[href="/organizacje.csv?szukaj=wiatry"]`) != 1 {
			t.Error("the list does not offer itself under its filter")
		}
		file := visitor.Get("/organizacje.csv?szukaj=wiatry").Want(t, http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(file.Body)).ReadAll()
		if err != nil || len(rows) != 2 || rows[1][0] != "'=UKS Cztery Wiatry" || rows[1][7] != "999-000-00-14" {
			t.Errorf("%v %q", err, rows)
		}
		if got := file.Header.Get("Content-Disposition"); got != `attachment; filename="organizacje.csv"` {
			t.Errorf("disposition %q", got)
		}
		sheet, err := excelize.OpenReader(strings.NewReader(visitor.Get("/organizacje.xlsx").Want(t, http.StatusOK).Body))
		must(t, err)
		defer sheet.Close()
		if all, err := sheet.GetRows("Organizacje"); err != nil || len(all) != 3 {
			t.Errorf("%d rows (%v)", len(all), err)
		}
	})
}
