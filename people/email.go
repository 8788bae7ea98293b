package people

import (
	"strings"

	"golang.org/x/net/idna"

	"github.com/wspolnota/wspolnota/fault"
)

// ParseEmail reads an e-mail address as people type it and returns the one form
// in which it is kept, compared and written to. Mistakes stand beside the field
// "email".
//
// Spaces around it, "mailto:" and angle brackets of a copied address are taken
// off. All letters become small: the standard lets a server tell "Anna" from
// "anna", none does, and two accounts by a capital letter would be a trap. A
// domain with national letters becomes its ASCII form (xn--…), which is also
// how a look-alike shows itself. Dots and "+word" before the @ are kept: what
// they mean is for the owner's server to say.
//
// The part before the @ is of ASCII letters, digits and the signs of a
// "dot-atom" (RFC 5322). Quoted parts, comments and addresses of machines in
// brackets are refused: nobody has them, attackers do.
func ParseEmail(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	s = strings.TrimPrefix(s, "mailto:")
	if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") {
		s = s[1 : len(s)-1]
	}
	var m fault.Mistakes
	m.Check(s != "", "email", "form.required")
	local, domain, found := strings.Cut(s, "@")
	host, err := idna.Lookup.ToASCII(domain)
	m.Check(found && err == nil && isDotAtom(local) && isHost(host), "email", "people.email.invalid")
	folded := strings.ToLower(local) + "@" + host
	m.Check(len(local) <= 64 && len(folded) <= 254, "email", "people.email.invalid")
	if err := m.Err(); err != nil {
		return "", err
	}
	return folded, nil
}

func isDotAtom(s string) bool {
	if s == "" || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r) {
			return false
		}
	}
	return true
}

// isHost asks for two labels at least, the last of them no number.
func isHost(s string) bool {
	labels := strings.Split(s, ".")
	last := labels[len(labels)-1]
	return len(labels) >= 2 && len(last) >= 2 && strings.Trim(last, "0123456789") != "" &&
		!strings.Contains(s, "..") && labels[0] != ""
}
