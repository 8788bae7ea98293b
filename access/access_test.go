package access_test

import (
	"context"
	"testing"

	"github.com/wspolnota/wspolnota/access"
)

var edit = access.Permission{Name: "news.edit", Scope: access.InProgramme,
	Roles: []access.Role{access.Manager, access.Editor, access.Administrator}}

func TestMay(t *testing.T) {
	editor := access.Grant{Role: access.Editor, Scope: access.InProgramme, ID: "1", Slug: "wisla"}
	for _, tt := range []struct {
		name  string
		actor *access.Actor
		place string
		want  bool
	}{
		{"a visitor may not", &access.Actor{}, "1", false},
		{"no actor may not", nil, "1", false},
		{"an editor may in the own programme", actor(editor), "1", true},
		{"the slug names the same programme", actor(editor), "wisla", true},
		{"not in another programme", actor(editor), "2", false},
		{"not where no programme is named", actor(editor), "", false},
		{"an observer may not", actor(access.Grant{Role: access.Observer, Scope: access.InProgramme, ID: "1"}), "1", false},
		{"an administrator may everywhere", actor(access.Grant{Role: access.Administrator, Scope: access.Installation}), "2", true},
		{"an organisation with the same id is another place",
			actor(access.Grant{Role: access.Editor, Scope: access.InOrganisation, ID: "1"}), "1", false},
		{"grants without a person count for nothing", &access.Actor{Grants: []access.Grant{editor}}, "1", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.actor.May(edit, tt.place); got != tt.want {
				t.Errorf("May = %v, want %v", got, tt.want)
			}
		})
	}
}

func actor(g ...access.Grant) *access.Actor { return &access.Actor{Person: "p", Grants: g} }

func TestPermissionMustSaySomething(t *testing.T) {
	if (access.Permission{}).Declared() || (access.Permission{Name: "empty"}).Declared() {
		t.Error("a permission without roles is no permission")
	}
	if !access.Anyone.Declared() || !edit.Declared() {
		t.Error("a written permission is declared")
	}
}

func TestContextWithoutActorIsAVisitor(t *testing.T) {
	if access.From(context.Background()).SignedIn() {
		t.Error("nobody signed in")
	}
}
