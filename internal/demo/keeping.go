package demo

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/imprint"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people/assist"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// follower is somebody who wants to hear of a programme, since when and how.
type follower struct {
	email, programme, since string
	how                     notice.How // of its news; "" for what is usual
}

var followers = []follower{
	{neighbour, main, "2014-05-12 18:30", notice.Weekly},
	{sawyer, main, "2014-05-19 07:10", ""},
	{observer, clubs, "2014-09-04 20:05", notice.Daily},
	{"maria.zurawinek@poczta.example.com", clubs, "2014-09-08 16:40", notice.Now},
	{"krystian.dziewiecsil@poczta.example.com", clubs, "2014-09-08 21:15", notice.None},
}

// keepingActs tell of what people want to hear, what is said of their data, and
// who was helped at a desk.
func (s *story) keepingActs() []act {
	var acts []act
	for _, f := range followers {
		acts = append(acts, act{f.since, f.email, func(ctx context.Context) error { return s.follow(ctx, f) }})
	}
	for _, c := range clauses {
		acts = append(acts, act{"2014-10-28 11:00", c.by, func(ctx context.Context) error {
			return s.DB.Write(ctx, func(tx *store.Tx) error {
				place, err := s.clausePlace(ctx, tx, c.programme, c.organisation)
				if err != nil {
					return err
				}
				return privacy.SaveClause(ctx, tx, place, 0, c.words)
			})
		}})
	}
	return append(acts,
		act{"2014-10-29 10:00", administrator, s.declare},
		act{"2014-10-30 12:20", manager, s.assist})
}

// follow lets people say of what they want to hear.
func (s *story) follow(ctx context.Context, f follower) error {
	who, err := s.person(ctx, f.email)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		if f.how != "" {
			if err := notice.Prefer(ctx, tx, who, news.Notices[0].Name, f.how); err != nil {
				return err
			}
		}
		return notice.Follow(ctx, tx, s.programme(f.programme))
	})
}

// clauses are the words of controllers about the data they keep.
var clauses = []struct {
	by, programme, organisation string
	words                       map[string]string
}{
	{by: manager, programme: main, words: map[string]string{
		"contact": "dane@forum.example.org, 32 700 00 11",
		"officer": "Halina Pisklakowa, iod@forum.example.org"}},
	{by: clubManager, programme: clubs, words: map[string]string{
		"contact": "Franciszek Miedza-Polny, dane@solectwa.example.org"}},
	{by: leader, organisation: sports, words: map[string]string{
		"contact": "Piotr Gawlikowicz, prezes klubu, klub@cztery-wiatry.example.net"}},
}

// clausePlace is the collection of data that a clause is about.
func (s *story) clausePlace(ctx context.Context, tx *store.Tx, of, organisationKey string) (privacy.Place, error) {
	if of != "" {
		p, err := programme.ByID(ctx, tx, s.programme(of))
		if err != nil {
			return privacy.Place{}, err
		}
		return programme.Place(ctx, tx, p.Slug)
	}
	o, err := organisation.ByID(ctx, tx, s.body(organisationKey))
	if err != nil {
		return privacy.Place{}, err
	}
	return organisation.Place(ctx, tx, o.Slug)
}

// declare draws up the declaration of accessibility, in both languages.
func (s *story) declare(ctx context.Context) error {
	reach := map[string]string{"person": "Ewa Jasionkiewicz", "email": "dostepnosc@zwiazek.example.org", "phone": "32 700 00 12"}
	words := map[lang.Language]map[string]string{
		lang.Polish:  {"entity": "Związek Gmin i Powiatów (dane przykładowe)"},
		lang.English: {"entity": "Union of Municipalities and Powiats (example data)"},
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		for language, own := range words {
			for name, value := range reach {
				own[name] = value
			}
			err := imprint.Save(ctx, tx, imprint.Declaration{Language: language, Published: "2014-05-05", Updated: "2014-10-29",
				DrawnUp: "2014-10-29", Reviewed: "2014-10-29", Status: imprint.Conforming, Words: own})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// assist lets the manager act at her desk for a woman who has no e-mail: she
// takes part since then, and both stand in the log.
func (s *story) assist(ctx context.Context) error {
	if s.Assist == nil {
		return nil
	}
	slug, err := s.slug(ctx, main)
	if err != nil {
		return err
	}
	helper, err := s.person(ctx, manager)
	if err != nil {
		return err
	}
	const home = "2412013"
	token, err := s.Assist.Begin(ctx, slug, "", assist.Newcomer{Name: "Gertruda Kalinowiec", Municipality: home}, "")
	if err != nil {
		return err
	}
	visit, err := session.Find(ctx, s.DB, token)
	if err != nil {
		return err
	}
	actor, err := s.People.Actor(ctx, visit)
	if err != nil {
		return err
	}
	visitor := access.With(ctx, actor)
	if _, err := s.Programmes.Join(visitor, slug, programme.Joining{Municipality: home}); err != nil {
		return err
	}
	s.DB.Clock().Move(moment("2014-10-30 12:35"))
	if _, _, err := s.Assist.End(visitor, ""); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error { return session.EndAll(ctx, tx, helper, "") })
}
