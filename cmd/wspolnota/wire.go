package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/a-h/templ"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/feedback"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/imprint"
	"github.com/wspolnota/wspolnota/internal/demo"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/assist"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/intake"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/privacy/office"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
	"github.com/wspolnota/wspolnota/workshop/exercise"
)

// program is everything that runs, put together once.
type program struct {
	config    Config
	site      web.Site
	catalogue *lang.Catalogue
	log       *slog.Logger
	metrics   *prometheus.Registry

	db      *store.DB
	files   blob.Store
	queue   *jobs.Queue
	outbox  *mail.Outbox
	keeper  *privacy.Keeper
	audit   *audit.Log
	office  *office.Office
	desk    *desk.Desk
	notices *notice.Center
	imprint *imprint.Service
	app     *web.App

	moderation *moderation.Service

	people        *people.Service
	organisations *organisation.Service
	programmes    *programme.Service
	news          *news.Service
	events        *event.Service
	barriers      *barrier.Service
	attendance    *attendance.Service
	seating       *seating.Service
	debates       *debate.Service
	entrance      *entrance.Entrance
	workshops     *workshop.Service
	registrations *registration.Service
	minutes       *minutes.Service
	feedback      *feedback.Service
	kinds         kinds
	groups        *group.Service
	live          *live.Hub
	search        *search.Service
	keys          *api.Keys
	trace         *trace.Service
	demo          *demo.Demo // nil outside the demo
}

// messages are the catalogues of all rooms.
var messages = []embed.FS{
	web.Messages,
	ui.Messages,
	mail.Messages,
	audit.Messages,
	desk.Messages,
	notice.Messages,
	imprint.Messages,
	blob.Messages,
	export.Messages,
	api.Messages,
	privacy.Messages,
	search.Messages,
	trace.Messages,
	territory.Messages,
	people.Messages,
	assist.Messages,
	organisation.Messages,
	sheet.Messages,
	merge.Messages,
	moderation.Messages,
	intake.Messages,
	programme.Messages,
	news.Messages,
	barrier.Messages,
	event.Messages,
	registration.Messages,
	attendance.Messages,
	seating.Messages,
	debate.Messages,
	entrance.Messages,
	activity.Messages,
	workshop.Messages,
	exercise.Messages,
	minutes.Messages,
	feedback.Messages,
	live.Messages,
	panel.Messages,
	visit.Messages,
	exchange.Messages,
	group.Messages,
	demo.Messages,
}

// privacyRules are what all tables have to do with people.
var privacyRules = slices.Concat(
	privacy.Privacy,
	backup.Privacy,
	search.Privacy,
	api.Privacy,
	trace.Privacy,
	session.Privacy,
	mail.Privacy,
	audit.Privacy,
	desk.Privacy,
	notice.Privacy,
	moderation.Privacy,
	imprint.Privacy,
	people.Privacy,
	assist.Privacy,
	organisation.Privacy,
	intake.Privacy,
	merge.Privacy,
	programme.Privacy,
	news.Privacy,
	barrier.Privacy,
	event.Privacy,
	registration.Privacy,
	attendance.Privacy,
	seating.Privacy,
	debate.Privacy,
	workshop.Privacy,
	minutes.Privacy,
	feedback.Privacy,
	panel.Privacy,
	visit.Privacy,
	exchange.Privacy,
	group.Privacy,
	demo.Privacy,
)

// nav are the rooms that the header leads to.
var nav = []ui.Link{
	{Href: "/programy", Key: "programme.nav"},
	{Href: "/aktualnosci", Key: "news.list.title"},
	{Href: "/wydarzenia", Key: "event.list.title"},
	{Href: "/organizacje", Key: "organisation.nav"},
}

// footerNav are the pages that the law wants one step away from everywhere.
var footerNav = []ui.Link{
	{Href: imprint.DeclarationPath, Key: "imprint.title"},
	{Href: office.PolicyPath, Key: "privacy.office.policy.title"},
	{Href: imprint.ContactPath, Key: "imprint.contact_page"},
}

// open opens the database of the configuration, brings its tables up to date
// and puts the program together. d is nil outside the demo.
func open(ctx context.Context, c Config, d *demoMode) (*program, error) {
	options := store.Options{Logger: c.logger()}
	if d != nil {
		options.Clock, options.Volatile = d.clock, true // example data may be lost
	}
	db, err := c.openStore(ctx, options)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	p, err := assemble(ctx, c, db, d)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return p, nil
}

