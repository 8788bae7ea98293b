package debate_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
)

func TestFileOfStatementsIsJudgedLineByLine(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.draft()
		lead := x.As(x.Facilitator, true)
		list := "Nr;Stwierdzenie\n1;Nowe zdanie.\n2;spotykamy się za rzadko.\n3;\n4;" + strings.Repeat("a", 300) + "\n5;Nowe  zdanie.\n6;Drugie nowe zdanie.\n"
		page := lead.PostFiles(d.Path()+"/prowadzenie/plik", nil, webtest.Upload{Field: "file", Name: "lista.csv", Content: []byte(list)}).Want(t, http.StatusOK)
		for _, want := range []string{"Dodamy.", "Takie stwierdzenie już jest: numer 3.", "Pusty wiersz", "Za długie: 300 znaków, może być 280.", "To samo co w wierszu 2.", "Do dodania: 2 stwierdzenia z 6 wierszy."} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("no %q in\n%s", want, page.Text("main"))
			}
		}
		if n := x.Count(`SELECT count(*) FROM debate_statement`); n != 3 {
			t.Errorf("the preview added something: %d statements", n)
		}
		lead.PostForm(d.Path()+"/prowadzenie/stwierdzenia", page.Form(d.Path()+"/prowadzenie/stwierdzenia")).Want(t, http.StatusSeeOther)
		if st := x.statement(d, 5); st.Text != "Drugie nowe zdanie." || st.Origin != debate.Imported {
			t.Errorf("%+v", st)
		}
	})
}

func TestFileThatIsNoListIsRefusedBesideItsField(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.draft()
		lead := x.As(x.Facilitator, true)
		for name, content := range map[string]string{"no column": "a;b\n1;2\n", "empty": "", "a head alone": "stwierdzenie\n", "a picture": "\x89PNG\r\n\x1a\n\x00\x01"} {
			page := lead.PostFiles(d.Path()+"/prowadzenie/plik", nil, webtest.Upload{Field: "file", Name: "lista.csv", Content: []byte(content)})
			if page.Status != http.StatusUnprocessableEntity || page.Count("#field-file-mistake") != 1 {
				t.Errorf("%s: %d", name, page.Status)
			}
		}
		if page := lead.Post(d.Path() + "/prowadzenie/plik"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("no file: %d", page.Status)
		}
	})
}

// A debate leaves in the files of Polis and comes back with the same result.
func TestPolisFilesGoOutAndComeBack(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := filled(x)
		lead := x.As(x.Facilitator, true)
		copied := must(x.debates.Begin(x.lead(), x.Programme, store.NewID(), x.terms()))(t)
		var files []webtest.Upload
		for _, name := range []string{"votes", "comments", "sectors", "guesses"} {
			files = append(files, webtest.Upload{Field: name, Name: name + ".csv", Content: []byte(lead.Get(d.Path()+"/"+name+".csv").Want(t, http.StatusOK).Body)})
		}
		lead.PostFiles(copied.Path()+"/polis", nil, files...).Want(t, http.StatusSeeOther)
		copied = must(debate.ByID(ctx, x.DB, copied.ID))(t)
		if copied.At(x.DB.Now()) != debate.Over || x.Count(`SELECT count(*) FROM debate_device`) != 0 {
			t.Errorf("the copy is %s", copied.At(x.DB.Now()))
		}
		before, after := x.result(d), x.result(copied)
		if fmt.Sprint(before.Map.All) != fmt.Sprint(after.Map.All) || before.People != after.People || len(before.Map.Groups) != len(after.Map.Groups) {
			t.Errorf("before %v of %d, after %v of %d", before.Map.All, before.People, after.Map.All, after.People)
		}
		for i := range before.Compared.Statements {
			if a, b := before.Compared.Statements[i], after.Compared.Statements[i]; fmt.Sprint(a) != fmt.Sprint(b) {
				t.Errorf("statement %d by sector: before %+v, after %+v", i+1, a, b)
			}
		}
		if len(before.Mirror.Beliefs) == 0 || len(before.Mirror.Beliefs) != len(after.Mirror.Beliefs) {
			t.Errorf("beliefs: before %d, after %d", len(before.Mirror.Beliefs), len(after.Mirror.Beliefs))
		}
		if x.statement(d, 1).Text != x.statement(copied, 1).Text {
			t.Error("the texts are others")
		}
		if page := lead.PostFiles(copied.Path()+"/polis", nil, files...); page.Status == http.StatusSeeOther {
			t.Error("brought twice")
		}
	})
}

func TestPolisFileThatIsWrongSaysWhere(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := must(x.debates.Begin(x.lead(), x.Programme, store.NewID(), x.terms()))(t)
		votes := "timestamp,comment-id,voter-id,vote\n1,1,1,1\n2,1,2,7\n"
		_, err := x.debates.ImportPolis(x.lead(), d.ID, debate.Polis{Votes: strings.NewReader(votes)})
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "votes" || !strings.Contains(fmt.Sprint(f.Fields[0].Args), "3") {
			t.Errorf("%v", err)
		}
		good := "timestamp,comment-id,voter-id,vote\n1,1,1,1\n2,1,2,-1\n"
		sectors := "participant,sector\n1,ngo\n2,rada\n"
		_, err = x.debates.ImportPolis(x.lead(), d.ID, debate.Polis{Votes: strings.NewReader(good), Sectors: strings.NewReader(sectors)})
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "sectors" {
			t.Errorf("%v", err)
		}
		if n := x.Count(`SELECT count(*) FROM debate_statement`) + x.Count(`SELECT count(*) FROM debate_participant`); n != 0 {
			t.Errorf("%d rows of a file that was refused", n)
		}
	})
}

func TestLoadKeepsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		good := debate.Answers{Sector: "ngo", Votes: map[int]opinion.Vote{1: opinion.Agree}}
		bad := debate.Answers{Sector: "ngo", Votes: map[int]opinion.Vote{99: opinion.Agree}}
		if err := x.debates.Load(x.lead(), d.ID, []debate.Answers{good, bad}); err == nil {
			t.Error("a vote on a statement that is not there is kept")
		}
		if n := x.Count(`SELECT count(*) FROM debate_participant`); n != 0 {
			t.Errorf("%d people of a load that was refused", n)
		}
		if err := x.debates.Load(x.lead(), d.ID, []debate.Answers{good}); err != nil {
			t.Fatal(err)
		}
		x.vote(d, x.phone(d, "resident"), 1, opinion.Agree) // others still come in
		if r := x.result(d); r.Votes != 2 {
			t.Errorf("%d votes", r.Votes)
		}
	})
}

// Who takes part reads in words where they stand on the map.
func TestParticipantReadsWhereTheyStand(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open(func(d *debate.Terms) { d.Mirror = false })
		x.fill(d)
		phone := x.Visitor()
		phone.Post(d.Path()+"/wejscie", "sector", "resident")
		for statement, vote := range map[string]string{"1": "za", "2": "przeciw", "3": "przeciw"} {
			phone.Post(d.Path()+"/glos", "statement", statement, "vote", vote)
		}
		phone.Get(d.Path())
		page := phone.Get(d.Path() + "/wyniki")
		if !strings.Contains(page.Text("main"), "Ty: grupa") && !strings.Contains(page.Text("main"), "Ty: jeszcze poza grupami") {
			t.Errorf("%s", page.Text("main"))
		}
		if other := x.Visitor().Get(d.Path() + "/wyniki"); strings.Contains(other.Body, "Ty:") || strings.Contains(other.Body, "Mapa opinii") {
			t.Error("a visitor is shown where somebody stands")
		}
	})
}
