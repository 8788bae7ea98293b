package minutes

import (
	"context"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web/ui"
)

// How things of this package are said and shown.

func (s State) tone() ui.Tone {
	switch s {
	case Published:
		return ui.Good
	case Approved:
		return ui.Info
	case Shown:
		return ui.Warn
	}
	return ui.Neutral
}

func (s State) word(ctx context.Context) string { return lang.T(ctx, "minutes.state."+string(s)) }

// sentence says where the minutes stand and what happens next.
func (m Minutes) sentence(ctx context.Context) string {
	switch {
	case m.State == Shown && m.RemarksUntil.IsZero():
		return lang.T(ctx, "minutes.sentence.shown_open")
	case m.State == Shown:
		return lang.T(ctx, "minutes.sentence.shown", "Until", lang.DateTime(ctx, m.RemarksUntil.Time))
	case m.State == Draft && m.Corrected():
		return lang.T(ctx, "minutes.sentence.correcting", "Reason", m.Reason)
	}
	return lang.T(ctx, "minutes.sentence."+string(m.State))
}

// stateWord says where a task stands.
func (t Task) stateWord(ctx context.Context, now time.Time) string {
	if t.Late(now) {
		return lang.T(ctx, "minutes.task.late")
	}
	return lang.T(ctx, "minutes.task.state."+string(t.State))
}

func (t Task) tone(now time.Time) ui.Tone {
	switch {
	case t.Late(now):
		return ui.Bad
	case t.State == Closed:
		return ui.Good
	case t.State == Reported:
		return ui.Info
	}
	return ui.Neutral
}

// ownerName says who does a task. The name of a person is for those who took
// part and for the team; others read for whom that person came.
func (t Task) ownerName(ctx context.Context, names bool) string {
	switch {
	case t.Organisation != "":
		return t.OrganisationName
	case names && t.PersonName != "" && t.CameFor != "":
		return t.PersonName + " (" + t.CameFor + ")"
	case names && t.PersonName != "":
		return t.PersonName
	case t.CameFor != "":
		return lang.T(ctx, "minutes.owner.person_of", "Organisation", t.CameFor)
	}
	return lang.T(ctx, "minutes.owner.person")
}

// query is the filter as addresses carry it.
func (f taskFilter) query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("stan", f.State)
	set("organizacja", f.Organisation)
	set("wydarzenie", f.Event)
	if f.Mine {
		q.Set("moje", "1")
	}
	return q
}

func (f taskFilter) with(state string) string {
	f.State = state
	if q := f.query().Encode(); q != "" {
		return "?" + q
	}
	return ""
}

// states leads between the states of tasks, each with its count.
func (v tasksView) states(ctx context.Context) []ui.Link {
	var links []ui.Link
	for _, x := range []struct{ state, key string }{{"", "minutes.tasks.all"}, {"otwarte", "minutes.tasks.open"}, {"po-terminie", "minutes.tasks.late"},
		{"zgloszone", "minutes.tasks.reported"}, {"zamkniete", "minutes.tasks.closed"}, {"odwolane", "minutes.tasks.dropped"}} {
		links = append(links, ui.Link{Href: tasksPath(v.Programme.Slug) + v.Filter.with(x.state), Current: v.Filter.State == x.state,
			Text: lang.T(ctx, x.key, "Count", v.Counts.of(x.state))})
	}
	return links
}

func (v tasksView) clear() string {
	if len(v.Filter.query()) == 0 {
		return ""
	}
	return tasksPath(v.Programme.Slug)
}

// rows are tasks as a table shows them.
func taskRows(ctx context.Context, tasks []Task, names bool, now time.Time) []ui.TableRow {
	var rows []ui.TableRow
	for _, t := range tasks {
		rows = append(rows, ui.TableRow{ui.TextLink(t.Path(), t.Title), ui.Text(t.ownerName(ctx, names)), ui.DateText(t.LastDay()),
			ui.StatusTag(t.tone(now), t.stateWord(ctx, now)), ui.Text(t.EventTitle)})
	}
	return rows
}

func taskColumnsOf(ctx context.Context) []ui.Column {
	var columns []ui.Column
	for _, key := range []string{"minutes.task.title", "minutes.task.owner", "minutes.task.due", "minutes.task.state", "minutes.task.event"} {
		columns = append(columns, ui.Column{Title: lang.T(ctx, key)})
	}
	return columns
}

func withAny(ctx context.Context, key string, of []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, key)}}, of...)
}

// owners are those who can be given a task, in two groups.
func owners(ctx context.Context, people, organisations []ui.Option) []ui.Option {
	all := []ui.Option{{Label: lang.T(ctx, "minutes.owner.choose")}}
	for _, o := range organisations {
		o.Group = lang.T(ctx, "minutes.owner.organisations")
		all = append(all, o)
	}
	for _, o := range people {
		o.Group = lang.T(ctx, "minutes.owner.people")
		all = append(all, o)
	}
	return all
}

