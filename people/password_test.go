package people_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/people"
)

func TestPasswordIsJudgedByLengthAndByWhatOthersGuess(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	h.person("Katarzyna Wójcik-Żurawska", "k.zurawska@klub-sportowy.example")
	b := h.Visitor()
	h.signIn(b, "k.zurawska@klub-sportowy.example")
	for password, want := range map[string]string{
		"":                                  "za krótkie",
		"krótkie":                           "za krótkie",
		"12345678901":                       "za krótkie",
		"123456789012":                      "odgadnąć",
		"qwertyuiop[]":                      "odgadnąć",
		"haslohaslo123":                     "odgadnąć",
		"P@ssw0rd2014!":                     "odgadnąć",
		"Password1234":                      "odgadnąć",
		"aaaaaaaaaaaaaaaa":                  "odgadnąć",
		"abcdefghijklm":                     "odgadnąć",
		"ŻurawskaWójcik1":                   "odgadnąć", // her own names
		"klub-sportowy-2014":                "odgadnąć", // and her domain
		"Wspólnota testowa":                 "odgadnąć", // and the site
		"!!!!!!!!!!!!!!!!":                  "odgadnąć",
		strings.Repeat("długie hasło ", 20): "za długi",
	} {
		mistake(t, b.Post("/konto/haslo", "password", password), want)
	}
	for _, password := range []string{goodPassword, "zażółć gęślą jaźń", "same małe litery wystarczą", "9v%Kq2#xTz!m", "мой пароль из слов", "密码密码由四个词组成的短语吧"} {
		b.Post("/konto/haslo", "password", password).Want(t, http.StatusSeeOther)
		h.Visitor().Post("/wejscie/haslo", "email", "k.zurawska@klub-sportowy.example", "password", password).Want(t, http.StatusSeeOther)
	}
}

func TestSecretIsMadeOnceAndKeptToItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	first, err := people.SecretFile(path)
	if err != nil || len(first) != 32 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if second, err := people.SecretFile(path); err != nil || string(second) != string(first) {
		t.Errorf("another secret: %v", err)
	}
	if err := os.WriteFile(path, []byte("abcd"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := people.SecretFile(path); err == nil {
		t.Error("a secret of two bytes is taken")
	}
}

// Two programs that start on an empty folder end up with one secret, and
// nothing else lies there.
func TestSecretMadeTwiceAtOnceIsOne(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "secret")
	made := make(chan string, 16)
	for range cap(made) {
		go func() {
			secret, err := people.SecretFile(path)
			if err != nil {
				t.Error(err)
			}
			made <- string(secret)
		}()
	}
	first := <-made
	for range cap(made) - 1 {
		if next := <-made; next != first || len(next) != 32 {
			t.Errorf("another secret of %d bytes", len(next))
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("%d files, %v", len(left), err)
	}
}
