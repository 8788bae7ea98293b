package programme_test

import (
	"net/http/httptest"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
)

// BenchmarkPages measures what one request costs in this program, without the
// network: go test -bench Pages ./programme
func BenchmarkPages(b *testing.B) {
	g := newRegion(b, storetest.SQLite(b))
	p := g.rich()
	for range 11 {
		g.published("Jeden z wielu")
	}
	handler := g.App.Handler()
	for _, path := range []string{p.Path(), "/", "/programy"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					r := httptest.NewRequest("GET", webtest.Public+path, nil)
					r.Header.Set("Accept-Encoding", "gzip")
					handler.ServeHTTP(httptest.NewRecorder(), r)
				}
			})
		})
	}
}
