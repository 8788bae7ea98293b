package moderation

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// blocksView lists whom a place keeps from writing.
type blocksView struct {
	Place Place
	Rows  []Block
	Names map[store.ID]string
	Now   time.Time
	Page  int
	Total int
}

func (s *Service) showBlocks(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	in, err := s.place(r)
	if err != nil {
		return err
	}
	v := blocksView{Place: in, Now: s.db.Now(), Page: web.Query(r).Page("strona")}
	if v.Total, err = store.One[int](ctx, s.db, `SELECT count(*) FROM moderation_block WHERE programme = $1`, in.ID); err != nil {
		return err
	}
	v.Rows, err = store.All[Block](ctx, s.db, fmt.Sprintf(`SELECT `+blockColumns+` FROM moderation_block WHERE programme = $1
		ORDER BY at DESC, id LIMIT %d OFFSET %d`, pageSize, pageSize*(v.Page-1)), in.ID)
	if err != nil {
		return fmt.Errorf("moderation: blocks: %w", err)
	}
	var ids []store.ID
	for _, b := range v.Rows {
		ids = append(ids, b.Person, b.BlockedBy)
	}
	if v.Names, err = s.Names(ctx, s.db, ids); err != nil {
		return err
	}
	return web.Render(w, r, blocksPage(v))
}

// newBlockView is the form on which somebody is blocked. The people are the
// authors of the case from which the moderator comes; without one an address is
// typed.
type newBlockView struct {
	Place  Place
	Case   store.ID
	People []ui.Option
	Form   *form.Form
}

func (s *Service) newBlockView(r *http.Request, f *form.Form, of string) (newBlockView, error) {
	ctx := r.Context()
	in, err := s.place(r)
	v := newBlockView{Place: in, Form: f}
	if err != nil || of == "" {
		return v, err
	}
	id, err := store.ParseID(of)
	if err != nil {
		return v, fault.NotFound("case")
	}
	c, err := caseByID(ctx, s.db, id)
	if err != nil {
		return v, err
	}
	if c.Programme != in.ID {
		return v, fault.NotFound("case of another place")
	}
	authors, err := store.All[store.ID](ctx, s.db, `SELECT person FROM moderation_author WHERE matter = $1 ORDER BY person`, id)
	if err != nil {
		return v, err
	}
	names, err := s.Names(ctx, s.db, authors)
	for _, author := range authors {
		v.People = append(v.People, ui.Option{Value: string(author), Label: names[author]})
	}
	v.Case = id
	return v, err
}

func (s *Service) showNewBlock(w http.ResponseWriter, r *http.Request) error {
	f := form.New().Set("days", strconv.Itoa(Terms[1]))
	v, err := s.newBlockView(r, f, r.URL.Query().Get("sprawa"))
	if err != nil {
		return err
	}
	if len(v.People) == 1 {
		f.Set("person", v.People[0].Value)
	}
	return web.Render(w, r, newBlockPage(v))
}

func (s *Service) block(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.newBlockView(r, f, f.Get("sprawa"))
	if err != nil {
		return err
	}
	n, err := s.readBlock(r.Context(), v)
	if err != nil {
		return err
	}
	if !f.Any() {
		err = s.BlockPerson(r.Context(), n)
	}
	if f.Take(v.beside(err)) || f.Any() {
		return web.RenderInvalid(w, r, newBlockPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, blocksPath(v.Place), "moderation.block.done")
}

// beside puts a mistake about the person where the form asks for them.
func (v newBlockView) beside(err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 || f.Fields[0].Name != "person" || len(v.People) > 0 {
		return err
	}
	return fault.Mistake("email", f.Fields[0].Key, f.Fields[0].Args...)
}

func (s *Service) readBlock(ctx context.Context, v newBlockView) (NewBlock, error) {
	var terms, people []string
	for _, days := range Terms {
		terms = append(terms, strconv.Itoa(days))
	}
	n := NewBlock{Programme: v.Place, Reason: v.Form.Lines("reason", longestReason)}
	n.Days, _ = strconv.Atoi(v.Form.Choice("days", terms...))
	if len(v.People) > 0 {
		for _, p := range v.People {
			people = append(people, p.Value)
		}
		n.Person = store.ID(v.Form.Choice("person", people...))
		return n, nil
	}
	typed := v.Form.Required("email", 254)
	if v.Form.Any() {
		return n, nil
	}
	person, err := s.ByEmail(ctx, s.db, typed)
	if fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindInvalid) {
		v.Form.Add("email", "moderation.block.nobody")
		return n, nil
	}
	n.Person = person
	return n, err
}

