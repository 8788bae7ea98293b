package browser_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// TestScreenshots photographs the pages by which the project is judged, to be
// looked at and for the README. `make screenshots` takes those of the README.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("WSPOLNOTA_SHOTS")
	if dir == "" {
		t.Skip("skipped: WSPOLNOTA_SHOTS names no directory")
	}
	site := browser.Own(t, "--at", "2014-12-05")
	for name, path := range map[string]string{
		"home": "/", "programme": mainProgramme, "news": "/aktualnosci",
		"article":      mainProgramme + "/aktualnosci/kartki-na-dwoch-scianach-z-wisly-wrocila-nasza-grupa",
		"organisation": "/organizacje/uczniowski-klub-sportowy-cztery-wiatry",
		"event":        mainProgramme + "/wydarzenia/seminarium-partycypacyjne-w-wisle",
		"minutes":      mainProgramme + "/wydarzenia/seminarium-partycypacyjne-w-wisle/protokol",
		"debate":       mainProgramme + "/debaty/co-naprawde-utrudnia-wspolprace-urzedu-organizacji-i-mieszkancow/wyniki",
		"barriers":     mainProgramme + "/bariery",
		"components":   "/dev/components",
	} {
		for _, o := range []browser.Options{phone, phoneOff, phoneAbroad, phoneBoth, desk, deskOff, deskAbroad, deskBoth} {
			o.NoScript = false
			photograph(t, site, filepath.Join(dir, name), path, o)
		}
	}
}

func photograph(t *testing.T, site *browser.Site, name, path string, o browser.Options) {
	colours, language, height := "light", "pl", 1600
	if o.Dark {
		colours = "dark"
	}
	if o.English {
		language = "en"
	}
	if o.Width == 320 {
		height = 1200
	}
	file := fmt.Sprintf("%s-%d-%s-%s", name, o.Width, colours, language)
	t.Run(filepath.Base(file), func(t *testing.T) {
		site.Open(t, o).Go(path).ShotOf(file+".png", height)
	})
}
