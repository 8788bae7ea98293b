package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/store"
)

// meeting is who came to an event, and what they said of it afterwards.
type meeting struct {
	key           string // of gatherings
	opens, closes string // moments between which people sign up
	seats         int
	note          string   // what one should know before signing up
	asks          []asked  // of those who sign up
	guests        []guest  // in the order in which they signed up
	withdrawn     []moved  // later
	confirmed     []moved  // who was offered a seat that became free
	tables        int      // of the mixed tables, 0 for none
	seated        string   // moment
	least         int      // sessions for a certificate; 0: people are noted once
	words         string   // on the certificate
	absent        []string // who had a seat and did not come
	late          map[string]int
	gone          map[string]int // after so many sessions
	certified     string         // moment
	minutes       record
	opinion       survey
}

// guest is who signs up for an event, and for whom they come.
type guest struct {
	email, behalf string
	needs         string // answer to the first question that is asked
}

type moved struct{ at, email string }

// asked is a question of the form in which people sign up.
type asked struct {
	kind        registration.QuestionKind
	label, hint string
}

func (s *story) meetingActs(m meeting) []act {
	g := gatheringOf(m.key)
	acts := []act{s.at(m.opens, g.by, m.key, func(ctx context.Context, e event.Event) error {
		err := s.Registrations.SaveSettings(ctx, e, registration.Admission{OpensAt: store.At(moment(m.opens)), ClosesAt: store.At(moment(m.closes)),
			ConfirmHours: 48, Note: m.note}, registration.Limits{{Kind: registration.InAll}: m.seats})
		for i, q := range m.asks {
			if err == nil {
				err = s.Registrations.SaveQuestion(ctx, e, registration.Question{ID: s.id(fmt.Sprintf("question/%s/%d", m.key, i)), Event: e.ID,
					Kind: q.kind, Label: q.label, Hint: q.hint})
			}
		}
		return err
	})}
	acts = append(acts, s.signUps(m)...)
	acts = append(acts, s.door(m)...)
	acts = append(acts, s.recordActs(m.key, m.minutes)...)
	return append(acts, s.surveyActs(m)...)
}

func gatheringOf(key string) gathering {
	i := slices.IndexFunc(gatherings, func(g gathering) bool { return g.key == key })
	return gatherings[i]
}

// signUps are spread over the days at which the registration is open, in waking
// hours.
func (s *story) signUps(m meeting) []act {
	from, until := moment(m.opens), moment(m.closes)
	between := until.Sub(from) / time.Duration(len(m.guests)+1)
	var acts []act
	for i, one := range m.guests {
		at := from.Add(time.Duration(i+1) * between).Truncate(time.Minute)
		if hour := at.Hour(); hour < 7 {
			at = at.Add(time.Duration(8-hour) * time.Hour)
		}
		at = inTime(at, until)
		acts = append(acts, s.at(at.Format("2006-01-02 15:04"), one.email, m.key, func(ctx context.Context, e event.Event) error {
			entry := registration.Entry{For: s.body(one.behalf), Answers: map[store.ID]string{}}
			if one.needs != "" {
				entry.Answers[s.id("question/"+m.key+"/0")] = one.needs
			}
			if one.behalf == "" {
				entry.TERC = placeOf(one.email)
			}
			_, err := s.Registrations.Register(ctx, e, entry)
			return err
		}))
	}
	own := func(x moved, do func(context.Context, event.Event, store.ID) error) act {
		return s.at(x.at, x.email, m.key, func(ctx context.Context, e event.Event) error {
			g, err := s.seatOf(ctx, e, x.email)
			if err != nil {
				return err
			}
			return do(ctx, e, g.ID)
		})
	}
	for _, x := range m.withdrawn {
		acts = append(acts, own(x, s.Registrations.Withdraw))
	}
	for _, x := range m.confirmed {
		acts = append(acts, own(x, s.Registrations.Confirm))
	}
	return acts
}

func inTime(at, until time.Time) time.Time {
	if at.Before(until) {
		return at
	}
	return until.Add(-time.Minute)
}

