package registration_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

func TestClassFollowsFromWhoComesForWhom(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Klasy", 10)
		w.Exec(`UPDATE organisation SET municipality = '2412011' WHERE id = $1`, w.NGO)
		w.Exec(`UPDATE person SET municipality = '2473011' WHERE id = $1`, w.Neighbour)
		w.Act(w.Resident, w.NGO)
		g, err := w.reg.Register(w.Ctx(w.Resident), e, registration.Entry{For: w.NGO, TERC: "2473011"})
		if err != nil || g.Sector != "ngo" || g.TERC != "2412011" {
			t.Errorf("for an organisation: %+v %v", g, err)
		}
		g, err = w.reg.Register(w.Ctx(w.Neighbour), e, registration.Entry{TERC: "2412011"})
		if err != nil || g.Sector != "resident" || g.TERC != "2473011" {
			t.Errorf("the form must not change the gmina of the profile: %+v %v", g, err)
		}
	})
}

func TestForgedSeatClassIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Fałszywa klasa", 10)
		for name, in := range map[string]registration.Entry{
			"an organisation of others": {For: w.Office}, "no organisation": {For: "zmyślona"},
			"a powiat": {TERC: "2412"}, "no place": {TERC: "9999999"},
		} {
			_, err := w.reg.Register(w.Ctx(w.Resident), e, in)
			kind(t, err, fault.KindInvalid)
			if n := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID); n != 0 {
				t.Errorf("%s: %d rows", name, n)
			}
		}
		_, err := w.reg.RegisterGroup(w.Ctx(w.Resident), e, registration.Party{For: w.Office, Guests: []registration.Guest{{Name: "Ktoś"}}, Batch: store.NewID()})
		kind(t, err, fault.KindInvalid)
	})
}

func TestNobodyTouchesTheRegistrationOfAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Cudze", 1)
		g := w.register(e, w.Resident)
		for name, err := range map[string]error{
			"withdraw": w.reg.Withdraw(w.Ctx(w.Neighbour), e, g.ID), "confirm": w.reg.Confirm(w.Ctx(w.Neighbour), e, g.ID),
			"answer": w.reg.Answer(w.Ctx(w.Neighbour), e, g.ID, 1, nil), "manager of another programme": w.reg.Withdraw(w.Ctx(w.Stranger), e, g.ID),
			"observer": w.reg.Withdraw(w.Ctx(w.Observer), e, g.ID),
		} {
			if !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.none([]error{w.reg.Withdraw(w.Ctx(w.Facilitator), e, g.ID)})
	})
}

func TestGroupIsNamedByItsRepresentative(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Grupa", 2)
		w.Act(w.Resident, w.NGO)
		party := registration.Party{For: w.NGO, Batch: store.NewID(), Guests: []registration.Guest{
			{Line: 1, Name: "Anna Pierwsza", Email: string(w.Neighbour) + "@example.org"}, {Line: 2, Name: "Beata Druga", Email: "beata@example.org"}, {Line: 3, Name: "Celina Trzecia"}}}
		all, err := w.reg.RegisterGroup(w.Ctx(w.Resident), e, party)
		if err != nil || len(all) != 3 || all[0].Person != w.Neighbour || all[1].Email != "beata@example.org" || all[2].State != registration.Waiting {
			t.Fatalf("%+v %v", all, err)
		}
		again, err := w.reg.RegisterGroup(w.Ctx(w.Resident), e, party)
		if err != nil || len(again) != 3 || w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID) != 3 {
			t.Errorf("sent twice: %d, %v", len(again), err)
		}
		party.Batch = store.NewID()
		_, err = w.reg.RegisterGroup(w.Ctx(w.Resident), e, party)
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || !strings.Contains(err.Error(), "too_many") {
			t.Errorf("six of five: %v", err)
		}
		party.Guests = party.Guests[:2]
		_, err = w.reg.RegisterGroup(w.Ctx(w.Resident), e, party)
		if f := fault.Of(err); f == nil || len(f.Fields) != 2 || f.Fields[0].Name != "email-1" {
			t.Errorf("named twice: %v", err)
		}
		if own, err := registration.Of(t.Context(), w.DB, e.ID, w.Neighbour); err != nil || own.Name != "Anna Pierwsza" {
			t.Errorf("the named person does not see it: %v", err)
		}
	})
}

func TestPaperIsEnteredWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Papier", 2)
		list := registration.List{Sector: "resident", TERC: "2473011", Batch: store.NewID(),
			Rows: registration.ReadRows("Anna Pierwsza;;Urząd Gminy Przykład\n\nBeata Druga\tbeata@example.org\nzły adres;@@\nAnna Pierwsza\n")}
		mistakes, err := w.reg.EnterPaper(w.Ctx(w.Manager), e, list)
		if err != nil || len(mistakes) != 2 || mistakes[0].Line != 4 || mistakes[1].Line != 5 {
			t.Fatalf("%+v %v", mistakes, err)
		}
		if n := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID); n != 0 {
			t.Fatalf("%d rows of a list with mistakes", n)
		}
		list.Rows = registration.ReadRows("Anna Pierwsza;;Urząd Gminy Przykład\nBeata Druga\tbeata@example.org\nCelina Trzecia")
		for range 2 { // the form is sent twice
			if mistakes, err = w.reg.EnterPaper(w.Ctx(w.Manager), e, list); err != nil || len(mistakes) > 0 {
				t.Fatalf("%+v %v", mistakes, err)
			}
		}
		first := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1 AND organisation = $2 AND sector = 'administration' AND state = 'confirmed'`, e.ID, w.Office)
		if first != 1 || len(w.standing(e, registration.Waiting)) != 1 || w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID) != 3 {
			t.Errorf("%d", first)
		}
	})
}

func TestTenThousandPastedNamesAreTakenOrRefusedAsOne(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Dziesięć tysięcy", 9000)
		var text strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&text, "Osoba Numer %d;osoba%d@example.org\n", i, i)
		}
		list := registration.List{Rows: registration.ReadRows(text.String()), Sector: "resident", Batch: store.NewID()}
		began := time.Now()
		mistakes, err := w.reg.EnterPaper(w.Ctx(w.Manager), e, list)
		if err != nil || len(mistakes) > 0 {
			t.Fatalf("%v %.300v", err, mistakes)
		}
		t.Logf("10,000 rows in %v", time.Since(began))
		w.whole(e, 9000)
		list.Rows, list.Batch = append(list.Rows, registration.Row{Name: "Jeszcze Jedna"}), store.NewID()
		_, err = w.reg.EnterPaper(w.Ctx(w.Manager), e, list)
		kind(t, err, fault.KindInvalid)
	})
}

func TestInvitedSignUpAndOthersAreTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Zamknięte", 5, func(a *registration.Admission, _ registration.Limits) { a.Invited = true })
		report, err := w.reg.Invite(w.Ctx(w.Manager), e, string(w.Resident)+"@example.org\nnie adres\n"+string(w.Resident)+"@example.org")
		if err != nil || len(report) != 3 || report[0].Again || report[1].Key == "" || !report[2].Again {
			t.Fatalf("%+v %v", report, err)
		}
		w.register(e, w.Resident)
		a, err := registration.AdmissionOf(t.Context(), w.DB, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.reg.Register(w.Ctx(w.Neighbour), e, registration.Entry{Key: "zgadnięty"})
		kind(t, err, fault.KindClosed)
		if _, err := w.reg.Register(w.Ctx(w.Neighbour), e, registration.Entry{Key: a.LinkKey}); err != nil {
			t.Errorf("with the link: %v", err)
		}
		w.none([]error{w.reg.RenewLink(w.Ctx(w.Manager), e)})
		_, err = w.reg.Register(w.Ctx(w.Observer), e, registration.Entry{Key: a.LinkKey})
		kind(t, err, fault.KindClosed)
	})
}

func TestNeedsLieApartAndGoThirtyDaysAfterTheEvent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Pytania", 5)
		ask := func(kind registration.QuestionKind, options string, required bool) store.ID {
			q := registration.Question{ID: store.NewID(), Kind: kind, Label: "Pytanie " + string(kind), Options: options, Required: required}
			w.none([]error{w.reg.SaveQuestion(w.Ctx(w.Manager), e, q)})
			return q.ID
		}
		text, choice, diet := ask(registration.AsksText, "", false), ask(registration.AsksChoice, "rano\npo południu", true), ask(registration.AsksDiet, "", false)
		consent := ask(registration.AsksConsent, "", true)
		_, err := w.reg.Register(w.Ctx(w.Resident), e, registration.Entry{Answers: map[store.ID]string{choice: "w nocy"}})
		if f := fault.Of(err); f == nil || len(f.Fields) != 2 {
			t.Fatalf("%v", err)
		}
		g, err := w.reg.Register(w.Ctx(w.Resident), e, registration.Entry{Answers: map[store.ID]string{text: "tak", choice: "rano", diet: "bez glutenu", consent: "on"}})
		if err != nil {
			t.Fatal(err)
		}
		g = w.now(g)
		if g.Answers.To(text) != "tak" || g.Answers.To(diet) != "" || w.Count(`SELECT count(*) FROM event_need WHERE registration = $1`, g.ID) != 1 {
			t.Errorf("%+v", g.Answers)
		}
		err = w.reg.Answer(w.Ctx(w.Resident), e, g.ID, g.Version+1, nil)
		kind(t, err, fault.KindInvalid)
		answers := map[store.ID]string{text: "nie", choice: "rano", consent: "on"}
		kind(t, w.reg.Answer(w.Ctx(w.Resident), e, g.ID, g.Version+1, answers), fault.KindConflict)
		w.none([]error{w.reg.Answer(w.Ctx(w.Resident), e, g.ID, g.Version, answers)})
		if w.now(g).Answers.To(text) != "nie" || w.Count(`SELECT count(*) FROM event_need`) != 0 {
			t.Error("answers were not replaced")
		}
		w.none([]error{w.reg.DropQuestion(w.Ctx(w.Manager), e, text), w.reg.DropQuestion(w.Ctx(w.Manager), e, diet)})
		if w.now(g).Answers.To(text) != "nie" || w.Count(`SELECT count(*) FROM event_question WHERE id = $1`, diet) != 0 {
			t.Error("an answered question has to keep its words, one without answers has to go")
		}
	})
}

func FuzzReadRows(f *testing.F) {
	f.Add("Anna;a@example.org;Urząd\n\n\tx")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, row := range registration.ReadRows(text) {
			if row.Line <= last || strings.ContainsAny(row.Name+row.Email+row.Organisation, "\n\t;") {
				t.Errorf("%+v after line %d", row, last)
			}
			last = row.Line
		}
	})
}
