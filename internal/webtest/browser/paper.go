package browser

import (
	"strings"

	"github.com/go-rod/rod/lib/proto"
)

// OnPaper returns the words that stand on the page when it is printed.
func (tab *Tab) OnPaper() string {
	tab.t.Helper()
	check(tab.t, proto.EmulationSetEmulatedMedia{Media: "print"}.Call(tab.page))
	text := tab.Text("body")
	tab.dressColours()
	return strings.Join(strings.Fields(text), " ")
}
