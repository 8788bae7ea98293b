package moderation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for moderators.
var Desk = []desk.Kind{
	{Name: waitsCase, Key: "moderation.desk.case", Status: "desk.status.check"},
	{Name: waitsAppeal, Key: "moderation.desk.appeal", Status: "desk.status.decide"},
	{Name: waitsBlockAppeal, Key: "moderation.desk.block_appeal", Status: "desk.status.decide"},
}

const (
	waitsCase        = "moderation.case"
	waitsAppeal      = "moderation.appeal"
	waitsBlockAppeal = "moderation.block_appeal"
)

// A case waits for two working days at most; an appeal as long as a complaint in
// an office.
const (
	lookWithin   = 2 * 24 * time.Hour
	answerWithin = 14 * 24 * time.Hour
)

// waitForModerators lets an open case wait for the managers of its programme, or
// for administrators.
func (s *Service) waitForModerators(ctx context.Context, tx *store.Tx, c Case, t Thing) error {
	return s.put(ctx, tx, desk.Item{Kind: waitsCase, Matter: string(c.ID), Title: t.Title, Path: queuedPath(t.Place, c.ID),
		Due: tx.Now().Add(lookWithin)}, t.Place, access.Manager)
}

// put lets an item wait for a role in the programme, or for administrators where
// there is none.
func (s *Service) put(ctx context.Context, tx *store.Tx, i desk.Item, in Place, role access.Role) error {
	i.To, i.Place = desk.To{Role: role}, desk.Place{ID: in.ID, Title: in.Title}
	if in.ID == "" {
		i.To.Role = access.Administrator
	}
	return desk.Put(ctx, tx, i)
}

// waitForAppeal lets an appeal wait for those who may answer it.
func (s *Service) waitForAppeal(ctx context.Context, tx *store.Tx, a Appeal, decided store.ID, in Place, title string) error {
	item := desk.Item{Kind: waitsAppeal, Matter: string(a.Matter), Title: title, Path: queuedPath(in, a.Matter), About: a.Person, Due: tx.Now().Add(answerWithin)}
	answers := Moderate
	if a.Against == AgainstBlock {
		item.Kind, item.Path, answers = waitsBlockAppeal, blocksPath(in)+"/"+string(a.Matter), Govern
	}
	roles, err := s.rolesOfOthers(ctx, tx, answers, in.ID, decided, a.Person)
	if err != nil {
		return fmt.Errorf("moderation: who answers an appeal: %w", err)
	}
	for _, role := range roles {
		if err := s.put(ctx, tx, item, in, role); err != nil {
			return err
		}
	}
	return nil
}

// rolesOfOthers are the roles that hold a permission in a programme and that
// somebody besides these people has; administrators where there are none.
func (s *Service) rolesOfOthers(ctx context.Context, r store.Reader, p access.Permission, programme store.ID, besides ...store.ID) ([]access.Role, error) {
	if programme == "" {
		return []access.Role{access.Administrator}, nil
	}
	roles, err := s.Others(ctx, r, programme, besides)
	roles = slices.DeleteFunc(roles, func(role access.Role) bool { return !slices.Contains(p.Roles, role) })
	if len(roles) == 0 {
		roles = []access.Role{access.Administrator}
	}
	return roles, err
}

// leaveDesks clears what waited in a case.
func (s *Service) leaveDesks(ctx context.Context, tx *store.Tx, c Case) error {
	return errors.Join(desk.Done(ctx, tx, waitsCase, string(c.ID)), desk.Done(ctx, tx, waitsAppeal, string(c.ID)))
}

func (s *Service) leaveAppeal(ctx context.Context, tx *store.Tx, block store.ID) error {
	return desk.Done(ctx, tx, waitsBlockAppeal, string(block))
}
