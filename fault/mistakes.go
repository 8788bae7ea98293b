package fault

// Mistakes gathers what is wrong with a form, field by field, so that a person
// sees all of it at once. The zero value is ready.
type Mistakes struct{ fields []Field }

// Add notes a mistake. A field keeps its first one: the second is usually a
// consequence of it.
func (m *Mistakes) Add(field, key string, args ...any) {
	if m.Has(field) {
		return
	}
	m.fields = append(m.fields, Field{Name: field, Key: key, Args: args})
}

// Check notes the mistake unless ok.
func (m *Mistakes) Check(ok bool, field, key string, args ...any) {
	if !ok {
		m.Add(field, key, args...)
	}
}

// Has reports whether the field already has a mistake.
func (m *Mistakes) Has(field string) bool {
	for _, f := range m.fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

// Any reports whether there is any mistake.
func (m *Mistakes) Any() bool { return len(m.fields) > 0 }

// Fields lists the mistakes in the order in which they were noted.
func (m *Mistakes) Fields() []Field { return m.fields }

// Err returns the mistakes as one Invalid fault, or nil when there are none.
func (m *Mistakes) Err() error {
	if !m.Any() {
		return nil
	}
	return &Fault{Kind: KindInvalid, Key: "fault.invalid", Fields: m.fields}
}

// Mistake refuses one field of a form.
func Mistake(field, key string, args ...any) error {
	var m Mistakes
	m.Add(field, key, args...)
	return m.Err()
}

// Take notes the field mistakes that err carries and reports whether there were
// any, so that a verb's refusal is shown beside the field it is about.
func (m *Mistakes) Take(err error) bool {
	f := Of(err)
	if f == nil || len(f.Fields) == 0 {
		return false
	}
	for _, field := range f.Fields {
		m.Add(field.Name, field.Key, field.Args...)
	}
	return true
}
