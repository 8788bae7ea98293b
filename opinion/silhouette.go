package opinion

import "math"

// exactSilhouette is the number of participants up to which the silhouette is
// computed over every pair of them.
const exactSilhouette = 3000

// silhouettes is how clearly each of several divisions of the same points
// separates: the mean over all points of (b - a)/max(a, b), where a is the mean
// distance to the others of the own cluster and b to those of the nearest other
// cluster. 1 is two dots far apart, 0 no separation. Points alone in their
// cluster add 0. The distances are computed once for all divisions.
//
// A point of weight w stands for w people at the same place; nil means 1 each.
// Source: Rousseeuw 1987; the weights are what Polis leaves out.
func silhouettes(at []Point, weight []float64, divisions []clustering) []float64 {
	offset, width := 0, 0
	first := make([]int, len(divisions))
	for d, c := range divisions {
		first[d] = offset
		offset += len(c.centre)
	}
	width = offset
	sum := make([]float64, len(at)*width) // distances from a point to each cluster
	place := make([]int32, len(at)*len(divisions))
	for i := range at {
		for d, c := range divisions {
			place[i*len(divisions)+d] = int32(first[d]) + int32(c.label[i])
		}
	}
	n := len(divisions)
	for i, p := range at {
		own, mine := place[i*n:(i+1)*n], sum[i*width:(i+1)*width]
		for j, q := range at[:i] {
			x, y := p.X-q.X, p.Y-q.Y
			distance := math.Sqrt(x*x + y*y)
			toJ, toI := distance, distance
			if weight != nil {
				toJ, toI = distance*weight[j], distance*weight[i]
			}
			his := sum[j*width : (j+1)*width]
			for d, k := range place[j*n : (j+1)*n] {
				mine[k] += toJ
				his[own[d]] += toI
			}
		}
	}
	scores := make([]float64, n)
	for d, c := range divisions {
		scores[d] = c.score(weight, func(i int) []float64 { return sum[i*width+first[d] : i*width+first[d]+len(c.centre)] })
	}
	return scores
}

// score finishes the silhouette of one division from the summed distances.
func (c *clustering) score(weight []float64, sums func(int) []float64) float64 {
	size, total, score := make([]float64, len(c.centre)), 0.0, 0.0
	of := func(i int) float64 {
		if weight == nil {
			return 1
		}
		return weight[i]
	}
	for i, l := range c.label {
		size[l] += of(i)
		total += of(i)
	}
	for i, l := range c.label {
		if size[l] <= 1 {
			continue
		}
		a, b := 0.0, math.Inf(1)
		for k, s := range sums(i) {
			if k == int(l) {
				a = s / (size[k] - 1)
			} else if size[k] > 0 {
				b = min(b, s/size[k])
			}
		}
		if m := max(a, b); m > 0 && !math.IsInf(b, 1) {
			score += of(i) * (b - a) / m
		}
	}
	if total == 0 {
		return 0
	}
	return score / total
}
