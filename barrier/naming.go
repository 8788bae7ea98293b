package barrier

import (
	"strings"

	"github.com/wspolnota/wspolnota/barrier/mention"
	"github.com/wspolnota/wspolnota/fault"
)

// A constraint is held by a group. Text that seems to name a person is not
// saved: the author is shown the words and may write anew, or say that they are
// nobody's name. Then it is saved with its doubts, which those who moderate see.

// typed is a text with the field in which it stands.
type typed struct{ field, text string }

// unnamed looks through texts. sure says that the author has been asked and says
// that nobody is meant. It returns what was doubtful.
func unnamed(sure bool, texts ...typed) (doubts string, err error) {
	var m fault.Mistakes
	var all []string
	for _, t := range texts {
		found := mention.Find(t.text)
		if len(found) == 0 {
			continue
		}
		all = append(all, found...)
		m.Add(t.field, "barrier.named", "Words", strings.Join(found, " · "))
	}
	if !sure && m.Any() {
		m.Add("nobody", "barrier.named.confirm")
	}
	if sure {
		return strings.Join(all, " · "), nil
	}
	return "", m.Err()
}

// typed are the words in which a name could stand.
func (w Words) typed() []typed {
	return []typed{{"statement", w.Statement}, {"detail", w.Detail}, {"cause", w.Cause}, {"effect", w.Effect}, {"signal", w.Signal}}
}
