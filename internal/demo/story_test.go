package demo

import (
	"testing"
)

// untold is a story in which nothing has happened yet.
func untold() *story { return &story{Demo: &Demo{}} }

func TestStepsAreToldApartAndInOrder(t *testing.T) {
	seen := map[string]bool{}
	all := steps(untold().acts())
	for i, one := range all {
		if seen[one.name] {
			t.Errorf("%s is the name of two steps", one.name)
		}
		seen[one.name] = true
		if i > 0 && one.moment().Before(all[i-1].moment()) {
			t.Errorf("%s comes after %s", one.name, all[i-1].name)
		}
	}
	if len(all) < 700 {
		t.Errorf("only %d steps", len(all))
	}
}

func TestEverybodyIsThereBeforeTheyAct(t *testing.T) {
	known := map[string]bool{}
	for _, p := range persons {
		known[p.email] = true
	}
	for _, one := range steps(untold().acts()) {
		if one.by == "" {
			continue
		}
		if !known[one.by] {
			t.Errorf("%s: nobody has the address", one.name)
		} else if moment(sinceOf(one.by) + " 08:00").After(one.moment()) {
			t.Errorf("%s: has an account from %s only", one.name, sinceOf(one.by))
		}
	}
}
