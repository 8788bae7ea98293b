package organisation

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Sector is the side of the table at which an organisation sits. It follows from
// the kind and is never chosen.
type Sector = ui.Sector

const (
	Administration = ui.Administration
	NGO            = ui.NGO
	Resident       = ui.Resident
	Business       = ui.Business
)

// Kind is the legal form of an organisation, as far as cooperation cares.
type Kind string

const (
	GminaOffice         Kind = "gmina_office"
	CityOffice          Kind = "city_office"
	PowiatOffice        Kind = "powiat_office"
	Union               Kind = "union" // of gminas or powiats
	LocalUnit           Kind = "local_unit"
	Association         Kind = "association"
	OrdinaryAssociation Kind = "ordinary_association"
	Foundation          Kind = "foundation"
	Federation          Kind = "federation"
	SportsClub          Kind = "sports_club"
	SchoolSportsClub    Kind = "school_sports_club" // UKS
	FireBrigade         Kind = "fire_brigade"       // OSP
	RuralCircle         Kind = "rural_circle"       // KGW
	Parish              Kind = "parish"
	SocialCooperative   Kind = "social_cooperative"
	InformalGroup       Kind = "informal_group"
	Company             Kind = "company"
	SoleTrader          Kind = "sole_trader"
)

// rules are what the law says of a kind.
type rules struct {
	kind      Kind
	sector    Sector
	registers []register.Kind // where it may stand
	required  bool            // it does not exist before it stands in one of them
	office    bool            // one in each place, known by the place
	seats     []territory.Kind
}

var (
	gminas  = []territory.Kind{territory.Urban, territory.Rural, territory.UrbanRural}
	anyUnit = append([]territory.Kind{territory.PowiatKind}, gminas...)
	inKRS   = []register.Kind{register.KRS}
)

// allRules lists every kind in the order in which a person chooses. A sports club
// may stand in the court register or, while it trades with nothing, in the
// starosta's (act on sport of 25 June 2010, art. 4); a union of local
// governments is a public body of its own register, or an association.
var allRules = []rules{
	{kind: GminaOffice, sector: Administration, office: true, seats: []territory.Kind{territory.Rural, territory.UrbanRural}},
	{kind: CityOffice, sector: Administration, office: true, seats: []territory.Kind{territory.Urban, territory.UrbanRural}},
	{kind: PowiatOffice, sector: Administration, office: true, seats: []territory.Kind{territory.PowiatKind}},
	{kind: Union, sector: Administration, registers: []register.Kind{register.LocalUnions, register.KRS}, required: true, seats: anyUnit},
	{kind: LocalUnit, sector: Administration, registers: []register.Kind{register.Culture, register.Schools}, seats: anyUnit},
	{kind: Association, sector: NGO, registers: inKRS, required: true, seats: gminas},
	{kind: OrdinaryAssociation, sector: NGO, registers: []register.Kind{register.OrdinaryAssociations}, required: true, seats: gminas},
	{kind: Foundation, sector: NGO, registers: inKRS, required: true, seats: gminas},
	{kind: Federation, sector: NGO, registers: inKRS, required: true, seats: gminas},
	{kind: SportsClub, sector: NGO, registers: []register.Kind{register.KRS, register.SportsClubs}, required: true, seats: gminas},
	{kind: SchoolSportsClub, sector: NGO, registers: []register.Kind{register.SportsClubs}, required: true, seats: gminas},
	{kind: FireBrigade, sector: NGO, registers: inKRS, required: true, seats: gminas},
	{kind: RuralCircle, sector: NGO, registers: []register.Kind{register.RuralCircles}, required: true, seats: gminas},
	{kind: Parish, sector: NGO, registers: []register.Kind{register.Churches}, seats: gminas},
	{kind: SocialCooperative, sector: NGO, registers: inKRS, required: true, seats: gminas},
	{kind: InformalGroup, sector: Resident, seats: gminas},
	{kind: Company, sector: Business, registers: inKRS, required: true, seats: gminas},
	{kind: SoleTrader, sector: Business, registers: []register.Kind{register.CEIDG}, required: true, seats: gminas},
}

// Kinds lists every kind, sector by sector.
func Kinds() []Kind {
	all := make([]Kind, len(allRules))
	for i, f := range allRules {
		all[i] = f.kind
	}
	return all
}

func (k Kind) rules() (rules, bool) {
	i := slices.IndexFunc(allRules, func(f rules) bool { return f.kind == k })
	if i < 0 {
		return rules{}, false
	}
	return allRules[i], true
}

// Known reports whether there is such a kind.
func (k Kind) Known() bool { _, ok := k.rules(); return ok }

// Sector is the sector that follows from the kind.
func (k Kind) Sector() Sector { f, _ := k.rules(); return f.sector }

// Registers lists the registers in which the kind may stand; required tells
// that it has to stand in one of them. An informal group stands in none.
func (k Kind) Registers() (registers []register.Kind, required bool) {
	f, _ := k.rules()
	return slices.Clone(f.registers), f.required
}

// Office reports whether there is one of this kind in each place.
func (k Kind) Office() bool { f, _ := k.rules(); return f.office }

// Numbered reports whether the kind may have a NIP and a REGON: an informal
// group is no party to a contract and has neither.
func (k Kind) Numbered() bool { return k.Known() && k != InformalGroup }

// sits reports whether the kind may have its seat in the unit.
func (k Kind) sits(u territory.Unit) bool {
	f, _ := k.rules()
	return slices.Contains(f.seats, u.Kind)
}

// Name is what the kind is called, in the language of the context.
func (k Kind) Name(ctx context.Context) string { return lang.T(ctx, "organisation.kind."+string(k)) }

// About says in a sentence what the kind is.
func (k Kind) About(ctx context.Context) string { return lang.T(ctx, "organisation.about."+string(k)) }
