package scan_test

import (
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/foresight/delphi"
	"github.com/wspolnota/wspolnota/foresight/scan"
)

// Six people at a seminar weigh what may change their gminas, from 1 to 5.
func ExampleAnalyse() {
	const votes = `voter;sector;item;category;importance;uncertainty
1;administration;Fewer pupils;social;5;1
2;administration;Fewer pupils;social;4;2
3;administration;Fewer pupils;social;5;1
4;ngo;Fewer pupils;social;4;1
5;ngo;Fewer pupils;social;5;2
6;ngo;Fewer pupils;social;4;1
1;administration;The end of coal;economic;5;5
2;administration;The end of coal;economic;4;4
3;administration;The end of coal;economic;5;4
4;ngo;The end of coal;economic;5;5
5;ngo;The end of coal;economic;4;5
6;ngo;The end of coal;economic;5;4
`
	s, err := scan.ReadCSV("votes.csv", strings.NewReader(votes), delphi.Scale{Min: 1, Max: 5})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := scan.Analyse(s, scan.Options{Scale: delphi.Scale{Min: 1, Max: 5}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range report.Items {
		fmt.Printf("%v. %s: importance %.1f, uncertainty %.1f, %s\n", item.Rank, item.Item, item.Importance, item.Uncertainty, item.Field)
	}
	// Output:
	// 1. The end of coal: importance 4.7, uncertainty 4.5, critical uncertainty
	// 2. Fewer pupils: importance 4.5, uncertainty 1.3, background
}
