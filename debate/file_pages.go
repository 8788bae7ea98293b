package debate

import (
	"context"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// fileLimits bound a file of statements.
var fileLimits = sheet.Limits{Rows: mostStatements, Columns: 40, Letters: 20_000}

// titles under which a column of statements is found, folded.
var titles = []string{"stwierdzenie", "stwierdzenia", "tresc", "statement", "statements", "comment-body", "text", "comment"}

// line is one line of a file, as it would be taken.
type line struct {
	Number int
	Text   string
	Key    string // what is wrong with it, "" for nothing
	Args   []any
}

// listFileView is the preview of a file of statements.
type listFileView struct {
	Debate Debate
	Lines  []line
}

// good are the statements that would be added.
func (v listFileView) good() []string {
	var texts []string
	for _, l := range v.Lines {
		if l.Key == "" {
			texts = append(texts, l.Text)
		}
	}
	return texts
}

func (v listFileView) table(ctx context.Context) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "debate.file.preview"), CaptionHidden: true, Columns: []ui.Column{
		{Title: lang.T(ctx, "debate.file.line"), Numeric: true}, {Title: lang.T(ctx, "debate.table.statement")}, {Title: lang.T(ctx, "debate.file.what")}}}
	for _, l := range v.Lines {
		says := lang.T(ctx, "debate.file.good")
		if l.Key != "" {
			says = lang.T(ctx, l.Key, l.Args...)
		}
		t.Rows = append(t.Rows, ui.TableRow{ui.Text(number(l.Number)), ui.Text(shorten(l.Text)), ui.Text(says)})
	}
	return t
}

// shorten keeps what is far too long from filling the page.
func shorten(text string) string {
	if letters := []rune(text); len(letters) > longestStatement+20 {
		return string(letters[:longestStatement]) + "…"
	}
	return text
}

// previewList shows what a file would add. Nothing is kept yet.
func (s *Service) previewList(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r)
	if err != nil {
		return err
	}
	if v.File, err = web.ReadForm(r); err != nil {
		return err
	}
	table, err := readSheet(v.File)
	var lines []line
	if err == nil {
		lines, err = linesOf(table, append(append(slices.Clone(v.Shown), v.Waiting...), v.Gone...))
	}
	if v.File.Take(err) {
		return web.RenderInvalid(w, r, leadPage(v))
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, listFilePage(listFileView{v.Debate, lines}))
}

func readSheet(f *form.Form) (sheet.Sheet, error) {
	file, err := opened(f, "file")
	if err != nil {
		return sheet.Sheet{}, err
	}
	if file == nil {
		return sheet.Sheet{}, fault.Mistake("file", "debate.file.none")
	}
	defer file.Close()
	return sheet.Read(file, fileLimits)
}

// opened is the file of a field, nil where none was chosen.
func opened(f *form.Form, field string) (multipart.File, error) {
	header := f.File(field)
	if header == nil {
		return nil, nil
	}
	return header.Open()
}

// linesOf judges each line: what is no statement is said beside it, and keeps no
// other line out.
func linesOf(table sheet.Sheet, there []Statement) ([]line, error) {
	column := slices.IndexFunc(table.Head, func(title string) bool { return slices.Contains(titles, lang.Fold(strings.TrimSpace(title))) })
	if column < 0 {
		return nil, fault.Mistake("file", "debate.file.column", "Titles", strings.Join(table.Head, ", "))
	}
	numbers, before := map[string]int{}, map[string]int{}
	for _, st := range there {
		numbers[lang.Fold(st.Text)] = st.Number
	}
	lines := make([]line, 0, len(table.Rows))
	for _, row := range table.Rows {
		l := line{Number: row.Number}
		if column < len(row.Cells) {
			l.Text = strings.Join(strings.Fields(row.Cells[column]), " ")
		}
		key, length := lang.Fold(l.Text), utf8.RuneCountInString(l.Text)
		switch {
		case l.Text == "":
			l.Key = "debate.file.empty"
		case row.Formula == column:
			l.Key = "debate.file.formula"
		case length > longestStatement:
			l.Key, l.Args = "debate.file.long", []any{"Length", length, "Max", longestStatement}
		case numbers[key] > 0:
			l.Key, l.Args = "debate.file.there", []any{"Number", numbers[key]}
		case before[key] > 0:
			l.Key, l.Args = "debate.file.twice", []any{"Line", before[key]}
		}
		if l.Key == "" {
			before[key] = row.Number
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// importPolis fills a draft with a conversation that is over.
func (s *Service) importPolis(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r)
	if err != nil {
		return err
	}
	if v.Polis, err = web.ReadForm(r); err != nil {
		return err
	}
	files := map[string]multipart.File{}
	for _, field := range []string{"votes", "comments", "sectors", "guesses"} {
		file, err := opened(v.Polis, field)
		if err != nil {
			return err
		}
		if file != nil {
			defer file.Close()
			files[field] = file
		}
	}
	v.Polis.Check(files["votes"] != nil, "votes", "debate.file.none")
	v.Polis.Check(files["comments"] != nil, "comments", "debate.file.none")
	v.Polis.Check(files["guesses"] == nil || files["sectors"] != nil, "sectors", "debate.polis.sectors_first")
	if !v.Polis.Any() {
		in := Polis{Votes: files["votes"], Comments: files["comments"]}
		if files["sectors"] != nil {
			in.Sectors = files["sectors"]
		}
		if files["guesses"] != nil {
			in.Guesses = files["guesses"]
		}
		_, err = s.ImportPolis(r.Context(), v.Debate.ID, in)
	}
	if v.Polis.Any() || v.Polis.Take(err) {
		return web.RenderInvalid(w, r, leadPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Debate.Path()+"/wyniki", "debate.flash.imported")
}
