package cib

// transpose turns rows of bits into columns: bit y of word x changes places with
// bit x of word y (Warren, Hacker's Delight, section 7-3).
func transpose(a *[64]uint64) {
	mask := uint64(0x0000_0000_ffff_ffff)
	for j := 32; j != 0; j, mask = j/2, mask^mask<<(j/2) {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (a[k+j] ^ a[k]>>j) & mask
			a[k+j] ^= t
			a[k] ^= t << j
		}
	}
}
