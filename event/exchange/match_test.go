package exchange_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

func entries(t *rapid.T, side exchange.Side, most int) []exchange.Entry {
	all := make([]exchange.Entry, rapid.IntRange(0, most).Draw(t, "how many"))
	for i := range all {
		organisation := rapid.IntRange(1, 6).Draw(t, "organisation")
		marks := func(of []string) exchange.Words {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(of), 1, 3, rapid.ID[string]).Draw(t, "marks")
		}
		all[i] = exchange.Entry{ID: store.ID(fmt.Sprintf("%s%d", side, i)), Organisation: store.ID(fmt.Sprint("o", organisation)),
			Sector: ui.Sectors[organisation%4], Side: side, Formats: marks([]string{"shadowing", "clinic", "settlement", "mentoring"}),
			Topics: marks(exchange.Topics[:4]), Places: rapid.IntRange(1, 3).Draw(t, "places"), Open: rapid.IntRange(0, 5).Draw(t, "open") > 0,
			TERC:      rapid.SampledFrom([]string{"", "2412011"}).Draw(t, "terc"),
			CreatedAt: store.At(time.Unix(int64(rapid.IntRange(1, 5).Draw(t, "at")), 0))}
	}
	return all
}

func shares(a, b exchange.Words) bool {
	return slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) })
}

func fits(o, n exchange.Entry) bool {
	return o.Open && n.Open && o.Sector != n.Sector && o.Organisation != n.Organisation && shares(o.Formats, n.Formats) && shares(o.Topics, n.Topics)
}

// TestMatchKeepsItsPromises draws offers, needs and what was proposed before.
func TestMatchKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offers, needs := entries(t, exchange.Offer, 6), entries(t, exchange.Need, 8)
		offer, need := map[store.ID]exchange.Entry{}, map[store.ID]exchange.Entry{}
		var before []exchange.Pair
		for _, o := range offers {
			offer[o.ID] = o
		}
		known := map[[2]store.ID]bool{}
		taken := map[store.ID]int{}
		for _, n := range needs {
			need[n.ID] = n
			if len(offers) == 0 || !rapid.Bool().Draw(t, "before") {
				continue
			}
			p := exchange.Pair{Offer: rapid.SampledFrom(offers).Draw(t, "offer").ID, Need: n.ID,
				State: rapid.SampledFrom([]exchange.PairState{exchange.Proposed, exchange.Agreed, exchange.Declined}).Draw(t, "state")}
			before, known[[2]store.ID{p.Offer, p.Need}] = append(before, p), true
			if p.State != exchange.Declined {
				taken[p.Offer]++
				taken[p.Need]++
			}
		}
		made := exchange.Match(offers, needs, before)
		for _, p := range made {
			o, n := offer[p.Offer], need[p.Need]
			if !fits(o, n) || !slices.Contains(o.Formats, string(p.Format)) || !slices.Contains(n.Formats, string(p.Format)) {
				t.Fatalf("%+v and %+v do not go together", o, n)
			}
			if known[[2]store.ID{p.Offer, p.Need}] {
				t.Fatal("a pair is proposed again")
			}
			known[[2]store.ID{p.Offer, p.Need}] = true
			if taken[p.Offer]++; taken[p.Offer] > o.Places {
				t.Fatalf("an offer of %d places is taken %d times", o.Places, taken[p.Offer])
			}
			if taken[p.Need]++; taken[p.Need] > 1 {
				t.Fatal("a need has two pairs")
			}
		}
		for _, n := range needs {
			for _, o := range offers {
				if taken[n.ID] == 0 && taken[o.ID] < o.Places && fits(o, n) && !known[[2]store.ID{o.ID, n.ID}] {
					t.Fatalf("%s and %s are left although they fit", o.ID, n.ID)
				}
			}
		}
		slices.Reverse(offers)
		slices.Reverse(needs)
		slices.Reverse(before)
		if again := exchange.Match(offers, needs, before); !reflect.DeepEqual(made, again) {
			t.Fatalf("another order of the lists: %v, then %v", made, again)
		}
	})
}

func TestNobodyGetsASecondPairBeforeAnotherHasOne(t *testing.T) {
	at := func(n int) store.Time { return store.At(time.Unix(int64(n), 0)) }
	words := exchange.Words{"clinic"}
	entry := func(id, organisation string, sector ui.Sector, n int) exchange.Entry {
		return exchange.Entry{ID: store.ID(id), Organisation: store.ID(organisation), Sector: sector, Formats: words, Topics: exchange.Words{"language"},
			Places: 2, Open: true, CreatedAt: at(n)}
	}
	offers := []exchange.Entry{entry("offer", "office", ui.Administration, 1)}
	needs := []exchange.Entry{entry("first", "club", ui.NGO, 1), entry("second", "club", ui.NGO, 2), entry("late", "village", ui.NGO, 9)}
	made := exchange.Match(offers, needs, nil)
	if len(made) != 2 || made[0].Need != "first" || made[1].Need != "late" {
		t.Errorf("%+v", made)
	}
}
