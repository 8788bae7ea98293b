package demo

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/store"
)

// consulting is the working group of the story.
const consulting = "Zespół do spraw standardu konsultacji"

// seats of the group: who is called to it, in which role, for whom, and whether
// they let everybody read their name.
var seats = []struct {
	on, email string
	role      group.Role
	behalf    string // key of bodies, "" for themselves
	named     bool
}{
	{"2014-09-16 17:30", leader, group.Chair, sports, true},
	{"2014-09-17 08:40", official, group.Secretary, town, true},
	{"2014-09-17 19:00", "gerard.stoklosinski@seniorzy.example.net", group.Ordinary, seniors, false},
	{"2014-09-18 07:50", "hubert.polnik@jodlowiec.example.org", group.Ordinary, gmina, false},
	{"2014-09-18 20:15", neighbour, group.Ordinary, "", false},
	{"2014-09-19 12:00", observer, group.Observer, "", true},
}

// groupActs tell of a working group from its founding to its first meetings.
func (s *story) groupActs() []act {
	id, in := func() store.ID { return s.id("group") }, func() store.ID { return s.programme(main) }
	acts := []act{{"2014-09-15 10:00", manager, func(ctx context.Context) error {
		_, err := s.Groups.Found(ctx, group.Group{ID: id(), Programme: in(), Name: consulting, Appointer: s.body(union),
			Purpose: "Zespół przygotowuje **projekt standardu konsultacji**: jak ogłaszać, jak długo zbierać uwagi, jak na nie odpowiadać.\n\n" +
				"- Projekt oddaje kierownikowi programu do końca czerwca 2015.\n- O przyjęciu standardu decydują organizacje i urzędy, zespół tylko doradza.",
			AppointedBy: "ustalenie seminarium w Wiśle", StartsAt: store.At(moment("2014-09-15 00:00")), EndsAt: afterDay("2015-06-30"), Asking: true})
		return err
	}}}
	for _, seat := range seats {
		acts = append(acts,
			act{"2014-09-15 10:30", manager, func(ctx context.Context) error {
				_, err := s.Groups.Invite(ctx, in(), id(), group.Calling{Emails: seat.email, Role: seat.role})
				return err
			}},
			act{seat.on, seat.email, func(ctx context.Context) error {
				invitation, err := store.One[store.ID](ctx, s.DB, `SELECT id FROM event_group_invitation WHERE event_group = $1 AND email = $2`, id(), seat.email)
				if err != nil {
					return err
				}
				j := group.Joining{Named: seat.named}
				if seat.behalf != "" {
					j.Organisation = s.body(seat.behalf)
				}
				return s.Groups.Accept(ctx, in(), id(), invitation, j)
			}})
	}
	acts = append(acts,
		act{"2014-09-15 10:40", manager, func(ctx context.Context) error { return s.Queue.Drain(ctx) }}, // letters leave before they are answered
		act{"2014-09-22 09:00", manager, func(ctx context.Context) error {
			version, err := store.One[int](ctx, s.DB, `SELECT version FROM event_group WHERE id = $1`, id())
			if err != nil {
				return err
			}
			return s.Groups.Begin(ctx, in(), id(), version)
		}},
		act{"2015-02-20 08:00", "hubert.polnik@jodlowiec.example.org", func(ctx context.Context) error { return s.Groups.Leave(ctx, in(), id()) }},
		act{"2015-04-02 21:10", player, func(ctx context.Context) error {
			return s.Groups.Ask(ctx, in(), id(), group.Joining{}, "Prowadzę trampkarzy i wiem, kiedy rodzice nie mogą przyjść na konsultacje.")
		}})
	acts = append(acts, s.convened("2014-09-24 18:00", "2014-09-25 09:00", "2014-10-16 16:30", "Pierwsze spotkanie: o czym jest standard",
		"- Kto zbiera uwagi dziś i jak\n- Trzy pytania, na które standard ma odpowiedzieć\n- Podział pracy")...)
	return append(acts, s.convened("2015-01-20 18:00", "2015-01-21 09:00", "2015-02-12 16:30", "Uwagi do pierwszego szkicu standardu",
		"- Uwagi punkt po punkcie\n- Czego brakuje mieszkańcom\n- Kto pisze drugi szkic")...)
}

// convened is a meeting that the chair calls and the manager announces.
func (s *story) convened(called, announced, begins, title, agenda string) []act {
	e := func() store.ID { return s.id("group/" + begins) }
	return []act{
		{called, leader, func(ctx context.Context) error {
			_, err := s.Groups.Meet(ctx, s.programme(main), s.id("group"), group.Convocation{ID: e(), Title: title, StartsAt: moment(begins), Minutes: 120, Mode: event.OnSite,
				Agenda: agenda, Place: event.Place{Name: "Dom kultury", Address: "ul. Przykładowa 1, Czerwionka-Leszczyny", TERC: "2412013",
					Access: "Wejście bez progu od parkingu, winda, toaleta dla osób na wózku."}})
			return err
		}},
		{announced, manager, func(ctx context.Context) error {
			drafted, err := event.ByID(ctx, s.DB, s.programme(main), e())
			if err != nil {
				return err
			}
			_, err = s.Events.Publish(ctx, drafted.Programme, drafted.ID, drafted.Version)
			return err
		}},
	}
}
