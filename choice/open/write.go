package open

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// Publication is what a result is made of.
type Publication struct {
	// Meta is the section META of election.pb; what belongs to it and is not
	// given is filled in. It must name nobody.
	Meta     pabulib.Meta
	Election *choice.Election
	Rule     choice.Rule
	Ledger   []Cancelled
	// Log holds a commitment for each ballot, the cancelled ones among them.
	Log *Log
	// Earlier are checkpoints that were made public before the close.
	Earlier [][]byte
	Signer  note.Signer
	Key     string // the verifier's key that belongs to Signer
	Engine  string // name and version of the program, for those who recount
	// Random shuffles and names the ballots. It must be secret; nil is the
	// system's. Only tests have a reason to give another.
	Random io.Reader
}

// Write counts the election and makes the directory, which must not exist yet.
// On an error nothing is left behind.
func Write(ctx context.Context, dir string, p Publication) error {
	files, err := p.files(ctx)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("open: %s is there already; expected a directory to be made", dir)
	}
	temporary, err := os.MkdirTemp(filepath.Dir(dir), ".result-*")
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer os.RemoveAll(temporary) // nothing is left of it once renamed
	for name, content := range files {
		path := filepath.Join(temporary, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("open: %w", err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return fmt.Errorf("open: %w", err)
		}
	}
	if err := errors.Join(os.Chmod(temporary, 0o755), os.Rename(temporary, dir)); err != nil {
		return fmt.Errorf("open: %w", err)
	}
	return nil
}

// files makes every file of the result.
func (p Publication) files(ctx context.Context) (map[string][]byte, error) {
	key, err := note.NewVerifier(p.Key)
	if err != nil {
		return nil, fmt.Errorf("key %q: %w", p.Key, err)
	}
	if err := p.check(key); err != nil {
		return nil, err
	}
	files := map[string][]byte{keyFile: []byte(p.Key + "\n")}
	if files[electionFile], err = p.election(); err != nil {
		return nil, err
	}
	// What is counted is what is published, not what it was made from.
	published, err := parseElection(files[electionFile])
	if err != nil {
		return nil, err
	}
	outcome, err := choice.Count(ctx, published, p.Rule)
	if err != nil {
		return nil, err
	}
	files[readmeFile] = []byte(readme(outcome.Rule))
	if err := write(files, outcome, p.Engine); err != nil {
		return nil, err
	}
	if files[ledgerFile], err = ledger(p.Ledger); err != nil {
		return nil, err
	}
	if err := p.log(files, key); err != nil {
		return nil, err
	}
	return files, p.sign(files)
}

// check refuses numbers that Verify would refuse later.
func (p Publication) check(key note.Verifier) error {
	if p.Log == nil || p.Signer == nil || key.Name() != p.Signer.Name() {
		return errors.New("a log, a signer and the signer's key are needed")
	}
	cancelled := 0
	for _, c := range p.Ledger {
		if c.Count < 0 || c.Reason == "" {
			return fmt.Errorf("ledger: %d ballots cancelled for %q; expected a number and a reason", c.Count, c.Reason)
		}
		cancelled += c.Count
	}
	if n := p.Election.Ballots.Voters(); int64(n+cancelled) != p.Log.Size() {
		return fmt.Errorf("%d ballots and %d cancelled; expected %d together, as there are commitments in the log", n, cancelled, p.Log.Size())
	}
	return nil
}

