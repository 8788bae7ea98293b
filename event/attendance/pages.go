package attendance

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Routes lists the pages of the package.
//
// A volunteer stands at the door with a phone and bad Wi-Fi: they open the list
// once, find people by name or number, tap, and go on although nothing is sent
// for minutes; or they point the camera at a ticket and its page opens. A
// participant shows the ticket on a phone or brings it printed. A manager prints
// the sheet to sign and the name cards the evening before, looks afterwards who
// came, issues certificates, and voids one that was wrong. A participant takes
// the certificate a year later. An employer opens the link that stands on it,
// types the name, and has an answer.
func (s *Service) Routes() []web.Route {
	const one = "/programy/{programme}/wydarzenia/{event}"
	const door, papers = one + "/obecnosc", one + "/zaswiadczenia"
	return append(export.Routes(door+"/lista", event.Run, s.table), []web.Route{
		{Pattern: "GET " + door, Need: event.Run, Handle: s.showDoor},
		{Pattern: "POST " + door, Need: event.Run, Handle: s.mark},
		{Pattern: "GET " + door + "/zasady", Need: event.Run, Handle: s.showRule},
		{Pattern: "POST " + door + "/zasady", Need: event.Run, Handle: s.saveRule},
		{Pattern: "GET " + door + "/podsumowanie", Need: event.Run, Handle: s.showSummary},
		{Pattern: "GET " + door + "/podpisy.pdf", Need: event.Run, Handle: s.sendSignatures},
		{Pattern: "GET " + door + "/identyfikatory.pdf", Need: event.Run, Handle: s.sendBadges},
		{Pattern: "GET " + one + "/bilet", Need: access.SignedIn, Handle: s.showOwnTicket},
		{Pattern: "GET " + one + "/bilet.pdf", Need: access.SignedIn, Handle: s.sendOwnTicket},
		{Pattern: "GET /bilet/{ticket}", Need: access.Anyone, Handle: s.openTicket},

		{Pattern: "GET " + papers, Need: event.Run, Handle: s.showCertificates},
		{Pattern: "POST " + papers, Need: event.Run, Handle: s.issueAll},
		{Pattern: "GET " + one + "/zaswiadczenia.pdf", Need: event.Run, Handle: s.sendCertificates},
		{Pattern: "GET " + papers + "/{certificate}/uniewaznienie", Need: event.Run, Handle: s.askRevoke},
		{Pattern: "POST " + papers + "/{certificate}/uniewaznienie", Need: event.Run, Handle: s.revokeOne},
		{Pattern: "GET " + one + "/zaswiadczenie", Need: access.SignedIn, Handle: s.showOwnCertificate},
		{Pattern: "GET " + one + "/zaswiadczenie.pdf", Need: access.SignedIn, Handle: s.sendOwnCertificate},
		{Pattern: "GET /zaswiadczenia", Need: access.Anyone, Handle: s.askCode},
		{Pattern: "GET /zaswiadczenia/{code}", Need: access.Anyone, Handle: s.showVerification},
		{Pattern: "POST /zaswiadczenia/{code}", Need: access.Anyone, Handle: s.verifyName},
	}...)
}

// Tools are the pages of an event's team.
func Tools() []event.Tool {
	held := func(e event.Event) bool { return e.State() == event.Published }
	return []event.Tool{
		{Path: "/obecnosc", Key: "event.attendance.door.nav", Need: event.Run, For: held},
		{Path: "/obecnosc/podsumowanie", Key: "event.attendance.summary.nav", Need: event.Run, For: held},
		{Path: "/zaswiadczenia", Key: "event.attendance.papers.nav", Need: event.Run, For: held},
	}
}

// event returns the event of the address, if this person may see it.
func (s *Service) event(r *http.Request) (event.Event, error) {
	return event.Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event"))
}

// looked notes that the person who asks was shown a list of others.
func (s *Service) looked(ctx context.Context, page string, e event.Event, people []store.ID) {
	s.Privacy.Looked(ctx, privacy.Look{Page: page, Place: e.ProgrammeSlug, People: people})
}

func peopleOf(guests []Guest) []store.ID {
	ids := make([]store.ID, len(guests))
	for i, g := range guests {
		ids[i] = g.Person
	}
	return ids
}

// doorPath is the list of the door, of a session where they are noted apart.
func doorPath(e event.Event, session store.ID) string {
	if session == "" {
		return e.Path() + "/obecnosc"
	}
	return e.Path() + "/obecnosc?czesc=" + string(session)
}

// idIn reads an id that stands in an address or a form; what is none finds
// nothing.
func idIn(s string) (store.ID, error) {
	id, err := store.ParseID(s)
	if err != nil {
		return "", fault.NotFound("id")
	}
	return id, nil
}
