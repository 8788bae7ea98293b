package web

import "embed"

// Messages are the words of faults and forms.
//
//go:embed messages.*.toml
var Messages embed.FS
