package trace

import (
	"context"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/web/ui"
)

// offer lists the things that a question finds and that a thing may be linked to.
func (s *Service) offer(ctx context.Context, at Ref, asked string) ([]ui.Option, error) {
	if s.search == nil {
		return nil, nil
	}
	found, err := s.search.Find(ctx, search.Parse(asked), search.Filter{}, false, 0, 2*mostOffered)
	if err != nil {
		return nil, err
	}
	var options []ui.Option
	for _, r := range found.Results {
		ref := Ref{r.Kind, r.ID}
		kind, known := s.kindOf(ref)
		if !known || ref == at || len(options) == mostOffered {
			continue
		}
		n := Node{Ref: ref, Thing: Thing{ID: r.ID, Title: r.Title, At: r.At}, Of: kind}
		hint := n.kicker(ctx)
		if r.Within != "" {
			hint += " · " + r.Within
		}
		options = append(options, ui.Option{Value: ref.String(), Label: n.name(ctx), Hint: hint})
	}
	return options, nil
}

func tieOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(Ties))
	for i, t := range Ties {
		options[i] = ui.Option{Value: string(t), Label: lang.T(ctx, "trace.tie."+string(t))}
	}
	return options
}
