package cib

import "fmt"

// Scenario is one state per descriptor, counted from 0.
type Scenario []int

// Check says what is wrong with a scenario for this matrix; nil when nothing.
func (m *Matrix) Check(z Scenario) error {
	if len(z) != m.Len() {
		return fmt.Errorf("%w: expected a scenario of %d states, found %d", ErrShape, m.Len(), len(z))
	}
	for i, k := range z {
		if k < 0 || k >= m.Domain(i) {
			return fmt.Errorf("%w: descriptor %d has states 0 to %d, found %d", ErrShape, i+1, m.Domain(i)-1, k)
		}
	}
	return nil
}

// Balance is the impact balance of descriptor j in scenario z: for each of its
// states the sum of the judgements of all chosen states upon it. z must fit the
// matrix (see Check), as everywhere below.
func (m *Matrix) Balance(z Scenario, j int) []int {
	scores := make([]int, m.Domain(j))
	m.balance(z, j, scores)
	return scores
}

// balance writes the scores of descriptor j into scores.
func (m *Matrix) balance(z Scenario, j int, scores []int) {
	clear(scores)
	for i, k := range z {
		row := (m.first[i]+k)*m.States() + m.first[j]
		for l := range scores {
			scores[l] += int(m.cells[row+l])
		}
	}
}

// Margins tells for each descriptor by how many points its chosen state stands
// above the best other one: negative where the scenario contradicts the
// judgements, 0 on a tie. A descriptor with one state has no rival; its margin
// is Unrivalled.
func (m *Matrix) Margins(z Scenario) []int {
	margins := make([]int, m.Len())
	scores := make([]int, MaxDomain)
	for j, chosen := range z {
		own := scores[:m.Domain(j)]
		m.balance(z, j, own)
		margins[j] = margin(own, chosen)
	}
	return margins
}

// Unrivalled is the margin of a descriptor that has no other state.
const Unrivalled = MaxStates*2*MaxJudgement + 1

func margin(scores []int, chosen int) int {
	least := Unrivalled
	for l, s := range scores {
		if l != chosen {
			least = min(least, scores[chosen]-s)
		}
	}
	return least
}

// Inconsistency is the largest number of points by which any descriptor of the
// scenario misses its best state; 0 for a consistent scenario.
func (m *Matrix) Inconsistency(z Scenario) int { return max(0, -m.ConsistencyValue(z)) }

// Consistent says whether every descriptor is in a state of highest score.
func (m *Matrix) Consistent(z Scenario) bool { return m.ConsistencyValue(z) >= 0 }

// ConsistencyValue is the smallest margin of the scenario: how many points of
// impact it bears before some descriptor prefers another state. It equals the
// number that ScenarioWizard writes after the weight of a solution, and is
// negative for inconsistent scenarios. Where no descriptor has a rival it is 0.
func (m *Matrix) ConsistencyValue(z Scenario) int {
	least := Unrivalled
	for _, v := range m.Margins(z) {
		least = min(least, v)
	}
	if least == Unrivalled {
		return 0
	}
	return least
}

// TotalImpactScore is the sum of the scores of all chosen states: how strongly
// the scenario supports itself.
func (m *Matrix) TotalImpactScore(z Scenario) int {
	total := 0
	for i, k := range z {
		row := (m.first[i] + k) * m.States()
		for j, l := range z {
			total += int(m.cells[row+m.first[j]+l])
		}
	}
	return total
}
