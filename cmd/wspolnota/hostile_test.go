package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// notTyped are the columns of texts that no person can fill at will, with the
// reason. Every other column of every table gets hostile texts: a new one too,
// without anybody adding it here. Ids that refer to another row, as the database
// itself knows, are left out as well.
var notTyped = joined(notTypedEvents, notTypedMinutes, notTypedRegistrations, notTypedAttendance, notTypedDebates, notTypedWorkshops, notTypedBarriers, notTypedKinds, notTypedGroups, notTypedDemo, map[string][]string{
	"an id, or the key of a row": {"mail_outbox.id", "mail_outbox.person", "news_act.id", "news_act.person", "news_article.id", "news_file.id",
		"news_file.article", "news_file.uploaded_by", "news_revision.person", "news_tag.programme", "news_place.programme", "organisation.id",
		"organisation.verification_by", "organisation_invitation.id", "organisation_invitation.answered_by", "organisation_mandate.id",
		"organisation_mandate.ended_by", "organisation_mandate.created_by", "organisation_request.id", "organisation_request.answered_by",
		"person.id", "person_act.id", "person_act.done_by", "programme.id", "programme.updated_by", "programme_goal.id",
		"programme_goal_activity.activity", "programme_indicator.id", "programme_indicator_value.id", "programme_indicator_value.entered_by",
		"programme_invitation.id", "programme_invitation.invited_by", "programme_logo.id", "programme_member.organisation",
		"programme_member.decided_by", "programme_phase.id", "programme_role.given_by", "search_document.id", "search_document.programme", "search_document.place",
		"search_hidden.programme", "trace_link.id", "trace_link.thing", "trace_link.source", "trace_link.added_by", "session.id", "session.person", "session.acting_for",
		"sign_in_attempt.id", "sign_in_attempt.person", "privacy_hold.id", "privacy_removal.id", "privacy_look.id", "privacy_clause.place",
		"audit_entry.id", "audit_entry.person", "audit_entry.on_behalf", "audit_entry.acting_for", "audit_entry.thing", "audit_entry.programme",
		"audit_entry.organisation", "audit_entry.subject", "audit_head.id", "assistance.id", "assistance.programme", "notice_message.id",
		"notice_message.matter", "notice_message.place", "notice_follow.place", "desk_item.id", "desk_item.matter", "desk_item.to_person",
		"desk_item.place", "desk_item.about", "api_key.id", "organisation_import.id", "organisation_import_row.organisation",
		"merge_record.id", "merge_record.gone", "merge_record.stays", "moderation_case.id", "moderation_case.thing", "moderation_case.programme",
		"moderation_case.decided_by", "moderation_case.restored_by", "moderation_report.id", "moderation_report.person", "moderation_block.id",
		"moderation_block.programme", "moderation_block.blocked_by", "moderation_block.lifted_by", "moderation_appeal.id", "moderation_appeal.matter",
		"moderation_appeal.programme", "moderation_appeal.answered_by", "moderation_words.programme", "moderation_words.updated_by"},
	"one of a few words of ours": {"mail_outbox.kind", "mail_outbox.language", "mail_outbox.state", "news_act.act", "news_article.language", "imprint_declaration.language",
		"news_revision.language", "organisation.kind", "organisation.sector", "organisation.register", "organisation.language",
		"organisation_invitation.role", "organisation_invitation.state", "organisation_mandate.role", "organisation_request.state",
		"person.language", "person_act.act", "programme.language", "programme.admission", "programme.sectors", "programme.state",
		"programme_goal_activity.kind", "programme_invitation.role", "programme_invitation.language", "programme_invitation.answer",
		"programme_member.state", "programme_member.sector", "programme_phase.opens", "programme_role.role", "search_document.kind", "search_document.language", "search_document.need",
		"search_document.team", "search_filled.kind", "trace_link.type", "trace_link.kind", "trace_link.source_kind", "sign_in_attempt.purpose", "privacy_removal.records",
		"privacy_removal.fate", "privacy_look.page", "privacy_clause.kind", "imprint_declaration.status",
		"audit_entry.act", "audit_entry.role", "audit_entry.thing_kind", "notice_message.kind", "notice_recipient.how", "notice_recipient.digest",
		"notice_preference.kind", "notice_preference.how", "desk_item.kind", "desk_item.to_role", "api_key.scope", "organisation_import.state",
		"organisation_import_row.verdict", "merge_record.kind", "moderation_case.kind", "moderation_case.cause", "moderation_case.state",
		"moderation_report.reason", "moderation_appeal.against", "moderation_appeal.state"},
	"the TERC of a place": {"news_place.terc", "organisation.municipality", "person.municipality", "programme_area.terc",
		"programme_member.municipality"},
	"a part of addresses, made by lang.Slug": {"news_address.slug", "news_article.slug", "news_tag.slug", "organisation.slug", "programme.slug",
		"privacy_look.place", "organisation_alias.slug"},
	"an address of ours": {"notice_message.path", "desk_item.path"},
	"a hash, a sealed secret or a key": {"demo.key", "person_recovery_code.hash", "person_secret.password_hash", "person_secret.totp_secret",
		"session.token_hash", "sign_in_attempt.browser", "sign_in_attempt.network", "sign_in_attempt.code_hash", "sign_in_attempt.link_hash",
		"sign_in_tally.key", "audit_entry.digest", "audit_entry.salt", "audit_entry.seal", "audit_head.seal", "api_key.hash",
		"moderation_report.device", "moderation_count.key"},
	"a key for sorting, searching or telling apart; never shown": {"news_article.folded", "organisation.name_key", "organisation.folded",
		"organisation.register_key", "person.name_key", "person.search", "programme.title_key", "programme.folded"},
	"told by the content of a file, not by its sender": {"news_file.type", "news_file.variants", "programme_logo.type", "programme_logo.blob"},
	"JSON of ids": {"mail_outbox.data"},
	"JSON whose texts are those of other columns":               {"audit_entry.details", "organisation_import_row.content", "merge_record.kept"},
	"rendered by web/markdown from the body, anew in this test": {"news_revision.html"},
})

