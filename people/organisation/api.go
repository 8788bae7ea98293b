package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// told is an organisation as the API tells it: what its public page shows.
type told struct {
	ID             string `json:"id"`
	Slug           string `json:"slug"`
	Name           string `json:"name"`
	ShortName      string `json:"short_name,omitempty"`
	Sector         string `json:"sector" enum:"administration,ngo,resident,business"`
	Kind           string `json:"kind"`
	Municipality   string `json:"municipality,omitempty" doc:"TERC code; absent outside the subregion."`
	Register       string `json:"register,omitempty"`
	RegisterNumber string `json:"register_number,omitempty"`
	NIP            string `json:"nip,omitempty"`
	REGON          string `json:"regon,omitempty"`
	Address        string `json:"address,omitempty"`
	Website        string `json:"website,omitempty" doc:"Only of verified organisations."`
	Email          string `json:"email,omitempty"`
	Phone          string `json:"phone,omitempty"`
	Description    string `json:"description,omitempty" doc:"Markdown; of organisations that nobody has verified plain text without links."`
	Verified       bool   `json:"verified" doc:"Whether an administrator compared it with its register."`
	URL            string `json:"url"`
}

type listInput struct {
	api.Paging
	Words        string `query:"q" maxLength:"200" doc:"Words of the name."`
	Sector       string `query:"sector" enum:"administration,ngo,resident,business"`
	Municipality string `query:"municipality" pattern:"^[0-9]{4}([0-9]{3})?$" doc:"TERC code of a gmina (7 digits) or powiat (4 digits)."`
	Verified     string `query:"verified" enum:"true,false"`
}

type oneInput struct {
	Organisation string `path:"organisation" maxLength:"200" doc:"Slug of the organisation."`
}

// AddTo lets programs read what the pages of the room show.
func (s *Service) AddTo(a *api.API) {
	api.List(a, api.Read{Path: "/organisations", ID: "list-organisations", Summary: "Organisations, in Polish alphabetical order",
		Told: "organisation.api.list", Tag: "organisations", Need: access.Anyone}, s.apiList)
	api.Get(a, api.Read{Path: "/organisations/{organisation}", ID: "get-organisation", Summary: "One organisation",
		Told: "organisation.api.one", Tag: "organisations", Need: access.Anyone}, s.apiOne)
}

func (s *Service) apiList(ctx context.Context, in *listInput) ([]told, int, error) {
	verified := map[string]string{"true": yes, "false": no}[in.Verified]
	f := Filter{Words: in.Words, Sector: Sector(in.Sector), Municipality: in.Municipality, Verified: verified, Page: in.Page}
	found, total, err := find(ctx, s.db, f, columns, in.PerPage)
	all := make([]told, len(found))
	for i, o := range found {
		all[i] = s.told(o)
	}
	return all, total, err
}

func (s *Service) apiOne(ctx context.Context, in *oneInput) (told, error) {
	o, err := BySlug(ctx, s.db, in.Organisation)
	if err == nil {
		err = shown(ctx, o)
	}
	return s.told(o), err
}

func (s *Service) told(o Organisation) told {
	t := told{ID: string(o.ID), Slug: o.Slug, Name: o.Name, ShortName: o.ShortName, Sector: string(o.Sector), Kind: string(o.Kind),
		Municipality: o.Municipality, NIP: o.NIP, REGON: o.REGON, Address: o.Address, Website: o.Website, Email: o.Email,
		Phone: o.Phone, Description: o.Description, Verified: o.Verified(), URL: s.Site.URL(path(o.Slug))}
	if !o.Verified() { // no link is gained by registering alone
		t.Website, t.Description = "", markdown.Plain(o.Description)
	}
	if o.Register != register.None {
		t.Register, t.RegisterNumber = string(o.Register), o.RegisterNumber
	}
	return t
}
