package upload

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
)

// An office file is a ZIP archive. Real ones have a few hundred parts and
// unpack to a few times their size; a bomb of 42 KB unpacks to gigabytes.
const (
	mostParts    = 4000
	mostUnpacked = 200 << 20
	longestPart  = 1 << 20 // of a part that we read ourselves
)

// inspectOffice looks into docx, xlsx and pptx (OOXML, ECMA-376).
func inspectOffice(content []byte, k kind) error {
	archive, err := open(content)
	if err != nil {
		return err
	}
	types, err := part(archive, "[Content_Types].xml")
	if err != nil {
		return err
	}
	if !strings.Contains(types, `"`+k.main+`"`) {
		return fault.Invalid("blob.mismatch", "Extension", strings.TrimPrefix(k.extension, "."))
	}
	if strings.Contains(strings.ToLower(types), "macroenabled") {
		return fault.Invalid("blob.macros")
	}
	return unpack(archive)
}

// inspectOpenDocument looks into odt, ods and odp (OASIS OpenDocument): the type
// stands as the first part of the archive.
func inspectOpenDocument(content []byte, k kind) error {
	archive, err := open(content)
	if err != nil {
		return err
	}
	declared, err := part(archive, "mimetype")
	if err != nil {
		return err
	}
	if strings.TrimSpace(declared) != k.mediaType {
		return fault.Invalid("blob.mismatch", "Extension", strings.TrimPrefix(k.extension, "."))
	}
	return unpack(archive)
}

// open wants the archive to begin at the first byte and to end at the last: what
// stands before or behind belongs to another file in the same bytes.
func open(content []byte) (*zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || !bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return nil, fault.Invalid("blob.broken")
	}
	end := bytes.LastIndex(content, []byte("PK\x05\x06"))
	const endRecord = 22
	if end < 0 || len(content) != end+endRecord+len(archive.Comment) {
		return nil, fault.Invalid("blob.broken")
	}
	if len(archive.File) > mostParts {
		return nil, fault.Invalid("blob.bomb")
	}
	return archive, nil
}

func part(archive *zip.Reader, name string) (string, error) {
	f, err := archive.Open(name)
	if err != nil {
		return "", fault.Invalid("blob.broken")
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, longestPart))
	if err != nil {
		return "", fault.Invalid("blob.broken")
	}
	return string(text), nil
}

// macros are parts that run: VBA, Excel 4 macro sheets and ActiveX in OOXML;
// StarBasic and other scripts in OpenDocument; programs put inside either.
var macros = regexp.MustCompile(`(?i)(^|/)(vba[^/]*\.(bin|xml)|macrosheets/|activex/|basic/.+|scripts/.+)|\.(exe|dll|com|scr|bat|cmd|vbs|js|hta|jar|lnk|msi|ps1)$`)

// unpack reads every part, counting: the sizes that an archive declares of
// itself are not to be believed.
func unpack(archive *zip.Reader) error {
	left := int64(mostUnpacked)
	for _, f := range archive.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if path.IsAbs(name) || strings.Contains("/"+name+"/", "/../") {
			return fault.Invalid("blob.broken")
		}
		if macros.MatchString(name) {
			return fault.Invalid("blob.macros")
		}
		size, err := measure(f, left)
		if err != nil {
			return fault.Invalid("blob.broken")
		}
		if left -= size; left < 0 {
			return fault.Invalid("blob.bomb")
		}
	}
	return nil
}

// measure unpacks a part into nothing, at most one byte further than limit.
func measure(f *zip.File, limit int64) (int64, error) {
	if f.Flags&1 != 0 {
		return 0, zip.ErrAlgorithm // encrypted: nobody could look inside
	}
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, io.LimitReader(r, limit+1))
}
