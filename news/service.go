package news

import (
	"context"
	"github.com/a-h/templ"
	"log/slog"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the room needs of the installation.
type Options struct {
	Site  web.Site
	Blobs blob.Store
	// Funding returns what has to stand on every page of a programme
	// (programme.Service.Funding); nil: nothing.
	Funding func(ctx context.Context, p programme.Programme) (templ.Component, error)
	Trace   *trace.Service // nil: articles show no thread, and no goals
	Notices *notice.Center // nil: nobody is told
	// Moderation takes reports of articles; nil: nobody does.
	Moderation *moderation.Service
	Logger     *slog.Logger // nil: slog.Default()
}

// Service holds the verbs of the room.
type Service struct {
	Options
	db     *store.DB
	facets facetCache
}

// New returns the room.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Service{Options: o, db: db}
}

// Begin makes a draft in a programme. Its id comes from the form, where it was
// made before the first file was sent. Sent twice, the form makes one article;
// sent again with other words, it is a conflict with the first.
func (s *Service) Begin(ctx context.Context, programme, id store.ID, c Content) (Article, error) {
	if err := c.check(); err != nil {
		return Article{}, err
	}
	var a Article
	err := s.write(ctx, func(tx *store.Tx) error {
		if err := s.settle(ctx, tx, programme, id, &c); err != nil {
			return err
		}
		fresh, err := isNew(ctx, tx, id)
		if err != nil {
			return err
		}
		if !fresh {
			a, err = s.begun(ctx, tx, programme, id, c)
			return err
		}
		a = Article{ID: id, Programme: programme, Title: c.Title, Revision: 1}
		if err := insertArticle(ctx, tx, a, c); err != nil {
			return err
		}
		if err := s.readdress(ctx, tx, &a); err != nil {
			return err
		}
		return s.saved(ctx, tx, &a, c, 0)
	})
	return a, err
}

// begun returns the article that an earlier sending of the same form has made.
func (s *Service) begun(ctx context.Context, tx *store.Tx, programme, id store.ID, c Content) (Article, error) {
	a, err := byID(ctx, tx, programme, id)
	if err != nil {
		return Article{}, err
	}
	v, err := revisionOf(ctx, tx, id, a.Revision)
	if err == nil && !v.same(c) {
		err = fault.Conflict("news.conflict")
	}
	return a, err
}

// Revise saves new words as the next revision, if version is still the one that
// the person saw. The words of a published article must be complete.
func (s *Service) Revise(ctx context.Context, programme, id store.ID, version int, c Content) (Article, error) {
	return s.revise(ctx, programme, id, version, 0, func(*store.Tx) (Content, error) { return c, nil })
}

// Restore makes the words of an old revision the next one.
func (s *Service) Restore(ctx context.Context, programme, id store.ID, version, number int) (Article, error) {
	return s.revise(ctx, programme, id, version, number, func(tx *store.Tx) (Content, error) {
		v, err := revisionOf(ctx, tx, id, number)
		return v.Content, err
	})
}

func (s *Service) revise(ctx context.Context, programme, id store.ID, version, restored int,
	words func(*store.Tx) (Content, error),
) (Article, error) {
	var a Article
	err := s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		c, err := words(tx)
		if err != nil {
			return err
		}
		if err := c.check(); err != nil {
			return err
		}
		if a.At(tx.Now()) != Draft {
			if err := c.Complete(); err != nil {
				return err
			}
		}
		if err := s.settle(ctx, tx, programme, id, &c); err != nil {
			return err
		}
		a.Revision++
		a.Title = c.Title
		if err := updateWords(ctx, tx, a, c); err != nil {
			return err
		}
		// Before anybody could have read it, the address follows the title.
		if a.At(tx.Now()) == Draft && !follows(a.Slug, a.Title) {
			if err := s.readdress(ctx, tx, &a); err != nil {
				return err
			}
		}
		return s.saved(ctx, tx, &a, c, restored)
	})
	return a, err
}

// Publish puts the article before the public at a moment: now, or later.
func (s *Service) Publish(ctx context.Context, programme, id store.ID, version int, at time.Time) (Article, error) {
	var a Article
	err := s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		if state := a.At(tx.Now()); state != Draft && state != Scheduled {
			return fault.Invalid("news.publish.already")
		}
		v, err := revisionOf(ctx, tx, id, a.Revision)
		if err != nil {
			return err
		}
		if err := v.Complete(); err != nil {
			return err
		}
		a.PublishAt = store.At(at)
		return s.stateSaved(ctx, tx, &a, "published", at.UTC().Format(time.RFC3339))
	})
	return a, err
}

