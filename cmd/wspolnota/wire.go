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
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/imprint"
	"github.com/wspolnota/wspolnota/internal/demo"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/merge"
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

	people        *people.Service
	organisations *organisation.Service
	programmes    *programme.Service
	news          *news.Service
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
	intake.Messages,
	programme.Messages,
	news.Messages,
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
	imprint.Privacy,
	people.Privacy,
	assist.Privacy,
	organisation.Privacy,
	intake.Privacy,
	merge.Privacy,
	programme.Privacy,
	news.Privacy,
	demo.Privacy,
)

// nav are the rooms that the header leads to.
var nav = []ui.Link{
	{Href: "/programy", Key: "programme.nav"},
	{Href: "/aktualnosci", Key: "news.list.title"},
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
	p.app = web.New(web.Options{Site: p.site, DB: p.db, Catalogue: p.catalogue, Logger: p.log, Metrics: p.metrics,
		TrustedProxies: proxies, Development: c.Development, Nav: nav, FooterNav: footerNav, Search: search.Path})
	p.openSearch()
	p.people = people.New(p.db, people.Options{Site: p.site, Outbox: p.outbox, Queue: p.queue,
		Privacy: p.keeper,
		Secret:  secret, ClientAddr: p.app.ClientAddr, RequireSecondFactor: c.RequireSecondFactor,
		LettersPerAddress: c.CodesPerAddress, LettersPerNetwork: c.CodesPerNetwork})
	p.people.AddDoor(people.Door{Href: mail.ListPath, Title: "mail.list.title", Text: "mail.list.door"})
	p.notices = notice.New(p.db, notice.Options{Site: p.site, Queue: p.queue, Outbox: p.outbox, Secret: secret})
	p.organisations = organisation.New(p.db, organisation.Options{Site: p.site, People: p.people, Outbox: p.outbox, Trace: p.trace})
	p.programmes = programme.New(p.db, programme.Options{Site: p.site, People: p.people,
		Outbox: p.outbox, Files: p.files, Notices: p.notices})
	p.news = news.New(p.db, news.Options{Site: p.site, Blobs: p.files, Logger: p.log, Funding: p.programmes.Funding,
		Trace: p.trace, Notices: p.notices})
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
	p.app.People, p.app.Partners, p.app.Feeds = p.people, p.programmes.Partners, news.Feeds

	p.app.Add(p.people.Routes()...)
	p.app.Add(p.organisations.Routes()...)
	p.app.Add(p.programmes.Routes()...)
	p.app.Add(p.openIntake().Routes()...)
	p.app.Add(p.openMerge().Routes()...)
	p.app.Add(p.news.Routes()...)
	p.app.Add(p.office.Routes()...)
	p.app.Add(p.imprint.Routes()...)
	p.app.Add(p.outbox.Routes()...)
	p.app.Add(p.search.Routes()...)
	p.app.Add(p.audit.Routes()...)
	p.openAPI()
	p.app.Add(p.desk.Routes()...)
	p.app.Add(p.trace.Routes()...)
	p.app.Add(p.notices.Routes()...)
	p.app.Add(assist.New(p.db, p.people, p.audit, p.site).Routes()...)
	if c.Development {
		p.app.Add(web.Route{Pattern: "GET /dev/components", Need: access.Anyone, Handle: showComponents})
	}
	if d != nil {
		p.demo = demo.New(demo.Deps{DB: p.db, Queue: p.queue, People: p.people, Organisations: p.organisations, Programmes: p.programmes,
			News: p.news, Trace: p.trace, Site: p.site})
		p.app.Add(p.demo.Routes()...)
		p.app.Add(d.mailbox.Routes()...)
	}
	return nil
}

// openSearch lets the rooms' things be found and linked with one another.
func (p *program) openSearch() {
	p.search = search.New(p.db, search.Options{Members: programme.MembershipsOf})
	p.search.Add(news.SearchKind())
	p.search.Add(programme.SearchKinds()...)
	p.search.Add(organisation.SearchKind())
	p.search.FillAtStart(p.queue)

	p.trace = trace.New(p.db, p.search)
	p.trace.Add(programme.TraceKind(), news.TraceKind(), organisation.TraceKind())
	p.trace.AddRelation(programme.TraceRelation())
}

func (p *program) openNotices() {
	p.notices.Programme = p.programmes.Followed
	p.notices.Register(slices.Concat(programme.Notices, news.Notices)...)
	p.programmes.AddBlock(programme.Block{Show: func(ctx context.Context, in programme.Programme) (templ.Component, error) {
		return p.notices.FollowPart(ctx, notice.Place{ID: in.ID, Title: in.Title, Path: in.Path()})
	}})
	p.desk.AddBeside(p.notices.Beside)
}

func (p *program) openDesk() {
	p.desk = desk.New(p.db, desk.Options{Queue: p.queue, Programme: p.programmes.DeskOf})
	p.desk.Register(slices.Concat(mail.Desk, organisation.Desk, programme.Desk, news.Desk)...)
	p.app.Waiting = p.desk.Waiting
}

func (p *program) openIntake() *intake.Service {
	return intake.New(p.db, intake.Options{Organisations: p.organisations, Programme: p.programmes.LogPlace,
		InUse: []func(context.Context, store.Reader, store.ID) (bool, error){programme.UsesOrganisation, news.UsesOrganisation}})
}

// openMerge knows every column that leads to an organisation or to a person.
func (p *program) openMerge() *merge.Service {
	p.people.AddDoor(people.Door{Href: merge.Path, Title: "merge.title", Text: "merge.door"})
	letters := merge.Reference{Table: "mail_outbox", Column: "data", Inside: true}
	elsewhere := slices.Concat(programme.OrganisationReferences, news.OrganisationReferences, []merge.Reference{
		{Table: "desk_item", Column: "place"}, {Table: "trace_link", Column: "thing"}, {Table: "trace_link", Column: "source"},
		{Table: "privacy_clause", Column: "place"}, letters})
	return merge.New(p.db, organisation.MergeKind(elsewhere...), people.MergeKind(privacyRules, letters))
}

func (p *program) openAudit() {
	p.audit = audit.New(p.db, audit.Options{Queue: p.queue, Logger: p.log, Names: people.Names, Find: people.Find, Erased: people.Erased,
		Programme: p.programmes.LogPlace})
	p.audit.Register(mail.Audit, people.Audit, assist.Audit, organisation.Audit, intake.Audit, merge.Audit, programme.Audit, news.Audit, office.Audit, imprint.Audit)
	p.audit.Register(p.trace.Audit())
	p.people.AddDoor(people.Door{Href: audit.ListPath, Title: "audit.list.title", Text: "audit.door"})
}

// openAPI opens to programs what the rooms show to people.
func (p *program) openAPI() {
	a, keys := api.New(p.site), api.NewKeys(p.db, p.people)
	p.keys = keys
	p.organisations.AddTo(a)
	p.programmes.AddTo(a)
	p.news.AddTo(a)
	p.app.Keys = keys.Actor
	p.people.AddBlock(keys.Block)
	p.app.Add(a.Routes()...)
	p.app.Add(keys.Routes(a)...)
}

func showComponents(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, ui.Components())
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
