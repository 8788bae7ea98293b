package pabulib_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// meadow is a small election of ours, whole by the rules of the format.
const meadow = `META
key;value
description;Budget of an invented gmina
country;Poland
unit;Łąka
instance;2026
num_projects;3
num_votes;4
budget;100.50
vote_type;approval
rule;greedy
date_begin;01.06.2026
date_end;15.06.2026
PROJECTS
project_id;cost;votes;name;selected
a;60;3;"Ławki; i ""kosze""";1
b/2;40.5;2;Drzewa;1
7;50;1;Lampy;0
VOTES
voter_id;vote;age
v1;a,b/2;31
v2;a;40-59
v3;a,7;
v4;b/2;0
`

func read(t *testing.T, text string) *pabulib.File {
	t.Helper()
	f, err := pabulib.Read(strings.NewReader(text), pabulib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// ballots writes the groups of a profile down, to compare them.
func ballots(f *pabulib.File) []string {
	var out []string
	for b := range f.Ballots.All() {
		var s strings.Builder
		for i, c := range b.Projects {
			s.WriteString(f.Projects[c].ID + " ")
			if b.Points != nil {
				s.WriteString(pabulib.Numbers(b.Points[i:i+1]) + " ")
			}
		}
		out = append(out, s.String()+pabulib.Numbers([]int{b.Voters}))
	}
	slices.Sort(out)
	return out
}

func TestWholeFileIsReadWithoutProblems(t *testing.T) {
	f, err := pabulib.Read(strings.NewReader(meadow), pabulib.Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if f.Budget != 100_50 || f.Projects[1].Cost != 40_50 || f.Projects[0].Name != `Ławki; i "kosze"` {
		t.Errorf("budget %s, cost %s, name %q", f.Budget, f.Projects[1].Cost, f.Projects[0].Name)
	}
	if got, want := ballots(f), []string{"a 1", "a 7 1", "a b/2 1", "b/2 1"}; !slices.Equal(got, want) {
		t.Errorf("ballots %q, want %q", got, want)
	}
	if selected, special, ok := f.Selected(); !ok || len(special) > 0 || !slices.Equal(selected, []string{"a", "b/2"}) {
		t.Errorf("selected %v %v %v", selected, special, ok)
	}
}

func TestVariantsReadAlike(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(meadow))
	w.Close()
	want := ballots(read(t, meadow))
	for name, text := range map[string]string{
		"CRLF":             strings.ReplaceAll(meadow, "\n", "\r\n"),
		"byte order mark":  "\ufeff" + meadow,
		"no final newline": strings.TrimSuffix(meadow, "\n"),
		"gzip":             packed.String(),
		"capitals":         strings.NewReplacer("META", "Meta", "PROJECTS", "projects", "key;value", "Key;Value").Replace(meadow),
		"spreadsheet":      strings.NewReplacer("META\n", "META;;;\n", "VOTES\n", "VOTES;;\n").Replace(meadow),
		"quoted votes":     strings.ReplaceAll(meadow, "v1;a,b/2;31", `"v1";"a,b/2";"31"`),
		"quoted line end":  strings.ReplaceAll(meadow, "Drzewa", "\"Drzewa\ni krzewy\""),
		"decimal amounts":  strings.ReplaceAll(meadow, "a;60;", "a;60.0;"),
		"id as number":     strings.NewReplacer("b/2", "00012").Replace(meadow),
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, text)
			got := strings.ReplaceAll(strings.Join(ballots(f), "|"), "00012", "b/2")
			if wanted := strings.Split(got, "|"); !slices.Equal(slices.Sorted(slices.Values(wanted)), want) {
				t.Errorf("ballots %q, want %q", wanted, want)
			}
			if f.Problems.Count > 0 || f.Budget != 100_50 || f.Projects[0].Cost != 60_00 {
				t.Errorf("budget %s, cost %s, problems %v", f.Budget, f.Projects[0].Cost, f.Problems.First)
			}
		})
	}
}

