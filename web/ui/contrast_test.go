package ui_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The pairs that appear on the pages, with the contrast that WCAG 2.2 AA asks
// for: 4.5 for text, 3 for controls and for shapes that carry a meaning.
var pairs = []struct {
	ink, grounds string
	want         float64
}{
	{"text", "background surface sunken info-tint good-tint warn-tint bad-tint marked", 7},
	{"muted", "background surface sunken bad-tint", 4.5},
	{"link", "background surface sunken info-tint good-tint warn-tint bad-tint marked", 4.5},
	{"link-strong", "background surface sunken", 4.5},
	{"accent", "background surface sunken good-tint", 4.5},
	{"on-accent", "accent accent-strong", 4.5},
	{"danger", "background surface sunken bad-tint", 4.5},
	{"on-danger", "danger danger-strong", 4.5},
	{"warn", "warn-tint", 4.5},
	{"background", "text", 4.5},
	{"line", "background surface sunken", 3},
	{"focus", "background surface sunken focus-gap", 3},
	{"administration", "background surface sunken info-tint", 3},
	{"ngo", "background surface sunken", 3},
	{"resident", "background surface sunken warn-tint", 3},
	{"business", "background surface sunken", 3},
}

func TestContrastOfTheTokens(t *testing.T) {
	css, err := os.ReadFile("assets/wspolnota.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark := tokens(t, string(css), ":root {"), tokens(t, string(css), "@media (prefers-color-scheme: dark) {\n  :root {")
	for name, palette := range map[string]map[string]float64{"light": light, "dark": dark} {
		for _, p := range pairs {
			for _, ground := range strings.Fields(p.grounds) {
				a, okInk := palette[p.ink]
				b, okGround := palette[ground]
				if !okInk || !okGround {
					t.Fatalf("%s: no token %s or %s", name, p.ink, ground)
				}
				if got := (math.Max(a, b) + 0.05) / (math.Min(a, b) + 0.05); got < p.want {
					t.Errorf("%s: %s on %s is %.2f, want %.1f", name, p.ink, ground, got, p.want)
				}
			}
		}
	}
}

var token = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`)

// tokens reads the luminance of each colour of the block that begins so.
func tokens(t *testing.T, css, beginning string) map[string]float64 {
	t.Helper()
	_, block, found := strings.Cut(css, beginning)
	if !found {
		t.Fatalf("no %q in the style sheet", beginning)
	}
	block, _, _ = strings.Cut(block, "}")
	palette := map[string]float64{}
	for _, m := range token.FindAllStringSubmatch(block, -1) {
		palette[m[1]] = luminance(m[2])
	}
	return palette
}

// luminance as WCAG 2.2 defines it.
func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			panic(fmt.Sprintf("colour %q: %v", hex, err))
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
