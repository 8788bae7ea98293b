package organisation

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// outsideSubregion is the answer of an organisation that sits elsewhere.
const outsideSubregion = "poza"

// readProfile reads the fields of a profile and nothing else: sector,
// verification and address are not a person's to post.
func readProfile(f *form.Form) Profile {
	return Profile{
		Name:           f.Text("name", maxName),
		ShortName:      f.Text("short_name", maxShortName),
		Kind:           Kind(f.Text("kind", maxLine)),
		Municipality:   readSeat(f),
		Register:       register.Kind(f.Text("register", maxLine)),
		RegisterNumber: f.Text("register_number", maxLine),
		NIP:            f.Text("nip", maxLine),
		REGON:          f.Text("regon", maxLine),
		Address:        f.Text("address", maxLine),
		Website:        f.Text("website", maxWebsite),
		Email:          f.Text("email", maxLine),
		Phone:          f.Text("phone", maxPhone),
		Contact:        f.Text("contact", maxLine),
		Description:    f.Lines("description", maxDescription),
	}
}

// checkedProfile reads a profile and notes its mistakes, so that all of them are
// shown at once.
func checkedProfile(f *form.Form) Profile {
	p := readProfile(f)
	_, err := p.Check()
	f.Take(err)
	return p
}

func readSeat(f *form.Form) string {
	code := f.Choice("municipality", append(territory.Codes(), outsideSubregion)...)
	if code == outsideSubregion {
		return ""
	}
	return code
}

func fillProfile(p Profile) *form.Form {
	seat := p.Municipality
	if seat == "" && p.Name != "" {
		seat = outsideSubregion
	}
	return form.New().Set("name", p.Name).Set("short_name", p.ShortName).Set("kind", string(p.Kind)).
		Set("municipality", seat).Set("register", string(p.Register)).
		Set("register_number", p.Register.Show(p.RegisterNumber)).
		Set("nip", register.ShowNIP(p.NIP)).Set("regon", register.ShowREGON(p.REGON)).
		Set("address", p.Address).Set("website", p.Website).Set("email", p.Email).Set("phone", p.Phone).
		Set("contact", p.Contact).Set("description", p.Description)
}

// formView is the form of a profile, for a new organisation or for one that is
// here.
type formView struct {
	*form.Form
	Kind     Kind
	Existing *Organisation // nil for a new one
	Taken    *Organisation // has the same entry in the register
	Conflict *ui.Conflict
	Version  int
	Trouble  string // why it is not taken now, with every word kept
}

// begin asks what kind of organisation it is, and then for what that kind needs.
func (s *Service) begin(w http.ResponseWriter, r *http.Request) error {
	kind := Kind(r.URL.Query().Get("rodzaj"))
	if !kind.Known() {
		return web.Render(w, r, kindPage(kindView{Next: "/organizacje/nowa"}))
	}
	f := fillProfile(Profile{Kind: kind})
	return web.Render(w, r, formPage(formView{Form: f, Kind: kind}))
}

// kindView asks for the kind; Next is the page that the answer leads to.
type kindView struct {
	Next     string
	Existing *Organisation
}

func (s *Service) chooseKind(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, kindPage(kindView{Next: path(o.Slug) + "/edycja", Existing: &o}))
}

func (s *Service) create(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	p := checkedProfile(f)
	if !p.Kind.Known() {
		return web.RenderInvalid(w, r, kindPage(kindView{Next: "/organizacje/nowa"}))
	}
	var o Organisation
	if !f.Any() {
		o, err = s.Register(r.Context(), p)
	}
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, formPage(refusedForm(f, p, nil, err)))
	}
	if fault.Is(err, fault.KindLimited) {
		return tooMany(w, r, refusedForm(f, p, nil, nil), err)
	}
	if err != nil {
		return err
	}
	if err := s.People.Renew(w, r); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(o.Slug), "organisation.registered")
}

// tooMany shows the form again and says when it will be taken.
func tooMany(w http.ResponseWriter, r *http.Request, v formView, err error) error {
	f := fault.Of(err)
	v.Trouble = lang.T(r.Context(), f.Key, f.Args...)
	return web.RenderStatus(w, r, http.StatusTooManyRequests, formPage(v))
}

