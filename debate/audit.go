package debate

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of whoever leads a debate. What participants do is noted
// nowhere but in the debate.
var Audit = audit.Room{Name: "debate", Title: "debate.audit.room",
	Acts: []audit.Word{
		{Name: "debate.begun", Key: "debate.audit.begun"},
		{Name: "debate.revised", Key: "debate.audit.revised"},
		{Name: "debate.seeded", Key: "debate.audit.seeded"},
		{Name: "debate.published", Key: "debate.audit.published", Public: true},
		{Name: "debate.accepted", Key: "debate.audit.accepted", Public: true},
		{Name: "debate.rejected", Key: "debate.audit.rejected", Public: true},
		{Name: "debate.merged", Key: "debate.audit.merged", Public: true},
		{Name: "debate.corrected", Key: "debate.audit.corrected", Public: true},
		{Name: "debate.upheld", Key: "debate.audit.upheld", Public: true},
		{Name: "debate.ordinary", Key: "debate.audit.ordinary"},
		{Name: "debate.trusted", Key: "debate.audit.trusted"},
		{Name: "debate.muted", Key: "debate.audit.muted"},
		{Name: "debate.revealed", Key: "debate.audit.revealed", Public: true},
		{Name: "debate.imported", Key: "debate.audit.imported"},
		{Name: "debate.closed", Key: "debate.audit.closed", Public: true},
	},
	Things: map[string]audit.Things{"debate": publicQuestions},
}

// publicQuestions are the questions of those debates that everybody may see now.
func publicQuestions(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(2, ids)
	rows, err := store.All[Debate](ctx, r, `SELECT `+columns+tables+`WHERE d.published_at IS NOT NULL AND p.state <> $1 AND d.id IN (`+in+`)`,
		append([]any{programme.Draft}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("debate: questions: %w", err)
	}
	things := make(map[store.ID]audit.Thing, len(rows))
	for _, d := range rows {
		things[d.ID] = audit.Thing{Title: d.Question, Path: d.Path()}
	}
	return things, nil
}
