package main

import (
	"os"
	"strings"
	"testing"
)

func TestExitCodeIsPassedOn(t *testing.T) {
	t.Setenv(variable, "postgres:///given") // so that none is started
	tests := []struct {
		name, script string
		want         int
	}{
		{"success", `exit 0`, 0},
		{"failure", `exit 7`, 7},
		{"killed", `kill -9 $$`, 1},
		{"the address is there", `test "$WSPOLNOTA_TEST_POSTGRES" = postgres:///given`, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if code, err := run([]string{"sh", "-c", tt.script}); code != tt.want || err != nil {
				t.Errorf("code %d, %v, want %d", code, err, tt.want)
			}
		})
	}
	if code, err := run([]string{"no-such-command"}); code != 127 || err == nil {
		t.Errorf("code %d, %v", code, err)
	}
}

func TestServerIsStartedAndStopped(t *testing.T) {
	t.Setenv(variable, "")
	file := t.TempDir() + "/address"
	code, err := run([]string{"sh", "-c", `printf %s "$WSPOLNOTA_TEST_POSTGRES" >` + file})
	if code != 0 || err != nil {
		t.Fatalf("code %d, %v", code, err)
	}
	address, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, folder, found := strings.Cut(string(address), "host=")
	if !found {
		t.Skip("PostgreSQL is not installed")
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("%s is left over: %v", folder, err)
	}
}
