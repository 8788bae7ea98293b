package demo

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the table has to do with people: nothing.
var Privacy = []privacy.Rule{privacy.NoPeople("demo", "key")}
