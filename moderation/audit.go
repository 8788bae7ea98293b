package moderation

import (
	"context"
	"strconv"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of moderation. What was hidden is not named in a public
// log; who reported it and who was blocked is nobody's business but moderators'.
var Audit = audit.Room{Name: "moderation", Title: "moderation.audit.room",
	Acts: []audit.Word{
		{Name: didReport, Key: "moderation.audit.reported"},
		{Name: didHold, Key: "moderation.audit.held"},
		{Name: didBegin, Key: "moderation.audit.begun"},
		{Name: didLeave, Key: "moderation.audit.left"},
		{Name: didHide, Key: "moderation.audit.hidden"},
		{Name: didRestore, Key: "moderation.audit.restored"},
		{Name: didAppeal, Key: "moderation.audit.appealed"},
		{Name: didUphold, Key: "moderation.audit.upheld"},
		{Name: didReject, Key: "moderation.audit.rejected"},
		{Name: didBlock, Key: "moderation.audit.blocked"},
		{Name: didLift, Key: "moderation.audit.lifted"},
		{Name: didAppealBlock, Key: "moderation.audit.block_appealed"},
		{Name: didUpholdBlock, Key: "moderation.audit.block_upheld"},
		{Name: didRejectBlock, Key: "moderation.audit.block_rejected"},
		{Name: didWords, Key: "moderation.audit.words"},
	},
	Fields: map[string]string{"words": "moderation.words.field", "links": "moderation.words.links", "until": "moderation.block.until"},
}

const (
	didReport      = "moderation.reported"
	didHold        = "moderation.held"
	didBegin       = "moderation.begun"
	didLeave       = "moderation.left"
	didHide        = "moderation.hidden"
	didRestore     = "moderation.restored"
	didAppeal      = "moderation.appealed"
	didUphold      = "moderation.upheld"
	didReject      = "moderation.rejected"
	didBlock       = "moderation.blocked"
	didLift        = "moderation.lifted"
	didAppealBlock = "moderation.block_appealed"
	didUpholdBlock = "moderation.block_upheld"
	didRejectBlock = "moderation.block_rejected"
	didWords       = "moderation.words_changed"
)

// note writes down what was done in a case.
func note(ctx context.Context, tx *store.Tx, act string, c Case, title, reason string) error {
	return audit.Write(ctx, tx, c.act(act, title, reason, false))
}

// noteOwn writes down what a person did for themselves: reporting, appealing.
func noteOwn(ctx context.Context, tx *store.Tx, act string, c Case, title string) error {
	return audit.Write(ctx, tx, c.act(act, title, "", true))
}

func (c Case) act(name, title, reason string, own bool) audit.Act {
	return audit.Act{Name: name, Kind: "moderation", Thing: c.ID, Title: title, Path: casePath(c.ID), Programme: c.Programme, Own: own, Reason: reason}
}

// noteBlock writes down what was done to a person.
func noteBlock(ctx context.Context, tx *store.Tx, act string, b Block, reason string) error {
	var changes audit.Changes
	if act == didBlock {
		changes.Moment("until", store.Time{}.Time, b.EndsAt.Time)
	}
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "block", Thing: b.ID, Programme: b.Programme, Subject: b.Person,
		Own: act == didAppealBlock, Changes: changes, Reason: reason})
}

func noteWords(ctx context.Context, tx *store.Tx, before, after WordList) error {
	var changes audit.Changes
	changes.Text("words", before.Words, after.Words)
	changes.Text("links", strconv.FormatBool(before.Links), strconv.FormatBool(after.Links))
	return audit.Write(ctx, tx, audit.Act{Name: didWords, Kind: "words", Programme: after.Programme, Changes: changes})
}
