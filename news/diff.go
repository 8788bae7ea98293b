package news

import (
	"strings"

	"github.com/wspolnota/wspolnota/web/ui"
)

// contextLines is how many unchanged lines stay around a change, so that a reader
// knows where in the text it is.
const contextLines = 2

// longestCompared bounds the changed middle of two texts that is compared line
// by line: the table of the comparison grows with the square. A longer middle
// is shown as taken out and put in.
const longestCompared = 1500

// differences compares two texts line by line (longest common subsequence).
func differences(before, after string) []ui.DiffLine {
	a, b := lines(before), lines(after)
	head := common(a, b)
	tail := common(reversed(a[head:]), reversed(b[head:]))
	var d []ui.DiffLine
	d = add(d, ui.Same, a[:head])
	d = append(d, compared(a[head:len(a)-tail], b[head:len(b)-tail])...)
	return add(d, ui.Same, a[len(a)-tail:])
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// common counts the lines that both begin with.
func common(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func reversed(a []string) []string {
	r := make([]string, len(a))
	for i, s := range a {
		r[len(a)-1-i] = s
	}
	return r
}

func add(d []ui.DiffLine, kind ui.DiffKind, texts []string) []ui.DiffLine {
	for _, text := range texts {
		d = append(d, ui.DiffLine{Kind: kind, Text: text})
	}
	return d
}

func compared(a, b []string) []ui.DiffLine {
	var d []ui.DiffLine
	if len(a) > longestCompared || len(b) > longestCompared {
		return add(add(d, ui.Removed, a), ui.Added, b)
	}
	longest := subsequences(a, b)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d = add(d, ui.Same, a[i:i+1])
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			d = add(d, ui.Removed, a[i:i+1])
			i++
		default:
			d = add(d, ui.Added, b[j:j+1])
			j++
		}
	}
	return add(add(d, ui.Removed, a[i:]), ui.Added, b[j:])
}

// subsequences tells for every i and j how many lines a[i:] and b[j:] have in
// common, in order.
func subsequences(a, b []string) [][]uint16 {
	longest := make([][]uint16, len(a)+1)
	for i := range longest {
		longest[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	return longest
}

// folded leaves only the unchanged lines near a change, and says through words
// how many are left out.
func folded(d []ui.DiffLine, words func(n int) string) []ui.DiffLine {
	near := make([]bool, len(d))
	for i, line := range d {
		if line.Kind == ui.Same {
			continue
		}
		for j := max(0, i-contextLines); j <= min(len(d)-1, i+contextLines); j++ {
			near[j] = true
		}
	}
	var out []ui.DiffLine
	for i := 0; i < len(d); {
		if near[i] {
			out = append(out, d[i])
			i++
			continue
		}
		from := i
		for i < len(d) && !near[i] {
			i++
		}
		out = append(out, ui.DiffLine{Kind: ui.Same, Text: words(i - from)})
	}
	return out
}
