package barrier

import (
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// card is a template: a thought that comes up wherever offices and organisations
// meet, to be taken as a beginning and said in the words of the place. The lists
// stand in cards.go.
type card struct {
	slug            string
	kind            Kind
	heldBy, about   Sectors
	polish, english string
	cause, effect   [2]string // of risks: Polish, English
}

// text is the card in a language.
func (c card) text(l lang.Language) string {
	if l == lang.Polish {
		return c.polish
	}
	return c.english
}

// words are the card as the form begins with it.
func (c card) words(l lang.Language) Words {
	n := 1
	if l == lang.Polish {
		n = 0
	}
	return Words{Kind: c.kind, HeldBy: c.heldBy, About: c.about, Language: string(l), Statement: c.text(l), Cause: c.cause[n], Effect: c.effect[n]}
}

func cardOf(slug string) (card, bool) {
	i := slices.IndexFunc(cards, func(c card) bool { return c.slug == slug })
	if i < 0 {
		return card{}, false
	}
	return cards[i], true
}

// cardsView shows all cards.
type cardsView struct {
	Programme programme.Programme
	Groups    []cardGroup
}

// cardGroup is a heading with its cards.
type cardGroup struct {
	Kind   Kind
	HeldBy Sectors
	Cards  []card
}

func (s *Service) showCards(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, cardsPage(cardsView{Programme: p, Groups: grouped(cards)}))
}

// grouped puts cards of one kind under one heading, beliefs apart by who holds
// them.
func grouped(all []card) []cardGroup {
	var groups []cardGroup
	for _, c := range all {
		last := len(groups) - 1
		if last < 0 || groups[last].Kind != c.kind || c.kind == Stereotype && !slices.Equal(groups[last].HeldBy, c.heldBy) {
			groups, last = append(groups, cardGroup{Kind: c.kind, HeldBy: c.heldBy}), last+1
		}
		groups[last].Cards = append(groups[last].Cards, c)
	}
	return groups
}

var (
	offices       = Sectors{ui.Administration}
	organisations = Sectors{ui.NGO}
	residents     = Sectors{ui.Resident}
	bothPublic    = Sectors{ui.Administration, ui.NGO}
)
