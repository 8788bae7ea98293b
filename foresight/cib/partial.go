package cib

// partial lists ways to decide some of the descriptors.
type partial struct {
	members []int
	states  []uint8 // of the members, one way after the other
}

func newPartial(scope []uint64) partial {
	var p partial
	for w, set := range scope {
		for ; set != 0; set &= set - 1 {
			p.members = append(p.members, w*64+lowest(set))
		}
	}
	return p
}

func (p *partial) add(domains []uint64) {
	for _, i := range p.members {
		p.states = append(p.states, uint8(lowest(domains[i])))
	}
}

func (p *partial) empty() bool { return len(p.states) == 0 && len(p.members) > 0 }

func (p *partial) len() int { return len(p.states) / len(p.members) }

// put writes the x-th way into the domains.
func (p *partial) put(x int, domains []uint64) {
	for y, i := range p.members {
		domains[i] = 1 << p.states[x*len(p.members)+y]
	}
}

// combine calls emit for every combination of the lists; false if emit was.
func combine(lists []partial, domains []uint64, emit func([]uint64) bool) bool {
	if len(lists) == 0 {
		return emit(domains)
	}
	for x := range lists[0].len() {
		lists[0].put(x, domains)
		if !combine(lists[1:], domains, emit) {
			return false
		}
	}
	return true
}