// assemble puts the program together on an open database. This is the only
// place that knows every room.
func assemble(ctx context.Context, c Config, db *store.DB, d *demoMode) (*program, error) {
	p := &program{config: c, db: db, log: c.logger(), metrics: prometheus.NewRegistry()}
	p.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	var err error
	if p.site, err = c.site(version, d != nil); err != nil {
		return nil, err
	}
	if p.catalogue, err = lang.Load(messages...); err != nil {
		return nil, err
	}
	if err := p.openFiles(c); err != nil {
		return nil, err
	}
	if err := p.openMail(d); err != nil {
		return nil, err
	}
	return p, p.openRooms(ctx, d)
}

func (p *program) openFiles(c Config) (err error) {
	dir := filepath.Join(c.Data, "files")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("uploaded files: %w", err)
	}
	p.files, err = blob.Dir(dir)
	return err
}

func (p *program) openMail(d *demoMode) (err error) {
	if p.queue, err = jobs.New(p.db, p.log); err != nil {
		return err
	}
	var transport mail.Transport
	switch {
	case d != nil: // its addresses are invented: nothing may leave
		transport = d.mailbox
	case p.config.SMTP != "":
		if transport, err = mail.SMTP(p.config.SMTP); err != nil {
			return fmt.Errorf("--smtp: %w", err)
		}
	}
	p.keeper = privacy.NewKeeper(p.db, p.queue, privacyRules)
	p.outbox = mail.NewOutbox(p.db, p.queue, transport, mail.Options{
		Site: p.site, From: p.config.mailFrom(p.site), Catalogue: p.catalogue, Logger: p.log, Privacy: p.keeper})
	return nil
}

func (p *program) openRooms(ctx context.Context, d *demoMode) error {
	c := p.config
	proxies, err := c.proxies()
	if err != nil {
		return err
	}
	secret, err := people.SecretFile(c.secretFile())
	if err != nil {
		return err
	}
	p.live = live.New(p.db, live.Options{Logger: p.log})
	p.app = web.New(web.Options{OnStop: []func(){p.live.Stop}, Site: p.site, DB: p.db, Catalogue: p.catalogue, Logger: p.log, Metrics: p.metrics,
		TrustedProxies: proxies, Development: c.Development, Nav: nav, FooterNav: footerNav, Search: search.Path})
	p.openSearch()
	p.keeper.AfterErasure(func(ctx context.Context, tx *store.Tx, g privacy.Gone) error {
		return p.search.Forget(ctx, tx, g.Marks)
	})
	p.keeper.KeepJournal(p.queue, c.journal())
	p.people = people.New(p.db, people.Options{Site: p.site, Outbox: p.outbox, Queue: p.queue,
		Privacy: p.keeper,
		Secret:  secret, ClientAddr: p.app.ClientAddr, RequireSecondFactor: c.RequireSecondFactor,
		LettersPerAddress: c.CodesPerAddress, LettersPerNetwork: c.CodesPerNetwork})
	p.people.AddDoor(people.Door{Href: mail.ListPath, Title: "mail.list.title", Text: "mail.list.door"})
	p.notices = notice.New(p.db, notice.Options{Site: p.site, Queue: p.queue, Outbox: p.outbox, Secret: secret})
	p.openModeration(secret)
	p.organisations = organisation.New(p.db, organisation.Options{Site: p.site, People: p.people, Outbox: p.outbox, Trace: p.trace,
		Moderation: p.moderation})
	p.programmes = programme.New(p.db, programme.Options{Site: p.site, People: p.people,
		Outbox: p.outbox, Files: p.files, Notices: p.notices})
	p.news = news.New(p.db, news.Options{Site: p.site, Blobs: p.files, Logger: p.log, Funding: p.programmes.Funding,
		Trace: p.trace, Notices: p.notices, Moderation: p.moderation})
	p.moderation.Add(organisation.ModerationKind(), p.news.ModerationKind())
	p.openEvents(secret)
	p.openAttendance(secret)
	p.openDebates()
	p.openWorkshops()
	p.programmes.AddBlock(p.news.ProgrammeBlock())
	p.programmes.AddHomeBlock(p.news.HomeBlock)
	p.keeper.Note = office.Note
	p.keeper.Object(p.people.MustStay)
	p.office = office.New(p.db, office.Options{Site: p.site, Keeper: p.keeper, Names: people.Names, ByEmail: people.IDByEmail,
		Programme: func(ctx context.Context, slug string) (privacy.Place, error) { return programme.Place(ctx, p.db, slug) },
		Organisation: func(ctx context.Context, slug string) (privacy.Place, error) {
			return organisation.Place(ctx, p.db, slug)
		}})
	p.imprint = imprint.New(p.db, imprint.Options{Site: p.site, Outbox: p.outbox, Queue: p.queue})
	p.people.AddDoor(people.Door{Href: imprint.EditPath, Title: "imprint.title", Text: "imprint.door"})
	p.people.AddDoor(people.Door{Href: office.Path, Title: "privacy.office.title", Text: "privacy.office.door"})
	p.keeper.Object(programme.MustStay)
	p.openAudit()
	p.openDesk()
	p.openNotices()
	p.openBarriers()
	p.app.People, p.app.Partners, p.app.Feeds = p.people, p.programmes.Partners, news.Feeds

	p.app.Add(p.people.Routes()...)
	p.app.Add(p.organisations.Routes()...)
	p.app.Add(p.programmes.Routes()...)
	p.app.Add(p.openIntake().Routes()...)
	p.app.Add(p.openMerge().Routes()...)
	p.app.Add(p.news.Routes()...)
	p.app.Add(p.registrations.Routes()...)
	p.app.Add(p.office.Routes()...)
	p.app.Add(p.imprint.Routes()...)
	p.app.Add(p.outbox.Routes()...)
	p.app.Add(p.search.Routes()...)
	p.app.Add(p.audit.Routes()...)
	p.openAPI()
	p.app.Add(p.desk.Routes()...)
	p.app.Add(p.trace.Routes()...)
	p.app.Add(p.notices.Routes()...)
	p.app.Add(p.moderation.Routes()...)
	helping := assist.New(p.db, p.people, p.audit, assist.Options{Site: p.site, Programme: p.programmes.LogPlace})
	p.app.Add(helping.Routes()...)
	if c.Development {
		p.app.Add(web.Route{Pattern: "GET /dev/components", Need: access.Anyone, Handle: showComponents},
			web.Route{Pattern: "GET /dev/components/charts", Need: access.Anyone, Handle: showCharts})
	}
	if d != nil {
		p.demo = demo.New(demo.Deps{DB: p.db, Queue: p.queue, People: p.people, Organisations: p.organisations, Programmes: p.programmes,
			News: p.news, Barriers: p.barriers, Events: p.events, Registrations: p.registrations, Panels: p.kinds.panels, Visits: p.kinds.visits, Exchanges: p.kinds.exchanges, Groups: p.groups,
			Attendance: p.attendance, Seating: p.seating, Minutes: p.minutes, Feedback: p.feedback, Debates: p.debates,
			Trace: p.trace, Moderation: p.moderation, Assist: helping, Site: p.site, Catalogue: p.catalogue, Logger: p.log})
		p.app.Add(p.demo.Routes()...)
		p.app.Add(d.mailbox.Routes()...)
	}
	return nil
}

