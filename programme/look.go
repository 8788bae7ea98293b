package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What the pages say beyond their templates: links, options and tables.

func listCrumbs(ctx context.Context) []ui.Crumb {
	return []ui.Crumb{{Title: lang.T(ctx, "programme.list.title"), Href: "/programy"}}
}

func programmeCrumbs(ctx context.Context, p Programme) []ui.Crumb {
	return append(listCrumbs(ctx), ui.Crumb{Title: p.Title, Href: p.Path()})
}

// invitationCrumbs names no programme: it may be a draft that the invited person
// cannot open yet.
func invitationCrumbs(ctx context.Context) []ui.Crumb { return listCrumbs(ctx) }

// The page of a programme.

func (v pageView) layout(ctx context.Context) ui.Page {
	page := ui.Page{Title: v.Title, Lead: v.Summary, Crumbs: listCrumbs(ctx), NoIndex: v.State == Draft, Wide: true}
	if v.Language != lang.From(ctx) {
		page.MainLang = string(v.Language)
	}
	if v.State != Draft {
		page.Canonical = v.Address
		page.OpenGraph = &ui.OpenGraph{Title: v.Title, Description: v.Summary, Type: "website", URL: v.Address}
	}
	actor := access.From(ctx)
	if v.Off == "" && v.mayJoin() {
		page.Actions = append(page.Actions, ui.Link{Href: v.Path() + "/dolacz", Text: joinWord(ctx, v.Admission == AdmitApproved)})
	}
	if actor.May(Edit, string(v.ID)) {
		page.Actions = append(page.Actions, ui.Link{Href: v.Path() + "/edycja", Key: "programme.edit.link"})
	}
	if actor.May(desk.Manage, string(v.ID)) {
		page.Actions = append(page.Actions, ui.Link{Href: v.Path() + "/pulpit", Key: "desk.manager.link"})
	}
	return page
}

// on reports whether any phase is on.
func (v pageView) on() bool {
	return slices.ContainsFunc(v.Steps, func(p ui.Phase) bool { return p.State == ui.Now })
}

// mayJoin reports whether joining is still ahead of the person who looks.
func (v pageView) mayJoin() bool {
	return !v.Invited && v.Me.State != Active && v.Me.State != Requested
}

func joinWord(ctx context.Context, ask bool) string {
	if ask {
		return lang.T(ctx, "programme.join.request")
	}
	return lang.T(ctx, "programme.join")
}

// offText says why joining is off and when it opens.
func offText(ctx context.Context, p Programme, g Gate) string {
	key, from := whenJoins(p, g)
	return lang.T(ctx, key, "Date", lang.Date(ctx, from), "Phase", g.Phase)
}

func (v pageView) facts(ctx context.Context) []ui.Pair {
	var facts []ui.Pair
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, ui.Pair{Key: lang.T(ctx, key), Text: text})
		}
	}
	add("programme.fact.manager", v.Spokesperson)
	if v.ContactEmail != "" {
		facts = append(facts, ui.Pair{Key: lang.T(ctx, "programme.fact.email"), Value: ui.TextLink("mailto:"+v.ContactEmail, v.ContactEmail)})
	}
	add("programme.fact.phone", v.ContactPhone)
	add("programme.fact.period", days(ctx, v.StartsAt, v.EndsAt))
	short, names := areaNames(ctx, v.areas)
	if len(names) > 5 {
		facts = append(facts, ui.Pair{Key: lang.T(ctx, "programme.fact.area"), Value: longList(short, strings.Join(names, ", "))})
	} else {
		add("programme.fact.area", short)
	}
	add("programme.fact.admission", lang.T(ctx, "programme.admission."+string(v.Admission)))
	facts = append(facts, ui.Pair{Key: lang.T(ctx, "programme.fact.sectors"), Value: sectorBadges(v.Sectors)})
	add("programme.fact.funder", v.Funder)
	add("programme.fact.project", v.ProjectNumber)
	return facts
}

