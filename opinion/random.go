package opinion

import "math/rand/v2"

// newRandom is a generator whose numbers are the same on every platform.
func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x6f70696e696f6e)) }
