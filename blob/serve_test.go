package blob_test

import (
	"crypto/sha256"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
)

func serve(t *testing.T, s blob.Store, f blob.File, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", "/plik", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	if err := blob.Serve(w, r, s, f); err != nil {
		t.Fatal(err)
	}
	return w.Result()
}

func TestFileIsServedAsAnAttachmentWithoutPowers(t *testing.T) {
	d, _ := openDir(t)
	f := blob.File{Key: blob.Key(sha256.Sum256([]byte("treść"))), Name: "Sprawozdanie za 2014 – żółć.pdf", Type: "application/pdf"}
	put(t, d, f.Key, "0123456789")
	resp := serve(t, d, f)
	for header, want := range map[string]string{
		"Content-Type":                 "application/pdf",
		"X-Content-Type-Options":       "nosniff",
		"Content-Security-Policy":      "sandbox; default-src 'none'; frame-ancestors 'none'",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "private, no-cache",
		"Content-Length":               "10",
	} {
		if got := resp.Header.Get(header); got != want {
			t.Errorf("%s = %q, want %q", header, got, want)
		}
	}
	kind, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition"))
	if err != nil || kind != "attachment" || params["filename"] != f.Name {
		t.Errorf("disposition %q reads as %s %v, %v", resp.Header.Get("Content-Disposition"), kind, params, err)
	}
}

func TestOnlyOurOwnPicturesAreShownInPages(t *testing.T) {
	d, _ := openDir(t)
	put(t, d, "a/b", "x")
	resp := serve(t, d, blob.File{Key: "a/b", Name: "a.png", Type: "image/png", Picture: true})
	if got := resp.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "inline;") {
		t.Errorf("picture: %q", got)
	}
	resp = serve(t, d, blob.File{Key: "a/b", Name: "a.png", Type: "image/png"})
	if got := resp.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") {
		t.Errorf("file: %q", got)
	}
}

func TestRangesAndUnchangedFiles(t *testing.T) {
	d, _ := openDir(t)
	put(t, d, "a/b", "0123456789")
	f := blob.File{Key: "a/b", Name: "a.txt", Type: "text/plain"}
	part := serve(t, d, f, "Range", "bytes=2-4")
	if part.StatusCode != http.StatusPartialContent || part.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("range: %d %s", part.StatusCode, part.Header.Get("Content-Range"))
	}
	whole := serve(t, d, f)
	if same := serve(t, d, f, "If-None-Match", whole.Header.Get("Etag")); same.StatusCode != http.StatusNotModified {
		t.Errorf("unchanged: %d", same.StatusCode)
	}
}

func TestServingAMissingFileIsNotFound(t *testing.T) {
	d, _ := openDir(t)
	err := blob.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), d, blob.File{Key: "a/b"})
	if !fault.Is(err, fault.KindNotFound) {
		t.Fatalf("err = %v", err)
	}
}

// Whatever a name holds, the header stays one line that says what was meant.
func TestDispositionSurvivesAnyName(t *testing.T) {
	d, _ := openDir(t)
	put(t, d, "a/b", "x")
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.String().Draw(rt, "name")
		header := serve(t, d, blob.File{Key: "a/b", Name: name, Type: "text/plain"}).Header.Get("Content-Disposition")
		if strings.ContainsAny(header, "\r\n\x00") {
			rt.Fatalf("header = %q", header)
		}
		kind, params, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || params["filename"] != name {
			rt.Fatalf("%q reads as %s %q, %v", header, kind, params["filename"], err)
		}
	})
}