func sectorNames(ctx context.Context, sectors set) string {
	names := make([]string, len(sectors))
	for i, s := range sectors {
		names[i] = ui.Sector(s).Name(ctx)
	}
	return strings.Join(names, ", ")
}

func logoPath(p Programme, l Logo) string { return p.Path() + "/logo/" + string(l.ID) }

// stripHeight is how high logos stand in their strip.
const stripHeight = 64

func logoWidth(l Logo) string { return strconv.Itoa(max(1, l.Width*stripHeight/max(1, l.Height))) }
func logoHeight(Logo) string  { return strconv.Itoa(stripHeight) }
func logoStrip(p Programme, logos []Logo) []ui.LogoData {
	strip := make([]ui.LogoData, len(logos))
	for i, l := range logos {
		strip[i] = ui.LogoData{Src: logoPath(p, l), Alt: l.Alt, Width: l.Width * stripHeight / max(1, l.Height), Height: stripHeight}
	}
	return strip
}

// Indicators.

// way is where the indicator began and where it is now, as shares of its way.
func (i Indicator) way() (began, reached float64, ok bool) {
	m, measured := i.Latest()
	if i.Baseline != nil && *i.Baseline > i.Target { // less is better: the way itself is drawn
		percent, ok := i.Reached()
		return 0, float64(percent) / 100, ok
	}
	if i.Baseline != nil && i.Target > 0 {
		began = float64(*i.Baseline) / float64(i.Target)
	}
	return began, float64(m.Amount) / float64(max(1, i.Target)), measured && i.Target > 0
}

// now says the value measured last.
func (i Indicator) now(ctx context.Context) string {
	if m, ok := i.Latest(); ok {
		return i.said(ctx, m.Amount)
	}
	return lang.T(ctx, "programme.indicator.unknown")
}

// aims says what the value is to be compared with.
func (i Indicator) aims(ctx context.Context) string {
	parts := []string{lang.T(ctx, "programme.indicator.line_target", "Target", i.said(ctx, i.Target))}
	if i.Baseline != nil {
		parts = append(parts, lang.T(ctx, "programme.indicator.line_baseline", "Baseline", i.said(ctx, *i.Baseline)))
	}
	if m, ok := i.Latest(); ok {
		parts = append(parts, lang.T(ctx, "programme.indicator.line_day", "Date", lang.Date(ctx, m.Day.Time)))
	}
	return strings.Join(parts, " · ")
}

func indicatorEditTable(ctx context.Context, v editView, g Goal) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.indicators"), Columns: indicatorColumns(ctx)}
	for _, i := range g.Indicators {
		t.Rows = append(t.Rows, indicatorCells(ctx, i, ui.TextLink(v.Action("wskazniki/"+string(i.ID)), i.Name)))
	}
	return t
}

func indicatorColumns(ctx context.Context) []ui.Column {
	return []ui.Column{{Title: lang.T(ctx, "programme.indicator.name")}, {Title: lang.T(ctx, "programme.indicator.baseline"), Numeric: true},
		{Title: lang.T(ctx, "programme.indicator.latest"), Numeric: true}, {Title: lang.T(ctx, "programme.indicator.target"), Numeric: true},
		{Title: lang.T(ctx, "programme.indicator.reached"), Numeric: true}}
}

func indicatorCells(ctx context.Context, i Indicator, name templ.Component) ui.TableRow {
	baseline, latest, reached := lang.T(ctx, "programme.indicator.unknown"), lang.T(ctx, "programme.indicator.unknown"), "–"
	if i.Baseline != nil {
		baseline = i.said(ctx, *i.Baseline)
	}
	if m, ok := i.Latest(); ok {
		latest = i.said(ctx, m.Amount) + " (" + lang.Date(ctx, m.Day.Time) + ")"
	}
	if percent, ok := i.Reached(); ok {
		reached = strconv.Itoa(percent) + "\u00a0%"
	}
	return ui.TableRow{name, ui.Text(baseline), ui.Text(latest), ui.Text(i.said(ctx, i.Target)), ui.Text(reached)}
}

