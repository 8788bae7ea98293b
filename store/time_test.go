package store_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/store"
)

func TestTimeComesBackAsItWas(t *testing.T) {
	warsaw := time.FixedZone("CEST", 2*60*60)
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id) VALUES ('1')`)
		tests := []struct {
			name string
			give time.Time
			want time.Time
		}{
			{"a seminar", time.Date(2014, 6, 23, 11, 0, 0, 0, warsaw), time.Date(2014, 6, 23, 9, 0, 0, 0, time.UTC)},
			{"microseconds", time.Date(2014, 6, 23, 9, 0, 0, 123456789, time.UTC), time.Date(2014, 6, 23, 9, 0, 0, 123456000, time.UTC)},
			{"1970", time.Unix(0, 0), time.Unix(0, 0)},
			{"before 1970", time.Date(1918, 11, 11, 0, 0, 0, 0, time.UTC), time.Date(1918, 11, 11, 0, 0, 0, 0, time.UTC)},
			{"never", time.Time{}, time.Time{}},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				run(t, db, `UPDATE shelf SET at = $1`, store.At(tt.give))
				got := one[store.Time](t, db, `SELECT at FROM shelf`)
				if !got.Equal(tt.want) || got.IsZero() != tt.want.IsZero() {
					t.Errorf("got %v, want %v", got, tt.want)
				}
				if computed := one[store.Time](t, db, `SELECT max(coalesce(at, NULL)) FROM shelf`); !computed.Equal(got.Time) {
					t.Errorf("computed %v, want %v", computed, got)
				}
			})
		}
	})
}

func TestTimeAsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// The years 1 to 9999, which RFC 3339 can write.
		want := store.At(time.UnixMicro(rapid.Int64Range(-62135596799_000000, 253402300799_999999).Draw(t, "µs")))
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got store.Time
		if err := json.Unmarshal(data, &got); err != nil || !got.Equal(want.Time) {
			t.Errorf("%s: got %v, %v", data, got, err)
		}
	})
}

func ExampleTime() {
	data, _ := json.Marshal(map[string]store.Time{
		"published": store.At(time.Date(2014, 6, 23, 12, 30, 0, 0, time.UTC)),
		"withdrawn": {},
	})
	fmt.Println(string(data))
	// Output: {"published":"2014-06-23T12:30:00Z","withdrawn":null}
}
