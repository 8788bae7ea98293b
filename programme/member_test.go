package programme_test

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

func TestResidentJoinsAndLeaves(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Dołączanie")
		resident := g.person("Maria Mieszkanka", "2412042")
		b := g.browser(resident)
		if got := b.Get(p.Path()).Text(".page-actions a"); got != "Dołącz do programu" {
			t.Errorf("primary action = %q", got)
		}
		page := b.Get(p.Path()+"/dolacz").Want(t, http.StatusOK)
		if page.Value("as") != "self" || page.Value("municipality") != "2412042" {
			t.Errorf("the form does not know the person: %q %q", page.Value("as"), page.Value("municipality"))
		}
		b.Post(p.Path()+"/dolacz", "as", "self", "municipality", "2412042").Want(t, http.StatusSeeOther)
		page = b.Get(p.Path())
		if got := page.Text(".person-state h2"); got != "Uczestniczysz od 1 czerwca 2014" {
			t.Errorf("own state = %q", got)
		}
		if strings.Index(page.Body, `class="person-state`) > strings.Index(page.Body, `id="etapy"`) {
			t.Error("own state does not come first")
		}
		if n := one[int](g, `SELECT COUNT(*) FROM programme_member WHERE sector = 'resident' AND municipality = '2412042' AND state = 'active'`); n != 1 {
			t.Error("the resident is not counted in the gmina")
		}
		b.Get(p.Path()+"/opusc").Want(t, http.StatusOK)
		b.Post(p.Path()+"/opusc").Want(t, http.StatusSeeOther)
		if page := b.Get(p.Path()); page.Count(".person-state") != 0 || page.Text(".page-actions a") != "Dołącz do programu" {
			t.Error("who has left cannot come back")
		}
	})
}

func TestMemberOfAnOrganisationCountsForItsSectorAndGmina(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("W imieniu")
		leader := g.person("Liderka", "2411011")
		foundation := g.organisation(foundation("Fundacja Źródło", "0000999002"), leader)
		b := g.browser(leader)
		b.Post(p.Path()+"/dolacz", "as", string(foundation.ID), "municipality", "2411011").Want(t, http.StatusSeeOther)
		if n := one[int](g, `SELECT COUNT(*) FROM programme_member WHERE sector = 'ngo' AND municipality = '2473011' AND organisation = $1`, foundation.ID); n != 1 {
			t.Error("the member does not count for the organisation")
		}
		if !strings.Contains(b.Get(p.Path()).Text(".person-state"), "Fundacja Źródło") {
			t.Error("the page does not say for whom the person takes part")
		}
		stranger := g.browser(g.person("Obca", ""))
		stranger.Post(p.Path()+"/dolacz", "as", string(foundation.ID)).Want(t, http.StatusUnprocessableEntity)
		if _, err := g.Join(g.as(g.person("Inna Obca", "")), p.Slug, programme.Joining{Organisation: foundation.ID}); fault.Of(err) == nil {
			t.Errorf("joined without a mandate: %v", err)
		}
	})
}

func TestSectorThatMayNotJoinIsToldSo(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.admission(g.published("Tylko organizacje"), programme.AdmitAnyone, "ngo", "administration")
	resident := g.person("Jan Mieszkaniec", "")
	page := g.browser(resident).Get(p.Path()+"/dolacz").Want(t, http.StatusOK)
	if page.Count("form.form") != 0 || page.Count(".empty") != 1 {
		t.Errorf("the form is offered: %s", page.Text("main"))
	}
	_, err := g.Join(g.as(resident), p.Slug, programme.Joining{})
	if f := fault.Of(err); f == nil || f.Fields[0].Key != "programme.join.other_sector" {
		t.Errorf("err = %v", err)
	}
}

