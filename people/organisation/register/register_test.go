package register_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation/register"
)

type read func(string) (string, error)

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	for _, tt := range []struct {
		name  string
		read  read
		typed string
		want  string
	}{
		{"NIP of the sample", register.NIP, "123-456-32-18", "1234563218"},
		{"NIP with spaces", register.NIP, " 123 456 32 18 ", "1234563218"},
		{"NIP with a country", register.NIP, "PL1234563218", "1234563218"},
		{"NIP with a small country and dashes", register.NIP, "pl 123–456–32–18", "1234563218"},
		{"NIP of the demo", register.NIP, "9990000014", "9990000014"},
		{"second NIP of the demo", register.NIP, "9990000020", "9990000020"},
		{"third NIP of the demo", register.NIP, "9990000037", "9990000037"},
		{"REGON of nine", register.REGON, "123456785", "123456785"},
		{"REGON of fourteen", register.REGON, "123 456 785 12347", "12345678512347"},
		{"REGON padded by Statistics Poland", register.REGON, "12345678500000", "123456785"},
		{"REGON of the demo", register.REGON, "999000012", "999000012"},
		{"second REGON of the demo", register.REGON, "999-000-029", "999000029"},
		{"third REGON of the demo", register.REGON, "999000035", "999000035"},
		{"KRS", register.NumberKRS, "0000 123 456", "0000123456"},
		{"account", register.Account, "PL61 1090 1014 0000 0712 1981 2874", "61109010140000071219812874"},
		{"account with hard spaces", register.Account, "61\u00a01090\u00a01014\u00a00000\u00a00712\u00a01981\u00a02874", "61109010140000071219812874"},
		{"KRS as a register", register.KRS.Number, "0000123456", "0000123456"},
		{"sole trader", register.CEIDG.Number, "123-456-32-18", "1234563218"},
		{"sports club of the starosta", register.SportsClubs.Number, " uks  12/2010 ", "UKS 12/2010"},
		{"rural circle", register.RuralCircles.Number, "240112345", "240112345"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := tt.read(tt.typed); err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestMistakeIsNamed(t *testing.T) {
	for _, tt := range []struct {
		name  string
		read  read
		typed string
		want  string
		args  []any
	}{
		{"a digit too few", register.NIP, "123-456-32-1", "organisation.number.too_few", []any{"NIP", 9, 10}},
		{"a digit too many", register.NIP, "123-456-32-189", "organisation.number.too_many", []any{"NIP", 11, 10}},
		{"a wrong digit", register.NIP, "123-456-32-19", "organisation.number.checksum", []any{"NIP"}},
		{"a remainder of ten", register.NIP, "0000000030", "organisation.number.checksum", []any{"NIP"}},
		{"a letter O", register.NIP, "123456321O", "organisation.number.not_digits", []any{"NIP", "O"}},
		{"another country", register.NIP, "DE1234563218", "organisation.number.not_digits", []any{"NIP", "D"}},
		{"digits of another script", register.NIP, "１234563218", "organisation.number.not_digits", []any{"NIP", "１"}},
		{"nothing but zeros", register.NIP, "000-000-00-00", "organisation.number.zeros", []any{"NIP"}},
		{"nothing", register.NIP, " - ", "organisation.number.too_few", []any{"NIP", 0, 10}},
		{"REGON too short", register.REGON, "12345678", "organisation.number.too_few", []any{"REGON", 8, 9}},
		{"REGON between both lengths", register.REGON, "1234567851", "organisation.number.too_few", []any{"REGON", 10, 14}},
		{"REGON too long", register.REGON, "123456785123470", "organisation.number.too_many", []any{"REGON", 15, 14}},
		{"REGON with a wrong digit", register.REGON, "123456786", "organisation.number.checksum", []any{"REGON"}},
		{"local unit of a wrong REGON", register.REGON, "12345678612347", "organisation.number.checksum", []any{"REGON"}},
		{"wrong local unit", register.REGON, "12345678512348", "organisation.number.checksum", []any{"REGON"}},
		{"KRS without its zeros", register.NumberKRS, "123456", "organisation.number.too_few", []any{"KRS", 6, 10}},
		{"KRS of zeros", register.NumberKRS, "0000000000", "organisation.number.zeros", []any{"KRS"}},
		{"account with two digits swapped", register.Account, "61 1090 1014 0000 0712 1981 2847", "organisation.number.checksum", []any{"NRB"}},
		{"account of another country", register.Account, "DE89370400440532013000", "organisation.number.not_digits", []any{"NRB", "D"}},
		{"a register number of words", register.SportsClubs.Number, "nie mamy", "organisation.number.no_digit", nil},
		{"a register number with a script", register.SportsClubs.Number, "<script>1", "organisation.number.odd_sign", []any{"<"}},
		{"a register number as long as a letter", register.Schools.Number, strings.Repeat("1", 41), "form.too_long", []any{40}},
		{"a number of no register", register.None.Number, "12", "organisation.number.no_register", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.read(tt.typed)
			f := fault.Of(err)
			if f == nil || f.Kind != fault.KindInvalid || f.Key != tt.want {
				t.Fatalf("got %v, want %s", err, tt.want)
			}
			for i, want := range tt.args {
				if f.Args[2*i+1] != want {
					t.Errorf("argument %v = %v, want %v", f.Args[2*i], f.Args[2*i+1], want)
				}
			}
		})
	}
}

func TestNumbersAreShownInGroups(t *testing.T) {
	for got, want := range map[string]string{
		register.ShowNIP("1234563218"):                     "123-456-32-18",
		register.ShowREGON("123456785"):                    "123\u00a0456\u00a0785",
		register.ShowREGON("12345678512347"):               "123\u00a0456\u00a0785\u00a012347",
		register.KRS.Show("0000123456"):                    "0000\u00a0123\u00a0456",
		register.ShowAccount("61109010140000071219812874"): "61\u00a01090\u00a01014\u00a00000\u00a00712\u00a01981\u00a02874",
		register.CEIDG.Show("1234563218"):                  "123-456-32-18",
		register.SportsClubs.Show("UKS 12/2010"):           "UKS 12/2010",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOneEntryWrittenInThreeWaysIsTheSame(t *testing.T) {
	for _, s := range []string{"7/2010", "7 / 2010", "7-2010", "7.2010."} {
		if got := register.Same(s); got != "7/2010" {
			t.Errorf("%q is %q", s, got)
		}
	}
}

// withCheckDigit finds the last digit by trying: there is one or none.
func withCheckDigit(read read, s string) (string, bool) {
	for d := '0'; d <= '9'; d++ {
		if whole, err := read(s + string(d)); err == nil {
			return whole, true
		}
	}
	return "", false
}

var ten = rapid.StringMatching(`[1-9][0-9]{8}`)

func TestEveryWrongDigitOfANIPIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nip, ok := withCheckDigit(register.NIP, ten.Draw(t, "digits"))
		if !ok {
			t.Skip("a remainder of ten")
		}
		wrong := misread(t, nip)
		if _, err := register.NIP(wrong); err == nil {
			t.Fatalf("%s was taken for %s", wrong, nip)
		}
	})
}

