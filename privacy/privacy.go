// Package privacy knows what the installation keeps about people, why, for how
// long, and what becomes of it when a person wants their data or wants them
// gone.
//
// Each room declares one Rule for each of its tables, in one list, which
// cmd/wspolnota registers:
//
//	var Privacy = []privacy.Rule{{
//		Table: "organisation_request", Records: "organisation.privacy.requests",
//		Basis: privacy.PublicTask, Kept: privacy.Years(5, "answered_at"),
//		Links:   []privacy.Link{privacy.About("person"), privacy.DoneBy("answered_by", "organisation.privacy.answered", "answered_at")},
//		Columns: []privacy.Column{privacy.Told("reason", "organisation.reason"), privacy.When("created_at", "privacy.column.at")},
//		Plain:   []string{"id", "organisation", "state"},
//	}}
//
// Everything else follows from the rules: what a person is given and what is
// erased, what is removed when its time is over, and the register of processing.
package privacy

import "embed"

// Messages are the words of the package.
//
//go:embed messages.*.toml
var Messages embed.FS
