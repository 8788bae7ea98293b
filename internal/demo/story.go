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
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// files are what people attach. The PDFs were printed by Chromium from the pages
// that stand beside them, so that they are tagged and can be read aloud:
//
//	chromium --headless --no-pdf-header-footer --print-to-pdf=NAME.pdf NAME.html
//
//go:embed files/*.pdf
var files embed.FS

// acts are the whole story.
func (s *story) acts() []act {
	acts := s.welcome()
	for _, b := range bodies {
		acts = append(acts, act{b.on, b.people[0].email, func(ctx context.Context) error {
			if err := s.found(ctx, b); err != nil {
				return fmt.Errorf("%s: %w", b.profile.Name, err)
			}
			return nil
		}})
	}
	for _, p := range plans {
		acts = append(acts, s.planActs(p)...)
	}
	for _, p := range persons {
		for _, j := range p.joins {
			acts = append(acts, act{j.on + " 13:00", p.email, func(ctx context.Context) error { return s.join(ctx, p, j) }})
		}
	}
	for _, a := range articles {
		acts = append(acts, s.articleActs(a)...)
	}
	for _, part := range []func() []act{s.keepingActs, s.announcements, s.seminarActs, s.workshopActs, s.exchangeActs, s.panelActs, s.visitActs, s.groupActs,
		s.debateActs, s.barrierActs, s.tieActs, s.moderationActs, s.openActs} {
		acts = append(acts, part()...)
	}
	return acts
}

// welcome gives people accounts, those of one day together, and makes the
// administrator one. Who can be played is there from the first day.
func (s *story) welcome() []act {
	days := map[string][]person{}
	var acts []act
	for _, p := range persons {
		on := p.since()
		if len(days[on]) == 0 {
			acts = append(acts, act{on + " 08:00", "", func(ctx context.Context) error { return s.register(ctx, days[on]) }})
		}
		days[on] = append(days[on], p)
	}
	return append(acts, act{"2014-05-01 08:30", "", func(ctx context.Context) error {
		_, _, err := s.People.AdminCreate(ctx, administrator)
		return err
	}})
}

func (s *story) register(ctx context.Context, all []person) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		for _, p := range all {
			if _, err := s.People.Create(ctx, tx, people.NewPerson{Email: p.email, Name: p.name, Language: lang.Polish, Municipality: p.place}); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
		return nil
	})
}

