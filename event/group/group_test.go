package group_test

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// world is a programme with a group that its manager has founded; the resident
// represents an association, the neighbour an office.
type world struct {
	*eventtest.World
	t      *testing.T
	groups *group.Service
	group  group.Group
}

const list = "/programy/wspolpraca/zespoly"

// callers lets registration invite, as the program does.
type callers struct{ *registration.Service }

func (c callers) Invite(ctx context.Context, tx *store.Tx, e event.Event, emails []string) error {
	return c.Call(ctx, tx, e, emails)
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := &world{t: t}
		w.World = eventtest.New(t, db, event.Options{}, []embed.FS{group.Messages}, func(made *eventtest.World) []web.Route {
			w.groups = group.New(db, group.Options{Draft: made.Events.Draft, Guests: callers{registration.New(db, registration.Options{})}})
			made.Events.OnChange(w.groups.EventChanged)
			made.Events.OnDelete(w.groups.EventDeleted)
			return w.groups.Routes()
		})
		w.Act(w.Resident, w.NGO)
		w.Act(w.Neighbour, w.Office)
		w.group = w.founded("Zespół do spraw standardu")
		fn(t, w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// ctx is a Polish context of a person, for verbs that write words.
func (w *world) ctx(person store.ID) context.Context {
	return lang.With(w.Ctx(person), w.App.Catalogue.Printer(lang.Polish))
}

func (w *world) founded(name string) group.Group {
	w.t.Helper()
	g, err := w.groups.Found(w.ctx(w.Manager), group.Group{ID: store.NewID(), Programme: w.Programme, Name: name, Purpose: "Pisze **standard**.",
		AppointedBy: "ustalenie z seminarium", Appointer: w.NGO, StartsAt: store.At(eventtest.Day), Asking: true})
	w.must(err)
	return g
}

func (w *world) email(person store.ID) string { return string(person) + "@example.org" }

// invited invites a person and returns the invitation's id.
func (w *world) invited(person store.ID, role group.Role) store.ID {
	w.t.Helper()
	_, err := w.groups.Invite(w.ctx(w.Manager), w.Programme, w.group.ID, group.Calling{Emails: w.email(person), Role: role})
	w.must(err)
	return store.ID(w.Text(`SELECT id FROM event_group_invitation WHERE email = $1 AND answer = ''`, w.email(person)))
}

// sits makes a member of a person.
func (w *world) sits(person store.ID, role group.Role, j group.Joining) {
	w.t.Helper()
	w.must(w.groups.Accept(w.ctx(person), w.Programme, w.group.ID, w.invited(person, role), j))
}

// member is the stretch of a person that goes on.
func (w *world) member(person store.ID) (id store.ID, version int) {
	w.t.Helper()
	row, err := store.One[struct {
		ID      store.ID
		Version int
	}](w.t.Context(), w.DB, `SELECT id, version FROM event_group_member WHERE event_group = $1 AND person = $2 AND state IN ('asked', 'active')`,
		w.group.ID, person)
	w.must(err)
	return row.ID, row.Version
}

func (w *world) waits(kind string) int {
	return w.Count(`SELECT count(*) FROM desk_item WHERE kind = $1`, kind)
}

func TestGroupIsFoundedOnceAndOnlyByManagers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		fields := []string{"id", string(store.NewID()), "name", "Zespół do spraw standardu", "purpose", "Po co.", "appointed_by", "zarządzenie", "starts", "13.06.2014"}
		for person, want := range map[store.ID]int{w.Editor: 403, w.Facilitator: 403, w.Stranger: 403, w.Resident: 403} {
			w.As(person, true).Post(list+"/nowy", fields...).Want(t, want)
		}
		for range 2 {
			w.As(w.Manager, true).Post(list+"/nowy", fields...).Want(t, 303)
		}
		if n := w.Count(`SELECT count(*) FROM event_group`); n != 2 {
			t.Errorf("%d groups", n)
		}
		w.Visitor().Get(list+"/zespol-do-spraw-standardu-2").Want(t, 200)
		w.As(w.Manager, true).Post(list+"/nowy", "name", "X", "purpose", "", "appointed_by", "a", "starts", "13.06.2014", "ends", "12.06.2014").Want(t, 422)
		w.As(w.Manager, true).Post(list+"/nowy", "name", "X", "purpose", "p", "appointed_by", "a", "starts", "13.06.2014", "appointer", string(w.Company)).Want(t, 422)
	})
}

