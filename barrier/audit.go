package barrier

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this room. Votes are not among them: nothing tells who
// voted when. Statements are asked for when the public log is shown, so that one
// that was withdrawn does not live on in it.
var Audit = audit.Room{Name: "barrier", Title: "barrier.audit.room",
	Acts: []audit.Word{
		{Name: didPropose, Key: "barrier.audit.proposed"},
		{Name: didRegister, Key: "barrier.audit.registered", Public: true},
		{Name: didAccept, Key: "barrier.audit.accepted", Public: true},
		{Name: didDecline, Key: "barrier.audit.declined"},
		{Name: didRevise, Key: "barrier.audit.revised", Public: true},
		{Name: didConclude, Key: "barrier.audit.concluded", Public: true},
		{Name: didRespond, Key: "barrier.audit.responded", Public: true},
		{Name: didFulfil, Key: "barrier.audit.fulfilled", Public: true},
		{Name: didReview, Key: "barrier.audit.reviewed", Public: true},
		{Name: didEndVoting, Key: "barrier.audit.voting_ended", Public: true},
		{Name: didWithdraw, Key: "barrier.audit.withdrawn", Public: true},
		{Name: didArgue, Key: "barrier.audit.argued"},
		{Name: didShowEvidence, Key: "barrier.audit.evidence_shown"},
		{Name: didDeclineEvidence, Key: "barrier.audit.evidence_declined"},
		{Name: didAddKind, Key: "barrier.audit.kind_added"},
	},
	Things: map[string]audit.Things{found: publicStatements},
}

const (
	didPropose         = "barrier.proposed"
	didRegister        = "barrier.registered" // by the team itself
	didAccept          = "barrier.accepted"
	didDecline         = "barrier.declined"
	didRevise          = "barrier.revised"
	didConclude        = "barrier.concluded"
	didRespond         = "barrier.responded"
	didFulfil          = "barrier.fulfilled"
	didReview          = "barrier.reviewed"
	didEndVoting       = "barrier.voting_ended"
	didWithdraw        = "barrier.withdrawn"
	didArgue           = "barrier.argued"
	didShowEvidence    = "barrier.evidence_shown"
	didDeclineEvidence = "barrier.evidence_declined"
	didAddKind         = "barrier.kind_added"
)

// note writes an act into the log.
func note(ctx context.Context, tx *store.Tx, b Barrier, a Act) error {
	reason := ""
	if a.Act == didDecline || a.Act == didWithdraw {
		reason = a.Note
	}
	return audit.Write(ctx, tx, audit.Act{Name: a.Act, Kind: found, Thing: b.ID, Title: first(b.Statement, 120), Path: b.Path(),
		Programme: b.Programme, Organisation: b.Owner, Reason: reason})
}

func noteEvidence(ctx context.Context, tx *store.Tx, act string, b Barrier, e Evidence) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "barrier_evidence", Thing: e.ID, Title: first(b.Statement, 120), Path: b.Path(), Programme: b.Programme})
}

func noteKind(ctx context.Context, tx *store.Tx, programme store.ID, k Added) error {
	return audit.Write(ctx, tx, audit.Act{Name: didAddKind, Kind: "programme", Thing: programme, Title: k.Name, Programme: programme})
}

// publicStatements are the statements of those barriers that everybody may read.
func publicStatements(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.state = 'registered' AND p.state <> 'draft' AND b.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("barrier: statements: %w", err)
	}
	things := make(map[store.ID]audit.Thing, len(rows))
	for _, b := range rows {
		things[b.ID] = audit.Thing{Title: first(b.Statement, 120), Path: b.Path()}
	}
	return things, nil
}
