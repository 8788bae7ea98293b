package people

import (
	"context"
	"errors"
	"strings"
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

// What is kept says with which cost it was made; a later default must not shut
// out those who set their password before.
func TestPasswordOfAnotherCostStillOpens(t *testing.T) {
	h := newHasher()
	salt := []byte("0123456789abcdef")
	for _, c := range []cost{{8 * 1024, 1, 1}, {argonMemory, 3, 2}} {
		key, err := h.compute(t.Context(), "fioletowy rower kanapka", c, salt, 24)
		if err != nil {
			t.Fatal(err)
		}
		kept := encodeHash(c, salt, key)
		for password, want := range map[string]bool{"fioletowy rower kanapka": true, "inny rower kanapka": false} {
			if got, err := h.matches(t.Context(), password, kept); err != nil || got != want {
				t.Errorf("%+v: %q matches: %v, %v", c, password, got, err)
			}
		}
	}
}

func TestDamagedHashIsNoPassword(t *testing.T) {
	h := newHasher()
	for _, kept := range []string{
		"x", "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43), "$argon2id$v=18$m=8,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43), "$argon2id$v=19$m=8,t=0,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=8,t=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43), "$argon2id$v=19$m=8,t=1,p=1$$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAA",
	} {
		if got, err := h.matches(t.Context(), "", kept); err == nil || got {
			t.Errorf("%s: %v, %v", kept, got, err)
		}
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
