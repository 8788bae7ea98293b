package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/wspolnota/wspolnota/chart"
)

// ForesightCommand gathers the methods of looking ahead; each has a file of
// its own beside this one.
type ForesightCommand struct {
	Cib        CibCommand        `cmd:"" help:"Find every consistent scenario of a cross-impact matrix, and prove that there is no other."`
	Delphi     DelphiCommand     `cmd:"" help:"Measure an expert panel: agreement, stability, and where the sectors part."`
	Micmac     MicmacCommand     `cmd:"" help:"Find what drives a system of variables and what follows, and prove from which power the orders stay."`
	Scan       ScanCommand       `cmd:"" help:"Rank what a horizon scan has found, by importance and uncertainty."`
	Mactor     MactorCommand     `cmd:"" help:"Weigh actors against one another: influence, strength, who converges with whom."`
	Morphology MorphologyCommand `cmd:"" help:"Count and list what could be in a field of parameters and values."`
	Roadmap    RoadmapCommand    `cmd:"" help:"Lead from a wanted end back to today: latest starts, slack, critical path, robust measures."`
}

// errPartial says that a method was stopped before it was done. What it had
// found by then is printed, with "complete": false, and the exit code is
// exitPartial.
var errPartial = errors.New("stopped before it was complete; what was found is printed")

// methodOutput is how every method command answers: words for a person, JSON
// for a program, and a picture into a file.
type methodOutput struct {
	JSON bool   `name:"json" help:"Print the result as JSON."`
	SVG  string `name:"svg" help:"Also draw the result into this file, as SVG." placeholder:"FILE"`
}

// print writes the result: as JSON, or by the given function as words.
func (o methodOutput) print(w io.Writer, result any, words func(io.Writer) error) error {
	if !o.JSON {
		return words(w)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(result)
}

// picture draws into the SVG file that was asked for, whole or not at all.
func (o methodOutput) picture(draw func(io.Writer) error) error {
	if o.SVG == "" {
		return nil
	}
	var svg bytes.Buffer
	if err := draw(&svg); err != nil {
		return err
	}
	return writeWhole(o.SVG, svg.Bytes())
}

// chart draws the chart of the result into the SVG file that was asked for.
func (o methodOutput) chart(draw func() chart.Chart) error {
	return o.picture(func(w io.Writer) error { return draw().WriteSVG(w, chart.FileWidth) })
}

// writeWhole replaces a file by new content, so that a reader meets either
// the old file or the new one, never a part.
func writeWhole(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".wspolnota-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // nothing is left of it once renamed
	if err := errors.Join(write(f, content), os.Chmod(f.Name(), 0o644)); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func write(f *os.File, content []byte) error {
	_, err := f.Write(content)
	return errors.Join(err, f.Close())
}
