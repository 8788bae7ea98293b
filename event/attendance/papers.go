package attendance

import (
	"context"
	"net/http"
	"strconv"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/web/ui"
)

// sendSignatures is the sheet to sign: one part for each day, by name, with room
// for those who come without having signed up.
func (s *Service) sendSignatures(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, guests, err := s.seated(ctx, r)
	if err != nil {
		return err
	}
	ctx = e.In(ctx)
	days, err := s.days(ctx, e)
	if err != nil {
		return err
	}
	d := paper.New(paper.Options{Title: lang.T(ctx, "event.attendance.signatures.title"), Language: lang.From(ctx), At: s.db.Now(), Footer: e.Title})
	for i, day := range days {
		if i > 0 {
			d.Page()
		}
		d.Heading(lang.T(ctx, "event.attendance.signatures.title"))
		d.Text(e.Title, paper.Left)
		d.Text(lang.Date(ctx, day), paper.Left)
		d.Gap(3)
		d.Table([]paper.Column{{Title: lang.T(ctx, "event.attendance.signatures.row"), Width: 11}, {Title: lang.T(ctx, "event.attendance.name")},
			{Title: lang.T(ctx, "event.attendance.organisation"), Width: 56}, {Title: lang.T(ctx, "event.attendance.signatures.sign"), Width: 50}}, signRows(guests), 11)
	}
	return d.Send(w, lang.T(ctx, "event.attendance.signatures.title")+" "+e.Slug)
}

// spare are empty rows for people at the door.
const spare = 6

func signRows(guests []Guest) [][]string {
	var rows [][]string
	for i, g := range guests {
		rows = append(rows, []string{strconv.Itoa(i + 1), g.Name, g.OrganisationName, ""})
	}
	for range spare {
		rows = append(rows, []string{"", "", "", ""})
	}
	return rows
}

// sendBadges prints a card for each guest, with the ticket's code: whoever has no
// phone is noted by it.
func (s *Service) sendBadges(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, guests, err := s.seated(ctx, r)
	if err != nil {
		return err
	}
	ctx = e.In(ctx)
	var cards []paper.Card
	for _, g := range guests {
		code, err := s.qr(g.ID)
		if err != nil {
			return err
		}
		lines := []string{ui.Sector(g.Sector).Name(ctx)}
		if g.OrganisationName != "" {
			lines = []string{g.OrganisationName, lines[0]}
		}
		cards = append(cards, paper.Card{Large: g.Name, Lines: lines, Mark: e.Title, Code: &code})
	}
	d := paper.New(paper.Options{Title: lang.T(ctx, "event.attendance.badges.act"), Language: lang.From(ctx), At: s.db.Now()})
	d.Cards(cards)
	return d.Send(w, lang.T(ctx, "event.attendance.badges.act")+" "+e.Slug)
}

func (s *Service) seated(ctx context.Context, r *http.Request) (event.Event, []Guest, error) {
	e, err := s.event(r)
	if err != nil {
		return e, nil, err
	}
	guests, err := Door(ctx, s.db, e.ID, "")
	if err != nil {
		return e, nil, err
	}
	s.looked(ctx, "event_door", e, peopleOf(guests))
	byName(guests)
	return e, guests, nil
}

// certificatePaper prints certificates, one on each page.
func (s *Service) certificatePaper(ctx context.Context, e event.Event, rule Rule, all []Certificate) (*paper.Document, error) {
	d := paper.New(paper.Options{Title: lang.T(ctx, "event.attendance.certificate.title"), Language: lang.From(ctx), At: s.db.Now()})
	for i, c := range all {
		if i > 0 {
			d.Page()
		}
		code, err := paper.QR(s.Site.URL(c.Path()))
		if err != nil {
			return nil, err
		}
		d.Gap(16)
		d.Small(lang.T(ctx, "event.attendance.certificate.number", "Number", c.Sign()), paper.Centre)
		d.Gap(6)
		d.Title(lang.T(ctx, "event.attendance.certificate.title"), paper.Centre)
		d.Gap(10)
		for _, line := range c.lines(ctx, e, rule) {
			if line.strong {
				d.Strong(line.text, paper.Centre)
			} else {
				d.Text(line.text, paper.Centre)
			}
			d.Gap(4)
		}
		d.Gap(10)
		d.QR(code, 42)
		d.Small(lang.T(ctx, "event.attendance.certificate.check", "Address", s.Site.URL("/zaswiadczenia"), "Code", c.Typed()), paper.Centre)
	}
	return d, nil
}

// line is one paragraph of a certificate, on paper and on its page.
type line struct {
	text   string
	strong bool
}

func (c Certificate) lines(ctx context.Context, e event.Event, rule Rule) []line {
	lines := []line{
		{text: lang.T(ctx, "event.attendance.certificate.says")},
		{text: c.Name, strong: true},
		{text: lang.T(ctx, "event.attendance.certificate.took_part")},
		{text: e.Title, strong: true},
		{text: heldOn(ctx, e)},
	}
	if rule.Words != "" {
		lines = append(lines, line{text: lang.T(ctx, "event.attendance.certificate.subject", "Subject", rule.Words)})
	}
	if c.Sessions > 0 {
		lines = append(lines, line{text: lang.N(ctx, "event.attendance.certificate.sessions", c.Sessions)})
	}
	lines = append(lines, line{text: lang.T(ctx, "event.attendance.certificate.programme", "Programme", e.ProgrammeTitle)})
	if e.HostName != "" {
		lines = append(lines, line{text: lang.T(ctx, "event.attendance.certificate.host", "Host", e.HostName)})
	}
	return append(lines, line{text: lang.T(ctx, "event.attendance.certificate.issued", "Day", lang.Date(ctx, c.IssuedAt.Time))})
}

// heldOn are the days of the event, and where it was.
func heldOn(ctx context.Context, e event.Event) string {
	begin, end := lang.Date(ctx, e.StartsAt.Time), lang.Date(ctx, e.EndsAt.Time)
	days := begin
	if begin != end {
		days = begin + " – " + end
	}
	if e.Place.Name != "" {
		return days + ", " + e.Place.Name
	}
	return days
}
