package demo

import (
	"context"

	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

// fair is an article that turned out to be an advertisement.
var fair = article{
	programme: main, author: townWriter, body: town, written: "2014-11-25 12:10", publish: "2014-11-25 12:30",
	title: "Kiermasz przedświąteczny i rabaty o połowę",
	lead:  "Przyjdźcie w sobotę do hali targowej. Hasło GWIAZDKA daje zniżkę na wszystko.",
	text:  "kiermasz.md",
	tags:  []string{"kiermasz"},
}

// moderationActs leave one profile that somebody has reported, and one article
// that was hidden and whose author appeals.
func (s *story) moderationActs() []act {
	if s.Moderation == nil {
		return nil
	}
	return append(s.articleActs(fair),
		act{"2014-11-26 08:20", neighbour, func(ctx context.Context) error {
			return s.Moderation.Report(ctx, "news", s.article(fair.text), moderation.Report{Reason: "spam", Words: "To reklama jednego sklepu."}, "")
		}},
		act{"2014-11-26 10:05", administrator, func(ctx context.Context) error {
			id, version, err := s.reported(ctx)
			if err != nil {
				return err
			}
			return s.Moderation.Hide(ctx, id, version, "Aktualności programu nie są miejscem na reklamę sklepu i kody rabatowe.")
		}},
		act{"2014-12-03 16:45", fair.author, func(ctx context.Context) error {
			id, _, err := s.reported(ctx)
			if err != nil {
				return err
			}
			return s.Moderation.AppealCase(ctx, id, "Nie zauważyłem, że w tekście od organizatora kiermaszu jest reklama. Usunę akapit o rabatach i zostawię zaproszenie oraz stoiska kół gospodyń.")
		}},
		act{"2014-12-03 19:40", neighbour, func(ctx context.Context) error {
			return s.Moderation.Report(ctx, "organisation", s.body(basket), moderation.Report{Reason: "spam",
				Words: "W opisie jest zachęta do zamawiania paczek. To miała być wizytówka, a nie reklama sklepu."}, "")
		}},
	)
}

// reported is the case of the article that turned out to be an advertisement.
func (s *story) reported(ctx context.Context) (store.ID, int, error) {
	open, err := store.One[struct {
		ID      store.ID
		Version int
	}](ctx, s.DB, `SELECT id, version FROM moderation_case WHERE thing = $1`, s.article(fair.text))
	return open.ID, open.Version, err
}
