package minutes

import "context"

// Remind is what the hourly task does.
func (s *Service) Remind(ctx context.Context) error { return s.remind(ctx) }

// ParseChoices is for the fuzzer.
func ParseChoices(text string) (Choices, error) { return parseChoices(text, "choices") }

// Text writes choices as ParseChoices reads them.
func (c Choices) Text() string { return c.text() }
