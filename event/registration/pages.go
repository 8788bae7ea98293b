package registration

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages.
//
// A resident on a phone comes from a letter or a poster: they want to know
// whether there is a seat, sign up in one form, and later see where they stand,
// take an offered seat, correct an answer or withdraw. Somebody who waits reads
// how seats are given, because they doubt that it is fair. A representative names
// three colleagues in one form. A coordinator looks in the morning who comes and
// who waits, enters the paper of somebody without e-mail, takes the list to a
// spreadsheet; before the event they open the page of diets for the kitchen, and
// only that one. Before all this the team sets times, seats and questions.
func (s *Service) Routes() []web.Route {
	const at = "/programy/{programme}/wydarzenia/{event}/zapisy"
	const one = at + "/osoba/{registration}"
	routes := []web.Route{
		{Pattern: "GET " + at, Need: access.Anyone, Handle: s.showOwn},
		{Pattern: "GET " + at + "/zasady", Need: access.Anyone, Handle: s.showRule},
		{Pattern: "GET " + at + "/zgloszenie", Need: access.SignedIn, Handle: s.showSignUp},
		{Pattern: "POST " + at + "/zgloszenie", Need: access.SignedIn, Handle: s.signUp},
		{Pattern: "GET " + at + "/grupa", Need: access.SignedIn, Handle: s.showGroup},
		{Pattern: "POST " + at + "/grupa", Need: access.SignedIn, Handle: s.signUpGroup},
		{Pattern: "GET " + at + "/grupa/{batch}", Need: access.SignedIn, Handle: s.showParty},

		{Pattern: "GET " + one, Need: access.SignedIn, Handle: s.showOne},
		{Pattern: "POST " + one + "/potwierdzenie", Need: access.SignedIn, Handle: s.confirm},
		{Pattern: "GET " + one + "/odpowiedzi", Need: access.SignedIn, Handle: s.showAnswers},
		{Pattern: "POST " + one + "/odpowiedzi", Need: access.SignedIn, Handle: s.saveAnswers},
		{Pattern: "GET " + one + "/rezygnacja", Need: access.SignedIn, Handle: s.askWithdraw},
		{Pattern: "POST " + one + "/rezygnacja", Need: access.SignedIn, Handle: s.withdraw},

		{Pattern: "GET " + at + "/lista", Need: event.Run, Handle: s.showList},
		{Pattern: "GET " + at + "/obraz", Need: event.Run, Handle: s.showPictures},
		{Pattern: "GET " + at + "/potrzeby", Need: event.Run, Handle: s.showNeeds},
		{Pattern: "GET " + at + "/papier", Need: event.Run, Handle: s.showPaper},
		{Pattern: "POST " + at + "/papier", Need: event.Run, Handle: s.enterPaper, Body: pastedBody},
		{Pattern: "GET " + at + "/papier/{batch}", Need: event.Run, Handle: s.showEntered},
		{Pattern: "GET " + at + "/zaproszenia", Need: event.Run, Handle: s.showInvitations},
		{Pattern: "POST " + at + "/zaproszenia", Need: event.Run, Handle: s.inviteAll},
		{Pattern: "POST " + at + "/zaproszenia/link", Need: event.Run, Handle: s.renewLink},
		{Pattern: "POST " + at + "/zaproszenia/{invitation}/cofniecie", Need: event.Run, Handle: s.uninvite},

		{Pattern: "GET " + at + "/ustawienia", Need: event.Edit, Handle: s.showSettings},
		{Pattern: "POST " + at + "/ustawienia", Need: event.Edit, Handle: s.saveSettings},
		{Pattern: "GET " + at + "/pytania", Need: event.Edit, Handle: s.showQuestions},
		{Pattern: "POST " + at + "/pytania", Need: event.Edit, Handle: s.addQuestion},
		{Pattern: "GET " + at + "/pytania/{question}", Need: event.Edit, Handle: s.showQuestion},
		{Pattern: "POST " + at + "/pytania/{question}", Need: event.Edit, Handle: s.changeQuestionPage},
		{Pattern: "POST " + at + "/pytania/{question}/wyzej", Need: event.Edit, Handle: s.raiseQuestion},
		{Pattern: "POST " + at + "/pytania/{question}/usuniecie", Need: event.Edit, Handle: s.dropQuestion},
	}
	routes = append(routes, export.Routes(at+"/lista", event.Run, s.listTable)...)
	return append(routes, export.Routes(at+"/potrzeby", event.Run, s.needsTable)...)
}

