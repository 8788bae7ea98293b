package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Block is one piece of a text as it stands on paper, where there is no HTML.
type Block struct {
	Head  bool   // a heading
	Depth int    // in how many lists or quotations it stands
	Mark  string // before an item of a list: "•", or its number; "" otherwise
	Text  string // its words; a line break that somebody meant is one
}

// Blocks returns a text piece by piece. A link says its address after its words,
// since nobody can press it on paper; the cells of a row stand side by side.
func Blocks(source string) []Block {
	w := blockWriter{raw: []byte(source)}
	w.all(top.Parser().Parse(text.NewReader(w.raw)), 0)
	return w.blocks
}

type blockWriter struct {
	raw    []byte
	blocks []Block
}

func (w *blockWriter) all(parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.one(n, depth)
	}
}

func (w *blockWriter) one(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.List:
		w.list(n, depth+1)
	case *ast.Blockquote:
		w.all(n, depth+1)
	case *extension.Table:
		w.all(n, depth)
	case *extension.TableRow, *extension.TableHeader:
		w.add(Block{Depth: depth, Text: w.row(n)})
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.add(Block{Depth: depth, Text: strings.TrimRight(string(n.Lines().Value(w.raw)), "\n")})
	case *ast.Heading:
		w.add(Block{Head: true, Depth: depth, Text: w.words(n)})
	case *ast.Paragraph, *ast.TextBlock:
		w.add(Block{Depth: depth, Text: w.words(n)})
	}
}

// list marks the first piece of each item.
func (w *blockWriter) list(l *ast.List, depth int) {
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		first := len(w.blocks)
		w.all(item, depth)
		if first < len(w.blocks) && w.blocks[first].Mark == "" {
			if w.blocks[first].Mark = "•"; l.IsOrdered() {
				w.blocks[first].Mark = strconv.Itoa(number) + "."
			}
		}
		number++
	}
}

func (w *blockWriter) add(b Block) {
	if b.Text != "" {
		w.blocks = append(w.blocks, b)
	}
}

func (w *blockWriter) row(n ast.Node) string {
	var cells []string
	for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
		cells = append(cells, w.words(cell))
	}
	return strings.Join(cells, " | ")
}

// words are those of one block.
func (w *blockWriter) words(n ast.Node) string {
	var b strings.Builder
	w.inline(&b, n)
	return strings.TrimSpace(b.String())
}

func (w *blockWriter) inline(b *strings.Builder, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(w.raw))
			switch {
			case n.HardLineBreak():
				b.WriteByte('\n')
			case n.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(w.raw))
		case *ast.Link:
			var label strings.Builder
			w.inline(&label, n)
			b.WriteString(label.String())
			if to := string(n.Destination); to != label.String() {
				b.WriteString(" (" + to + ")")
			}
		case *ast.RawHTML:
		default:
			w.inline(b, n)
		}
	}
}
