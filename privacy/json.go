package privacy

import (
	"encoding/json"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// JSON writes the export for programs (GDPR art. 20), with the names of tables
// and columns as they are in the database, and times in RFC 3339.
func (e Export) JSON() ([]byte, error) {
	type act struct {
		Did string     `json:"did"`
		At  store.Time `json:"at"`
	}
	type records struct {
		Table string           `json:"table"`
		Basis Basis            `json:"basis"`
		Rows  []map[string]any `json:"rows,omitempty"`
		Acts  []act            `json:"acts,omitempty"`
	}
	whole := struct {
		Format  string    `json:"format"`
		Person  store.ID  `json:"person"`
		Name    string    `json:"name"`
		Email   string    `json:"email"`
		MadeAt  time.Time `json:"made_at"`
		Records []records `json:"records"`
	}{Format: "wspolnota/person/1", Person: e.Person, Name: e.Name, Email: e.Email, MadeAt: e.MadeAt}
	for _, r := range e.Records {
		out := records{Table: r.Rule.Table, Basis: r.Rule.Basis}
		for _, row := range r.Rows {
			values := map[string]any{}
			for _, v := range row {
				values[v.Column.Name] = v.plain()
			}
			out.Rows = append(out.Rows, values)
		}
		for _, a := range r.Acts {
			out.Acts = append(out.Acts, act(a))
		}
		whole.Records = append(whole.Records, out)
	}
	return json.MarshalIndent(whole, "", "  ")
}

// plain is the value for a program; of a secret it is only whether there is one.
func (v Value) plain() any {
	switch v.Column.Kind {
	case Moment:
		return v.At
	case YesNo, Secret:
		return v.Yes
	}
	return v.Text
}
