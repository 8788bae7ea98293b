package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// files are what people attach. The PDFs were printed by Chromium from the pages
// that stand beside them, so that they are tagged and can be read aloud:
//
//	chromium --headless --no-pdf-header-footer --print-to-pdf=NAME.pdf NAME.html
//
//go:embed files/*.pdf
var files embed.FS

// story tells the example: it lets each person do at the time of the story what
// they did, and remembers the ids that came of it.
type story struct {
	*Demo
	persons    map[string]store.ID // by address
	bodies     map[string]store.ID // by key, as all below
	programmes map[string]programme.Programme
	goals      map[string]store.ID
	articles   map[string]store.ID // by the file of the text
	events     map[string]event.Event
}

func newStory(d *Demo) *story {
	return &story{Demo: d, persons: map[string]store.ID{}, bodies: map[string]store.ID{},
		programmes: map[string]programme.Programme{}, goals: map[string]store.ID{}, articles: map[string]store.ID{},
		events: map[string]event.Event{}}
}

func (s *story) tell(ctx context.Context) error {
	if err := s.welcome(ctx); err != nil {
		return err
	}
	for _, b := range bodies {
		if err := s.found(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", b.profile.Name, err)
		}
	}
	for _, p := range plans {
		if err := s.begin(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p.title, err)
		}
	}
	for _, p := range persons {
		for _, j := range p.joins {
			if err := s.join(ctx, p, j); err != nil {
				return fmt.Errorf("%s joins: %w", p.name, err)
			}
		}
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	for _, a := range articles {
		if err := s.write(ctx, a); err != nil {
			return fmt.Errorf("%s: %w", a.title, err)
		}
	}
	if err := s.nameKind(ctx); err != nil {
		return fmt.Errorf("kind of barriers: %w", err)
	}
	for _, o := range obstacles {
		if err := s.block(ctx, o); err != nil {
			return fmt.Errorf("%s: %w", o.words.Statement, err)
		}
	}
	for _, t := range ties {
		if err := s.tieTogether(ctx, t); err != nil {
			return fmt.Errorf("thread: %w", err)
		}
	}
	if err := s.moderate(ctx); err != nil {
		return fmt.Errorf("moderation: %w", err)
	}
	if err := s.leaveOpen(ctx); err != nil {
		return err
	}
	if err := s.meet(ctx); err != nil {
		return fmt.Errorf("events: %w", err)
	}
	return nil
}

// at moves the clock to a moment of the story, in Warsaw; a day alone is nine in
// the morning.
func (s *story) at(when string) time.Time {
	t := moment(when)
	s.DB.Clock().Move(t)
	return t
}

func moment(s string) time.Time {
	if t, err := time.ParseInLocation("2006-01-02 15:04", s, lang.Warsaw); err == nil {
		return t
	}
	return day(s).Add(9 * time.Hour)
}

// day is the beginning of a day in Warsaw; zero for none.
func day(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, lang.Warsaw)
	if err != nil {
		panic(err) // written in this package
	}
	return t
}

// afterDay is the first moment that is no longer in a day.
func afterDay(s string) store.Time {
	if s == "" {
		return store.Time{}
	}
	return store.At(day(s).AddDate(0, 0, 1))
}

// as lets a person act with the roles they have at this moment of the story.
func (s *story) as(ctx context.Context, email string) (context.Context, error) {
	id, known := s.persons[email]
	if !known {
		return nil, fmt.Errorf("nobody has the address %s", email)
	}
	actor, err := s.People.Actor(ctx, session.Session{Person: id, Staff: true})
	if err != nil {
		return nil, err
	}
	return access.With(ctx, actor), nil
}

