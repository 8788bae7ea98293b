package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	stdmail "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// State is where a letter stands.
//
//	waiting ⇄ sending → sent
//	   ↑         ↓
//	   └────── failed        (an administrator sends it again)
type State string

const (
	Waiting State = "waiting" // for its first or next attempt, or for a transport
	Sending State = "sending" // composed, on its way to the transport
	Sent    State = "sent"
	Failed  State = "failed" // refused for good, or tried often enough
)

// States in the order in which they are listed.
var States = []State{Waiting, Sending, Sent, Failed}

const (
	// mostAttempts with the pauses of jobs last about eleven hours.
	mostAttempts = 12
	// Rows are kept for questions such as "I got no letter".
	keepSent   = 30 * 24 * time.Hour
	keepFailed = 90 * 24 * time.Hour
)

// Options of an outbox.
type Options struct {
	Site      web.Site
	From      string // "" for wspolnota@ and the host of the site
	Catalogue *lang.Catalogue
	Logger    *slog.Logger
	Privacy   *privacy.Keeper // notes who looks at the list of recipients; nil for none
}

// Outbox keeps letters until they are sent.
type Outbox struct {
	Options
	db        *store.DB
	queue     *jobs.Queue
	transport Transport
	compose   map[string]Compose
}

// NewOutbox makes an outbox and registers its jobs. Without a transport letters
// wait; they go out when a program with one is started.
func NewOutbox(db *store.DB, q *jobs.Queue, transport Transport, o Options) *Outbox {
	if o.From == "" {
		o.From = "wspolnota@" + o.Site.Public.Hostname()
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	outbox := &Outbox{Options: o, db: db, queue: q, transport: transport, compose: map[string]Compose{}}
	jobs.Handle(q, outbox.send)
	jobs.AtStart(q, outbox.Resume)
	jobs.Every(q, "mail.resume", 5*time.Minute, outbox.Resume)
	jobs.Every(q, "mail.forget", 24*time.Hour, outbox.forget)
	return outbox
}

// Handle says who composes letters of a kind.
func (o *Outbox) Handle(kind string, c Compose) {
	if _, taken := o.compose[kind]; taken {
		panic("mail: kind " + kind + " is composed already")
	}
	o.compose[kind] = c
}

// nobody ends addresses of accounts that have none, or have it no more: the
// domain is reserved so that it never exists (RFC 2606).
const nobody = ".invalid"

// Post orders a letter. It leaves after tx is committed; when tx is not, there
// is no letter.
func (o *Outbox) Post(ctx context.Context, tx *store.Tx, m Message) error {
	if _, known := o.compose[m.Kind]; !known {
		return fmt.Errorf("mail: nobody composes %q", m.Kind)
	}
	if err := m.check(); err != nil {
		return err
	}
	if strings.HasSuffix(m.To, nobody) {
		return nil
	}
	id := store.NewID()
	if err := insert(ctx, tx, id, m); err != nil {
		return fmt.Errorf("mail: post %s: %w", m.Kind, err)
	}
	return o.queue.Add(ctx, tx, send{Message: id})
}

// send is the job that sends one letter. Only one of a letter exists at a time,
// so that it is never under way twice.
type send struct{ Message store.ID }

func (send) Kind() string { return "mail.send" }
func (send) Single()      {}

func (o *Outbox) send(ctx context.Context, job send) error {
	if o.transport == nil {
		return nil // Resume orders it again
	}
	to, letter, err := o.prepare(ctx, job.Message)
	if errors.Is(err, errDone) {
		return nil
	}
	if err == nil {
		err = o.transport.Send(ctx, o.sender(), to, letter)
	}
	return o.settle(ctx, job.Message, err)
}

// errDone says that a letter is sent, given up or forgotten.
var errDone = errors.New("mail: nothing to send")

// prepare marks the letter as under way and composes it. A letter that is
// marked already was left by a program that died; it is sent again.
func (o *Outbox) prepare(ctx context.Context, id store.ID) (to string, l Letter, err error) {
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		row, err := unfinished(ctx, tx, id)
		if fault.Is(err, fault.KindNotFound) {
			return errDone
		}
		if err != nil {
			return err
		}
		compose, known := o.compose[row.Kind]
		if !known {
			return fmt.Errorf("nobody composes %s", row.Kind)
		}
		m, err := row.message()
		if err != nil {
			return err
		}
		if l, err = compose(lang.With(ctx, o.Catalogue.Printer(m.Language)), tx, m); err != nil {
			return fmt.Errorf("compose %s: %w", m.Kind, err)
		}
		l.ID = fmt.Sprintf("%s@%s", id, o.Site.Public.Hostname())
		to = m.To
		return begin(ctx, tx, id)
	})
	return to, l, err
}