// joined puts the lists of rooms together; each room's stand in a file beside.
func joined(lists ...map[string][]string) map[string][]string {
	all := map[string][]string{}
	for _, list := range lists {
		for key, values := range list {
			all[key] = append(all[key], values...)
		}
	}
	return all
}

// typedInside names what people type inside of JSON.
var typedInside = joined(typedInsideEvents, typedInsideMinutes, typedInsideRegistrations, map[string][]string{
	"news_article.picture":            {"alt", "caption", "credit"},
	"news_revision.details":           {"tags", "alt", "caption", "credit", "name"},
	"organisation_papers.signatories": {"name", "function"},
	"imprint_declaration.words":       {"entity", "gaps", "person", "email", "phone", "auditor", "procedure"},
	"privacy_clause.words":            {"controller", "contact", "officer", "purpose", "retention"},
})

// victim is one column of one row.
type victim struct {
	table, column, row string
	key                string // the column that row is a value of
	address            int    // counts addresses of people, so that the same stay the same
}

// rowKey is what names a row of a table: its number, or its key where SQLite keeps
// the rows without one.
func (x *target) rowKey(table string) string {
	if strings.Contains(x.one(`SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $1`, table), "WITHOUT ROWID") {
		return strings.Join(x.column(`SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk`, table), ` || '/' || `)
	}
	return "rowid"
}

