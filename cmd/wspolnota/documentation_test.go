package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "rewrite docs/configuration.md and docs/authorisation.md")

// golden compares a page of docs/ with what the program says of itself.
func golden(t *testing.T, name, want string) {
	t.Helper()
	path := filepath.Join("..", "..", "docs", name)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("docs/%s is not true any more; look at the change, then: make generate", name)
	}
}

func TestConfigurationDocumentation(t *testing.T) {
	var cli CLI
	parser := newParser(&cli, context.Background(), io.Discard, io.Discard)
	var b strings.Builder
	b.WriteString("# Configuration\n\nEvery setting is a flag and an environment variable; the flag wins. All have a\n" +
		"value that works. This page is written from the program: `make generate`.\n")
	for _, command := range parser.Model.Children {
		describe(&b, "wspolnota", command, command.Name != "serve")
	}
	golden(t, "configuration.md", b.String())
}

// describe writes one command. Only serve lists the settings of the server: the
// other commands take the same.
func describe(b *strings.Builder, path string, command *kong.Node, brief bool) {
	path += " " + command.Name
	fmt.Fprintf(b, "\n## %s\n\n%s\n", path, command.Help)
	table := false
	shared := false
	for _, flag := range command.Flags {
		if flag.Name == "help" {
			continue
		}
		if brief && flag.Group != nil {
			shared = true
			continue
		}
		if !table {
			b.WriteString("\n| flag | variable | default | what it is |\n|---|---|---|---|\n")
			table = true
		}
		variable := "–"
		if len(flag.Envs) > 0 {
			variable = "`" + flag.Envs[0] + "`"
		}
		standard := "–"
		if flag.HasDefault && flag.Default != "" {
			standard = "`" + flag.Default + "`"
		}
		fmt.Fprintf(b, "| `--%s` | %s | %s | %s |\n", flag.Name, variable, standard, flag.Help)
	}
	if shared {
		b.WriteString("\nTakes the settings of `wspolnota serve` as well.\n")
	}
	for _, child := range command.Children {
		describe(b, path, child, brief)
	}
}