// found registers an organisation, lets its people in, and has it looked at.
func (s *story) found(ctx context.Context, b body) error {
	o, err := s.Organisations.Register(ctx, b.profile)
	if err != nil {
		return err
	}
	s.keep("body/"+b.key, o.ID)
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
	founder, err := s.person(ctx, p.email)
	if err != nil {
		return err
	}
	mandate, err := store.One[struct {
		ID      store.ID
		Version int
	}](ctx, s.DB, `SELECT id, version FROM organisation_mandate WHERE organisation = $1 AND person = $2`, o.ID, founder)
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

// planActs make a programme with all its parts, and publish it.
func (s *story) planActs(p plan) []act {
	acts := []act{{p.on, administrator, func(ctx context.Context) error {
		made, err := s.Programmes.Create(ctx, programme.NewProgramme{Title: p.title, Summary: p.summary, Language: lang.Polish,
			Owner: s.body(p.owner), Manager: p.manager})
		s.keep("programme/"+p.key, made.ID)
		return err
	}}}
	run := func(at string, do func(ctx context.Context, slug string) error) {
		acts = append(acts, act{at, p.manager, func(ctx context.Context) error {
			slug, err := s.slug(ctx, p.key)
			if err != nil {
				return err
			}
			return do(ctx, slug)
		}})
	}
	run(p.on, func(ctx context.Context, slug string) error { return s.describe(ctx, p, slug) })
	for _, x := range p.partners {
		run(max(p.on, foundedOn(x.organisation)), func(ctx context.Context, slug string) error {
			return s.Programmes.AddPartner(ctx, slug, s.body(x.organisation), x.url)
		})
	}
	run(p.on, func(ctx context.Context, slug string) error { return s.addPhases(ctx, p, slug) })
	run(p.on, func(ctx context.Context, slug string) error { return s.addGoals(ctx, p, slug) })
	for _, x := range p.team {
		run(max(p.on, sinceOf(x.email)), func(ctx context.Context, slug string) error {
			_, err := s.Programmes.Give(ctx, slug, x.email, x.role)
			return err
		})
	}
	if p.published != "" {
		run(p.published+" 12:00", func(ctx context.Context, slug string) error {
			now, err := programme.BySlug(ctx, s.DB, slug)
			if err == nil {
				_, err = s.Programmes.SetState(ctx, slug, now.Version, programme.Published)
			}
			return err
		})
	}
	for _, g := range p.goals {
		for _, i := range g.indicators {
			for _, v := range i.values {
				run(v.on+" 14:00", func(ctx context.Context, slug string) error {
					return s.Programmes.Measured(ctx, slug, s.things["indicator/"+i.name], amount(v.amount), day(v.on), v.note)
				})
			}
		}
	}
	return acts
}

// describe fills in the particulars. Each change makes the next version.
func (s *story) describe(ctx context.Context, p plan, slug string) error {
	made, err := programme.BySlug(ctx, s.DB, slug)
	if err != nil {
		return err
	}
	_, err = s.Programmes.SaveData(ctx, slug, made.Version, programme.Data{
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
	leads, err := s.person(ctx, p.manager)
	if err != nil {
		return err
	}
	if _, err := s.Programmes.SaveContact(ctx, p.slug, version, leads, p.email, p.phone); err != nil {
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

func (s *story) addPhases(ctx context.Context, p plan, slug string) error {
	for _, x := range p.phases {
		opens := make([]string, len(x.opens))
		for i, o := range x.opens {
			opens[i] = string(o)
		}
		if _, err := s.Programmes.AddPhase(ctx, slug, programme.NewPhase{Title: x.title, Starts: day(x.first),
			LastDay: day(x.last), Opens: opens}); err != nil {
			return fmt.Errorf("%s: %w", x.title, err)
		}
	}
	return nil
}

func (s *story) addGoals(ctx context.Context, p plan, slug string) error {
	for _, x := range p.goals {
		id, err := s.Programmes.AddGoal(ctx, slug, programme.NewGoal{Title: x.title, Description: x.description})
		if err != nil {
			return fmt.Errorf("%s: %w", x.title, err)
		}
		s.keep("goal/"+x.key, id)
		for _, i := range x.indicators {
			made, err := s.Programmes.AddIndicator(ctx, slug, id, programme.NewIndicator{Name: i.name, Unit: i.unit,
				Baseline: baseline(i.baseline), Target: amount(i.target)})
			if err != nil {
				return fmt.Errorf("%s: %w", i.name, err)
			}
			s.keep("indicator/"+i.name, made)
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
	slug, err := s.slug(ctx, j.programme)
	if err != nil {
		return err
	}
	wish := programme.Joining{Organisation: s.body(j.behalf), Words: j.words}
	if j.behalf == "" {
		wish.Municipality = p.place
	}
	state, err := s.Programmes.Join(ctx, slug, wish)
	if err != nil || state != programme.Requested || j.words != "" {
		return err // who asked in words still waits for the answer
	}
	if err := s.Queue.Drain(ctx); err != nil { // the manager's letter goes out before the answer
		return err
	}
	if ctx, err = s.as(ctx, managerOf(j.programme)); err != nil {
		return err
	}
	joined, err := s.person(ctx, p.email)
	if err != nil {
		return err
	}
	return s.Programmes.Approve(ctx, slug, joined, 1)
}

func managerOf(key string) string {
	for _, p := range plans {
		if p.key == key {
			return p.manager
		}
	}
	panic("demo: no programme " + key) // written in this package
}

// articleActs write an article, publish it, and mend or withdraw it.
func (s *story) articleActs(a article) []act {
	id := func() (store.ID, store.ID) { return s.programme(a.programme), s.id("news/" + a.text) }
	acts := []act{{a.written, a.author, func(ctx context.Context) error { return s.write(ctx, a) }}}
	if a.publish != "" {
		at := a.written // from then on the hour is set
		if strings.HasPrefix(a.publish, a.written[:len(time.DateOnly)]) {
			at = a.publish // by hand on the same day
		}
		acts = append(acts, act{at, a.author, func(ctx context.Context) error {
			in, id := id()
			version, err := s.version(ctx, "news_article", id)
			if err == nil {
				_, err = s.News.Publish(ctx, in, id, version, moment(a.publish))
			}
			return err
		}})
	}
	if a.wrong != "" {
		acts = append(acts, act{a.corrected, a.author, func(ctx context.Context) error {
			in, id := id()
			version, err := s.version(ctx, "news_article", id)
			if err == nil {
				_, err = s.News.Revise(ctx, in, id, version, s.content(a))
			}
			return err
		}})
	}
	if a.reason != "" {
		acts = append(acts, act{a.withdrawn, a.author, func(ctx context.Context) error {
			in, id := id()
			version, err := s.version(ctx, "news_article", id)
			if err == nil {
				_, err = s.News.Withdraw(ctx, in, id, version, a.reason)
			}
			return err
		}})
	}
	return acts
}

// write saves the draft of an article, with a slip where one is mended later.
func (s *story) write(ctx context.Context, a article) error {
	in, id := s.programme(a.programme), s.id("news/"+a.text)
	if p := a.picture; p != nil {
		file, err := s.News.Attach(ctx, in, id, p.name, bytes.NewReader(p.draw().png()), true)
		if err != nil {
			return err
		}
		s.keep("file/"+a.text+"/"+p.name, file)
	}
	for _, name := range a.files {
		content, err := files.Open("files/" + name)
		if err != nil {
			return err
		}
		file, err := s.News.Attach(ctx, in, id, name, content, false)
		if err != nil {
			return err
		}
		s.keep("file/"+a.text+"/"+name, file)
	}
	c := s.content(a)
	if a.wrong != "" {
		c.Body = strings.Replace(c.Body, a.right, a.wrong, 1)
	}
	_, err := s.News.Begin(ctx, in, id, c)
	return err
}

func (s *story) content(a article) news.Content {
	c := news.Content{Title: a.title, Lead: a.lead, Body: text(a.text), Language: string(lang.Polish),
		Details: news.Details{Organisation: s.body(a.body), Tags: a.tags, Places: a.places}}
	for _, key := range a.goals {
		c.Goals = append(c.Goals, s.goal(key))
	}
	if p := a.picture; p != nil {
		c.Picture = &news.Picture{File: s.things["file/"+a.text+"/"+p.name], Alt: p.alt, Caption: p.caption}
	}
	for _, name := range a.files {
		c.Files = append(c.Files, news.File{ID: s.things["file/"+a.text+"/"+name]})
	}
	return c
}

// openActs leave on people's desks what they have to answer.
func (s *story) openActs() []act {
	invite := func(key, email, title string) func(context.Context) error {
		return func(ctx context.Context) error {
			return s.Organisations.Invite(ctx, s.body(key), email, organisation.Appointment{Role: access.Member, Title: title})
		}
	}
	return []act{
		{"2014-12-03 17:20", "dawid.sosnal@poczta.example.com", func(ctx context.Context) error {
			return s.Organisations.Ask(ctx, s.body(sports),
				"Trenowałem siatkówkę jako junior, a od września moja córka gra u was w drużynie. Mogę prowadzić rozgrzewki i jeździć jako drugi kierowca.")
		}},
		{"2014-12-04 10:05", leader, invite(sports, "monika.wiklina@poczta.example.com", "trenerka")},
		{"2014-12-04 10:05", "grazyna.wierzbianska@czysta-rzeka.example.org", invite(river, "wiktoria.cmielowiec@poczta.example.com", "wolontariuszka")},
		{"2014-12-04 10:05", manager, func(ctx context.Context) error {
			slug, err := s.slug(ctx, main)
			if err == nil {
				_, err = s.Programmes.Invite(ctx, slug, "soltyska@jodlowiec.example.org\nlucyna.mlynarczyk-ges@poczta.example.com", lang.Polish)
			}
			return err
		}},
	}
}
