package main

import "github.com/wspolnota/wspolnota/debate"

// openDebates puts the room of debates together.
func (p *program) openDebates() {
	p.debates = debate.New(p.db, debate.Options{Site: p.site, Logger: p.log})
	p.app.Add(p.debates.Routes()...)
}
