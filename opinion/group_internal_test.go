package opinion

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// blob is n points around a centre.
func blob(r *rand.Rand, n int, x, y, spread float64) []Point {
	at := make([]Point, n)
	for i := range at {
		at[i] = Point{x + spread*r.NormFloat64(), y + spread*r.NormFloat64()}
	}
	return at
}

func TestOnePersonIsNoGroup(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	at := slices.Concat(blob(r, 20, -3, 0, 0.3), blob(r, 20, 3, 0, 0.3), []Point{{-90, 0}})
	c := choose(at, Options{}, nil)
	size := c.sizes()
	slices.Sort(size)
	if !slices.Equal(size, []int{20, 21}) {
		t.Errorf("groups of %v, want 20 and 21", size)
	}
	for k, d := range newCrowd(at, nil).divisions(Options{}, nil) {
		if !hasSingle(d) {
			t.Errorf("the far one is alone for %d groups too, or the test shows nothing", k+2)
		}
	}
}

func TestPeopleAtOnePlaceAreOneGroup(t *testing.T) {
	c := choose(make([]Point, 9), Options{}, nil)
	if size := c.sizes(); !slices.Equal(size, []int{9}) {
		t.Errorf("groups of %v", size)
	}
}

func TestClearGroupsAreCounted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for k := 2; k <= 5; k++ {
		for _, n := range []int{12, 2000} { // below and above the exact silhouette
			var at []Point
			for g := range k {
				at = append(at, blob(r, n, float64(10*(g%3)), float64(10*(g/3)), 0.4)...)
			}
			r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
			c := choose(at, Options{Starts: 4}, nil)
			if size := c.sizes(); len(size) != k || slices.Min(size) != n || slices.Max(size) != n {
				t.Errorf("%d groups of %d are found as %v", k, n, size)
			}
		}
	}
}

func TestWeightedSilhouetteIsThatOfEverybody(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all, places []Point
	var weight []float64
	for range 30 {
		p := Point{r.NormFloat64(), r.NormFloat64()}
		n := 1 + r.IntN(6)
		for range n {
			all = append(all, p)
		}
		places, weight = append(places, p), append(weight, float64(n))
	}
	start := firstDistinct(all, 3)
	few, many := clustering{label: make([]uint8, len(places)), centre: start}, clustering{label: make([]uint8, len(all)), centre: start}
	few.assign(places)
	many.assign(all)
	a, b := silhouettes(places, weight, []clustering{few})[0], silhouettes(all, nil, []clustering{many})[0]
	if d := a - b; d*d > 1e-20 {
		t.Errorf("weighted %v, everybody %v", a, b)
	}
}

func TestBaseClustersHoldEverybodyNearby(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	at := append(blob(r, 9000, 0, 0, 1), blob(r, 1000, 5, 5, 0.5)...)
	centre, weight := base(at, nil)
	total, spread := 0.0, 0.0
	centre = sorted(centre)
	for i, w := range weight {
		total += w
		if len(centre) != len(weight) || w == 0 {
			t.Errorf("place %d of %d holds %v", i, len(centre), w)
		}
	}
	all := clustering{label: make([]uint8, len(at)), centre: centre}
	slow := clustering{label: make([]uint8, len(at)), centre: centre}
	all.assignSorted(at)
	slow.assign(at)
	for i := range at {
		if d, e := squared(at[i], centre[all.label[i]]), squared(at[i], centre[slow.label[i]]); d != e {
			t.Fatalf("point %d is given a place at %v, the nearest is at %v", i, d, e)
		}
		spread += squared(at[i], centre[all.label[i]])
	}
	if total != float64(len(at)) || spread/float64(len(at)) > 0.05 {
		t.Errorf("%v people, mean squared distance %v", total, spread/float64(len(at)))
	}
}

