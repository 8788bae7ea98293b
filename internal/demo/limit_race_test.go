//go:build race

package demo_test

import "time"

// loadingTakes is wide here: the race detector makes drawing ten times slower.
const loadingTakes = time.Minute