// settle writes what became of an attempt. It returns an error only when there
// will be another one, which lets the job be put off.
func (o *Outbox) settle(ctx context.Context, id store.ID, failure error) error {
	// Even when the time for sending is up, there is some for writing that down.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	state := Sent
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		if failure == nil {
			return markSent(ctx, tx, id)
		}
		attempts, err := store.One[int](ctx, tx, `SELECT attempts FROM mail_outbox WHERE id = $1`, id)
		if err != nil {
			return err
		}
		state = Waiting
		if final(failure) || attempts+1 >= mostAttempts {
			state = Failed
		}
		if err := markUnsent(ctx, tx, id, state, describe(failure)); err != nil {
			return err
		}
		return waitFailed(ctx, tx)
	})
	if fault.Is(err, fault.KindNotFound) { // forgotten while under way
		return nil
	}
	if err == nil && state == Failed {
		o.Logger.Warn("letter given up", "letter", id, "error", describe(failure))
	}
	if err == nil && state == Waiting {
		err = failure
	}
	return err
}

// final reports whether another attempt is of no use: the server refuses for
// good, or there is nothing left to write about.
func final(err error) bool {
	if refusal, ok := errors.AsType[Refusal](err); ok {
		return refusal.Final()
	}
	switch fault.KindOf(err) {
	case fault.KindNotFound, fault.KindClosed, fault.KindInvalid, fault.KindForbidden:
		return true
	}
	return false
}

// describe is what administrators see of an error.
func describe(err error) string {
	if refusal, ok := errors.AsType[Refusal](err); ok {
		return refusal.Error()
	}
	return jobs.Clean(err)
}

// Resume orders again every letter that should be on its way. The queue calls it
// at its start, so that letters leave which waited for a transport, and now and
// then, so that none is forgotten whose job was lost. Letters already ordered
// are not ordered twice.
func (o *Outbox) Resume(ctx context.Context) error {
	if o.transport == nil {
		return nil
	}
	for after := store.ID(""); ; {
		ids, err := store.All[store.ID](ctx, o.db, `SELECT id FROM mail_outbox
			WHERE state IN ('waiting', 'sending') AND id > $1 ORDER BY id LIMIT 200`, after)
		if err != nil || len(ids) == 0 {
			return err
		}
		err = o.db.Write(ctx, func(tx *store.Tx) error {
			for _, id := range ids {
				if err := o.queue.Add(ctx, tx, send{Message: id}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("mail: resume: %w", err)
		}
		after = ids[len(ids)-1]
	}
}

// Audit names what administrators do here.
var Audit = audit.Room{Name: "mail", Title: "mail.list.title", Acts: []audit.Word{{Name: didAgain, Key: "mail.audit.again"}}}

const didAgain = "mail.sent_again"

// Desk names what waits for administrators here.
var Desk = []desk.Kind{{Name: waitsFailed, Key: "mail.desk.failed", Status: "desk.status.check"}}

const waitsFailed = "mail.failed"

// waitFailed lets administrators know that letters were given up, as one matter
// however many they are, and takes it back when none is left.
func waitFailed(ctx context.Context, tx *store.Tx) error {
	failed, err := store.One[int](ctx, tx, `SELECT count(*) FROM mail_outbox WHERE state = 'failed'`)
	if err != nil {
		return err
	}
	if failed == 0 {
		return desk.Done(ctx, tx, waitsFailed, waitsFailed)
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsFailed, Matter: waitsFailed, To: desk.To{Role: access.Administrator},
		Title: strconv.Itoa(failed), Path: ListPath + "?stan=" + stateNames[Failed]})
}

// Again sends a letter that had failed, on the wish of an administrator.
func (o *Outbox) Again(ctx context.Context, id store.ID, version int) error {
	return o.db.Write(ctx, func(tx *store.Tx) error {
		if err := revive(ctx, tx, id, version); err != nil {
			return fmt.Errorf("mail: send again: %w", err)
		}
		if err := waitFailed(ctx, tx); err != nil {
			return err
		}
		if err := audit.Write(ctx, tx, audit.Act{Name: didAgain, Kind: "letter", Thing: id, Path: ListPath}); err != nil {
			return err
		}
		return o.queue.Add(ctx, tx, send{Message: id})
	})
}

// Erase forgets all letters of a person, also those on their way.
func (o *Outbox) Erase(ctx context.Context, tx *store.Tx, person store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM mail_outbox WHERE person = $1`, person)
	return err
}

// forget removes letters that were settled long ago.
func (o *Outbox) forget(ctx context.Context) error {
	return o.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM mail_outbox
			WHERE (state = 'sent' AND sent_at < $1) OR (state = 'failed' AND created_at < $2)`,
			store.At(tx.Wall().Add(-keepSent)), store.At(tx.Wall().Add(-keepFailed)))
		if err != nil {
			return err
		}
		return waitFailed(ctx, tx)
	})
}

// Ready reports whether letters leave at all, for pages that would otherwise
// promise one.
func (o *Outbox) Ready() bool { return o.transport != nil }

// sender is the address with the name of the community.
func (o *Outbox) sender() string {
	return (&stdmail.Address{Name: o.Site.Community, Address: o.From}).String()
}
