//go:build unix

package cib_test

import (
	"syscall"
	"time"
)

// cpuTime is what this process has taken of all processors. The machine may be
// shared: time on the wall would measure the neighbours.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
