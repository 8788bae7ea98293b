package upload

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const longestName = 100 // runes, with the extension

// cleanName takes from a sent name the folders (some browsers send a whole
// path), line breaks, controls, and the invisible marks that turn the direction
// of writing, with which "umowa‮fdp.exe" shows as "umowaexe.pdf".
func cleanName(sent string) string {
	name := norm.NFC.String(strings.ToValidUTF8(sent, ""))
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), strings.ContainsRune(`/:*?"<>|`, r):
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	return strings.Trim(name, ". ")
}

// displayName is the name under which the file is listed and downloaded: the
// sender's words with the extension of what the file really is.
func displayName(sent, extension string) string {
	name := cleanName(sent)
	stem := strings.Trim(strings.TrimSuffix(name, path.Ext(name)), ". ")
	stem = strings.Join(disarm(strings.Split(stem, ".")), ".")
	if runes := []rune(stem); len(runes)+len(extension) > longestName {
		stem = strings.TrimRight(string(runes[:longestName-len(extension)]), ". ")
	}
	if stem == "" || isDevice(stem) {
		stem = "plik"
	}
	return stem + extension
}

// disarm mends double extensions: "faktura.exe.pdf" becomes "faktura.exe_.pdf",
// which stays harmless when somebody cuts the last one off.
func disarm(parts []string) []string {
	for i, part := range parts {
		if i > 0 && slices.Contains(programs, strings.ToLower(part)) {
			parts[i] = part + "_"
		}
	}
	return parts
}

var programs = []string{
	"exe", "com", "bat", "cmd", "scr", "pif", "msi", "ps1", "vbs", "js", "jse", "wsf", "hta", "jar", "lnk", "sh", "php",
	"phtml", "asp", "aspx", "jsp", "cgi", "pl", "py", "htm", "html", "xhtml", "svg", "xml", "docm", "xlsm", "pptm",
}

// isDevice knows the names that Windows keeps for devices.
func isDevice(stem string) bool {
	upper, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, upper) {
		return true
	}
	return len(upper) == 4 && (upper[:3] == "COM" || upper[:3] == "LPT") && unicode.IsDigit(rune(upper[3]))
}