func TestProblemsAreReportedAndStrictRefusesThem(t *testing.T) {
	for _, tt := range []struct {
		name, old, new, want string
		ballots              []string // nil: as they were
	}{
		{"repeated id", "v2;a;", "v2;a,a;", "line 22: vote names a twice", nil},
		{"unknown id", "v2;a;", "v2;a,zz;", `line 22: vote for "zz"`, nil},
		{"blanks", "v2;a;", "v2; a ;", "line 22: blanks around a", nil},
		{"voter twice", "v2;a;", "v1;a;", "line 22: voter v1 has voted", nil},
		{"empty vote", "v2;a;", "v2;;", "line 22: 0 projects in a vote", []string{"1", "a 7 1", "a b/2 1", "b/2 1"}},
		{"decimal comma", "budget;100.50", "budget;100,50", "line 9: \"100,50\" has a decimal comma", nil},
		{"wrong count", "num_votes;4", "num_votes;5", "num_votes in META is 5; expected 4", nil},
		{"wrong projects", "num_projects;3", "num_projects;5", "num_projects in META is 5; expected 3", nil},
		{"wrong votes", "a;60;3", "a;60;9", "line 16: project a has votes \"9\"; expected 3", nil},
		{"no country", "country;Poland\n", "", "META has no country", nil},
		{"blank line", "VOTES\n", "\nVOTES\n", "line 19: a blank line", nil},
		{"too many", "vote_type;approval", "vote_type;approval\nmax_length;1", "line 22: 2 projects in a vote; expected at most 1", nil},
		{"short row", "v4;b/2;0", "v4;b/2", "line 24: 2 cells; expected 3", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(meadow, tt.old, tt.new, 1)
			f := read(t, text)
			if f.Problems.Count != len(f.Problems.First) || !slices.ContainsFunc(f.Problems.First, func(p pabulib.Problem) bool { return strings.Contains(p.String(), tt.want) }) {
				t.Errorf("problems %v, want %q", f.Problems.First, tt.want)
			}
			want := tt.ballots
			if want == nil {
				want = ballots(read(t, meadow))
			}
			if got := ballots(f); !slices.Equal(got, want) {
				t.Errorf("ballots %q, want %q", got, want)
			}
			if _, err := pabulib.Read(strings.NewReader(text), pabulib.Options{Strict: true}); err == nil || !strings.HasPrefix(err.Error(), "line ") {
				t.Errorf("strict: %v", err)
			}
		})
	}
}

