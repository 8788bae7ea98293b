package lang_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/lang"
)

func printer(t *testing.T, l lang.Language) *lang.Printer {
	t.Helper()
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(l)
}

func TestDatesAreReadAloud(t *testing.T) {
	at := time.Date(2014, 6, 13, 14, 0, 0, 0, time.UTC)
	if got := printer(t, lang.Polish).DateTime(at); got != "13 czerwca 2014, 16:00" {
		t.Errorf("Polish: %q", got)
	}
	if got := printer(t, lang.English).DateTime(at); got != "13 June 2014, 16:00" {
		t.Errorf("English: %q", got)
	}
}

func TestMoney(t *testing.T) {
	for _, tt := range []struct {
		grosze int64
		pl, en string
	}{
		{0, "0,00 zł", "PLN 0.00"},
		{31240, "312,40 zł", "PLN 312.40"},
		{1_000_000, "10\u00a0000,00 zł", "PLN 10,000.00"},
		{123_456_789_01, "123\u00a0456\u00a0789,01 zł", "PLN 123,456,789.01"},
		{-5, "−0,05 zł", "−PLN 0.05"},
	} {
		if got := printer(t, lang.Polish).Money(tt.grosze); got != tt.pl {
			t.Errorf("Polish %d: %q, want %q", tt.grosze, got, tt.pl)
		}
		if got := printer(t, lang.English).Money(tt.grosze); got != tt.en {
			t.Errorf("English %d: %q, want %q", tt.grosze, got, tt.en)
		}
	}
}

func TestPolishOrder(t *testing.T) {
	want := []string{"Adam", "Ądam", "Bełk", "Czerwionka", "Ćwiklice", "Lyski", "Łaziska", "Marklowice", "Zebrzydowice", "Źródło", "Żory"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(lang.SortKey(a), lang.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("order = %v\nwant    %v", got, want)
	}
}

func TestFoldAndSlug(t *testing.T) {
	if got := lang.Fold("Zażółć GĘŚLĄ jaźń"); got != "zazolc gesla jazn" {
		t.Errorf("fold = %q", got)
	}
	if got := lang.Slug("  Współpraca: „wspólnota” w 2014 r.! "); got != "wspolpraca-wspolnota-w-2014-r" {
		t.Errorf("slug = %q", got)
	}
	if got := lang.Slug("…"); got != "" {
		t.Errorf("slug of nothing = %q", got)
	}
}

func TestSlugIsNeverLongerThanItsColumn(t *testing.T) {
	for _, title := range []string{strings.Repeat("a", 79) + " b", strings.Repeat("ab ", 40), strings.Repeat("a", 200)} {
		if got := lang.Slug(title); len(got) > 80 || strings.HasSuffix(got, "-") {
			t.Errorf("%d characters: %q", len(got), got)
		}
	}
}

func FuzzSlugIsAnAddress(f *testing.F) {
	f.Add("Ósma ława—9")
	f.Fuzz(func(t *testing.T, s string) {
		got := lang.Slug(s)
		if len(got) > 80 || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" ||
			strings.Contains(got, "--") || strings.HasPrefix(got, "-") || strings.HasSuffix(got, "-") {
			t.Errorf("slug of %q is %q", s, got)
		}
	})
}

func TestBrowserLanguage(t *testing.T) {
	for header, want := range map[string]lang.Language{
		"": lang.Polish, "pl-PL,pl;q=0.9": lang.Polish, "en-GB,en;q=0.8": lang.English,
		"de-DE,en;q=0.5": lang.English, "fr": lang.Polish, "\x00garbage;;q=": lang.Polish,
	} {
		if got := lang.FromHeader(header); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestMissingKeyIsSaidAsItStands(t *testing.T) {
	ctx := lang.With(context.Background(), printer(t, lang.English))
	if got := lang.T(ctx, "no.such.key"); got != "no.such.key" {
		t.Errorf("got %q", got)
	}
	if got := lang.N(ctx, "no.such.key", 3); got != "no.such.key" {
		t.Errorf("got %q", got)
	}
}
