package hostile_test

import (
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/hostile"
)

func TestPayloadsAreManyAndDifferent(t *testing.T) {
	all := hostile.Payloads()
	if len(all) < 200 {
		t.Errorf("%d payloads, want at least 200", len(all))
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(all))); len(unique) != len(all) {
		t.Errorf("%d of %d payloads are different", len(unique), len(all))
	}
}

func TestEveryVectorIsActiveWhereItIsNotEscaped(t *testing.T) {
	for _, payload := range hostile.Payloads() {
		// Only those that are markup of their own, from their first character.
		if !strings.HasPrefix(payload, "<") || strings.HasPrefix(payload, "</") || !strings.Contains(payload, "=\"javascript:") &&
			!strings.Contains(payload, "onerror=") && !strings.HasPrefix(payload, "<script") {
			continue
		}
		if len(active(t, payload)) == 0 {
			t.Errorf("nothing found in %s", payload)
		}
		if found := active(t, "<p>"+html.EscapeString(payload)+"</p>"); len(found) > 0 {
			t.Errorf("escaped %s gives %v", payload, found)
		}
	}
}

func TestOwnScriptIsNoFinding(t *testing.T) {
	for page, want := range map[string]int{
		`<script src="/zasoby/app.1.js" defer></script>`:  0,
		`<script src="/zasoby/app.1.js">x()</script>`:     1,
		`<script src="//x.example/zasoby/a.js"></script>`: 1,
		`<a href=" java&#10;script:x()">x</a>`:            1,
		`<img src="data:image/png;base64,AA==">`:          0,
		`<a href="data:text/html,x">x</a>`:                1,
		`<meta http-equiv="Refresh" content="0">`:         1,
		`<p title="onclick=x">javascript:x()</p>`:         0,
	} {
		if found := active(t, page); len(found) != want {
			t.Errorf("%s: %v", page, found)
		}
	}
}

func active(t *testing.T, page string) []string {
	t.Helper()
	found, err := hostile.Active(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
