package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/scan"
)

func TestMapShowsItemsAndSectors(t *testing.T) {
	var rows []string
	for i := range 10 {
		sector := []string{"administration", "ngo"}[i%2]
		rows = append(rows, fmt.Sprintf("%d,%s,Coal <end>,economic,%d,5", i, sector, 4+i%2), fmt.Sprintf("%d,%s,Pupils,social,%d,1", i, sector, 1+i%3))
	}
	rows = append(rows, "1,ngo,Rumours,values,5,5")
	r := analyse(t, read(t, file(rows...)), scan.Options{Scale: five})
	c := r.Map("map", scan.English, map[string]string{"administration": "administration", "ngo": "ngo"})
	for _, want := range []string{"Coal &lt;end&gt;", "Pupils", "Critical uncertainties", `class="fill-administration"`, `class="fill-ngo"`} {
		if !strings.Contains(c.SVG, want) {
			t.Errorf("%s is not drawn", want)
		}
	}
	if strings.Contains(c.SVG, "Rumours") {
		t.Error("an item with one vote is drawn")
	}
	if len(c.Table.Rows) != 2*3 || len(c.Table.Rows[0]) != len(c.Table.Head) || len(c.Legend) != 2 {
		t.Errorf("%v under %v, legend %v", c.Table.Rows, c.Table.Head, c.Legend)
	}
}

func TestCrowdedMapShowsNumbers(t *testing.T) {
	var rows []string
	for k := range 40 {
		for i := range 5 {
			rows = append(rows, fmt.Sprintf("%d,ngo,item %d,social,%d,%d", i, k, 1+(i+k)%5, 1+(i*k)%5))
		}
	}
	r := analyse(t, read(t, file(rows...)), scan.Options{Scale: five, Samples: 20})
	c := r.Map("map", scan.English, map[string]string{"ngo": "ngo"})
	if strings.Contains(c.SVG, "item 1") || strings.Contains(c.SVG, "fill-ngo") || len(c.Table.Rows) != 40 || !strings.Contains(c.Table.Rows[0][0], ". item") {
		t.Errorf("%v", c.Table.Rows[0])
	}
}

func TestEmptyMapIsADrawingToo(t *testing.T) {
	r := analyse(t, scan.Scan{}, scan.Options{})
	if c := r.Map("map", scan.English, nil); !strings.HasPrefix(c.SVG, "<svg") || strings.Contains(c.SVG, "NaN") {
		t.Errorf("%s", c.SVG)
	}
}
