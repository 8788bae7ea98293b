package cib

// blockWorker computes blocks one after the other; each thread has its own.
type blockWorker struct {
	*blocks
	head []int     // states of the head
	sums [][]int32 // by descriptor of the head: what it and those before it give to each pair
	best []bitmap  // by state: where it is a best state
	code []bitmap  // by bit of a code
}

func (b *blocks) newWorker() *blockWorker {
	w := &blockWorker{blocks: b, head: make([]int, b.heads), best: make([]bitmap, MaxDomain), code: make([]bitmap, 64*((len(b.codes)+groupsPerWord-1)/groupsPerWord))}
	for range b.heads + 1 {
		w.sums = append(w.sums, make([]int32, len(b.pairs)))
	}
	return w
}

// jump goes to the block with this number.
func (w *blockWorker) jump(number int) {
	for i := w.heads - 1; i >= 0; i-- {
		w.head[i] = number % w.m.Domain(i)
		number /= w.m.Domain(i)
	}
	w.addUp(0)
}

// advance goes to the next block.
func (w *blockWorker) advance() {
	for i := w.heads - 1; i >= 0; i-- {
		if w.head[i]++; w.head[i] < w.m.Domain(i) {
			w.addUp(i)
			return
		}
		w.head[i] = 0
	}
}

// addUp renews the sums from a descriptor of the head on.
func (w *blockWorker) addUp(from int) {
	for i := from; i < w.heads; i++ {
		before, after, parts := w.sums[i], w.sums[i+1], w.parts[i][w.head[i]]
		for c, v := range parts {
			after[c] = before[c] + v
		}
	}
}

// block writes the numbers of the scenarios that follow those of the present block.
func (w *blockWorker) block(next []uint32) {
	clear(w.code)
	pair := 0
	for j := range w.m.Len() {
		w.decide(j, pair)
		pair += w.m.Domain(j) * (w.m.Domain(j) - 1)
	}
	for x := 0; x < len(next); x += 64 {
		w.number(x/64, next[x:min(x+64, len(next))])
	}
}

// decide finds the next state of descriptor j, whose first pair is given, for all
// scenarios of the block, and writes it into the code.
func (w *blockWorker) decide(j, pair int) {
	n := w.m.Domain(j)
	sums := w.sums[w.heads]
	var keep bitmap
	for l := range n {
		best := &w.best[l]
		*best = bitmap{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
		for range n - 1 {
			given := min(max(sums[pair], -w.offset[pair]), w.offset[pair])
			wins := &w.wins[pair][given+w.offset[pair]]
			for x := range best {
				best[x] &= wins[x]
			}
			pair++
		}
		if j < w.heads {
			if w.head[j] == l {
				keep = *best
			}
		} else {
			for x, here := range w.present[j-w.heads][l] {
				keep[x] |= best[x] & here
			}
		}
	}
	taken := keep // where the state is known already
	for l := range n {
		var chosen bitmap
		for x, best := range w.best[l] {
			stays := keep[x]
			if j >= w.heads {
				stays &= w.present[j-w.heads][l][x]
			} else if w.head[j] != l {
				stays = 0
			}
			chosen[x] = stays | best&^taken[x]
			taken[x] |= best
		}
		for bit := range w.digits[j].bits {
			if l>>bit&1 == 1 {
				plane := &w.code[w.digits[j].from+bit]
				for x := range plane {
					plane[x] |= chosen[x]
				}
			}
		}
	}
}

// number turns the codes of 64 scenarios into numbers.
func (w *blockWorker) number(word int, next []uint32) {
	clear(next)
	var square [64]uint64
	for from := 0; from < len(w.code); from += 64 {
		for x := range square {
			square[x] = w.code[from+x][word]
		}
		transpose(&square)
		w.add(from, &square, next)
	}
}

// add adds what up to 64 bits of the codes say.
func (w *blockWorker) add(from int, codes *[64]uint64, next []uint32) {
	for x := range next {
		code := codes[x]
		for g := from / 64 * groupsPerWord; g < min(len(w.codes), (from/64+1)*groupsPerWord); g++ {
			next[x] += w.codes[g][code&(1<<codeBits-1)]
			code >>= codeBits
		}
	}
}
