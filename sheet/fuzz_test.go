package sheet_test

import (
	"bytes"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/sheet"
)

// Whatever is brought, the answer is a table within the limits or a fault in
// words; never an accident.
func FuzzRead(f *testing.F) {
	f.Add([]byte("nazwa;rodzaj\na;b\n"))
	f.Add([]byte("\xef\xbb\xbfa,b\n\"x\ny\",z\n"))
	f.Add([]byte("\xff\xfea\x00\n\x00b\x00"))
	f.Add([]byte("PK\x03\x04"))
	limits := sheet.Limits{Rows: 20, Columns: 5, Letters: 50}
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := sheet.Read(bytes.NewReader(content), limits)
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("an accident: %v", err)
			}
			return
		}
		if len(s.Rows) == 0 || len(s.Rows) > limits.Rows || len(s.Head) > limits.Columns {
			t.Fatalf("%d rows, %d columns", len(s.Rows), len(s.Head))
		}
		for _, row := range s.Rows {
			for _, cell := range row.Cells {
				if len([]rune(cell)) > limits.Letters {
					t.Fatalf("a cell of %d letters", len(cell))
				}
			}
		}
	})
}
