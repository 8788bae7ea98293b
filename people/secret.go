package people

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// secretSize is the length in bytes of the secret of an installation.
const secretSize = 32

// SecretFile returns the secret of the installation kept in a file, and makes
// the file where there is none. It lies outside the database on purpose: with a
// stolen copy of the database alone, six-digit codes cannot be tried out and
// second factors cannot be read. Replicas need the same file.
func SecretFile(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		text, err = makeSecretFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("people: secret: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) < secretSize {
		return nil, fmt.Errorf("people: secret: %s does not hold %d bytes in hexadecimal", path, secretSize)
	}
	return secret, nil
}

// makeSecretFile writes the secret beside its place and links it there whole: a
// program that dies in between leaves no empty secret, and of two that start at
// once the second takes the first one's.
func makeSecretFile(path string) ([]byte, error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // for its owner alone
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(append(hex.AppendEncode(nil, randomBytes(secretSize)), '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

// keys are what the secret is used for, each use with a key of its own.
type keys struct {
	mac    []byte
	sealer cipher.AEAD
}

func newKeys(secret []byte) (keys, error) {
	if len(secret) < secretSize {
		return keys{}, fmt.Errorf("people: the secret of the installation needs %d bytes", secretSize)
	}
	mac, err := hkdf.Key(sha256.New, secret, nil, "wspolnota people mac", 32)
	if err != nil {
		return keys{}, err
	}
	sealing, err := hkdf.Key(sha256.New, secret, nil, "wspolnota people seal", 32)
	if err != nil {
		return keys{}, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return keys{}, err
	}
	sealer, err := cipher.NewGCM(block)
	return keys{mac: mac, sealer: sealer}, err
}

// digest is a hash that only this installation can compute. Parts are told
// apart by a byte that none of them holds.
func (k keys) digest(use string, parts ...string) string {
	h := hmac.New(sha256.New, k.mac)
	h.Write([]byte(use))
	for _, part := range parts {
		h.Write([]byte{0})
		h.Write([]byte(part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// seal encrypts a text for one owner; opened for another it is refused.
func (k keys) seal(owner, text string) string {
	nonce := randomBytes(k.sealer.NonceSize())
	return base64.RawStdEncoding.EncodeToString(k.sealer.Seal(nonce, nonce, []byte(text), []byte(owner)))
}

func (k keys) open(owner, sealed string) (string, error) {
	data, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(data) < k.sealer.NonceSize() {
		return "", errors.New("people: sealed text is damaged")
	}
	nonce, rest := data[:k.sealer.NonceSize()], data[k.sealer.NonceSize():]
	text, err := k.sealer.Open(nil, nonce, rest, []byte(owner))
	if err != nil {
		return "", errors.New("people: sealed text was made with another secret or for another owner")
	}
	return string(text), nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it would end the program
	return b
}

// tokenBytes is the length of a token in a cookie.
const tokenBytes = 32

// newToken returns n random bytes for a cookie or an address.
func newToken(n int) string { return base64.RawURLEncoding.EncodeToString(randomBytes(n)) }

// hashToken is how a token with enough chance in it is kept: nobody can try out
// 128 bits, so it needs no key and no slowness.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
