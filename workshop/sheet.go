package workshop

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// mostSheets is how many numbered sheets a workshop may have.
const mostSheets = 500

// checks are the letters that end the code of a sheet: a mistyped number is
// noticed before it counts for somebody else.
const checks = "BCDFGHJKLMNPRSTWXZ"

// SheetCode is what is printed on a sheet of paper: its number and a letter.
func SheetCode(n int) string { return strconv.Itoa(n) + string(checks[(n*7+3)%len(checks)]) }

// parseSheet reads the code of a sheet.
func parseSheet(typed string) (int, error) {
	n, err := strconv.Atoi(strings.TrimRight(strings.ToUpper(typed), checks))
	if err != nil || n < 1 || n > mostSheets || SheetCode(n) != strings.ToUpper(typed) {
		return 0, fault.Invalid("workshop.paper.code", "Typed", typed)
	}
	return n, nil
}

// letters by which the sector of a sheet is typed, in Polish and in English.
var sectorLetters = map[string]ui.Sector{"U": ui.Administration, "A": ui.Administration, "O": ui.NGO, "N": ui.NGO,
	"M": ui.Resident, "R": ui.Resident, "F": ui.Business, "B": ui.Business}

// typedSheet is one line that somebody typed from a sheet.
type typedSheet struct {
	Sheet  int
	Sector ui.Sector
	Bodies []string
}

// typeLines reads lines such as "12K U + + 0 -": code, sector, answers. All of
// them are in order, or the first mistake says in which line it is.
func typeLines(state activity.Typed, text string) (all []typedSheet, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		one, err := typeLine(state, words)
		if err != nil {
			return nil, lineError{n, err}
		}
		all = append(all, one)
	}
	if len(all) > mostSheets {
		return nil, fault.Invalid("workshop.paper.many", "Max", mostSheets)
	}
	return all, nil
}

// lineError is a mistake in a line.
type lineError struct {
	line int
	why  error
}

func (e lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.why) }
func (e lineError) Unwrap() error { return e.why }

func typeLine(state activity.Typed, words []string) (one typedSheet, err error) {
	if len(words) < 3 {
		return one, fault.Invalid("workshop.paper.short")
	}
	if one.Sheet, err = parseSheet(words[0]); err != nil {
		return one, err
	}
	known := false
	if one.Sector, known = sectorLetters[strings.ToUpper(words[1])]; !known {
		return one, fault.Invalid("workshop.paper.sector", "Typed", words[1])
	}
	one.Bodies, err = state.Type(strings.Join(words[2:], " "))
	return one, err
}

// TypeIn takes sheets of paper into the log: each sheet is one participant, so that
// typing it again stands in place of what was typed before. key is that of the
// form: sent twice, it counts once.
func (s *Service) TypeIn(ctx context.Context, workshop, id store.ID, key store.ID, text string) (sheets int, err error) {
	w, err := ByID(ctx, s.db, workshop)
	if err != nil {
		return 0, err
	}
	agenda, err := Agenda(ctx, s.db, workshop)
	if err != nil {
		return 0, err
	}
	a, err := find(agenda, id)
	if err != nil {
		return 0, err
	}
	var all []typedSheet
	if err := s.with(ctx, w, agenda, func(x *states) error {
		state, err := x.of(a)
		if err != nil {
			return err
		}
		typed, ok := state.(activity.Typed)
		if !ok {
			return fault.NotFound("paper of this kind")
		}
		all, err = typeLines(typed, text)
		return err
	}); err != nil {
		return 0, err
	}
	for i, one := range all {
		who, err := s.sheet(ctx, workshop, one)
		if err != nil {
			return i, err
		}
		for k, body := range one.Bodies {
			if err := s.Take(ctx, workshop, Answer{ID: derived(key, i, k), Activity: id, Participant: who, Body: body, Typed: true}); err != nil {
				return i, err
			}
		}
	}
	return len(all), nil
}

// derived is the id of one answer of a form: always the same.
func derived(key store.ID, line, part int) store.ID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", key, line, part))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return store.ID(fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
}

// sheet is the participant of a numbered sheet, new or known. A sector that was
// mistyped is put right.
func (s *Service) sheet(ctx context.Context, workshop store.ID, one typedSheet) (id store.ID, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		w, err := locked(ctx, tx, workshop)
		if err != nil {
			return err
		}
		if err := w.isOpen(); err != nil {
			return err
		}
		id, err = store.One[store.ID](ctx, tx, `SELECT id FROM workshop_participant WHERE workshop = $1 AND sheet = $2`, workshop, one.Sheet)
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE workshop_participant SET sector = $3 WHERE workshop = $1 AND id = $2`, workshop, id, one.Sector)
			return err
		}
		if !fault.Is(err, fault.KindNotFound) {
			return err
		}
		id = store.NewRandomID()
		if err := insertParticipant(ctx, tx, workshop, activity.Who{ID: id, Sector: one.Sector, Way: activity.Paper}, "", one.Sheet); err != nil {
			return err
		}
		return s.moved(ctx, tx, w)
	})
	return id, err
}