// said is a number with its unit.
func (i Indicator) said(ctx context.Context, a Amount) string {
	if i.Unit == "" {
		return a.In(ctx)
	}
	return a.In(ctx) + "\u00a0" + i.Unit
}

func measureTable(ctx context.Context, i Indicator) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.measure.history"), Columns: []ui.Column{{Title: lang.T(ctx, "programme.measure.day")},
		{Title: lang.T(ctx, "programme.measure.amount"), Numeric: true}, {Title: lang.T(ctx, "programme.measure.note")},
		{Title: lang.T(ctx, "programme.measure.entered")}}}
	for _, m := range slices.Backward(i.Values) {
		t.Rows = append(t.Rows, ui.TableRow{ui.DateText(m.Day.Time), ui.Text(i.said(ctx, m.Amount)), ui.Text(m.Note), ui.DateTimeText(m.EnteredAt.Time)})
	}
	return t
}

// The list of programmes.

func (v listView) layout(ctx context.Context) ui.Page {
	page := ui.Page{Title: lang.T(ctx, "programme.list.title"), Lead: lang.T(ctx, "programme.list.lead"), Wide: true}
	if v.MayBegin {
		page.Actions = []ui.Link{{Href: "/programy/nowy", Key: "programme.new.title"}}
	}
	return page
}

func (v listView) clear() string {
	if v.Path == "/programy" {
		return ""
	}
	return "/programy"
}

func (v listView) empty(ctx context.Context) templ.Component {
	if v.clear() != "" {
		return ui.EmptyState(lang.T(ctx, "programme.list.none"), lang.T(ctx, "programme.list.none_text"), ui.Link{Href: "/programy", Key: "programme.list.all"})
	}
	return ui.EmptyState(lang.T(ctx, "programme.home.empty"), lang.T(ctx, "programme.home.empty_text"), ui.Link{})
}

func areaField(ctx context.Context, value string) ui.Field {
	return ui.Field{Name: "gmina", Label: lang.T(ctx, "programme.list.area"), Value: value}
}

func areaOptions(ctx context.Context) []ui.Option { return withAny(ctx, territory.Options(ctx)) }

// withAny puts the choice "all" before the others.
func withAny(ctx context.Context, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "programme.any")}}, options...)
}

// chooseFirst makes a select begin with nothing chosen.
func chooseFirst(ctx context.Context, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "programme.choose")}}, options...)
}

func gminaOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "programme.join.elsewhere")}}, territory.GminaOptions(ctx)...)
}

func stateField(ctx context.Context, state State) ui.Field {
	f := ui.Field{Name: "stan", Label: lang.T(ctx, "programme.list.state")}
	if state == Archived {
		f.Value = "archiwum"
	}
	return f
}

func stateOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Label: lang.T(ctx, "programme.list.current")}, {Value: "archiwum", Label: lang.T(ctx, "programme.list.archive")}}
}

func cardTag(ctx context.Context, p Summary) *ui.Tag {
	if p.State == Archived {
		return &ui.Tag{Tone: ui.Neutral, Text: lang.T(ctx, "programme.state.archived")}
	}
	return nil
}

func stateTone(s State) ui.Tone {
	switch s {
	case Draft:
		return ui.Warn
	case Published:
		return ui.Good
	}
	return ui.Neutral
}

// Own matters.

// actions of the home page: to look around, and to come in.
func (v homeView) actions() []ui.Link {
	links := []ui.Link{{Href: "/programy", Key: "programme.home.look"}}
	if !v.SignedIn {
		links = append(links, ui.Link{Href: "/wejscie", Key: "ui.sign_in"})
	}
	return links
}

