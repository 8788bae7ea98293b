package cib

// Activity is how much a descriptor acts upon the others and is acted upon: sums of
// the absolute values of its judgements, those upon itself aside.
type Activity struct{ Active, Passive int }

// Activities are the active and passive sums of all descriptors.
func (m *Matrix) Activities() []Activity {
	sums := make([]Activity, m.Len())
	for i := range sums {
		for j := range sums {
			if i != j {
				strength := m.Strength(i, j)
				sums[i].Active += strength
				sums[j].Passive += strength
			}
		}
	}
	return sums
}

// Strength is the sum of the absolute judgements of descriptor i upon j.
func (m *Matrix) Strength(i, j int) int {
	sum := 0
	for k := range m.Domain(i) {
		for l := range m.Domain(j) {
			sum += abs(m.At(i, k, j, l))
		}
	}
	return sum
}
