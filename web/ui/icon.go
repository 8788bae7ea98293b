package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// IconName names one of the few icons that the pages use.
type IconName string

// Shapes are those of lucide-static 1.62.0 (ISC, see NOTICE), inlined so that
// no page waits for a sprite.
const (
	IconCheck         IconName = `<path d="M20 6 9 17l-5-5"/>`
	IconCircleCheck   IconName = `<circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/>`
	IconCircleAlert   IconName = `<circle cx="12" cy="12" r="10"/><path d="M12 8v4M12 16h.01"/>`
	IconInfo          IconName = `<circle cx="12" cy="12" r="10"/><path d="M12 16v-4M12 8h.01"/>`
	IconTriangleAlert IconName = `<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4M12 17h.01"/>`
	IconChevronRight  IconName = `<path d="m9 18 6-6-6-6"/>`
	IconChevronLeft   IconName = `<path d="m15 18-6-6 6-6"/>`
	IconArrowUp       IconName = `<path d="m5 12 7-7 7 7"/><path d="M12 19V5"/>`
	IconArrowDown     IconName = `<path d="M12 5v14"/><path d="m19 12-7 7-7-7"/>`
	IconPaperclip     IconName = `<path d="m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551"/>`
	IconSearch        IconName = `<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>`
	IconUser          IconName = `<path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/><circle cx="12" cy="7" r="4"/>`
)

// Icon draws an icon that only repeats what a word beside it says.
func Icon(name IconName) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">`+string(name)+`</svg>`)
		return err
	})
}
