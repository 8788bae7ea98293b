package people

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this room.
var Audit = audit.Room{Name: "people", Title: "people.audit.room",
	Acts: []audit.Word{
		{Name: didCreate, Key: "people.audit.created"},
		{Name: didEnter, Key: "people.audit.entered"},
		{Name: didEdit, Key: "people.audit.edited"},
		{Name: didAddress, Key: "people.audit.address"},
		{Name: didPassword, Key: "people.audit.password"},
		{Name: didSecond, Key: "people.audit.second"},
		{Name: "people." + string(actPromote), Key: "people.audit.promote"},
		{Name: "people." + string(actDemote), Key: "people.audit.demote"},
		{Name: "people." + string(actBlock), Key: "people.audit.block"},
		{Name: "people." + string(actUnblock), Key: "people.audit.unblock"},
		{Name: "people." + string(actReset), Key: "people.audit.reset"},
		{Name: "people." + string(actEndAll), Key: "people.audit.end"},
	},
	Fields: map[string]string{"name": "people.name", "municipality": "people.admin.municipality", "language": "people.language",
		"email": "people.email", "password": "people.audit.field.password", "second": "people.second.title"},
	Say: func(ctx context.Context, _, value string) string { return languageName(ctx, lang.Language(value)) },
}

const (
	didCreate   = "people.created"
	didEnter    = "people.entered" // with a role of staff
	didEdit     = "people.edited"
	didAddress  = "people.address_changed"
	didPassword = "people.password_changed"
	didSecond   = "people.second_changed"
)

// note writes down what was done to an account.
func note(ctx context.Context, tx *store.Tx, act string, person store.ID, by store.ID, c audit.Changes, reason string) error {
	own := by == person || access.From(ctx).Person == person
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "person", Thing: person, Path: "/administracja/osoby/" + string(person),
		Subject: person, Own: own, By: by, Changes: c, Reason: reason})
}

// noteSecret writes down that a proof of who somebody is was changed, and
// nothing of it.
func noteSecret(ctx context.Context, tx *store.Tx, act, field string, person store.ID) error {
	var c audit.Changes
	c.Withheld(field, true)
	return note(ctx, tx, act, person, "", c, "")
}

// changesOf are the differences between an account before and after.
func changesOf(before, after Person) audit.Changes {
	var c audit.Changes
	c.Text("name", before.Name, after.Name)
	c.Text("municipality", gminaName(before.Municipality), gminaName(after.Municipality))
	c.Word("language", string(before.Language), string(after.Language))
	return c
}

func gminaName(code string) string {
	if code == "" {
		return ""
	}
	return territory.Name(code)
}

// Erased returns the people who were erased.
func Erased(ctx context.Context, r store.Reader) ([]store.ID, error) {
	return store.All[store.ID](ctx, r, `SELECT id FROM person WHERE erased_at IS NOT NULL`)
}

// Find returns people whose name or address fits all words, for pages that
// search by person.
func Find(ctx context.Context, r store.Reader, words string) ([]store.ID, error) {
	where, args := search{Words: lang.Fold(words)}.where()
	return store.All[store.ID](ctx, r, `SELECT id FROM person WHERE `+where+` ORDER BY name_key, id LIMIT 50`, args...)
}