// openModeration lets people report what others write, and keeps those from
// writing who are blocked.
func (p *program) openModeration(secret []byte) {
	p.moderation = moderation.New(p.db, moderation.Options{Queue: p.queue, Notices: p.notices, Secret: secret, ClientAddr: p.app.ClientAddr,
		Names: people.Names, ByEmail: people.IDByEmail, Staff: programme.IsStaff, Others: programme.RolesOfOthers,
		Joined: func(ctx context.Context, r store.Reader, person store.ID) (time.Time, error) {
			account, err := people.ByID(ctx, r, person)
			return account.CreatedAt.Time, err
		},
		Programme: func(ctx context.Context, r store.Reader, slug string) (moderation.Place, error) {
			in, err := programme.Named(ctx, r, slug)
			return moderation.Place{ID: in.ID, Title: in.Title, Path: in.Path()}, err
		}})
	p.app.Refuse, p.app.Appeal = p.moderation.Refuse, moderation.AppealLink
	p.people.AddBlock(p.moderation.AccountPart)
	p.people.AddDoor(people.Door{Href: moderation.AdminPath, Title: "moderation.queue.title", Text: "moderation.door"})
}

// openSearch lets the rooms' things be found and linked with one another.
func (p *program) openSearch() {
	p.search = search.New(p.db, search.Options{Members: programme.MembershipsOf})
	p.search.Add(news.SearchKind(), event.SearchKind())
	p.search.Add(programme.SearchKinds()...)
	p.search.Add(organisation.SearchKind())
	p.search.Add(minutes.SearchKinds()...)
	p.search.FillAtStart(p.queue)

	p.trace = trace.New(p.db, p.search)
	p.trace.Add(programme.TraceKind(), news.TraceKind(), event.TraceKind(), organisation.TraceKind())
	p.trace.Add(minutes.TraceKinds()...)
	p.trace.AddRelation(programme.TraceRelation())
}

func (p *program) openNotices() {
	p.notices.Programme = p.programmes.Followed
	p.notices.Register(slices.Concat(programme.Notices, news.Notices, event.Notices, kindsNotices)...)
	p.notices.Register(minutes.Notices...)
	p.notices.Register(feedback.Notices...)
	p.notices.Register(attendance.Notices...)
	p.notices.Register(moderation.Notices...)
	p.programmes.AddBlock(programme.Block{Show: func(ctx context.Context, in programme.Programme) (templ.Component, error) {
		return p.notices.FollowPart(ctx, notice.Place{ID: in.ID, Title: in.Title, Path: in.Path()})
	}})
	p.desk.AddBeside(p.notices.Beside)
}

