package morphology

import "slices"

// Distance is the number of parameters in which two configurations differ.
func Distance(a, b Configuration) int {
	d := 0
	for i := range a {
		if a[i] != b[i] {
			d++
		}
	}
	return d
}

// Apart chooses configurations of which any two differ in at least distance
// parameters, so that no further one of the list could be added (a maximal
// subset; another choice may be larger). It goes by the list: the first is in.
func Apart(list []Configuration, distance int) []Configuration {
	var chosen []Configuration
	for _, c := range list {
		if !slices.ContainsFunc(chosen, func(d Configuration) bool { return Distance(c, d) < distance }) {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// Diverse chooses count configurations one after another, each as far as
// possible from all chosen before (farthest-first; Gonzalez 1985: the least
// distance is at least half of the best possible). The first of the list
// begins; equally far ones go by the list.
func Diverse(list []Configuration, count int) []Configuration {
	if len(list) == 0 || count < 1 {
		return nil
	}
	chosen := []Configuration{list[0]}
	apart := make([]int, len(list))
	for i, c := range list {
		apart[i] = Distance(c, list[0])
	}
	for len(chosen) < min(count, len(list)) {
		next := 0
		for i := range list {
			if apart[i] > apart[next] {
				next = i
			}
		}
		if apart[next] == 0 {
			break
		}
		chosen = append(chosen, list[next])
		for i, c := range list {
			apart[i] = min(apart[i], Distance(c, list[next]))
		}
	}
	return chosen
}
