package main

import (
	"context"
	"fmt"
	"io"
)

// AdminCommand gathers what only the owner of the server may do.
type AdminCommand struct {
	Create AdminCreate `cmd:"" help:"Make the person of an e-mail address an administrator; the account is made if it is not there."`
}

// AdminCreate makes an administrator.
type AdminCreate struct {
	Config
	Email string `required:"" help:"E-mail address of the administrator." placeholder:"EMAIL" env:"-"`
}

// Run makes the administrator and says how they get in.
func (c *AdminCreate) Run(ctx context.Context, out io.Writer) error {
	p, err := open(ctx, c.Config, nil)
	if err != nil {
		return err
	}
	defer p.close()
	person, made, err := p.people.AdminCreate(ctx, c.Email)
	if err != nil {
		return fmt.Errorf("--email %q: %s", c.Email, p.explain(err))
	}
	what := "is an administrator now"
	if made {
		what = "has an account and is an administrator"
	}
	fmt.Fprintf(out, "%s %s.\n", person.Email, what)
	fmt.Fprintf(out, "Sign in at %s with this address: a code comes by e-mail.\n", p.site.URL("/wejscie"))
	if c.SMTP == "" {
		fmt.Fprintln(out, "No mail server is set (--smtp): until it is, the code waits in the outbox.")
	}
	return nil
}
