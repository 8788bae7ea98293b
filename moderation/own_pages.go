package moderation

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// ownView is what moderation has to do with the person who looks.
type ownView struct {
	Texts   []row // their own, the latest first
	Reports []ownReport
	Blocks  []ownBlock
}

// ownReport is what became of something that the person reported.
type ownReport struct {
	row
	At store.Time
}

type ownBlock struct {
	Block
	Place Place
	Now   time.Time
}

// mostOwn bounds each part of the page; what is older is in the notices.
const mostOwn = 100

func (s *Service) showOwn(w http.ResponseWriter, r *http.Request) error {
	ctx, person := r.Context(), access.From(r.Context()).Person
	var v ownView
	var err error
	v.Texts, err = store.All[row](ctx, s.db, fmt.Sprintf(`SELECT %s FROM moderation_case c JOIN moderation_author a ON a.matter = c.id
		WHERE a.person = $1 AND (c.veiled OR c.cause IN ('words', 'first') OR c.state <> 'open' AND c.state <> 'left')
		ORDER BY c.opened_at DESC, c.id LIMIT %d`, prefixed("c", caseColumns), mostOwn), person)
	if err != nil {
		return fmt.Errorf("moderation: own texts: %w", err)
	}
	if err := s.attach(ctx, s.db, v.Texts); err != nil {
		return err
	}
	if v.Reports, err = s.ownReports(ctx, person); err != nil {
		return err
	}
	blocks, err := store.All[Block](ctx, s.db, fmt.Sprintf(`SELECT `+blockColumns+` FROM moderation_block WHERE person = $1 ORDER BY at DESC, id LIMIT %d`, mostOwn), person)
	if err != nil {
		return fmt.Errorf("moderation: own blocks: %w", err)
	}
	for _, b := range blocks {
		place, err := s.placeOf(ctx, s.db, b.Programme)
		if err != nil {
			return err
		}
		v.Blocks = append(v.Blocks, ownBlock{b, place, s.db.Now()})
	}
	return web.Render(w, r, ownPage(v))
}

// ownReports lists what the person reported. Of a text that was hidden they are
// told that it was, and nothing more of it than they have seen.
func (s *Service) ownReports(ctx context.Context, person store.ID) ([]ownReport, error) {
	reports, err := store.All[ownReport](ctx, s.db, fmt.Sprintf(`SELECT %s, m.at FROM moderation_report m JOIN moderation_case c ON c.id = m.matter
		WHERE m.person = $1 ORDER BY m.at DESC, m.id LIMIT %d`, prefixed("c", caseColumns), mostOwn), person)
	if err != nil {
		return nil, fmt.Errorf("moderation: own reports: %w", err)
	}
	rows := make([]row, len(reports))
	for i, report := range reports {
		rows[i] = report.row
	}
	err = s.attach(ctx, s.db, rows)
	for i := range reports {
		reports[i].row = rows[i]
	}
	return reports, err
}

// outcome says to whoever reported a text what became of it.
func (r ownReport) outcome(ctx context.Context) string {
	return lang.T(ctx, "moderation.outcome."+string(r.State))
}

// ownCaseView is a case as the author of the text sees it.
type ownCaseView struct {
	row
	Appeal  *Appeal
	Until   time.Time // of the term in which it can be appealed
	Form    *form.Form
	Trouble string
	Now     time.Time
}

func (v ownCaseView) mayAppeal() bool { return v.Appeal == nil && v.Now.Before(v.Until) }

// told reports whether the author knows of the case: a report that nobody has
// looked at yet, or that came to nothing, is no matter of theirs.
func (c Case) told() bool {
	return c.Veiled || c.State == Hidden || c.State == Restored || c.Cause == Caught || c.Cause == First
}

// ownCase reads a case whose text is the actor's own.
func (s *Service) ownCase(r *http.Request, f *form.Form) (ownCaseView, error) {
	ctx := r.Context()
	id, err := store.ParseID(r.PathValue("case"))
	if err != nil {
		return ownCaseView{}, fault.NotFound("case")
	}
	v := ownCaseView{Form: f, Now: s.db.Now()}
	if v.Case, err = caseByID(ctx, s.db, id); err != nil {
		return v, err
	}
	rows := []row{v.row}
	if err := s.attach(ctx, s.db, rows); err != nil {
		return v, err
	}
	v.row, v.Until = rows[0], v.appealUntil()
	if !slices.Contains(v.About.Authors, access.From(ctx).Person) || !v.told() {
		return v, fault.NotFound("case of another")
	}
	v.Appeal, err = appealOf(ctx, s.db, id)
	return v, err
}

func (s *Service) showOwnCase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownCase(r, form.New())
	if fault.Is(err, fault.KindNotFound) && v.ID != "" && s.mayDecide(r.Context(), v.Case) {
		place, err := s.placeOf(r.Context(), s.db, v.Programme)
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, queuedPath(place, v.ID), "")
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, ownCasePage(v))
}

func (s *Service) appealCase(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.ownCase(r, f)
	if err != nil {
		return err
	}
	err = s.AppealCase(r.Context(), v.ID, f.Lines("words", longestWords))
	switch {
	case f.Take(err) || f.Any():
		return web.RenderInvalid(w, r, ownCasePage(v))
	case fault.Is(err, fault.KindConflict), fault.Is(err, fault.KindClosed):
		v.Trouble = lang.T(r.Context(), fault.Of(err).Key)
		return web.RenderStatus(w, r, http.StatusConflict, ownCasePage(v))
	case err != nil:
		return err
	}
	return web.SeeOther(w, r, casePath(v.ID), "moderation.appeal.sent")
}

