package web

import (
	"encoding/json"
	"net/http"
	"strings"
)

// forPrograms reports whether programs read the answer, not people: errors are
// then problems and not pages, and a key may stand for a session.
func forPrograms(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// bearer returns the key that a request to the API carries.
func bearer(r *http.Request) (string, bool) {
	if !forPrograms(r) {
		return "", false
	}
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(key), strings.EqualFold(scheme, "Bearer")
}

// problem is an error as RFC 9457 has it.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance,omitempty"` // of an accident: the number under which the log knows it
}

func writeProblem(w http.ResponseWriter, r *http.Request, status int, title, detail string) {
	p := problem{Type: "about:blank", Title: title, Status: status, Detail: detail}
	if status >= http.StatusInternalServerError {
		p.Instance = "urn:wspolnota:request:" + reference(r.Context())
	}
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // texts and a number
	}
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	Bare(w)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // whoever asked may have gone
}

// Bare marks an answer that is no page: a browser that is led to it shows it and
// runs nothing of it.
func Bare(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
}
