package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

// Options are what the log needs of others to show itself.
type Options struct {
	Queue  *jobs.Queue
	Logger *slog.Logger
	// Names returns the names of people; an id that nobody has is left out.
	Names func(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]string, error)
	// Find returns people by words of their name or address.
	Find func(ctx context.Context, r store.Reader, words string) ([]store.ID, error)
	// Erased returns the people who were erased; nil: nobody can be.
	Erased func(ctx context.Context, r store.Reader) ([]store.ID, error)
	// Programme returns the programme of an address if the actor may see it.
	Programme func(ctx context.Context, slug string) (Place, error)
}

// Place is a programme whose log is public.
type Place struct {
	ID    store.ID
	Title string
	Path  string
	Since store.Time // since when the public may know
}

// Log shows what Write has noted.
type Log struct {
	Options
	db     *store.DB
	rooms  []Room
	words  map[string]Word
	public []string // names of public acts
}

// New returns the log and lets the queue seal it once a minute.
func New(db *store.DB, o Options) *Log {
	l := &Log{Options: o, db: db, words: map[string]Word{}}
	jobs.Every(o.Queue, "audit.seal", time.Minute, func(ctx context.Context) error { return Seal(ctx, db) })
	jobs.Every(o.Queue, "audit.head", time.Hour, l.tellHead)
	return l
}

// tellHead writes the head into the program's log, which usually leaves the
// machine: whoever cuts the chain later cannot cut it there.
func (l *Log) tellHead(ctx context.Context) error {
	head, err := HeadOf(ctx, l.db)
	if err == nil && l.Logger != nil && head.Seq > 0 {
		l.Logger.Info("audit head", "seq", head.Seq, "seal", head.Seal)
	}
	return err
}

// filter says which entries somebody wants to see.
type filter struct {
	People      []store.ID // nil: all; empty: nobody fits
	Act         string
	Thing       store.ID
	From, Until time.Time // days
}

// where returns the condition of a filter and its arguments.
func (f filter) where() (string, []any) {
	conditions, args := []string{"1 = 1"}, []any{}
	add := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.ReplaceAll(condition, "?", fmt.Sprintf("$%d", len(args)))
		}
		conditions = append(conditions, condition)
	}
	if f.People != nil {
		in, ids := store.In(len(args)+1, f.People)
		args = append(args, ids...)
		add("(person IN (" + in + ") OR on_behalf IN (" + in + ") OR subject IN (" + in + "))")
	}
	if f.Act != "" {
		add("act = ?", f.Act)
	}
	if f.Thing != "" {
		add("thing = ?", f.Thing)
	}
	if !f.From.IsZero() {
		add("at >= ?", store.At(f.From))
	}
	if !f.Until.IsZero() {
		add("at < ?", store.At(f.Until.AddDate(0, 0, 1)))
	}
	return strings.Join(conditions, " AND "), args
}

func find(ctx context.Context, r store.Reader, f filter, limit, offset int) (found []entry, total int, err error) {
	where, args := f.where()
	if total, err = store.One[int](ctx, r, `SELECT count(*) FROM audit_entry WHERE `+where, args...); err != nil {
		return nil, 0, fmt.Errorf("audit: count: %w", err)
	}
	page := fmt.Sprintf(` ORDER BY at DESC, id DESC LIMIT $%d OFFSET $%d`, len(args)+1, len(args)+2)
	found, err = store.All[entry](ctx, r, `SELECT `+columns+` FROM audit_entry WHERE `+where+page, append(args, limit, offset)...)
	if err != nil {
		return nil, 0, fmt.Errorf("audit: list: %w", err)
	}
	return found, total, nil
}

// inPublic lists the acts in a programme that anybody may know of.
func inPublic(ctx context.Context, r store.Reader, p Place, acts []string, limit, offset int) (found []entry, total int, err error) {
	// The demo may stand in the middle of what was done.
	in, args := store.In(4, acts)
	where := `programme = $1 AND at >= $2 AND at <= $3 AND role <> '' AND role <> '` + string(assisted) + `' AND act IN (` + in + `)`
	args = append([]any{p.ID, p.Since, store.At(r.Now())}, args...)
	if total, err = store.One[int](ctx, r, `SELECT count(*) FROM audit_entry WHERE `+where, args...); err != nil {
		return nil, 0, fmt.Errorf("audit: count public: %w", err)
	}
	page := fmt.Sprintf(` ORDER BY at DESC, id DESC LIMIT $%d OFFSET $%d`, len(args)+1, len(args)+2)
	found, err = store.All[entry](ctx, r, `SELECT `+columns+` FROM audit_entry WHERE `+where+page, append(args, limit, offset)...)
	if err != nil {
		return nil, 0, fmt.Errorf("audit: list public: %w", err)
	}
	return found, total, nil
}

// said are the details of an entry; none where they were erased.
func (e entry) said() (d details, erased bool) {
	if e.Details == nil {
		return d, true
	}
	if err := json.Unmarshal([]byte(*e.Details), &d); err != nil {
		return details{}, true // edited by hand: Verify tells
	}
	return d, false
}

// named are the people of whom entries tell.
func named(entries []entry) []store.ID {
	var ids []store.ID
	seen := map[store.ID]bool{"": true}
	for _, e := range entries {
		for _, id := range []store.ID{e.Person, e.OnBehalf, e.Subject} {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// Mine lists what was done for a person at an assistant's desk since a moment,
// for the receipt.
func (l *Log) Mine(ctx context.Context, r store.Reader, person, assistant store.ID, since, until time.Time) ([]Done, error) {
	entries, err := store.All[entry](ctx, r, `SELECT `+columns+` FROM audit_entry
		WHERE on_behalf = $1 AND person = $2 AND at >= $3 AND at <= $4 ORDER BY at, id`,
		person, assistant, store.At(since), store.At(until))
	if err != nil {
		return nil, fmt.Errorf("audit: receipt: %w", err)
	}
	done := make([]Done, len(entries))
	for i, e := range entries {
		d, _ := e.said()
		done[i] = Done{At: e.At, Name: e.Act, Act: l.actWords(ctx, e.Act), Title: d.Title, Number: e.ID}
	}
	return done, nil
}

// Done is one act as a receipt tells it.
type Done struct {
	At     store.Time
	Name   string // of the act, as its room registered it
	Act    string // in words
	Title  string
	Number store.ID
}
