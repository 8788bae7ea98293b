package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
)

// The letters of this package. What they say is read when they are sent.
const (
	letterOne    = "notice.one"
	letterDigest = "notice.digest"
)

// addressee is somebody who gets a letter.
type addressee struct {
	ID       store.ID
	Email    string
	Language lang.Language
}

// mail hands letters about a message or a digest to the outbox.
func (c *Center) mail(ctx context.Context, tx *store.Tx, kind string, about store.ID, people []store.ID) error {
	if len(people) == 0 {
		return nil
	}
	in, args := store.In(1, people)
	all, err := store.All[addressee](ctx, tx, `SELECT id, email, language FROM person WHERE blocked_at IS NULL AND id IN (`+in+`) ORDER BY id`, args...)
	if err != nil {
		return fmt.Errorf("notice: addresses: %w", err)
	}
	for _, a := range all {
		err := c.Outbox.Post(ctx, tx, mail.Message{Kind: kind, To: a.Email, Person: a.ID, Language: a.Language, Data: map[string]string{"about": string(about)}})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Center) composeOne(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	about, err := store.One[message](ctx, tx, `SELECT `+messageColumns+` FROM notice_message WHERE id = $1`, store.ID(m.Data["about"]))
	if err != nil {
		return mail.Letter{}, err // cancelled before it was sent
	}
	words, k := c.words(ctx, about)
	stop := c.stopPath(m.Person, k.Name)
	l, err := c.Outbox.Letter(ctx, mail.Layout{
		Subject:    words,
		Paragraphs: []string{words, about.PlaceTitle},
		Button:     mail.Button{Label: lang.T(ctx, "notice.letter.open"), Path: about.Path},
		After:      []string{lang.T(ctx, "notice.letter.stop", "Link", c.Site.URL(stop))},
		Reason:     lang.T(ctx, "notice.letter.reason", "What", lang.T(ctx, k.What)),
	})
	l.Unsubscribe = c.Site.URL(stop)
	return l, err
}

// words say what happened.
func (c *Center) words(ctx context.Context, m message) (string, Kind) {
	k, known := c.kind(m.Kind)
	if !known {
		return m.Title, k
	}
	return lang.T(ctx, k.Key, "Title", m.Title, "Place", m.PlaceTitle), k
}

// Digests leave at seven in the morning in Warsaw, the weekly ones on Mondays.
const digestHour = 7

// cutoff is the last moment at which a digest of this kind was due: what was
// told before it and not mailed yet is mailed now.
func cutoff(how How, now time.Time) time.Time {
	now = now.In(lang.Warsaw)
	due := time.Date(now.Year(), now.Month(), now.Day(), digestHour, 0, 0, 0, lang.Warsaw)
	if due.After(now) {
		due = due.AddDate(0, 0, -1)
	}
	if how == Weekly {
		due = due.AddDate(0, 0, -(int(due.Weekday())+6)%7)
	}
	return due
}

// digest gathers what waits for each person into one letter.
func (c *Center) digest(ctx context.Context) error {
	for _, how := range []How{Daily, Weekly} {
		for {
			sent, err := c.digestSome(ctx, how)
			if err != nil {
				return fmt.Errorf("notice: %s digest: %w", how, err)
			}
			if sent < postedAtOnce {
				break
			}
		}
	}
	return nil
}

func (c *Center) digestSome(ctx context.Context, how How) (sent int, err error) {
	err = c.db.Write(ctx, func(tx *store.Tx) error {
		people, err := store.All[store.ID](ctx, tx, `SELECT DISTINCT person FROM notice_recipient
			WHERE how = $1 AND mailed_at IS NULL AND told_at < $2 ORDER BY person LIMIT $3`,
			how, store.At(cutoff(how, tx.Wall())), postedAtOnce)
		if err != nil {
			return err
		}
		sent = len(people)
		for _, person := range people {
			letter := store.NewID()
			taken, err := store.Met(tx.Exec(ctx, `UPDATE notice_recipient SET mailed_at = $4, digest = $5
				WHERE person = $1 AND how = $2 AND mailed_at IS NULL AND told_at < $3`,
				person, how, store.At(cutoff(how, tx.Wall())), store.At(tx.Wall()), letter))
			if err != nil {
				return err
			}
			if !taken { // another replica was first
				continue
			}
			if err := c.mail(ctx, tx, letterDigest, letter, []store.ID{person}); err != nil {
				return err
			}
		}
		return nil
	})
	return sent, err
}

// mostInDigest bounds a letter; the rest is on the page.
const mostInDigest = 20

func (c *Center) composeDigest(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	all, err := store.All[message](ctx, tx, `SELECT m.id, m.kind, m.matter, m.place, m.place_title, m.title, m.path, m.at, m.spread
		FROM notice_recipient r JOIN notice_message m ON m.id = r.message
		WHERE r.digest = $1 AND r.person = $2 ORDER BY m.at, m.id`, m.Data["about"], m.Person)
	if err != nil {
		return mail.Letter{}, err
	}
	if len(all) == 0 {
		return mail.Letter{}, fault.NotFound("anything to tell")
	}
	var lines []string
	for _, one := range all[:min(len(all), mostInDigest)] {
		words, _ := c.words(ctx, one)
		lines = append(lines, words+" – "+one.PlaceTitle+" "+c.Site.URL(one.Path))
	}
	stop := c.stopPath(m.Person, everyKind)
	l, err := c.Outbox.Letter(ctx, mail.Layout{
		Subject:    lang.N(ctx, "notice.digest.subject", len(all)),
		Paragraphs: lines,
		Button:     mail.Button{Label: lang.T(ctx, "notice.digest.open"), Path: ListPath},
		After:      []string{lang.T(ctx, "notice.letter.stop", "Link", c.Site.URL(stop))},
		Reason:     lang.T(ctx, "notice.digest.reason"),
	})
	l.Unsubscribe = c.Site.URL(stop)
	return l, err
}
