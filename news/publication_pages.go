package news

import (
	"context"
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// publicationView is where an editor decides when the public sees an article.
type publicationView struct {
	Article Article
	Hidden  bool // the programme is a draft: nobody would see it
	State   State
	Missing []fault.Field // without which it cannot be published
	Form    *form.Form
}

func (s *Service) showPublication(w http.ResponseWriter, r *http.Request) error {
	v, err := s.publication(r)
	if err != nil {
		return err
	}
	v.Form.Set("when", "now").SetMoment("at", v.Article.PublishAt.Time)
	if v.State == Scheduled {
		v.Form.Set("when", "later")
	}
	return web.Render(w, r, publicationPage(v))
}

func (s *Service) publication(r *http.Request) (publicationView, error) {
	a, latest, err := s.latest(r)
	v := publicationView{Article: a.Article, Hidden: a.ProgrammeState == programme.Draft, State: a.At(s.db.Now()), Form: form.New()}
	if f := fault.Of(latest.Complete()); f != nil {
		v.Missing = f.Fields
	}
	return v, err
}

func (s *Service) publish(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, f, err := s.posted(r)
	if err != nil {
		return err
	}
	at, flash := s.db.Now(), "news.flash.published"
	if f.Choice("when", "now", "later") == "later" {
		at, flash = f.RequiredMoment("at"), "news.flash.scheduled"
		f.Check(f.Any() || at.After(s.db.Now()), "at", "news.publish.past")
	}
	if !f.Any() {
		published, err := s.Publish(ctx, a.Programme, a.ID, f.Version(), at)
		if err == nil {
			return web.SeeOther(w, r, published.Path(), flash)
		}
		// What is missing is said by the page, with the way to mend it.
		if !f.Take(err) {
			return err
		}
		f = form.New().Set("when", f.Get("when")).Set("at", f.Get("at"))
	}
	v, err := s.publication(r)
	if err != nil {
		return err
	}
	v.Form = f
	return web.RenderInvalid(w, r, publicationPage(v))
}

func (s *Service) unschedule(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Unschedule, "/publikacja", "news.flash.unscheduled")
}

func (s *Service) readdressPage(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Readdress, "/publikacja", "news.flash.readdressed")
}

func (s *Service) returnToPublic(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Return, "", "news.flash.returned")
}

// act runs a verb that needs nothing but the version that the person saw.
func (s *Service) act(w http.ResponseWriter, r *http.Request,
	verb func(ctx context.Context, programme, id store.ID, version int) (Article, error), next, flash string,
) error {
	a, f, err := s.posted(r)
	if err != nil {
		return err
	}
	after, err := verb(r.Context(), a.Programme, a.ID, f.Version())
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, after.Path()+next, flash)
}

// withdrawView asks why an article goes.
type withdrawView struct {
	Article Article
	Form    *form.Form
}

func (s *Service) askWithdraw(w http.ResponseWriter, r *http.Request) error {
	a, err := byAddress(r.Context(), s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	if a.At(s.db.Now()) != Published {
		return web.SeeOther(w, r, a.Path()+"/publikacja", "")
	}
	return web.Render(w, r, withdrawPage(withdrawView{a.Article, form.New()}))
}

func (s *Service) withdraw(w http.ResponseWriter, r *http.Request) error {
	a, f, err := s.posted(r)
	if err != nil {
		return err
	}
	reason := f.Required("reason", longestReason)
	if f.Any() {
		return web.RenderInvalid(w, r, withdrawPage(withdrawView{a.Article, f}))
	}
	after, err := s.Withdraw(r.Context(), a.Programme, a.ID, f.Version(), reason)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, after.Path(), "news.flash.withdrawn")
}

func (s *Service) askDelete(w http.ResponseWriter, r *http.Request) error {
	a, err := byAddress(r.Context(), s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	if a.At(s.db.Now()) != Draft {
		return web.SeeOther(w, r, a.Path()+"/publikacja", "")
	}
	return web.Render(w, r, deletePage(a.Article))
}

func (s *Service) delete(w http.ResponseWriter, r *http.Request) error {
	a, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if err := s.Delete(r.Context(), a.Programme, a.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, a.List()+"/redakcja", "news.flash.deleted")
}

// The editors' desk: what is not before the public yet comes first.

// deskView lists the articles of a programme in every state.
type deskView struct {
	Programme programme.Programme
	Articles  []Article
	Counts    map[State]int
	State     State // shown, "" for all
	Pages     ui.Pages
	Now       time.Time
	MayEdit   bool
}

// deskStates are the values of the filter ?stan=.
var deskStates = map[string]State{"szkice": Draft, "zaplanowane": Scheduled, "opublikowane": Published, "wycofane": Withdrawn}

func (s *Service) showDesk(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := deskView{Programme: p, State: deskStates[r.URL.Query().Get("stan")], Now: s.db.Now(),
		MayEdit: access.From(ctx).May(Edit, string(p.ID))}
	if v.Counts, err = countStates(ctx, s.db, p.ID); err != nil {
		return err
	}
	path := listPath(p.Slug) + "/redakcja"
	query := ""
	if v.State != "" {
		query = "stan=" + r.URL.Query().Get("stan")
	}
	page := web.Query(r).Page("strona")
	if v.Pages, err = web.Pages(page, pageSize, v.total(), path, query); err != nil {
		return err
	}
	if v.Articles, err = articlesIn(ctx, s.db, p.ID, v.State, pageSize, (page-1)*pageSize); err != nil {
		return err
	}
	return web.Render(w, r, deskPage(v))
}

func (v deskView) total() int {
	if v.State != "" {
		return v.Counts[v.State]
	}
	n := 0
	for _, count := range v.Counts {
		n += count
	}
	return n
}

// links leads between the states, each with its count.
func (v deskView) links(ctx context.Context) []ui.Link {
	path := listPath(v.Programme.Slug) + "/redakcja"
	all := deskView{Counts: v.Counts}.total()
	links := []ui.Link{{Href: path, Text: lang.T(ctx, "news.desk.all", "Count", all), Current: v.State == ""}}
	for _, x := range []struct {
		State State
		Query string
	}{{Draft, "szkice"}, {Scheduled, "zaplanowane"}, {Published, "opublikowane"}, {Withdrawn, "wycofane"}} {
		links = append(links, ui.Link{Href: path + "?stan=" + x.Query, Current: v.State == x.State,
			Text: lang.T(ctx, "news.desk."+string(x.State), "Count", v.Counts[x.State])})
	}
	return links
}

// word and tone say a state.
func (s State) word(ctx context.Context) string { return lang.T(ctx, "news.state."+string(s)) }

func (s State) tone() ui.Tone {
	switch s {
	case Published:
		return ui.Good
	case Scheduled:
		return ui.Info
	case Withdrawn:
		return ui.Bad
	}
	return ui.Neutral
}
