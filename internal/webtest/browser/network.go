package browser

import (
	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// Cut takes the network away, as at the far end of a hall, and Mend brings it
// back. What the page does about it is waited for with Until.
func (tab *Tab) Cut() *Tab { return tab.reach(true) }

// Mend brings the network back.
func (tab *Tab) Mend() *Tab { return tab.reach(false) }

func (tab *Tab) reach(offline bool) *Tab {
	tab.t.Helper()
	check(tab.t, proto.NetworkEnable{}.Call(tab.page))
	check(tab.t, proto.NetworkEmulateNetworkConditions{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}.Call(tab.page))
	return tab
}

// Until waits for words that the page comes to say by itself, in its text or as
// the name of a button, and checks the page then.
func (tab *Tab) Until(words string) *Tab {
	tab.t.Helper()
	_, err := tab.page.Timeout(patience).ElementByJS(rod.Eval(`words => {
		const names = [...document.querySelectorAll("[aria-label]")].map(e => e.getAttribute("aria-label"));
		return [document.body.innerText, ...names].some(t => t.replace(/\s+/g, " ").includes(words)) ? document.body : null;
	}`, tidy(words)).ByPromise())
	if err != nil {
		tab.fail("does not come to see %q", words)
	}
	tab.settle(func() error { return nil })
	return tab
}
