package open_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/open"
)

func Example() {
	// Before the vote the office makes a key and announces its public half.
	secret, public, err := note.GenerateKey(rand.Reader, "vote.example.org")
	if err != nil {
		fmt.Println(err)
		return
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		fmt.Println(err)
		return
	}
	election := &choice.Election{Budget: 100_00, Ballots: choice.NewProfile(choice.Approval), Projects: []choice.Project{{ID: "benches", Cost: 60_00}}}

	// Somebody votes, and takes a receipt home.
	ballot := choice.Ballot{Projects: []int{0}}
	var salt open.Salt
	rand.Read(salt[:])
	log := &open.Log{}
	leaf, err := log.Append(open.Commit(salt, open.BallotText(election, ballot)))
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, err := log.Receipt(leaf, signer)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := election.Ballots.Add(ballot); err != nil {
		fmt.Println(err)
		return
	}

	// After the close the result is published, and anyone verifies it.
	dir := filepath.Join(os.TempDir(), fmt.Sprint("result-", os.Getpid()))
	defer os.RemoveAll(dir)
	if err := open.Write(context.Background(), dir, open.Publication{
		Election: election, Rule: choice.Rule{Method: choice.EqualShares}, Log: log, Signer: signer, Key: public,
	}); err != nil {
		fmt.Println(err)
		return
	}
	v, err := open.Verify(context.Background(), os.DirFS(dir))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("problems:", v.Problems, "winners:", v.Report.Winners)
	key, err := note.NewVerifier(public)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("my ballot is among them:", receipt.CheckIn(os.DirFS(dir), key) == nil)
	// Output:
	// problems: [] winners: [benches]
	// my ballot is among them: true
}
