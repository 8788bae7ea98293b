package session

import "strings"

// The order matters: Edge and Opera also call themselves Chrome, and Chrome
// calls itself Safari.
var browsers = []struct{ mark, name string }{
	{"Edg", "Edge"}, {"OPR", "Opera"}, {"SamsungBrowser", "Samsung Internet"},
	{"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
}

var systems = []struct{ mark, name string }{
	{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
	{"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"},
}

// Agent reduces a browser's User-Agent to two words by which a person knows
// their own device; the full text would be a fingerprint and is not kept.
func Agent(userAgent string) string {
	var words []string
	for _, b := range browsers {
		if strings.Contains(userAgent, b.mark) {
			words = append(words, b.name)
			break
		}
	}
	for _, s := range systems {
		if strings.Contains(userAgent, s.mark) {
			words = append(words, s.name)
			break
		}
	}
	return strings.Join(words, ", ")
}
