package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts of testdata run this very program by its name.
func TestMain(m *testing.M) {
	testscript.Main(andUnload{m}, map[string]func(){"wspolnota": main})
}

// andUnload runs the tests and removes what they shared.
type andUnload struct{ tests testscript.TestingM }

func (a andUnload) Run() int {
	code := a.tests.Run()
	if err := unload(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata"})
}
