package organisation

import (
	"net/http"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation/register"
)

// listTable is the list under the filter of the address, whole, with what each
// organisation's public page says.
func (s *Service) listTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	f := readFilter(r)
	f.Page = 1
	all, total, err := find(ctx, s.db, f, columns, export.MostRows)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "organisation.list.title"), Head: export.Titles(ctx, "organisation.name", "organisation.short_name",
		"organisation.sector", "organisation.kind", "organisation.municipality", "organisation.register", "organisation.register_number",
		"organisation.nip", "organisation.regon", "organisation.address", "organisation.website", "organisation.email",
		"organisation.phone", "organisation.list.verified", "organisation.list.page")}
	if err := t.Fits(total); err != nil {
		return t, err
	}
	for _, o := range all {
		kind := ""
		if o.Register != register.None {
			kind = registerName(ctx, o.Register)
		}
		t.Rows = append(t.Rows, []any{o.Name, o.ShortName, o.Sector.Name(ctx), o.Kind.Name(ctx), seat(ctx, o.Municipality), kind,
			o.Register.Show(o.RegisterNumber), register.ShowNIP(o.NIP), register.ShowREGON(o.REGON), o.Address, o.Website, o.Email,
			o.Phone, export.Day{Time: o.VerifiedAt.Time}, s.Site.URL(path(o.Slug))})
	}
	return t, nil
}
