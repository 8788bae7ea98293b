package open_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/sumdb/note"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/open"
)

// box is an office with an election of ours: what it knows, and what the voters
// were given.
type box struct {
	open.Publication
	verifier note.Verifier
	openings []open.Opening
	receipts []*open.Receipt
}

func newBox(t testing.TB, kind choice.Kind, weighed bool) *box {
	t.Helper()
	random := rand.NewChaCha8([32]byte{1})
	secret, key, err := note.GenerateKey(random, "vote.example.org/2026")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	b := &box{verifier: verifier, Publication: open.Publication{
		Election: &choice.Election{Budget: 1000_00, Ballots: choice.NewProfile(kind), Projects: []choice.Project{
			{ID: "ławki", Name: "Ławki; \"nowe\"", Cost: 300_00}, {ID: "b", Name: "Drzewa", Cost: 450_00},
			{ID: "c", Name: "Lampy", Cost: 400_50}, {ID: "d", Cost: 100_00, Withdrawn: true},
		}},
		Rule: choice.Rule{Method: choice.EqualShares, Completion: choice.Add1U, ExhaustiveStop: true,
			Ties: []choice.TieKey{choice.LowerCost, choice.ByLot}, Lot: "12 06 19 33 41 49", Comparison: true},
		Log: &open.Log{}, Signer: signer, Key: key, Engine: "wspolnota test", Random: random,
	}}
	for i := range 40 {
		b.cast(t, i, kind, weighed, random)
	}
	return b
}

// cast puts one ballot into the box; every tenth is cancelled later.
func (b *box) cast(t testing.TB, i int, kind choice.Kind, weighed bool, random *rand.ChaCha8) {
	ballot := choice.Ballot{Projects: [][]int{{1, 0}, {0}, {2, 1}, {2}, {3, 0, 2}}[i%5]}
	if kind == choice.Points {
		ballot.Points = []int{3, 2, 1}[:len(ballot.Projects)]
	}
	if weighed && i%3 == 0 {
		ballot.Weight = big.NewRat(3, 2)
	}
	o := open.Opening{Ballot: open.BallotText(b.Election, ballot), Cancelled: i%10 == 9}
	random.Read(o.Salt[:])
	leaf, err := b.Log.Append(open.Commit(o.Salt, o.Ballot))
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := b.Log.Receipt(leaf, b.Signer)
	if err != nil {
		t.Fatal(err)
	}
	if i == 20 {
		b.Earlier = [][]byte{[]byte(receipt.Checkpoint)}
	}
	b.openings, b.receipts = append(b.openings, o), append(b.receipts, receipt)
	if o.Cancelled {
		b.Ledger = []open.Cancelled{{Reason: "głosowano dwa razy", Count: len(b.openings) / 10}}
	} else if err := b.Election.Ballots.Add(ballot); err != nil {
		t.Fatal(err)
	}
}

// publish writes the result and gives its directory.
func (b *box) publish(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "result")
	if err := open.Write(context.Background(), dir, b.Publication); err != nil {
		t.Fatal(err)
	}
	return dir
}

