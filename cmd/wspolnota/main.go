// Wspolnota is a platform on which local government, NGOs and residents run a
// programme of cooperation. This command is the whole of it: server, demo and
// tools in one file.
//
// Here are flags, configuration and wiring, and nothing else; see wire.go for
// the line that puts the rooms together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set by the linker at release.
var version = "devel"

// CLI is the command line. Every option is also an environment variable whose
// name begins with WSPOLNOTA_.
type CLI struct {
	Demo      DemoCommand      `cmd:"" help:"Load the example programme and run it; prints a sign-in link for each role."`
	Serve     ServeCommand     `cmd:"" help:"Run the server."`
	Migrate   MigrateCommand   `cmd:"" help:"Bring the tables of the database up to date, or show where they are."`
	Admin     AdminCommand     `cmd:"" help:"Manage administrators of the installation."`
	Choice    ChoiceCommand    `cmd:"" help:"Select projects by votes, and recount what was published."`
	Opinion   OpinionCommand   `cmd:"" help:"Map a conversation: who votes alike, what unites, what sectors believe of each other."`
	Foresight ForesightCommand `cmd:"" help:"Compute the methods of looking ahead from files."`
	Archive   ArchiveCommand   `cmd:"" help:"Write a programme into a directory that outlives the program, or bring one back."`
	Backup    BackupCommand    `cmd:"" help:"Write everything into one file, also while the server runs, and read it back."`
	Restore   RestoreCommand   `cmd:"" help:"Bring everything back from such a file into an empty database and data directory."`
	Room      RoomCommand      `cmd:"" help:"Take the live room of an event to a laptop without a network, and bring it back."`
	Doctor    DoctorCommand    `cmd:"" help:"Look whether an installation is well and say what to do where it is not."`
	Version   kong.VersionFlag `help:"Print the version and leave." env:"-"`
}

// Exit codes of every command.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
	exitPartial = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main with its inputs and outputs named, so that tests can call it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var cli CLI
	parser := newParser(&cli, ctx, stdout, stderr)
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "wspolnota: %v\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil {
		fmt.Fprintf(stderr, "wspolnota: %v\n", err)
		if errors.Is(err, errPartial) {
			return exitPartial
		}
		return exitRefused
	}
	return exitDone
}

func newParser(cli *CLI, ctx context.Context, stdout, stderr io.Writer) *kong.Kong {
	return kong.Must(cli,
		kong.Name("wspolnota"),
		kong.Description("Wspólnota: a programme of cooperation, run in public."),
		kong.DefaultEnvars("WSPOLNOTA"),
		kong.Vars{"version": version, "data": defaultData},
		kong.Writers(stdout, stderr),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(stdout, (*io.Writer)(nil)),
		kong.UsageOnError(),
	)
}