func TestAnotherStartWinsOnlyWhenClearlyBetter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	at := slices.Concat(blob(r, 50, 0, 0, 0.1), blob(r, 50, 0, 3, 0.1), blob(r, 50, 20, 0, 0.1))
	c := newCrowd(at, nil)
	good := []Point{{0, 0}, {0, 3}, {20, 0}}
	bad := []Point{{0, 1.5}, {19.9, 0}, {20.1, 0}}
	if got, best := c.divide(bad, [][]Point{good}), lloyd(at, nil, good); got.inertia != best.inertia {
		t.Errorf("inertia %v, the better start gives %v", got.inertia, best.inertia)
	}
	stays := lloyd(at, nil, good)
	if got := c.divide(good, [][]Point{bad, {good[2], good[0], good[1]}}); !slices.Equal(got.label, stays.label) {
		t.Error("an equal start has changed the labels")
	}
}

func TestNumberOfGroupsNeedsFourUpdatesToChange(t *testing.T) {
	g := GroupNumber{}
	for i, tt := range []struct{ best, shown int }{{3, 3}, {2, 3}, {2, 3}, {3, 3}, {2, 3}, {2, 3}, {2, 3}, {2, 2}, {3, 2}, {2, 2}} {
		if g = g.after(tt.best); g.Shown != tt.shown {
			t.Errorf("update %d shows %d groups, want %d", i+1, g.Shown, tt.shown)
		}
	}
}

func TestGroupsKeepTheirNames(t *testing.T) {
	was := []int{2, 2, 2, 0, 0, 0, 0, -1}
	now := clustering{label: []uint8{0, 0, 1, 1, 1, 2, 2, 2}, centre: make([]Point, 3)}
	ids := groupIDs(now, func(i int) int { return was[i] })
	if !slices.Equal(ids, []int{2, 0, 1}) {
		t.Errorf("ids %v, want 2 for the first, 0 for the second, the free 1 for the third", ids)
	}
	fresh := groupIDs(now, func(int) int { return -1 })
	if fresh[0] != 2 || fresh[1]+fresh[2] != 1 {
		t.Errorf("ids without history %v, want larger groups first", fresh)
	}
}

func TestEmptyClusterBeginsAnew(t *testing.T) {
	at := []Point{{0, 0}, {1, 0}, {0, 1}, {9, 9}}
	c := lloyd(at, nil, []Point{{0, 0}, {100, 100}, {200, 200}})
	if size := c.sizes(); slices.Min(size) == 0 {
		t.Errorf("sizes %v", size)
	}
}

func TestTopTwoFindsAnEigenvalueThatOccursTwice(t *testing.T) {
	for _, diagonal := range [][]float64{{5, 5, 1, 1, 1, 1, 1, 1, 1, 1}, {3, 1}, {4}, {0, 0, 0}, {1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 2, 2, 1}} {
		g := &gram{n: len(diagonal), cell: make([]float64, len(diagonal)*(len(diagonal)+1)/2)}
		for k, d := range diagonal {
			g.cell[k*(k+1)/2+k] = d
		}
		values, _ := topTwo(g, len(diagonal), nil)
		want := append(slices.Clone(diagonal), 0)
		slices.SortFunc(want, func(a, b float64) int { return int(b - a) })
		if d, e := values[0]-want[0], values[1]-want[1]; d*d > 1e-18 || e*e > 1e-18 {
			t.Errorf("%v: found %v", diagonal, values)
		}
	}
}

// TestCrowdedEigenvaluesAreToldApart needs more steps than one basis has.
func TestCrowdedEigenvaluesAreToldApart(t *testing.T) {
	const n = 400
	g := &gram{n: n, cell: make([]float64, n*(n+1)/2)}
	for k := range n {
		g.cell[k*(k+1)/2+k] = 1 - float64(k)/(100*n)
	}
	if _, _, found := search(g, n, [2][]float64{noise(n, 1), noise(n, 2)}, false); found {
		t.Error("one basis is enough: the test shows nothing")
	}
	values, axes := topTwo(g, n, nil)
	for i, axis := range axes {
		if d := values[i] - (1 - float64(i)/(100*n)); d*d > 1e-20 || axis[i]*axis[i] < 0.999999 {
			t.Errorf("axis %d: value %v, %v along its own direction", i+1, values[i], axis[i])
		}
	}
}
