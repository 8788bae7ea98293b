package browser

import (
	"os"
	"path/filepath"

	"github.com/go-rod/rod/lib/proto"
)

// Shot writes a picture of the whole page.
func (tab *Tab) Shot(path string) {
	tab.t.Helper()
	picture, err := tab.page.Timeout(patience).Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	check(tab.t, err)
	check(tab.t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(tab.t, os.WriteFile(path, picture, 0o644))
}