func (v homeView) mineTone() ui.Tone {
	if len(v.Mine.Invitations)+len(v.Mine.Waiting) > 0 {
		return ui.Info
	}
	return ui.Good
}

// mineTasks lists what waits first, then where the person takes part.
func mineTasks(ctx context.Context, m mineView) []ui.Task {
	var tasks []ui.Task
	for _, i := range m.Invitations {
		hint := lang.T(ctx, "programme.mine.invited")
		if i.Role != "" {
			hint = lang.T(ctx, "programme.mine.invited_role", "Role", roleName(ctx, i.Role))
		}
		tasks = append(tasks, ui.Task{Title: i.Title, Hint: hint, Href: i.Path() + "/zaproszenie", Tone: ui.Info, Status: lang.T(ctx, "programme.mine.answer")})
	}
	for _, w := range m.Waiting {
		tasks = append(tasks, ui.Task{Title: w.Title, Hint: lang.N(ctx, "programme.members.waiting", w.Waiting),
			Href: w.Path() + "/edycja/uczestnicy?stan=requested", Tone: ui.Info, Status: lang.T(ctx, "programme.mine.answer")})
	}
	for _, p := range m.Memberships {
		task := ui.Task{Title: p.Title, Href: p.Path(), Tone: ui.Good, Status: lang.T(ctx, "programme.mine.active"),
			Hint: joined(lang.T(ctx, "programme.own.active", "Date", lang.Date(ctx, p.Since.Time)), m.rolesIn(ctx, p.Slug))}
		if p.State == Requested {
			task.Tone, task.Status = ui.Neutral, lang.T(ctx, "programme.mine.requested")
			task.Hint = lang.T(ctx, "programme.own.requested", "Date", lang.Date(ctx, p.Since.Time))
		}
		tasks = append(tasks, task)
	}
	var told string
	for _, g := range m.Team { // roles in one programme follow one another
		if g.Slug == told || slices.ContainsFunc(m.Memberships, func(p Mine) bool { return p.Slug == g.Slug && p.State == Active }) {
			continue
		}
		told = g.Slug
		tasks = append(tasks, ui.Task{Title: g.Name, Href: "/programy/" + g.Slug, Hint: m.rolesIn(ctx, g.Slug), Tone: ui.Neutral, Status: lang.T(ctx, "programme.mine.team")})
	}
	return tasks
}

