package opinion

// Live keeps the map of a debate while people vote: a vote costs microseconds,
// and a refresh does not read all votes to find the plane anew.
//
// It keeps exact whole-number sums over every pair of statements, so that its
// state after the same votes is the same to the bit, in whatever order they
// came. It is not safe for use by several goroutines at once.
type Live struct {
	votes   *Votes
	options Options
	memory  *Memory
	pairs   pairSums // nil above mostPaired statements
	paired  bool
	shown   *table // of the plane of the last refresh, nil before it
	group   []int8 // id of the group of each participant at the last refresh, -1 none
	counts  [mostGroups]*[cells]int32
}

// NewLive begins with the votes given so far, which then belong to the Live,
// and with the memory of the map shown last, or nil. Its time grows with the
// pairs of votes: about a microsecond per vote where people vote on a hundred
// statements.
func NewLive(v *Votes, o Options, memory *Memory) *Live {
	l := &Live{votes: v, options: o, memory: memory}
	if v.Statements() <= mostPaired {
		l.paired = true
		l.pairs = l.pairs.grown(v.Statements())
		for _, row := range v.rows {
			l.pairs.addRow(row)
		}
	}
	return l
}

// Votes are those counted so far, for reading.
func (l *Live) Votes() *Votes { return l.votes }

// Memory is what the last refresh left, to be kept beside the votes.
func (l *Live) Memory() *Memory { return l.memory }

// Vote counts a vote, new or changed, and returns where its participant stands
// now on the map shown last; 0, 0 before the first one. Errors are those of
// Votes.Set, and then nothing is counted.
func (l *Live) Vote(participant, statement int, vote Vote) (Point, error) {
	old, had := l.votes.Of(participant, statement)
	if had && old == vote {
		return l.Position(participant), nil
	}
	if err := l.votes.Set(participant, statement, vote); err != nil {
		return Point{}, err
	}
	if had {
		l.recount(participant, cellOf(statement, old), -1)
		l.pair(participant, statement, 0, int64(vote)-int64(old))
	} else {
		l.pair(participant, statement, 1, int64(vote))
	}
	l.recount(participant, cellOf(statement, vote), 1)
	return l.Position(participant), nil
}

// Withdraw takes a vote back, where there is one.
func (l *Live) Withdraw(participant, statement int) Point {
	if old, had := l.votes.Of(participant, statement); had {
		l.votes.Withdraw(participant, statement)
		l.recount(participant, cellOf(statement, old), -1)
		l.pair(participant, statement, -1, -int64(old))
	}
	return l.Position(participant)
}

// Moderate takes a statement out of the map from the next refresh on, or back.
func (l *Live) Moderate(statement int, out bool) error { return l.votes.Moderate(statement, out) }

func (l *Live) pair(participant, statement int, number, vote int64) {
	if l.votes.Statements() > mostPaired {
		l.pairs, l.paired = nil, false
	}
	if l.paired {
		l.pairs = l.pairs.grown(l.votes.Statements())
		l.pairs.change(l.votes.rows[participant], statement, number, vote)
	}
}

func (l *Live) recount(participant int, c cell, n int32) {
	if participant < len(l.group) && l.group[participant] >= 0 {
		l.counts[l.group[participant]][c] += n
	}
}

// Position is where a participant stands on the map shown last, with the votes
// of this moment; 0, 0 before the first map and for people unknown.
func (l *Live) Position(participant int) Point {
	if l.shown == nil || participant < 0 || participant >= len(l.votes.rows) {
		return Point{}
	}
	return l.shown.position(l.votes.rows[participant])
}

// Refresh makes the map anew, beginning where the last one ended: axes, centres
// and counts are brought up to date rather than found again. Its result is that
// of Compute with the same votes and memory, but for rounding in the axes.
func (l *Live) Refresh() (*Map, error) {
	if l.votes.count == 0 {
		return nil, ErrNoVotes
	}
	plane := planeFrom(l.votes, l.spread(), l.guess())
	m := compute(l.votes, plane, l.options, l.memory)
	l.regroup(m)
	l.shown, l.memory = plane.table(l.votes), m.Memory
	for _, g := range m.Groups {
		m.Counts = append(m.Counts, tallyTable(l.counts[g.ID], l.votes.Statements()))
	}
	return m, nil
}

func (l *Live) spread() spread {
	if l.paired {
		return l.pairs.grown(l.votes.Statements()).gram(l.votes)
	}
	return sparseOf(l.votes)
}

// guess is the previous axes with a trace of everything else, so that a
// direction which is new, and foreign to them, can grow.
func (l *Live) guess() *[2][]float64 {
	old := l.memory.axes()
	if old == nil {
		return nil
	}
	n := l.votes.Statements()
	start := [2][]float64{noise(n, 1), noise(n, 2)}
	for i, w := range start {
		scale(w, 1e-3)
		k := min(n, len(old[i]))
		addTo(w[:k], old[i][:k], 1)
	}
	return &start
}

// regroup moves the votes of those who changed their group.
func (l *Live) regroup(m *Map) {
	for p := range m.Group {
		now := int8(-1)
		if g := m.Group[p]; g >= 0 {
			now = int8(m.Groups[g].ID)
		}
		if p == len(l.group) {
			l.group = append(l.group, -1)
		}
		if was := l.group[p]; was != now {
			l.move(l.votes.rows[p], was, now)
			l.group[p] = now
		}
	}
}

func (l *Live) move(row []cell, was, now int8) {
	if was >= 0 {
		count(l.counts[was], row, -1)
	}
	if now >= 0 {
		if l.counts[now] == nil {
			l.counts[now] = new([cells]int32)
		}
		count(l.counts[now], row, 1)
	}
}
