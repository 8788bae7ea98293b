package debate

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Joined says which sectors are told as one, so that in a small room fewer of
// them are hidden. It is fixed before the debate opens: chosen afterwards, it
// could be chosen for what it shows.
type Joined string

const (
	Apart  Joined = ""       // each sector by itself
	Social Joined = "social" // NGOs with residents
	Sides  Joined = "sides"  // the administration on one side, all others on the other
)

// Joins lists them in the order in which a form offers them.
var Joins = []Joined{Apart, Social, Sides}

func (j Joined) known() bool { return slices.Contains(Joins, j) }

// of is the sector under which another one is told.
func (j Joined) of(s ui.Sector) ui.Sector {
	if j != Apart && s == ui.Resident || j == Sides && s == ui.Business {
		return ui.NGO
	}
	return s
}

// sectors are those that are told.
func (j Joined) sectors() []ui.Sector {
	return slices.DeleteFunc(slices.Clone(ui.Sectors), func(s ui.Sector) bool { return j.of(s) != s })
}

// name is what a sector is called when others are told with it.
func (j Joined) name(ctx context.Context, s ui.Sector) string {
	if j != Apart && s == ui.NGO {
		return lang.T(ctx, "debate.joined.name."+string(j))
	}
	return s.Name(ctx)
}

// people are the sector's in the genitive plural: of a hundred officials.
func (j Joined) people(ctx context.Context, s ui.Sector) string {
	if j != Apart && s == ui.NGO {
		return lang.T(ctx, "debate.joined.people."+string(j))
	}
	return lang.T(ctx, "debate.people."+string(s))
}
