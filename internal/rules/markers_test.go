package rules_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Two changes that met leave marks where nobody decided between them. Go and the
// message files would not build with them; style sheets and pages would.
func TestNoFileHoldsMarksOfAMerge(t *testing.T) {
	list, err := exec.Command("git", "-C", "../..", "ls-files", "-z").Output()
	if err != nil {
		t.Skip("skipped: not a git checkout")
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			continue // removed, and not yet said
		}
		for _, mark := range []string{"<<<<<<< ", ">>>>>>> "} {
			if bytes.HasPrefix(text, []byte(mark)) || bytes.Contains(text, []byte("\n"+mark)) {
				t.Errorf("%s holds %q at the beginning of a line", name, mark)
			}
		}
	}
}
