package mail

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

const (
	// ListPath is the page of the outbox, for administrators.
	ListPath = "/administracja/poczta"
	pageSize = 50
)

// Routes are the administrator's view of the outbox.
func (o *Outbox) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + ListPath, Need: access.Administrators, Handle: o.showList},
		{Pattern: "POST " + ListPath + "/{message}/ponow", Need: access.Administrators, Handle: o.sendAgain},
	}
}

// listView is the page of the outbox.
type listView struct {
	Rows   []row
	Counts map[State]int
	State  State // "" for all
	Page   int
	Ready  bool
}

func (o *Outbox) showList(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	v := listView{State: stateOf(q.Get("stan")), Page: q.Page("strona"), Ready: o.Ready()}
	err := o.db.Read(r.Context(), func(tx *store.Tx) (err error) {
		if v.Counts, err = counts(r.Context(), tx); err != nil {
			return err
		}
		v.Rows, err = list(r.Context(), tx, v.State, pageSize, (v.Page-1)*pageSize)
		return err
	})
	if err != nil {
		return err
	}
	o.Privacy.Looked(r.Context(), privacy.Look{Page: "outbox", People: recipients(v.Rows)})
	return web.Render(w, r, listPage(v))
}

func recipients(rows []row) (ids []store.ID) {
	for _, r := range rows {
		if r.Person != nil {
			ids = append(ids, *r.Person)
		}
	}
	return ids
}

func (o *Outbox) sendAgain(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(r.PathValue("message"))
	if err != nil {
		return fault.NotFound("letter")
	}
	if err := o.Again(r.Context(), id, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, ListPath, "mail.again.done")
}

// stateNames are the states as addresses write them.
var stateNames = map[State]string{Waiting: "czeka", Sending: "w-drodze", Sent: "wyslany", Failed: "nieudany"}

func stateOf(name string) State {
	for _, s := range States {
		if stateNames[s] == name {
			return s
		}
	}
	return ""
}

// Total is how many letters the filter leaves.
func (v listView) Total() int {
	if v.State != "" {
		return v.Counts[v.State]
	}
	total := 0
	for _, n := range v.Counts {
		total += n
	}
	return total
}

// Unsent is how many letters wait for a mail server.
func (v listView) Unsent() int { return v.Counts[Waiting] + v.Counts[Sending] }

func (v listView) path() string {
	if v.State == "" {
		return ListPath
	}
	return ListPath + "?" + url.Values{"stan": {stateNames[v.State]}}.Encode()
}

func (v listView) clear() string {
	if v.State == "" {
		return ""
	}
	return ListPath
}

func (v listView) options(ctx context.Context) []ui.Option {
	options := []ui.Option{{Value: "", Label: lang.T(ctx, "mail.filter.all")}}
	for _, s := range States {
		options = append(options, ui.Option{Value: stateNames[s], Label: lang.T(ctx, "mail.state."+string(s)) + " (" + strconv.Itoa(v.Counts[s]) + ")"})
	}
	return options
}

func (v listView) table(ctx context.Context) ui.TableData {
	t := ui.TableData{
		Caption: lang.T(ctx, "mail.list.title"), CaptionHidden: true,
		Empty: ui.EmptyState(lang.T(ctx, "mail.list.empty"), lang.T(ctx, "mail.list.empty.text"), ui.Link{}),
	}
	for _, key := range []string{"mail.column.kind", "mail.column.recipient", "mail.column.created", "mail.column.state", "mail.column.attempts", "mail.column.error"} {
		t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, key), Numeric: key == "mail.column.attempts"})
	}
	for _, letter := range v.Rows {
		t.Rows = append(t.Rows, ui.TableRow{
			ui.Text(lang.T(ctx, "mail.kind."+letter.Kind)),
			ui.Text(letter.Recipient),
			ui.DateTimeText(letter.CreatedAt.Time),
			ui.StatusTag(tone(letter.State), lang.T(ctx, "mail.state."+string(letter.State))),
			ui.Text(strconv.Itoa(letter.Attempts)),
			outcome(letter),
		})
	}
	return t
}

