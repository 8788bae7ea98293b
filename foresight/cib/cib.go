// Package cib is exact cross-impact balance analysis (CIB): from the judgements
// of a panel on how the states of descriptors promote or hinder one another, it
// finds every scenario that holds together, and proves that there is no other.
//
// A Matrix comes from ReadSCW (files of ScenarioWizard), ReadCSV or New. Call
// Solve for the list of consistent scenarios, Count where the list would be too
// long, Stream to take them one by one; each says in its Proof whether the whole
// space was covered. Then, for a scenario, Explain names the judgements that hold
// it and those that oppose it, Robustness tells how often it survives doubt about
// the judgements, and Basins how many starts lead to it. Diverse chooses a few
// scenarios that differ most, Compare sets the matrices of several groups side by
// side, Table and Grid draw.
//
// Descriptors and their states are counted from 0 here, and from 1 in files, in
// pictures and in the JSON of the command. A Matrix does not change once it is
// made, so goroutines may share it. There is no clock, no log and no global
// randomness: what is random takes a seed, what takes long takes a context.
//
// The method is Weimer-Jehle's: "Cross-impact balances: a system-theoretical
// approach to cross-impact analysis", Technological Forecasting and Social Change
// 73 (2006) 334-361. How the search works stands in docs/methods/cross-impact-balances.md.
package cib