// blockView is one block as those see it who govern the place.
type blockView struct {
	ownBlock
	Names   map[store.ID]string
	Appeal  *Appeal
	Form    *form.Form
	Trouble string
	Own     bool
}

func (s *Service) blockView(r *http.Request, f *form.Form) (blockView, error) {
	ctx := r.Context()
	v := blockView{Form: f}
	id, err := store.ParseID(r.PathValue("block"))
	if err != nil {
		return v, fault.NotFound("block")
	}
	in, err := s.place(r)
	if err != nil {
		return v, err
	}
	b, err := blockByID(ctx, s.db, id)
	if err != nil {
		return v, err
	}
	if b.Programme != in.ID {
		return v, fault.NotFound("block of another place")
	}
	v.ownBlock = ownBlock{b, in, s.db.Now()}
	reader := access.From(ctx).Person
	v.Own = b.BlockedBy == reader || b.Person == reader
	if v.Appeal, err = appealOf(ctx, s.db, id); err != nil {
		return v, err
	}
	v.Names, err = s.Names(ctx, s.db, slices.Compact([]store.ID{b.Person, b.BlockedBy, b.LiftedBy}))
	return v, err
}

func (s *Service) showBlock(w http.ResponseWriter, r *http.Request) error {
	v, err := s.blockView(r, form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, blockPage(v))
}

func (s *Service) decideBlock(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.blockView(r, f)
	if err != nil {
		return err
	}
	answer, decision := f.Lines("reason", longestReason), f.Choice("decision", "lift", "uphold", "reject")
	flash := "moderation.done.lifted"
	if !f.Any() {
		switch decision {
		case "lift":
			err = s.Lift(ctx, v.ID, f.Version(), v.Place, answer)
		case "uphold":
			err = answerAsReason(s.Answer(ctx, v.ID, true, answer))
		default:
			flash, err = "moderation.done.block_kept", answerAsReason(s.Answer(ctx, v.ID, false, answer))
		}
	}
	switch {
	case f.Take(err) || f.Any():
		return web.RenderInvalid(w, r, blockPage(v))
	case fault.Is(err, fault.KindConflict), fault.Is(err, fault.KindInvalid):
		v.Trouble = lang.T(ctx, fault.Of(err).Key)
		return web.RenderStatus(w, r, http.StatusConflict, blockPage(v))
	case err != nil:
		return err
	}
	return web.SeeOther(w, r, blocksPath(v.Place)+"/"+string(v.ID), flash)
}

func (v blockView) decisions(ctx context.Context) []ui.Option {
	option := func(name string) ui.Option {
		return ui.Option{Value: name, Label: lang.T(ctx, "moderation.block.decision."+name)}
	}
	switch {
	case v.Appeal != nil && v.Appeal.State == Waiting && !v.Own:
		return []ui.Option{option("uphold"), option("reject")}
	case v.Live(v.Now):
		return []ui.Option{option("lift")}
	}
	return nil
}

func (v blockView) facts(ctx context.Context) []ui.Pair {
	pairs := []ui.Pair{
		{Key: lang.T(ctx, "moderation.block.until"), Text: v.term(ctx, v.Now)},
		{Key: lang.T(ctx, "moderation.block.place"), Text: v.where(ctx)},
		{Key: lang.T(ctx, "moderation.reason"), Text: v.Reason},
		{Key: lang.T(ctx, "moderation.case.decided"), Text: lang.T(ctx, "moderation.case.by", "Date", lang.DateTime(ctx, v.At.Time), "Name", v.Names[v.BlockedBy])},
	}
	if v.Answer != "" {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.answer"), Text: v.Answer})
	}
	return pairs
}

func termOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(Terms))
	for i, days := range Terms {
		options[i] = ui.Option{Value: strconv.Itoa(days), Label: lang.N(ctx, "moderation.block.days", days)}
		if days == 0 {
			options[i].Label = lang.T(ctx, "moderation.block.always")
		}
	}
	return options
}