func verify(t testing.TB, dir fs.FS) *open.Verification {
	t.Helper()
	v, err := open.Verify(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestPublishedResultIsVerified(t *testing.T) {
	for _, tt := range []struct {
		kind    choice.Kind
		weighed bool
	}{{choice.Approval, false}, {choice.Ordinal, true}, {choice.Points, true}} {
		t.Run(tt.kind.String(), func(t *testing.T) {
			b := newBox(t, tt.kind, tt.weighed)
			v := verify(t, os.DirFS(b.publish(t)))
			if len(v.Problems) > 0 {
				t.Fatal(v.Problems)
			}
			if v.Ballots != 36 || v.Cancelled != 4 || v.LogSize != 40 || v.Checkpoints != 2 || v.Key != b.Key || len(v.Report.Winners) == 0 {
				t.Errorf("%+v", v)
			}
			want, err := choice.Count(context.Background(), b.Election, b.Rule)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(v.Report.Winners, want.Report().Winners) {
				t.Errorf("recounted %v, want %v", v.Report.Winners, want.Report().Winners)
			}
			if err := open.Audit(context.Background(), os.DirFS(b.publish(t)), b.openings); err != nil {
				t.Error(err)
			}
		})
	}
}

// load reads a directory into memory, where bytes can be changed.
func load(t testing.TB, dir string) fstest.MapFS {
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEveryChangedByteIsNamed(t *testing.T) {
	files := load(t, newBox(t, choice.Approval, false).publish(t))
	step := 7
	if testing.Short() {
		step = 97
	}
	changed := 0
	for name, file := range files {
		original := file.Data
		for at := 0; at < len(original); at += step {
			for _, flip := range []byte{0x01, 0x20, 0x80} {
				file.Data = bytes.Clone(original)
				file.Data[at] ^= flip
				v := verify(t, files)
				if len(v.Problems) == 0 || !slices.ContainsFunc(v.Problems, func(p open.Problem) bool { return p.File == name }) {
					t.Fatalf("byte %d of %s changed by %x: %v", at, name, flip, v.Problems)
				}
				changed++
			}
		}
		file.Data = original
	}
	t.Logf("%d changes named in %d files", changed, len(files))
}

func TestMissingAndForeignFilesAreNamed(t *testing.T) {
	files := load(t, newBox(t, choice.Approval, false).publish(t))
	for name, file := range files {
		delete(files, name)
		if v := verify(t, files); !slices.ContainsFunc(v.Problems, func(p open.Problem) bool { return p.File == name }) {
			t.Errorf("without %s: %v", name, v.Problems)
		}
		files[name] = file
		file.Data = append(bytes.Clone(file.Data), '\n')
		if v := verify(t, files); !slices.ContainsFunc(v.Problems, func(p open.Problem) bool { return p.File == name }) {
			t.Errorf("a byte more in %s: %v", name, v.Problems)
		}
		file.Data = file.Data[:len(file.Data)-1]
	}
	files["extra.txt"] = &fstest.MapFile{Data: []byte("x")}
	if v := verify(t, files); len(v.Problems) != 1 || v.Problems[0].File != "extra.txt" {
		t.Errorf("with a foreign file: %v", v.Problems)
	}
}

// Somebody with the key signs a result that does not follow from its ballots.
func TestSignedLieIsFoundByTheRecount(t *testing.T) {
	b := newBox(t, choice.Approval, false)
	files := load(t, b.publish(t))
	honest := files["result.json"].Data
	files["result.json"].Data = bytes.Replace(honest, []byte(`"winners": [`), []byte("\"winners\": [\n    \"d\","), 1)
	open.Resign(t, files, b.Signer)
	v := verify(t, files)
	if len(v.Problems) != 1 || v.Problems[0].File != "result.json" || !strings.Contains(v.Problems[0].Text, "is not what a recount gives: line") {
		t.Errorf("%v", v.Problems)
	}
	files["result.json"].Data = honest
	open.Resign(t, files, b.Signer)
	if v := verify(t, files); len(v.Problems) > 0 {
		t.Errorf("honest again: %v", v.Problems)
	}
	// A ballot is put under another one that nobody cast: only the box knows.
	files["election.pb"].Data = bytes.Replace(files["election.pb"].Data, []byte(";c\n"), []byte(";b\n"), 1)
	open.Recount(t, files, b.Publication)
	if v := verify(t, files); len(v.Problems) > 0 {
		t.Fatal(v.Problems)
	}
	if err := open.Audit(context.Background(), files, b.openings); err == nil || !strings.Contains(err.Error(), `ballots "c" were cast and not published`) &&
		!strings.Contains(err.Error(), `ballots "b" were published and not cast`) {
		t.Errorf("audit: %v", err)
	}
}

func TestLogCannotForgetWithoutNotice(t *testing.T) {
	b := newBox(t, choice.Approval, false)
	files := load(t, b.publish(t))
	lines := bytes.SplitAfter(files["log/commitments.txt"].Data, []byte("\n"))
	shorter := &open.Log{}
	var kept []byte
	for i, line := range lines[:40] {
		if i == 5 {
			line = bytes.Repeat([]byte("0"), 64)
			line = append(line, '\n')
		}
		kept = append(kept, line...)
		var c open.Commitment
		if err := c.UnmarshalText(bytes.TrimSpace(line)); err != nil {
			t.Fatal(err)
		}
		if _, err := shorter.Append(c); err != nil {
			t.Fatal(err)
		}
	}
	files["log/commitments.txt"].Data = kept
	var err error
	if files["log/checkpoint"].Data, err = shorter.Checkpoint(b.Signer); err != nil {
		t.Fatal(err)
	}
	open.Resign(t, files, b.Signer)
	v := verify(t, files)
	if len(v.Problems) != 1 || !strings.Contains(v.Problems[0].String(), "log/commitments.txt: is not the log of log/checkpoint-21") {
		t.Errorf("%v", v.Problems)
	}
}

func TestReceiptProvesInclusionAndShowsNothing(t *testing.T) {
	b := newBox(t, choice.Approval, false)
	for i, r := range b.receipts {
		if err := r.Check(b.verifier); err != nil {
			t.Fatalf("receipt %d: %v", i, err)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var again open.Receipt
		if err := json.Unmarshal(text, &again); err != nil || again.Check(b.verifier) != nil {
			t.Fatalf("receipt %d does not survive JSON: %v", i, err)
		}
		if bytes.Contains(text, fmt.Appendf(nil, "%x", b.openings[i].Salt)) {
			t.Fatalf("receipt %d gives the salt away", i)
		}
	}
	r := *b.receipts[7]
	r.Commitment[3] ^= 1
	if err := r.Check(b.verifier); err == nil {
		t.Error("a receipt for another ballot was believed")
	}
	r = *b.receipts[7]
	r.Leaf = 6
	if err := r.Check(b.verifier); err == nil {
		t.Error("a receipt for another place was believed")
	}
	r = *b.receipts[7]
	r.Checkpoint = strings.Replace(r.Checkpoint, "\n8\n", "\n9\n", 1)
	if err := r.Check(b.verifier); err == nil {
		t.Error("a checkpoint that nobody signed was believed")
	}
}

func TestReceiptIsHeldAgainstThePublishedLog(t *testing.T) {
	b := newBox(t, choice.Approval, false)
	dir := os.DirFS(b.publish(t))
	if err := b.receipts[12].CheckIn(dir, b.verifier); err != nil {
		t.Error(err)
	}
	other := newBox(t, choice.Ordinal, false)
	if err := other.receipts[12].CheckIn(dir, b.verifier); err == nil {
		t.Error("a receipt from another box was believed")
	}
}

func TestPublicationNamesNobodyAndKeepsNoOrder(t *testing.T) {
	b := newBox(t, choice.Approval, false)
	one := load(t, b.publish(t))["election.pb"].Data
	two := load(t, b.publish(t))["election.pb"].Data
	if bytes.Equal(one, two) {
		t.Error("two publications have the same names and the same order")
	}
}

func TestWhatDoesNotAddUpIsNotPublished(t *testing.T) {
	for name, spoil := range map[string]func(*box){
		"ledger":     func(b *box) { b.Ledger = nil },
		"key":        func(b *box) { b.Key = "nonsense" },
		"rule":       func(b *box) { b.Rule.Method = "loudest" },
		"checkpoint": func(b *box) { b.Earlier = [][]byte{[]byte("x")} },
		"reason":     func(b *box) { b.Ledger[0].Reason = "" },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBox(t, choice.Approval, false)
			spoil(b)
			dir := filepath.Join(t.TempDir(), "result")
			if err := open.Write(context.Background(), dir, b.Publication); err == nil {
				t.Error("was published")
			}
			if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
				t.Error("something was left behind")
			}
		})
	}
	b := newBox(t, choice.Approval, false)
	if err := open.Write(context.Background(), b.publish(t), b.Publication); err == nil {
		t.Error("a result was written over another")
	}
}
