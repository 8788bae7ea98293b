package main

// Of the example: see notTyped. Its steps and things have names in the code.
var notTypedDemo = map[string][]string{
	"an id, or the key of a row": {"demo_step.step", "demo_thing.label", "demo_thing.thing"},
}