// ownBlockView is a block as the person sees it whom it concerns.
type ownBlockView struct {
	ownBlock
	Appeal  *Appeal
	Form    *form.Form
	Trouble string
}

func (v ownBlockView) mayAppeal() bool {
	return v.Appeal == nil && v.Live(v.Now) && v.Now.Before(v.At.Add(appealWithin))
}

func (s *Service) ownBlock(r *http.Request, f *form.Form) (ownBlockView, error) {
	ctx := r.Context()
	v := ownBlockView{Form: f}
	id, err := store.ParseID(r.PathValue("block"))
	if err != nil {
		return v, fault.NotFound("block")
	}
	b, err := blockByID(ctx, s.db, id)
	if err != nil {
		return v, err
	}
	if b.Person != access.From(ctx).Person {
		return v, fault.NotFound("block of another")
	}
	place, err := s.placeOf(ctx, s.db, b.Programme)
	if err != nil {
		return v, err
	}
	v.ownBlock = ownBlock{b, place, s.db.Now()}
	v.Appeal, err = appealOf(ctx, s.db, id)
	return v, err
}

func (s *Service) showOwnBlock(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownBlock(r, form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, ownBlockPage(v))
}

func (s *Service) appealBlock(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.ownBlock(r, f)
	if err != nil {
		return err
	}
	err = s.AppealBlock(r.Context(), v.ID, v.Place, f.Lines("words", longestWords))
	switch {
	case f.Take(err) || f.Any():
		return web.RenderInvalid(w, r, ownBlockPage(v))
	case fault.Is(err, fault.KindConflict), fault.Is(err, fault.KindClosed):
		v.Trouble = lang.T(r.Context(), fault.Of(err).Key)
		return web.RenderStatus(w, r, http.StatusConflict, ownBlockPage(v))
	case err != nil:
		return err
	}
	return web.SeeOther(w, r, ownBlockPath(v.ID), "moderation.appeal.sent")
}

// term says until when a block counts.
func (b Block) term(ctx context.Context, now time.Time) string {
	switch {
	case b.LiftedBy != "":
		return lang.T(ctx, "moderation.block.lifted_on", "Date", lang.DateTime(ctx, b.EndsAt.Time))
	case b.EndsAt.IsZero():
		return lang.T(ctx, "moderation.block.always")
	case !b.Live(now):
		return lang.T(ctx, "moderation.block.over", "Date", lang.DateTime(ctx, b.EndsAt.Time))
	}
	return lang.T(ctx, "moderation.block.until_date", "Date", lang.DateTime(ctx, b.EndsAt.Time))
}

// where says in which place a block counts.
func (b ownBlock) where(ctx context.Context) string {
	if b.Place.ID == "" {
		return lang.T(ctx, "moderation.block.everywhere")
	}
	return b.Place.Title
}

func (b ownBlock) tag(ctx context.Context) ui.Tag {
	if b.Live(b.Now) {
		return ui.Tag{Tone: ui.Bad, Text: lang.T(ctx, "moderation.block.live")}
	}
	return ui.Tag{Tone: ui.Neutral, Text: lang.T(ctx, "moderation.block.ended")}
}

// AccountPart is what a person's own page shows: the way to this page, and at
// its top what they are kept from.
func (s *Service) AccountPart(ctx context.Context, person store.ID) (templ.Component, error) {
	blocks, err := liveBlocks(ctx, s.db, person)
	if err != nil {
		return nil, err
	}
	all := make([]ownBlock, len(blocks))
	for i, b := range blocks {
		place, err := s.placeOf(ctx, s.db, b.Programme)
		if err != nil {
			return nil, err
		}
		all[i] = ownBlock{b, place, s.db.Now()}
	}
	return accountPart(all), nil
}

// appealFacts are an appeal in words.
func appealFacts(ctx context.Context, a Appeal, own bool) []ui.Pair {
	said := "moderation.appeal.said"
	if own {
		said = "moderation.appeal.words"
	}
	pairs := []ui.Pair{
		{Key: lang.T(ctx, "moderation.appeal.at"), Text: lang.DateTime(ctx, a.At.Time)},
		{Key: lang.T(ctx, said), Text: a.Words},
		{Key: lang.T(ctx, "moderation.appeal.state"), Text: lang.T(ctx, "moderation.verdict."+string(a.State))},
	}
	if a.Answer != "" {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.answer"), Text: a.Answer})
	}
	return pairs
}

// ownState says in a word to the author where the text stands.
func (r row) ownState(ctx context.Context) string {
	if r.State == Open {
		return lang.T(ctx, "moderation.own.state.waits")
	}
	return lang.T(ctx, "moderation.own.state."+string(r.State))
}

// ownText says to the author what has happened and what comes next.
func (r row) ownText(ctx context.Context) string {
	switch r.State {
	case Hidden:
		return lang.T(ctx, "moderation.veil.hidden", "Date", lang.Date(ctx, r.DecidedAt.Time))
	case Restored:
		return lang.T(ctx, "moderation.own.restored", "Date", lang.Date(ctx, r.RestoredAt.Time))
	case Left:
		return lang.T(ctx, "moderation.own.left", "Date", lang.Date(ctx, r.DecidedAt.Time))
	}
	return lang.T(ctx, "moderation.veil.waits.own.text")
}