func TestInvitationIsAcceptedOnceHoweverOftenItIsSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.invited(w.Resident, group.Chair)
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if err := w.groups.Accept(w.ctx(w.Resident), w.Programme, w.group.ID, id, group.Joining{Organisation: w.NGO}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := w.Count(`SELECT count(*) FROM event_group_member WHERE state = 'active' AND role = 'chair' AND organisation = $1`, w.NGO); n != 1 {
			t.Errorf("%d members", n)
		}
		if n := w.waits("group.invitation") + w.waits("group.chair"); n != 0 {
			t.Errorf("%d items wait", n)
		}
		if n := w.Count(`SELECT count(*) FROM audit_entry WHERE act = 'group.accepted'`); n != 1 {
			t.Errorf("written down %d times", n)
		}
	})
}

func TestOnePersonChairs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.invited(w.Resident, group.Chair)
		_, err := w.groups.Invite(w.ctx(w.Manager), w.Programme, w.group.ID, group.Calling{Emails: w.email(w.Neighbour), Role: group.Chair})
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a second chair is invited: %v", err)
		}
		w.must(w.groups.Accept(w.ctx(w.Resident), w.Programme, w.group.ID, first, group.Joining{}))
		w.sits(w.Neighbour, group.Ordinary, group.Joining{})
		w.sits(w.Editor, group.Ordinary, group.Joining{})
		var all sync.WaitGroup
		for _, person := range []store.ID{w.Neighbour, w.Editor, w.Neighbour, w.Editor} {
			id, version := w.member(person)
			all.Go(func() {
				err := w.groups.GiveRole(w.ctx(w.Manager), w.Programme, w.group.ID, id, version, group.Chair)
				if err != nil && !fault.Is(err, fault.KindConflict) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := w.Count(`SELECT count(*) FROM event_group_member WHERE role = 'chair' AND state = 'active'`); n != 1 {
			t.Errorf("%d chairs", n)
		}
		if n := w.Count(`SELECT count(*) FROM event_group_member WHERE state = 'active'`); n != 3 {
			t.Errorf("%d members", n)
		}
		if n := w.Count(`SELECT count(*) FROM event_group_member WHERE state = 'ended' AND role = 'chair' AND person = $1 AND until_at IS NOT NULL`, w.Resident); n != 1 {
			t.Errorf("the history has %d stretches of the first chair", n)
		}
	})
}

func TestInvitationIsForTheAddressItWentTo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.invited(w.Resident, group.Ordinary)
		if err := w.groups.Accept(w.ctx(w.Neighbour), w.Programme, w.group.ID, id, group.Joining{}); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("somebody else accepts: %v", err)
		}
		if err := w.groups.Accept(w.ctx(w.Resident), w.Programme, w.group.ID, id, group.Joining{Organisation: w.Office}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("for an organisation of others: %v", err)
		}
		invitation := list + "/" + w.group.Slug + "/zaproszenie"
		if body := w.As(w.Neighbour, false).Get(invitation).Want(t, 200).Body; strings.Contains(body, "Przyjmuję") {
			t.Error("somebody else is asked")
		}
		w.As(w.Resident, false).Post(invitation+"/"+string(id)+"/zgoda", "as", "wszyscy").Want(t, 422)
		w.As(w.Resident, false).Post(invitation+"/"+string(id)+"/odmowa").Want(t, 303)
		w.As(w.Resident, false).Post(invitation+"/"+string(id)+"/zgoda", "as", "self").Want(t, 404)
		again := w.invited(w.Resident, group.Ordinary)
		w.DB.Clock().Advance(61 * 24 * time.Hour)
		if err := w.groups.Accept(w.ctx(w.Resident), w.Programme, w.group.ID, again, group.Joining{}); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("after its time: %v", err)
		}
		w.invited(w.Resident, group.Ordinary) // one that is over is renewed
	})
}

func TestListOfAddressesIsTakenWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Neighbour, group.Ordinary, group.Joining{})
		page := list + "/" + w.group.Slug + "/sklad/zaproszenia"
		many := make([]string, 51)
		for i := range many {
			many[i] = fmt.Sprintf("osoba%d@example.org", i)
		}
		for name, emails := range map[string]string{"no address": "dobry@example.org\nnie adres", "a member": "dobry@example.org\n" + w.email(w.Neighbour),
			"none": "", "too many": strings.Join(many, "\n")} {
			if body := w.As(w.Manager, true).Post(page, "emails", emails, "role", "member").Want(t, 422).Body; emails != "" && !strings.Contains(body, emails[:8]) {
				t.Errorf("%s: what was typed is lost", name)
			}
		}
		w.As(w.Manager, true).Post(page, "emails", "a@example.org, b@example.org", "role", "chair").Want(t, 422)
		w.As(w.Manager, true).Post(page, "emails", "a@example.org", "role", "king").Want(t, 422)
		if n := w.Count(`SELECT count(*) FROM event_group_invitation WHERE answer = ''`); n != 0 {
			t.Errorf("%d were invited", n)
		}
		w.As(w.Manager, true).Post(page, "emails", "a@example.org; b@example.org\na@example.org", "role", "member").Want(t, 303)
		if n := w.Count(`SELECT count(*) FROM event_group_invitation WHERE answer = ''`); n != 2 {
			t.Errorf("%d were invited, want 2", n)
		}
	})
}

func TestChairRunsTheGroupAndNobodyElseDoes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Resident, group.Chair, group.Joining{Organisation: w.NGO})
		w.sits(w.Neighbour, group.Ordinary, group.Joining{Organisation: w.Office})
		page := w.group.Path()
		for _, path := range []string{"/sklad", "/spotkanie"} {
			w.As(w.Resident, false).Get(page+path).Want(t, 200)
			w.As(w.Manager, true).Get(page+path).Want(t, 200)
			for _, person := range []store.ID{w.Neighbour, w.Editor, w.Observer, w.Stranger} {
				w.As(person, true).Get(page+path).Want(t, 403)
			}
		}
		id, version := w.member(w.Neighbour)
		if err := w.groups.End(w.ctx(w.Neighbour), w.Programme, w.group.ID, id, version, "bo tak"); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a member ends: %v", err)
		}
		w.must(w.groups.End(w.ctx(w.Resident), w.Programme, w.group.ID, id, version, "zmiana składu"))
		for _, path := range []string{"/edycja", "/zamkniecie"} {
			w.As(w.Resident, false).Get(page+path).Want(t, 403)
		}
		w.As(w.Resident, false).Get(page+"/sklad.csv").Want(t, 403)
		if body := w.As(w.Manager, true).Get(page+"/sklad.csv").Want(t, 200).Body; !strings.Contains(body, w.email(w.Resident)) || !strings.Contains(body, "Norbert") {
			t.Error("the download lacks somebody")
		}
	})
}

func TestPublicReadsNoNameThatWasNotGiven(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Resident, group.Chair, group.Joining{Organisation: w.NGO, Named: true})
		w.sits(w.Neighbour, group.Secretary, group.Joining{Organisation: w.Office})
		w.sits(w.Editor, group.Ordinary, group.Joining{})
		page := w.group.Path()
		body := w.Visitor().Get(page).Want(t, 200).Body
		for _, want := range []string{"Marta Mieszkanka", "Stowarzyszenie Przykład", "Urząd Gminy Przykład", "mniej niż 5"} {
			if !strings.Contains(body, want) {
				t.Errorf("the public does not read %q", want)
			}
		}
		for _, hidden := range []string{"Norbert", "Ewa Redaktor", w.email(w.Resident), "3 osoby"} {
			if strings.Contains(body, hidden) {
				t.Errorf("the public reads %q", hidden)
			}
		}
		if body := w.Visitor().Get(list).Want(t, 200).Body; strings.Contains(body, "3 osoby") {
			t.Error("the list tells how many there are")
		}
		if body := w.As(w.Neighbour, false).Get(page).Want(t, 200).Body; !strings.Contains(body, "Ewa Redaktor") {
			t.Error("members do not know one another")
		}
		w.As(w.Resident, false).Post(page+"/nazwisko", "named", "nie").Want(t, 303)
		if body := w.Visitor().Get(page).Want(t, 200).Body; strings.Contains(body, "Marta") {
			t.Error("a name that was taken back is still read")
		}
		w.must(w.groups.Leave(w.ctx(w.Editor), w.Programme, w.group.ID))
		if body := w.Visitor().Get(page).Want(t, 200).Body; strings.Contains(body, "Ewa") {
			t.Error("the history names somebody who was not named")
		}
	})
}

func TestRequestIsAnsweredOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Resident, group.Chair, group.Joining{})
		page := w.group.Path()
		for range 2 {
			w.As(w.Neighbour, false).Post(page+"/prosba", "as", string(w.Office), "words", "Znam procedury.").Want(t, 303)
		}
		if n := w.waits("group.asked"); n != 2 { // the chair's and the managers'
			t.Errorf("%d items wait", n)
		}
		id, version := w.member(w.Neighbour)
		var done, late int
		var mu sync.Mutex
		var all sync.WaitGroup
		for _, by := range []store.ID{w.Resident, w.Manager} {
			all.Go(func() {
				err := w.groups.Admit(w.ctx(by), w.Programme, w.group.ID, id, version)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					done++
				case fault.Is(err, fault.KindConflict):
					late++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if done != 1 || late != 1 || w.waits("group.asked") != 0 {
			t.Errorf("%d admitted, %d late, %d wait", done, late, w.waits("group.asked"))
		}
		if n := w.Count(`SELECT count(*) FROM event_group_member WHERE person = $1 AND state = 'active' AND organisation = $2`, w.Neighbour, w.Office); n != 1 {
			t.Errorf("%d members", n)
		}
	})
}

func TestRefusedRequestHasAReasonAndMayBeSentAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		page := w.group.Path()
		w.As(w.Neighbour, false).Post(page+"/prosba", "as", "self").Want(t, 303)
		id, version := w.member(w.Neighbour)
		refusal := page + "/sklad/" + string(id) + "/odmowa"
		w.As(w.Manager, true).Post(refusal, "version", fmt.Sprint(version)).Want(t, 422)
		w.As(w.Manager, true).Post(refusal, "version", fmt.Sprint(version), "reason", "Skład jest pełny.").Want(t, 303)
		w.As(w.Neighbour, false).Post(page+"/prosba", "as", "self").Want(t, 303)
		w.As(w.Neighbour, false).Post(page+"/odejscie").Want(t, 303)
		if n := w.Count(`SELECT count(*) FROM event_group_member WHERE state IN ('refused', 'withdrawn')`); n != 2 || w.waits("group.asked") != 0 {
			t.Errorf("%d stretches, %d wait", n, w.waits("group.asked"))
		}
	})
}

func TestGroupThatDoesNotAllowItIsNotAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Exec(`UPDATE event_group SET asking = FALSE`)
		if err := w.groups.Ask(w.ctx(w.Neighbour), w.Programme, w.group.ID, group.Joining{}, ""); !fault.Is(err, fault.KindClosed) {
			t.Error(err)
		}
		if body := w.As(w.Neighbour, false).Get(w.group.Path()+"/prosba").Want(t, 200).Body; strings.Contains(body, "Wyślij prośbę") {
			t.Error("the form is there")
		}
	})
}

func TestMeetingIsDraftedAndMembersAreInvitedWhenItIsAnnounced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Resident, group.Chair, group.Joining{Organisation: w.NGO})
		w.sits(w.Neighbour, group.Observer, group.Joining{Organisation: w.Office})
		call := group.Convocation{ID: store.NewID(), Title: "Pierwsze spotkanie", StartsAt: eventtest.Day.Add(10 * time.Hour), Minutes: 90, Mode: event.Online, Agenda: "- sprawy"}
		var e event.Event
		for range 2 {
			var err error
			e, err = w.groups.Meet(w.ctx(w.Resident), w.Programme, w.group.ID, call)
			w.must(err)
		}
		if n := w.Count(`SELECT count(*) FROM event WHERE kind = 'working_group'`); n != 1 || e.State() != event.Draft || e.Host != w.NGO {
			t.Errorf("%d meetings, %+v", n, e)
		}
		if w.waits("group.meeting") != 1 || w.waits("event.draft") != 0 || w.Count(`SELECT count(*) FROM event_invitation`) != 0 {
			t.Error("the draft does not wait for the team, or somebody is invited to a draft")
		}
		if body := w.As(w.Neighbour, false).Get(w.group.Path()).Body; strings.Contains(body, "Pierwsze spotkanie") {
			t.Error("a member reads of a draft")
		}
		e, err := w.Events.Publish(w.ctx(w.Manager), w.Programme, e.ID, e.Version)
		w.must(err)
		if n := w.Count(`SELECT count(*) FROM event_invitation WHERE event = $1`, e.ID); n != 2 || w.waits("group.meeting") != 0 || w.waits("registration.invitation") != 2 {
			t.Errorf("%d invited, %d on desks", n, w.waits("registration.invitation"))
		}
		if n := w.Count(`SELECT count(*) FROM event_admission WHERE event = $1 AND invited AND closes_at = $2`, e.ID, e.StartsAt); n != 1 {
			t.Error("others may sign up, or nobody may")
		}
		w.sits(w.Editor, group.Ordinary, group.Joining{})
		if n := w.Count(`SELECT count(*) FROM event_invitation WHERE event = $1`, e.ID); n != 3 {
			t.Errorf("who came later is not invited: %d", n)
		}
		if body := w.Visitor().Get(w.group.Path()).Body; !strings.Contains(body, "Pierwsze spotkanie") {
			t.Error("the public does not read of the meeting")
		}
		other := w.founded("Inny zespół")
		if _, err := w.groups.Meet(w.ctx(w.Manager), w.Programme, other.ID, call); !fault.Is(err, fault.KindConflict) {
			t.Errorf("another group takes the meeting: %v", err)
		}
	})
}

