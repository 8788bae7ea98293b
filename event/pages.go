package event

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages of the room.
//
// A resident on a phone opens the list, the month or a link in a letter: they
// want to know when and where it is, whether they can come in with a wheelchair,
// whether they have a seat; then they register, take the date into their
// calendar and go. On the day they look for the room and the hour. Afterwards
// they come for the slides and the minutes. A councillor looks up what was held
// in a month; an office's site takes the calendar of one gmina. A manager begins
// from a template or from last year's event, fills in place and speakers, moves
// a session, publishes, corrects what changes (who comes is told), cancels when
// it must be.
func (s *Service) Routes() []web.Route {
	const list, one = "/programy/{programme}/wydarzenia", "/programy/{programme}/wydarzenia/{event}"
	return append(s.downloads(list), []web.Route{
		{Pattern: "GET " + allPath, Need: access.Anyone, Handle: s.showAll},
		{Pattern: "GET " + allPath + "/{year}", Need: access.Anyone, Handle: s.showYear},
		{Pattern: "GET " + allPath + "/{year}/{month}", Need: access.Anyone, Handle: s.showMonth},
		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showProgrammeEvents},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showEvent},
		{Pattern: "GET " + allPath + ".ics", Need: access.Anyone, Handle: s.sendCalendar},
		{Pattern: "GET " + allPath + ".rss", Need: access.Anyone, Handle: s.sendFeed(ui.RSS)},
		{Pattern: "GET " + allPath + ".atom", Need: access.Anyone, Handle: s.sendFeed(ui.Atom)},
		{Pattern: "GET " + list + ".ics", Need: access.Anyone, Handle: s.sendCalendar},
		{Pattern: "GET " + list + ".rss", Need: access.Anyone, Handle: s.sendFeed(ui.RSS)},
		{Pattern: "GET " + list + ".atom", Need: access.Anyone, Handle: s.sendFeed(ui.Atom)},
		{Pattern: "GET " + one + "/kalendarz.ics", Need: access.Anyone, Handle: s.sendEventCalendar},
		{Pattern: "GET " + one + "/program/{session}/kalendarz.ics", Need: access.Anyone, Handle: s.sendSessionCalendar},
		{Pattern: "GET " + OwnPath, Need: access.SignedIn, Handle: s.showOwn},
		{Pattern: "POST " + OwnPath + "/adres", Need: access.SignedIn, Handle: s.renewOwn},
		{Pattern: "POST " + OwnPath + "/koniec", Need: access.SignedIn, Handle: s.endOwn},
		{Pattern: "GET " + OwnPath + "/{token}/kalendarz.ics", Need: access.Anyone, Handle: s.sendOwn},
		{Pattern: "GET " + one + "/pliki/{file}", Need: access.Anyone, Handle: s.sendFile},

		{Pattern: "GET " + list + "/nowe", Need: Edit, Handle: s.newEvent},
		{Pattern: "POST " + list, Need: Edit, Handle: s.beginEvent},
		{Pattern: "GET " + one + "/edycja", Need: Edit, Handle: s.editEvent},
		{Pattern: "POST " + one + "/edycja", Need: Edit, Handle: s.saveEvent},

		{Pattern: "GET " + one + "/program", Need: Edit, Handle: s.showAgenda},
		{Pattern: "POST " + one + "/program", Need: Edit, Handle: s.addSession},
		{Pattern: "POST " + one + "/przesuniecie", Need: Edit, Handle: s.shiftEvent},
		{Pattern: "GET " + one + "/program/{session}", Need: Edit, Handle: s.editSession},
		{Pattern: "POST " + one + "/program/{session}", Need: Edit, Handle: s.saveSession},
		{Pattern: "POST " + one + "/program/{session}/wczesniej", Need: Edit, Handle: s.hastenSession},
		{Pattern: "POST " + one + "/program/{session}/usuniecie", Need: Edit, Handle: s.removeSession},

		{Pattern: "GET " + one + "/prowadzacy", Need: Edit, Handle: s.showSpeakers},
		{Pattern: "POST " + one + "/prowadzacy", Need: Edit, Handle: s.addSpeaker},
		{Pattern: "GET " + one + "/prowadzacy/{speaker}", Need: Edit, Handle: s.editSpeaker},
		{Pattern: "POST " + one + "/prowadzacy/{speaker}", Need: Edit, Handle: s.saveSpeaker},
		{Pattern: "POST " + one + "/prowadzacy/{speaker}/wyzej", Need: Edit, Handle: s.raiseSpeaker},
		{Pattern: "POST " + one + "/prowadzacy/{speaker}/usuniecie", Need: Edit, Handle: s.removeSpeaker},

		{Pattern: "GET " + one + "/materialy", Need: Edit, Handle: s.showMaterials},
		{Pattern: "POST " + one + "/materialy", Need: Edit, Handle: s.addMaterial, Body: web.UploadBody},
		{Pattern: "GET " + one + "/materialy/{file}", Need: Edit, Handle: s.editMaterial},
		{Pattern: "POST " + one + "/materialy/{file}", Need: Edit, Handle: s.saveMaterial},
		{Pattern: "POST " + one + "/materialy/{file}/usuniecie", Need: Edit, Handle: s.removeMaterial},

		{Pattern: "GET " + one + "/publikacja", Need: Edit, Handle: s.showPublication},
		{Pattern: "POST " + one + "/publikacja", Need: Edit, Handle: s.publish},
		{Pattern: "POST " + one + "/adres", Need: Edit, Handle: s.readdressPage},
		{Pattern: "GET " + one + "/odwolanie", Need: Edit, Handle: s.askCancel},
		{Pattern: "POST " + one + "/odwolanie", Need: Edit, Handle: s.cancel},
		{Pattern: "POST " + one + "/przywrocenie", Need: Edit, Handle: s.returnEvent},
		{Pattern: "GET " + one + "/usuniecie", Need: Edit, Handle: s.askDelete},
		{Pattern: "POST " + one + "/usuniecie", Need: Edit, Handle: s.delete},
		{Pattern: "GET " + one + "/kopia", Need: Edit, Handle: s.askCopy},
		{Pattern: "POST " + one + "/kopia", Need: Edit, Handle: s.copyEvent},
	}...)
}

