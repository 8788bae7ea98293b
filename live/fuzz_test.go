package live_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/live"
)

// Anybody with a connection to the database may say anything on the channel.
func FuzzParse(f *testing.F) {
	for _, said := range []string{"debate/1 7", "debate/1", " 7", "a -1", "a 9223372036854775808", "a  7", ""} {
		f.Add(said)
	}
	f.Fuzz(func(t *testing.T, said string) {
		topic, version, err := live.Parse(said)
		if err != nil {
			return
		}
		if topic == "" || strings.Contains(topic, " ") || version < 0 {
			t.Errorf("%q is understood as version %d of %q", said, version, topic)
		}
		if again, number, err := live.Parse(fmt.Sprint(topic, " ", version)); again != topic || number != version || err != nil {
			t.Errorf("%q, said again, is version %d of %q, %v", said, number, again, err)
		}
	})
}