func TestJoiningObeysThePhase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Faza")
		jan := g.person("Jan", "")
		for _, tt := range []struct {
			name string
			now  time.Time
			open bool
			says string
		}{
			{"the moment before", day(2014, 6, 1).Add(-time.Microsecond), false, "Dołączyć będzie można od 1 czerwca 2014, w etapie „Nabór”."},
			{"the last moment", day(2014, 7, 1).Add(-time.Microsecond), true, ""},
			{"the moment after", day(2014, 7, 1), false, "Czas na dołączanie minął."},
		} {
			db.Clock().Set(tt.now)
			b := g.browser(jan)
			page := b.Get(p.Path())
			if tt.says != "" && page.Text(".off p") != tt.says {
				t.Errorf("%s: %q, want %q", tt.name, page.Text(".off p"), tt.says)
			}
			if offered := page.Count(`.page-actions a[href$="/dolacz"]`) == 1; offered != tt.open {
				t.Errorf("%s: joining offered: %v", tt.name, offered)
			}
			want := http.StatusConflict
			if tt.open {
				want = http.StatusSeeOther
			}
			if got := b.Post(p.Path()+"/dolacz", "as", "self").Status; got != want {
				t.Errorf("%s: %d, want %d", tt.name, got, want)
			}
			must(t, g.Leave(g.as(jan), p.Slug))
		}
	})
}

func TestDraftCannotBeJoinedByItsAddress(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Tajny szkic")
	b := g.browser(g.person("Ciekawy", ""))
	for _, path := range []string{"", "/dolacz", "/opusc", "/zaproszenie"} {
		if page := b.Get(p.Path() + path); page.Status != http.StatusNotFound || strings.Contains(page.Body, "Tajny szkic") {
			t.Errorf("GET %s: %d", path, page.Status)
		}
	}
	for _, path := range []string{"/dolacz", "/opusc"} {
		if page := b.Post(p.Path()+path, "as", "self"); page.Status != http.StatusNotFound || strings.Contains(page.Body, "Tajny szkic") {
			t.Errorf("POST %s: %d", path, page.Status)
		}
	}
}

func TestParallelJoinsLeaveOneMembership(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Naraz")
		ctx := g.as(g.person("Szybka", "2412042"))
		var all sync.WaitGroup
		errs := make(chan error, 40)
		for range 40 {
			all.Go(func() {
				_, err := g.Join(ctx, p.Slug, programme.Joining{Municipality: "2412042"})
				errs <- err
			})
		}
		all.Wait()
		close(errs)
		for err := range errs {
			must(t, err)
		}
		if n := one[int](g, `SELECT COUNT(*) FROM programme_member`); n != 1 {
			t.Errorf("%d memberships", n)
		}
		if version := one[int](g, `SELECT version FROM programme_member`); version != 1 {
			t.Errorf("joined %d times", version)
		}
	})
}

func TestRequestIsAnsweredWithAReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.admission(g.published("Za zgodą"), programme.AdmitApproved)
		asks := g.person("Maria Pytająca", "2412042")
		b, manager := g.browser(asks), g.browser(g.clerk)
		b.Post(p.Path()+"/dolacz", "as", "self", "words", "Prowadzę świetlicę").Want(t, http.StatusSeeOther)
		if l := g.letters(g.clerk.Email); len(l) != 1 || !strings.Contains(l[0].Text, "Maria Pytająca") || !strings.Contains(l[0].Text, webtest.Public+p.Path()+"/edycja/uczestnicy") {
			t.Fatalf("letters to the manager: %+v", l)
		}
		if got := b.Get(p.Path()).Text(".person-state h2"); got != "Zgłoszenie czeka na odpowiedź od 1 czerwca 2014" {
			t.Errorf("own state = %q", got)
		}
		page := manager.Get(p.Path()+"/edycja/uczestnicy?stan=requested").Want(t, http.StatusOK)
		if !strings.Contains(page.Text("table"), "Prowadzę świetlicę") {
			t.Error("the manager does not see the words")
		}
		refuse := p.Path() + "/edycja/uczestnicy/" + string(asks.ID) + "/odmow"
		manager.Post(refuse, "version", "1", "reason", " ").Want(t, http.StatusUnprocessableEntity)
		manager.Post(refuse, "version", "1", "reason", "Brak miejsc").Want(t, http.StatusSeeOther)
		manager.Post(refuse, "version", "1", "reason", "Jeszcze raz").Want(t, http.StatusNotFound)
		if l := g.letters(asks.Email); len(l) != 1 || !strings.Contains(l[0].Text, "Brak miejsc") {
			t.Fatalf("letters to the person: %+v", l)
		}
		if !strings.Contains(b.Get(p.Path()).Text(".person-state"), "Brak miejsc") {
			t.Error("the page does not tell the reason")
		}
		b.Post(p.Path()+"/dolacz", "as", "self").Want(t, http.StatusSeeOther)
		version := one[int](g, `SELECT version FROM programme_member`)
		approve := p.Path() + "/edycja/uczestnicy/" + string(asks.ID) + "/przyjmij"
		manager.Post(approve, "version", strconv.Itoa(version-1)).Want(t, http.StatusConflict)
		manager.Post(approve, "version", strconv.Itoa(version)).Want(t, http.StatusSeeOther)
		if got := b.Get(p.Path()).Text(".person-state h2"); got != "Uczestniczysz od 1 czerwca 2014" {
			t.Errorf("own state = %q", got)
		}
	})
}