func placeOf(email string) string {
	for _, p := range persons {
		if p.email == email {
			return p.place
		}
	}
	return ""
}

func (s *story) seatOf(ctx context.Context, e event.Event, email string) (registration.Registration, error) {
	who, err := s.person(ctx, email)
	if err != nil {
		return registration.Registration{}, err
	}
	return registration.Of(ctx, s.DB, e.ID, who)
}

// present reports whether a guest was there at the n-th session, from 0.
func (m meeting) present(email string, n int) bool {
	if slices.Contains(m.absent, email) || n < m.late[email] {
		return false
	}
	last, left := m.gone[email]
	return !left || n < last
}

// door is everything from the tables to the certificates.
func (s *story) door(m meeting) []act {
	g := gatheringOf(m.key)
	var acts []act
	if m.tables > 0 {
		acts = append(acts, s.at(m.seated, facilitator, m.key, func(ctx context.Context, e event.Event) error {
			return s.Seating.Propose(ctx, e, seating.Wish{Tables: m.tables, Seed: 2014, Word: "Stół"})
		}))
	}
	dayBefore := g.begins().AddDate(0, 0, -1).Format(time.DateOnly) + " 15:00"
	acts = append(acts, s.at(dayBefore, g.by, m.key, func(ctx context.Context, e event.Event) error {
		rule, err := attendance.RuleOf(ctx, s.DB, e.ID)
		if err != nil {
			return err
		}
		rule.BySession, rule.LeastSessions, rule.Words = m.least > 0, m.least, m.words
		return s.Attendance.SetRule(ctx, e, rule)
	}))
	for n, begins := range g.sessions() {
		if m.least == 0 && n > 0 {
			break
		}
		acts = append(acts, s.at(begins.Format("2006-01-02 15:04"), facilitator, m.key, func(ctx context.Context, e event.Event) error {
			return s.noteAll(ctx, m, e, n, begins)
		}))
	}
	if m.certified == "" {
		return acts
	}
	return append(acts, s.at(m.certified, g.by, m.key, func(ctx context.Context, e event.Event) error {
		_, err := s.Attendance.Issue(ctx, e)
		return err
	}))
}

// noteAll notes who is there at a session.
func (s *story) noteAll(ctx context.Context, m meeting, e event.Event, n int, begins time.Time) error {
	sessions, err := event.Sessions(ctx, s.DB, e.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(sessions, func(x event.Session) bool { return x.StartsAt.Equal(begins) })
	mark := attendance.Mark{Here: true}
	if m.least > 0 && at >= 0 {
		mark.Session = sessions[at].ID
	}
	seated, err := registration.Seated(ctx, s.DB, e.ID)
	if err != nil {
		return err
	}
	emails := map[store.ID]string{}
	for _, one := range m.guests {
		id, err := s.person(ctx, one.email)
		if err != nil {
			return err
		}
		emails[id] = one.email
	}
	for _, g := range seated {
		if email := emails[g.Person]; email == "" || !m.present(email, n) {
			continue // a visitor of the demo has signed up, or the guest is not there
		}
		mark.Registration = g.ID
		if _, err := s.Attendance.Note(ctx, e, mark); err != nil {
			return err
		}
	}
	return nil
}

// begins is when the first session begins.
func (g gathering) begins() time.Time { return moment(g.days[0].begins) }

// ends is when the last session is over.
func (g gathering) ends() time.Time {
	last := g.days[len(g.days)-1]
	at := moment(last.begins)
	for _, x := range last.slots {
		at = at.Add(time.Duration(x.minutes) * time.Minute)
	}
	return at
}

// sessions are the beginnings of all sessions that are no pause.
func (g gathering) sessions() []time.Time {
	var all []time.Time
	for _, d := range g.days {
		at := moment(d.begins)
		for _, x := range d.slots {
			if x.room != pause {
				all = append(all, at)
			}
			at = at.Add(time.Duration(x.minutes) * time.Minute)
		}
	}
	return all
}
