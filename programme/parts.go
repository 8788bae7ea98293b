package programme

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// The parts of a programme that stand in an order: phases, goals and indicators,
// partners, logos. Each verb changes one of them within its programme, so that
// an id of another programme is not found.

// NewPhase is what it takes to add or change a phase.
type NewPhase struct {
	Title   string
	Starts  time.Time // first day
	LastDay time.Time // zero for no end
	Opens   []string
}

func (s *Service) phase(n NewPhase) (Phase, error) {
	var m fault.Mistakes
	m.Check(!n.Starts.IsZero(), "starts", "form.required")
	m.Check(n.LastDay.IsZero() || !n.LastDay.Before(n.Starts), "ends", "programme.ends_before_start")
	for _, o := range n.Opens {
		m.Check(s.knowsOpening(o), "opens", "form.not_offered")
	}
	return Phase{Title: n.Title, StartsAt: store.At(n.Starts), EndsAt: afterDay(n.LastDay), Opens: n.Opens}, m.Err()
}

func (s *Service) knowsOpening(name string) bool {
	for _, o := range s.openings {
		if string(o.Opening) == name {
			return true
		}
	}
	return false
}

// AddPhase adds a phase behind the others.
func (s *Service) AddPhase(ctx context.Context, slug string, n NewPhase) (store.ID, error) {
	phase, err := s.phase(n)
	if err != nil {
		return "", err
	}
	phase.ID = store.NewID()
	return phase.ID, s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		phase.Programme = p.ID
		if err := insertPhase(ctx, tx, phase); err != nil {
			return err
		}
		if err := waitPhase(ctx, tx, p, phase); err != nil {
			return err
		}
		return notePart(ctx, tx, didAdd, p, phases, phase.ID, phase.Title, phaseChanges(Phase{}, phase))
	})
}

// SavePhase changes a phase.
func (s *Service) SavePhase(ctx context.Context, slug string, id store.ID, version int, n NewPhase) error {
	phase, err := s.phase(n)
	if err != nil {
		return err
	}
	phase.ID, phase.Version = id, version
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		phase.Programme = p.ID
		before, err := phaseOf(ctx, tx, p.ID, id)
		if err != nil {
			return err
		}
		if err := updatePhase(ctx, tx, phase); err != nil {
			return err
		}
		if err := waitPhase(ctx, tx, p, phase); err != nil {
			return err
		}
		return notePart(ctx, tx, didChange, p, phases, id, phase.Title, phaseChanges(before, phase))
	})
}

// NewGoal is what it takes to add or change a goal.
type NewGoal struct{ Title, Description string }

// AddGoal adds a goal behind the others.
func (s *Service) AddGoal(ctx context.Context, slug string, n NewGoal) (store.ID, error) {
	id := store.NewID()
	return id, s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		g := Goal{ID: id, Programme: p.ID, Title: n.Title, Description: n.Description}
		if err := insertGoal(ctx, tx, g); err != nil {
			return err
		}
		if err := search.Put(ctx, tx, g.document(p)); err != nil {
			return err
		}
		return notePart(ctx, tx, didAdd, p, goals, id, n.Title, nil)
	})
}

// SaveGoal changes a goal.
func (s *Service) SaveGoal(ctx context.Context, slug string, id store.ID, version int, n NewGoal) error {
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		before, err := goalOf(ctx, tx, p.ID, id)
		if err != nil {
			return err
		}
		g := Goal{ID: id, Programme: p.ID, Version: version, Title: n.Title, Description: n.Description}
		if err := updateGoal(ctx, tx, g); err != nil {
			return err
		}
		if err := search.Put(ctx, tx, g.document(p)); err != nil {
			return err
		}
		var c audit.Changes
		c.Text("title", before.Title, n.Title)
		c.Text("description", before.Description, n.Description)
		return notePart(ctx, tx, didChange, p, goals, id, n.Title, c)
	})
}

// NewIndicator is what it takes to add or change an indicator.
type NewIndicator struct {
	Name, Unit string
	Baseline   *Amount
	Target     Amount
}

// changes are the differences to the indicator as it was.
func (n NewIndicator) changes(before Indicator) audit.Changes {
	var c audit.Changes
	if before.ID != "" {
		c.Text("title", before.Name, n.Name)
	}
	c.Text("target", before.Target.typed(), n.Target.typed())
	return c
}

// AddIndicator adds an indicator to a goal.
func (s *Service) AddIndicator(ctx context.Context, slug string, goal store.ID, n NewIndicator) (store.ID, error) {
	id := store.NewID()
	return id, s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		err := insertIndicator(ctx, tx, Indicator{ID: id, Programme: p.ID, Goal: goal, Name: n.Name, Unit: n.Unit,
			Baseline: n.Baseline, Target: n.Target})
		if err != nil {
			return err
		}
		return notePart(ctx, tx, didAdd, p, indicators, id, n.Name, n.changes(Indicator{}))
	})
}

// SaveIndicator changes an indicator; its values stay.
func (s *Service) SaveIndicator(ctx context.Context, slug string, id store.ID, version int, n NewIndicator) error {
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		before, err := indicatorOf(ctx, tx, p.ID, id)
		if err != nil {
			return err
		}
		err = updateIndicator(ctx, tx, Indicator{ID: id, Programme: p.ID, Version: version, Name: n.Name, Unit: n.Unit,
			Baseline: n.Baseline, Target: n.Target})
		if err != nil {
			return err
		}
		return notePart(ctx, tx, didChange, p, indicators, id, n.Name, n.changes(before))
	})
}