func tone(s State) ui.Tone {
	switch s {
	case Sent:
		return ui.Good
	case Failed:
		return ui.Bad
	}
	return ui.Neutral
}

// reason says in words why a letter was not sent.
func (r row) reason(ctx context.Context) string {
	code, isAnswer := strings.CutPrefix(r.LastError, "smtp ")
	switch {
	case r.LastError == "":
		return ""
	case isAnswer && strings.HasPrefix(code, "5"):
		return lang.T(ctx, "mail.error.refused", "Code", code)
	case isAnswer:
		return lang.T(ctx, "mail.error.later", "Code", code)
	case strings.HasPrefix(r.LastError, "fault."):
		return lang.T(ctx, "mail.error.pointless")
	}
	return lang.T(ctx, "mail.error.other", "Text", r.LastError)
}

func (r row) again(ctx context.Context) ui.PostAction {
	return ui.PostAction{
		Action:  ListPath + "/" + string(r.ID) + "/ponow",
		Text:    lang.T(ctx, "mail.again"),
		Label:   lang.T(ctx, "mail.again.to", "Recipient", r.Recipient),
		Version: r.Version,
		ID:      "ponow-" + string(r.ID),
	}
}

// Routes are the mailbox of the demo: whoever tries the program without a mail
// server reads here what it would have sent. Never registered elsewhere.
func (m *Memory) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /demo/poczta", Need: access.Anyone, Handle: m.showMailbox},
		{Pattern: "GET /demo/poczta/{number}", Need: access.Anyone, Handle: m.showLetter},
	}
}

func (m *Memory) showMailbox(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	return web.Render(w, r, mailboxPage(m.Letters()))
}

func (m *Memory) showLetter(w http.ResponseWriter, r *http.Request) error {
	letters := m.Letters()
	i := slices.IndexFunc(letters, func(l Received) bool { return strconv.Itoa(l.Number) == r.PathValue("number") })
	if i < 0 {
		return fault.NotFound("letter of the demo")
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.Render(w, r, letterPage(letters[i]))
}

func (l Received) path() string { return "/demo/poczta/" + strconv.Itoa(l.Number) }

func mailboxTable(ctx context.Context, letters []Received) ui.TableData {
	t := ui.TableData{
		Caption: lang.T(ctx, "mail.demo.title"), CaptionHidden: true,
		Empty: ui.EmptyState(lang.T(ctx, "mail.demo.empty"), lang.T(ctx, "mail.demo.empty.text"), ui.Link{}),
		Columns: []ui.Column{
			{Title: lang.T(ctx, "mail.demo.subject")}, {Title: lang.T(ctx, "mail.column.recipient")}, {Title: lang.T(ctx, "mail.demo.at")},
		},
	}
	for _, l := range letters {
		t.Rows = append(t.Rows, ui.TableRow{ui.TextLink(l.path(), l.Subject), ui.Text(l.To), ui.DateTimeText(l.At)})
	}
	return t
}

// line is one line of a letter; Path is set where the line is a link of ours.
type line struct{ Text, Path string }

// paragraphs of the text, each of lines. Only a line that is nothing but an
// address becomes a link, as Layout writes them, and only its path is kept, so
// that no letter of the demo leads elsewhere.
func (l Received) paragraphs() [][]line {
	var paragraphs [][]line
	for paragraph := range strings.SplitSeq(strings.TrimSpace(l.Text), "\n\n") {
		var lines []line
		for text := range strings.SplitSeq(paragraph, "\n") {
			lines = append(lines, line{text, linkedPath(text)})
		}
		paragraphs = append(paragraphs, lines)
	}
	return paragraphs
}

func linkedPath(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return web.LocalPath(u.RequestURI(), "/")
}
