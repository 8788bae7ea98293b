//go:build unix

package main

import "golang.org/x/sys/unix"

// freeBytes is how much the disk under a folder still takes from this program.
func freeBytes(folder string) (uint64, error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, err
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), nil //nolint:unconvert // other systems count in other types
}