// rolesIn names what the person is in the team of a programme.
func (m mineView) rolesIn(ctx context.Context, slug string) string {
	var names []string
	for _, g := range m.Team {
		if g.Slug == slug {
			names = append(names, roleName(ctx, g.Role))
		}
	}
	return strings.Join(names, ", ")
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// mostNow bounds the steps on the home page; each programme's page has its own.
const mostNow = 8

// nowTasks says what goes on and what comes next, over all programmes.
func nowTasks(ctx context.Context, steps []step) []ui.Task {
	var tasks []ui.Task
	for _, s := range steps[:min(len(steps), mostNow)] {
		task := ui.Task{Title: s.Title, Hint: s.Programme.Title, Href: s.Programme.Path() + "#etapy", Tone: ui.Good,
			Status: lang.T(ctx, "programme.now.tag"), Due: days(ctx, store.Time{}, s.EndsAt)}
		if !s.On {
			task.Tone, task.Status, task.Due = ui.Neutral, lang.T(ctx, "programme.next.tag"), days(ctx, s.StartsAt, store.Time{})
		}
		tasks = append(tasks, task)
	}
	return tasks
}

func leaveConsequences(ctx context.Context, p Programme, m Member) []string {
	if m.State == Requested {
		return []string{lang.T(ctx, "programme.leave.takes_back")}
	}
	texts := []string{lang.T(ctx, "programme.leave.not_counted"), lang.T(ctx, "programme.leave.kept")}
	if p.Admission == AdmitInvited {
		texts = append(texts, lang.T(ctx, "programme.leave.needs_invitation"))
	}
	return texts
}

// The pages of the team.

func (v editView) back() ui.Link {
	return ui.Link{Href: v.Path() + "/edycja", Key: "programme.edit.back"}
}

// nav leads to the pages that the person may open.
func (v editView) nav(ctx context.Context) []ui.Link {
	parts := []string{"", "opis", "cele"}
	if v.May {
		parts = []string{"", "dane", "opis", "cele", "etapy", "partnerzy", "zespol", "uczestnicy", "publikacja"}
	}
	links := make([]ui.Link, len(parts))
	for i, part := range parts {
		links[i] = ui.Link{Href: strings.TrimSuffix(v.Action(part), "/"), Text: lang.T(ctx, "programme.part."+part), Current: part == v.Part}
		if part == "" {
			links[i].Text = lang.T(ctx, "programme.part.overview")
		}
	}
	return links
}

// tasks lists what keeps a draft from being published and who waits.
func (v overview) tasks(ctx context.Context) []ui.Task {
	var tasks []ui.Task
	if v.Waiting > 0 && v.May {
		tasks = append(tasks, ui.Task{Title: lang.N(ctx, "programme.members.waiting", v.Waiting), Href: v.Action("uczestnicy?stan=requested"),
			Tone: ui.Info, Status: lang.T(ctx, "programme.mine.answer")})
	}
	tasks = append(tasks, gapTasks(ctx, v.editView, v.Gaps)...)
	if v.State == Draft && len(v.Gaps) == 0 && v.May {
		tasks = append(tasks, ui.Task{Title: lang.T(ctx, "programme.state.title.published"), Hint: lang.T(ctx, "programme.edit.ready"), Href: v.Action("publikacja")})
	}
	return tasks
}

func gapTasks(ctx context.Context, v editView, gaps []gap) []ui.Task {
	var tasks []ui.Task
	for _, g := range gaps {
		task := ui.Task{Title: lang.T(ctx, g.Key), Tone: ui.Warn, Status: lang.T(ctx, "programme.gap.missing")}
		if v.May || g.Page == "opis" {
			task.Href = v.Action(g.Page)
		}
		tasks = append(tasks, task)
	}
	return tasks
}

func languageOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, l := range lang.Languages {
		options = append(options, ui.Option{Value: string(l), Label: lang.T(ctx, "lang."+string(l))})
	}
	return options
}

func admissionOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(admissions))
	for i, a := range admissions {
		options[i] = ui.Option{Value: a, Label: lang.T(ctx, "programme.admission."+a), Hint: lang.T(ctx, "programme.admission_hint."+a)}
	}
	return options
}

func sectorOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(sectors))
	for i, s := range sectors {
		options[i] = ui.Option{Value: s, Label: ui.Sector(s).Name(ctx)}
	}
	return options
}

func unitOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, u := range territory.All() {
		options = append(options, ui.Option{Value: u.TERC, Label: u.Name + " (" + u.Word(ctx) + ")"})
	}
	return options
}

func openingOptions(ctx context.Context, openings []OpeningWord) []ui.Option {
	options := make([]ui.Option, len(openings))
	for i, o := range openings {
		options[i] = ui.Option{Value: string(o.Opening), Label: lang.T(ctx, o.Key)}
	}
	return options
}

func anyOpens(phases []Phase, o Opening) bool {
	return slices.ContainsFunc(phases, func(p Phase) bool { return p.Opens.Has(string(o)) })
}

func roleOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, role := range access.ProgrammeRoles {
		options = append(options, ui.Option{Value: string(role), Label: roleName(ctx, role), Hint: lang.T(ctx, "programme.role_can."+string(role))})
	}
	return options
}

func memberStateOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(memberStates))
	for i, s := range memberStates {
		options[i] = ui.Option{Value: s, Label: lang.T(ctx, "programme.member_state."+s)}
	}
	return options
}

func (v membersView) clear() string {
	if v.ListPath == v.Action("uczestnicy") {
		return ""
	}
	return v.Action("uczestnicy")
}

