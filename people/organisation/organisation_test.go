package organisation_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/register"
)

func TestSectorFollowsFromTheKind(t *testing.T) {
	want := map[organisation.Kind]organisation.Sector{
		organisation.GminaOffice: organisation.Administration, organisation.CityOffice: organisation.Administration,
		organisation.PowiatOffice: organisation.Administration, organisation.Union: organisation.Administration,
		organisation.LocalUnit: organisation.Administration, organisation.InformalGroup: organisation.Resident,
		organisation.Company: organisation.Business, organisation.SoleTrader: organisation.Business,
	}
	for _, k := range organisation.Kinds() {
		sector, listed := want[k]
		if !listed {
			sector = organisation.NGO
		}
		if k.Sector() != sector {
			t.Errorf("%s sits with %s, want %s", k, k.Sector(), sector)
		}
	}
	if len(organisation.Kinds()) != 18 || organisation.Kind("king").Known() || organisation.Kind("").Sector() != "" {
		t.Error("the list of kinds is not what it was")
	}
}

func TestEveryKindAndRegisterHasWordsInBothLanguages(t *testing.T) {
	words, err := lang.Load(organisation.Messages)
	must(t, err)
	for _, l := range lang.Languages {
		ctx := lang.With(context.Background(), words.Printer(l))
		for _, k := range organisation.Kinds() {
			if strings.HasPrefix(k.Name(ctx), "organisation.") || strings.HasPrefix(k.About(ctx), "organisation.") {
				t.Errorf("%s: %q, %q", l, k.Name(ctx), k.About(ctx))
			}
		}
		for _, r := range register.Kinds {
			if !words.Has(l, "organisation.register."+string(r)) {
				t.Errorf("%s: %s has no name", l, r)
			}
		}
	}
}

func TestProfileIsChecked(t *testing.T) {
	for _, tt := range []struct {
		name    string
		change  func(*organisation.Profile)
		mistake string // "field: key", "" when it is taken
	}{
		{"as it is", func(*organisation.Profile) {}, ""},
		{"no name", func(p *organisation.Profile) { p.Name = "" }, "name: form.required"},
		{"a name of digits", func(p *organisation.Profile) { p.Name = "112" }, "name: organisation.name.letters"},
		{"too long a name", func(p *organisation.Profile) { p.Name = strings.Repeat("ż", 201) }, "name: form.too_long"},
		{"an unknown kind", func(p *organisation.Profile) { p.Kind = "king" }, "kind: form.not_offered"},
		{"a place that is not", func(p *organisation.Profile) { p.Municipality = "4412013" }, "municipality: form.not_offered"},
		{"a club sitting in a powiat", func(p *organisation.Profile) { p.Municipality = "2412" }, "municipality: organisation.municipality.other_kind"},
		{"outside the subregion", func(p *organisation.Profile) { p.Municipality = "" }, ""},
		{"a register it cannot stand in", func(p *organisation.Profile) { p.Kind, p.Register = organisation.SportsClub, register.CEIDG }, "register: form.not_offered"},
		{"a register that is not chosen", func(p *organisation.Profile) { p.Kind, p.Register = organisation.SportsClub, "" }, "register: form.choose"},
		{"the only register is not asked for", func(p *organisation.Profile) { p.Register = "" }, ""},
		{"no number", func(p *organisation.Profile) { p.RegisterNumber = " " }, "register_number: form.required"},
		{"a wrong NIP", func(p *organisation.Profile) { p.NIP = "9990000015" }, "nip: organisation.number.checksum"},
		{"a short NIP", func(p *organisation.Profile) { p.NIP = "999000001" }, "nip: organisation.number.too_few"},
		{"a wrong REGON", func(p *organisation.Profile) { p.REGON = "999000013" }, "regon: organisation.number.checksum"},
		{"a sole trader without a NIP", func(p *organisation.Profile) { p.Kind, p.Register, p.NIP = organisation.SoleTrader, "", "" }, "nip: form.required"},
		{"a script as website", func(p *organisation.Profile) { p.Website = "javascript:alert(1)" }, "website: organisation.website.invalid"},
		{"a website with a password", func(p *organisation.Profile) { p.Website = "https://a:b@example.org" }, "website: organisation.website.invalid"},
		{"a website of this machine", func(p *organisation.Profile) { p.Website = "http://localhost" }, "website: organisation.website.invalid"},
		{"a wrong e-mail", func(p *organisation.Profile) { p.Email = "biuro" }, "email: people.email.invalid"},
		{"a telephone of words", func(p *organisation.Profile) { p.Phone = "zadzwoń" }, "phone: organisation.phone.invalid"},
		{"a telephone of five digits", func(p *organisation.Profile) { p.Phone = "12345" }, "phone: organisation.phone.invalid"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := club()
			tt.change(&p)
			if _, err := p.Check(); mistakes(err) != tt.mistake {
				t.Errorf("got %q, want %q", mistakes(err), tt.mistake)
			}
		})
	}
}

