package opinion

// smallest is the number of people below which nothing about them is told
// apart: they could be recognised.
const smallest = 5

// Suppress says which of several counts may not be shown, so that nothing about
// fewer than five people can be told, nor worked out from the total: a count
// below five is hidden and, while that leaves a single hidden count or fewer
// than five people out of the total, the smallest count still shown is hidden
// too.
//
// rest is how many people stand in the total but under none of the counts. A
// rest of one to four people therefore costs a count; giving everybody a count
// spares it.
func Suppress(counts []int, rest int) []bool {
	hidden := make([]bool, len(counts))
	left := remainder{people: rest, parts: min(rest, 1)}
	for i, n := range counts {
		if n < smallest {
			hidden[i] = true
			left.add(n)
		}
	}
	for left.tells() {
		next := -1
		for i, n := range counts {
			if !hidden[i] && (next < 0 || n < counts[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		hidden[next] = true
		left.add(counts[next])
	}
	return hidden
}

// remainder is what a reader finds by taking all shown counts from the total.
type remainder struct {
	people, parts int
	counts        bool // one of the parts is a hidden count
}

func (r *remainder) add(n int) {
	if n > 0 {
		r.people += n
		r.parts++
		r.counts = true
	}
}

// tells says that the remainder is about too few people, or about one count.
func (r *remainder) tells() bool {
	return r.people > 0 && r.people < smallest || r.counts && r.parts < 2
}

// SuppressTable says which cells of a table may not be shown, so that nothing
// about fewer than five people can be told from it, nor worked out by taking
// what is shown from the totals of rows and of columns, which readers may know:
// in each line hidden cells are about five people or more, and at least two of
// them are not empty.
func SuppressTable(counts [][]int) [][]bool {
	hidden := make([][]bool, len(counts))
	for i, row := range counts {
		hidden[i] = make([]bool, len(row))
		for j, n := range row {
			hidden[i][j] = n > 0 && n < smallest
		}
	}
	for again := true; again && len(counts) > 0; {
		again = false
		for i := range counts {
			again = hideOneMore(len(counts[i]), func(j int) (int, *bool) { return counts[i][j], &hidden[i][j] }) || again
		}
		for j := range counts[0] {
			again = hideOneMore(len(counts), func(i int) (int, *bool) { return counts[i][j], &hidden[i][j] }) || again
		}
	}
	return hidden
}

// hideOneMore hides the smallest cell of a line that is shown, where what is
// hidden in it tells too much. It reports whether it did.
func hideOneMore(n int, cell func(int) (int, *bool)) bool {
	people, parts := 0, 0
	var next *bool
	least := 0
	for k := range n {
		count, hidden := cell(k)
		switch {
		case count == 0:
		case *hidden:
			people, parts = people+count, parts+1
		case next == nil || count < least:
			next, least = hidden, count
		}
	}
	if parts == 0 || people >= smallest && parts > 1 || next == nil {
		return false
	}
	*next = true
	return true
}