// Measured adds a value of an indicator for a day that has begun.
func (s *Service) Measured(ctx context.Context, slug string, indicator store.ID, amount Amount, day time.Time, note string) error {
	if day.After(s.db.Now()) {
		return fault.Mistake("day", "programme.measure.future")
	}
	m := Measure{ID: store.NewID(), Indicator: indicator, Amount: amount, Day: store.At(day), Note: note}
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		name, err := titleOf(ctx, tx, indicators, p.ID, indicator)
		if err != nil {
			return err
		}
		if err := insertMeasure(ctx, tx, p.ID, m, access.From(ctx).Person); err != nil {
			return err
		}
		var c audit.Changes
		c.Text("amount", "", amount.typed())
		c.Day("day", time.Time{}, day)
		return notePart(ctx, tx, didMeasure, p, indicators, indicator, name, c)
	})
}

// Partner is an organisation of the programme as its page shows it.
type Partner struct {
	Organisation store.ID
	Slug         string
	Name         string
	Sector       string
	Website      string
	URL          string // the partner's own page about the programme
	Owner        bool
}

// Href leads to what the partner says of the programme, else to the partner.
func (p Partner) Href() string {
	switch {
	case p.URL != "":
		return p.URL
	case p.Website != "":
		return p.Website
	}
	return "/organizacje/" + p.Slug
}

// Rel says of a link to the partner's own site that it is theirs and not ours;
// "" for a page here, and for one that the programme's team has chosen.
func (p Partner) Rel() string {
	if p.URL == "" && p.Website != "" {
		return "nofollow ugc noopener"
	}
	return ""
}

// AddPartner adds an organisation behind the others.
func (s *Service) AddPartner(ctx context.Context, slug string, id store.ID, address string) error {
	if address != "" && !isWebAddress(address) {
		return fault.Mistake("url", "programme.partner.url")
	}
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		o, err := organisation.ByID(ctx, tx, id)
		if fault.Is(err, fault.KindNotFound) || err == nil && o.ID == p.Owner {
			return fault.Mistake("organisation", "form.not_offered")
		}
		if err != nil {
			return err
		}
		tx.AfterCommit(s.footer.forget)
		if err := putPartner(ctx, tx, p.ID, id, address); err != nil {
			return err
		}
		var c audit.Changes
		c.Text("url", "", address)
		return notePart(ctx, tx, didAdd, p, partners, id, o.Name, c)
	})
}

// isWebAddress allows what a link may lead to: never a script or a file.
func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(s) <= 500
}

// Logo is a sign that a funder requires on every page of the programme.
type Logo struct {
	ID            store.ID
	Programme     store.ID
	Alt           string
	Blob          string
	Name          string
	Type          string
	Size          int64
	Width, Height int
}

// AddLogo keeps a picture that package upload has looked at.
func (s *Service) AddLogo(ctx context.Context, slug, alt string, drawing *upload.Drawing) (store.ID, error) {
	if alt == "" {
		return "", fault.Mistake("alt", "programme.logo.alt_needed")
	}
	variant := drawing.Variants[0] // the narrowest is wider than any strip of logos
	logo := Logo{ID: store.NewID(), Alt: alt, Width: variant.Width, Height: variant.Height}
	variant.Upload.Key = "programme/logo/" + string(logo.ID) // of its own, so that it can go with its row
	file, err := variant.Upload.Save(ctx, s.files)
	if err != nil {
		return "", err
	}
	logo.Blob, logo.Name, logo.Type, logo.Size = file.Key, file.Name, file.Type, file.Size
	err = s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		logo.Programme = p.ID
		if err := insertLogo(ctx, tx, logo); err != nil {
			return err
		}
		return notePart(ctx, tx, didAdd, p, logos, logo.ID, alt, nil)
	})
	if err != nil {
		return "", errors.Join(err, s.files.Delete(context.WithoutCancel(ctx), logo.Blob))
	}
	return logo.ID, nil
}

// removeLogo takes a logo away, and its picture once that is certain.
func (s *Service) removeLogo(ctx context.Context, slug string, id store.ID) error {
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		logo, err := oneLogo(ctx, tx, p.ID, id)
		if err != nil {
			return err
		}
		tx.AfterCommit(func() {
			_ = s.files.Delete(context.WithoutCancel(ctx), logo.Blob) // left over at worst, named by nothing
		})
		if err := logos.remove(ctx, tx, p.ID, id); err != nil {
			return err
		}
		return notePart(ctx, tx, didRemove, p, logos, id, logo.Alt, nil)
	})
}

// remove takes a part away. With a goal go its indicators and their values.
func (s *Service) remove(ctx context.Context, slug string, of ordered, id store.ID) error {
	if of == logos {
		return s.removeLogo(ctx, slug, id)
	}
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		tx.AfterCommit(s.footer.forget)
		if of == goals {
			if err := search.Remove(ctx, tx, foundGoal, id); err != nil {
				return err
			}
			if err := trace.Forget(ctx, tx, trace.Ref{Kind: foundGoal, ID: id}); err != nil {
				return err
			}
		}
		title, err := titleOf(ctx, tx, of, p.ID, id)
		if err != nil {
			return err
		}
		if err := of.remove(ctx, tx, p.ID, id); err != nil {
			return err
		}
		if err := desk.Done(ctx, tx, waitsPhase, string(id)); err != nil {
			return err
		}
		return notePart(ctx, tx, didRemove, p, of, id, title, nil)
	})
}

// move puts a part one place up or down.
func (s *Service) move(ctx context.Context, slug string, of ordered, id store.ID, down bool) error {
	return s.inProgramme(ctx, slug, func(tx *store.Tx, p Programme) error {
		if err := of.move(ctx, tx, p.ID, id, down); err != nil {
			return err
		}
		title, err := titleOf(ctx, tx, of, p.ID, id)
		if err != nil {
			return err
		}
		return notePart(ctx, tx, didMove, p, of, id, title, nil)
	})
}
