package hostile

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Active lists what in an HTML text would run, load or send the reader away
// without being asked, in words for the message of a failing test. Scripts that
// the site serves itself from /zasoby/ are no finding.
func Active(page io.Reader) ([]string, error) {
	document, err := html.Parse(page)
	if err != nil {
		return nil, err
	}
	var found []string
	for n := range document.Descendants() {
		if n.Type == html.ElementNode {
			found = append(found, activeElement(n)...)
		}
	}
	return found, nil
}

// forbidden elements have no place on our pages at all.
var forbidden = []string{"iframe", "frame", "object", "embed", "base", "style", "applet", "noscript", "math", "animate", "set", "foreignobject"}

func activeElement(n *html.Node) []string {
	var found []string
	name := strings.ToLower(n.Data)
	if slices.Contains(forbidden, name) {
		found = append(found, "<"+name+">")
	}
	if name == "script" && (!strings.HasPrefix(attribute(n, "src"), "/zasoby/") || n.FirstChild != nil) {
		found = append(found, "<script> of a stranger")
	}
	if name == "meta" && strings.EqualFold(attribute(n, "http-equiv"), "refresh") {
		found = append(found, "<meta refresh>")
	}
	for _, a := range n.Attr {
		key := strings.ToLower(a.Key)
		switch {
		case strings.HasPrefix(key, "on"), key == "style", key == "srcdoc":
			found = append(found, "<"+name+" "+key+">")
		case slices.Contains(addresses, key) && runs(a.Val, name):
			found = append(found, "<"+name+" "+key+"="+a.Val+">")
		}
	}
	return found
}

// addresses are the attributes that a browser follows.
var addresses = []string{"href", "src", "action", "formaction", "data", "poster", "background", "cite", "ping", "xlink:href", "srcset", "data-hx-get", "data-hx-post"}

// runs reports whether an address is a program. Browsers skip spaces and
// control characters inside and before the scheme.
func runs(address, element string) bool {
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToLower(address))
	if strings.HasPrefix(bare, "data:image/") && element == "img" {
		return false
	}
	return strings.HasPrefix(bare, "javascript:") || strings.HasPrefix(bare, "vbscript:") || strings.HasPrefix(bare, "data:")
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