func (p *program) openDesk() {
	p.desk = desk.New(p.db, desk.Options{Queue: p.queue, Programme: p.programmes.DeskOf})
	p.desk.Register(slices.Concat(mail.Desk, people.Desk, organisation.Desk, programme.Desk, news.Desk, event.Desk, registration.Desk, kindsDesk)...)
	p.desk.Register(minutes.Desk...)
	p.desk.Register(attendance.Desk...)
	p.desk.Register(moderation.Desk...)
	p.app.Waiting = p.desk.Waiting
}

func (p *program) openIntake() *intake.Service {
	return intake.New(p.db, intake.Options{Organisations: p.organisations, Programme: p.programmes.LogPlace,
		InUse: []func(context.Context, store.Reader, store.ID) (bool, error){programme.UsesOrganisation, news.UsesOrganisation, barrier.UsesOrganisation,
			event.UsesOrganisation, registration.UsesOrganisation, visit.UsesOrganisation, exchange.UsesOrganisation, group.UsesOrganisation, minutes.UsesOrganisation}})
}

// openMerge knows every column that leads to an organisation or to a person.
func (p *program) openMerge() *merge.Service {
	p.people.AddDoor(people.Door{Href: merge.Path, Title: "merge.title", Text: "merge.door"})
	letters := merge.Reference{Table: "mail_outbox", Column: "data", Inside: true}
	elsewhere := slices.Concat(programme.OrganisationReferences, news.OrganisationReferences, barrier.OrganisationReferences,
		event.OrganisationReferences, registration.OrganisationReferences, visit.OrganisationReferences, exchange.OrganisationReferences, group.OrganisationReferences, minutes.OrganisationReferences,
		demo.OrganisationReferences, []merge.Reference{
			{Table: "desk_item", Column: "place"}, {Table: "trace_link", Column: "thing"}, {Table: "trace_link", Column: "source"},
			{Table: "notice_message", Column: "matter", Inside: true}, // of a task: whose it is
			{Table: "privacy_clause", Column: "place"}, {Table: "moderation_case", Column: "thing"}, letters})
	return merge.New(p.db, organisation.MergeKind(elsewhere...), people.MergeKind(privacyRules, letters))
}

func (p *program) openAudit() {
	p.audit = audit.New(p.db, audit.Options{Queue: p.queue, Logger: p.log, Names: people.Names, Find: people.Find, Erased: people.Erased,
		Programme: p.programmes.LogPlace})
	p.audit.Register(mail.Audit, people.Audit, assist.Audit, organisation.Audit, intake.Audit, merge.Audit, programme.Audit, news.Audit, debate.Audit, workshop.Audit, event.Audit, registration.Audit, attendance.Audit, seating.Audit, office.Audit, imprint.Audit)
	p.audit.Register(minutes.Audit, feedback.Audit)
	p.audit.Register(moderation.Audit)
	p.audit.Register(kindsAudit...)
	p.audit.Register(p.trace.Audit())
	p.keeper.Say("audit_entry", "act", p.audit.SayAct)
	p.keeper.Say("audit_entry", "details", p.audit.SayDetails)
	p.people.AddDoor(people.Door{Href: audit.ListPath, Title: "audit.list.title", Text: "audit.door"})
}

// openAPI opens to programs what the rooms show to people.
func (p *program) openAPI() {
	a, keys := api.New(p.site), api.NewKeys(p.db, p.people)
	p.keys = keys
	p.organisations.AddTo(a)
	p.programmes.AddTo(a)
	p.news.AddTo(a)
	p.events.AddTo(a)
	p.groups.AddTo(a)
	p.barriers.AddTo(a)
	p.app.Keys = keys.Actor
	p.people.AddBlock(keys.Block)
	p.app.Add(a.Routes()...)
	p.app.Add(keys.Routes(a)...)
}

func showComponents(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, ui.Components())
}

func showCharts(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, ui.Charts())
}

// close ends what open began.
func (p *program) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := p.keeper.Flush(ctx); err != nil {
		p.log.Error("looks at data not noted", "error", err)
	}
	if err := p.db.Close(); err != nil {
		p.log.Error("close database", "error", err)
	}
}

// explain says a fault in words, for the command line.
func (p *program) explain(err error) string {
	f := fault.Of(err)
	if f == nil {
		return err.Error()
	}
	printer := p.catalogue.Printer(lang.English)
	if len(f.Fields) > 0 {
		return printer.T(f.Fields[0].Key, f.Fields[0].Args...)
	}
	return printer.T(f.Key, f.Args...)
}
