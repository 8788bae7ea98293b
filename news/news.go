// Package news tells what goes on in the programmes: dated articles that a
// programme's team writes, schedules, publishes and corrects in the open.
//
// An Article belongs to one programme. Its words are a Content, of which every
// save keeps a revision; its state is computed from the domain's clock, so that
// a scheduled article appears without anybody pressing anything. Service.Save,
// Publish and Withdraw are the verbs; Service.Routes lists the pages and feeds.
package news

import (
	"database/sql/driver"
	"embed"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Who may do what with a programme's news.
var (
	// Preview lets the whole team read what is not published.
	Preview = access.Permission{Name: "news.preview", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Facilitator, access.Assessor, access.Observer}}
	// Edit is for writing, publishing and withdrawing.
	Edit = access.Permission{Name: "news.edit", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor}}
)

// State is where an article stands before the public:
//
//	draft ──schedule──▶ scheduled ──its time comes──▶ published ──▶ withdrawn
//	  ▲ ▲──────cancel──────┘                             ▲              │
//	  └── deleted, never published                       └───return─────┘
type State string

const (
	Draft     State = "draft"
	Scheduled State = "scheduled"
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// Limits on what people write, in characters, and on how many things an article
// carries.
const (
	longestTitle  = 200
	longestLead   = 500
	longestBody   = 60_000
	longestAlt    = 300
	longestTag    = 40
	longestReason = 500
	mostTags      = 10
	mostFiles     = 20
)

// Languages in which an article may be written: the two of the screens and
// those of neighbours and newcomers.
var Languages = []string{"pl", "en", "cs", "de", "sk", "uk"}

// Article is what lists show of an article, and its state.
type Article struct {
	ID              store.ID
	Programme       store.ID
	ProgrammeSlug   string
	ProgrammeTitle  string
	Slug            string
	Organisation    store.ID
	Author          string // the organisation's name, "" for none
	Title           string
	Lead            string
	Language        string
	Picture         *Picture
	PublishAt       store.Time
	WithdrawnAt     store.Time
	WithdrawnReason string
	Hidden          bool // by moderation
	Revision        int
	UpdatedAt       store.Time // words or state
	RevisedAt       store.Time // words
	Version         int
}

// At tells where the article stands at a moment.
func (a Article) At(now time.Time) State {
	switch {
	case !a.WithdrawnAt.IsZero():
		return Withdrawn
	case a.PublishAt.IsZero():
		return Draft
	case now.Before(a.PublishAt.Time):
		return Scheduled
	}
	return Published
}

// Path is the article's address on this site.
func (a Article) Path() string { return a.List() + "/" + a.Slug }

// List is the address of the news of its programme.
func (a Article) List() string { return listPath(a.ProgrammeSlug) }

func listPath(programme string) string { return "/programy/" + programme + "/aktualnosci" }

// Corrected is when the words were last changed after publication, zero when
// they were not.
func (a Article) Corrected() time.Time {
	if a.PublishAt.IsZero() || !a.RevisedAt.After(a.PublishAt.Time) {
		return time.Time{}
	}
	return a.RevisedAt.Time
}

// Content is everything that people write into an article. A revision is one
// Content, whole, so that an old one can be read and restored by itself.
type Content struct {
	Title    string
	Lead     string
	Body     string // Markdown
	Language string
	Details
}

// Details is the part of a Content that is kept as one JSON text: it is always
// read with the article and never searched by.
type Details struct {
	Organisation store.ID   `json:"organisation,omitempty"`
	Tags         []string   `json:"tags,omitempty"`
	Places       []string   `json:"places,omitempty"` // TERC
	Goals        []store.ID `json:"goals,omitempty"`
	Picture      *Picture   `json:"picture,omitempty"`
	Files        []File     `json:"files,omitempty"`
}

func (d Details) Value() (driver.Value, error) { return encode(d) }

func (d *Details) Scan(value any) error { return decode(value, d) }

// Picture is the one picture of an article, in several widths. Alt may be empty
// in a draft only.
type Picture struct {
	File     store.ID  `json:"file"`
	Alt      string    `json:"alt"`
	Caption  string    `json:"caption,omitempty"`
	Credit   string    `json:"credit,omitempty"`
	Variants []Variant `json:"variants"`
}

// Variant is one width of a picture.
type Variant struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

func (p *Picture) Value() (driver.Value, error) {
	if p == nil {
		return nil, nil
	}
	return encode(p)
}

func (p *Picture) Scan(value any) error { return decode(value, p) }

// File is one attachment.
type File struct {
	ID   store.ID `json:"id"`
	Name string   `json:"name"`
	Type string   `json:"type"`
	Size int64    `json:"size"`
}

func encode(v any) (driver.Value, error) {
	text, err := json.Marshal(v)
	return string(text), err
}

func decode(value, into any) error {
	switch text := value.(type) {
	case string:
		return json.Unmarshal([]byte(text), into)
	case []byte:
		return json.Unmarshal(text, into)
	}
	return fmt.Errorf("news: cannot read JSON from %T", value)
}

// check refuses what may not even stand in a draft.
func (c Content) check() error {
	var m fault.Mistakes
	limit(&m, "title", c.Title, longestTitle)
	limit(&m, "lead", c.Lead, longestLead)
	limit(&m, "body", c.Body, longestBody)
	m.Check(slices.Contains(Languages, c.Language), "language", "form.not_offered")
	m.Check(len(c.Tags) <= mostTags, "tags", "news.tags.too_many", "Max", mostTags)
	for _, tag := range c.Tags {
		limit(&m, "tags", tag, longestTag)
		m.Check(lang.Slug(tag) != "", "tags", "news.tags.unreadable", "Tag", tag)
	}
	m.Check(len(c.Files) <= mostFiles, "files", "news.files.too_many", "Max", mostFiles)
	if c.Picture != nil {
		limit(&m, "alt", c.Picture.Alt, longestAlt)
		limit(&m, "caption", c.Picture.Caption, longestAlt)
		limit(&m, "credit", c.Picture.Credit, longestAlt)
	}
	return m.Err()
}

func limit(m *fault.Mistakes, field, text string, max int) {
	m.Check(len([]rune(text)) <= max, field, "form.too_long", "Max", max)
}

// Complete refuses what may not stand before the public.
func (c Content) Complete() error {
	var m fault.Mistakes
	m.Check(c.Title != "", "title", "form.required")
	m.Check(c.Lead != "", "lead", "form.required")
	m.Check(c.Body != "", "body", "form.required")
	m.Check(c.Organisation != "", "organisation", "form.choose")
	m.Check(c.Picture == nil || c.Picture.Alt != "", "alt", "news.picture.alt_missing")
	return m.Err()
}

// same reports whether two contents say the same.
func (c Content) same(d Content) bool {
	a, _ := json.Marshal(c) // plain fields: it cannot fail
	b, _ := json.Marshal(d)
	return string(a) == string(b)
}

// words are all words of the content, as a search compares them.
func (c Content) words() string {
	all := append([]string{c.Title, c.Lead}, c.Tags...)
	return lang.Fold(strings.Join(append(all, c.Body), "\n"))
}

// parseTags reads "seminarium, foresight". The same word twice is one tag; the
// first spelling is kept.
func parseTags(text string) []string {
	var tags []string
	seen := map[string]bool{}
	for tag := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		tag = strings.Join(strings.Fields(strings.TrimLeft(strings.TrimSpace(tag), "#")), " ")
		if slug := lang.Slug(tag); tag != "" && !seen[slug] {
			seen[slug] = true
			tags = append(tags, tag)
		}
	}
	return tags
}

// reservedSlugs are addresses beside the articles that mean something else.
var reservedSlugs = []string{"nowa", "redakcja"}

// slugs offers addresses for the title of an article.
func slugs(title string) iter.Seq[string] { return lang.Slugs(title, otherwise, reservedSlugs...) }

// otherwise is the address of a title without a letter of the alphabet.
const otherwise = "artykul"
