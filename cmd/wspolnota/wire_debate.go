package main

import (
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/entrance"
)

// openDebates puts the room of debates together, and the entrance for codes.
func (p *program) openDebates() {
	p.debates = debate.New(p.db, debate.Options{Site: p.site, Logger: p.log})
	p.app.Add(p.debates.Routes()...)
	p.entrance = entrance.New(p.db, p.app.ClientAddr)
	p.entrance.Register(debate.ByCode)
	p.app.Add(p.entrance.Routes()...)
}
