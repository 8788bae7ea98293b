package moderation

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// caseView is a case as moderators see it.
type caseView struct {
	row
	Place   Place
	Said    []said
	Authors string // names
	Names   map[store.ID]string
	Appeal  *Appeal
	Form    *form.Form
	Trouble string
	Governs bool
	Own     bool // the reader has hidden it, and may not judge the appeal
	Wrote   bool // the reader has written it, and may not decide about it
}

// said is one report, without who made it.
type said struct {
	Reason string
	Words  string
	At     store.Time
	Member bool // of somebody signed in
}

func (s *Service) caseView(r *http.Request, f *form.Form) (caseView, error) {
	ctx := r.Context()
	v := caseView{Form: f}
	id, err := store.ParseID(r.PathValue("case"))
	if err != nil {
		return v, fault.NotFound("case")
	}
	if v.Place, err = s.place(r); err != nil {
		return v, err
	}
	if v.Case, err = caseByID(ctx, s.db, id); err != nil {
		return v, err
	}
	if v.Programme != v.Place.ID {
		return v, fault.NotFound("case of another place")
	}
	v.Said, err = store.All[said](ctx, s.db, `SELECT reason, words, at, person <> '' AS member FROM moderation_report WHERE matter = $1 ORDER BY at, id`, id)
	if err != nil {
		return v, err
	}
	if v.Reports = len(v.Said); v.Reports > 0 {
		v.Why = v.Said[0].Reason
	}
	rows := []row{v.row}
	if err := s.attach(ctx, s.db, rows); err != nil {
		return v, err
	}
	v.row = rows[0]
	if v.Appeal, err = appealOf(ctx, s.db, id); err != nil {
		return v, err
	}
	return v, s.name(ctx, &v)
}

// name finds the names of whoever the page tells of.
func (s *Service) name(ctx context.Context, v *caseView) (err error) {
	ids := append([]store.ID{v.DecidedBy, v.RestoredBy}, v.About.Authors...)
	if v.Appeal != nil {
		ids = append(ids, v.Appeal.Person, v.Appeal.AnsweredBy)
	}
	if v.Names, err = s.Names(ctx, s.db, ids); err != nil {
		return err
	}
	for _, author := range v.About.Authors {
		if name := v.Names[author]; name != "" {
			if v.Authors != "" {
				v.Authors += ", "
			}
			v.Authors += name
		}
	}
	v.Governs = mayGovern(ctx, v.Place)
	v.Own = v.DecidedBy == access.From(ctx).Person
	v.Wrote, err = wrote(ctx, s.db, v.Case, access.From(ctx).Person)
	return err
}

func (s *Service) showCase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.caseView(r, form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, casePage(v))
}

// decideCase reads which decision it is and does it.
func (s *Service) decideCase(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.caseView(r, f)
	if err != nil {
		return err
	}
	flash, err := "", error(nil)
	reason, decision := f.Lines("reason", longestReason), f.Choice("decision", "leave", "hide", "restore", "uphold", "reject")
	if !f.Any() {
		flash, err = s.carryOut(ctx, v.Case, f.Version(), decision, reason)
	}
	switch {
	case f.Take(err) || f.Any():
		return web.RenderInvalid(w, r, casePage(v))
	case fault.Is(err, fault.KindConflict), fault.Is(err, fault.KindInvalid):
		v.Trouble = lang.T(ctx, fault.Of(err).Key, fault.Of(err).Args...)
		return web.RenderStatus(w, r, http.StatusConflict, casePage(v))
	case err != nil:
		return err
	}
	return web.SeeOther(w, r, queuedPath(v.Place, v.ID), flash)
}

func (s *Service) carryOut(ctx context.Context, c Case, version int, decision, reason string) (flash string, err error) {
	switch decision {
	case "leave":
		return "moderation.done.left", s.Leave(ctx, c.ID, version, reason)
	case "hide":
		return "moderation.done.hidden", s.Hide(ctx, c.ID, version, reason)
	case "restore":
		return "moderation.done.restored", s.Restore(ctx, c.ID, version, reason)
	case "uphold":
		return "moderation.done.upheld", answerAsReason(s.Answer(ctx, c.ID, true, reason))
	}
	return "moderation.done.rejected", answerAsReason(s.Answer(ctx, c.ID, false, reason))
}

// answerAsReason puts a mistake in an answer beside the field of this form.
func answerAsReason(err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 {
		return err
	}
	return fault.Mistake("reason", f.Fields[0].Key, f.Fields[0].Args...)
}

// decisions are what can be done with the case now.
func (v caseView) decisions(ctx context.Context) []ui.Option {
	option := func(name string) ui.Option {
		return ui.Option{Value: name, Label: lang.T(ctx, "moderation.decision."+name), Hint: lang.T(ctx, "moderation.decision."+name+".hint")}
	}
	switch {
	case v.Wrote:
		return nil
	case v.State == Open:
		return []ui.Option{option("leave"), option("hide")}
	case v.State == Hidden && v.Appeal != nil && v.Appeal.State == Waiting && !v.Own:
		return []ui.Option{option("uphold"), option("reject")}
	case v.State == Hidden:
		return []ui.Option{option("restore")}
	}
	return nil
}

func (v caseView) facts(ctx context.Context) []ui.Pair {
	pairs := []ui.Pair{
		{Key: lang.T(ctx, "moderation.case.what"), Text: lang.T(ctx, v.kindTitle())},
		{Key: lang.T(ctx, "moderation.case.why"), Text: v.cause(ctx)},
		{Key: lang.T(ctx, "moderation.case.since"), Text: lang.DateTime(ctx, v.OpenedAt.Time)},
	}
	if v.Authors != "" {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.case.whose"), Text: v.Authors})
	}
	if !v.DecidedAt.IsZero() {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.case.decided"),
			Text: lang.T(ctx, "moderation.case.by", "Date", lang.DateTime(ctx, v.DecidedAt.Time), "Name", v.Names[v.DecidedBy])})
	}
	if v.Reason != "" {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.reason"), Text: v.Reason})
	}
	if v.State == Restored {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.case.restored"),
			Text: lang.T(ctx, "moderation.case.by", "Date", lang.DateTime(ctx, v.RestoredAt.Time), "Name", v.Names[v.RestoredBy])})
	}
	if v.Answer != "" {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "moderation.answer"), Text: v.Answer})
	}
	return pairs
}

func (r row) kindTitle() string {
	if r.Of.Title == "" {
		return "moderation.thing.gone"
	}
	return r.Of.Title
}

// tag says in a word where a case stands.
func (c Case) tag(ctx context.Context) ui.Tag {
	tone := map[State]ui.Tone{Open: ui.Warn, Left: ui.Good, Hidden: ui.Bad, Restored: ui.Good}[c.State]
	return ui.Tag{Tone: tone, Text: lang.T(ctx, "moderation.state."+string(c.State))}
}
