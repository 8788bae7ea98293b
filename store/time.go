package store

import (
	"bytes"
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is a moment as the database keeps it: a BIGINT of microseconds since
// 1970, UTC. The zero Time means "never" and is NULL.
//
// A number and not a timestamp, because the two databases disagree about zones
// and precision, and SQLite forgets the type in max(at) and coalesce(a, b).
type Time struct{ time.Time }

// At is t as the database keeps it.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// Value writes microseconds; the zero Time is NULL.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMicro(), nil
}

// Scan reads microseconds; NULL is the zero Time.
func (t *Time) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Time{time.UnixMicro(v).UTC()}
	default:
		return fmt.Errorf("store: cannot read a Time from %T", value)
	}
	return nil
}

// MarshalJSON writes RFC 3339, or null for the zero Time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return t.Time.MarshalJSON()
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Time) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*t = Time{}
		return nil
	}
	var moment time.Time
	if err := moment.UnmarshalJSON(data); err != nil {
		return err
	}
	*t = At(moment)
	return nil
}
