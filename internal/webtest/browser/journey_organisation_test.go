package browser_test

import (
	"strconv"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// The leader of a school sports club, which has no KRS because the starosta
// registers it, brings it here, gets one number wrong, and lets a colleague in;
// then an administrator compares the register.
func TestLeaderOfASportsClubRegistersIt(t *testing.T) {
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		leader := site.Open(t, named(o, "leader"))
		name, number := "Uczniowski Klub Sportowy "+unique("Halny "), unique("UKS/2014/")

		leader.Go("/organizacje").Click(leader.Say("organisation.list.new"))
		signUp(t, site, leader, unique("leader")+"@klub.example.com", "Apolinary Poręba-Ćwik")
		leader.Click(leader.Say("organisation.kind.school_sports_club"))
		register(t, leader, name, number)
		profile := leader.Path()

		colleague := site.Open(t, named(o, "colleague"))
		inviteColleague(t, site, leader, colleague, name)
		note := verify(t, site, o, name)

		leader.Go(profile).See(leader.Say("organisation.verified.yes"), note).SeeNot(leader.Say("organisation.unverified.may"))
	})
}

func register(t *testing.T, tab *browser.Tab, name, number string) {
	t.Helper()
	title, nip := tab.Say("organisation.name"), tab.Say("organisation.nip")
	mistaken := tab.Say("organisation.number.checksum", "Number", "NIP")
	sports := tab.Say("organisation.register_number.in", "Register", tab.Say("organisation.register.sports_clubs"))
	right := aNIP()
	wrong := right[:9] + strconv.Itoa((int(right[9]-'0')+1)%10)

	tab.Fill(title, name).Choose(tab.Say("organisation.municipality"), "Leszczyny").Fill(sports, number).Fill(nip, wrong)
	tab.Fill(tab.Say("organisation.description"), "Siatkówka i biegi dla uczniów.\n\n- treningi we wtorki\n- „turnieje” w soboty")
	tab.Click(tab.Say("organisation.save"))

	tab.SeeMistake(nip, mistaken)
	tab.Keep(title, name).Keep(sports, number).Keep(nip, wrong)
	tab.Click(mistaken)
	if got := tab.Focused(); got != tab.Field(nip) {
		t.Errorf("the summary leads to %q, want %q", got, tab.Field(nip))
	}
	tab.Fill(nip, right).Click(tab.Say("organisation.save"))
	tab.See(tab.Say("organisation.registered"), name, tab.Say("organisation.verified.no"), tab.Say("organisation.unverified.may"), "treningi we wtorki")
	ownStateFirst(t, tab, tab.Say("organisation.state.inside", "Role", tab.Say("organisation.role.representative")))
}

// aNIP makes a number that no other journey has.
func aNIP() string {
	for n := 526025000 + int(made.Add(1))*10; ; n++ {
		digits, sum := strconv.Itoa(n), 0
		for i, weight := range []int{6, 5, 7, 2, 3, 4, 5, 6, 7} {
			sum += weight * int(digits[i]-'0')
		}
		if sum%11 < 10 {
			return digits + strconv.Itoa(sum%11)
		}
	}
}

// inviteColleague asks somebody who has no account yet, by e-mail.
func inviteColleague(t *testing.T, site *browser.Site, leader, colleague *browser.Tab, name string) {
	t.Helper()
	email := unique("colleague") + "@klub.example.com"
	leader.Click(leader.Say("organisation.people")).Click(leader.Say("organisation.invite"))
	leader.Fill(leader.Say("organisation.invite.email"), email).Tick(leader.Say("organisation.role.member"))
	leader.Fill(leader.Say("organisation.function"), "trenerka").Click(leader.Say("organisation.invite.send"))
	leader.See(leader.Say("organisation.invitation.sent"), email)

	colleague.Go(site.Letter(t, email).Path)
	signUp(t, site, colleague, email, "Kunegunda Halniak")
	colleague.See(name, "Apolinary Poręba-Ćwik", "trenerka").Click(colleague.Say("organisation.invitation.accept"))
	colleague.See(colleague.Say("organisation.invitation.accepted"), name)
	ownStateFirst(t, colleague, colleague.Say("organisation.state.inside", "Role", colleague.Say("organisation.role.member")))
	leader.Again().See("Kunegunda Halniak").SeeNot(email)
}

// verify compares the register as an administrator, who first wants to send it
// back and forgets to say why.
func verify(t *testing.T, site *browser.Site, o browser.Options, name string) string {
	t.Helper()
	admin := site.Open(t, named(o, "administrator")).As("administratorka")
	admin.Go("/administracja/organizacje").Click(name).See(admin.Say("organisation.kind.school_sports_club"))
	admin.Click(admin.Say("organisation.admin.return"))
	admin.SeeMistake(admin.Say("organisation.admin.note"), admin.Say("form.required"))

	note := "Wpis w ewidencji starosty zgadza się z danymi, " + unique("sprawa ") + "."
	admin.Fill(admin.Say("organisation.admin.note"), note).Click(admin.Say("organisation.admin.verify"))
	admin.See(admin.Say("organisation.verified"))
	return note
}
