package rules_test

import (
	"regexp"
	"strings"
	"testing"
)

var cookieName = regexp.MustCompile(`(?m)^(?:const)?\s*\w*[cC]ookie\s*=\s*"(\w+)"`)

// The privacy policy promises that it lists every cookie.
func TestPrivacyPolicyNamesEveryCookie(t *testing.T) {
	listed := read(t, "../../privacy/office/cookies.go")
	found := 0
	for _, path := range files(t, ".go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, name := range cookieName.FindAllStringSubmatch(read(t, path), -1) {
			found++
			if !strings.Contains(listed, `"`+name[1]+`"`) {
				t.Errorf("%s sets %q, which privacy/office does not list", path, name[1])
			}
		}
	}
	if found < 5 {
		t.Errorf("%d cookies were found: nothing is tested", found)
	}
}
