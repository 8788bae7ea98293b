package organisation_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

func TestFounderBecomesRepresentative(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna := b.person("Anna Nowak")
		o := b.found(club(), anna)
		grants, err := organisation.Grants(t.Context(), db, anna.ID)
		must(t, err)
		want := access.Grant{Role: access.Representative, Scope: access.InOrganisation, ID: o.ID, Slug: "uks-cztery-wiatry", Name: "UKS Cztery Wiatry"}
		if len(grants) != 1 || grants[0] != want {
			t.Errorf("grants = %+v, want %+v and nothing else", grants, want)
		}
		kept, err := organisation.BySlug(t.Context(), db, o.Slug)
		must(t, err)
		if kept.NIP != "9990000014" || kept.Sector != organisation.NGO || kept.Verified() || kept.Version != 1 {
			t.Errorf("kept %+v", kept)
		}
	})
}

// at runs do once in each of n goroutines and returns what they answered.
func at(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			errs[i] = do(i)
		})
	}
	close(begin)
	all.Wait()
	return errs
}

func count(errs []error, match func(error) bool) int {
	n := 0
	for _, err := range errs {
		if match(err) {
			n++
		}
	}
	return n
}

func succeeded(err error) bool { return err == nil }

func TestParallelRegistrationsOfOneEntryLeaveOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		var founders []people.Person
		for _, name := range strings.Fields("Anna Bogdan Celina Damian Ewa Filip Grażyna Henryk") {
			founders = append(founders, b.person(name))
		}
		errs := at(len(founders), func(i int) error {
			_, err := b.Register(b.as(founders[i]), foundation())
			return err
		})
		var taken *organisation.Taken
		refused := count(errs, func(err error) bool {
			return errors.As(err, &taken) && mistakes(err) == "register_number: organisation.taken"
		})
		if count(errs, succeeded) != 1 || refused != len(founders)-1 {
			t.Fatalf("answers: %v", errs)
		}
		if n := one[int](b, `SELECT count(*) FROM organisation`); n != 1 {
			t.Errorf("%d organisations", n)
		}
		if n := one[int](b, `SELECT count(*) FROM organisation_mandate`); n != 1 {
			t.Errorf("%d mandates", n)
		}
		if taken.Organisation.Name != "Fundacja Źródło" {
			t.Errorf("taken by %q", taken.Organisation.Name)
		}
	})
}

func TestOneEntryWrittenOtherwiseIsTaken(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	b.found(club(), b.person("Anna"))
	same := club()
	same.Name, same.RegisterNumber = "Inny klub", "uks 7 / 2010"
	if _, err := b.Register(b.as(b.person("Jan")), same); mistakes(err) != "register_number: organisation.taken" {
		t.Errorf("got %v", err)
	}
}

func TestSameNumberAtAnotherStarostaIsAnotherEntry(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	b.found(club(), b.person("Anna"))
	elsewhere := club()
	elsewhere.Municipality = "2411011"
	b.found(elsewhere, b.person("Jan"))
}

func TestEachGminaHasOneOffice(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	office := organisation.Profile{Name: "Urząd Gminy i Miasta", Kind: organisation.GminaOffice, Municipality: "2412013"}
	b.found(office, b.person("Anna"))
	office.Kind = organisation.CityOffice
	if _, err := b.Register(b.as(b.person("Jan")), office); mistakes(err) != "municipality: organisation.taken" {
		t.Errorf("got %v", err)
	}
}

func TestOrganisationsOfOneNameGetAddressesOfTheirOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		founders := []people.Person{b.person("Anna"), b.person("Jan"), b.person("Ewa"), b.person("Filip")}
		for _, err := range at(len(founders), func(i int) error {
			_, err := b.Register(b.as(founders[i]), group())
			return err
		}) {
			must(t, err)
		}
		if n := one[int](b, `SELECT count(DISTINCT slug) FROM organisation WHERE slug IN ('podworko', 'podworko-2', 'podworko-3', 'podworko-4')`); n != 4 {
			t.Errorf("%d addresses", n)
		}
	})
}

