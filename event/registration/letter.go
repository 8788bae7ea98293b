package registration

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// The letters of this package. What they say is read when they are sent: one
// whose news is old by then is not sent at all.
const (
	letterConfirmed  = "registration.confirmed"  // you have a seat
	letterWaiting    = "registration.waiting"    // you wait
	letterOffered    = "registration.offered"    // a seat is yours if you take it in time
	letterLapsed     = "registration.lapsed"     // you did not
	letterWithdrawn  = "registration.withdrawn"  // you will not come
	letterReminder   = "registration.reminder"   // it is soon
	letterChanged    = "registration.changed"    // another time or place
	letterCancelled  = "registration.cancelled"  // the event will not be
	letterReturned   = "registration.returned"   // it will be after all
	letterInvitation = "registration.invitation" // you may sign up
)

// about says of which states a letter may speak when it is sent.
var about = map[string][]State{
	letterConfirmed: {Confirmed}, letterWaiting: {Waiting}, letterOffered: {Offered}, letterLapsed: {Lapsed}, letterWithdrawn: {Withdrawn},
	letterReminder: {Confirmed}, letterChanged: {Confirmed, Offered, Waiting}, letterCancelled: {Confirmed, Offered, Waiting},
	letterReturned: {Confirmed, Offered, Waiting},
}

// ofState is the letter about a state.
var ofState = map[State]string{Confirmed: letterConfirmed, Waiting: letterWaiting, Offered: letterOffered, Lapsed: letterLapsed,
	Withdrawn: letterWithdrawn}

func (s *Service) handleLetters() {
	for kind := range about {
		s.Outbox.Handle(kind, s.compose)
	}
	s.Outbox.Handle(letterInvitation, s.composeInvitation)
}

// writeState writes to whom a registration is about that its state has changed.
func (s *Service) writeState(ctx context.Context, tx *store.Tx, e event.Event, before State, g Registration) error {
	was := ""
	if before == Waiting && g.State == Confirmed {
		was = "waiting" // a seat came free and needs no answer
	}
	return s.write(ctx, tx, ofState[g.State], e, g, was)
}

// write posts a letter about a registration: to the person, to the address of a
// guest, or to whoever named a guest without one.
func (s *Service) write(ctx context.Context, tx *store.Tx, kind string, e event.Event, g Registration, was string) error {
	if s.Outbox == nil {
		return nil
	}
	m := mail.Message{Kind: kind, Data: map[string]string{"programme": string(e.Programme), "event": string(e.ID), "registration": string(g.ID), "was": was}}
	to := g.Person
	if to == "" && g.Email == "" && g.Channel == Group {
		to = g.RegisteredBy
	}
	switch {
	case to != "":
		person, err := people.ByID(ctx, tx, to)
		if err != nil {
			return err
		}
		m.To, m.Person, m.Language = person.Email, person.ID, person.Language
	case g.Email != "":
		m.To = g.Email
		m.Language, _ = lang.Parse(e.Language)
	default:
		return nil // on paper, without an address
	}
	return s.Outbox.Post(ctx, tx, m)
}

func (s *Service) writeInvitation(ctx context.Context, tx *store.Tx, e event.Event, id store.ID, email string) error {
	if s.Outbox == nil {
		return nil
	}
	language, _ := lang.Parse(e.Language)
	return s.Outbox.Post(ctx, tx, mail.Message{Kind: letterInvitation, To: email, Language: language,
		Data: map[string]string{"programme": string(e.Programme), "event": string(e.ID), "invitation": string(id)}})
}

// compose writes a letter about a registration.
func (s *Service) compose(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	e, err := event.ByID(ctx, tx, store.ID(m.Data["programme"]), store.ID(m.Data["event"]))
	if err != nil {
		return mail.Letter{}, err
	}
	g, err := ByID(ctx, tx, e.ID, store.ID(m.Data["registration"]))
	if err != nil {
		return mail.Letter{}, err
	}
	if !slices.Contains(about[m.Kind], g.State) || (m.Kind == letterCancelled) != (e.State() == event.Cancelled) && m.Kind != letterWithdrawn {
		return mail.Letter{}, fault.NotFound("news") // it has become something else since
	}
	a, err := AdmissionOf(ctx, tx, e.ID)
	if err != nil {
		return mail.Letter{}, err
	}
	words, err := s.words(ctx, tx, m, e, a, g)
	if err != nil {
		return mail.Letter{}, err
	}
	letter, err := s.Outbox.Letter(ctx, words)
	if err == nil && inCalendar[m.Kind] {
		letter.Files = []mail.File{s.calendar(ctx, e)}
	}
	return letter, err
}

// inCalendar are the letters that bring the date along, changed or cancelled.
var inCalendar = map[string]bool{letterConfirmed: true, letterChanged: true, letterCancelled: true, letterReturned: true}

