package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// The bundle in dist is built from src by `make assets` and is not in git. The
// pages are complete without it; then there is simply no script.
//
//go:embed assets/*.css assets/*.svg all:assets/dist
var files embed.FS

// assetRoot is where Assets has to be mounted.
const assetRoot = "/zasoby/"

// asset is one file as it is served: its address carries a hash of its content,
// so that browsers may keep it for ever.
type asset struct {
	address string
	kind    string
	plain   []byte
	packed  func() []byte // gzip, made when first asked for
}

var (
	assetsByName    = map[string]*asset{}
	assetsByAddress = map[string]*asset{}
)

// The files are inside the program: reading them cannot fail, and their
// addresses are needed by every page.
func init() {
	for _, dir := range []string{"assets", "assets/dist"} {
		entries, err := fs.ReadDir(files, dir)
		if err != nil {
			panic(err)
		}
		for _, e := range entries {
			if kind := kindOf(e.Name()); kind != "" {
				keep(dir+"/"+e.Name(), kind)
			}
		}
	}
}

func keep(file, kind string) {
	content, err := files.ReadFile(file)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(content)
	name, ext := path.Base(file), path.Ext(file)
	a := &asset{
		address: assetRoot + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		kind:    kind,
		plain:   content,
	}
	a.packed = sync.OnceValue(a.pack)
	assetsByName[name], assetsByAddress[a.address] = a, a
}

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return ""
}

func (a *asset) pack() []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(a.plain) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// AssetPath is the address of an asset, such as "wspolnota.css"; "" where the
// program was built without it.
func AssetPath(name string) string {
	if a := assetsByName[name]; a != nil {
		return a.address
	}
	return ""
}

// scriptPath is "" where the bundle was not built.
func scriptPath() string { return AssetPath("app.js") }

// Assets serves everything under /zasoby/.
func Assets() http.Handler { return http.HandlerFunc(serveAsset) }

func serveAsset(w http.ResponseWriter, r *http.Request) {
	a := assetsByAddress[r.URL.Path]
	if a == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	body := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.packed()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who does not wait for it does not need it
	}
}
