package barrier

import (
	"strconv"

	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// wordFields are the fields of the form of a barrier, in its order.
var wordFields = []string{"kind", "statement", "held_by", "about", "detail", "cause", "effect", "signal", "probability", "impact", "language"}

// formOf fills the form with a barrier's words.
func formOf(w Words) *form.Form {
	f := form.New().Set("kind", string(w.Kind)).Set("statement", w.Statement).Set("detail", w.Detail).Set("language", w.Language).
		Set("cause", w.Cause).Set("effect", w.Effect).Set("signal", w.Signal).
		SetAll("held_by", w.HeldBy.texts()).SetAll("about", w.About.texts())
	if w.Probability > 0 {
		f.Set("probability", strconv.Itoa(w.Probability))
	}
	if w.Impact > 0 {
		f.Set("impact", strconv.Itoa(w.Impact))
	}
	return f
}

// wordsOf reads a barrier's words. k are the kinds of the programme.
func wordsOf(f *form.Form, k kinds) Words {
	return Words{
		Kind: Kind(f.Choice("kind", k.values()...)), Statement: f.Required("statement", longestStatement),
		HeldBy: sectorsOf(f.Choices("held_by", sectorValues()...)), About: sectorsOf(f.Choices("about", sectorValues()...)),
		Detail: f.Lines("detail", longestDetail), Language: f.Choice("language", languages...),
		Cause: f.Text("cause", longestPart), Effect: f.Text("effect", longestPart), Signal: f.Text("signal", longestPart),
		Probability: digit(f, "probability"), Impact: digit(f, "impact"),
	}
}

// digit reads a step of the scale; 0 for none.
func digit(f *form.Form, name string) int {
	text := f.Optional(name, "1", "2", "3", "4", "5")
	if text == "" {
		return 0
	}
	return int(text[0] - '0')
}

func sectorValues() []string {
	var all []string
	for _, s := range ui.Sectors {
		all = append(all, string(s))
	}
	return all
}
