package trace

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/store"
)

const (
	didLink   = "trace.linked"
	didUnlink = "trace.unlinked"
	linkKind  = "link"
)

// Audit names the acts of the thread. A link has no title of its own: the public
// log calls it after the thing whose thread it is in, if everybody may see that.
func (s *Service) Audit() audit.Room {
	return audit.Room{Name: "trace", Title: "trace.audit.room",
		Acts: []audit.Word{
			{Name: didLink, Key: "trace.audit.linked", Public: true},
			{Name: didUnlink, Key: "trace.audit.unlinked", Public: true},
		},
		Fields: map[string]string{string(Follows): "trace.source.follows", string(Answers): "trace.source.answers",
			string(Replaces): "trace.source.replaces"},
		Things: map[string]audit.Things{linkKind: s.publicTitles},
	}
}

// note writes down that a link of a thing was added or removed: the thing by its
// title, the other end by its id alone.
func (s *Service) note(ctx context.Context, tx *store.Tx, act string, at Ref, thing Thing, link Link) error {
	kind, _ := s.kindOf(at)
	a := audit.Act{Name: act, Kind: linkKind, Thing: link.ID, Title: thing.Title, Path: Path(kind.Slug, thing.ID),
		Changes: audit.Changes{{Field: string(link.Type), Before: link.Source.String(), After: link.Thing.String()}}}
	if kind.Edit.Scope == access.InOrganisation {
		a.Organisation = thing.Place
	} else {
		a.Programme = thing.Place
	}
	return audit.Write(ctx, tx, a)
}

func (s *Service) publicTitles(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[row](ctx, r, `SELECT id, type, kind, thing, source_kind, source FROM trace_link WHERE id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	of := map[string][]store.ID{}
	for _, row := range rows {
		of[row.Kind] = append(of[row.Kind], row.Thing)
	}
	titles := map[store.ID]audit.Thing{}
	for _, kind := range s.kinds {
		if len(of[kind.Name]) == 0 {
			continue
		}
		things, err := kind.Find(ctx, r, of[kind.Name])
		if err != nil {
			return nil, err
		}
		for _, t := range things {
			for _, row := range rows {
				if row.Kind == kind.Name && row.Thing == t.ID && t.State == Shown {
					titles[row.ID] = audit.Thing{Title: t.Title, Path: Path(kind.Slug, t.ID)}
				}
			}
		}
	}
	return titles, nil
}
