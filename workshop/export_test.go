package workshop

import "github.com/wspolnota/wspolnota/store"

// Forget lets a test count a workshop again from its log.
func (s *Service) Forget(id store.ID) { s.forget(id) }
