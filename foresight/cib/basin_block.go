package cib

import "math/bits"

// blockWords is how many words hold one bit for each scenario of a block.
const blockWords = 4

type bitmap [blockWords]uint64

// blocks prepares the table of global succession. The descriptors are divided into
// a head and a tail; a block is one choice of the head with every choice of the
// tail, in lexicographic order. The margin of a pair is what the head gives, one
// number for the block, plus what the tail gives, one number for each bit.
type blocks struct {
	m       *Matrix
	heads   int // descriptors of the head
	size    int // scenarios of a block
	pairs   []pairOf
	parts   [][][]int32 // by descriptor of the head and state: what it adds to each pair
	wins    [][]bitmap  // by pair and by what the head gives, plus offset: where the margin is not negative
	offset  []int32     // by pair: beyond it the head decides alone
	present [][]bitmap  // by descriptor of the tail and state: where it has it
	digits  []digit     // by descriptor: where its state stands in a code
	codes   [][]uint32  // by group of bits of a code: what they add to the number
}

// digit is where the state of a descriptor stands in a code.
type digit struct{ from, bits int }

// A code is looked up in groups of so many bits, so many groups from a word.
const (
	codeBits      = 11
	groupsPerWord = 64 / codeBits
)

// plane is the bit of a group, counted over words.
func plane(group, bit int) int { return group/groupsPerWord*64 + group%groupsPerWord*codeBits + bit }

func newBlocks(m *Matrix) *blocks {
	b := &blocks{m: m, heads: m.Len(), size: 1}
	for b.heads > 0 && b.size*m.Domain(b.heads-1) <= 64*blockWords {
		b.heads--
		b.size *= m.Domain(b.heads)
	}
	p := problem{m: m, n: m.Len()}
	p.number()
	b.pairs = p.of
	for i := range b.heads {
		parts := make([][]int32, m.Domain(i))
		for k := range parts {
			for _, c := range b.pairs {
				parts[k] = append(parts[k], int32(p.part(i, k, c)))
			}
		}
		b.parts = append(b.parts, parts)
	}
	b.prepareTail(&p)
	b.prepareCodes()
	return b
}

// prepareTail looks at each choice of the tail once.
func (b *blocks) prepareTail(p *problem) {
	tail := b.m.Len() - b.heads
	margins := make([][]int32, len(b.pairs))
	b.present = make([][]bitmap, tail)
	for y := range tail {
		b.present[y] = make([]bitmap, b.m.Domain(b.heads+y))
	}
	z := make(Scenario, b.m.Len())
	for bit := range b.size {
		for y := range tail {
			b.present[y][z[b.heads+y]].set(bit)
		}
		for c, pair := range b.pairs {
			sum := 0
			for i := b.heads; i < b.m.Len(); i++ {
				sum += p.part(i, z[i], pair)
			}
			margins[c] = append(margins[c], int32(sum))
		}
		b.m.odometer(z)
	}
	for _, own := range margins {
		reach := int32(0)
		for _, v := range own {
			reach = max(reach, v, -v)
		}
		wins := make([]bitmap, 2*reach+3)
		for head := range wins {
			for bit, v := range own {
				if v+int32(head)-reach-1 >= 0 {
					wins[head].set(bit)
				}
			}
		}
		b.wins, b.offset = append(b.wins, wins), append(b.offset, reach+1)
	}
}

func (b *bitmap) set(bit int) { b[bit/64] |= 1 << (bit % 64) }

// prepareCodes gives each descriptor bits of a code, none across two groups.
func (b *blocks) prepareCodes() {
	b.digits = make([]digit, b.m.Len())
	weight, at := 1, 0
	for i := b.m.Len() - 1; i >= 0; i-- {
		need := bits.Len(uint(b.m.Domain(i) - 1))
		if at%codeBits+need > codeBits {
			at += codeBits - at%codeBits
		}
		b.digits[i] = digit{plane(at/codeBits, at%codeBits), need}
		for len(b.codes) <= at/codeBits { // also where no bit is needed, for one table at least
			b.codes = append(b.codes, make([]uint32, 1<<codeBits))
		}
		group := b.codes[at/codeBits]
		for code := range group {
			if k := code >> (at % codeBits) & (1<<need - 1); k < b.m.Domain(i) {
				group[code] += uint32(k * weight)
			}
		}
		weight *= b.m.Domain(i)
		at += need
	}
}