func TestWhatCannotBeCountedIsRefusedWithItsLine(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"no file", meadow, "", "line 1: the file ends here"},
		{"no meta", "META\n", "", "line 1: \"key\"; expected META"},
		{"no header", "key;value\n", "", "line 2: \"description;Budget of an invented gmina\"; expected the header"},
		{"no budget", "budget;100.50\n", "", "META has no budget"},
		{"budget in words", "budget;100.50", "budget;much", "\"much\" is no amount"},
		{"negative budget", "budget;100.50", "budget;-5", "\"-5\" is no amount"},
		{"thousandths", "budget;100.50", "budget;100.505", "is no amount"},
		{"huge", "budget;100.50", "budget;1000000000000", "is no amount"},
		{"type", "approval", "telepathy", "vote_type is \"telepathy\"; expected approval"},
		{"cost", "a;60;", "a;;", "line 16: cost of project a: \"\" is no amount"},
		{"twice", "b/2;40.5", "a;40.5", "line 17: project a stands on line 16 already"},
		{"no id", "a;60", ";60", "line 16: a project without project_id"},
		{"no cost column", ";cost", ";price", "line 15: PROJECTS have no column cost"},
		{"no votes", "VOTES\n", "", "line 19: cost of project voter_id"},
		{"no vote column", "voter_id;vote;", "voter_id;ballot;", "line 20: VOTES have no column vote"},
		{"too many cells", "v2;a;40-59", "v2;a;40-59;x", "line 22: 4 cells; expected 3"},
		{"open quote", "v4;b/2;0", `v4;b/2;"0`, "line 24: a quotation mark opens a cell"},
		{"after quote", "v4;b/2;0", `v4;"b/2"0;0`, "line 24: text after the quotation mark"},
		{"not UTF-8", "v4", "v\xff", "line 24: not text in UTF-8"},
		{"zero byte", "v4", "v\x00", "line 24: not text in UTF-8"},
		{"points missing", "approval", "cumulative", "VOTES have no column points"},
		{"key twice", "unit;", "country;", "META has \"country\" twice"},
		{"gzip", meadow, "\x1f\x8bxx", "line 1: gzip"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := pabulib.Read(strings.NewReader(strings.Replace(meadow, tt.old, tt.new, 1)), pabulib.Options{})
			var at *pabulib.Error
			if !errors.As(err, &at) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestPointsGoWithTheirProjects(t *testing.T) {
	text := strings.NewReplacer("approval", "cumulative\nmax_sum_points;4", "voter_id;vote;age", "voter_id;vote;points",
		"a,b/2;31", "b/2,a;1,3", "a;40-59", "a;5", "a,7;", "a,7;2,2", "v4;b/2;0", "v4;b/2,b/2;2,2").Replace(meadow)
	f := read(t, text)
	if got, want := ballots(f), []string{"a 2 7 2 1", "a 3 b/2 1 1", "a 5 1", "b/2 2 1"}; !slices.Equal(got, want) {
		t.Errorf("ballots %q, want %q", got, want)
	}
	if f.Problems.Count != 2 { // five points, and a project twice
		t.Errorf("problems %v", f.Problems.First)
	}
	_, err := pabulib.Read(strings.NewReader(strings.Replace(text, "1,3", "1", 1)), pabulib.Options{})
	if err == nil || !strings.Contains(err.Error(), "line 22: lists of different length") {
		t.Error(err)
	}
}

func TestScoringGivesTheDefaultToTheRest(t *testing.T) {
	text := strings.NewReplacer("approval", "scoring\ndefault_score;1", "voter_id;vote;age", "voter_id;vote;points",
		"a,b/2;31", "b/2,a;0,3", "a;40-59", "a;5", "a,7;", "a,7;2,2", "v4;b/2;0", "v4;;").Replace(meadow)
	want := []string{"a 1 b/2 1 7 1 1", "a 2 b/2 1 7 2 1", "a 3 b/2 0 7 1 1", "a 5 b/2 1 7 1 1"}
	if got := ballots(read(t, text)); !slices.Equal(got, want) {
		t.Errorf("ballots %q, want %q", got, want)
	}
}

func TestWithdrawnProjectsAreMarked(t *testing.T) {
	f := read(t, strings.Replace(meadow, "7;50;", "7;999999999;", 1))
	if !f.Projects[2].Withdrawn || f.Projects[0].Withdrawn {
		t.Error("expected project 7 withdrawn, and no other")
	}
}

func TestVotesComeOneByOneWithTheirColumns(t *testing.T) {
	r, err := pabulib.NewReader(strings.NewReader(meadow), pabulib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var v pabulib.Vote
	var got []string
	for r.Next(&v) == nil {
		got = append(got, string(v.Voter)+" "+r.Column("age")+r.Column("no such"))
	}
	if want := []string{"v1 31", "v2 40-59", "v3 ", "v4 0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := r.Next(&v); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}

func TestWrittenFilesAreReadBackStrictly(t *testing.T) {
	f := read(t, meadow)
	var out bytes.Buffer
	if err := write(&out, strings.NewReader(meadow)); err != nil {
		t.Fatal(err)
	}
	again, err := pabulib.Read(&out, pabulib.Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ballots(again), ballots(f)) || !slices.Equal(again.Meta, f.Meta) || again.Projects[0].Name != f.Projects[0].Name {
		t.Errorf("got %v %v, want %v %v", ballots(again), again.Meta, ballots(f), f.Meta)
	}
}

// write copies a file through reader and writer.
func write(out io.Writer, in io.Reader) error {
	r, err := pabulib.NewReader(in, pabulib.Options{})
	if err != nil {
		return err
	}
	columns := []string{"voter_id", "vote"}
	if r.Kind == choice.Points {
		columns = append(columns, "points")
	}
	w, err := pabulib.NewWriter(out, r.Header, columns...)
	if err != nil {
		return err
	}
	var v pabulib.Vote
	for {
		err := r.Next(&v)
		if errors.Is(err, io.EOF) {
			return w.Close()
		}
		if err != nil {
			return err
		}
		var cells []string
		if r.Kind == choice.Points {
			cells = []string{pabulib.Numbers(v.Points)}
		}
		if err := w.Vote(string(v.Voter), v.Projects, cells...); err != nil {
			return err
		}
	}
}
