package open

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Salt hides what a commitment is made of. It must be random, and secret until
// it is destroyed: with it anyone can try which ballot was committed to.
type Salt [32]byte

// Commitment stands for a ballot in the log: SHA-256 of a zero byte, the salt
// and the text of the ballot.
type Commitment [sha256.Size]byte

// Commit makes the commitment to a ballot, see BallotText.
func Commit(salt Salt, ballot string) Commitment {
	return sha256.Sum256(append(append([]byte{0}, salt[:]...), ballot...))
}

func (c Commitment) String() string { return hex.EncodeToString(c[:]) }

// MarshalText writes the commitment in hexadecimal.
func (c Commitment) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Commitment) UnmarshalText(text []byte) error {
	v, err := hex.DecodeString(string(text))
	if err != nil || len(v) != len(c) || string(text) != strings.ToLower(string(text)) {
		return fmt.Errorf("commitment %.80q; expected %d hexadecimal digits in lower case", text, 2*len(c))
	}
	copy(c[:], v)
	return nil
}

// Log is the Merkle tree of all commitments, in the order in which ballots came.
// The zero value is empty.
type Log struct {
	leaves []Commitment
	hashes stored
}

// stored are the hashes of the tree, where tlog expects them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(s)) {
			return nil, fmt.Errorf("open: the log has no hash %d", at)
		}
		out[i] = s[at]
	}
	return out, nil
}

// Append adds a commitment and gives its place, from 0.
func (l *Log) Append(c Commitment) (int64, error) {
	at := int64(len(l.leaves))
	hashes, err := tlog.StoredHashes(at, c[:], l.hashes)
	if err != nil {
		return 0, fmt.Errorf("open: append to the log: %w", err)
	}
	l.leaves, l.hashes = append(l.leaves, c), append(l.hashes, hashes...)
	return at, nil
}

// Size is the number of commitments.
func (l *Log) Size() int64 { return int64(len(l.leaves)) }

// root is the hash of the tree of the first commitments.
func (l *Log) root(size int64) (tlog.Hash, error) {
	if size < 0 || size > l.Size() {
		return tlog.Hash{}, fmt.Errorf("a log of %d commitments; expected %d", l.Size(), size)
	}
	if size == 0 {
		return sha256.Sum256(nil), nil // RFC 6962: the hash of an empty tree
	}
	return tlog.TreeHash(size, l.hashes)
}

// Checkpoint signs the present size and root of the log, under the name of the
// signer. Whoever keeps it can later tell that nothing before it was changed or
// taken away: print it and put it on the board.
func (l *Log) Checkpoint(signer note.Signer) ([]byte, error) {
	root, err := l.root(l.Size())
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), l.Size(), root)}, signer)
}

// readCheckpoint opens a signed checkpoint.
func readCheckpoint(text []byte, key note.Verifier) (size int64, root tlog.Hash, err error) {
	n, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return 0, root, fmt.Errorf("no valid signature: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		return 0, root, errors.New("not a checkpoint; expected a name, a size and a hash, each on a line")
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || lines[1] != strconv.FormatInt(size, 10) {
		return 0, root, fmt.Errorf("size %q; expected a number", lines[1])
	}
	root, err = tlog.ParseHash(lines[2])
	return size, root, err
}

// Receipt proves to its holder that a commitment is in the log. It shows nothing
// of the ballot.
type Receipt struct {
	Leaf       int64            `json:"leaf"`
	Commitment Commitment       `json:"commitment"`
	Proof      tlog.RecordProof `json:"proof"`
	Checkpoint string           `json:"checkpoint"`
}

// Receipt makes the receipt of a commitment in the log as it is now.
func (l *Log) Receipt(leaf int64, signer note.Signer) (*Receipt, error) {
	if leaf < 0 || leaf >= l.Size() {
		return nil, fmt.Errorf("open: receipt for commitment %d of %d", leaf, l.Size())
	}
	proof, err := tlog.ProveRecord(l.Size(), leaf, l.hashes)
	if err != nil {
		return nil, fmt.Errorf("open: prove commitment %d: %w", leaf, err)
	}
	checkpoint, err := l.Checkpoint(signer)
	if err != nil {
		return nil, err
	}
	return &Receipt{Leaf: leaf, Commitment: l.leaves[leaf], Proof: proof, Checkpoint: string(checkpoint)}, nil
}

// Check proves that the commitment of a receipt stands in the log whose
// checkpoint the receipt holds, and that the checkpoint was signed with the key,
// which must come from elsewhere. An error says what is wrong.
func (r *Receipt) Check(key note.Verifier) error {
	size, root, err := readCheckpoint([]byte(r.Checkpoint), key)
	if err != nil {
		return fmt.Errorf("open: receipt: checkpoint: %w", err)
	}
	if r.Leaf < 0 || r.Leaf >= size {
		return fmt.Errorf("open: receipt: commitment %d of %d", r.Leaf, size)
	}
	if err := tlog.CheckRecord(r.Proof, size, root, r.Leaf, tlog.RecordHash(r.Commitment[:])); err != nil {
		return fmt.Errorf("open: receipt: %w", err)
	}
	return nil
}

// CheckIn does what Check does, and proves that the commitment stands in a
// published result too, whose log has forgotten nothing that was there when the
// receipt was given.
func (r *Receipt) CheckIn(dir fs.FS, key note.Verifier) error {
	if err := r.Check(key); err != nil {
		return err
	}
	text, err := fs.ReadFile(dir, leavesFile)
	if err != nil {
		return fmt.Errorf("open: receipt: %w", err)
	}
	log, err := readLeaves(text)
	if err != nil {
		return fmt.Errorf("open: receipt: %s: %w", leavesFile, err)
	}
	size, root, err := readCheckpoint([]byte(r.Checkpoint), key)
	if err != nil {
		return err
	}
	if got, err := log.root(size); err != nil || got != root || log.leaves[r.Leaf] != r.Commitment {
		return fmt.Errorf("open: receipt: %s is not the log for which it was given", leavesFile)
	}
	return nil
}
