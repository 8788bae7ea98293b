package term_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/term"
)

// Real calls for offers, with the dates that their announcements give: the day
// from which offers were taken, or on which the announcement is dated, and the
// last day. Where the last day comes before the earliest that the law allows,
// counted from that day, want is false: the announcement must have hung earlier
// in the other places, or the call was too short.
func TestRealCallsAreMeasured(t *testing.T) {
	for _, call := range []struct {
		who, from, until, earliest string
		want                       bool
		source                     string
	}{
		{"Województwo Podlaskie", "2021-12-24", "2022-01-14", "2022-01-14", true, "fundusze.ngo.pl/369888"},
		{"Województwo Kujawsko-Pomorskie", "2021-12-22", "2022-01-24", "2022-01-12", true, "kujawsko-pomorskie.pl, konkursy 3–5/2022"},
		{"Wąbrzeźno", "2023-03-16", "2023-04-06", "2023-04-06", true, "wabrzezno.com, wyniki pierwszego konkursu 2023"},
		{"Gmina Zgorzelec", "2023-01-09", "2023-01-31", "2023-01-30", true, "gmina.zgorzelec.pl, 9.01.2023"},
		{"Białystok", "2023-10-26", "2023-11-17", "2023-11-16", true, "fundusze.ngo.pl/431397"},
		{"Powiat Oleski", "2022-10-27", "2022-11-18", "2022-11-17", true, "fundusze.ngo.pl/393533"},
		{"Dzierżoniów", "2022-11-25", "2022-12-18", "2022-12-16", true, "fundusze.ngo.pl/399638"},
		{"Żnin", "2021-06-02", "2021-11-30", "2021-06-23", true, "fundusze.ngo.pl/353590"},
		{"Powiat Wejherowski", "2022-10-26", "2022-11-15", "2022-11-16", false, "fundusze.ngo.pl/396706"},
		{"Rumia", "2019-04-09", "2019-04-29", "2019-04-30", false, "rumia.eu, zarządzenie 193/147/2019, ogłoszone 9.04.2019"},
	} {
		t.Run(call.who, func(t *testing.T) {
			law, err := term.On(term.TenderFiling, day(t, call.from))
			if err != nil {
				t.Fatal(err)
			}
			earliest, err := term.Procedure.Earliest(law.N, law.Unit, day(t, call.from))
			if err != nil || earliest != day(t, call.earliest) {
				t.Errorf("may close on %s, want %s; %v (%s)", earliest, call.earliest, err, call.source)
			}
			if kept := !day(t, call.until).Before(earliest); kept != call.want {
				t.Errorf("closed on %s: long enough %v (%s)", call.until, kept, call.source)
			}
		})
	}
}
