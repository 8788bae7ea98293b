package news_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// BenchmarkPages asks the whole site, from the mux to the last byte, with 1,000
// articles published: what a visitor's request costs without the network.
func BenchmarkPages(b *testing.B) {
	w := newWorld(b, storetest.SQLite(b))
	body := strings.Repeat("Akapit artykułu, jakich wiele: kto, gdzie, kiedy i po co się spotyka. ", 6)
	var article news.Article
	for i := range 1000 {
		c := w.full(fmt.Sprintf("Aktualność numer %d o współpracy urzędów i organizacji", i))
		c.Body = "# Śródtytuł\n\n" + strings.Repeat(body+"\n\n", 5)
		c.Tags, c.Places, c.Goals = []string{"seminarium", fmt.Sprintf("temat %d", i%20)}, []string{"2412013"}, []store.ID{w.goal}
		article = w.published(c, storetest.Start.Add(-time.Duration(i)*10*time.Hour))
	}
	article = w.article(article.ID)
	app := web.New(web.Options{Site: webtest.SiteInfo(), DB: w.DB, Catalogue: catalogue(b), People: w.people,
		Logger: slog.New(slog.DiscardHandler)})
	app.Add(w.news.Routes()...)
	handler := app.Handler()
	for name, path := range map[string]string{
		"article": article.Path(), "list": "/aktualnosci", "page20": "/aktualnosci?strona=20", "tag": "/aktualnosci?tag=seminarium",
		"text": "/aktualnosci?szukaj=numer+7", "programme": article.List(), "atom": "/aktualnosci.atom",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			before := processorTime(b)
			defer func() {
				b.ReportMetric(float64(processorTime(b)-before)/float64(b.N), "cpu-ns/op")
			}()
			b.RunParallel(func(pb *testing.PB) {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				for pb.Next() {
					answer := httptest.NewRecorder()
					handler.ServeHTTP(answer, r.Clone(r.Context()))
					if answer.Code != http.StatusOK {
						b.Fatalf("status %d", answer.Code)
					}
				}
			})
		})
	}
}

// processorTime is what the program has used of the processor: on a machine with
// other work it tells more than the time that has passed.
func processorTime(b *testing.B) int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
