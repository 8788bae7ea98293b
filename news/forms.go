package news

import (
	"context"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// The form of an article. Files are kept as soon as they come: kept_picture and
// kept_files name those that the article already has or that came with an
// earlier try, so that sending the form again does not mean choosing them again.

// formOf fills the form with an article's words.
func formOf(c Content) *form.Form {
	f := form.New().Set("title", c.Title).Set("lead", c.Lead).Set("body", c.Body).Set("language", c.Language).
		Set("organisation", string(c.Organisation)).Set("tags", strings.Join(c.Tags, ", ")).
		SetAll("places", c.Places).SetAll("goals", texts(c.Goals))
	if p := c.Picture; p != nil {
		f.Set("kept_picture", string(p.File)).Set("alt", p.Alt).Set("caption", p.Caption).Set("credit", p.Credit)
	}
	for _, file := range c.Files {
		f.SetAll("kept_files", append(f.All("kept_files"), string(file.ID)))
	}
	return f
}

func texts(ids []store.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// contentOf reads an article's words. Whether the organisation, the goals and
// the files may stand there is for the verb to say.
func contentOf(f *form.Form) Content {
	c := Content{
		Title: f.Text("title", longestTitle), Lead: f.Text("lead", longestLead), Body: f.Lines("body", longestBody),
		Language: f.Choice("language", Languages...),
		Details: Details{
			Organisation: store.ID(f.Text("organisation", 40)),
			Tags:         parseTags(f.Lines("tags", mostTags*(longestTag+2))),
			Places:       f.Choices("places", territory.Codes()...),
		},
	}
	for _, id := range unique(f.All("goals")) {
		c.Goals = append(c.Goals, store.ID(id))
	}
	for _, id := range unique(f.All("kept_files")) {
		c.Files = append(c.Files, File{ID: store.ID(id)})
	}
	alt, caption, credit := f.Text("alt", longestAlt), f.Text("caption", longestAlt), f.Text("credit", longestAlt)
	if id := f.Get("kept_picture"); id != "" && !f.Bool("remove_picture") {
		c.Picture = &Picture{File: store.ID(id), Alt: alt, Caption: caption, Credit: credit}
	}
	return c
}

func unique(all []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// takeFiles keeps what was sent with a form and names it in the form. What is
// refused becomes a mistake beside its field.
func (s *Service) takeFiles(ctx context.Context, f *form.Form, programme, article store.ID) error {
	take := func(field string, h *multipart.FileHeader, picture bool) (string, error) {
		r, err := s.receive(ctx, programme, article, h, picture)
		if refusal := fault.Of(err); refusal != nil && len(refusal.Fields) == 0 {
			f.Add(field, refusal.Key, refusal.Args...)
			return "", nil
		}
		return string(r.ID), err
	}
	if h := f.File("picture"); h != nil {
		id, err := take("picture", h, true)
		if err != nil {
			return err
		}
		if id != "" {
			f.Set("kept_picture", id).Set("remove_picture", "")
		}
	}
	for _, h := range f.Files("files") {
		if len(f.All("kept_files")) >= mostFiles {
			f.Add("files", "news.files.too_many", "Max", mostFiles)
			break
		}
		id, err := take("files", h, false)
		if err != nil {
			return err
		}
		if id != "" {
			f.SetAll("kept_files", append(f.All("kept_files"), id))
		}
	}
	return nil
}

// part is one part of a content as people read it, for comparing.
type part struct{ Label, Text string }

// parts lists everything of a content but its body, in words.
func (c Content) parts(ctx context.Context, n names) []part {
	var places, files []string
	for _, terc := range c.Places {
		places = append(places, territory.Name(terc))
	}
	for _, f := range c.Files {
		files = append(files, f.Name)
	}
	picture := Picture{}
	if c.Picture != nil {
		picture = *c.Picture
	}
	return []part{
		{lang.T(ctx, "news.field.title"), c.Title},
		{lang.T(ctx, "news.field.lead"), c.Lead},
		{lang.T(ctx, "news.field.language"), lang.T(ctx, "news.language."+c.Language)},
		{lang.T(ctx, "news.field.organisation"), n.of(c.Organisation)},
		{lang.T(ctx, "news.field.tags"), strings.Join(c.Tags, ", ")},
		{lang.T(ctx, "news.field.goals"), n.all(c.Goals)},
		{lang.T(ctx, "news.field.places"), strings.Join(places, ", ")},
		{lang.T(ctx, "news.field.picture"), string(picture.File)},
		{lang.T(ctx, "news.field.alt"), picture.Alt},
		{lang.T(ctx, "news.field.caption"), picture.Caption},
		{lang.T(ctx, "news.field.credit"), picture.Credit},
		{lang.T(ctx, "news.field.files"), strings.Join(files, ", ")},
	}
}

// names gives words to the ids in a content.
type names map[store.ID]string

func (n names) of(id store.ID) string {
	if name, ok := n[id]; ok {
		return name
	}
	return string(id)
}

func (n names) all(ids []store.ID) string {
	var all []string
	for _, id := range ids {
		all = append(all, n.of(id))
	}
	return strings.Join(all, "; ")
}

// changedParts lists the parts in which two contents differ.
func changedParts(ctx context.Context, theirs, yours Content, n names) []ui.Difference {
	var d []ui.Difference
	b := yours.parts(ctx, n)
	for i, a := range theirs.parts(ctx, n) {
		if a.Text != b[i].Text {
			d = append(d, ui.Difference{Label: a.Label, Theirs: a.Text, Yours: b[i].Text})
		}
	}
	return d
}

// changedLines shows what happened to the body, with a little of the text
// around each change; nil where nothing did.
func changedLines(ctx context.Context, before, after string) []ui.DiffLine {
	if before == after {
		return nil
	}
	return folded(differences(before, after), func(n int) string { return lang.N(ctx, "news.diff.same", n) })
}

func itoa(n int) string { return strconv.Itoa(n) }
