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

// moderate leaves one profile that somebody has reported, and one article that
// was hidden and whose author appeals.
func (s *story) moderate(ctx context.Context) error {
	if s.Moderation == nil {
		return nil
	}
	if err := s.write(ctx, fair); err != nil {
		return err
	}
	if err := s.hide(ctx, s.articles[fair.text]); err != nil {
		return err
	}
	s.at("2014-12-03 19:40")
	reader, err := s.as(ctx, neighbour)
	if err != nil {
		return err
	}
	return s.Moderation.Report(reader, "organisation", s.bodies[basket], moderation.Report{Reason: "spam",
		Words: "W opisie jest zachęta do zamawiania paczek. To miała być wizytówka, a nie reklama sklepu."}, "")
}

// hide lets a member report the article, the administrator hide it, and its
// author appeal; the manager is to decide.
func (s *story) hide(ctx context.Context, id store.ID) error {
	s.at("2014-11-26 08:20")
	reader, err := s.as(ctx, neighbour)
	if err != nil {
		return err
	}
	if err := s.Moderation.Report(reader, "news", id, moderation.Report{Reason: "spam", Words: "To reklama jednego sklepu."}, ""); err != nil {
		return err
	}
	open, err := store.One[struct {
		ID      store.ID
		Version int
	}](ctx, s.DB, `SELECT id, version FROM moderation_case WHERE thing = $1`, id)
	if err != nil {
		return err
	}
	s.at("2014-11-26 10:05")
	decides, err := s.as(ctx, administrator)
	if err != nil {
		return err
	}
	if err := s.Moderation.Hide(decides, open.ID, open.Version, "Aktualności programu nie są miejscem na reklamę sklepu i kody rabatowe."); err != nil {
		return err
	}
	s.at("2014-12-03 16:45")
	author, err := s.as(ctx, fair.author)
	if err != nil {
		return err
	}
	return s.Moderation.AppealCase(author, open.ID, "Nie zauważyłem, że w tekście od organizatora kiermaszu jest reklama. Usunę akapit o rabatach i zostawię zaproszenie oraz stoiska kół gospodyń.")
}
