package micmac

// circles finds the sets of variables that influence one another in circles
// (strongly connected components with at least one arrow inside), by Tarjan's
// algorithm without recursion. They come in the order in which they can be
// reached last: a circle stands before those that lead to it.
func (s *sparse) circles() [][]int {
	t := tarjan{s: s, index: make([]int, s.n), low: make([]int, s.n), on: make([]bool, s.n), next: make([]int, s.n)}
	for root := range s.n {
		if t.index[root] == 0 {
			t.visit(root)
		}
	}
	return t.found
}

type tarjan struct {
	s                *sparse
	index, low, next []int
	on               []bool
	stack            []int
	count            int
	found            [][]int
}

func (t *tarjan) enter(i int) {
	t.count++
	t.index[i], t.low[i], t.on[i] = t.count, t.count, true
	t.stack = append(t.stack, i)
}

func (t *tarjan) visit(root int) {
	path := []int{root}
	t.enter(root)
	for len(path) > 0 {
		i := path[len(path)-1]
		cols, _ := t.s.row(i)
		if t.next[i] < len(cols) {
			j := int(cols[t.next[i]])
			t.next[i]++
			if t.index[j] == 0 {
				t.enter(j)
				path = append(path, j)
			} else if t.on[j] {
				t.low[i] = min(t.low[i], t.index[j])
			}
			continue
		}
		path = path[:len(path)-1]
		if len(path) > 0 {
			above := path[len(path)-1]
			t.low[above] = min(t.low[above], t.low[i])
		}
		if t.low[i] == t.index[i] {
			t.leave(i)
		}
	}
}

// leave takes a finished component from the stack; a single variable is a
// circle only if an arrow leads from it to itself.
func (t *tarjan) leave(i int) {
	at := len(t.stack) - 1
	for t.stack[at] != i {
		at--
	}
	component := append([]int(nil), t.stack[at:]...)
	t.stack = t.stack[:at]
	for _, j := range component {
		t.on[j] = false
	}
	if len(component) > 1 || t.s.loop(i) {
		t.found = append(t.found, component)
	}
}

func (s *sparse) loop(i int) bool {
	cols, _ := s.row(i)
	for _, j := range cols {
		if int(j) == i {
			return true
		}
	}
	return false
}

// leadingTo marks the variables from which one of the given can be reached,
// these among them.
func (s *sparse) leadingTo(goals []int) []bool {
	reached := make([]bool, s.n)
	queue := append(make([]int, 0, s.n), goals...)
	for _, g := range goals {
		reached[g] = true
	}
	start, back := s.backward()
	for len(queue) > 0 {
		j := queue[0]
		queue = queue[1:]
		for _, i := range back[start[j]:start[j+1]] {
			if !reached[i] {
				reached[i] = true
				queue = append(queue, int(i))
			}
		}
	}
	return reached
}

// backward lists, for each column j, the rows that have something there:
// rows[start[j]:start[j+1]].
func (s *sparse) backward() (start []int, rows []int32) {
	start = make([]int, s.n+2)
	for _, j := range s.col {
		start[j+2]++
	}
	for j := range s.n {
		start[j+2] += start[j+1]
	}
	rows = make([]int32, len(s.col))
	for i := range s.n {
		cols, _ := s.row(i)
		for _, j := range cols {
			rows[start[j+1]] = int32(i)
			start[j+1]++
		}
	}
	return start, rows
}

// phases gives the period of a circle (the greatest common divisor of the
// lengths of its closed walks) and, for each of its variables, its place in the
// round: an arrow leads from place p to place p+1 modulo the period.
func (s *sparse) phases(circle []int) (period int, phase []int) {
	inside := make([]bool, s.n)
	for _, i := range circle {
		inside[i] = true
	}
	depth := make([]int, s.n)
	for i := range depth {
		depth[i] = -1
	}
	depth[circle[0]] = 0
	queue := []int{circle[0]}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		cols, _ := s.row(i)
		for _, j := range cols {
			if !inside[j] {
				continue
			}
			if depth[j] < 0 {
				depth[j] = depth[i] + 1
				queue = append(queue, int(j))
			} else {
				period = gcd(period, abs(depth[i]+1-depth[j]))
			}
		}
	}
	phase = make([]int, len(circle))
	for at, i := range circle {
		phase[at] = depth[i] % period
	}
	return period, phase
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func lcm(a, b int) int { return a / gcd(a, b) * b }

func abs(a int) int {
	if a < 0 {
		return -a
	}
	return a
}
