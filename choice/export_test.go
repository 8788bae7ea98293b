package choice

// Apart makes a profile in which equal ballots stay apart.
func Apart(kind Kind) *Profile {
	p := NewProfile(kind)
	p.apart = true
	return p
}
