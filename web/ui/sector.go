package ui

import (
	"context"

	"github.com/wspolnota/wspolnota/lang"
)

// Sector is one of the four sides of the table. Its colour and its shape are
// the same wherever it appears.
type Sector string

const (
	Administration Sector = "administration"
	NGO            Sector = "ngo"
	Resident       Sector = "resident"
	Business       Sector = "business"
)

// Sectors lists them in the order in which every legend shows them.
var Sectors = []Sector{Administration, NGO, Resident, Business}

// Name is the sector's name in the language of the context.
func (s Sector) Name(ctx context.Context) string {
	switch s {
	case Administration:
		return lang.T(ctx, "ui.sector.administration")
	case NGO:
		return lang.T(ctx, "ui.sector.ngo")
	case Resident:
		return lang.T(ctx, "ui.sector.resident")
	case Business:
		return lang.T(ctx, "ui.sector.business")
	}
	return string(s)
}
