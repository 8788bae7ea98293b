package debate

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/wspolnota/wspolnota/web"
)

// longestEmbed bounds the list of sites that may show the results in a frame.
const longestEmbed = 1_000

// origins are the sites of a list, one in a line.
func origins(list string) []string { return strings.Fields(list) }

// badOrigin returns the first line that is no site reached over TLS, "" for none.
func badOrigin(list string) string {
	for _, line := range origins(list) {
		u, err := url.Parse(line)
		if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" ||
			strings.ContainsAny(u.Host, "*;,'\" ") {
			return line
		}
	}
	return ""
}

// showFrame is the results alone, for a frame on another site: nothing of the
// reader, no form, and no cookie is looked at. Only the sites that whoever leads
// the debate has named may show it.
func (s *Service) showFrame(w http.ResponseWriter, r *http.Request) error {
	d, err := s.at(r)
	if err != nil {
		return err
	}
	v := resultView{Debate: d, Final: d.Told(s.db.Now()), Frame: true, Home: s.Site.URL(d.Path() + "/wyniki")}
	if v.Result, err = s.Result(r.Context(), d.ID); err != nil {
		return err
	}
	web.FramedBy(w, origins(d.Embed)...)
	return web.Render(w, r, framePage(v))
}