func TestNameOfAnIDOrOfAPageIsNoAddress(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	anna := b.person("Anna")
	victim := b.found(club(), anna)
	for name, want := range map[string]string{string(victim.ID): "organizacja-" + string(victim.ID), "Nowa": "organizacja-nowa", "Ж": "organizacja"} {
		p := group()
		p.Name = name
		if o := b.found(p, anna); o.Slug != want {
			t.Errorf("%q got the address %q, want %q", name, o.Slug, want)
		}
	}
}

func TestVerificationIsAboutTheEntryOfTheRegister(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*organisation.Profile)
		kept   bool
	}{
		{"another telephone", func(p *organisation.Profile) { p.Phone = "32 123 45 67" }, true},
		{"another description", func(p *organisation.Profile) { p.Description = "Nowy opis" }, true},
		{"another name", func(p *organisation.Profile) { p.Name = "UKS Pięć Wiatrów" }, false},
		{"another number", func(p *organisation.Profile) { p.RegisterNumber = "UKS 8/2010" }, false},
		{"another kind", func(p *organisation.Profile) { p.Kind = organisation.SportsClub }, false},
		{"another seat", func(p *organisation.Profile) { p.Municipality = "2412052" }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newTown(t, storetest.SQLite(t))
			anna, admin := b.person("Anna"), b.administrator()
			o := b.found(club(), anna)
			must(t, b.Verify(b.as(admin), o.ID, 1, "Zgodne z ewidencją"))
			p := o.Profile
			tt.change(&p)
			must(t, b.Change(b.as(anna), o.ID, 2, p))
			o, err := organisation.ByID(t.Context(), b.db, o.ID)
			must(t, err)
			if o.Verified() != tt.kept {
				t.Errorf("verified = %v, want %v", o.Verified(), tt.kept)
			}
		})
	}
}

func TestOnlyTheVersionThatWasSeenIsVerified(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, admin := b.person("Anna"), b.administrator()
		o := b.found(club(), anna)
		p := o.Profile
		p.Name = "UKS Wielki Bank"
		must(t, b.Change(b.as(anna), o.ID, 1, p))
		if err := b.Verify(b.as(admin), o.ID, 1, ""); !fault.Is(err, fault.KindConflict) {
			t.Errorf("got %v", err)
		}
		if err := b.Return(b.as(admin), o.ID, 2, ""); mistakes(err) != "note: form.required" {
			t.Errorf("returned without a word: %v", err)
		}
	})
}

func TestMandateCountsOnlyBetweenItsDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, jan := b.person("Anna"), b.person("Jan")
		o := b.found(club(), anna)
		june := func(d int) store.Time { return store.At(time.Date(2014, time.June, d, 0, 0, 0, 0, time.UTC)) }
		b.join(o, jan, organisation.Appointment{Role: access.Member, From: june(10), Until: june(21)}, anna)
		for day, want := range map[int]int{2: 0, 9: 0, 10: 1, 20: 1, 21: 0, 30: 0} {
			db.Clock().Set(june(day).Add(12 * time.Hour))
			if day == 21 {
				db.Clock().Set(june(day).Time) // the first moment after the last day
			}
			grants, err := organisation.Grants(t.Context(), db, jan.ID)
			must(t, err)
			own, err := organisation.OfPerson(t.Context(), db, jan.ID)
			must(t, err)
			if len(grants) != want || len(own) != want {
				t.Errorf("on the %dth: %d grants, %d organisations, want %d", day, len(grants), len(own), want)
			}
		}
		db.Clock().Set(june(30).Time)
		b.join(o, jan, organisation.Appointment{Role: access.Member}, anna) // an expired mandate makes room for a new one
	})
}

func TestLastRepresentativeStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, jan, admin := b.person("Anna"), b.person("Jan"), b.administrator()
		admin.Administrator = true
		o := b.found(club(), anna)
		b.join(o, jan, organisation.Appointment{Role: access.Member}, anna)
		if err := b.Leave(b.as(anna), o.ID); !fault.Is(err, fault.KindConflict) {
			t.Fatalf("the last representative left: %v", err)
		}
		m := b.mandate(o, anna)
		if err := b.Amend(b.as(anna), o.ID, m, 1, organisation.Appointment{Role: access.Member}); !fault.Is(err, fault.KindConflict) {
			t.Fatalf("the last representative became a member: %v", err)
		}
		must(t, b.Leave(b.as(jan), o.ID))    // a member is free to go
		must(t, b.End(b.as(admin), o.ID, m)) // and an administrator may do it
		if n := one[int](b, `SELECT count(*) FROM organisation_mandate WHERE ended_at IS NULL`); n != 0 {
			t.Errorf("%d mandates left", n)
		}
	})
}

func TestRepresentativesLeavingAtOnceLeaveOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		all := []people.Person{b.person("Anna"), b.person("Jan"), b.person("Ewa"), b.person("Filip")}
		for round := range 10 {
			p := club()
			p.RegisterNumber = strings.Repeat("1", round+1)
			o := b.found(p, all[0])
			for _, other := range all[1:] {
				b.join(o, other, organisation.Appointment{Role: access.Representative}, all[0])
			}
			errs := at(len(all), func(i int) error { return b.Leave(b.as(all[i]), o.ID) })
			if count(errs, succeeded) != len(all)-1 {
				t.Fatalf("round %d: %v", round, errs)
			}
			if n := one[int](b, `SELECT count(*) FROM organisation_mandate WHERE organisation = $1 AND ended_at IS NULL`, o.ID); n != 1 {
				t.Fatalf("round %d: %d representatives left", round, n)
			}
		}
	})
}

func TestRequestIsAnsweredByItsRepresentatives(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, ola, jan, ewa := b.person("Anna"), b.person("Ola"), b.person("Jan"), b.person("Ewa")
		o := b.found(club(), anna)
		b.join(o, ola, organisation.Appointment{Role: access.Member}, anna)
		must(t, b.Ask(b.as(jan), o.ID, "Jestem trenerem"))
		must(t, b.Ask(b.as(jan), o.ID, "Jestem trenerem")) // pressed twice
		must(t, b.Ask(b.as(ewa), o.ID, "Z ciekawości"))
		if got := b.letters(anna.Email); len(got) != 2 || !strings.Contains(got[0].Text+got[1].Text, "Jan prosi") ||
			!strings.Contains(got[0].Text+got[1].Text, "Jestem trenerem") {
			t.Fatalf("letters to the representative: %+v", got)
		}
		if got := b.letters(ola.Email); len(got) != 0 { // her own invitation was answered before its letter went
			t.Errorf("letters to a member: %+v", got)
		}
		jans := one[store.ID](b, `SELECT id FROM organisation_request WHERE person = $1`, jan.ID)
		must(t, b.Accept(b.as(anna), o.ID, jans, organisation.Appointment{Role: access.Member, Title: "trener"}))
		ewas := one[store.ID](b, `SELECT id FROM organisation_request WHERE person = $1`, ewa.ID)
		must(t, b.Refuse(b.as(anna), o.ID, ewas, "Nie znamy Pani"))
		if got := b.letters(jan.Email); len(got) != 1 || !strings.Contains(got[0].Text, "Działasz teraz") {
			t.Errorf("letters to Jan: %+v", got)
		}
		if got := b.letters(ewa.Email); len(got) != 1 || !strings.Contains(got[0].Text, "Nie znamy Pani") {
			t.Errorf("letters to Ewa: %+v", got)
		}
		if err := b.Accept(b.as(anna), o.ID, ewas, organisation.Appointment{Role: access.Member}); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a refused request was accepted: %v", err)
		}
		if err := b.Ask(b.as(jan), o.ID, "Jeszcze raz"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a member asked to join: %v", err)
		}
	})
}

func TestInvitationIsForItsAddressOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, jan, ewa := b.person("Anna"), b.person("Jan"), b.person("Ewa")
		o := b.found(club(), anna)
		must(t, b.Invite(b.as(anna), o.ID, " JAN@Example.org", organisation.Appointment{Role: access.Representative}))
		id := one[store.ID](b, `SELECT id FROM organisation_invitation`)
		letters := b.letters(jan.Email)
		if len(letters) != 1 || !strings.Contains(letters[0].Text, "/zaproszenia/organizacja/"+string(id)) || strings.Contains(letters[0].Text, "organisation.") {
			t.Fatalf("letters = %+v", letters)
		}
		if err := b.AcceptInvitation(b.as(ewa), id); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another person accepted: %v", err)
		}
		if err := b.Invite(b.as(anna), o.ID, "jan@example.org", organisation.Appointment{Role: access.Member}); mistakes(err) != "email: organisation.invitation.waits" {
			t.Errorf("invited twice: %v", err)
		}
		errs := at(6, func(int) error { return b.AcceptInvitation(b.as(jan), id) })
		if count(errs, succeeded) != 1 {
			t.Errorf("accepted: %v", errs)
		}
		grants, err := organisation.Grants(t.Context(), db, jan.ID)
		must(t, err)
		if len(grants) != 1 || grants[0].Role != access.Representative {
			t.Errorf("grants = %+v", grants)
		}
		if err := b.Invite(b.as(anna), o.ID, "jan@example.org", organisation.Appointment{Role: access.Member}); mistakes(err) != "email: organisation.invitation.inside" {
			t.Errorf("invited who is inside: %v", err)
		}
	})
}

func TestInvitationExpires(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, jan := b.person("Anna"), b.person("Jan")
		o := b.found(club(), anna)
		must(t, b.Invite(b.as(anna), o.ID, jan.Email, organisation.Appointment{Role: access.Member}))
		id := one[store.ID](b, `SELECT id FROM organisation_invitation`)
		db.Clock().Advance(30 * 24 * time.Hour)
		if err := b.AcceptInvitation(b.as(jan), id); !fault.Is(err, fault.KindClosed) {
			t.Errorf("got %v", err)
		}
		must(t, b.Invite(b.as(anna), o.ID, jan.Email, organisation.Appointment{Role: access.Member}))
	})
}

func TestNobodyFloodsOthersWithLetters(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	anna := b.person("Anna")
	o := b.found(club(), anna)
	for i := range 30 {
		must(t, b.Invite(b.as(anna), o.ID, strings.Repeat("a", i+1)+"@example.org", organisation.Appointment{Role: access.Member}))
	}
	invite := func() error {
		return b.Invite(b.as(anna), o.ID, "next@example.org", organisation.Appointment{Role: access.Member})
	}
	if err := invite(); !fault.Is(err, fault.KindLimited) {
		t.Errorf("the 31st letter of a day: %v", err)
	}
	b.db.Clock().Advance(25 * time.Hour)
	must(t, invite())
	for i := range 9 {
		p := group()
		p.Name += strings.Repeat("a", i+1)
		b.found(p, anna)
	}
	b.found(group(), anna)
	if _, err := b.Register(b.as(anna), group()); !fault.Is(err, fault.KindLimited) {
		t.Errorf("the 11th organisation of a day: %v", err)
	}
}

func TestAppointmentIsChecked(t *testing.T) {
	day := func(d int) store.Time { return store.At(time.Date(2014, 6, d, 0, 0, 0, 0, time.UTC)) }
	for _, tt := range []struct {
		name string
		a    organisation.Appointment
		want string
	}{
		{"a member from now on", organisation.Appointment{Role: access.Member}, ""},
		{"a role of a programme", organisation.Appointment{Role: access.Manager}, "role: form.not_offered"},
		{"an administrator", organisation.Appointment{Role: access.Administrator}, "role: form.not_offered"},
		{"the end before the beginning", organisation.Appointment{Role: access.Member, From: day(5), Until: day(5)}, "until: organisation.mandate.ends_before"},
		{"a long title", organisation.Appointment{Role: access.Member, Title: strings.Repeat("a", 101)}, "title: form.too_long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mistakes(tt.a.Check()); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
