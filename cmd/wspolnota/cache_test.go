package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest"
)

// publicToAll are what a signed-in person gets exactly as everybody does, so
// that a cache between may keep it.
var publicToAll = []string{"GET /programy/{programme}/logo/{logo}"}

// TestPrivatePagesAreNotKept opens every page as somebody signed in: nothing of
// it may stay in the cache of a shared computer or of a proxy.
func TestPrivatePagesAreNotKept(t *testing.T) {
	x := attack(t)
	x.furnish()
	for _, who := range x.lookers() {
		if who.name == "visitor" {
			continue
		}
		for _, pattern := range x.patterns("GET") {
			for _, path := range x.addresses(pattern, 3, 0) {
				page := who.Get(path)
				if kept := page.Header.Get("Cache-Control"); kept != "no-store" && !slices.Contains(publicToAll, pattern) {
					t.Errorf("%s as %s: %d, Cache-Control %q", path, who.name, page.Status, kept)
				}
			}
		}
		who.Get("/konto").Want(t, http.StatusOK) // still signed in
	}
}

// TestAnswersWithCookiesAreNotShared asks every public address with cookies that
// the site takes back. A cache that kept such an answer for others would sign
// them all out, or show them somebody's message.
func TestAnswersWithCookiesAreNotShared(t *testing.T) {
	x := attack(t)
	taken := 0
	for _, pattern := range x.patterns("GET") {
		for _, path := range x.addresses(pattern, 2, 0) {
			b := x.Visitor()
			b.SetCookie("wspolnota", "a-session-that-is-over")
			b.SetCookie("komunikat", "news.flash.saved")
			page := b.Get(path)
			if page.Header.Get("Set-Cookie") == "" {
				continue
			}
			taken++
			if kept := page.Header.Get("Cache-Control"); kept != "no-store" {
				t.Errorf("%s: %d sets %q and is kept: %q", path, page.Status, page.Header.Values("Set-Cookie"), kept)
			}
		}
	}
	if taken < 50 {
		t.Errorf("only %d answers took the cookies back", taken)
	}
}

// TestFilesOfDraftsAreNotKept: the address of a file becomes public with its
// article and stops being so with it.
func TestFilesOfDraftsAreNotKept(t *testing.T) {
	x := attack(t)
	x.exec(`UPDATE news_article SET publish_at = 9000000000000000, listed_at = 9000000000000000`)
	for _, pattern := range []string{"GET /programy/{programme}/aktualnosci/{article}/pliki/{file}", "GET /programy/{programme}/aktualnosci/{article}/obraz/{file}/{width}"} {
		for _, path := range x.addresses(pattern, 0, 0) {
			if page := x.Visitor().Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d to everybody", path, page.Status)
			}
			page := x.part("administratorka").Get(strings.TrimPrefix(path, webtest.Public))
			if page.Status != http.StatusOK || page.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d to its team, Cache-Control %q", path, page.Status, page.Header.Get("Cache-Control"))
			}
		}
	}
}
