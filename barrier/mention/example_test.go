package mention_test

import (
	"fmt"

	"github.com/wspolnota/wspolnota/barrier/mention"
)

func ExampleFind() {
	fmt.Println(mention.Find("Wszystko blokuje radna Malinowska z ulicy Jana Pawła II."))
	// Output: [radna Malinowska]
}
