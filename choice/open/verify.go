package open

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// Verification is what Verify found. The result is as it was published when there
// is no problem.
type Verification struct {
	Signer      string         `json:"signer"`
	Key         string         `json:"key"`
	Files       int            `json:"files"`
	Ballots     int            `json:"ballots"`
	Cancelled   int            `json:"cancelled"`
	LogSize     int64          `json:"log_size"`
	Checkpoints int            `json:"checkpoints"`
	Report      *choice.Report `json:"recounted,omitempty"` // nil where nothing could be counted
	Problems    []Problem      `json:"problems"`
}

// Problem is a file that is not as it should be.
type Problem struct {
	File string `json:"file"`
	Text string `json:"text"`
}

func (p Problem) String() string { return p.File + ": " + p.Text }

// verifier goes through a result.
type verifier struct {
	Verification
	files map[string][]byte
	key   note.Verifier
	bad   map[string]bool // files that were named already
}

// Verify recounts a result from nothing and checks hashes, signatures and the
// log. Every file that was changed, added or taken away is named in a Problem. An
// error means that the files could not be read, or that ctx ended.
//
// Verify believes the key that lies among the files: whoever forges all of them
// can sign anew. Compare Verification.Key with the key that the office announced
// elsewhere.
func Verify(ctx context.Context, dir fs.FS) (*Verification, error) {
	v := &verifier{files: map[string][]byte{}, bad: map[string]bool{}}
	v.Problems = []Problem{}
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		v.files[path], err = fs.ReadFile(dir, path)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open: read the result: %w", err)
	}
	if v.readKey() {
		if v.readSums() {
			v.compareSums()
		}
		v.checkLog()
	}
	return &v.Verification, v.recount(ctx)
}

// problem names a file, once.
func (v *verifier) problem(file, format string, args ...any) {
	if !v.bad[file] {
		v.bad[file] = true
		v.Problems = append(v.Problems, Problem{File: file, Text: fmt.Sprintf(format, args...)})
	}
}

// file is the content of a file that must be there.
func (v *verifier) file(name string) ([]byte, bool) {
	content, ok := v.files[name]
	if !ok {
		v.problem(name, "is missing; expected in every result")
	}
	return content, ok
}

func (v *verifier) readKey() bool {
	text, ok := v.file(keyFile)
	if !ok {
		return false
	}
	key, err := note.NewVerifier(strings.TrimSuffix(string(text), "\n"))
	if err != nil || !bytes.HasSuffix(text, []byte("\n")) {
		v.problem(keyFile, "is no key; expected name+hash+key as it was published")
		return false
	}
	v.key, v.Signer, v.Key = key, key.Name(), strings.TrimSuffix(string(text), "\n")
	return true
}

// readSums makes sure that SHA256SUMS is what was signed.
func (v *verifier) readSums() bool {
	signature, signed := v.file(signatureFile)
	list, listed := v.file(sumsFile)
	if !signed || !listed {
		return false
	}
	n, err := note.Open(signature, note.VerifierList(v.key))
	if err != nil {
		v.problem(signatureFile, "does not fit %s: %v", keyFile, err)
		return false
	}
	var canonical []byte
	if canonical, err = note.Sign(&note.Note{Text: n.Text, Sigs: n.Sigs}); err != nil || !bytes.Equal(canonical, signature) {
		v.problem(signatureFile, "holds more than was signed")
		return false
	}
	want := fmt.Sprintf("%s\n%s %x\n", format, sumsFile, sha256.Sum256(list))
	if !strings.HasPrefix(n.Text, format+"\n") {
		v.problem(signatureFile, "signs %.80q; expected %q", n.Text, format)
		return false
	}
	if n.Text != want {
		v.problem(sumsFile, "is not the list that was signed")
		return false
	}
	return true
}

// compareSums names each file whose hash is not the signed one.
func (v *verifier) compareSums() {
	listed := map[string]string{}
	for line := range strings.Lines(string(v.files[sumsFile])) {
		if hash, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
			listed[name] = hash
		}
	}
	for name, hash := range listed {
		content, ok := v.files[name]
		if !ok {
			v.problem(name, "is missing; expected by %s", sumsFile)
		} else if fmt.Sprintf("%x", sha256.Sum256(content)) != hash {
			v.problem(name, "was changed: its SHA-256 is not the signed one")
		}
	}
	for name := range v.files {
		if _, ok := listed[name]; !ok && name != sumsFile && name != signatureFile {
			v.problem(name, "does not belong to the result: %s does not list it", sumsFile)
		}
	}
	v.Files = len(listed)
	slices.SortFunc(v.Problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
}

// checkLog holds every checkpoint against the commitments.
func (v *verifier) checkLog() {
	text, ok := v.file(leavesFile)
	if !ok {
		return
	}
	log, err := readLeaves(text)
	if err != nil {
		v.problem(leavesFile, "%v", err)
		return
	}
	v.LogSize = log.Size()
	final, ok := v.file(checkpointFile)
	if !ok {
		return
	}
	for name, content := range v.files {
		if strings.HasPrefix(name, checkpointFile) {
			v.checkCheckpoint(name, content, log)
		}
	}
	if size, _, err := readCheckpoint(final, v.key); err == nil && size != log.Size() {
		v.problem(leavesFile, "holds %d commitments; expected %d as in %s", log.Size(), size, checkpointFile)
	}
}

