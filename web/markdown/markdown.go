// Package markdown turns what people write into what browsers may safely show:
// CommonMark with tables, struck-out text and bare addresses as links.
//
// Render shows a text that is the main content of a page, Within one that stands
// in a section under a heading of the page; HTML is for feeds and exports. Two
// walls keep scripts out: raw HTML is never passed on, and what comes out goes
// through a list of allowed elements and attributes.
package markdown

import (
	"bytes"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Version grows whenever HTML may return something else for the same source, so
// that a room which keeps rendered text knows that it is out of date.
const Version = 3

// Render returns the text with its headings from h2 down: the page has its h1.
func Render(source string) templ.Component { return templ.Raw(HTML(source)) }

// Within returns the text with its headings from h3 down, for a section that
// has an h2 of the page.
func Within(source string) templ.Component { return templ.Raw(convert(below, source)) }

// Unlinked is Within for words of somebody whom nobody has verified yet: the
// links are taken out and what they said stays, so that nothing is gained by
// registering only to leave an address.
func Unlinked(source string) templ.Component {
	return templ.Raw(unlinked.Sanitize(convert(below, source)))
}

// HTML returns what Render shows.
func HTML(source string) string { return convert(top, source) }

var (
	top    = writer(2)
	below  = writer(3)
	policy = allowed()

	unlinked = withoutLinks()
)

func writer(first int) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Strikethrough, extension.Linkify,
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(mend{first}, 1000))),
	)
}

func convert(m goldmark.Markdown, source string) string {
	var b bytes.Buffer
	if err := m.Convert([]byte(source), &b); err != nil {
		panic(err) // a buffer takes everything
	}
	return string(policy.SanitizeBytes(b.Bytes()))
}

// allowed lists all that a text may become. There are no images (they come from
// other people's servers, which would learn who reads), no classes, no ids and
// no styles.
func allowed() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li",
		"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	return p
}

// withoutLinks lets through what convert made, but for links.
func withoutLinks() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li",
		"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	return p
}

// mend moves headings below the page's own, marks links as other people's, and
// makes an image a link to it, so that its description is not lost.
type mend struct{ first int }

// outline numbers headings by how they stand under one another, not by how many
// signs were typed: a text that begins with ## has no gap above its first one.
type outline []int

func (o *outline) depth(typed int) int {
	open := *o
	for len(open) > 0 && open[len(open)-1] >= typed {
		open = open[:len(open)-1]
	}
	*o = append(open, typed)
	return len(open)
}

func (m mend) Transform(document *ast.Document, _ text.Reader, _ parser.Context) {
	var images []*ast.Image
	var headings outline
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(m.first+headings.depth(n.Level), 6)
		case *ast.Link, *ast.AutoLink:
			n.SetAttributeString("rel", foreign)
		case *ast.Image:
			images = append(images, n)
		}
		return ast.WalkContinue, nil
	})
	for _, image := range images {
		describe(image)
	}
}

// foreign tells search engines that the link is a reader's and not ours, and
// browsers that the page behind it may not steer this one.
var foreign = []byte("nofollow ugc noopener")

// describe puts the description of an image in its place: as a link, or as
// plain words where it stands in a link already.
func describe(image *ast.Image) {
	parent := image.Parent()
	if !withinLink(image) {
		link := ast.NewLink()
		link.Destination = image.Destination
		link.SetAttributeString("rel", foreign)
		parent.InsertBefore(parent, image, link)
		move(image, link, nil)
	} else {
		move(image, parent, image)
	}
	parent.RemoveChild(parent, image)
}

func withinLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// move puts what stands in from into to, before the given node or at the end.
func move(from, to, before ast.Node) {
	for child := from.FirstChild(); child != nil; {
		next := child.NextSibling()
		to.InsertBefore(to, before, child)
		child = next
	}
}