func TestEveryWrongOrSwappedDigitOfAnAccountIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		account := accountOf(rapid.StringMatching(`[0-9]{24}`).Draw(t, "digits"))
		if got, err := register.Account(account); err != nil || got != account {
			t.Fatalf("%s was refused: %v", account, err)
		}
		wrong := misread(t, account)
		if rapid.Bool().Draw(t, "swap") {
			i := rapid.IntRange(0, len(account)-2).Draw(t, "at")
			wrong = account[:i] + account[i+1:i+2] + account[i:i+1] + account[i+2:]
		}
		if _, err := register.Account(wrong); err == nil && wrong != account {
			t.Fatalf("%s was taken for %s", wrong, account)
		}
	})
}

// accountOf puts the two check digits in front: 98 minus the remainder.
func accountOf(digits string) string {
	r := 0
	for _, d := range digits + "252100" {
		r = (r*10 + int(d-'0')) % 97
	}
	return string([]byte{byte('0' + (98-r)/10), byte('0' + (98-r)%10)}) + digits
}

func misread(t *rapid.T, number string) string {
	i := rapid.IntRange(0, len(number)-1).Draw(t, "at")
	d := rapid.RuneFrom([]rune(strings.ReplaceAll("0123456789", number[i:i+1], ""))).Draw(t, "digit")
	return number[:i] + string(d) + number[i+1:]
}

func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"123-456-32-18", "PL", "12345678512347", "０", "", "\xff", "61109010140000071219812874", "7 / 2010"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for name, number := range map[string]struct {
			read read
			show func(string) string
		}{
			"NIP": {register.NIP, register.ShowNIP}, "REGON": {register.REGON, register.ShowREGON},
			"KRS": {register.NumberKRS, register.ShowKRS}, "NRB": {register.Account, register.ShowAccount},
			"starosta": {register.SportsClubs.Number, register.SportsClubs.Show},
		} {
			got, err := number.read(typed)
			if err != nil {
				if !fault.Is(err, fault.KindInvalid) {
					t.Errorf("%s of %q: %v is no answer to a person", name, typed, err)
				}
				continue
			}
			if again, err := number.read(number.show(got)); err != nil || again != got {
				t.Errorf("%s of %q is %q, shown and read again %q, %v", name, typed, got, again, err)
			}
		}
	})
}