// result are the counts of a vote, as pairs.
func (v Vote) result(ctx context.Context) []ui.Pair {
	var pairs []ui.Pair
	add := func(label string, n int) { pairs = append(pairs, ui.Pair{Key: label, Text: itoa(n)}) }
	for _, c := range v.Choices {
		add(c.Label, c.Hands)
	}
	if len(v.Choices) == 0 {
		add(lang.T(ctx, "minutes.vote.yes"), v.Yes)
		add(lang.T(ctx, "minutes.vote.no"), v.No)
	}
	add(lang.T(ctx, "minutes.vote.abstained"), v.Abstained)
	if n := v.Silent(); n > 0 {
		add(lang.T(ctx, "minutes.vote.silent"), n)
	}
	add(lang.T(ctx, "minutes.vote.present"), v.Present)
	return pairs
}

// outcome says in a sentence how the hands fell.
func (v Vote) outcome(ctx context.Context) string {
	switch leading := v.Leading(); {
	case len(leading) == 1:
		return lang.T(ctx, "minutes.vote.most", "Choice", leading[0])
	case len(leading) > 1:
		return lang.T(ctx, "minutes.vote.equal", "Choices", strings.Join(leading, ", "))
	case len(v.Choices) > 0:
		return lang.T(ctx, "minutes.vote.none")
	case v.Yes > v.No:
		return lang.T(ctx, "minutes.vote.more_yes")
	case v.Yes < v.No:
		return lang.T(ctx, "minutes.vote.more_no")
	}
	return lang.T(ctx, "minutes.vote.draw")
}

// quorate says whether enough people were there for a vote.
func (d Document) quorate(ctx context.Context, v Vote) string {
	switch {
	case d.Quorum == nil:
		return ""
	case v.Present >= *d.Quorum:
		return lang.T(ctx, "minutes.quorum.kept", "Quorum", *d.Quorum)
	}
	return lang.T(ctx, "minutes.quorum.missed", "Quorum", *d.Quorum)
}

// head are the facts above the points.
func (d Document) head(ctx context.Context) []ui.Pair {
	var pairs []ui.Pair
	add := func(key, text string) {
		if text != "" {
			pairs = append(pairs, ui.Pair{Key: lang.T(ctx, key), Text: text})
		}
	}
	add("minutes.head.chair", d.Chair)
	add("minutes.head.taker", d.Taker)
	if d.Present != nil {
		add("minutes.head.present", itoa(*d.Present))
	}
	if d.Quorum != nil {
		add("minutes.head.quorum", itoa(*d.Quorum))
	}
	return pairs
}

// picture is what the components draw.
func (f File) picture(e event.Event) ui.PictureData {
	href := func(v Variant) string { return Path(e) + "/obraz/" + string(f.ID) + "/" + strconv.Itoa(v.Width) }
	last := f.Variants[len(f.Variants)-1]
	d := ui.PictureData{Src: href(f.Variants[0]), Sizes: "(min-width: 48rem) 42rem, 100vw", Alt: f.Alt, Width: last.Width, Height: last.Height,
		Caption: f.Caption, Lang: e.Language}
	var set []string
	for _, v := range f.Variants {
		set = append(set, href(v)+" "+strconv.Itoa(v.Width)+"w")
	}
	if len(set) > 1 {
		d.Srcset = strings.Join(set, ", ")
	}
	return d
}

func (d Document) pictures() (all []File) {
	for _, f := range d.Files {
		if f.Picture && len(f.Variants) > 0 {
			all = append(all, f)
		}
	}
	return all
}

func (d Document) attachments(e event.Event) (all []ui.Attachment) {
	for _, f := range d.Files {
		if !f.Picture {
			all = append(all, ui.Attachment{Href: Path(e) + "/pliki/" + string(f.ID), Name: f.Name,
				Type: strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")), Size: f.Size})
		}
	}
	return all
}

// pointOptions are the points that a remark may be about.
func (v showView) pointOptions(ctx context.Context) []ui.Option {
	all := []ui.Option{{Label: lang.T(ctx, "minutes.remark.whole")}}
	for i, p := range v.Document.Points {
		all = append(all, ui.Option{Value: string(p.ID), Label: itoa(i+1) + ". " + p.Title})
	}
	return all
}

func outcomeOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: string(Taken), Label: lang.T(ctx, "minutes.outcome.taken")}, {Value: string(Declined), Label: lang.T(ctx, "minutes.outcome.declined")}}
}

func (o Outcome) tone() ui.Tone {
	switch o {
	case Taken:
		return ui.Good
	case Declined:
		return ui.Neutral
	}
	return ui.Warn
}

