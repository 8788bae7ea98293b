package search_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// benchDocuments is the size of the bar: 50 ms on so many documents.
const benchDocuments = 100_000

// questions are of every weight: a word of most texts, several of them, a
// beginning, one of few texts, one of none.
var questions = []string{"gmina", "współpraca mieszkańców", "wspolpraca gmin konkurs", "org", "seminarium Wisła", "niezapominajka", "xyzzy"}

// BenchmarkSearch100k finds in 100,000 invented articles of some 120 words; make
// bench-search runs it once on each database and prints the slowest of 20 times.
func BenchmarkSearch100k(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"SQLite": storetest.SQLite, "PostgreSQL": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			db := open(b)
			began := time.Now()
			fillBench(b, db)
			b.Logf("%s: indexed %d documents in %v", name, benchDocuments, time.Since(began).Round(time.Second))
			s := service(db)
			for _, words := range questions {
				var took []time.Duration
				var f search.Found
				for range 20 {
					began := time.Now()
					var err error
					if f, err = s.Find(b.Context(), search.Parse(words), search.Filter{}, true, 0, 5); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.Logf("%-26s %4d found, more: %-5v best %5.1f ms, median %5.1f ms, slowest %5.1f ms", words, f.Total, f.More, ms(took[0]), ms(took[10]), ms(took[19]))
				b.ReportMetric(ms(took[10]), "ms/"+strings.ReplaceAll(words, " ", "+"))
			}
		})
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// fillBench writes texts whose words are as unequal as those of life: the first
// of the list stands in most texts, the last in few.
func fillBench(b *testing.B, db *store.DB) {
	b.Helper()
	vocabulary := strings.Fields("gmina mieszkańców współpraca organizacji urząd programu roku będzie spotkanie sprawach " +
		"konkurs dotacje rady miasta powiatu wniosek termin zapraszamy projekt środków seminarium warsztaty standardy Wisła Rybnik")
	for i := range 4000 {
		vocabulary = append(vocabulary, invented(i))
	}
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.15, 4, uint64(len(vocabulary)-1))
	const batch = 100
	for from := 0; from < benchDocuments; from += batch {
		err := db.Write(b.Context(), func(tx *store.Tx) error {
			for i := from; i < from+batch; i++ {
				text := make([]string, 120)
				for j := range text {
					text[j] = vocabulary[zipf.Uint64()]
				}
				if i == benchDocuments/2 {
					text[7] = "niezapominajki"
				}
				d := search.Document{Kind: "note", ID: store.ID(fmt.Sprintf("%036d", i)), Language: "pl", URL: "/x",
					Title: strings.Join(text[:8], " "), Text: strings.Join(text, " "), At: store.At(db.Now().Add(-time.Duration(i) * time.Minute))}
				if err := search.Put(b.Context(), tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// invented is a word that nobody has, of Polish syllables.
func invented(i int) string {
	syllables := strings.Fields("ka no ry sze pie mo la wą dzie ru cha to mię gu ści ba")
	word := ""
	for n := i + 16; n > 0; n /= len(syllables) {
		word += syllables[n%len(syllables)]
	}
	return word
}
