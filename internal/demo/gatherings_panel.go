package demo

import (
	"context"

	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/store"
)

// asking is one question to the experts of the panel and what became of it.
type asking struct {
	at, by   string // by "" for one noted from the room
	text     string
	seen     string // moment at which the team looked at it, "" for not yet
	refused  string // the reason, "" where it was published
	merged   string // text of the question it was merged into
	support  []string
	answered string // moment
	reply    panel.Reply
}

const (
	advance   = "Czy zaliczka może być wypłacona przed podpisaniem aneksu, jeśli zadanie trwa dwa lata?"
	proof     = "Jak udokumentować pracę wolontariuszy, żeby nie wróciło rozliczenie?"
	smallNGOs = "Jak zlecać usługi, żeby mała organizacja z jednej wsi miała w ogóle szansę?"
)

var askings = []asking{
	{at: "2015-02-20 18:10", by: leader, text: advance, seen: "2015-02-23 09:00",
		support:  []string{player, "henryk.paproc@osp-dabrowka.example.org", "lucja.makowniczek@fartuszki.example.net", neighbour},
		answered: "2015-03-12 15:05", reply: panel.Reply{By: "Danuta Perłowicz-Rys", Way: panel.InRoom,
			Text: "Tak, o ile umowa od początku podaje kwoty na każdy rok. Wtedy zaliczka na drugi rok **nie wymaga aneksu**, wystarczy przyjęte sprawozdanie częściowe."}},
	{at: "2015-02-24 20:45", by: "gerard.stoklosinski@seniorzy.example.net", text: "Kiedy wypłacicie zaliczkę w zadaniu dwuletnim?", seen: "2015-02-25 08:30", merged: advance},
	{at: "2015-02-26 11:20", by: "grazyna.wierzbianska@czysta-rzeka.example.org", text: proof, seen: "2015-02-26 14:00",
		support:  []string{leader, "urszula.wrzecionko@seniorzy.example.net"},
		answered: "2015-03-17 12:30", reply: panel.Reply{By: "Konrad Żwirkowiak", Way: panel.Written,
			Text: "Wystarczą trzy rzeczy:\n\n1. porozumienie z wolontariuszem,\n2. karta godzin podpisana przez obie strony,\n3. stawka podana w ofercie.\n\nZdjęcia nie są potrzebne."}},
	{at: "2015-03-01 21:00", by: "antoni.rumiankowicz@poczta.example.com", text: "Dlaczego sąsiad z rady dostał dotację, a my nie?", seen: "2015-03-02 09:10",
		refused: "Pytanie dotyczy jednej osoby. Zapytaj o zasady unikania konfliktu interesów, chętnie przekażemy je ekspertom."},
	{at: "2015-03-09 19:30", by: clubManager, text: smallNGOs, seen: "2015-03-10 08:20",
		support: []string{leader, "lucja.makowniczek@fartuszki.example.net", "henryk.paproc@osp-dabrowka.example.org"}},
	{at: "2015-03-12 14:20", text: "Kto odpowiada, gdy uwagi z konsultacji przyjdą po terminie?", seen: "2015-03-12 14:20",
		answered: "2015-03-12 14:25", reply: panel.Reply{By: "Danuta Perłowicz-Rys", Way: panel.InRoom,
			Text: "Ten, kto ogłosił konsultacje. Uwagi po terminie można przyjąć do wiadomości, ale trzeba to napisać."}},
	{at: "2015-03-12 15:16", by: player, text: "Czy trenerka może być jednocześnie wolontariuszką w tym samym zadaniu?"},
	{at: "2015-03-12 15:18", by: leader, text: "Ile dni urząd ma na przyjęcie sprawozdania częściowego?"},
	{at: "2015-03-12 15:20", by: neighbour, text: "Czy grupa bez osobowości prawnej może podpisać umowę razem z sołectwem?"},
}

func (s *story) panelActs() []act {
	acts := []act{{"2015-02-09 09:30", manager, func(ctx context.Context) error {
		return s.Panels.SaveSettings(ctx, s.events[expertPanel], panel.Settings{Askers: panel.Anyone, Version: 1,
			Lead: "Pytamy o zlecanie zadań, standardy dotacji i planowanie udziału mieszkańców."}, []string{assessor, "konrad.zwirkowiak@ekspert.example.net"})
	}}}
	ids := map[string]store.ID{}
	for _, a := range askings {
		ids[a.text] = store.NewID()
	}
	for _, a := range askings {
		acts = append(acts, s.askingActs(a, ids)...)
	}
	return acts
}

func (s *story) askingActs(a asking, ids map[string]store.ID) []act {
	id := ids[a.text]
	version := 1
	next := func() int { version++; return version - 1 }
	var acts []act
	if a.by == "" {
		acts = append(acts, act{a.at, facilitator, func(ctx context.Context) error { return s.Panels.Note(ctx, s.events[expertPanel], id, a.text, "") }})
	} else {
		acts = append(acts, act{a.at, a.by, func(ctx context.Context) error { return s.Panels.Ask(ctx, s.events[expertPanel], id, a.text, "") }})
	}
	if a.seen != "" && a.by != "" {
		acts = append(acts, act{a.seen, facilitator, func(ctx context.Context) error {
			e := s.events[expertPanel]
			switch {
			case a.refused != "":
				return s.Panels.Refuse(ctx, e, id, next(), a.refused)
			case a.merged != "":
				return s.Panels.Merge(ctx, e, id, next(), ids[a.merged])
			}
			return s.Panels.Publish(ctx, e, id, next())
		}})
	}
	for _, person := range a.support {
		acts = append(acts, act{a.seen, person, func(ctx context.Context) error { return s.Panels.Support(ctx, s.events[expertPanel], id) }})
	}
	if a.answered != "" {
		acts = append(acts, act{a.answered, assessor, func(ctx context.Context) error {
			return s.Panels.Answer(ctx, s.events[expertPanel], id, next(), a.reply)
		}})
	}
	return acts
}
