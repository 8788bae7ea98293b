package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("news: load article: %w", fault.NotFound("article"))
	if !fault.Is(err, fault.KindNotFound) {
		t.Fatalf("kind of %v is %v", err, fault.KindOf(err))
	}
}

func TestAccidentIsInternal(t *testing.T) {
	if got := fault.KindOf(errors.New("disk on fire")); got != fault.KindInternal {
		t.Fatalf("kind = %v, want internal", got)
	}
	if fault.Is(nil, fault.KindInternal) {
		t.Fatal("no error is not an accident")
	}
}

func TestFieldKeepsItsFirstMistake(t *testing.T) {
	var m fault.Mistakes
	m.Add("nip", "form.required")
	m.Add("nip", "organisation.nip.checksum")
	m.Add("name", "form.required")
	f := fault.Of(m.Err())
	if len(f.Fields) != 2 || f.Fields[0].Key != "form.required" || f.Fields[1].Name != "name" {
		t.Fatalf("fields = %+v", f.Fields)
	}
}

func TestNoMistakesIsNoError(t *testing.T) {
	var m fault.Mistakes
	if err := m.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestTakeCopiesFieldMistakesOfAVerb(t *testing.T) {
	var verb, form fault.Mistakes
	verb.Add("email", "people.email.taken")
	if !form.Take(fmt.Errorf("people: register: %w", verb.Err())) || !form.Has("email") {
		t.Fatalf("form mistakes = %+v", form.Fields())
	}
	if form.Take(fault.Forbidden()) {
		t.Fatal("a fault without fields has nothing to take")
	}
}

func TestMistakeRefusesOneField(t *testing.T) {
	f := fault.Of(fault.Mistake("nip", "organisation.number.checksum", "Number", "NIP"))
	if f.Kind != fault.KindInvalid || len(f.Fields) != 1 || f.Fields[0].Name != "nip" || len(f.Fields[0].Args) != 2 {
		t.Fatalf("fault = %+v", f)
	}
}