func refusedForm(f *form.Form, p Profile, existing *Organisation, err error) formView {
	v := formView{Form: f, Kind: p.Kind, Existing: existing, Version: f.Version()}
	if other, is := takenBy(err); is {
		v.Taken = &other
	}
	return v
}

func (s *Service) edit(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	f, kind := fillProfile(o.Profile), o.Kind
	if other := Kind(r.URL.Query().Get("rodzaj")); other.Known() {
		f.Set("kind", string(other))
		kind = other
	}
	return web.Render(w, r, formPage(formView{Form: f, Kind: kind, Existing: &o, Version: o.Version}))
}

func (s *Service) change(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := s.of(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	p := checkedProfile(f)
	if !f.Any() {
		err = s.Change(ctx, o.ID, f.Version(), p)
	}
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, formPage(refusedForm(f, p, &o, err)))
	}
	if fault.Is(err, fault.KindLimited) {
		return tooMany(w, r, refusedForm(f, p, &o, nil), err)
	}
	if fault.Is(err, fault.KindConflict) {
		return s.profileConflict(w, r, f, p, o.ID)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(o.Slug), "organisation.saved")
}

// profileConflict shows what somebody else saved beside what was typed, which
// stays in the form.
func (s *Service) profileConflict(w http.ResponseWriter, r *http.Request, f *form.Form, typed Profile, id store.ID) error {
	ctx := r.Context()
	now, err := ByID(ctx, s.db, id)
	if err != nil {
		return err
	}
	theirs, yours := fillProfile(now.Profile), fillProfile(typed)
	conflict, err := s.conflict(ctx, now.UpdatedBy, now.UpdatedAt, profileLabels, theirs, yours)
	if err != nil {
		return err
	}
	v := formView{Form: f, Kind: typed.Kind, Existing: &now, Conflict: conflict, Version: now.Version}
	return web.RenderStatus(w, r, http.StatusConflict, formPage(v))
}

// fieldLabel names a field of a form in messages.
type fieldLabel struct{ field, key string }

var profileLabels = []fieldLabel{
	{"name", "organisation.name"}, {"short_name", "organisation.short_name"}, {"kind", "organisation.kind"},
	{"municipality", "organisation.municipality"}, {"register", "organisation.register"},
	{"register_number", "organisation.register_number"}, {"nip", "organisation.nip"}, {"regon", "organisation.regon"},
	{"address", "organisation.address"}, {"website", "organisation.website"}, {"email", "organisation.email"},
	{"phone", "organisation.phone"}, {"contact", "organisation.contact"}, {"description", "organisation.description"},
}

// conflict lists the fields that differ.
func (s *Service) conflict(ctx context.Context, by store.ID, at store.Time, labels []fieldLabel, theirs, yours *form.Form) (*ui.Conflict, error) {
	names, err := people.Names(ctx, s.db, []store.ID{by})
	if err != nil {
		return nil, err
	}
	c := &ui.Conflict{Who: names[by], When: lang.DateTime(ctx, at.Time)}
	for _, l := range labels {
		if a, b := theirs.Get(l.field), yours.Get(l.field); a != b {
			c.Differences = append(c.Differences, ui.Difference{Label: lang.T(ctx, l.key), Theirs: worded(ctx, l.field, a), Yours: worded(ctx, l.field, b)})
		}
	}
	return c, nil
}

// worded says a choice as the form does, and other values as they are.
func worded(ctx context.Context, field, value string) string {
	switch {
	case field == "kind" && Kind(value).Known():
		return Kind(value).Name(ctx)
	case field == "municipality":
		return seat(ctx, value)
	case field == "register" && value != "":
		return registerName(ctx, register.Kind(value))
	}
	return value
}

// registerOptions offers the registers of a kind; nil where there is nothing to
// choose.
func registerOptions(ctx context.Context, k Kind) []ui.Option {
	registers, required := k.Registers()
	if len(registers) == 0 || required && len(registers) == 1 {
		return nil
	}
	first := ui.Option{Label: lang.T(ctx, "organisation.register.choose")}
	if !required {
		first.Label = lang.T(ctx, "organisation.register.none")
	}
	options := []ui.Option{first}
	for _, one := range registers {
		options = append(options, ui.Option{Value: string(one), Label: registerName(ctx, one)})
	}
	return options
}

