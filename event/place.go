package event

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
)

// Place is where people come to, or the link under which they meet.
type Place struct {
	Name    string `json:"name,omitempty"`    // Dom Wczasowy "Beskid"
	Address string `json:"address,omitempty"` // street and number, postcode, town
	TERC    string `json:"terc,omitempty"`    // the gmina, "" outside the subregion
	Link    string `json:"link,omitempty"`    // of an online meeting; told to participants only
	Access  string `json:"access,omitempty"`  // accessibility: steps, lift, induction loop, sign language
	Travel  string `json:"travel,omitempty"`
	Meals   string `json:"meals,omitempty"`
	Costs   string `json:"costs,omitempty"`
}

// Value keeps the place as one JSON text.
func (p Place) Value() (driver.Value, error) {
	b, err := json.Marshal(p)
	return string(b), err
}

// Scan reads the place as Value keeps it.
func (p *Place) Scan(value any) error {
	var text []byte
	switch v := value.(type) {
	case string:
		text = []byte(v)
	case []byte:
		text = v
	default:
		return fmt.Errorf("event: cannot read a place from %T", value)
	}
	*p = Place{}
	return json.Unmarshal(text, p)
}

// Words say where the event is, on one line.
func (p Place) Words() string {
	if p.Name == "" || p.Address == "" {
		return p.Name + p.Address
	}
	return strings.Join([]string{p.Name, p.Address}, ", ")
}