// victims finds every text that a person may have typed.
func (x *target) victims() []victim {
	x.t.Helper()
	skip := map[string]bool{}
	for reason, columns := range notTyped {
		for _, c := range columns {
			table, column, _ := strings.Cut(c, ".")
			if n := x.one(`SELECT CAST(count(*) AS TEXT) FROM pragma_table_info($1) WHERE name = $2`, table, column); n != "1" {
				x.t.Errorf("%s: there is no %s any more", reason, c)
			}
			skip[c] = true
		}
	}
	var all []victim
	addresses := map[string]int{}
	for _, table := range x.everyTable() {
		if strings.HasPrefix(table, "river_") {
			continue // of the queue: package jobs lets nothing but ids in, and tests it
		}
		for _, column := range x.column(`SELECT name FROM pragma_table_info($1) WHERE type NOT IN ('BIGINT', 'INTEGER', 'BOOLEAN')
			AND name NOT IN (SELECT "from" FROM pragma_foreign_key_list($1))`, table) {
			if skip[table+"."+column] {
				continue
			}
			for _, row := range x.rows(`SELECT ` + x.rowKey(table) + `, "` + column + `" FROM "` + table + `" ORDER BY 1`) {
				v := victim{table: table, key: x.rowKey(table), column: column, row: row[0]}
				if column == "email" && row[1] == "" {
					continue // none, which a key may allow once for many
				}
				if column == "email" && table != "organisation" {
					if addresses[row[1]] == 0 {
						addresses[row[1]] = len(addresses) + 1
					}
					v.address = addresses[row[1]]
				}
				all = append(all, v)
			}
		}
	}
	return all
}

// What stands in columns that are followed gets, every other turn, a text that
// runs when it is followed.
var (
	addressColumns  = []string{"url", "website", "statute_url"}
	addressPayloads = []string{"javascript:RUN", "JaVaScRiPt:RUN//https://example.org", " javascript:RUN", "java\tscript:RUN", "\x01javascript:RUN",
		"data:text/html,<script>RUN</script>", "vbscript:RUN", "javascript&colon;RUN", "//x.example\"onmouseover=\"RUN"}
)

