package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/lang"
)

func sendCSV(w http.ResponseWriter, t Table) error {
	attach(w, typeCSV, t.Name, ".csv")
	return CSV(w, t)
}

// CSV writes the table for programs: RFC 4180, UTF-8, a comma between cells, a
// point before decimals, dates as RFC 3339. People with a spreadsheet take XLSX.
func CSV(w io.Writer, t Table) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(t.Head))
	for i, title := range t.Head {
		line[i] = neutral(title)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i := range line {
			line[i] = text(row[i])
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// text writes a cell as CSV holds it.
func text(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case Money:
		return v.decimal()
	case Day:
		if v.IsZero() {
			return ""
		}
		return v.In(lang.Warsaw).Format(time.DateOnly)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.In(lang.Warsaw).Format(time.RFC3339)
	default:
		return neutral(fmt.Sprint(v))
	}
}

// decimal is the amount in złoty with two decimals.
func (m Money) decimal() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%d.%02d", sign, m/100, m%100)
}

// neutral keeps a spreadsheet from taking what somebody typed for a formula: an
// apostrophe before it makes it text (OWASP, CSV Injection). Fullwidth signs
// count, because Excel reads them as the plain ones, and so do leading spaces
// before them, which it drops.
func neutral(s string) string {
	if s = strings.ReplaceAll(s, "\x00", ""); s == "" {
		return s
	}
	if strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	if trimmed := strings.TrimLeft(s, " \u00a0\ufeff"); trimmed != "" && strings.ContainsAny(string([]rune(trimmed)[:1]), "=+-@|%＝＋－＠") {
		return "'" + s
	}
	return s
}