// Of reads the event of the request's address, if the actor may see it; the
// address may be a former one.
func (s *Service) Of(r *http.Request) (Event, error) {
	return Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event"))
}

// programme returns the programme of the address, if this person may see it.
func (s *Service) programme(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err != nil {
		return p, err
	}
	if p.State == programme.Draft && !access.From(r.Context()).May(Preview, string(p.ID)) {
		return p, fault.NotFound("programme")
	}
	return p, nil
}

// Nav leads between the team's pages about an event; here is the path of this
// page below the event's.
func (s *Service) Nav(ctx context.Context, e Event, here string) templ.Component {
	return ui.SectionNav(lang.T(ctx, "event.nav.label"), s.links(ctx, e, here))
}

// own are the team's pages of this package.
var own = []Tool{{Path: "/edycja", Key: "event.nav.edit", Need: Edit}, {Path: "/program", Key: "event.nav.agenda", Need: Edit},
	{Path: "/prowadzacy", Key: "event.nav.speakers", Need: Edit}, {Path: "/materialy", Key: "event.nav.materials", Need: Edit},
	{Path: "/publikacja", Key: "event.nav.publication", Need: Edit}}

func (s *Service) links(ctx context.Context, e Event, here string) []ui.Link {
	links := []ui.Link{{Href: e.Path(), Key: "event.nav.page", Current: here == ""}}
	for _, tools := range [][]Tool{own, s.tools} {
		for _, tool := range tools {
			if access.From(ctx).May(tool.Need, string(e.Programme)) && (tool.For == nil || tool.For(e)) {
				links = append(links, ui.Link{Href: e.Path() + tool.Path, Key: tool.Key, Current: here == tool.Path})
			}
		}
	}
	return links
}

// posted reads the event of the address and the form that was sent to it.
func (s *Service) posted(r *http.Request) (Event, *form.Form, error) {
	e, err := s.Of(r)
	if err != nil {
		return e, nil, err
	}
	f, err := web.ReadForm(r)
	return e, f, err
}

// act runs a verb that needs nothing but the version that the person saw.
func (s *Service) act(w http.ResponseWriter, r *http.Request,
	verb func(ctx context.Context, programme, id store.ID, version int) (Event, error), next, flash string,
) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	after, err := verb(r.Context(), e.Programme, e.ID, f.Version())
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, after.Path()+next, flash)
}

// actOn is act of a verb that is about one thing of the event, named in the
// address. What is none of this event's is not there, whatever the version.
func (s *Service) actOn(name, table string, verb func(ctx context.Context, programme, id store.ID, version int, thing store.ID) (Event, error),
	next, flash string,
) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		thing := store.ID(r.PathValue(name))
		return s.act(w, r, func(ctx context.Context, programme, id store.ID, version int) (Event, error) {
			if _, err := store.One[store.ID](ctx, s.db, `SELECT id FROM `+table+` WHERE event = $1 AND id = $2`, id, thing); err != nil {
				return Event{}, err
			}
			return verb(ctx, programme, id, version, thing)
		}, next, flash)
	}
}
