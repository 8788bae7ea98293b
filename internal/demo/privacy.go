package demo

import (
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/privacy"
)

// Privacy says what the tables have to do with people: nothing. People of the
// story are found by their addresses and have no names here.
var Privacy = []privacy.Rule{privacy.NoPeople("demo", "key"), privacy.NoPeople("demo_step", "step"), privacy.NoPeople("demo_thing", "label", "thing")}

// OrganisationReferences let the story go on with the one of two organisations
// that remains.
var OrganisationReferences = []merge.Reference{{Table: "demo_thing", Column: "thing"}}
