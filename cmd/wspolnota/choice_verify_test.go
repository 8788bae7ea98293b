package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/wspolnota/wspolnota/choice"
	published "github.com/wspolnota/wspolnota/choice/open"
)

// publishMeadow makes a result of three ballots and gives its directory, the
// key of the office and a receipt.
func publishMeadow(t *testing.T) (dir, key, receipt string) {
	t.Helper()
	secret, key, err := note.GenerateKey(rand.Reader, "vote.example.org")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	p := published.Publication{Log: &published.Log{}, Signer: signer, Key: key, Rule: choice.Rule{Method: choice.EqualShares},
		Election: &choice.Election{Budget: 100_00, Ballots: choice.NewProfile(choice.Approval),
			Projects: []choice.Project{{ID: "a", Cost: 60_00}, {ID: "b", Cost: 40_00}}}}
	for _, b := range []choice.Ballot{{Projects: []int{0, 1}}, {Projects: []int{0}}, {Projects: []int{0}}} {
		if err := p.Election.Ballots.Add(b); err != nil {
			t.Fatal(err)
		}
		var salt published.Salt
		rand.Read(salt[:])
		if _, err := p.Log.Append(published.Commit(salt, published.BallotText(p.Election, b))); err != nil {
			t.Fatal(err)
		}
	}
	r, err := p.Log.Receipt(1, signer)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	dir, receipt = filepath.Join(t.TempDir(), "result"), filepath.Join(t.TempDir(), "receipt.json")
	if err := os.WriteFile(receipt, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := published.Write(context.Background(), dir, p); err != nil {
		t.Fatal(err)
	}
	return dir, key, receipt
}

func TestChoiceVerifyRecountsAndNamesWhatWasChanged(t *testing.T) {
	dir, key, receipt := publishMeadow(t)
	ask := func(args ...string) (int, string) {
		var out, stderr bytes.Buffer
		code := run(t.Context(), append([]string{"choice", "verify", dir}, args...), &out, &stderr)
		return code, out.String() + stderr.String()
	}
	for _, args := range [][]string{nil, {"--key", key}, {"--receipt", receipt}, {"--json"}} {
		if code, out := ask(args...); code != exitDone {
			t.Errorf("%v: exit %d\n%s", args, code, out)
		}
	}
	if _, out := ask("--receipt", receipt); !strings.Contains(out, "3 commitments in the log under 1 checkpoints: 3 ballots and 0 cancelled\nthe ballot of the receipt is among them\nrecounted: 1 projects for 60 of 100: [a]") {
		t.Error(out)
	}
	if code, out := ask("--key", "other+00000000+AAAA"); code != exitRefused || !strings.Contains(out, "key.pub: is not the key that was announced") {
		t.Errorf("other key: exit %d\n%s", code, out)
	}
	path := filepath.Join(dir, "election.pb")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte("budget;100"), []byte("budget;101"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := ask(); code != exitRefused || !strings.Contains(out, "election.pb: was changed: its SHA-256 is not the signed one") {
		t.Errorf("changed: exit %d\n%s", code, out)
	}
}