// memberTable shows the words of a request or of a refusal where there are any.
func memberTable(ctx context.Context, v membersView) ui.TableData {
	words := v.Filter.State == Requested || v.Filter.State == Refused
	t := ui.TableData{Caption: lang.T(ctx, "programme.members"), CaptionHidden: true, Columns: []ui.Column{
		{Title: lang.T(ctx, "programme.members.name")}, {Title: lang.T(ctx, "programme.members.email")},
		{Title: lang.T(ctx, "programme.members.sector")}, {Title: lang.T(ctx, "programme.members.organisation")},
		{Title: lang.T(ctx, "programme.members.gmina")}, {Title: lang.T(ctx, "programme.members.since")}}}
	if words {
		t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.members.words")})
	}
	t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.members.act")})
	for _, m := range v.List {
		row := ui.TableRow{ui.Text(m.Name), ui.Text(m.Email), ui.SectorBadge(ui.Sector(m.Sector)), ui.Text(orDash(m.OrganisationName)),
			ui.Text(placeName(ctx, m.Municipality)), ui.DateText(m.Since.Time)}
		if words {
			row = append(row, ui.Text(orDash(joined(m.Words, m.Reason))))
		}
		t.Rows = append(t.Rows, append(row, memberAct(v.editView, m)))
	}
	return t
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func reportTable(ctx context.Context, report []InvitedLine) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.invite.report"), Columns: []ui.Column{{Title: lang.T(ctx, "programme.invite.line")}, {Title: lang.T(ctx, "programme.invite.what")}}}
	for _, l := range report {
		tone := ui.Good
		switch l.What {
		case NotAnAddress:
			tone = ui.Bad
		case InvitedMember, InvitedTwice, InvitedRecently:
			tone = ui.Neutral
		}
		t.Rows = append(t.Rows, ui.TableRow{ui.Text(l.Line), ui.StatusTag(tone, lang.T(ctx, "programme.invited."+string(l.What)))})
	}
	return t
}

func sentCount(report []InvitedLine) int {
	n := 0
	for _, l := range report {
		if l.What == InvitedNow || l.What == InvitedAgain {
			n++
		}
	}
	return n
}

func invitationTable(ctx context.Context, v editView, invitations []Invitation, team bool) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.invitation.open"), CaptionHidden: true, Columns: []ui.Column{{Title: lang.T(ctx, "programme.members.email")}}}
	if team {
		t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.team.role")})
	}
	t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.invitation.sent")}, ui.Column{Title: lang.T(ctx, "programme.invitation.until")},
		ui.Column{Title: lang.T(ctx, "programme.members.act")})
	for _, i := range invitations {
		row := ui.TableRow{ui.Text(i.Email)}
		if team {
			row = append(row, ui.Text(roleName(ctx, i.Role)))
		}
		t.Rows = append(t.Rows, append(row, ui.DateText(i.InvitedAt.Time), ui.DateText(i.ExpiresAt.Time), withdrawButton(v, i)))
	}
	return t
}

func teamTable(ctx context.Context, v teamView) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.team.title"), CaptionHidden: true, Columns: []ui.Column{{Title: lang.T(ctx, "programme.members.name")},
		{Title: lang.T(ctx, "programme.team.role")}, {Title: lang.T(ctx, "programme.members.email")}, {Title: lang.T(ctx, "programme.team.since")},
		{Title: lang.T(ctx, "programme.members.act")}}}
	for _, row := range v.Team {
		act := takeLink(v.editView, row)
		if row.Role == access.Manager && len(v.Managers) == 1 {
			act = ui.Text(lang.T(ctx, "programme.team.only_manager"))
		}
		t.Rows = append(t.Rows, ui.TableRow{ui.Text(row.Name), ui.Text(roleName(ctx, row.Role)), ui.Text(row.Email), ui.DateText(row.GivenAt.Time), act})
	}
	return t
}
