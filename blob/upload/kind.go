package upload

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"github.com/wspolnota/wspolnota/fault"
)

// kind is one kind of file that we keep.
type kind struct {
	extension string // the one we write
	mediaType string // the one we send
	found     string // the one mimetype finds in the content
	picture   bool
	inspect   func(content []byte, k kind) error
	main      string // office files: the type of the main part
}

const (
	office    = "application/vnd.openxmlformats-officedocument."
	openTexts = "application/vnd.oasis.opendocument."
)

// kinds by the extensions under which people send them. What is not here is not
// taken: no archive, no page, no SVG, no program, no file that carries macros.
var kinds = map[string]kind{
	".jpg":  {extension: ".jpg", mediaType: "image/jpeg", found: "image/jpeg", picture: true},
	".jpeg": {extension: ".jpg", mediaType: "image/jpeg", found: "image/jpeg", picture: true},
	".png":  {extension: ".png", mediaType: "image/png", found: "image/png", picture: true},
	".gif":  {extension: ".png", mediaType: "image/png", found: "image/gif", picture: true},
	".webp": {extension: ".png", mediaType: "image/png", found: "image/webp", picture: true},
	".pdf":  {extension: ".pdf", mediaType: "application/pdf", found: "application/pdf", inspect: inspectPDF},
	".odt":  {extension: ".odt", mediaType: openTexts + "text", found: openTexts + "text", inspect: inspectOpenDocument},
	".ods":  {extension: ".ods", mediaType: openTexts + "spreadsheet", found: openTexts + "spreadsheet", inspect: inspectOpenDocument},
	".odp":  {extension: ".odp", mediaType: openTexts + "presentation", found: openTexts + "presentation", inspect: inspectOpenDocument},
	".docx": {
		extension: ".docx", mediaType: office + "wordprocessingml.document", found: office + "wordprocessingml.document",
		inspect: inspectOffice, main: office + "wordprocessingml.document.main+xml",
	},
	".xlsx": {
		extension: ".xlsx", mediaType: office + "spreadsheetml.sheet", found: office + "spreadsheetml.sheet",
		inspect: inspectOffice, main: office + "spreadsheetml.sheet.main+xml",
	},
	".pptx": {
		extension: ".pptx", mediaType: office + "presentationml.presentation", found: office + "presentationml.presentation",
		inspect: inspectOffice, main: office + "presentationml.presentation.main+xml",
	},
	".csv": {extension: ".csv", mediaType: "text/csv", found: "text/plain", inspect: inspectText},
	".txt": {extension: ".txt", mediaType: "text/plain", found: "text/plain", inspect: inspectText},
}

// Extensions lists what Document takes, for the accept attribute of a form.
func Extensions() []string {
	return []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx", ".csv", ".txt"}
}

// PictureExtensions lists what Picture takes.
func PictureExtensions() []string { return []string{".jpg", ".jpeg", ".png", ".gif", ".webp"} }

// recognise finds the kind by the name and makes the content confirm it.
func recognise(content []byte, name string) (kind, error) {
	extension := strings.ToLower(path.Ext(cleanName(name)))
	k, known := kinds[extension]
	if !known {
		return kind{}, fault.Invalid("blob.kind")
	}
	if !confirms(content, k) {
		return kind{}, fault.Invalid("blob.mismatch", "Extension", strings.TrimPrefix(extension, "."))
	}
	return k, nil
}

func confirms(content []byte, k kind) bool {
	found := mimetype.Detect(content)
	if k.found != "text/plain" {
		return found.Is(k.found)
	}
	return isPlain(found) && !hasAny(content, "<script", "<svg", "<html", "<!doctype html", "<iframe", "<?php", "<?xml")
}

// isPlain admits a text only where nobody would run or draw it: mimetype knows
// pages, scripts by their first line, calendars and more as texts of their own.
func isPlain(m *mimetype.MIME) bool {
	return m.Is("text/plain") || m.Is("text/csv") || m.Is("text/tab-separated-values") || m.Is("application/json")
}

// hasAny looks for markup without regard to case.
func hasAny(content []byte, words ...string) bool {
	lower := bytes.ToLower(content)
	return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(lower, []byte(word)) })
}

// inspectText takes UTF-8 and the one-byte encodings in which Polish offices
// still save tables, and nothing with control characters.
func inspectText(content []byte, _ kind) error {
	for len(content) > 0 {
		r, size := utf8.DecodeRune(content)
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' || r == 0x7f {
			return fault.Invalid("blob.text")
		}
		content = content[size:]
	}
	return nil
}

// inspectPDF wants a PDF from its first byte to its end: a file that is also an
// archive or a page carries the other half before or behind. It also refuses
// what starts programs or scripts. A reader of PDF may still find some inside a
// compressed stream; the file is therefore never shown by us, only handed over.
func inspectPDF(content []byte, _ kind) error {
	end := bytes.LastIndex(content, []byte("%%EOF"))
	if !bytes.HasPrefix(content, []byte("%PDF-")) || end < 0 || len(content)-end > 1024 {
		return fault.Invalid("blob.pdf")
	}
	if hasAny(content, "/launch", "/javascript", "/richmedia", "<script", "<html", "<!doctype html") {
		return fault.Invalid("blob.active")
	}
	return nil
}
