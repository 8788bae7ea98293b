package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web/form"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render answers with a page. It is written only when it is whole, so that an
// error half-way becomes an error page.
func Render(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	return RenderStatus(w, r, http.StatusOK, page)
}

// RenderInvalid shows a form again with its mistakes.
func RenderInvalid(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	return RenderStatus(w, r, http.StatusUnprocessableEntity, page)
}

// RenderStatus answers with a page and a status.
func RenderStatus(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(r.Context(), b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Add("Vary", "Cookie, Accept-Language")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}

// SeeOther sends the browser on after a POST. flash is the key of a message
// that the next page shows once, "" for none. A message that waits already goes
// on with the browser: this answer shows no page.
func SeeOther(w http.ResponseWriter, r *http.Request, path, flash string) error {
	cookies := cookiesOf(r.Context())
	if flash == "" {
		flash = cookies.Get(r, flashCookie)
	}
	if flash != "" {
		cookies.Set(w, flashCookie, flash, time.Minute)
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// LocalPath returns the address when it is one of this site's own pages, and
// fallback otherwise, so that no parameter sends a person elsewhere.
func LocalPath(address, fallback string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return fallback
	}
	if u.Fragment != "" {
		return u.RequestURI() + "#" + u.EscapedFragment()
	}
	return u.RequestURI()
}

// maxFields is more than any form of ours has; more is an attack on memory.
const maxFields = 1000

// ReadForm reads what was posted, within the limit of the route.
func ReadForm(r *http.Request) (*form.Form, error) {
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(1 << 20) // the rest of an upload waits on disk
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		return nil, unreadable(err)
	}
	fields := 0
	for _, values := range r.PostForm {
		fields += len(values)
	}
	if fields > maxFields {
		return nil, fault.TooLarge("fault.too_many_fields")
	}
	if r.MultipartForm != nil {
		return form.Of(r.PostForm, r.MultipartForm.File), nil
	}
	return form.Of(r.PostForm, nil), nil
}

// Query reads the filters that stand in the address.
func Query(r *http.Request) *form.Form { return form.Of(r.URL.Query(), nil) }
