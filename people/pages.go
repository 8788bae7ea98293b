package people

import (
	"context"
	"net/url"
	"slices"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists every page and act of the room.
func (s *Service) Routes() []web.Route {
	return slices.Concat(s.attemptRoutes(), s.accountRoutes(), s.securityRoutes(), s.ownRoutes(), s.adminRoutes())
}

// withNext adds to an address where to go after signing in.
func withNext(path, next string) string {
	if next == "" {
		return path
	}
	return path + "?" + url.Values{"dalej": {next}}.Encode()
}

func doorCrumbs(ctx context.Context) []ui.Crumb {
	return []ui.Crumb{{Title: lang.T(ctx, "people.door.title"), Href: "/wejscie"}}
}
