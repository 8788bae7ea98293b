package event

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// What the API tells of an event: what its public page shows.
type (
	toldEvent struct {
		ID           string    `json:"id"`
		Slug         string    `json:"slug"`
		Programme    string    `json:"programme" doc:"Slug of the programme."`
		Kind         string    `json:"kind"`
		Title        string    `json:"title"`
		Lead         string    `json:"lead"`
		Host         string    `json:"host,omitempty" doc:"Name of the organisation that hosts it."`
		Language     string    `json:"language"`
		Mode         string    `json:"mode" enum:"on_site,online,hybrid"`
		Place        string    `json:"place,omitempty"`
		Address      string    `json:"address,omitempty"`
		Municipality string    `json:"municipality,omitempty" doc:"TERC code."`
		Starts       time.Time `json:"starts"`
		Ends         time.Time `json:"ends"`
		State        string    `json:"state" enum:"published,cancelled"`
		Reason       string    `json:"reason,omitempty" doc:"Why it was cancelled."`
		URL          string    `json:"url"`
	}
	toldEventPage struct {
		toldEvent
		Text          string             `json:"text" doc:"Markdown."`
		HTML          string             `json:"html" doc:"The text as safe HTML."`
		Accessibility string             `json:"accessibility"`
		Sessions      []toldEventSession `json:"sessions"`
		Speakers      []toldEventSpeaker `json:"speakers"`
	}
	toldEventSession struct {
		ID       string    `json:"id"`
		Starts   time.Time `json:"starts"`
		Ends     time.Time `json:"ends"`
		Title    string    `json:"title"`
		Text     string    `json:"text,omitempty" doc:"Markdown."`
		Room     string    `json:"room,omitempty"`
		Pause    bool      `json:"pause"`
		Speakers []string  `json:"speakers" doc:"Names."`
	}
	toldEventSpeaker struct {
		Name         string `json:"name"`
		Role         string `json:"role"`
		Organisation string `json:"organisation,omitempty"`
		Profile      string `json:"profile,omitempty"`
	}
)

type listInput struct {
	api.Paging
	Words        string `query:"q" maxLength:"100"`
	Programme    string `query:"programme" maxLength:"100" doc:"Slug of a programme."`
	Municipality string `query:"municipality" maxLength:"7" doc:"TERC code."`
	Kind         string `query:"kind" maxLength:"40"`
	When         string `query:"when" enum:"coming,past,all" default:"coming"`
}

type oneInput struct {
	Programme string `path:"programme" maxLength:"100"`
	Event     string `path:"event" maxLength:"200" doc:"Slug of the event, also a former one."`
}

// AddTo lets programs read what the pages of the room show.
func (s *Service) AddTo(a *api.API) {
	api.List(a, api.Read{Path: "/events", ID: "list-events", Summary: "Public events: those to come from the nearest on, others from the latest on",
		Told: "event.api.list", Tag: "events", Need: access.Anyone}, s.apiList)
	api.Get(a, api.Read{Path: "/programmes/{programme}/events/{event}", ID: "get-event", Summary: "One event with its sessions",
		Told: "event.api.one", Tag: "events", Need: access.Anyone}, s.apiOne)
}

func (s *Service) apiList(ctx context.Context, in *listInput) ([]toldEvent, int, error) {
	f := Filter{Programme: in.Programme, Place: in.Municipality, Kind: Kind(in.Kind), Text: in.Words,
		Over: map[string]Over{"coming": Coming, "past": Past, "all": All}[in.When]}
	found, total, err := listed(ctx, s.db, f, in.Limit(), in.Offset())
	var all []toldEvent
	for _, e := range found {
		all = append(all, s.told(e))
	}
	return all, total, err
}

func (s *Service) apiOne(ctx context.Context, in *oneInput) (toldEventPage, error) {
	e, err := Find(ctx, s.db, in.Programme, in.Event)
	if err != nil {
		return toldEventPage{}, err
	}
	if e.State() == Draft {
		return toldEventPage{}, fault.NotFound("event")
	}
	told := toldEventPage{toldEvent: s.told(e), Accessibility: e.Place.Access, Sessions: []toldEventSession{}, Speakers: []toldEventSpeaker{}}
	if told.Text, err = bodyOf(ctx, s.db, e.ID); err != nil {
		return told, err
	}
	told.HTML = markdown.HTML(told.Text)
	speakers, err := Speakers(ctx, s.db, e.ID)
	if err != nil {
		return told, err
	}
	for _, x := range speakers {
		told.Speakers = append(told.Speakers, toldEventSpeaker{x.Name, string(x.Role), x.Organisation, x.Profile})
	}
	sessions, err := Agenda(ctx, s.db, e.ID)
	for _, x := range sessions {
		told.Sessions = append(told.Sessions, x.told(speakers))
	}
	return told, err
}

func (s Session) told(speakers []Speaker) toldEventSession {
	told := toldEventSession{ID: string(s.ID), Starts: s.StartsAt.UTC(), Ends: s.EndsAt().UTC(), Title: s.Title, Text: s.Text, Room: s.Room, Pause: s.Pause, Speakers: []string{}}
	for _, id := range s.Speakers {
		if x, ok := named(speakers, id); ok {
			told.Speakers = append(told.Speakers, x.Name)
		}
	}
	return told
}

func (s *Service) told(e Event) toldEvent {
	return toldEvent{ID: string(e.ID), Slug: e.Slug, Programme: e.ProgrammeSlug, Kind: string(e.Kind), Title: e.Title, Lead: e.Lead, Host: e.HostName,
		Language: e.Language, Mode: string(e.Mode), Place: e.Place.Name, Address: e.Place.Address, Municipality: e.Place.TERC,
		Starts: e.StartsAt.UTC(), Ends: e.EndsAt.UTC(), State: string(e.State()), Reason: e.CancelledReason, URL: s.Site.URL(e.Path())}
}