func TestWhoWasRefusedIsAskedAboutAgain(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Otwarty")
	ctx := g.as(g.person("Natrętny", ""))
	_, err := g.Join(ctx, p.Slug, programme.Joining{})
	must(t, err)
	must(t, g.Refuse(g.as(g.clerk), p.Slug, access.From(ctx).Person, 1, "Spam"))
	if l := g.letters("natretny@example.org"); len(l) != 1 || !strings.Contains(l[0].Text, "zakończył Twój udział") || !strings.Contains(l[0].Text, "Spam") {
		t.Errorf("letters = %+v", l)
	}
	state, err := g.Join(ctx, p.Slug, programme.Joining{})
	must(t, err)
	if state != programme.Requested {
		t.Errorf("state = %s", state)
	}
}

func TestInvitationIsForWhoeverOwnsTheAddress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.admission(g.published("Z zaproszeniem"), programme.AdmitInvited)
		invited, stranger := g.person("Zaproszona", "2412042"), g.person("Niezaproszony", "")
		manager, b := g.browser(g.clerk), g.browser(invited)
		page := manager.Post(p.Path()+"/edycja/uczestnicy/zapros", "language", "en",
			"emails", "ZAPROSZONA@example.org\r\nnowa@example.org\nto nie adres\nnowa@example.org,\n\n").Want(t, http.StatusOK)
		var report []string
		for _, row := range page.Doc().Find("tbody .tag").EachIter() {
			report = append(report, row.Text())
		}
		if got := strings.Join(report, "; "); got != "zaproszono; zaproszono; to nie jest adres e-mail; powtórzony na liście" {
			t.Errorf("report = %s", got)
		}
		if l := g.letters(invited.Email); len(l) != 1 || !strings.Contains(l[0].Subject, "Zaproszenie do programu") {
			t.Errorf("the known person is not written to in Polish: %+v", l)
		}
		if l := g.letters("nowa@example.org"); len(l) != 1 || !strings.Contains(l[0].Subject, "Invitation to the programme") || !strings.Contains(l[0].Text, webtest.Public+p.Path()+"/zaproszenie") {
			t.Errorf("the unknown person is not written to in English: %+v", l)
		}
		if got := b.Get(p.Path()).Text(".person-state h2"); got != "Zaproszono Cię do tego programu" {
			t.Errorf("own state = %q", got)
		}
		if !strings.Contains(b.Get("/konto").Text("main"), "Zaproszenie do udziału") {
			t.Error("the person's own page does not show the invitation")
		}
		id := one[store.ID](g, `SELECT id FROM programme_invitation WHERE email = $1`, invited.Email)
		accept := p.Path() + "/zaproszenie/" + string(id) + "/przyjmij"
		g.browser(stranger).Post(accept, "as", "self").Want(t, http.StatusNotFound)
		g.browser(stranger).Post(p.Path()+"/dolacz", "as", "self").Want(t, http.StatusConflict)
		b.Post(accept, "as", "self", "municipality", "2412042").Want(t, http.StatusSeeOther)
		b.Post(accept, "as", "self").Want(t, http.StatusNotFound)
		if n := one[int](g, `SELECT COUNT(*) FROM programme_member WHERE person = $1 AND state = 'active' AND municipality = '2412042'`, invited.ID); n != 1 {
			t.Error("the invited person does not take part")
		}
		for _, want := range []string{"już uczestniczyzaproszono niedawno", "już uczestniczyzaproszono ponownie"} {
			page = manager.Post(p.Path()+"/edycja/uczestnicy/zapros", "language", "pl", "emails", invited.Email+"\nnowa@example.org").Want(t, http.StatusOK)
			if got := page.Text("tbody .tag"); got != want {
				t.Errorf("report = %s, want %s", got, want)
			}
			db.Clock().Advance(25 * time.Hour)
			manager = g.browser(g.clerk)
		}
		if l := g.letters("nowa@example.org"); len(l) != 2 {
			t.Errorf("%d letters", len(l))
		}
	})
}

func TestInvitationExpiresAndCanBeWithdrawnOrDeclined(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.admission(g.published("Terminy"), programme.AdmitInvited)
	person := g.person("Zapominalska", "")
	invite := func() string {
		_, err := g.Invite(g.as(g.clerk), p.Slug, person.Email, lang.Polish)
		must(t, err)
		return string(one[store.ID](g, `SELECT id FROM programme_invitation WHERE answer = ''`))
	}
	id := invite()
	g.db.Clock().Advance(61 * 24 * time.Hour)
	b := g.browser(person)
	b.Post(p.Path()+"/zaproszenie/"+id+"/przyjmij", "as", "self").Want(t, http.StatusNotFound)
	id = invite()
	g.browser(g.clerk).Post(p.Path()+"/edycja/zaproszenia/"+id+"/cofnij").Want(t, http.StatusSeeOther)
	b.Post(p.Path()+"/zaproszenie/"+id+"/przyjmij", "as", "self").Want(t, http.StatusNotFound)
	id = invite()
	b.Post(p.Path()+"/zaproszenie/"+id+"/odrzuc").Want(t, http.StatusSeeOther)
	b.Post(p.Path()+"/zaproszenie/"+id+"/przyjmij", "as", "self").Want(t, http.StatusNotFound)
	if n := one[int](g, `SELECT COUNT(*) FROM programme_member`); n != 0 {
		t.Errorf("%d members", n)
	}
}

func TestTooManyAddressesAreRefusedWhole(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Za dużo")
	var lines strings.Builder
	for i := range 201 {
		lines.WriteString("osoba" + strconv.Itoa(i) + "@example.org\n")
	}
	page := g.browser(g.clerk).Post(p.Path()+"/edycja/uczestnicy/zapros", "language", "pl", "emails", lines.String()).Want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(page.Value("emails"), "osoba200@example.org") {
		t.Error("the list is lost")
	}
	if n := one[int](g, `SELECT COUNT(*) FROM programme_invitation`); n != 0 {
		t.Errorf("%d invitations half-written", n)
	}
}

func TestRoleEndsSessionsWhenGivenAndWhenTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Zespół")
		editor := g.person("Redaktor", "")
		before := g.browser(editor)
		manager := g.browser(g.clerk)
		manager.Post(p.Path()+"/edycja/zespol", "email", "Redaktor@example.org", "role", "editor").Want(t, http.StatusSeeOther)
		before.Get("/konto").Want(t, http.StatusSeeOther) // to the door
		if l := g.letters(editor.Email); len(l) != 1 || !strings.Contains(l[0].Text, "redaktor") {
			t.Errorf("letters = %+v", l)
		}
		with := g.browser(editor)
		with.Get(p.Path()+"/edycja/opis").Want(t, http.StatusOK)
		take := p.Path() + "/edycja/zespol/" + string(editor.ID) + "/editor/odbierz"
		manager.Get(take).Want(t, http.StatusOK)
		manager.Post(take).Want(t, http.StatusSeeOther)
		with.Get("/konto").Want(t, http.StatusSeeOther)
		g.browser(editor).Get(p.Path()+"/edycja/opis").Want(t, http.StatusForbidden)
	})
}

