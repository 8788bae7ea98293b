package web

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
)

// visit is what the outermost handler wants to know of the inner ones.
type visit struct {
	reference string
	route     string
}

type visitKey struct{}

func noteRoute(ctx context.Context, pattern string) {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		v.route = pattern
	}
}

// reference is the number under which the log knows the request.
func reference(ctx context.Context) string {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v.reference
	}
	return ""
}

func newReference() string {
	var b [5]byte
	rand.Read(b[:])
	return base32.StdEncoding.EncodeToString(b[:])
}

// Handler is the whole site: every answer, whatever it is, passes here and gets
// the same headers, is counted, and survives a panic.
func (a *App) Handler() http.Handler {
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1400), gzhttp.CompressionLevel(2),
		gzhttp.ContentTypes([]string{"text/html", "application/atom+xml", "application/rss+xml", "image/svg+xml", "text/plain"}))
	if err != nil {
		panic(err) // the options are constants
	}
	inner := compress(a.mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		v := &visit{reference: newReference(), route: "other"}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		answer := &answer{ResponseWriter: w}
		a.setHeaders(w.Header(), v.reference)
		defer func() {
			if accident := recover(); accident != nil {
				a.recover(answer, r, accident)
			}
			a.metrics.count(v.route, r.Method, answer.status, time.Since(began))
			a.log(r, v, answer.status, time.Since(began))
		}()
		inner.ServeHTTP(answer, r)
	})
}

// recover turns a panic into the page of an accident. The log gets its words
// without what may be about a person, and the stack without values. What a transaction had
// begun is already rolled back: store does that on its way up.
func (a *App) recover(w *answer, r *http.Request, accident any) {
	if err, ok := accident.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(accident)
	}
	a.Logger.Error("panic", "request", reference(r.Context()), "panic", jobs.Clean(fmt.Errorf("%v", accident)), "stack", string(debug.Stack()))
	if w.status != 0 {
		return // the answer has begun; the closed connection tells the browser
	}
	if dressed, err := a.dress(w, r); err == nil {
		r = dressed
	}
	a.errorPage(w, r, http.StatusInternalServerError, "fault.internal")
}

// log writes one line a request: no address of a person, no query, no path with
// names in it, only the pattern of the route.
func (a *App) log(r *http.Request, v *visit, status int, took time.Duration) {
	a.Logger.Info("request", "request", v.reference, "method", r.Method, "route", v.route,
		"status", status, "ms", float64(took.Microseconds())/1000)
}

const contentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

// FramedBy lets these sites show the answer in a frame; without any, nobody may,
// as is the rule for all answers. Sites are origins: https://example.org.
func FramedBy(w http.ResponseWriter, sites ...string) {
	if len(sites) == 0 {
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Replace(contentSecurity, "frame-ancestors 'none'", "frame-ancestors "+strings.Join(sites, " "), 1))
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

func (a *App) setHeaders(h http.Header, reference string) {
	h.Set("Content-Security-Policy", contentSecurity)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Request-Id", reference)
	if a.Site.Secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// answer remembers the status that was sent.
type answer struct {
	http.ResponseWriter
	status int
}

func (w *answer) WriteHeader(status int) {
	w.begin(status)
	w.ResponseWriter.WriteHeader(status)
}

// begin notes the status. An answer that sets or takes a cookie is for one
// browser: kept by a cache that many share, it would sign them all out.
func (w *answer) begin(status int) {
	if w.status != 0 {
		return
	}
	w.status = status
	if h := w.Header(); h.Get("Set-Cookie") != "" {
		h.Set("Cache-Control", "no-store")
	}
}

func (w *answer) Write(b []byte) (int, error) {
	w.begin(http.StatusOK)
	return w.ResponseWriter.Write(b)
}

// Flush and Hijack let the live streams through.
func (w *answer) Flush() {
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

func (w *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

func (w *answer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// unreadable says why a form could not be read: too large, or not a form.
func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return fault.Invalid("fault.unreadable")
}
