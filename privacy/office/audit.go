package office

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names what is done about data of people. A clause is public, as is that
// it was changed.
var Audit = audit.Room{Name: "privacy", Title: "privacy.office.title",
	Acts: []audit.Word{
		{Name: clauseChanged, Key: "privacy.audit.clause", Public: true},
		{Name: privacy.HoldSet, Key: "privacy.audit.hold_set"},
		{Name: privacy.HoldLifted, Key: "privacy.audit.hold_lifted"},
		{Name: privacy.ErasureAsked, Key: "privacy.audit.erasure_asked"},
		{Name: privacy.ErasureTakenBack, Key: "privacy.audit.erasure_taken_back"},
		{Name: privacy.Erased, Key: "privacy.audit.erased"},
	},
}

const clauseChanged = "privacy.clause_changed"

// Note writes what the keeper did into the log of acts.
func Note(ctx context.Context, tx *store.Tx, d privacy.Deed) error {
	subject := d.Person
	if d.Name == privacy.Erased {
		subject = "" // it tells nothing of the person, and has to stay
	}
	return audit.Write(ctx, tx, audit.Act{Name: d.Name, Kind: "person", Thing: d.Person, Subject: subject,
		Own: access.From(ctx).Person == d.Person, Reason: d.Reason})
}

// noteClause tells whose clause was changed.
func noteClause(ctx context.Context, tx *store.Tx, p privacy.Place) error {
	a := audit.Act{Name: clauseChanged, Kind: "privacy_clause", Thing: p.ID, Title: p.Name, Path: p.ClausePath()}
	switch p.Kind {
	case privacy.OfProgramme:
		a.Programme = p.ID
	case privacy.OfOrganisation:
		a.Organisation = p.ID
	}
	return audit.Write(ctx, tx, a)
}
