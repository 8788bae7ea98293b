package mail

import (
	"context"
	"sync"
	"time"
)

// Memory is a transport that keeps the last letters and sends none: the mailbox
// of the demo, and of tests.
type Memory struct {
	mu      sync.Mutex
	most    int
	letters []Received // oldest first
	number  int
}

// Received is a letter that Memory took.
type Received struct {
	Number   int // counts from 1
	At       time.Time
	From, To string
	Letter
}

// NewMemory keeps the last most letters.
func NewMemory(most int) *Memory { return &Memory{most: most} }

// Send takes a letter. One that it has already is replaced, as a mailbox does
// with a Message-ID that comes twice.
func (m *Memory) Send(_ context.Context, from, to string, l Letter) error {
	if err := CheckAddress(to); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(l.ID)
	m.number++
	m.letters = append(m.letters, Received{Number: m.number, At: time.Now(), From: from, To: to, Letter: l})
	if len(m.letters) > m.most {
		m.letters = m.letters[1:]
	}
	return nil
}

func (m *Memory) drop(id string) {
	for i, l := range m.letters {
		if id != "" && l.ID == id {
			m.letters = append(m.letters[:i:i], m.letters[i+1:]...)
			return
		}
	}
}

// Letters lists what was taken, newest first.
func (m *Memory) Letters() []Received {
	m.mu.Lock()
	defer m.mu.Unlock()
	newest := make([]Received, len(m.letters))
	for i, l := range m.letters {
		newest[len(newest)-1-i] = l
	}
	return newest
}

// Last is the newest letter to an address.
func (m *Memory) Last(to string) (Received, bool) {
	for _, l := range m.Letters() {
		if l.To == to {
			return l, true
		}
	}
	return Received{}, false
}
