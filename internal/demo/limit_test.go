//go:build !race

package demo_test

import "time"

// loadingTakes is the most processor time that a load may need.
const loadingTakes = 20 * time.Second