func (o Outcome) word(ctx context.Context) string {
	if o == Unanswered {
		return lang.T(ctx, "minutes.outcome.waits")
	}
	return lang.T(ctx, "minutes.outcome."+string(o))
}

// Part is what the page of an event shows of its minutes.
func (s *Service) Part() event.Part {
	return event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		v, err := s.read(ctx, e)
		if err != nil || !v.Readable && !v.MayWrite || !v.Begun && !e.Begun(s.db.Now()) {
			return nil, err
		}
		return partOf(v), nil
	}}
}

// Tools are the pages of the event's team.
func Tools() []event.Tool {
	return []event.Tool{{Path: "/protokol", Key: "minutes.tool", Need: event.Run}}
}

// text writes the document as Markdown.
func (v showView) text(ctx context.Context) string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	line("# ", lang.T(ctx, "minutes.title", "Title", v.Event.Title), "\n")
	for _, p := range v.Document.head(ctx) {
		line("- ", p.Key, ": ", p.Text)
	}
	for i, p := range v.Document.Points {
		line("\n## ", itoa(i+1), ". ", p.Title, "\n")
		if p.Text != "" {
			line(p.Text, "\n")
		}
		for _, d := range p.Decisions {
			line("**", lang.T(ctx, "minutes.decision.number", "Number", d.Number), "** ", d.Text, "\n")
		}
		for _, x := range p.Votes {
			line("**", lang.T(ctx, "minutes.vote.title"), ":** ", x.Question)
			for _, pair := range x.result(ctx) {
				line("- ", pair.Key, ": ", pair.Text)
			}
			line(x.outcome(ctx), "\n")
		}
		for _, t := range p.Tasks {
			line("- ", lang.T(ctx, "minutes.task.title"), ": ", t.Title, ", ", v.ownerOf(ctx, t.ID), ", ", lang.T(ctx, "minutes.task.until", "Day", lang.Date(ctx, lastDay(t.DueAt))))
		}
	}
	return b.String()
}

func (v showView) ownerOf(ctx context.Context, task store.ID) string {
	return v.Tasks[task].ownerName(ctx, v.Names)
}

func threadPath(decision store.ID) string { return trace.Path("ustalenie", decision) }

// published are the editions that everybody may read, the newest first.
func (v showView) published() (all []Edition) {
	for _, e := range v.Editions {
		if !e.PublishedAt.IsZero() {
			all = append(all, e)
		}
	}
	return all
}

// openTasks counts what this reader may know of that is still to be done.
func (v showView) openTasks() (n int) {
	for _, t := range v.Tasks {
		if t.Live() && (t.Public() || v.Team) {
			n++
		}
	}
	return n
}

// taskItems are the tasks under a point, as they stand now.
func (v showView) taskItems(ctx context.Context, of []WrittenTask) []ui.Task {
	var items []ui.Task
	for _, x := range of {
		t := v.Tasks[x.ID]
		item := ui.Task{Title: x.Title, Hint: t.ownerName(ctx, v.Names), Due: lang.T(ctx, "minutes.task.until", "Day", lang.Date(ctx, lastDay(x.DueAt))),
			Status: t.stateWord(ctx, v.Now), Tone: t.tone(v.Now)}
		if v.Team || !t.GivenAt.IsZero() {
			item.Href = t.Path()
		}
		items = append(items, item)
	}
	return items
}

// navOf leads between the pages of whoever writes.
func navOf(ctx context.Context, e event.Event, waiting int, here string) []ui.Link {
	links := []ui.Link{{Href: Path(e), Key: "minutes.nav.read"}, {Href: Path(e) + "/pisanie", Key: "minutes.nav.write"},
		{Href: Path(e) + "/zdjecia", Key: "minutes.nav.files"}, {Href: Path(e) + "/uwagi", Key: "minutes.nav.remarks"}}
	if waiting > 0 {
		links[3].Text = lang.T(ctx, "minutes.nav.remarks_waiting", "Count", waiting)
	}
	for i := range links {
		links[i].Current = here != "" && links[i].Href == Path(e)+here
	}
	return links
}

// Block shows on a programme's page what its people have taken on.
func (s *Service) Block() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		counts, err := countTasks(ctx, s.db, taskFilter{}, p.ID)
		if err != nil || counts.Total == 0 {
			return nil, err
		}
		var next []Task
		if counts.Open > 0 {
			if next, err = listTasks(ctx, s.db, taskFilter{State: "otwarte"}, p.ID, inBlock, 0); err != nil {
				return nil, err
			}
		}
		return taskBlock(p.Slug, counts, next, s.db.Now()), nil
	}}
}

// inBlock is how many tasks another page shows.
const inBlock = 3