// welcome gives everybody an account and makes the administrator one.
func (s *story) welcome(ctx context.Context) error {
	s.at("2014-05-01")
	err := s.DB.Write(ctx, func(tx *store.Tx) error {
		for _, p := range persons {
			made, err := s.People.Create(ctx, tx, people.NewPerson{Email: p.email, Name: p.name, Language: lang.Polish, Municipality: p.place})
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			s.persons[p.email] = made.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, _, err = s.People.AdminCreate(ctx, administrator)
	return err
}

// found registers an organisation, lets its people in, and has it looked at.
func (s *story) found(ctx context.Context, b body) error {
	s.at(b.on)
	first := b.people[0]
	ctx, err := s.as(ctx, first.email)
	if err != nil {
		return err
	}
	o, err := s.Organisations.Register(ctx, b.profile)
	if err != nil {
		return err
	}
	s.bodies[b.key] = o.ID
	if err := s.fileAway(ctx, o, b.papers); err != nil {
		return err
	}
	for i, p := range b.people {
		if i == 0 {
			err = s.nameFounder(ctx, o, p)
		} else {
			err = s.letIn(ctx, o, p)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.email, err)
		}
	}
	return s.judge(ctx, o, b)
}

func (s *story) fileAway(ctx context.Context, o organisation.Organisation, p organisation.Papers) error {
	if p.Representation == "" {
		return nil
	}
	p.Organisation, p.Version = o.ID, 1
	return s.Organisations.ChangePapers(ctx, p)
}

// nameFounder says what the person is who registered the organisation.
func (s *story) nameFounder(ctx context.Context, o organisation.Organisation, p post) error {
	if p.title == "" {
		return nil
	}
	mandate, err := store.One[struct {
		ID      store.ID
		Version int
	}](ctx, s.DB, `SELECT id, version FROM organisation_mandate WHERE organisation = $1 AND person = $2`, o.ID, s.persons[p.email])
	if err != nil {
		return err
	}
	return s.Organisations.Amend(ctx, o.ID, mandate.ID, mandate.Version, organisation.Appointment{Role: p.role, Title: p.title})
}

// letIn invites a person and accepts for them, once the letter has gone out.
func (s *story) letIn(ctx context.Context, o organisation.Organisation, p post) error {
	a := organisation.Appointment{Role: p.role, Title: p.title, Until: afterDay(p.until)}
	if err := s.Organisations.Invite(ctx, o.ID, p.email, a); err != nil {
		return err
	}
	if err := s.Queue.Drain(ctx); err != nil {
		return err
	}
	invitation, err := store.One[store.ID](ctx, s.DB, `SELECT id FROM organisation_invitation
		WHERE organisation = $1 AND email = $2 AND state = 'waiting'`, o.ID, p.email)
	if err != nil {
		return err
	}
	if ctx, err = s.as(ctx, p.email); err != nil {
		return err
	}
	return s.Organisations.AcceptInvitation(ctx, invitation)
}

// judge lets the administrator look at the organisation.
func (s *story) judge(ctx context.Context, o organisation.Organisation, b body) error {
	ctx, err := s.as(ctx, administrator)
	if err != nil {
		return err
	}
	switch {
	case b.verified != "":
		return s.Organisations.Verify(ctx, o.ID, o.Version, b.verified)
	case b.returned != "":
		return s.Organisations.Return(ctx, o.ID, o.Version, b.returned)
	}
	return nil
}

// begin makes a programme with all its parts and publishes it.
func (s *story) begin(ctx context.Context, p plan) error {
	s.at(p.on)
	ctx, err := s.as(ctx, administrator)
	if err != nil {
		return err
	}
	made, err := s.Programmes.Create(ctx, programme.NewProgramme{Title: p.title, Summary: p.summary, Language: lang.Polish,
		Owner: s.bodies[p.owner], Manager: p.manager})
	if err != nil {
		return err
	}
	if ctx, err = s.as(ctx, p.manager); err != nil {
		return err
	}
	if err := s.describe(ctx, p, made); err != nil {
		return err
	}
	for _, step := range []func(context.Context, plan) error{s.addPartners, s.addPhases, s.addGoals, s.giveRoles, s.publishPlan, s.measureGoals} {
		if err := step(ctx, p); err != nil {
			return err
		}
	}
	s.programmes[p.key], err = programme.ByID(ctx, s.DB, made.ID)
	return err
}

// describe fills in the particulars. Each change makes the next version.
func (s *story) describe(ctx context.Context, p plan, made programme.Programme) error {
	_, err := s.Programmes.SaveData(ctx, made.Slug, made.Version, programme.Data{
		Title: p.title, Summary: p.summary, Slug: p.slug, Language: lang.Polish,
		StartsAt: day(p.first), LastDay: day(p.last), Areas: p.areas, Admission: p.admission, Sectors: p.sectors})
	if err != nil {
		return err
	}
	version := made.Version + 1
	if _, err := s.Programmes.SaveDescription(ctx, p.slug, version, text(p.description)); err != nil {
		return err
	}
	version++
	if _, err := s.Programmes.SaveContact(ctx, p.slug, version, s.persons[p.manager], p.email, p.phone); err != nil {
		return err
	}
	if p.funder == "" {
		return nil
	}
	version++
	if _, err := s.Programmes.SaveFunder(ctx, p.slug, version, p.funder, p.projectNumber); err != nil {
		return err
	}
	return s.addLogo(ctx, p)
}

func text(name string) string {
	content, err := texts.ReadFile("texts/" + name)
	if err != nil {
		panic(err) // embedded: a test reads every one
	}
	return strings.TrimSpace(string(content))
}

func (s *story) addLogo(ctx context.Context, p plan) error {
	drawing, err := upload.Picture(ctx, bytes.NewReader(mark().png()), "znak.png", upload.Largest)
	if err != nil {
		return err
	}
	_, err = s.Programmes.AddLogo(ctx, p.slug, "Znak przykładowego Funduszu Współpracy Lokalnej: trzy stopnie i koło", drawing)
	return err
}

func (s *story) addPartners(ctx context.Context, p plan) error {
	for _, x := range p.partners {
		if err := s.Programmes.AddPartner(ctx, p.slug, s.bodies[x.organisation], x.url); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) addPhases(ctx context.Context, p plan) error {
	for _, x := range p.phases {
		opens := make([]string, len(x.opens))
		for i, o := range x.opens {
			opens[i] = string(o)
		}
		if _, err := s.Programmes.AddPhase(ctx, p.slug, programme.NewPhase{Title: x.title, Starts: day(x.first),
			LastDay: day(x.last), Opens: opens}); err != nil {
			return fmt.Errorf("%s: %w", x.title, err)
		}
	}
	return nil
}

func (s *story) addGoals(ctx context.Context, p plan) error {
	for _, x := range p.goals {
		id, err := s.Programmes.AddGoal(ctx, p.slug, programme.NewGoal{Title: x.title, Description: x.description})
		if err != nil {
			return fmt.Errorf("%s: %w", x.title, err)
		}
		s.goals[x.key] = id
	}
	return nil
}

func (s *story) giveRoles(ctx context.Context, p plan) error {
	for _, x := range p.team {
		if _, err := s.Programmes.Give(ctx, p.slug, x.email, x.role); err != nil {
			return fmt.Errorf("%s: %w", x.email, err)
		}
	}
	return nil
}

func (s *story) publishPlan(ctx context.Context, p plan) error {
	if p.published == "" {
		return nil
	}
	s.at(p.published + " 12:00")
	now, err := programme.BySlug(ctx, s.DB, p.slug)
	if err != nil {
		return err
	}
	_, err = s.Programmes.SetState(ctx, p.slug, now.Version, programme.Published)
	return err
}

// measureGoals adds the indicators with the values that were measured, each on
// its day.
func (s *story) measureGoals(ctx context.Context, p plan) error {
	for _, g := range p.goals {
		for _, i := range g.indicators {
			s.at(p.on)
			id, err := s.Programmes.AddIndicator(ctx, p.slug, s.goals[g.key], programme.NewIndicator{Name: i.name, Unit: i.unit,
				Baseline: baseline(i.baseline), Target: amount(i.target)})
			if err != nil {
				return fmt.Errorf("%s: %w", i.name, err)
			}
			for _, v := range i.values {
				s.at(v.on)
				if err := s.Programmes.Measured(ctx, p.slug, id, amount(v.amount), day(v.on), v.note); err != nil {
					return fmt.Errorf("%s: %w", i.name, err)
				}
			}
		}
	}
	return nil
}

func amount(typed string) programme.Amount {
	a, ok := programme.ParseAmount(typed)
	if !ok {
		panic("demo: no number: " + typed) // written in this package
	}
	return a
}

func baseline(typed string) *programme.Amount {
	if typed == "" {
		return nil
	}
	a := amount(typed)
	return &a
}

func (s *story) join(ctx context.Context, p person, j joining) error {
	s.at(j.on)
	ctx, err := s.as(ctx, p.email)
	if err != nil {
		return err
	}
	to := s.programmes[j.programme]
	wish := programme.Joining{Organisation: s.bodies[j.behalf], Words: j.words}
	if j.behalf == "" {
		wish.Municipality = p.place
	}
	state, err := s.Programmes.Join(ctx, to.Slug, wish)
	if err != nil || state != programme.Requested || j.words != "" {
		return err // who asked in words still waits for the answer
	}
	if err := s.Queue.Drain(ctx); err != nil { // the manager's letter goes out before the answer
		return err
	}
	if ctx, err = s.as(ctx, managerOf(j.programme)); err != nil {
		return err
	}
	return s.Programmes.Approve(ctx, to.Slug, s.persons[p.email], 1)
}

func managerOf(key string) string {
	for _, p := range plans {
		if p.key == key {
			return p.manager
		}
	}
	panic("demo: no programme " + key) // written in this package
}

// write writes an article, publishes it, and mends or withdraws it.
func (s *story) write(ctx context.Context, a article) error {
	s.at(a.written)
	ctx, err := s.as(ctx, a.author)
	if err != nil {
		return err
	}
	id, in := store.NewID(), s.programmes[a.programme].ID
	s.articles[a.text] = id
	c, err := s.content(ctx, in, id, a)
	if err != nil {
		return err
	}
	first := c
	if a.wrong != "" {
		first.Body = strings.Replace(c.Body, a.right, a.wrong, 1)
	}
	made, err := s.News.Begin(ctx, in, id, first)
	if err != nil || a.publish == "" {
		return err
	}
	if strings.HasPrefix(a.publish, a.written[:len(time.DateOnly)]) {
		s.at(a.publish) // published by hand on the same day, not scheduled
	}
	if made, err = s.News.Publish(ctx, in, id, made.Version, moment(a.publish)); err != nil {
		return err
	}
	if a.wrong != "" {
		s.at(a.corrected)
		if made, err = s.News.Revise(ctx, in, id, made.Version, c); err != nil {
			return err
		}
	}
	if a.reason != "" {
		s.at(a.withdrawn)
		_, err = s.News.Withdraw(ctx, in, id, made.Version, a.reason)
	}
	return err
}

func (s *story) content(ctx context.Context, in, id store.ID, a article) (news.Content, error) {
	c := news.Content{Title: a.title, Lead: a.lead, Body: text(a.text), Language: string(lang.Polish),
		Details: news.Details{Organisation: s.bodies[a.body], Tags: a.tags, Places: a.places}}
	for _, key := range a.goals {
		c.Goals = append(c.Goals, s.goals[key])
	}
	if p := a.picture; p != nil {
		file, err := s.News.Attach(ctx, in, id, p.name, bytes.NewReader(p.draw().png()), true)
		if err != nil {
			return c, err
		}
		c.Picture = &news.Picture{File: file, Alt: p.alt, Caption: p.caption}
	}
	for _, name := range a.files {
		file, err := files.Open("files/" + name)
		if err != nil {
			return c, err
		}
		attached, err := s.News.Attach(ctx, in, id, name, file, false)
		if err != nil {
			return c, err
		}
		c.Files = append(c.Files, news.File{ID: attached})
	}
	return c, nil
}

// leaveOpen leaves on people's desks what they have to answer.
func (s *story) leaveOpen(ctx context.Context) error {
	s.at("2014-12-03 17:20")
	ctx, err := s.as(ctx, "dawid.sosnal@poczta.example.com")
	if err != nil {
		return err
	}
	if err := s.Organisations.Ask(ctx, s.bodies[sports],
		"Trenowałem siatkówkę jako junior, a od września moja córka gra u was w drużynie. Mogę prowadzić rozgrzewki i jeździć jako drugi kierowca."); err != nil {
		return err
	}
	s.at("2014-12-04 10:05")
	if ctx, err = s.as(ctx, leader); err != nil {
		return err
	}
	if err := s.Organisations.Invite(ctx, s.bodies[sports], "monika.wiklina@poczta.example.com",
		organisation.Appointment{Role: access.Member, Title: "trenerka"}); err != nil {
		return err
	}
	if ctx, err = s.as(ctx, "grazyna.wierzbianska@czysta-rzeka.example.org"); err != nil {
		return err
	}
	if err := s.Organisations.Invite(ctx, s.bodies[river], "wiktoria.cmielowiec@poczta.example.com",
		organisation.Appointment{Role: access.Member, Title: "wolontariuszka"}); err != nil {
		return err
	}
	if ctx, err = s.as(ctx, manager); err != nil {
		return err
	}
	if _, err = s.Programmes.Invite(ctx, s.programmes[main].Slug,
		"soltyska@jodlowiec.example.org\nlucyna.mlynarczyk-ges@poczta.example.com", lang.Polish); err != nil {
		return err
	}
	return s.Queue.Drain(ctx)
}