// infect puts hostile texts everywhere, each row and each column another one; at
// the next turn every place gets its next.
func (x *target) infect(victims []victim, turn int) {
	x.t.Helper()
	payloads := hostile.Payloads()
	err := x.DB.Write(x.t.Context(), func(tx *store.Tx) error {
		for i, v := range victims {
			text := strings.ReplaceAll(payloads[(i+turn*31)%len(payloads)], "\x00", "") // no form lets it through, PostgreSQL neither
			if turn%2 == 1 && slices.Contains(addressColumns, v.column) {
				text = strings.ReplaceAll(addressPayloads[(i+turn)%len(addressPayloads)], "RUN", hostile.Mark+"()")
			}
			value := any(text)
			switch keys := typedInside[v.table+"."+v.column]; {
			case keys != nil:
				before, err := store.One[*string](x.t.Context(), tx, `SELECT "`+v.column+`" FROM "`+v.table+`" WHERE `+v.key+` = $1`, v.row)
				if err != nil {
					return err
				}
				if before == nil || *before == "" {
					continue
				}
				value = infectedJSON(x.t, *before, keys, text)
			case v.address > 0: // unique, and the same where it was the same
				value = fmt.Sprint(strings.ReplaceAll(payloads[(v.address+turn*31)%len(payloads)], "\x00", ""), v.address)
			}
			if _, err := tx.Exec(x.t.Context(), `UPDATE "`+v.table+`" SET "`+v.column+`" = $2 WHERE `+v.key+` = $1`, v.row, value); err != nil {
				return fmt.Errorf("%v: %w", v, err)
			}
		}
		// What was computed from the texts before is computed anew.
		for _, s := range []string{`UPDATE news_revision SET html = '', html_by = 0`, `UPDATE programme SET revision = revision + 1`} {
			if _, err := tx.Exec(x.t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		x.t.Fatal(err)
	}
	x.DB.Clock().Advance(2 * time.Minute) // longer than anything is remembered
}

func infectedJSON(t testing.TB, before string, keys []string, text string) string {
	t.Helper()
	var document any
	if err := json.Unmarshal([]byte(before), &document); err != nil {
		t.Fatal(err)
	}
	var walk func(v any, typed bool) any
	walk = func(v any, typed bool) any {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				v[key] = walk(inner, slices.Contains(keys, key))
			}
		case []any:
			for i, inner := range v {
				v[i] = walk(inner, typed)
			}
		case string:
			if typed {
				return text
			}
		}
		return v
	}
	after, err := json.Marshal(walk(document, false))
	if err != nil {
		t.Fatal(err)
	}
	return string(after)
}

// looker is somebody who opens pages.
type looker struct {
	name string
	*webtest.Browser
}

// receive puts a letter into the mailbox of the demo.
func (x *target) receive(text string) {
	x.t.Helper()
	if err := x.mailbox.Send(x.t.Context(), "wspolnota@example.org", "ktos@example.org", mail.Letter{Subject: text, Text: text, HTML: text}); err != nil {
		x.t.Fatal(err)
	}
}

// lookers are one person of each kind, signed in before their names are hostile.
func (x *target) lookers() []looker {
	return []looker{{"visitor", x.Visitor()}, {"invited", x.as("wiktoria.cmielowiec@poczta.example.com")}, {"member", x.part("czlonkini-klubu")}, {"representative", x.part("prezes-klubu")},
		{"manager", x.part("kierowniczka")}, {"administrator", x.part("administratorka")}}
}

// furnish adds what the example lacks, so that every page has something to show.
func (x *target) furnish() {
	x.t.Helper()
	x.exec(`UPDATE organisation_request SET answer = 'odpowiedź'`)
	x.exec(`UPDATE organisation SET verification_note = 'uwaga' WHERE verification_note = ''`)
	x.exec(`UPDATE mail_outbox SET state = 'failed', last_error = 'connection refused' WHERE rowid % 5 = 0`)
	x.exec(`UPDATE person SET blocked_at = 1, blocked_reason = 'powód' WHERE email = 'kacper.trzcinowicz@czysta-rzeka.example.org'`)
	x.exec(`INSERT INTO programme_goal_activity (goal, kind, activity, title, url, served_at)
		SELECT id, 'news', 'ffffffff-ffff-4fff-bfff-ffffffffffff', 'tytuł', '/programy', 1 FROM programme_goal`)
	x.exec(`UPDATE programme SET funder = 'fundusz', project_number = 'numer'`)
	x.exec(`UPDATE organisation_invitation SET state = 'waiting', expires_at = 9000000000000000 WHERE email = 'wiktoria.cmielowiec@poczta.example.com'`)
}

// TestNothingStoredRunsAnywhere puts hostile texts into every column that people
// can fill and opens every page as everybody. In make test each page sees a share
// of the two hundred texts in each place; in make soak all of them.
func TestNothingStoredRunsAnywhere(t *testing.T) {
	x := attack(t)
	x.furnish()
	victims, lookers := x.victims(), x.lookers()
	columns := map[string]bool{}
	for _, v := range victims {
		columns[v.table+"."+v.column] = true
	}
	turns, most := 4, 2
	if soak {
		turns, most = len(hostile.Payloads()), 0
	}
	opened := map[string]int{}
	for turn := range turns {
		x.infect(victims, turn)
		x.receive(hostile.Payloads()[turn*67%200])
		for _, pattern := range x.patterns("GET") {
			if pattern == "GET /demo/wejscie/{role}" {
				continue // a way in, not a page
			}
			for _, path := range x.addresses(pattern, most, turn) {
				if strings.HasSuffix(path, "/roznice") {
					path += "?od=1&do=" + fmt.Sprint(1+turn%2)
				}
				if path == search.Path {
					path += "?szukaj=" + []string{"konkurs", "wspolpraca", "org"}[turn%3]
				}
				for _, who := range lookers {
					opened[pattern+" "+fmt.Sprint(x.inert(who, path))]++
				}
			}
		}
		if t.Failed() && !soak {
			break
		}
	}
	t.Logf("%d texts in %d columns", len(victims), len(columns))
	for _, pattern := range x.patterns("GET") {
		if opened[pattern+" 200"] == 0 && !slices.Contains(neverWhole, pattern) {
			t.Errorf("%s was never seen whole", pattern)
		}
	}
}

// neverWhole are pages that this test cannot open: they belong to a moment of
// signing in, of assistance or of a letter, ask for two names, lead on, or are
// there for whoever takes part, and their packages test them.
var neverWhole = []string{"GET /wejscie/drugi-skladnik", "GET /wejscie/kod", "GET /konto/nowe", "GET /konto/adres/kod", "GET /demo/wejscie/{role}",
	"GET /organizacje/{organisation}/dolacz", "GET /moderacja/{case}", "GET /administracja/scalanie/potwierdzenie", "GET /wypisz/{token}", "GET /bilet/{ticket}", "GET /obsluga/{assistance}",
	"GET /kod/{code}", "GET /programy/{programme}/debaty/{debate}/porownanie", "GET /programy/{programme}/debaty/{debate}/moje", "GET /programy/{programme}/wydarzenia/{event}/protokol/poprawka",
	"GET /programy/{programme}/wydarzenia/{event}/odwolanie", "GET /programy/{programme}/bariery/{barrier}/ocena", "GET /moje-wydarzenia/{token}/kalendarz.ics"}

// inert opens a page and wants it to be whole and to do nothing by itself.
func (x *target) inert(who looker, path string) int {
	x.t.Helper()
	page := who.Get(path)
	if page.Status >= 500 {
		x.t.Fatalf("%s as %s: %d\n%s", path, who.name, page.Status, x.Log)
	}
	switch kind := page.Header.Get("Content-Type"); {
	case page.Body == "" || page.Status == http.StatusSeeOther || page.Status == http.StatusMovedPermanently:
	case strings.HasPrefix(kind, "text/html"):
		x.noFinding(path+" as "+who.name, page.Body)
		if err := wellFormed(page.Body); err != nil {
			x.t.Errorf("%s as %s: %v", path, who.name, err)
		}
	case strings.HasPrefix(kind, ui.RSS), strings.HasPrefix(kind, ui.Atom):
		x.inertFeed(path, page.Body)
	default:
		if !strings.Contains(page.Header.Get("Content-Security-Policy"), "sandbox") || page.Header.Get("X-Content-Type-Options") != "nosniff" {
			x.t.Errorf("%s: %s without a sandbox", path, kind)
		}
	}
	for name, values := range page.Header {
		for _, v := range values {
			if strings.ContainsAny(v, "\r\n\x00") || name == "Location" && !strings.HasPrefix(v, "/") {
				x.t.Errorf("%s: header %s: %q", path, name, v)
			}
		}
	}
	return page.Status
}

func (x *target) noFinding(where, text string) {
	x.t.Helper()
	found, err := hostile.Active(strings.NewReader(text))
	if err != nil {
		x.t.Fatal(err)
	}
	if len(found) > 0 {
		x.t.Errorf("%s: %v", where, found)
	}
}

// inertFeed reads a feed as its readers do: as strict XML whose texts are HTML.
func (x *target) inertFeed(path, text string) {
	x.t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	inHTML := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			x.t.Errorf("%s: %v", path, err)
			return
		}
		switch e := token.(type) {
		case xml.StartElement:
			inHTML = e.Name.Local == "description" || slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "type" && a.Value == "html" })
			for _, a := range e.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, webtest.Public+"/") {
					x.t.Errorf("%s: leads to %q", path, a.Value)
				}
			}
		case xml.CharData:
			if inHTML {
				x.noFinding(path, string(e))
			}
		case xml.EndElement:
			inHTML = false
		}
	}
}

