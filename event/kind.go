package event

// Kind is what sort of meeting an event is; it decides the defaults of a new
// event and which outputs it has beside minutes.
type Kind string

// The kinds. The last four are the formats of mutual education.
const (
	Seminar      Kind = "seminar"
	Workshop     Kind = "workshop"
	Panel        Kind = "panel"
	Visit        Kind = "visit"
	Consultation Kind = "consultation"
	WorkingGroup Kind = "working_group"
	Training     Kind = "training"
	Shadowing    Kind = "shadowing"
	Clinic       Kind = "clinic"
	Settlement   Kind = "settlement"
	Mentoring    Kind = "mentoring"
)

// Kinds lists them in the order in which a form offers them.
var Kinds = []Kind{Seminar, Workshop, Panel, Visit, Consultation, WorkingGroup, Training, Shadowing, Clinic, Settlement, Mentoring}