// onlyRegister is the register of a kind that is not asked for it.
func onlyRegister(k Kind) register.Kind {
	if registers, required := k.Registers(); required && len(registers) == 1 {
		return registers[0]
	}
	return register.None
}

// seatOptions offers the units in which the kind may sit.
func seatOptions(ctx context.Context, k Kind) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "organisation.municipality.choose")}}
	for _, o := range territory.Options(ctx) {
		if unit, _ := territory.ByTERC(o.Value); k.sits(unit) {
			options = append(options, o)
		}
	}
	return append(options, ui.Option{Value: outsideSubregion, Label: lang.T(ctx, "organisation.municipality.outside"),
		Group: lang.T(ctx, "organisation.municipality.elsewhere")})
}

type papersView struct {
	Organisation
	Papers Papers
	*form.Form
	Conflict  *ui.Conflict
	Version   int
	MayChange bool
}

// papersOf returns the organisation of the address and its papers. The route
// has checked that the reader may see them.
func (s *Service) papersOf(r *http.Request) (Organisation, Papers, error) {
	o, err := s.of(r)
	if err != nil {
		return o, Papers{}, err
	}
	p, err := PapersOf(r.Context(), s.db, o.ID)
	return o, p, err
}

func (s *Service) showPapers(w http.ResponseWriter, r *http.Request) error {
	o, p, err := s.papersOf(r)
	if err != nil {
		return err
	}
	may := access.From(r.Context()).May(Represent, string(o.ID))
	return web.Render(w, r, papersPage(papersView{Organisation: o, Papers: p, MayChange: may}))
}

func fillPapers(p Papers) *form.Form {
	return form.New().Set("signatories", p.Signatories.String()).Set("representation", p.Representation).
		Set("account", register.ShowAccount(p.Account)).Set("statute_place", p.StatutePlace).Set("statute_url", p.StatuteURL)
}

func readPapers(f *form.Form, organisation store.ID) Papers {
	p := Papers{Organisation: organisation, Version: f.Version()}
	signatories, err := ParseSignatories(f.Lines("signatories", maxSignatories*(maxLine+1)))
	if fa := fault.Of(err); fa != nil {
		f.Add("signatories", fa.Key, fa.Args...)
	}
	p.Signatories = signatories
	p.Representation = f.Lines("representation", maxRepresentation)
	p.Account = f.Text("account", maxLine)
	p.StatutePlace = f.Text("statute_place", maxLine)
	p.StatuteURL = f.Text("statute_url", maxWebsite)
	return p
}

func (s *Service) editPapers(w http.ResponseWriter, r *http.Request) error {
	o, p, err := s.papersOf(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, papersFormPage(papersView{Organisation: o, Papers: p, Form: fillPapers(p), Version: p.Version}))
}

func (s *Service) changePapers(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := s.of(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	p := readPapers(f, o.ID)
	_, err = p.Check()
	f.Take(err)
	if !f.Any() {
		err = s.ChangePapers(ctx, p)
	}
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, papersFormPage(papersView{Organisation: o, Form: f, Version: f.Version()}))
	}
	if fault.Is(err, fault.KindConflict) {
		return s.papersConflict(w, r, f, p, o)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(o.Slug)+"/dokumenty", "organisation.papers.saved")
}

var papersLabels = []fieldLabel{
	{"signatories", "organisation.signatories"}, {"representation", "organisation.representation"},
	{"account", "organisation.account"}, {"statute_place", "organisation.statute_place"}, {"statute_url", "organisation.statute_url"},
}

func (s *Service) papersConflict(w http.ResponseWriter, r *http.Request, f *form.Form, typed Papers, o Organisation) error {
	ctx := r.Context()
	now, err := PapersOf(ctx, s.db, o.ID)
	if err != nil {
		return err
	}
	conflict, err := s.conflict(ctx, now.UpdatedBy, now.UpdatedAt, papersLabels, fillPapers(now), fillPapers(typed))
	if err != nil {
		return err
	}
	v := papersView{Organisation: o, Form: f, Conflict: conflict, Version: now.Version}
	return web.RenderStatus(w, r, http.StatusConflict, papersFormPage(v))
}
