package programme

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// change of state, as the page of publication offers it.
type transition struct {
	To           State
	Consequences []string
}

type stateView struct {
	editView
	Gaps        []gap
	Transitions []transition
}

func (s *Service) stateView(r *http.Request) (stateView, error) {
	ctx := r.Context()
	e, err := s.editing(r, "publikacja")
	if err != nil {
		return stateView{}, err
	}
	v := stateView{editView: e}
	phases, err := phasesOf(ctx, s.db, v.ID)
	if err != nil {
		return v, err
	}
	members, err := countMembers(ctx, s.db, v.ID, memberFilter{State: Active})
	if err != nil {
		return v, err
	}
	v.Gaps = missing(v.Programme, phases)
	for _, to := range transitions[v.State] {
		if to == Published && len(v.Gaps) > 0 {
			continue
		}
		v.Transitions = append(v.Transitions, transition{to, consequences(ctx, v.Programme, to, members)})
	}
	return v, nil
}

// consequences says what a change of state does, to whom.
func consequences(ctx context.Context, p Programme, to State, members int) []string {
	switch to {
	case Published:
		return []string{lang.T(ctx, "programme.state.published.seen"), lang.T(ctx, "programme.state.published.phases"),
			lang.T(ctx, "programme.state.published.address", "Path", p.Path())}
	case Archived:
		return []string{lang.T(ctx, "programme.state.archived.seen"), lang.T(ctx, "programme.state.archived.closed"),
			lang.N(ctx, "programme.state.archived.members", members)}
	}
	return []string{lang.T(ctx, "programme.state.draft.seen"), lang.T(ctx, "programme.state.draft.links"),
		lang.N(ctx, "programme.state.draft.members", members)}
}

func (s *Service) showState(w http.ResponseWriter, r *http.Request) error {
	v, err := s.stateView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, statePage(v))
}

func (s *Service) setState(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	p, err := s.SetState(r.Context(), r.PathValue("programme"), f.Version(), State(f.Get("state")))
	if fault.Is(err, fault.KindConflict) {
		return s.stateMeanwhile(w, r)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Path(), "programme.state.saved."+string(p.State))
}

// stateMeanwhile shows the page as it is now, with who changed the programme
// since it was opened: what to do next is for the reader to say anew.
func (s *Service) stateMeanwhile(w http.ResponseWriter, r *http.Request) error {
	v, err := s.stateView(r)
	if err != nil {
		return err
	}
	v.Conflict = &ui.Conflict{Again: true}
	if err := s.addWho(r.Context(), &v.editView); err != nil {
		return err
	}
	return web.RenderStatus(w, r, http.StatusConflict, statePage(v))
}
