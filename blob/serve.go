package blob

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// sandbox takes every power from a file, even where a browser shows it: no
// script, no form, no origin of ours.
const sandbox = "sandbox; default-src 'none'; frame-ancestors 'none'"

// Serve sends a file, whole or by ranges. The caller has already decided that
// this person may have it. Everything is an attachment of the type we found,
// but for pictures that we encoded ourselves.
func Serve(w http.ResponseWriter, r *http.Request, s Store, f File) error {
	content, err := s.Open(r.Context(), f.Key)
	if err != nil {
		return fmt.Errorf("blob: serve: %w", err)
	}
	defer content.Close()

	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", disposition(f))
	h.Set("Content-Security-Policy", sandbox)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Etag", `"`+path.Base(f.Key)+`"`) // what is under a key stays the same
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	http.ServeContent(w, r, f.Name, time.Time{}, content)
	return nil
}

// disposition writes the name twice (RFC 6266): plain for old programs, and
// percent-encoded UTF-8 (RFC 5987, RFC 8187) for all others.
func disposition(f File) string {
	kind := "attachment"
	if f.Picture {
		kind = "inline"
	}
	return fmt.Sprintf(`%s; filename="%s"; filename*=UTF-8''%s`, kind, plainName(f.Name), encodedName(f.Name))
}

func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
}

// encodedName leaves only what every reader of RFC 8187 takes as it is.
func encodedName(name string) string {
	return strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
