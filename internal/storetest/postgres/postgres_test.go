package postgres_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/wspolnota/wspolnota/internal/storetest/postgres"
)

const victim = "WSPOLNOTA_TEST_VICTIM"

// TestMain may be the program that is killed: it starts a server, prints its
// address and waits.
func TestMain(m *testing.M) {
	if os.Getenv(victim) == "" {
		os.Exit(m.Run())
	}
	server, err := postgres.Start(context.Background())
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Println(server.Address)
	time.Sleep(time.Minute) // nobody waits that long: we are killed
	_ = server.Stop()
}

func TestServerStops(t *testing.T) {
	server, err := postgres.Start(t.Context())
	if errors.Is(err, postgres.ErrNotInstalled) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := try(server.Address); err != nil {
		t.Error(err)
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
	checkGone(t, server.Address)
}

func TestServerDiesWithAKilledProgram(t *testing.T) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), victim+"=1")
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	address, err := bufio.NewReader(output).ReadString('\n')
	address = strings.TrimSpace(address)
	if strings.Contains(address, postgres.ErrNotInstalled.Error()) {
		t.Skip(address)
	}
	if err != nil || try(address) != nil {
		t.Fatalf("the server at %q does not answer: %v", address, err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // killed
	checkGone(t, address)
}

func try(address string) error {
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		return err
	}
	return conn.Close(context.Background())
}

// checkGone waits until neither the server nor its folder is there.
func checkGone(t *testing.T, address string) {
	t.Helper()
	_, folder, _ := strings.Cut(address, "host=")
	deadline := time.Now().Add(10 * time.Second)
	for {
		_, err := os.Stat(folder)
		if os.IsNotExist(err) && try(address) != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server or its folder %s is left over", folder)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
