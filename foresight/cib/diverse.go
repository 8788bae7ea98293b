package cib

// Distance is the number of descriptors in which two scenarios differ.
func Distance(a, b Scenario) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// Diverse chooses so many scenarios, at most, that differ from one another: their
// indices, in the order of choice, so that any beginning of the list is a choice
// too. The first two are the two that differ most (of more than 2000 scenarios,
// the one farthest from the first, and the one farthest from that); then always
// the one whose nearest among the chosen is farthest, and of equals the one
// farthest from all of them together, then the first.
//
// The least distance within the choice is at least half of the best possible one
// (Gonzalez 1985), whatever the first was.
func Diverse(scenarios []Scenario, most int) []int {
	if len(scenarios) == 0 || most < 1 {
		return nil
	}
	first, second := farthestPair(scenarios)
	chosen := []int{first}
	if most > 1 && len(scenarios) > 1 {
		chosen = append(chosen, second)
	}
	nearest := make([]int, len(scenarios))
	sum := make([]int, len(scenarios))
	for x, z := range scenarios {
		nearest[x] = len(z) + 1
	}
	taken := 0
	for {
		for _, c := range chosen[taken:] {
			for x, z := range scenarios {
				d := Distance(z, scenarios[c])
				nearest[x] = min(nearest[x], d)
				sum[x] += d
			}
			nearest[c] = -1
		}
		taken = len(chosen)
		if taken >= min(most, len(scenarios)) {
			return chosen
		}
		chosen = append(chosen, best(nearest, sum))
	}
}

// best is the first index of the largest value, by the second list among equals.
func best(values, second []int) int {
	at := 0
	for x, v := range values {
		if v > values[at] || v == values[at] && second[x] > second[at] {
			at = x
		}
	}
	return at
}

func farthestPair(scenarios []Scenario) (int, int) {
	from := func(x int) (int, int) {
		at, most := x, -1
		for y, z := range scenarios {
			if d := Distance(z, scenarios[x]); d > most && y != x {
				at, most = y, d
			}
		}
		return at, most
	}
	if len(scenarios) > 2000 {
		x, _ := from(0)
		y, _ := from(x)
		return x, y
	}
	a, b, most := 0, 0, -1
	for x := range scenarios {
		if y, d := from(x); d > most {
			a, b, most = x, y, d
		}
	}
	return a, b
}
