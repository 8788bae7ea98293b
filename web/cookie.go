package web

import (
	"context"
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/session"
)

const (
	flashCookie    = "komunikat"
	languageCookie = "jezyk"
	deviceCookie   = "urzadzenie"
)

// deviceKnown is how long a browser is told from others: the longest time over
// which forms of one are counted, and some days more.
const deviceKnown = 7 * 24 * time.Hour

// Cookies sets cookies as this site does. Over plain http, on a hotel's own
// network, a browser would drop cookies that are marked secure.
type Cookies struct{ Secure bool }

// name of a cookie that only this very host may set.
func (c Cookies) name(name string) string {
	if c.Secure {
		return "__Host-" + name
	}
	return name
}

// Set sets a cookie that scripts cannot read and other sites do not send. A
// zero age lasts until the browser is closed.
func (c Cookies) Set(w http.ResponseWriter, name, value string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{Name: c.name(name), Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode})
}

// Get returns the value of a cookie that Set has set, "" when there is none.
func (c Cookies) Get(r *http.Request, name string) string {
	cookie, err := r.Cookie(c.name(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// Drop takes a cookie back.
func (c Cookies) Drop(w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{Name: c.name(name), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode})
}

const sessionCookie = "wspolnota"

// StartSession gives the browser the token of a session.
func (c Cookies) StartSession(w http.ResponseWriter, token string) {
	c.Set(w, sessionCookie, token, session.Total)
}

// EndSession takes the token back.
func (c Cookies) EndSession(w http.ResponseWriter) { c.Drop(w, sessionCookie) }

func (c Cookies) session(r *http.Request) string { return c.Get(r, sessionCookie) }

// takeFlash returns the message that waits for the next page. Only a key of the
// catalogue is shown: a planted cookie cannot put words into our mouth.
func (c Cookies) takeFlash(ctx context.Context, w http.ResponseWriter, r *http.Request) string {
	key := c.Get(r, flashCookie)
	if key == "" || r.Method != http.MethodGet {
		return ""
	}
	c.Drop(w, flashCookie)
	if text := lang.T(ctx, key); text != key {
		return text
	}
	return ""
}

type cookiesKey struct{}

// cookiesOf is the way in which the site of a request sets its cookies.
func cookiesOf(ctx context.Context) Cookies {
	c, _ := ctx.Value(cookiesKey{}).(Cookies)
	return c
}

// SetLanguage remembers the language that a person chose.
func (c Cookies) SetLanguage(w http.ResponseWriter, l lang.Language) {
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: string(l), Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode})
}

func languageOf(r *http.Request) lang.Language {
	if cookie, err := r.Cookie(languageCookie); err == nil {
		if l, ok := lang.Parse(cookie.Value); ok {
			return l
		}
	}
	return lang.FromHeader(r.Header.Get("Accept-Language"))
}
