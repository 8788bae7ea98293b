package people

import (
	"context"
	"errors"
	"testing"
	"time"
)

// A third computation waits, and gives up when its request does.
func TestFewPasswordsAreHashedAtATime(t *testing.T) {
	h := newHasher()
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.hash(ctx, "fioletowy rower kanapka"); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("err = %v", err)
	}
	<-h.slots
	kept, err := h.hash(t.Context(), "fioletowy rower kanapka")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"fioletowy rower kanapka": true, "fioletowy rower": false, "": false} {
		if got, err := h.matches(t.Context(), password, kept); err != nil || got != want {
			t.Errorf("%q matches: %v, %v", password, got, err)
		}
	}
	if got, err := h.matches(t.Context(), "", ""); err != nil || got {
		t.Errorf("no password matches: %v, %v", got, err)
	}
}

func TestWaitsGrowAndEnd(t *testing.T) {
	b := brake{free: 5, longest: 15 * time.Minute}
	for tries, want := range map[int]time.Duration{1: 0, 4: 0, 5: time.Second, 6: 2 * time.Second, 10: 32 * time.Second, 15: 15 * time.Minute, 1000: 15 * time.Minute} {
		if got := b.wait(tries); got != want {
			t.Errorf("after %d tries %v, want %v", tries, got, want)
		}
	}
}