func TestDeletedDraftOfAMeetingWaitsForNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Resident, group.Chair, group.Joining{})
		e, err := w.groups.Meet(w.ctx(w.Resident), w.Programme, w.group.ID, group.Convocation{ID: store.NewID(), Title: "Na próżno",
			StartsAt: eventtest.Day.Add(10 * time.Hour), Minutes: 60, Mode: event.OnSite})
		w.must(err)
		w.must(w.Events.Delete(w.ctx(w.Manager), w.Programme, e.ID, e.Version))
		if w.waits("group.meeting") != 0 || w.Count(`SELECT count(*) FROM event_group_meeting`) != 0 {
			t.Error("the meeting is still there")
		}
		w.Visitor().Get(w.group.Path()).Want(t, 200)
	})
}

func TestGroupBeginsWithAChairAndIsClosedWithItsOutcome(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		page, manager := w.group.Path(), w.As(w.Manager, true)
		manager.Post(page+"/rozpoczecie", "version", "1").Want(t, 422)
		w.sits(w.Resident, group.Chair, group.Joining{Organisation: w.NGO})
		w.invited(w.Editor, group.Ordinary)
		w.must(w.groups.Ask(w.ctx(w.Neighbour), w.Programme, w.group.ID, group.Joining{}, ""))
		manager.Post(page+"/rozpoczecie", "version", "1").Want(t, 303)
		manager.Post(page+"/zamkniecie", "version", "2", "reason", "", "outcome", "").Want(t, 422)
		manager.Post(page+"/zamkniecie", "version", "1", "reason", "Zadanie wykonane.", "outcome", "Standard.").Want(t, 409)
		manager.Post(page+"/zamkniecie", "version", "2", "reason", "Zadanie wykonane.", "outcome", "Standard konsultacji.").Want(t, 303)
		body := w.Visitor().Get(page).Want(t, 200).Body
		for _, want := range []string{"Zadanie wykonane.", "Standard konsultacji.", "Stowarzyszenie Przykład"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if n := w.waits("group.invitation") + w.waits("group.asked") + w.waits("group.chair"); n != 0 {
			t.Errorf("%d items wait for a closed group", n)
		}
		for name, err := range map[string]error{
			"invite": second(w.groups.Invite(w.ctx(w.Manager), w.Programme, w.group.ID, group.Calling{Emails: "x@example.org", Role: group.Ordinary})),
			"ask":    w.groups.Ask(w.ctx(w.Editor), w.Programme, w.group.ID, group.Joining{}, ""),
			"leave":  w.groups.Leave(w.ctx(w.Resident), w.Programme, w.group.ID),
		} {
			if !fault.Is(err, fault.KindClosed) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.groups.ShowName(w.ctx(w.Resident), w.Programme, w.group.ID, true))
		manager.Post(page+"/wznowienie", "version", "3").Want(t, 303)
		w.must(w.groups.Leave(w.ctx(w.Resident), w.Programme, w.group.ID))
		if w.waits("group.chair") != 1 {
			t.Error("nobody is told that the group has no chair")
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestBalanceCountsThoseWhoDecide(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sits(w.Resident, group.Chair, group.Joining{Organisation: w.NGO})
		w.sits(w.Neighbour, group.Observer, group.Joining{Organisation: w.Office})
		page := w.Visitor().Get(w.group.Path()).Want(t, 200)
		if got := strings.Join(strings.Fields(page.Text("table tbody tr")), " "); !strings.Contains(got, "Administracja 0") || !strings.Contains(got, "pozarządowe 1") {
			t.Errorf("the balance says %q: administration observes, an NGO decides", got)
		}
	})
}

func TestDraftOfAProgrammeHidesItsGroups(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Exec(`UPDATE programme SET state = 'draft' WHERE id = $1`, w.Programme)
		w.Visitor().Get(w.group.Path()).Want(t, 404)
		w.Visitor().Get(list).Want(t, 404)
		w.As(w.Observer, true).Get(w.group.Path()).Want(t, 200)
	})
}