func mistakes(err error) string {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	var all []string
	for _, field := range f.Fields {
		all = append(all, field.Name+": "+field.Key)
	}
	return strings.Join(all, ", ")
}

func TestProfileIsKeptNormalised(t *testing.T) {
	p := club()
	p.Website, p.Email, p.REGON = "example.org/klub", "Biuro@Example.org", "999 000 012"
	p, err := p.Check()
	must(t, err)
	if p.NIP != "9990000014" || p.REGON != "999000012" || p.Website != "https://example.org/klub" || p.Email != "biuro@example.org" {
		t.Errorf("kept %+v", p)
	}
}

func TestInformalGroupHasNoNumbers(t *testing.T) {
	p := club()
	p.Kind = organisation.InformalGroup
	p, err := p.Check()
	must(t, err)
	if p.Register != "" || p.RegisterNumber != "" || p.NIP != "" || p.REGON != "" {
		t.Errorf("kept %+v", p)
	}
}

func TestEntryOfASoleTraderIsTheNIP(t *testing.T) {
	p := organisation.Profile{Name: "Sklep", Kind: organisation.SoleTrader, NIP: "999-000-00-14", Municipality: "2473011"}
	p, err := p.Check()
	must(t, err)
	if p.Register != register.CEIDG || p.RegisterNumber != "9990000014" {
		t.Errorf("kept %+v", p)
	}
}

func TestSignatoriesAreReadLineByLine(t *testing.T) {
	s, err := organisation.ParseSignatories("Anna Nowak, prezes\n\n Jan Kos ,skarbnik, sekretarz \n")
	must(t, err)
	if want := (organisation.Signatories{{Name: "Anna Nowak", Function: "prezes"}, {Name: "Jan Kos", Function: "skarbnik, sekretarz"}}); !slices.Equal(s, want) {
		t.Errorf("read %+v", s)
	}
	again, err := organisation.ParseSignatories(s.String())
	must(t, err)
	if !slices.Equal(again, s) {
		t.Errorf("written and read again %+v", again)
	}
	for text, want := range map[string]string{
		"Anna Nowak, prezes\nJan Kos": "organisation.signatories.line", ", prezes": "organisation.signatories.line",
		strings.Repeat("Anna Nowak, prezes\n", 13): "organisation.signatories.many",
		strings.Repeat("a", 200) + ", prezes":      "organisation.signatories.long",
	} {
		if _, err := organisation.ParseSignatories(text); fault.Of(err) == nil || fault.Of(err).Key != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}

func FuzzSignatories(f *testing.F) {
	f.Add("Anna Nowak, prezes\nJan, ")
	f.Add(",\n,,\n a,b")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := organisation.ParseSignatories(text)
		if err != nil {
			return
		}
		if again, err := organisation.ParseSignatories(s.String()); err != nil || !slices.Equal(s, again) {
			t.Errorf("%q is %v, written and read again %v, %v", text, s, again, err)
		}
	})
}

func FuzzProfile(f *testing.F) {
	f.Add("UKS", "sports_club", "krs", "0000123456", "PL 123-456-32-18", "example.org", "+48 32 123 45 67")
	f.Add("", "sole_trader", "ceidg", "", "1234563218", "http://[::1", "()")
	f.Fuzz(func(t *testing.T, name, kind, in, number, nip, website, phone string) {
		p := organisation.Profile{Name: name, Kind: organisation.Kind(kind), Register: register.Kind(in), RegisterNumber: number,
			NIP: nip, Website: website, Phone: phone, Municipality: "2473011"}
		kept, err := p.Check()
		if err != nil {
			return
		}
		if again, err := kept.Check(); err != nil || again != kept {
			t.Errorf("kept %+v, checked again %+v, %v", kept, again, err)
		}
		if kept.Website != "" && !strings.HasPrefix(kept.Website, "http://") && !strings.HasPrefix(kept.Website, "https://") {
			t.Errorf("kept the website %q", kept.Website)
		}
	})
}
