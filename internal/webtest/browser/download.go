package browser

import (
	"io"
	"net/http"

	"github.com/go-rod/rod/lib/proto"
)

// Download fetches a file as the person in this window, with their cookies.
func (tab *Tab) Download(address string) []byte {
	tab.t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	check(tab.t, err)
	cookies, err := proto.NetworkGetCookies{Urls: []string{address}}.Call(tab.page)
	check(tab.t, err)
	for _, c := range cookies.Cookies {
		request.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	response, err := http.DefaultClient.Do(request)
	check(tab.t, err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	check(tab.t, err)
	if response.StatusCode != http.StatusOK {
		tab.fail("%s answers %s", address, response.Status)
	}
	return content
}
