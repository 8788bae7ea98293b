package main

// Of the live room: see notTyped.
var notTypedWorkshops = map[string][]string{
	"an id, or the key of a row": {"workshop.id", "workshop.session", "workshop.current", "workshop_activity.id", "workshop_activity.source",
		"workshop_activity.compared", "workshop_participant.id", "workshop_entry.id", "workshop_entry.activity", "workshop_entry.participant"},
	"one of a few words of ours":             {"workshop.language", "workshop_activity.kind", "workshop_participant.sector", "workshop_participant.way"},
	"a hash, a sealed secret or a key":       {"workshop.code", "workshop.key_hash", "workshop_participant.hash"},
	"JSON of a form, whose texts are tested": {"workshop_activity.settings", "workshop_entry.body"},
}

// Pages that are led with a key are those of a programme at another address; no
// test here has a key. The form of a new activity stands behind the choice of its
// kind, and answers are taken from whoever came in.
func init() {
	for _, page := range []string{"prowadzenie", "zamkniecie", "papier", "papier/druk.pdf", "plakat", "plakat.svg", "plakat.pdf", "zadania", "zadania/{activity}",
		"zadania/{activity}/edycja", "zadania/{activity}/od-nowa", "zadania/{activity}/wyniki.csv", "zadania/{activity}/wyniki.xlsx"} {
		neverWhole = append(neverWhole, "GET /sala/{key}/"+page)
	}
	neverWhole = append(neverWhole, "GET /d/{code}/strumien", "GET /d/{code}/ekran/strumien")
	for _, form := range []string{"prowadzenie", "zamkniecie", "papier", "zadania", "zadania/{activity}/odpowiedz", "zadania/{activity}/edycja",
		"zadania/{activity}/wyzej", "zadania/{activity}/usuniecie", "zadania/{activity}/od-nowa"} {
		needsCode = append(needsCode, "POST /sala/{key}/"+form)
	}
	needsMoment = append(needsMoment, "POST /d/{code}/odpowiedz", "POST /programy/{programme}/warsztaty/{workshop}/zadania",
		"POST /programy/{programme}/warsztaty/{workshop}/zadania/{activity}/wyzej", "POST /programy/{programme}/warsztaty/{workshop}/zadania/{activity}/usuniecie",
		"POST /programy/{programme}/warsztaty/{workshop}/zadania/{activity}/edycja", "POST /programy/{programme}/warsztaty/{workshop}/zadania/{activity}/od-nowa",
		"POST /programy/{programme}/warsztaty/{workshop}/papier", "POST /programy/{programme}/warsztaty/{workshop}/zamkniecie",
		"POST /programy/{programme}/warsztaty/{workshop}/edycja", "POST /programy/{programme}/warsztaty/{workshop}/zadania/{activity}/odpowiedz")
}