func TestUnknownPersonBecomesTeamByInvitation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.draft("Zespół szkicu")
		given, err := g.Give(g.as(g.clerk), p.Slug, "nowa-osoba@example.org", access.Editor)
		must(t, err)
		if given != programme.GivenByMessage {
			t.Errorf("given = %s", given)
		}
		if l := g.letters("nowa-osoba@example.org"); len(l) != 1 || !strings.Contains(l[0].Text, "redaktor") {
			t.Fatalf("letters = %+v", l)
		}
		fresh := g.person("Nowa Osoba", "")
		b := g.browser(fresh)
		b.Get(p.Path()).Want(t, http.StatusNotFound)
		b.Get(p.Path()+"/zaproszenie").Want(t, http.StatusOK)
		id := one[store.ID](g, `SELECT id FROM programme_invitation WHERE role = 'editor'`)
		token := b.Cookie("wspolnota")
		b.Post(p.Path()+"/zaproszenie/"+string(id)+"/przyjmij").Want(t, http.StatusSeeOther)
		if b.Cookie("wspolnota") == token {
			t.Error("the session was not renewed with the role")
		}
		b.Get(p.Path()+"/edycja/opis").Want(t, http.StatusOK)
		if n := one[int](g, `SELECT COUNT(*) FROM programme_member`); n != 0 {
			t.Error("who joins the team became a participant too")
		}
	})
}

func TestProgrammeIsNeverWithoutAManager(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Dwoje kierowników")
		second := g.person("Druga", "")
		_, err := g.Give(g.as(g.clerk), p.Slug, second.Email, access.Manager)
		must(t, err)
		var both sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []people.Person{g.clerk, second} {
			both.Go(func() { errs[i] = g.Take(g.as(who), p.Slug, who.ID, access.Manager) })
		}
		both.Wait()
		refused := 0
		for _, err := range errs {
			if fault.Is(err, fault.KindConflict) {
				refused++
			} else {
				must(t, err)
			}
		}
		if refused != 1 {
			t.Errorf("%d of two were refused", refused)
		}
		if n := one[int](g, `SELECT COUNT(*) FROM programme_role WHERE role = 'manager'`); n != 1 {
			t.Errorf("%d managers", n)
		}
		if n := one[int](g, `SELECT COUNT(*) FROM programme p JOIN programme_role r ON r.programme = p.id AND r.person = p.manager AND r.role = 'manager'`); n != 1 {
			t.Error("somebody speaks for the programme who does not manage it")
		}
	})
}

func TestManagersListFilters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Filtry")
		for name, gmina := range map[string]string{"Łucja Ćwik": "2412042", "Jan Bąk": "2412042", "Ewa Dąb": "2473011"} {
			_, err := g.Join(g.as(g.person(name, gmina)), p.Slug, programme.Joining{Municipality: gmina})
			must(t, err)
		}
		b := g.browser(g.clerk)
		for query, want := range map[string]int{"": 3, "?gmina=2412042": 2, "?sektor=resident": 3, "?sektor=ngo": 0, "?szukaj=lucja": 1,
			"?szukaj=cwik": 1, "?szukaj=%25": 0, "?stan=left": 0, "?sektor=nie-ma": 0, "?stan=nie-ma": 3} {
			page := b.Get(p.Path()+"/edycja/uczestnicy"+query).Want(t, http.StatusOK)
			if got := page.Doc().Find("table").First().Find("tbody tr").Length(); want > 0 && got != want {
				t.Errorf("%s: %d rows, want %d", query, got, want)
			}
			if !strings.HasPrefix(page.Text(".count"), strconv.Itoa(want)+" ") {
				t.Errorf("%s: %q", query, page.Text(".count"))
			}
		}
		first := b.Get(p.Path() + "/edycja/uczestnicy").Doc().Find("table").First().Find("tbody tr").First().Text()
		if !strings.Contains(first, "Ewa Dąb") {
			t.Errorf("not in Polish order: %s", first)
		}
	})
}
