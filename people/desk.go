package people

import (
	"context"

	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this room.
var Desk = []desk.Kind{{Name: waitsSecond, Key: "people.desk.second", Status: "desk.status.finish"}}

const waitsSecond = "people.second_factor"

// waitSecond reminds whoever may do something for others of a second factor
// that they have not set up; one who may not, or has, is reminded of nothing.
func waitSecond(ctx context.Context, tx *store.Tx, person store.ID, staff bool) error {
	if staff {
		kept, err := findSecret(ctx, tx, person)
		if err != nil {
			return err
		}
		staff = !kept.enrolled()
	}
	if !staff {
		return desk.Done(ctx, tx, waitsSecond, string(person))
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsSecond, Matter: string(person), To: desk.To{Person: person}, About: person,
		Path: "/konto/drugi-skladnik"})
}
