package opinion

// AdjustedRand is how far two divisions of the same people agree beyond chance:
// 1 when they are the same, about 0 for unrelated ones. a and b hold a number
// from 0 per person; where either is negative the person is left out.
// Divisions into one part each, or with nobody in them, agree fully.
// Source: Hubert and Arabie 1985.
func AdjustedRand(a, b []int) float64 {
	cells, rows, columns := map[[2]int]int{}, map[int]int{}, map[int]int{}
	n := 0
	for i, x := range a {
		if x < 0 || b[i] < 0 {
			continue
		}
		cells[[2]int{x, b[i]}]++
		rows[x]++
		columns[b[i]]++
		n++
	}
	both, left, right := 0.0, 0.0, 0.0
	for _, c := range cells {
		both += pairs(c)
	}
	for _, c := range rows {
		left += pairs(c)
	}
	for _, c := range columns {
		right += pairs(c)
	}
	return adjust(both, left, right, pairs(n))
}

// adjust corrects the number of pairs that both divisions put together for what
// chance would give.
func adjust(both, left, right, all float64) float64 {
	if all == 0 {
		return 1
	}
	expected, most := left*right/all, (left+right)/2
	if most == expected {
		return 1
	}
	return (both - expected) / (most - expected)
}

// pairs is the number of pairs among n.
func pairs(n int) float64 { return float64(n) * float64(n-1) / 2 }
