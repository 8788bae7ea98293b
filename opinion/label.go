package opinion

// groupIDs gives each cluster the id of the earlier group with which it shares
// most people, so that all clusters together share as many as possible; new
// groups take the smallest free ids. Without history the larger group comes
// first.
func groupIDs(c clustering, was func(member int) int) []int {
	k := len(c.centre)
	shared := make([][mostGroups]int, k)
	for i, l := range c.label {
		if id := was(i); id >= 0 && id < mostGroups {
			shared[l][id]++
		}
	}
	m := &matching{shared: shared, now: make([]int, k), best: make([]int, k), most: -1}
	m.try(0, 0)
	used := [mostGroups]bool{}
	for _, id := range m.best {
		if id >= 0 {
			used[id] = true
		}
	}
	for _, cluster := range bySize(c) {
		if m.best[cluster] >= 0 {
			continue
		}
		for id := range used {
			if !used[id] {
				m.best[cluster], used[id] = id, true
				break
			}
		}
	}
	return m.best
}

// matching looks at every way to hand the ids on. There are at most eight
// clusters and as a rule three, so that nothing cleverer is needed.
type matching struct {
	shared [][mostGroups]int
	taken  [mostGroups]bool
	now    []int
	best   []int
	most   int
}

func (m *matching) try(cluster, sum int) {
	if cluster == len(m.shared) {
		if sum > m.most {
			m.most = sum
			copy(m.best, m.now)
		}
		return
	}
	for id, n := range m.shared[cluster] {
		if n == 0 || m.taken[id] {
			continue
		}
		m.taken[id], m.now[cluster] = true, id
		m.try(cluster+1, sum+n)
		m.taken[id] = false
	}
	m.now[cluster] = -1
	m.try(cluster+1, sum)
}
