package open

import (
	"fmt"

	"github.com/wspolnota/wspolnota/choice"
)

// readme tells in Polish and English how to recount.
func readme(r choice.Rule) string {
	return fmt.Sprintf(`# Wynik głosowania, który można policzyć samemu

    wspolnota choice verify .

To polecenie liczy wynik od nowa z pliku election.pb według rules.json i porównuje
go z rounds.jsonl i result.json, sprawdza dziennik kart (log) oraz wszystkie podpisy
i skróty. Sam plik election.pb otwiera też każdy program, który zna format Pabulib.
Nazwy kart w tym pliku są losowe, a ich kolejność przypadkowa; nikt, także urząd, nie
wiąże ich z osobami. Dziennik zawiera tylko zobowiązania, z których nie da się odczytać
treści kart. Klucz key.pub porównaj z kluczem ogłoszonym przez urząd gdzie indziej.

# A result that you can count yourself

    wspolnota choice verify .

recounts election.pb by rules.json, compares with rounds.jsonl and result.json, and
checks the log of ballots and all signatures and hashes. Any program that reads
Pabulib's format opens election.pb. Names of ballots are random and so is their order;
nobody, the office included, links them with people. The log holds commitments that
show nothing of the ballots. Compare key.pub with the key that the office announced
elsewhere.

%s`, elsewhere(r))
}

// elsewhere says which options of other programs count the same.
func elsewhere(r choice.Rule) string {
	if r.Method != choice.EqualShares {
		return ""
	}
	stop := "without"
	if r.ExhaustiveStop {
		stop = "with"
	}
	return fmt.Sprintf(`In other programs: Method of Equal Shares, utility %s, completion %s %s the exhaustive
stop, increment %s, start at budget / voters exactly, ties by %v. Where somebody
named a project twice, it counts once here.
`, r.Utility, r.Completion, stop, r.Increment, r.Ties)
}
