package activity

import "embed"

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS
