package visit

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// blanks is how many empty tasks the form offers.
const blanks = 4

// preparationView is the card before its team.
type preparationView struct {
	Event   event.Event
	Tasks   []Task // those that are there, then empty ones with ids of the form alone
	Form    *form.Form
	Version int
}

func (s *Service) showPreparation(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.visitOf(r)
	if err != nil {
		return err
	}
	about, err := aboutOf(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	tasks, err := tasksOf(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	f := form.New().Set("about", about.About)
	for _, t := range tasks {
		f.Set("task-"+string(t.ID), t.Text)
	}
	return web.Render(w, r, preparationPage(preparationView{Event: e, Tasks: withBlanks(tasks), Form: f, Version: about.Version}))
}

func withBlanks(tasks []Task) []Task {
	tasks = slices.Clone(tasks)
	for n := range min(blanks, mostTasks-len(tasks)) {
		tasks = append(tasks, Task{ID: store.ID("new" + strconv.Itoa(n+1))})
	}
	return tasks
}

func (s *Service) prepare(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	before, err := tasksOf(r.Context(), s.db, e.ID)
	if err != nil {
		return err
	}
	about, offered := f.Lines("about", longestAbout), withBlanks(before)
	var tasks []Task
	for _, t := range offered {
		if t.Text = f.Text("task-"+string(t.ID), longestTask); t.Text != "" {
			tasks = append(tasks, t)
		}
	}
	if !f.Any() {
		err := s.Prepare(r.Context(), e, about, tasks, f.Version())
		if err == nil {
			next := path(e) + "/przygotowanie"
			if strings.TrimSpace(f.Get("more")) == "" {
				next = path(e)
			}
			return web.SeeOther(w, r, next, "event.visit.flash.prepared")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, preparationPage(preparationView{Event: e, Tasks: offered, Form: f, Version: f.Version()}))
}

// gatheredView is what people brought back, before the team, without names.
type gatheredView struct {
	Event   event.Event
	Tasks   []Task
	Notes   map[store.ID][]string
	Lessons []Lesson
}

func (s *Service) showGathered(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.visitOf(r)
	if err != nil {
		return err
	}
	v := gatheredView{Event: e}
	err = s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Tasks, err = tasksOf(ctx, tx, e.ID); err != nil {
			return err
		}
		if v.Notes, err = gathered(ctx, tx, e.ID); err != nil {
			return err
		}
		v.Lessons, err = lessonsOf(ctx, tx, e.ID, false)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, gatheredPage(v))
}

func (s *Service) showLesson(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	shown := f.Get("shown") == "tak"
	if err := s.Show(r.Context(), e, store.ID(r.PathValue("lesson")), f.Version(), shown); err != nil {
		return err
	}
	flash := "event.visit.flash.hidden"
	if shown {
		flash = "event.visit.flash.shown"
	}
	return web.SeeOther(w, r, path(e)+"/wnioski", flash)
}
