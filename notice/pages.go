package notice

import (
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// ListPath is what a person was told.
const ListPath = "/powiadomienia"

const pageSize = 30

// Routes are the pages of this package.
func (c *Center) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + ListPath, Need: access.SignedIn, Handle: c.showList},
		{Pattern: "POST " + ListPath + "/przeczytane", Need: access.SignedIn, Handle: c.markRead, Always: true},
		{Pattern: "GET " + ListPath + "/ustawienia", Need: access.SignedIn, Handle: c.showSettings},
		{Pattern: "POST " + ListPath + "/ustawienia", Need: access.SignedIn, Handle: c.saveSettings, Always: true},
		{Pattern: "GET /wypisz/{token}", Need: access.Anyone, Handle: c.showStop},
		{Pattern: "POST /wypisz/{token}", Need: access.Anyone, Handle: c.doStop, Always: true},
		{Pattern: "POST /programy/{programme}/obserwuj", Need: access.SignedIn, Handle: c.follow, Always: true},
		{Pattern: "POST /programy/{programme}/nie-obserwuj", Need: access.SignedIn, Handle: c.unfollow, Always: true},
	}
}

// told is one line of the list.
type told struct {
	message
	ToldAt store.Time
	ReadAt store.Time
}

type listView struct {
	Rows   []told
	Words  []string
	Total  int
	Unread int
	Page   int
}

func (c *Center) showList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	person, page := access.From(ctx).Person, web.Query(r).Page("strona")
	counts, err := store.One[struct{ Total, Unread int }](ctx, c.db, `SELECT count(*) AS total,
		count(*) - count(read_at) AS unread FROM notice_recipient WHERE person = $1`, person)
	if err != nil {
		return fmt.Errorf("notice: count: %w", err)
	}
	v := listView{Total: counts.Total, Unread: counts.Unread, Page: page}
	v.Rows, err = store.All[told](ctx, c.db, `SELECT m.id, m.kind, m.matter, m.place, m.place_title, m.title, m.path, m.at, m.spread, r.told_at, r.read_at
		FROM notice_recipient r JOIN notice_message m ON m.id = r.message
		WHERE r.person = $1 ORDER BY m.at DESC, m.id DESC LIMIT $2 OFFSET $3`, person, pageSize, (page-1)*pageSize)
	if err != nil {
		return fmt.Errorf("notice: list: %w", err)
	}
	for _, row := range v.Rows {
		words, _ := c.words(ctx, row.message)
		v.Words = append(v.Words, words)
	}
	return web.Render(w, r, listPage(v))
}

func (c *Center) markRead(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	err := c.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE notice_recipient SET read_at = $2 WHERE person = $1 AND read_at IS NULL`,
			access.From(ctx).Person, store.At(tx.Wall()))
		return err
	})
	if err != nil {
		return fmt.Errorf("notice: mark read: %w", err)
	}
	return web.SeeOther(w, r, ListPath, "notice.read_all.done")
}

// Beside is what the desk shows of unread notices.
func (c *Center) Beside(ctx context.Context) (templ.Component, error) {
	unread, err := store.One[int](ctx, c.db, `SELECT count(*) FROM notice_recipient WHERE person = $1 AND read_at IS NULL`, access.From(ctx).Person)
	if err != nil {
		return nil, fmt.Errorf("notice: unread: %w", err)
	}
	return besidePart(unread), nil
}

type settingsView struct {
	Form  *form.Form
	Kinds []Kind // that are mailed
	Rest  []Kind // whose letters their room writes
}

func (c *Center) settings(f *form.Form) settingsView {
	v := settingsView{Form: f}
	for _, k := range c.kinds {
		if k.Letter {
			v.Kinds = append(v.Kinds, k)
		} else {
			v.Rest = append(v.Rest, k)
		}
	}
	return v
}

func (c *Center) showSettings(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	chosen, err := store.All[struct {
		Kind string
		How  How
	}](ctx, c.db, `SELECT kind, how FROM notice_preference WHERE person = $1`, access.From(ctx).Person)
	if err != nil {
		return fmt.Errorf("notice: preferences: %w", err)
	}
	f := form.New()
	for _, k := range c.kinds {
		f.Set(fieldOf(k), string(k.Default))
	}
	for _, p := range chosen {
		f.Set(fieldOf(Kind{Name: p.Kind}), string(p.How))
	}
	return web.Render(w, r, settingsPage(c.settings(f)))
}

// fieldOf is the name of the field in which a kind is chosen.
func fieldOf(k Kind) string { return "jak-" + lang.Slug(k.Name) }

func howOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(hows))
	for i, how := range hows {
		options[i] = ui.Option{Value: how, Label: lang.T(ctx, "notice.how."+how)}
	}
	return options
}

func (c *Center) saveSettings(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, v := r.Context(), c.settings(f)
	chosen := map[string]How{}
	for _, k := range v.Kinds {
		chosen[k.Name] = How(f.Choice(fieldOf(k), hows...))
	}
	if f.Any() {
		return web.RenderInvalid(w, r, settingsPage(v))
	}
	err = c.db.Write(ctx, func(tx *store.Tx) error {
		for _, k := range v.Kinds {
			if err := Prefer(ctx, tx, access.From(ctx).Person, k.Name, chosen[k.Name]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, ListPath+"/ustawienia", "notice.settings.saved")
}

// showStop asks for the button: programs that open every link of a letter end
// nothing.
func (c *Center) showStop(w http.ResponseWriter, r *http.Request) error {
	_, kind, err := c.readStop(r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.Render(w, r, stopPage(r.URL.Path, c.what(r.Context(), kind), false))
}

// doStop takes the press of the button, and the one click of a mail program
// (RFC 8058), which comes without cookies and follows no redirect.
func (c *Center) doStop(w http.ResponseWriter, r *http.Request) error {
	person, kind, err := c.readStop(r.PathValue("token"))
	if err != nil {
		return err
	}
	if err := c.stop(r.Context(), person, kind); err != nil {
		return err
	}
	return web.Render(w, r, stopPage(r.URL.Path, c.what(r.Context(), kind), true))
}

func (c *Center) what(ctx context.Context, kind string) string {
	if k, known := c.kind(kind); known {
		return lang.T(ctx, k.What)
	}
	return lang.T(ctx, "notice.stop.all")
}

func (c *Center) follow(w http.ResponseWriter, r *http.Request) error {
	return c.following(w, r, Follow, "notice.follow.done")
}

func (c *Center) unfollow(w http.ResponseWriter, r *http.Request) error {
	return c.following(w, r, Unfollow, "notice.unfollow.done")
}

func (c *Center) following(w http.ResponseWriter, r *http.Request, do func(context.Context, *store.Tx, store.ID) error, flash string) error {
	ctx := r.Context()
	place, err := c.Programme(ctx, r.PathValue("programme"))
	if err != nil {
		return err
	}
	if err := c.db.Write(ctx, func(tx *store.Tx) error { return do(ctx, tx, place.ID) }); err != nil {
		return err
	}
	return web.SeeOther(w, r, place.Path, flash)
}
