package demo

import (
	"bytes"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/people/organisation/register"
)

// reserved are the domains that RFC 2606 keeps for examples.
var reserved = regexp.MustCompile(`[@.]example\.(org|net|com)$`)

func TestAddressesBelongToNobody(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range persons {
		if !reserved.MatchString(p.email) {
			t.Errorf("%s may be somebody's address", p.email)
		}
		if seen[p.email] || seen[p.name] {
			t.Errorf("%s, %s stands twice", p.name, p.email)
		}
		seen[p.email], seen[p.name] = true, true
	}
	for _, b := range bodies {
		if !reserved.MatchString(b.profile.Email) {
			t.Errorf("%s may be somebody's address", b.profile.Email)
		}
	}
	address := regexp.MustCompile(`[\w.+-]+@[\w.-]+\w`)
	for _, name := range textNames(t) {
		for _, found := range address.FindAllString(text(name), -1) {
			if !reserved.MatchString(found) {
				t.Errorf("%s: %s may be somebody's address", name, found)
			}
		}
	}
}

func textNames(t *testing.T) []string {
	t.Helper()
	entries, err := texts.ReadDir("texts")
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

// TestWhatIsRealIsNamed keeps the list of what is not invented: whatever joins it
// has to be history.
func TestWhatIsRealIsNamed(t *testing.T) {
	real := []string{forum, union, town}
	for _, b := range bodies {
		site := b.profile.Website
		if invented := reserved.MatchString(strings.TrimRight(strings.TrimPrefix(site, "https://"), "/")) ||
			strings.Contains(site, ".example."); site != "" && !invented && !strings.Contains(strings.Join(real, " "), b.key) {
			t.Errorf("%s leads to a real site: %s", b.profile.Name, site)
		}
	}
	link := regexp.MustCompile(`https?://[^)\s]+`)
	for _, name := range textNames(t) {
		for _, found := range link.FindAllString(text(name), -1) {
			if found != "https://www.federacja.slask.pl/" && found != "https://subregion.pl/" && !strings.Contains(found, ".example.com/") {
				t.Errorf("%s leads to %s", name, found)
			}
		}
	}
}

func TestNumbersAreInventedAndPassTheirChecks(t *testing.T) {
	want := map[string]string{nip(1): "9990000014", nip(2): "9990000020", nip(3): "9990000037",
		regon(1): "999000012", regon(2): "999000029", regon(3): "999000035"}
	for got, want := range want {
		if got != want {
			t.Errorf("number %s, want %s", got, want)
		}
	}
	seen := map[string]bool{}
	once := func(number string) {
		if seen[number] {
			t.Errorf("%s is given twice", number)
		}
		seen[number] = true
	}
	for _, b := range bodies {
		for _, n := range []struct {
			number string
			read   func(string) (string, error)
		}{{b.profile.NIP, register.NIP}, {b.profile.REGON, register.REGON}, {b.papers.Account, register.Account}} {
			if n.number == "" {
				continue
			}
			if _, err := n.read(n.number); err != nil || !strings.Contains(n.number, "999") {
				t.Errorf("%s: %s: %v", b.profile.Name, n.number, err)
			}
			once(n.number)
		}
		if b.profile.Register == register.KRS {
			once(b.profile.RegisterNumber)
			if !strings.HasPrefix(b.profile.RegisterNumber, "9999") {
				t.Errorf("%s: %s could be a number of the court register", b.profile.Name, b.profile.RegisterNumber)
			}
		}
	}
}

func TestEveryRoleIsPlayedBySomebody(t *testing.T) {
	for _, r := range Roles() {
		if nameOf(r.Person) == "" {
			t.Errorf("%s has no name", r.Key)
		}
	}
}

func TestIllustrationsAreTheSameEveryTime(t *testing.T) {
	drawn := 0
	for _, a := range articles {
		p := a.picture
		if p == nil {
			continue
		}
		drawn++
		first := p.draw().png()
		if !bytes.Equal(first, p.draw().png()) {
			t.Errorf("%s differs from drawing to drawing", p.name)
		}
		size, err := png.DecodeConfig(bytes.NewReader(first))
		if err != nil || size.Width != pictureWidth || size.Height != pictureHeight {
			t.Errorf("%s is %d × %d, %v", p.name, size.Width, size.Height, err)
		}
		if len(p.alt) < 60 {
			t.Errorf("%s: the alternative text tells too little: %q", p.name, p.alt)
		}
	}
	if drawn < 5 {
		t.Errorf("only %d articles have a picture", drawn)
	}
}

func TestAttachmentsSayTheyAreExamples(t *testing.T) {
	entries, err := files.ReadDir("files")
	if err != nil || len(entries) == 0 {
		t.Fatal("no attachments", err)
	}
	for _, e := range entries {
		file, err := files.Open("files/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := upload.Document(t.Context(), file, e.Name(), upload.Largest); err != nil {
			t.Errorf("%s would be refused: %v", e.Name(), err)
		}
	}
}

func TestNobodyShouts(t *testing.T) {
	for _, name := range textNames(t) {
		if strings.Contains(text(name), "!") {
			t.Errorf("%s has an exclamation mark", name)
		}
	}
}

func TestCorrectionsFindWhatTheyMend(t *testing.T) {
	for _, a := range articles {
		if a.wrong != "" && strings.Count(text(a.text), a.right) != 1 {
			t.Errorf("%s: %q has to stand in the text once", a.title, a.right)
		}
	}
}
