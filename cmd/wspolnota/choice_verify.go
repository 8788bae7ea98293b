package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/mod/sumdb/note"

	published "github.com/wspolnota/wspolnota/choice/open"
)

// ChoiceVerify recounts what was published.
type ChoiceVerify struct {
	Dir     string `arg:"" type:"existingdir" help:"Directory of a published result."`
	Key     string `help:"Key of the office, as it was announced elsewhere. Empty: the key among the files is believed." placeholder:"NAME+HASH+KEY"`
	Receipt string `help:"Also check that the ballot of this receipt is in the log." placeholder:"FILE"`
	JSON    bool   `name:"json" help:"Print what was found as JSON."`
}

// errNotVerified says that something published is not as it should be.
var errNotVerified = errors.New("the result is not as it was published, or does not follow from the ballots")

// Run verifies, and refuses with exit code 1 whatever does not hold.
func (c *ChoiceVerify) Run(ctx context.Context, out io.Writer) error {
	dir := os.DirFS(c.Dir)
	v, err := published.Verify(ctx, dir)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Dir, err)
	}
	if c.Key != "" && c.Key != v.Key {
		v.Problems = append(v.Problems, published.Problem{File: "key.pub", Text: "is not the key that was announced"})
	}
	if c.Receipt != "" {
		if err := c.checkReceipt(v.Key); err != nil {
			v.Problems = append(v.Problems, published.Problem{File: c.Receipt, Text: err.Error()})
		}
	}
	o := methodOutput{JSON: c.JSON}
	if err := o.print(out, v, func(w io.Writer) error { return verifyWords(w, v, c.Receipt != "") }); err != nil {
		return err
	}
	if len(v.Problems) > 0 {
		return fmt.Errorf("%s: %w", c.Dir, errNotVerified)
	}
	return nil
}

// checkReceipt holds a receipt against the log.
func (c *ChoiceVerify) checkReceipt(key string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return errors.New("cannot be checked without a valid key.pub")
	}
	text, err := os.ReadFile(c.Receipt)
	if err != nil {
		return err
	}
	var r published.Receipt
	if err := json.Unmarshal(text, &r); err != nil {
		return fmt.Errorf("is no receipt: %w", err)
	}
	return r.CheckIn(os.DirFS(c.Dir), verifier)
}

func verifyWords(w io.Writer, v *published.Verification, receipt bool) error {
	for _, p := range v.Problems {
		fmt.Fprintln(w, p)
	}
	if len(v.Problems) > 0 {
		_, err := fmt.Fprintf(w, "%d files are not as they should be\n", len(v.Problems))
		return err
	}
	fmt.Fprintf(w, "signed by %s with %s\n", v.Signer, v.Key)
	fmt.Fprintf(w, "%d files are as they were signed\n", v.Files)
	fmt.Fprintf(w, "%d commitments in the log under %d checkpoints: %d ballots and %d cancelled\n", v.LogSize, v.Checkpoints, v.Ballots, v.Cancelled)
	if receipt {
		fmt.Fprintln(w, "the ballot of the receipt is among them")
	}
	_, err := fmt.Fprintf(w, "recounted: %d projects for %s of %s: %v\n", len(v.Report.Winners), v.Report.Cost, v.Report.Budget, v.Report.Winners)
	return err
}
