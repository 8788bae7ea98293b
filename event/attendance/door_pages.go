package attendance

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// doorView is the list at the door.
type doorView struct {
	Event    event.Event
	Rule     Rule
	Sessions []event.Session // where they are noted apart
	Session  store.ID        // shown now, "" for the event as a whole
	Guests   []Guest         // those that the words find
	Words    string
	Here     int // of All
	All      int
	Me       store.ID
	WalkIn   string
}

func (s *Service) showDoor(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	v := doorView{Event: e, Me: access.From(ctx).Person, Words: web.Query(r).Text("szukaj", 100)}
	if s.WalkIn != nil && !e.Over(s.db.Now()) {
		v.WalkIn = s.WalkIn(e)
	}
	if v.Rule, v.Sessions, v.Session, err = s.sessionAt(ctx, e, r.URL.Query().Get("czesc")); err != nil {
		return err
	}
	all, err := Door(ctx, s.db, e.ID, v.Session)
	if err != nil {
		return err
	}
	s.looked(ctx, "event_door", e, peopleOf(all))
	byName(all)
	v.All = len(all)
	for _, g := range all {
		if g.Here() {
			v.Here++
		}
		if v.Words == "" || strings.Contains(g.search(), lang.Fold(v.Words)) {
			v.Guests = append(v.Guests, g)
		}
	}
	return web.Render(w, r, doorPage(v))
}

// sessionAt tells for which session the door is open: the one that was asked
// for, or the one that goes on or comes next, or the last.
func (s *Service) sessionAt(ctx context.Context, e event.Event, asked string) (rule Rule, all []event.Session, session store.ID, err error) {
	if rule, err = RuleOf(ctx, s.db, e.ID); err != nil || !rule.BySession {
		return rule, nil, "", err
	}
	if all, err = noted(ctx, s.db, e.ID); err != nil || len(all) == 0 {
		return rule, all, "", err
	}
	for _, one := range all {
		if string(one.ID) == asked {
			return rule, all, one.ID, nil
		}
	}
	now := s.db.Now()
	i := slices.IndexFunc(all, func(one event.Session) bool { return now.Before(one.EndsAt()) })
	if i < 0 {
		i = len(all) - 1
	}
	return rule, all, all[i].ID, nil
}

func byName(guests []Guest) {
	keys := make(map[store.ID]string, len(guests))
	for _, g := range guests {
		keys[g.ID] = lang.SortKey(g.Name)
	}
	slices.SortStableFunc(guests, func(a, b Guest) int { return strings.Compare(keys[a.ID], keys[b.ID]) })
}

// search is what the words of the list are looked for in.
func (g Guest) search() string {
	return lang.Fold(g.Name+" "+g.OrganisationName) + " " + strconv.Itoa(g.Number)
}

// mark notes a guest, or takes them back. The script of the list asks for the
// row alone and puts it in place; without script the list is shown again.
func (s *Service) mark(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	m, err := readMark(r)
	if err != nil {
		return err
	}
	g, err := s.Note(ctx, e, m)
	if r.Header.Get("X-Row") != "" {
		return s.answerRow(w, r, e, m, g, err)
	}
	if err != nil {
		return err
	}
	flash := "event.attendance.flash.here"
	if !g.Here() {
		flash = "event.attendance.flash.taken_back"
	}
	back := web.LocalPath(r.PostFormValue("powrot"), doorPath(e, m.Session))
	return web.SeeOther(w, r, back, flash)
}

func readMark(r *http.Request) (m Mark, err error) {
	f, err := web.ReadForm(r)
	if err != nil {
		return m, err
	}
	if m.Registration, err = idIn(f.Get("guest")); err != nil {
		return m, err
	}
	if f.Get("czesc") != "" {
		if m.Session, err = idIn(f.Get("czesc")); err != nil {
			return m, err
		}
	}
	if f.Get("tap") != "" {
		if m.Key, err = idIn(f.Get("tap")); err != nil {
			return m, err
		}
	}
	m.Here = f.Get("here") == "1"
	if seconds, err := strconv.Atoi(f.Get("ago")); err == nil && seconds > 0 {
		m.Ago = time.Duration(min(seconds, int(longest.Seconds()))) * time.Second
	}
	return m, nil
}

// answerRow answers the script of the door: the row as it stands now, with the
// reason where the tap was refused.
func (s *Service) answerRow(w http.ResponseWriter, r *http.Request, e event.Event, m Mark, g Guest, refusal error) error {
	f := fault.Of(refusal)
	if refusal != nil && (f == nil || f.Kind == fault.KindNotFound) {
		return refusal
	}
	row := rowView{Event: e, Session: m.Session, Guest: g, Me: access.From(r.Context()).Person, Said: true}
	status := http.StatusOK
	if refusal != nil {
		var err error
		if row.Guest, err = guest(r.Context(), s.db, e.ID, m.Registration, m.Session); err != nil {
			return err
		}
		row.Refused, status = lang.T(r.Context(), f.Key, f.Args...), http.StatusConflict
	}
	return web.RenderStatus(w, r, status, guestRow(row))
}

// rowView is one guest at the door.
type rowView struct {
	Event   event.Event
	Session store.ID
	Guest   Guest
	Me      store.ID
	Refused string // why a tap was refused, "" where it was not
	Said    bool   // the row answers a tap: its words are read aloud
	Back    string // where the form leads afterwards, "" for the list
}

func (v rowView) id() string { return "osoba-" + string(v.Guest.ID) }

// state says in words whether the guest is here, since when, and who says so.
func (v rowView) state(ctx context.Context) string {
	switch g := v.Guest; {
	case !g.Here():
		return lang.T(ctx, "event.attendance.state.not_here")
	case g.NotedBy == v.Me || g.NotedName == "":
		return lang.T(ctx, "event.attendance.state.here", "When", clock(g.CameAt.Time))
	default:
		return lang.T(ctx, "event.attendance.state.here_by", "When", clock(g.CameAt.Time), "Who", g.NotedName)
	}
}

// said is what is read aloud after a tap.
func (v rowView) said(ctx context.Context) string {
	if v.Refused != "" {
		return v.Guest.Name + ": " + v.Refused
	}
	return v.Guest.Name + ": " + v.state(ctx)
}

func clock(t time.Time) string { return t.In(lang.Warsaw).Format("15:04") }

// about is what tells people of the same name apart.
func (v rowView) about(ctx context.Context) string {
	about := lang.T(ctx, "event.attendance.number", "Number", v.Guest.Number)
	if v.Guest.OrganisationName != "" {
		about += " · " + v.Guest.OrganisationName
	}
	return about
}
