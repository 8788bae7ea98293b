package registration

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// questionsView is the list of an event's questions with the form for one.
type questionsView struct {
	frame
	Questions []Question
	Form      *form.Form
	One       Question // being changed; ID is "" for a new one
}

func (s *Service) questionsView(r *http.Request) (questionsView, error) {
	e, err := s.eventOf(r)
	if err != nil {
		return questionsView{}, err
	}
	v := questionsView{frame: s.frame(r.Context(), e, "/zapisy/pytania")}
	if v.Questions, err = Questions(r.Context(), s.db, e.ID); err != nil {
		return v, err
	}
	if id := r.PathValue("question"); id != "" {
		for _, q := range v.Questions {
			if string(q.ID) == id {
				v.One = q
			}
		}
		if v.One.ID == "" {
			return v, fault.NotFound("question")
		}
	}
	return v, nil
}

func (s *Service) showQuestions(w http.ResponseWriter, r *http.Request) error {
	v, err := s.questionsView(r)
	if err != nil {
		return err
	}
	v.Form = form.New().Set("id", string(store.NewID())).Set("kind", string(AsksText))
	return web.Render(w, r, questionsPage(v))
}

func (s *Service) showQuestion(w http.ResponseWriter, r *http.Request) error {
	v, err := s.questionsView(r)
	if err != nil {
		return err
	}
	v.Form = form.New().Set("kind", string(v.One.Kind)).Set("label", v.One.Label).Set("hint", v.One.Hint).Set("options", v.One.Options)
	if v.One.Required {
		v.Form.Set("required", "on")
	}
	return web.Render(w, r, questionPage(v))
}

func readQuestion(f *form.Form, id store.ID) Question {
	kinds := make([]string, len(QuestionKinds))
	for i, k := range QuestionKinds {
		kinds[i] = string(k)
	}
	return Question{ID: id, Kind: QuestionKind(f.Choice("kind", kinds...)), Label: f.Required("label", longestLabel),
		Hint: f.Text("hint", longestHint), Options: f.Lines("options", longestOptions), Required: f.Bool("required")}
}

func (s *Service) addQuestion(w http.ResponseWriter, r *http.Request) error {
	v, err := s.questionsView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	id, err := store.ParseID(v.Form.Get("id"))
	if err != nil {
		id = store.NewID() // a form that is none of ours
	}
	q := readQuestion(v.Form, id)
	if !v.Form.Any() {
		if err = s.SaveQuestion(r.Context(), v.Event, q); err == nil {
			return web.SeeOther(w, r, v.at("/pytania"), "event.registration.done.question")
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, questionsPage(v))
}

func (s *Service) changeQuestionPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.questionsView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	q := readQuestion(v.Form, v.One.ID)
	if !v.Form.Any() {
		if err = s.SaveQuestion(r.Context(), v.Event, q); err == nil {
			return web.SeeOther(w, r, v.at("/pytania"), "event.registration.done.question")
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, questionPage(v))
}

func (s *Service) raiseQuestion(w http.ResponseWriter, r *http.Request) error {
	return s.onQuestion(w, r, s.MoveQuestion, "event.registration.done.moved")
}

func (s *Service) dropQuestion(w http.ResponseWriter, r *http.Request) error {
	return s.onQuestion(w, r, s.DropQuestion, "event.registration.done.dropped")
}

func (s *Service) onQuestion(w http.ResponseWriter, r *http.Request, act func(context.Context, event.Event, store.ID) error, flash string) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	id, err := rowID(r, "question")
	if err != nil {
		return err
	}
	if err := act(r.Context(), e, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/zapisy/pytania", flash)
}

func kindOptions(ctx context.Context) []ui.Option {
	var all []ui.Option
	for _, k := range QuestionKinds {
		all = append(all, ui.Option{Value: string(k), Label: lang.T(ctx, "event.registration.question.kind."+string(k))})
	}
	return all
}
