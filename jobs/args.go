package jobs

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/wspolnota/wspolnota/store"
)

// secret are words of field names that tell of persons or of proofs of who they
// are. A one-time code is made when the mail goes out, not when it is ordered.
var secret = []string{
	"email", "mail", "address", "phone", "name", "surname", "pesel", "birth", "iban", "account", "ip",
	"token", "code", "password", "secret", "key", "hash", "link", "url", "text", "body", "subject", "note",
}

// onlyIDs refuses a type of Args with a field that could hold more than an id, a
// number or a mark, or whose name promises more.
func onlyIDs[A Args]() error {
	t := reflect.TypeFor[A]()
	if t.Kind() != reflect.Struct {
		return fmt.Errorf("arguments %v are not a struct", t)
	}
	for field := range t.Fields() {
		if !field.IsExported() {
			return fmt.Errorf("field %v.%s would be lost: it is not exported", t, field.Name)
		}
		if !isID(field.Type) {
			return fmt.Errorf("field %v.%s may hold personal data: only store.ID, lists of it, integers and booleans are kept", t, field.Name)
		}
		if Secret(field.Name) || Secret(field.Tag.Get("json")) {
			return fmt.Errorf("field %v.%s is named after personal data or a secret", t, field.Name)
		}
	}
	return nil
}

func isID(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64:
		return true
	case reflect.Slice:
		return t.Elem() == reflect.TypeFor[store.ID]()
	}
	return t == reflect.TypeFor[store.ID]()
}

// Secret reports whether a name promises personal data or a proof of who
// somebody is, neither of which may wait in a queue.
func Secret(name string) bool {
	return slices.ContainsFunc(words(name), func(word string) bool { return slices.Contains(secret, word) })
}

// words splits a name as Go and JSON write it: "UserEmail", "user_email".
func words(name string) []string {
	var split strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 && !unicode.IsUpper(rune(name[i-1])) {
			split.WriteByte(' ')
		}
		split.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(split.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}
