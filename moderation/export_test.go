package moderation

// Fitting returns the entries of a list that fit a text.
func Fitting(l WordList, text string) []string { return l.fitting(text) }
