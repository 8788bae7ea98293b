// Package delphi measures what a panel of experts thinks, where it agrees, and
// where its sectors agree among themselves but not with one another.
//
// For a panel in rounds begin with ReadCSV and Analyse, for one whose answers
// may change at any time with NewLive. For the measures alone begin with Count,
// which turns the answers of a group into a Tally, and ask it: Describe for its
// centre, spread and polarity. MannWhitney, KruskalWallis and Dunn compare
// groups, Compare two rounds, and KendallW the orders that experts give to items.
//
// Nothing here reads a clock or draws from a shared source of chance: what is
// random takes a seed. The order of experts never changes a result.
package delphi
