package audit

import (
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Room says in words what a room writes down. Its name begins each of its acts.
type Room struct {
	Name   string
	Title  string            // key of its name in the filter
	Acts   []Word            // in the order in which the filter offers them
	Fields map[string]string // of Changes: the key of their label
	Say    Say               // words of values such as states; nil: there are none
	Things map[string]Things // kinds whose title the public log has to ask for
}

// Say puts a value of a field into words; "" where it has none.
type Say func(ctx context.Context, field, value string) string

// Word is one act in words.
type Word struct {
	Name string // "programme.joined"
	Key  string // of the message: "Dołączono do programu"
	// Public acts stand in the public log of their programme when somebody did
	// them in a role: what, when, in which role, and no name.
	Public bool
}

// Things returns title and address of those things that the public may see now;
// the rest is left out. A title that was withdrawn must not live on in the log.
type Things func(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]Thing, error)

// Thing is what the public log shows of a thing.
type Thing struct{ Title, Path string }

// Register names the acts of rooms. Called while the program is put together; an
// act that is named twice stops it.
func (l *Log) Register(rooms ...Room) {
	for _, room := range rooms {
		for _, w := range room.Acts {
			if _, taken := l.words[w.Name]; taken || !strings.HasPrefix(w.Name, room.Name+".") {
				panic("audit: act " + w.Name + " of " + room.Name + " is named twice or is another's")
			}
			l.words[w.Name] = w
			if w.Public {
				l.public = append(l.public, w.Name)
			}
		}
		l.rooms = append(l.rooms, room)
	}
}

// Known reports whether an act has words, for the test that asks every act of
// the demo.
func (l *Log) Known(act string) bool {
	_, known := l.words[act]
	return known
}

func (l *Log) roomOf(act string) Room {
	name, _, _ := strings.Cut(act, ".")
	i := slices.IndexFunc(l.rooms, func(r Room) bool { return r.Name == name })
	if i < 0 {
		return Room{}
	}
	return l.rooms[i]
}

// actWords says what was done; an act of a program that was here before is shown
// by its name.
func (l *Log) actWords(ctx context.Context, act string) string {
	if w, known := l.words[act]; known {
		return lang.T(ctx, w.Key)
	}
	return act
}

// SayAct says the name of an act in words, for what a person is told of themselves.
func (l *Log) SayAct(ctx context.Context, v privacy.Value) string { return l.actWords(ctx, v.Text) }

// SayDetails says the details of an entry in words: what it was about, for whom,
// why, and the fields that changed.
func (l *Log) SayDetails(ctx context.Context, v privacy.Value) string {
	d, erased := entry{Details: &v.Text}.said()
	if erased {
		return ""
	}
	var said []string
	for _, text := range []string{d.Title, d.For, d.Reason} {
		if text != "" {
			said = append(said, text)
		}
	}
	for _, one := range l.lines(ctx, v.Beside("act"), d.Changes) {
		said = append(said, one.sentence(ctx))
	}
	if len(said) == 0 {
		return lang.T(ctx, "audit.privacy.nothing_more")
	}
	return strings.Join(said, "; ")
}

// sentence says a change in one line.
func (l line) sentence(ctx context.Context) string {
	if l.Before == "" && l.After == "" {
		return lang.T(ctx, "audit.change.withheld", "Field", l.Field)
	}
	return lang.T(ctx, "audit.change", "Field", l.Field, "Before", l.Before, "After", l.After)
}

// options are the acts for the filter.
func (l *Log) options(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "audit.filter.any")}}
	for _, room := range l.rooms {
		for _, w := range room.Acts {
			options = append(options, ui.Option{Value: w.Name, Label: lang.T(ctx, w.Key), Group: lang.T(ctx, room.Title)})
		}
	}
	return options
}

func roleName(ctx context.Context, role access.Role) string {
	if role == assisted {
		return lang.T(ctx, "audit.role.assistant")
	}
	return lang.T(ctx, "access.role."+string(role))
}

// line is one change in words.
type line struct{ Field, Before, After string }

// lines says what an entry changed.
func (l *Log) lines(ctx context.Context, act string, changes Changes) []line {
	room := l.roomOf(act)
	said := make([]line, 0, len(changes))
	for _, c := range changes {
		name := c.Field
		if key, known := room.Fields[c.Field]; known {
			name = lang.T(ctx, key)
		}
		if c.As == withheld {
			said = append(said, line{Field: name})
			continue
		}
		said = append(said, line{Field: name, Before: c.say(ctx, c.Before, room.Say), After: c.say(ctx, c.After, room.Say)})
	}
	return said
}
