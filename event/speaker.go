package event

import (
	"slices"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Speaker is a trainer, an expert or another person who is announced.
type Speaker struct {
	ID           store.ID
	Event        store.ID
	Position     int
	Name         string
	Role         SpeakerRole
	Organisation string // as it is announced
	Profile      string // two or three sentences
}

// SpeakerRole is in which capacity a person is announced.
type SpeakerRole string

const (
	Trainer   SpeakerRole = "trainer"
	Expert    SpeakerRole = "expert"
	Talker    SpeakerRole = "speaker"
	Moderator SpeakerRole = "moderator"
	HostRole  SpeakerRole = "host"
)

// SpeakerRoles lists them in the order in which a form offers them.
var SpeakerRoles = []SpeakerRole{Trainer, Expert, Talker, Moderator, HostRole}

func (s Speaker) check() error {
	var m fault.Mistakes
	m.Check(s.Name != "", "name", "form.required")
	limit(&m, "name", s.Name, longestName)
	limit(&m, "organisation", s.Organisation, longestName)
	limit(&m, "profile", s.Profile, longestText)
	m.Check(slices.Contains(SpeakerRoles, s.Role), "role", "form.not_offered")
	return m.Err()
}

// named finds a speaker.
func named(all []Speaker, id store.ID) (Speaker, bool) {
	i := slices.IndexFunc(all, func(s Speaker) bool { return s.ID == id })
	if i < 0 {
		return Speaker{}, false
	}
	return all[i], true
}
