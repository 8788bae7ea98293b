// Command withpostgres runs another command with a PostgreSQL server of its
// own, whose address is in WSPOLNOTA_TEST_POSTGRES, so that all packages of one
// test run share it:
//
//	go run ./internal/storetest/withpostgres -- go test ./...
//
// Its exit code is that of the command (go run itself makes 1 of any but 0). Where the variable is set already, or
// no PostgreSQL is installed, the command runs as it is.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/wspolnota/wspolnota/internal/storetest/postgres"
)

const variable = "WSPOLNOTA_TEST_POSTGRES"

func main() {
	command := os.Args[1:]
	if len(command) > 0 && command[0] == "--" {
		command = command[1:]
	}
	if len(command) == 0 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres -- COMMAND [ARGUMENT…]")
		os.Exit(2)
	}
	code, err := run(command)
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
	}
	os.Exit(code)
}

func run(command []string) (code int, err error) {
	if os.Getenv(variable) == "" {
		server, starting := postgres.Start(context.Background())
		switch {
		case errors.Is(starting, postgres.ErrNotInstalled):
			fmt.Fprintln(os.Stderr, "withpostgres: tests on PostgreSQL will be skipped:", starting)
		case starting != nil:
			return 1, starting
		default:
			defer func() { err = errors.Join(err, server.Stop()) }()
			if err := os.Setenv(variable, server.Address); err != nil {
				return 1, err
			}
		}
	}
	return follow(command)
}

// follow runs the command and passes on to it what asks us to end: Ctrl-C
// reaches it by itself, being of the same group.
func follow(command []string) (int, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		return 127, err
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err := cmd.Wait()
	if _, failed := errors.AsType[*exec.ExitError](err); failed {
		return max(cmd.ProcessState.ExitCode(), 1), nil // -1: killed by a signal
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
