package open_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/open"
)

// FuzzReceipt: whatever somebody brings as a receipt is believed only if it is the
// one that was given.
func FuzzReceipt(f *testing.F) {
	b := newBox(f, choice.Approval, false)
	dir := load(f, b.publish(f))
	given, err := json.Marshal(b.receipts[5])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(given)
	f.Add([]byte(`{"leaf":-1,"checkpoint":"a\n1\nb\n"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var r open.Receipt
		if json.Unmarshal(text, &r) != nil {
			return
		}
		if r.CheckIn(dir, b.verifier) == nil && (r.Leaf < 0 || r.Leaf >= b.Log.Size() || r.Commitment != b.receipts[r.Leaf].Commitment) {
			t.Fatalf("believed %s", text)
		}
	})
}

// FuzzVerify: one file of a result holds anything at all; Verify comes to an end and
// names it.
func FuzzVerify(f *testing.F) {
	names := []string{"election.pb", "rules.json", "ledger.csv", "log/commitments.txt", "log/checkpoint", "SHA256SUMS", "signature", "key.pub"}
	b := newBox(f, choice.Points, true)
	files := load(f, b.publish(f))
	for i, name := range names {
		f.Add(uint8(i), files[name].Data)
	}
	f.Fuzz(func(t *testing.T, which uint8, content []byte) {
		name := names[int(which)%len(names)]
		changed := fstest.MapFS{}
		for n, file := range files {
			changed[n] = file
		}
		changed[name] = &fstest.MapFile{Data: content}
		v, err := open.Verify(context.Background(), changed)
		if err != nil {
			t.Fatal(err)
		}
		if same := string(content) == string(files[name].Data); same != (len(v.Problems) == 0) {
			t.Fatalf("%s with %q: %v", name, content, v.Problems)
		}
	})
}
