package chart

import "fmt"

// Track draws how far a number has come on its way: from 0 to 1, with a mark
// where it began. It is a picture beside words that say the numbers, and silent.
func Track(began, reached float64) string {
	mark := ""
	if began = percent(began); began > 0 {
		mark = fmt.Sprintf(`<line class="mark" x1="%.2[1]f%%" x2="%.2[1]f%%" y1="0" y2="16"/>`, began)
	}
	return fmt.Sprintf(`<svg class="chart" aria-hidden="true" focusable="false" width="100%%" height="16" xmlns="http://www.w3.org/2000/svg"><rect class="track" x="0" y="3" width="100%%" height="10" rx="2"/><rect class="bar" x="0" y="3" width="%.2f%%" height="10" rx="2"/>%s</svg>`,
		percent(reached), mark)
}

func percent(share float64) float64 { return 100 * min(1, max(0, share)) }
