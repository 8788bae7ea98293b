package minutes

import (
	"context"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// sendPaper gives the minutes as a document to file, to sign and to hand on. It
// is passed from one person to another, so its headings are in the language of
// the event. What it says is what the page says to the same reader.
func (s *Service) sendPaper(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.read(r.Context(), e)
	if err != nil {
		return err
	}
	if !v.Readable {
		return fault.NotFound("minutes")
	}
	d, err := s.paper(e.In(r.Context()), v)
	if err != nil {
		return err
	}
	return d.Send(w, "protokol-"+e.Slug)
}

func (s *Service) paper(ctx context.Context, v showView) (*paper.Document, error) {
	title := lang.T(ctx, "minutes.title", "Title", v.Event.Title)
	address := s.Site.URL(Path(v.Event))
	code, err := paper.QR(address)
	if err != nil {
		return nil, err
	}
	d := paper.New(paper.Options{Title: title, Language: lang.From(ctx), At: s.db.Now(), Footer: title})
	d.Title(title, paper.Left)
	d.Gap(3)
	d.Text(v.held(ctx), paper.Left)
	d.Text(v.Event.ProgrammeTitle, paper.Left)
	d.Bold(v.standingOnPaper(ctx))
	for _, p := range v.Document.head(ctx) {
		d.Text(p.Key+": "+p.Text, paper.Left)
	}
	for i, p := range v.Document.Points {
		d.Heading(itoa(i+1) + ". " + p.Title)
		pointOnPaper(ctx, d, v, p)
	}
	v.tasksOnPaper(ctx, d)
	v.filesOnPaper(ctx, d)
	d.Gap(6)
	d.QR(code, 34)
	d.Small(lang.T(ctx, "minutes.paper.page", "Address", address), paper.Centre)
	return d, nil
}

// held is when and where it was.
func (v showView) held(ctx context.Context) string {
	when := lang.Span(ctx, v.Event.StartsAt.Time, v.Event.EndsAt.Time)
	var parts []string
	for _, p := range []string{when, v.Event.Place.Name, v.Event.Place.Address} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// standingOnPaper says which words these are: paper does not change when the page
// does.
func (v showView) standingOnPaper(ctx context.Context) string {
	switch {
	case v.Edition.Number == 0:
		return lang.T(ctx, "minutes.paper.draft", "When", lang.DateTime(ctx, v.Now))
	case v.Edition.Reason != "":
		return lang.T(ctx, "minutes.paper.corrected", "Number", v.Edition.Number, "Day", lang.Date(ctx, v.Edition.ApprovedAt.Time), "Reason", v.Edition.Reason)
	}
	return lang.T(ctx, "minutes.paper.approved", "Day", lang.Date(ctx, v.Edition.ApprovedAt.Time))
}

func pointOnPaper(ctx context.Context, d *paper.Document, v showView, p WrittenPoint) {
	for _, b := range markdown.Blocks(p.Text) {
		switch {
		case b.Head:
			d.Bold(b.Text)
		case b.Depth > 0:
			d.Item(b.Depth, b.Mark, b.Text)
		default:
			d.Text(b.Text, paper.Left)
		}
		d.Gap(1.5)
	}
	for _, x := range p.Decisions {
		d.Bold(lang.T(ctx, "minutes.decision.number", "Number", x.Number))
		d.Item(1, "", x.Text)
		d.Gap(1.5)
	}
	for _, x := range p.Votes {
		d.Bold(lang.T(ctx, "minutes.vote.title") + ": " + x.Question)
		for _, pair := range x.result(ctx) {
			d.Item(1, "•", pair.Key+": "+pair.Text)
		}
		d.Item(1, "", strings.TrimSpace(x.outcome(ctx)+" "+v.Document.quorate(ctx, x)))
		d.Gap(1.5)
	}
}

// tasksOnPaper are all tasks in one table: who signs the minutes looks there.
func (v showView) tasksOnPaper(ctx context.Context, d *paper.Document) {
	var rows [][]string
	for i, p := range v.Document.Points {
		for _, x := range p.Tasks {
			t := v.Tasks[x.ID]
			rows = append(rows, []string{itoa(i + 1), x.Title, t.ownerName(ctx, v.Names), lang.Date(ctx, lastDay(x.DueAt)), t.stateWord(ctx, v.Now)})
		}
	}
	if len(rows) == 0 {
		return
	}
	d.Heading(lang.T(ctx, "minutes.block.title"))
	d.Table([]paper.Column{{Title: lang.T(ctx, "minutes.paper.point"), Width: 14}, {Title: lang.T(ctx, "minutes.task.title")},
		{Title: lang.T(ctx, "minutes.task.owner"), Width: 46}, {Title: lang.T(ctx, "minutes.task.due"), Width: 28}, {Title: lang.T(ctx, "minutes.task.state"), Width: 28}}, rows, 7)
}

// filesOnPaper say in words what the page shows and gives away.
func (v showView) filesOnPaper(ctx context.Context, d *paper.Document) {
	if len(v.Document.Files) == 0 {
		return
	}
	d.Heading(lang.T(ctx, "minutes.paper.files"))
	for _, f := range v.Document.Files {
		words := f.Name
		if f.Picture {
			words = strings.Join(strings.Fields(f.Caption+" "+f.Alt), " ")
			if f.Caption != "" && f.Alt != "" {
				words = f.Caption + ": " + f.Alt
			}
		}
		d.Item(1, "•", words)
	}
}
