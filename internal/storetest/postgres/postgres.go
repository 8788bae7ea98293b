// Package postgres starts a PostgreSQL server of its own for tests: in a folder
// of its own, on a socket in that folder, without waiting for the disk. The
// server ends with the program that started it, even when that is killed.
//
// Call Start; tests of rooms call package storetest instead.
package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNotInstalled says that this machine has no PostgreSQL server.
var ErrNotInstalled = errors.New("PostgreSQL is not installed (on Debian: apt-get install postgresql)")

// Server is a running server. Its Address is that of its superuser and of the
// database "postgres".
type Server struct {
	Address string

	folder string
	leash  io.Closer
	shell  *exec.Cmd
	output *bytes.Buffer
}

// watchdog runs the server until the other end of its standard input is
// closed, which the kernel does also for a parent that was killed.
const watchdog = `
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c unix_socket_permissions=0777 \
	-c fsync=off -c full_page_writes=off -c synchronous_commit=off \
	-c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=64MB -c max_connections=200 \
	-c deadlock_timeout=50ms -c max_parallel_workers_per_gather=0 -c dynamic_shared_memory_type=mmap </dev/null &
server=$!
read -r _
kill -QUIT $server
wait $server
rm -rf "$2"
`

// Start sets a server up and waits until it answers: about two seconds.
func Start(ctx context.Context) (*Server, error) {
	binaries, err := find()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(home(), "wspolnota-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{
		Address: "postgres:///postgres?user=postgres&host=" + folder,
		folder:  folder,
		output:  new(bytes.Buffer),
	}
	if err := s.start(ctx, binaries); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL: %w\n%s", err, s.output), s.Stop())
	}
	return s, nil
}

// home is a folder in memory where there is room for it: making a database for
// each test takes 10 ms there and up to 300 ms on a disk. Its path is short,
// because that of a socket may have no more than 107 bytes.
func home() string {
	const room = 1 << 30
	var memory syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &memory); err == nil && memory.Bavail*uint64(memory.Bsize) > room {
		return "/dev/shm"
	}
	return "/tmp"
}

func (s *Server) start(ctx context.Context, binaries string) error {
	as, err := s.unprivileged()
	if err != nil {
		return err
	}
	// ICU's Polish order, as a Polish host would have it: a query that leans
	// on the order of bytes shows itself.
	initdb := exec.CommandContext(ctx, filepath.Join(binaries, "initdb"), "-D", s.folder+"/data", "-U", "postgres",
		"-A", "trust", "-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=pl", "--no-sync", "--no-instructions")
	initdb.SysProcAttr, initdb.Dir = as, s.folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s.shell = exec.Command("/bin/sh", "-c", watchdog, "sh", binaries, s.folder)
	s.shell.SysProcAttr, s.shell.Dir = as, s.folder
	s.shell.Stdout, s.shell.Stderr = s.output, s.output
	leash, err := s.shell.StdinPipe()
	if err != nil {
		return err
	}
	s.leash = leash
	if err := s.shell.Start(); err != nil {
		return err
	}
	return s.wait(ctx)
}

// unprivileged gives the folder to the user "postgres" where we are root, whom
// the server refuses, and a session of its own, so that Ctrl-C reaches us first.
func (s *Server) unprivileged() (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setsid: true}
	if os.Getuid() != 0 {
		return as, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(account.Gid)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(s.folder, uid, gid)
}

func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.Address)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	if s.leash == nil {
		return os.RemoveAll(s.folder)
	}
	_ = s.leash.Close()
	_ = s.shell.Wait() // the server was told to quit, and says so with its status
	return os.RemoveAll(s.folder)
}

// find returns the folder of the newest server installed as Debian does it, or
// of the one on the path.
func find() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(folders, func(a, b string) int { return version(b) - version(a) })
	if path, err := exec.LookPath("postgres"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err == nil {
			return folder, nil
		}
	}
	return "", ErrNotInstalled
}

func version(folder string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	return n
}
