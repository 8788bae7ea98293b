package web

import (
	"strconv"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Number reads a number of so many digits out of an address; anything else is no
// address of ours.
func Number(s string, digits, min, max int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != digits || n < min || n > max {
		return 0, fault.NotFound("number in an address")
	}
	return n, nil
}

// Pages describes a page of a list; one behind the last does not exist. query is
// the filter of the list, without a question mark, "" for none.
func Pages(page, size, total int, path, query string) (ui.Pages, error) {
	p := ui.Pages{Page: page, Size: size, Total: total, Path: path}
	if query != "" {
		p.Path += "?" + query
	}
	if page > p.Last() {
		return p, fault.NotFound("page of a list")
	}
	return p, nil
}