// void elements have no end.
var void = []string{"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

// wellFormed wants every element to end where it began, one main part and one
// heading of the page: a text that broke out of its place would disturb that.
func wellFormed(page string) error {
	tokens := html.NewTokenizer(strings.NewReader(page))
	var open []string
	count := map[string]int{}
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if !errors.Is(tokens.Err(), io.EOF) {
				return tokens.Err()
			}
			if len(open) > 0 {
				return fmt.Errorf("%v never ends", open)
			}
			for _, once := range []string{"html", "head", "title", "body", "main", "h1"} {
				if count[once] != 1 {
					return fmt.Errorf("%d times <%s>", count[once], once)
				}
			}
			return nil
		case html.StartTagToken:
			name, _ := tokens.TagName()
			if string(name) != "title" || slices.Contains(open, "head") { // drawings have titles too
				count[string(name)]++
			}
			if !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return fmt.Errorf("</%s> within %v", name, open)
			}
			open = open[:len(open)-1]
		case html.CommentToken:
			return fmt.Errorf("a comment: %s", tokens.Text())
		}
	}
}

// TestNothingStoredRunsInALetter lets every kind of letter be written about
// people, organisations and programmes with hostile names.
func TestNothingStoredRunsInALetter(t *testing.T) {
	x := attack(t)
	all := slices.DeleteFunc(x.victims(), func(v victim) bool {
		return v.column == "email" || v.column == "recipient" // checked before anything is sent to them
	})
	ctx := t.Context()
	admin := x.part("administratorka")
	person, err := people.ByEmail(ctx, x.DB, "dawid.sosnal@poczta.example.com")
	if err != nil {
		t.Fatal(err)
	}
	kinds, read := map[string]bool{}, 0
	for turn := range 4 {
		for round := range 2 {
			if round == 0 {
				x.infect(all, turn)
			}
			// Invitations, requests, roles and answers of the example are written again.
			x.exec(`UPDATE mail_outbox SET state = 'waiting'`)
			x.exec(`UPDATE organisation_invitation SET state = 'waiting', expires_at = 9000000000000000`)
			x.exec(`UPDATE organisation_request SET state = $1`, []string{"waiting", "refused"}[round])
			x.exec(`UPDATE programme_member SET state = $1`, []string{"requested", "refused"}[round])
			if round == 1 {
				x.exec(`INSERT INTO mail_outbox (id, kind, recipient, language, data, state, created_at)
					SELECT id || 'x', 'organisation.answered', recipient, language, data, 'waiting', 1 FROM mail_outbox WHERE kind = 'organisation.asked'`)
				x.exec(`INSERT INTO mail_outbox (id, kind, recipient, language, data, state, created_at)
					SELECT id || 'x', 'programme.answer', recipient, language, data, 'waiting', 1 FROM mail_outbox WHERE kind = 'programme.request'`)
			}
			x.Visitor().Post("/wejscie", "email", "dawid.sosnal@poczta.example.com")
			version := x.one(`SELECT CAST(version AS TEXT) FROM person WHERE id = $1`, person.ID)
			admin.Post("/administracja/osoby/"+string(person.ID), "act", "end-sessions", "reason", "porządki", "version", version).Want(t, 303)
			x.program.resend(t, person)
			if err := x.program.outbox.Resume(ctx); err != nil {
				t.Fatal(err)
			}
			if err := x.program.queue.Drain(ctx); err != nil {
				t.Fatal(err)
			}
			for _, l := range x.mailbox.Letters() {
				if l.Number > read {
					x.inertLetter(l)
				}
			}
			read = x.mailbox.Letters()[0].Number
			for _, kind := range x.column(`SELECT DISTINCT kind FROM mail_outbox WHERE state = 'sent'`) {
				kinds[kind] = true
			}
			x.exec(`DELETE FROM mail_outbox WHERE id LIKE '%x'`)
		}
	}
	for _, kind := range []string{"people.code", "people.notice", "organisation.asked", "organisation.answered", "organisation.invited",
		"programme.invitation", "programme.role", "programme.request", "programme.answer"} {
		if !kinds[kind] {
			t.Errorf("no letter of the kind %s was written", kind)
		}
	}
}

// resend orders a notice, as after a change of the account.
func (p *program) resend(t *testing.T, to people.Person) {
	t.Helper()
	err := p.db.Write(t.Context(), func(tx *store.Tx) error {
		return p.outbox.Post(t.Context(), tx, mail.Message{Kind: "people.notice", To: to.Email, Person: to.ID, Language: to.Language,
			Data: map[string]string{"notice": "second-reset"}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ownStyle is how the layout of letters writes a style: without any address.
var ownStyle = regexp.MustCompile(` style="[^"<>(]*"`)

func (x *target) inertLetter(l mail.Received) {
	x.t.Helper()
	// Letters carry their look in style attributes, because mail programs read no
	// other; what stands in them is looked at below.
	x.noFinding("letter "+l.Subject, ownStyle.ReplaceAllString(l.HTML, ""))
	if strings.ContainsFunc(l.Subject, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		x.t.Errorf("subject %q", l.Subject)
	}
	document, err := html.Parse(strings.NewReader(l.HTML))
	if err != nil {
		x.t.Fatal(err)
	}
	for n := range document.Descendants() {
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, webtest.Public+"/") {
				x.t.Errorf("letter %q leads to %q", l.Subject, a.Val)
			}
		}
	}
}
