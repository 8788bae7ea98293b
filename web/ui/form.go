package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// FormOptions describes what surrounds the fields of a form.
type FormOptions struct {
	Action    string
	Submit    string         // what the button does, in words
	Version   int            // of the thing being edited: a hidden field, so that nobody overwrites another's work
	Multipart bool           // has a FileField
	Danger    bool           // the button destroys something
	Back      Link           // the way out
	More      []SubmitButton // further ways to send, such as saving a draft
	Plain     bool           // never answered in place: downloads, signing in and out
	ID        string
	Draft     string // "Draft saved at 12:03"
}

// SubmitButton sends the form with a value of its own.
type SubmitButton struct{ Name, Value, Text string }

// inPlace tells the script how to answer the form without leaving the page.
// Files always take the browser's own way, which shows progress and survives
// a refusal in the middle of the upload.
func (o FormOptions) inPlace() templ.Attributes {
	if o.Plain || o.Multipart {
		return nil
	}
	return inPlaceAttributes
}

var inPlaceAttributes = templ.Attributes{
	"data-hx-boost": "target:#page select:#page swap:'outerHTML show:none'",
	"data-hx-sync":  "drop",
}

func (o FormOptions) buttonClass() string {
	if o.Danger {
		return "button danger"
	}
	return "button primary"
}

func version(n int) string { return strconv.Itoa(n) }

// PostAction is an act that needs no words from the person: one button.
type PostAction struct {
	Action, Text string
	Label        string // longer name for those who do not see what stands around it
	Fields       []HiddenField
	Version      int
	Primary      bool
	Danger       bool
	Plain        bool
	ID           string // focus returns to it after an answer in place
}

func (a PostAction) class() string {
	switch {
	case a.Danger:
		return "button danger quiet"
	case a.Primary:
		return "button primary"
	}
	return "button"
}

func (a PostAction) id() string {
	if a.ID != "" {
		return a.ID
	}
	id := "post" + a.Action
	for _, f := range a.Fields {
		id += "-" + f.Value
	}
	return id
}

// Confirmation asks before an act that hurts, by showing what it will do.
type Confirmation struct {
	Action, Title string
	Consequences  []string
	Submit        string
	Back          Link
	Version       int
	Final         bool // it cannot be undone
	Fields        []HiddenField
}

// Conflict tells a person that somebody saved the same thing meanwhile. What
// they typed stays in the form under it.
type Conflict struct {
	Who, When   string
	Differences []Difference
	Again       bool // there are no words to compare: the choice is to be made anew
}

// Difference is one field in both versions.
type Difference struct{ Label, Theirs, Yours string }

// Filter is a form whose answers are the address of the list.
type Filter struct {
	Action string
	Count  string // "12 aktualności"
	Sorts  []Option
	Sort   string
	Clear  string // address without filters, "" when none is set
}