// words are those of a letter.
func (s *Service) words(ctx context.Context, tx *store.Tx, m mail.Message, e event.Event, a Admission, g Registration) (mail.Layout, error) {
	key := "event.letter." + m.Kind[len("registration."):]
	l := mail.Layout{Subject: lang.T(ctx, key+".subject", "Title", e.Title), Greeting: lang.T(ctx, "event.letter.greeting"),
		Button: mail.Button{Label: lang.T(ctx, "event.letter.button"), Path: pageOf(e, g, m.Person)},
		Reason: lang.T(ctx, "event.letter.reason")}
	add := func(key string, args ...any) { l.Paragraphs = append(l.Paragraphs, lang.T(ctx, key, args...)) }
	if m.Data["was"] == "waiting" {
		add("event.letter.promoted.text", "Title", e.Title)
	} else {
		add(key+".text", "Title", e.Title, "Until", moment(ctx, g.OfferedUntil.Time), "Reason", e.CancelledReason)
	}
	if g.Person != m.Person || g.Person == "" {
		add("event.letter.whose", "Name", g.Name)
	}
	switch m.Kind {
	case letterWaiting:
		p, err := placeOf(ctx, tx, g)
		if err != nil {
			return l, err
		}
		add("event.letter.place", "Position", p.Position, "Waiting", p.Waiting)
	case letterOffered:
		l.Button.Label = lang.T(ctx, "event.letter.offered.button")
	case letterLapsed, letterWithdrawn, letterCancelled:
		return l, nil
	}
	l.Paragraphs = append(l.Paragraphs, whenWhere(ctx, e, g)...)
	if g.State == Confirmed {
		l.After = append(l.After, lang.T(ctx, "event.letter.withdraw", "When", moment(ctx, a.lastWithdrawal(e))))
	}
	return l, nil
}

// whenWhere tells when and where the event is. The link of an online meeting is
// for those who have a seat.
func whenWhere(ctx context.Context, e event.Event, g Registration) []string {
	all := []string{lang.T(ctx, "event.letter.when", "From", moment(ctx, e.StartsAt.Time), "To", moment(ctx, e.EndsAt.Time))}
	if e.Mode != event.Online && e.Place.Name+e.Place.Address != "" {
		all = append(all, lang.T(ctx, "event.letter.where", "Place", placeWritten(e.Place)))
	}
	if e.Mode != event.OnSite && e.Place.Link != "" && g.State == Confirmed {
		all = append(all, lang.T(ctx, "event.letter.link", "Link", e.Place.Link))
	}
	return all
}

func placeWritten(p event.Place) string {
	if p.Name == "" || p.Address == "" {
		return p.Name + p.Address
	}
	return p.Name + ", " + p.Address
}

// pageOf is where the reader of a letter sees the registration.
func pageOf(e event.Event, g Registration, reader store.ID) string {
	if g.Channel == Group && reader != "" && reader != g.Person {
		return e.Path() + "/zapisy/osoba/" + string(g.ID)
	}
	return e.Path() + "/zapisy"
}

// calendar is the event as the reader's calendar takes it; a later one replaces
// it, also that which the event's page offers.
func (s *Service) calendar(ctx context.Context, e event.Event) mail.File {
	c := export.Calendar{Name: e.Title, Author: s.Site.Community, Dates: []export.Date{e.Date(ctx, s.Site)}}
	return mail.File{Name: e.Slug + ".ics", Type: "text/calendar; charset=utf-8; method=PUBLISH", Content: c.ICS()}
}

func (s *Service) composeInvitation(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	e, err := event.ByID(ctx, tx, store.ID(m.Data["programme"]), store.ID(m.Data["event"]))
	if err != nil {
		return mail.Letter{}, err
	}
	if _, err := store.One[store.ID](ctx, tx, `SELECT id FROM event_invitation WHERE event = $1 AND id = $2`, e.ID, m.Data["invitation"]); err != nil {
		return mail.Letter{}, err // taken back before it was sent
	}
	a, err := AdmissionOf(ctx, tx, e.ID)
	if err != nil {
		return mail.Letter{}, err
	}
	return s.Outbox.Letter(ctx, mail.Layout{
		Subject:  lang.T(ctx, "event.letter.invitation.subject", "Title", e.Title),
		Greeting: lang.T(ctx, "event.letter.greeting"),
		Paragraphs: append([]string{lang.T(ctx, "event.letter.invitation.text", "Title", e.Title, "Programme", e.ProgrammeTitle), e.Lead},
			whenWhere(ctx, e, Registration{})...),
		Button: mail.Button{Label: lang.T(ctx, "event.letter.invitation.button"), Path: e.Path() + "/zapisy"},
		After: []string{lang.T(ctx, "event.letter.invitation.until", "From", moment(ctx, a.OpensAt.Time), "To", moment(ctx, a.ClosesAt.Time)),
			lang.T(ctx, "event.letter.invitation.how")},
		Reason: lang.T(ctx, "event.letter.invitation.reason"),
	})
}