// election writes the ballots: each alone, shuffled, under a random name.
func (p Publication) election() ([]byte, error) {
	random := p.Random
	if random == nil {
		random = rand.Reader
	}
	var ballots []choice.Ballot
	weighed := false
	for b := range p.Election.Ballots.All() {
		for range b.Voters {
			ballots = append(ballots, b)
		}
		weighed = weighed || b.Weight.Cmp(big.NewRat(1, 1)) != 0
	}
	for i := len(ballots) - 1; i > 0; i-- {
		j, err := rand.Int(random, big.NewInt(int64(i+1)))
		if err != nil {
			return nil, fmt.Errorf("shuffle: %w", err)
		}
		ballots[i], ballots[j.Int64()] = ballots[j.Int64()], ballots[i]
	}
	columns := []string{"voter_id", "vote"}
	if p.Election.Ballots.Kind() == choice.Points {
		columns = append(columns, "points")
	}
	if weighed {
		columns = append(columns, "weight")
	}
	var out bytes.Buffer
	w, err := pabulib.NewWriter(&out, p.header(len(ballots)), columns...)
	if err != nil {
		return nil, err
	}
	for _, b := range ballots {
		var name [16]byte
		if _, err := io.ReadFull(random, name[:]); err != nil {
			return nil, fmt.Errorf("name ballots: %w", err)
		}
		var cells []string
		if b.Points != nil || p.Election.Ballots.Kind() == choice.Points {
			cells = append(cells, pabulib.Numbers(b.Points))
		}
		if weighed {
			cells = append(cells, b.Weight.String())
		}
		if err := w.Vote(hex.EncodeToString(name[:]), b.Projects, cells...); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// header fills META with what Pabulib asks for.
func (p Publication) header(voters int) pabulib.Header {
	h := pabulib.Header{Budget: p.Election.Budget, Kind: p.Election.Ballots.Kind()}
	computed := pabulib.Meta{
		{Key: "num_projects", Value: strconv.Itoa(len(p.Election.Projects))}, {Key: "num_votes", Value: strconv.Itoa(voters)},
		{Key: "budget", Value: p.Election.Budget.String()},
		{Key: "vote_type", Value: [...]string{"approval", "ordinal", "cumulative"}[h.Kind]}, {Key: "rule", Value: pabulibRule(p.Rule)},
	}
	for _, e := range p.Meta {
		if _, ours := computed.Get(e.Key); !ours {
			h.Meta = append(h.Meta, e)
		}
	}
	for _, key := range []string{"description", "country", "unit", "instance", "date_begin", "date_end"} {
		if _, given := h.Meta.Get(key); !given {
			h.Meta = append(h.Meta, pabulib.Entry{Key: key, Value: "unknown"})
		}
	}
	h.Meta = append(h.Meta, computed...)
	for _, project := range p.Election.Projects {
		h.Projects = append(h.Projects, pabulib.Project{Project: project})
	}
	return h
}

// pabulibRule is the word of the format that comes nearest.
func pabulibRule(r choice.Rule) string {
	switch {
	case r.Method == choice.EqualShares && r.Completion == choice.NoCompletion && r.Comparison:
		return "equalshares-comparison"
	case r.Method == choice.EqualShares && r.Completion == choice.NoCompletion:
		return "equalshares"
	case r.Method == choice.EqualShares && r.Comparison:
		return "equalshares/add1-comparison"
	case r.Method == choice.EqualShares:
		return "equalshares/add1"
	case r.Method == choice.Phragmen:
		return "unknown"
	case r.LastAtPercent > 0:
		return "greedy-custom"
	}
	return string(r.Method)
}

func ledger(lines []Cancelled) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"reason", "ballots"}}
	for _, c := range lines {
		rows = append(rows, []string{c.Reason, strconv.Itoa(c.Count)})
	}
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

// log writes the commitments and the checkpoints.
func (p Publication) log(files map[string][]byte, key note.Verifier) error {
	var leaves strings.Builder
	for _, c := range p.Log.leaves {
		leaves.WriteString(c.String() + "\n")
	}
	files[leavesFile] = []byte(leaves.String())
	for _, text := range p.Earlier {
		size, _, err := readCheckpoint(text, key)
		if err != nil {
			return fmt.Errorf("earlier checkpoint: %w", err)
		}
		files[earlierFile(size)] = text
	}
	var err error
	files[checkpointFile], err = p.Log.Checkpoint(p.Signer)
	return err
}

// sign lists the hashes of all files and signs the hash of that list.
func (p Publication) sign(files map[string][]byte) error {
	files[sumsFile] = sums(files)
	text := fmt.Sprintf("%s\n%s %x\n", format, sumsFile, sha256.Sum256(files[sumsFile]))
	var err error
	files[signatureFile], err = note.Sign(&note.Note{Text: text}, p.Signer)
	return err
}

// sums is a list that the command sha256sum -c reads.
func sums(files map[string][]byte) []byte {
	var lines []string
	for name, content := range files {
		if name != sumsFile && name != signatureFile {
			lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256(content), name))
		}
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	return []byte(strings.Join(lines, ""))
}

// rules is what rules.json says.
type rules struct {
	Format   string      `json:"format"`
	Engine   string      `json:"engine"`
	Rule     choice.Rule `json:"rule"`
	TieOrder []string    `json:"tie_order"`
}

// result is what result.json says: the report of the outcome, without what may
// differ from one processor to another, and why each loser lost.
type result struct {
	choice.Report
	ExactFallbacks *int                 `json:"exact_fallbacks,omitempty"`
	Losers         []choice.LoserReport `json:"losers"`
}

// write writes down what was counted. Verify does the same and compares.
func write(files map[string][]byte, o *choice.Outcome, engine string) error {
	report := o.Report()
	var rounds bytes.Buffer
	lines := json.NewEncoder(&rounds)
	lines.SetEscapeHTML(false)
	for _, r := range report.Rounds {
		if err := lines.Encode(r); err != nil {
			return err
		}
	}
	files[roundsFile] = rounds.Bytes()
	var err error
	if files[rulesFile], err = indented(rules{format, engine, report.Rule, o.TieOrder()}); err != nil {
		return err
	}
	files[resultFile], err = indented(result{Report: report, Losers: o.Explain().Losers})
	return err
}

func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return out.Bytes(), err
}
