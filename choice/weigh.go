package choice

import "math"

// thin drops from the list of a project those who have nothing left, when a
// quarter of all groups have died since that was done last.
func (r *run) thin(c int) {
	if 4*(r.dead-r.thinned[c]) < len(r.died) {
		return
	}
	r.thinned[c] = r.dead
	from, end := r.start[c], r.end[c]
	to := from
	for i := from; i < end; i++ {
		g := r.list[i]
		r.list[to] = g
		if r.value != nil {
			r.value[to] = r.value[i]
		}
		if r.purses[g].count > 0 {
			to++
		}
	}
	r.end[c] = to
}

// weighUp splits the backers at t: the money of those who have less than ut
// together, the utility of the others, and the money of all.
func (r *run) weighUp(c int, t float64) (poor, rich, all float64) {
	list := r.list[r.start[c]:r.end[c]]
	if r.uniform {
		return weighUp(list, r.purses, t)
	}
	for i, u := range r.value[r.start[c]:r.end[c]] {
		p := r.purses[list[i]]
		money := p.left * p.count
		all += money
		if p.left < float64(u)*t {
			poor += money
		} else {
			rich += p.count * float64(u)
		}
	}
	return poor, rich, all
}

// weighUp is where the time goes. Whether somebody is poor is as good as
// random, so it is computed from the sign of a difference, not branched upon,
// and there are two of each sum, so that additions need not wait for another.
func weighUp(list []uint32, purses []purse, t float64) (poor, rich, all float64) {
	var poor2, rich2, all2 float64
	if len(list)%2 == 1 {
		p := purses[list[0]]
		list = list[1:]
		if all = p.left * p.count; p.left < t {
			poor = all
		} else {
			rich = p.count
		}
	}
	for ; len(list) >= 2; list = list[2:] {
		p, q := purses[list[0]], purses[list[1]]
		isPoor := uint64(int64(math.Float64bits(p.left-t)) >> 63)
		money := p.left * p.count
		all += money
		poor += math.Float64frombits(math.Float64bits(money) & isPoor)
		rich += math.Float64frombits(math.Float64bits(p.count) &^ isPoor)
		isPoor = uint64(int64(math.Float64bits(q.left-t)) >> 63)
		money = q.left * q.count
		all2 += money
		poor2 += math.Float64frombits(math.Float64bits(money) & isPoor)
		rich2 += math.Float64frombits(math.Float64bits(q.count) &^ isPoor)
	}
	return poor + poor2, rich + rich2, all + all2
}

// weighBorder is weighUp with the errors of those who have less than ut; near
// tells that a backer has so nearly ut that it cannot be said who has less.
func (r *run) weighBorder(c int, t, slack float64) (poor, rich, errors float64, near bool) {
	list := r.list[r.start[c]:r.end[c]]
	if !r.uniform {
		for i, g := range list {
			p, u := r.purses[g], float64(r.value[int(r.start[c])+i])
			near = near || math.Abs(p.left-u*t) <= (r.worst+u*slack)*(1+spread)+unit*p.left
			if p.left < u*t {
				poor, errors = poor+p.left*p.count, errors+r.err[g]*p.count
			} else {
				rich += p.count * u
			}
		}
		return poor, rich, errors, near
	}
	margin := (r.worst+slack)*(1+spread) + 2*unit*t
	for _, g := range list {
		p, e := r.purses[g], r.err[g]
		d := p.left - t
		if math.Abs(d) <= margin {
			return 0, 0, 0, true
		}
		isPoor := uint64(int64(math.Float64bits(d)) >> 63)
		poor += math.Float64frombits(math.Float64bits(p.left*p.count) & isPoor)
		errors += math.Float64frombits(math.Float64bits(e*p.count) & isPoor)
		rich += math.Float64frombits(math.Float64bits(p.count) &^ isPoor)
	}
	return poor, rich, errors, false
}

// unitOf is the utility of the backer at i of the list.
func (r *run) unitOf(i uint32) float64 {
	if r.value == nil {
		return 1
	}
	return float64(r.value[i])
}
