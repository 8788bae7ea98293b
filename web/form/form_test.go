package form_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
)

func sent(pairs ...string) *form.Form {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return form.Of(values, nil)
}

func TestTextIsOneCleanLine(t *testing.T) {
	f := sent("name", "  Anna\r\n\u202eNowak\x00 ")
	if got := f.Text("name", 50); got != "Anna Nowak" {
		t.Errorf("got %q", got)
	}
	if f.Get("name") != "  Anna\r\n\u202eNowak\x00 " {
		t.Error("what was typed is kept as typed")
	}
}

func TestTooLongIsAMistakeAndNotCut(t *testing.T) {
	f := sent("name", strings.Repeat("ż", 51))
	if got := f.Text("name", 50); len([]rune(got)) != 51 || !f.Has("name") {
		t.Errorf("got %d characters, mistakes %v", len([]rune(got)), f.Fields())
	}
}

func TestInvalidUTF8IsRefused(t *testing.T) {
	f := sent("name", "a\xff")
	f.Text("name", 50)
	if !f.Has("name") {
		t.Error("no mistake")
	}
}

func TestDates(t *testing.T) {
	want := time.Date(2014, 6, 13, 0, 0, 0, 0, lang.Warsaw)
	for _, s := range []string{"2014-06-13", "13.06.2014", "13.6.2014", " 13-06-2014 "} {
		f := sent("day", s)
		if got := f.Date("day"); !got.Equal(want) || f.Any() {
			t.Errorf("%q: %v %v", s, got, f.Fields())
		}
	}
	for _, s := range []string{"31.02.2014", "tomorrow", "2014-13-01", "0001-01-01"} {
		f := sent("day", s)
		if f.Date("day"); !f.Has("day") {
			t.Errorf("%q was taken", s)
		}
	}
}

func TestHourSkippedInSpringIsRefused(t *testing.T) {
	f := sent("at", "2014-03-30 02:30")
	if f.Moment("at"); !f.Has("at") {
		t.Error("02:30 on 30 March 2014 did not exist in Poland")
	}
	f = sent("at", "30.03.2014, 3.30")
	if got := f.Moment("at"); f.Any() || got.Format(time.RFC3339) != "2014-03-30T03:30:00+02:00" {
		t.Errorf("got %v %v", got, f.Fields())
	}
}

func TestMomentSurvivesARoundTrip(t *testing.T) {
	at := time.Date(2014, 12, 18, 15, 0, 0, 0, lang.Warsaw)
	if got := form.New().SetMoment("deadline", at).Moment("deadline"); !got.Equal(at) {
		t.Errorf("got %v", got)
	}
}

func TestChoiceTakesOnlyWhatWasOffered(t *testing.T) {
	f := sent("sector", "king", "many", "a", "many", "a", "many", "z")
	if got := f.Choice("sector", "ngo", "business"); got != "" || !f.Has("sector") {
		t.Errorf("got %q", got)
	}
	if got := f.Choices("many", "a", "b"); len(got) != 1 || !f.Has("many") {
		t.Errorf("got %v, mistakes %v", got, f.Fields())
	}
}

func TestVersionIsOneThatARowCanHave(t *testing.T) {
	for typed, want := range map[string]int{"7": 7, "": 0, "x": 0, "9223372036854775807": 0, "2147483648": 0} {
		if got := sent("version", typed).Version(); got != want {
			t.Errorf("%q: %d, want %d", typed, got, want)
		}
	}
}

func TestPageThatIsNoneIsTheFirst(t *testing.T) {
	for typed, want := range map[string]int{"7": 7, "": 1, "x": 1, "0": 1, "-5": 1, "1000001": 1, "99999999999999999999": 1} {
		if got := sent("strona", typed).Page("strona"); got != want {
			t.Errorf("%q: %d, want %d", typed, got, want)
		}
	}
}

func FuzzForm(f *testing.F) {
	f.Add("13.06.2014", "16:00", "5")
	f.Fuzz(func(t *testing.T, day, hour, number string) {
		s := sent("at", day+" "+hour, "n", number, "text", day)
		at, n := s.Moment("at"), s.Int("n", 1, 9)
		s.Lines("text", 100)
		if !at.IsZero() && (at.Year() < 1900 || at.Year() > 2100) && !s.Any() {
			t.Errorf("took %v", at)
		}
		if (n < 1 || n > 9) && !s.Any() {
			t.Errorf("took %d", n)
		}
	})
}
