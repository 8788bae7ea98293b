package search

import (
	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

// Options are what the search needs of the installation.
type Options struct {
	// Members returns a SELECT of the ids of the programmes in which a person
	// takes part, whose id is the argument of this placeholder. nil: nobody
	// takes part in anything.
	Members func(placeholder string) string
}

// Service answers questions.
type Service struct {
	db          *store.DB
	kinds       []Kind
	permissions []access.Permission
	members     func(string) string
	queue       *jobs.Queue // nil where nothing is done later
}

// New returns a search that knows no kind yet.
func New(db *store.DB, o Options) *Service { return &Service{db: db, members: o.Members} }

// Add lets documents of these kinds be found. The order is the one in which
// their groups stand on the page.
func (s *Service) Add(kinds ...Kind) {
	for _, k := range kinds {
		s.kinds = append(s.kinds, k)
		for _, p := range k.Needs {
			if !s.knows(p) {
				s.permissions = append(s.permissions, p)
			}
		}
	}
}

func (s *Service) knows(p access.Permission) bool {
	for _, q := range s.permissions {
		if q.Name == p.Name {
			return true
		}
	}
	return false
}

// kind returns the kind of that name.
func (s *Service) kind(name string) (Kind, bool) {
	for _, k := range s.kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}