// pastedBody takes ten thousand pasted names with addresses and organisations,
// each letter of which may be sent as six characters.
const pastedBody = 8 << 20

// Tools are the pages of the event's team.
var Tools = []event.Tool{
	{Path: "/zapisy/lista", Key: "event.registration.nav.list", Need: event.Run},
	{Path: "/zapisy/papier", Key: "event.registration.nav.paper", Need: event.Run},
	{Path: "/zapisy/potrzeby", Key: "event.registration.nav.needs", Need: event.Run},
	{Path: "/zapisy/obraz", Key: "event.registration.nav.pictures", Need: event.Run},
	{Path: "/zapisy/zaproszenia", Key: "event.registration.nav.invitations", Need: event.Run},
	{Path: "/zapisy/ustawienia", Key: "event.registration.nav.settings", Need: event.Edit},
	{Path: "/zapisy/pytania", Key: "event.registration.nav.questions", Need: event.Edit},
}

// eventOf reads the event of the address, if the actor may see it.
func (s *Service) eventOf(r *http.Request) (event.Event, error) {
	return event.Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event"))
}

// posted reads the event of the address and the form that was sent to it.
func (s *Service) posted(r *http.Request) (event.Event, *form.Form, error) {
	e, err := s.eventOf(r)
	if err != nil {
		return e, nil, err
	}
	f, err := web.ReadForm(r)
	return e, f, err
}

// rowID reads the id of a row from the address.
func rowID(r *http.Request, name string) (store.ID, error) {
	id, err := store.ParseID(r.PathValue(name))
	if err != nil {
		return "", fault.NotFound(name)
	}
	return id, nil
}

// oneOf reads the event and the registration of the address, if the actor may
// see it.
func (s *Service) oneOf(r *http.Request) (event.Event, Registration, error) {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return e, Registration{}, err
	}
	id, err := rowID(r, "registration")
	if err != nil {
		return e, Registration{}, err
	}
	g, err := ByID(ctx, s.db, e.ID, id)
	if err != nil {
		return e, g, err
	}
	seen, err := Sees(ctx, s.db, e, g)
	if err == nil && !seen {
		err = fault.NotFound("registration")
	}
	return e, g, err
}

// frame is what every page here stands in.
type frame struct {
	event.Event
	nav templ.Component // of the team's pages, nil elsewhere
}

func (s *Service) frame(ctx context.Context, e event.Event, tool string) frame {
	if s.Nav != nil {
		return frame{e, s.Nav(ctx, e, tool)}
	}
	var links []ui.Link
	for _, t := range Tools {
		if access.From(ctx).May(t.Need, string(e.Programme)) {
			links = append(links, ui.Link{Href: e.Path() + t.Path, Key: t.Key, Current: t.Path == tool})
		}
	}
	return frame{e, ui.SectionNav(lang.T(ctx, "event.registration.nav"), links)}
}

// at is the address of a page here.
func (f frame) at(page string) string { return f.Path() + "/zapisy" + page }

func (f frame) crumbs(ctx context.Context, more ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Title: lang.T(ctx, "programme.nav"), Href: "/programy"}, {Title: f.ProgrammeTitle, Href: "/programy/" + f.ProgrammeSlug},
		{Title: f.Title, Href: f.Path()}}, more...)
}

// onward are the steps to a page below the page of registration.
func (f frame) onward(ctx context.Context) []ui.Crumb {
	return f.crumbs(ctx, ui.Crumb{Title: lang.T(ctx, "event.registration.title"), Href: f.at("")})
}

// filtered is the address of a list with the filters that are set.
func filtered(r *http.Request, names ...string) string {
	kept := url.Values{}
	for _, name := range names {
		if v := r.URL.Query().Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	if len(kept) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + kept.Encode()
}