// Unschedule makes a scheduled article a draft again.
func (s *Service) Unschedule(ctx context.Context, programme, id store.ID, version int) (Article, error) {
	var a Article
	err := s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		if a.At(tx.Now()) != Scheduled {
			return fault.Invalid("news.unschedule.too_late")
		}
		a.PublishAt = store.Time{}
		return s.stateSaved(ctx, tx, &a, "unscheduled", "")
	})
	return a, err
}

// Withdraw takes a published article away; its address says so and why.
func (s *Service) Withdraw(ctx context.Context, programme, id store.ID, version int, reason string) (Article, error) {
	var a Article
	err := s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		if a.At(tx.Now()) != Published {
			return fault.Invalid("news.withdraw.not_published")
		}
		if reason == "" {
			return fault.Mistake("reason", "form.required")
		}
		a.WithdrawnAt, a.WithdrawnReason = store.At(tx.Now()), reason
		return s.stateSaved(ctx, tx, &a, "withdrawn", reason)
	})
	return a, err
}

// Return puts a withdrawn article before the public again, under its old date.
func (s *Service) Return(ctx context.Context, programme, id store.ID, version int) (Article, error) {
	var a Article
	err := s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		if a.At(tx.Now()) != Withdrawn {
			return fault.Invalid("news.return.not_withdrawn")
		}
		v, err := revisionOf(ctx, tx, id, a.Revision)
		if err != nil {
			return err
		}
		if err := v.Complete(); err != nil {
			return err
		}
		a.WithdrawnAt, a.WithdrawnReason = store.Time{}, ""
		return s.stateSaved(ctx, tx, &a, "returned", "")
	})
	return a, err
}

// Readdress gives the article the address that fits its present title. The old
// one leads to it.
func (s *Service) Readdress(ctx context.Context, programme, id store.ID, version int) (Article, error) {
	var a Article
	err := s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		if follows(a.Slug, a.Title) {
			return nil
		}
		before := a.Slug
		if err := s.readdress(ctx, tx, &a); err != nil {
			return err
		}
		return s.stateSaved(ctx, tx, &a, "readdressed", before)
	})
	return a, err
}

// Delete removes a draft with all its revisions and files. What was ever before
// the public is withdrawn instead.
func (s *Service) Delete(ctx context.Context, programme, id store.ID, version int) error {
	var a Article
	return s.change(ctx, programme, id, version, &a, func(tx *store.Tx) error {
		if a.At(tx.Now()) != Draft {
			return fault.Invalid("news.delete.not_draft")
		}
		files, err := filesOf(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		tx.AfterCommit(func() { s.removeQuietly(ctx, files) })
		if err := search.Remove(ctx, tx, found, id); err != nil {
			return err
		}
		if err := trace.Forget(ctx, tx, trace.Ref{Kind: found, ID: id}); err != nil {
			return err
		}
		if err := deleteArticle(ctx, tx, a); err != nil {
			return err
		}
		if err := waitNoMore(ctx, tx, a); err != nil {
			return err
		}
		return note(ctx, tx, didDelete, a, "")
	})
}

// write is db.Write after which this program's lists know of the change.
func (s *Service) write(ctx context.Context, do func(*store.Tx) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		tx.AfterCommit(s.facets.drop)
		return do(tx)
	})
}

// change loads an article of the programme into a and lets do change it, unless
// it is not the version that the person saw.
func (s *Service) change(ctx context.Context, programme, id store.ID, version int, a *Article, do func(*store.Tx) error) error {
	return s.write(ctx, func(tx *store.Tx) (err error) {
		if *a, err = byID(ctx, tx, programme, id); err != nil {
			return err
		}
		if a.Version != version {
			return fault.Conflict("news.conflict")
		}
		return do(tx)
	})
}