func (v *verifier) checkCheckpoint(name string, content []byte, log *Log) {
	size, root, err := readCheckpoint(content, v.key)
	if err != nil {
		v.problem(name, "%v", err)
		return
	}
	got, err := log.root(size)
	if err != nil {
		v.problem(leavesFile, "%v by %s", err, name)
		return
	}
	if got != root {
		v.problem(leavesFile, "is not the log of %s: its first %d commitments have another hash", name, size)
		return
	}
	v.Checkpoints++
}

func readLeaves(text []byte) (*Log, error) {
	log := &Log{}
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		return nil, errors.New("does not end with a whole line")
	}
	n := 0
	for line := range bytes.Lines(text) {
		n++
		var c Commitment
		if err := c.UnmarshalText(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if _, err := log.Append(c); err != nil {
			return nil, err
		}
	}
	return log, nil
}

// recount counts the ballots anew and compares everything that follows from them.
func (v *verifier) recount(ctx context.Context) error {
	rule, ok := v.readRules()
	if !ok {
		return nil
	}
	e, ok := v.readElection()
	if !ok {
		return nil
	}
	v.Ballots = e.Ballots.Voters()
	if v.readLedger() && v.LogSize > 0 && int64(v.Ballots+v.Cancelled) != v.LogSize {
		v.problem(ledgerFile, "%d ballots and %d cancelled ones; expected %d together, the commitments in the log", v.Ballots, v.Cancelled, v.LogSize)
	}
	o, err := choice.Count(ctx, e, rule.Rule)
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("open: recount: %w", err)
		}
		v.problem(rulesFile, "cannot be applied: %v", err)
		return nil
	}
	report := o.Report()
	v.Report = &report
	counted := map[string][]byte{}
	if err := write(counted, o, rule.Engine); err != nil {
		return fmt.Errorf("open: recount: %w", err)
	}
	for _, name := range []string{rulesFile, roundsFile, resultFile} {
		if content, ok := v.file(name); ok && !bytes.Equal(content, counted[name]) {
			v.problem(name, "is not what a recount gives: %s", firstDifference(content, counted[name]))
		}
	}
	return nil
}

// firstDifference quotes the first line on which two texts differ.
func firstDifference(published, counted []byte) string {
	a, b := bytes.Split(published, []byte("\n")), bytes.Split(counted, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("line %d is %.80q; expected %.80q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines; expected %d", len(a), len(b))
}

func (v *verifier) readRules() (r rules, ok bool) {
	text, ok := v.file(rulesFile)
	if !ok {
		return r, false
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		v.problem(rulesFile, "%v", err)
		return r, false
	}
	if r.Format != format {
		v.problem(rulesFile, "format %.80q; expected %q", r.Format, format)
		return r, false
	}
	return r, true
}

// readElection reads the ballots strictly, with weights where there are any.
func (v *verifier) readElection() (*choice.Election, bool) {
	text, ok := v.file(electionFile)
	if !ok {
		return nil, false
	}
	e, err := parseElection(text)
	if err != nil {
		v.problem(electionFile, "%v", err)
		return nil, false
	}
	return e, true
}

func parseElection(text []byte) (*choice.Election, error) {
	r, err := pabulib.NewReader(bytes.NewReader(text), pabulib.Options{})
	if err != nil {
		return nil, err
	}
	e := &choice.Election{Budget: r.Budget, Ballots: choice.NewProfile(r.Kind)}
	for _, p := range r.Projects {
		e.Projects = append(e.Projects, p.Project)
	}
	weighed := slices.Contains(r.VoteColumns, "weight")
	var vote pabulib.Vote
	for {
		err := r.Next(&vote)
		if errors.Is(err, io.EOF) {
			return e, nil
		}
		if err != nil {
			return nil, err
		}
		b := choice.Ballot{Projects: vote.Projects}
		if r.Kind == choice.Points {
			b.Points = vote.Points
		}
		if weighed {
			w, ok := new(big.Rat).SetString(r.Column("weight"))
			if !ok {
				return nil, fmt.Errorf("line %d: weight %.40q; expected a fraction such as 3/2", vote.Line, r.Column("weight"))
			}
			b.Weight = w
		}
		if err := e.Ballots.Add(b); err != nil {
			return nil, fmt.Errorf("line %d: %w", vote.Line, err)
		}
	}
}

func (v *verifier) readLedger() bool {
	text, ok := v.file(ledgerFile)
	if !ok {
		return false
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = 2
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 || rows[0][0] != "reason" || rows[0][1] != "ballots" {
		v.problem(ledgerFile, "is no ledger; expected lines of reason,ballots")
		return false
	}
	for i, row := range rows[1:] {
		n, err := strconv.Atoi(row[1])
		if err != nil || n < 0 {
			v.problem(ledgerFile, "line %d: %.40q ballots; expected a number", i+2, row[1])
			return false
		}
		v.Cancelled += n
	}
	return true
}