// saved writes what hangs on new words: revision, filters, files, goals.
func (s *Service) saved(ctx context.Context, tx *store.Tx, a *Article, c Content, restored int) error {
	err := insertRevision(ctx, tx, Revision{Article: a.ID, Number: a.Revision, Person: access.From(ctx).Person,
		RestoredFrom: restored, Content: c})
	if err != nil {
		return err
	}
	if err := setFilters(ctx, tx, *a, c); err != nil {
		return err
	}
	if err := useFiles(ctx, tx, a.ID, c.fileIDs()); err != nil {
		return err
	}
	if *a, err = byID(ctx, tx, a.Programme, a.ID); err != nil {
		return err
	}
	if err := note(ctx, tx, didSave(*a, tx), *a, ""); err != nil {
		return err
	}
	return s.tell(ctx, tx, *a, c)
}

// stateSaved writes a new state and what hangs on it.
func (s *Service) stateSaved(ctx context.Context, tx *store.Tx, a *Article, act, detail string) error {
	if err := updateState(ctx, tx, *a); err != nil {
		return err
	}
	if err := insertAct(ctx, tx, a.ID, access.From(ctx).Person, act, detail); err != nil {
		return err
	}
	v, err := revisionOf(ctx, tx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	if *a, err = byID(ctx, tx, a.Programme, a.ID); err != nil {
		return err
	}
	did, reason := "news."+act, ""
	switch {
	case act == "published" && a.At(tx.Now()) == Scheduled:
		did = didSchedule
	case act == "withdrawn":
		reason = detail
	}
	if err := note(ctx, tx, did, *a, reason); err != nil {
		return err
	}
	return s.tell(ctx, tx, *a, v.Content)
}

// readdress gives the article the first free address that fits its title.
func (s *Service) readdress(ctx context.Context, tx *store.Tx, a *Article) error {
	for slug := range slugs(a.Title) {
		taken, err := takeAddress(ctx, tx, *a, slug)
		if err != nil {
			return err
		}
		if taken {
			a.Slug = slug
			return setSlug(ctx, tx, *a, slug)
		}
	}
	return fault.Invalid("news.address.none")
}

// follows reports whether an address already fits a title.
func follows(slug, title string) bool {
	return lang.FitsSlug(slug, title, otherwise, reservedSlugs...)
}

// tell lets others know what the article says now and where it stands.
func (s *Service) tell(ctx context.Context, tx *store.Tx, a Article, c Content) error {
	if err := index(ctx, tx, a, c); err != nil {
		return err
	}
	if err := wait(ctx, tx, a); err != nil {
		return err
	}
	if err := s.tellPeople(ctx, tx, a); err != nil {
		return err
	}
	return s.serve(ctx, tx, a, c.Goals)
}

// serve tells the programme which goals a public or scheduled article serves.
func (s *Service) serve(ctx context.Context, tx *store.Tx, a Article, goals []store.ID) error {
	if a.PublishAt.IsZero() || !a.WithdrawnAt.IsZero() || a.Hidden {
		goals = nil
	}
	return programme.ServeOnly(ctx, tx, goals, programme.Activity{Kind: "news", ID: a.ID, Title: a.Title, URL: a.Path(), From: a.PublishAt})
}

// settle checks everything in a content that names something else: it must
// belong to this programme, this article or this person.
func (s *Service) settle(ctx context.Context, tx *store.Tx, in, id store.ID, c *Content) error {
	files, err := filesOf(ctx, tx, in, id)
	if err != nil {
		return err
	}
	if err := c.settle(files); err != nil {
		return err
	}
	authors, err := programme.Voices(ctx, tx, in, access.From(ctx).Person)
	if err != nil {
		return err
	}
	goals, err := programme.GoalNames(ctx, tx, in)
	if err != nil {
		return err
	}
	present, err := authorOf(ctx, tx, id)
	if err != nil {
		return err
	}
	var m fault.Mistakes
	if c.Organisation != "" && c.Organisation != present {
		m.Check(slices.ContainsFunc(authors, func(x choice) bool { return x.ID == c.Organisation }), "organisation", "form.not_offered")
	}
	// A goal that was dropped meanwhile is left out; the rest must be known.
	c.Goals = slices.DeleteFunc(c.Goals, func(id store.ID) bool {
		return !slices.ContainsFunc(goals, func(x choice) bool { return x.ID == id })
	})
	for _, terc := range c.Places {
		_, known := territory.ByTERC(terc)
		m.Check(known, "places", "form.not_offered")
	}
	return m.Err()
}

func tagSlug(tag string) string { return lang.Slug(tag) }
