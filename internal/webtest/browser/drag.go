package browser

import (
	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// Drag takes the element of one selector with the mouse and drops it on that of
// another, as the browser itself would: only what is draggable moves.
func (tab *Tab) Drag(what, onto string) *Tab {
	tab.t.Helper()
	tab.settle(func() error { return tab.drag(what, onto) })
	return tab
}

func (tab *Tab) drag(what, onto string) error {
	page := tab.page.Timeout(patience)
	if err := (proto.InputSetInterceptDrags{Enabled: true}).Call(page); err != nil {
		return err
	}
	from, err := tab.grip(what)
	if err != nil {
		return err
	}
	var taken proto.InputDragIntercepted
	wait := page.WaitEvent(&taken)
	for _, step := range []func() error{
		func() error { return page.Mouse.MoveTo(from) },
		func() error { return page.Mouse.Down(proto.InputMouseButtonLeft, 1) },
		func() error { return page.Mouse.MoveLinear(proto.NewPoint(from.X+12, from.Y+12), 4) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	wait()
	to, err := tab.grip(onto)
	for _, kind := range []proto.InputDispatchDragEventType{proto.InputDispatchDragEventTypeDragEnter,
		proto.InputDispatchDragEventTypeDragOver, proto.InputDispatchDragEventTypeDrop} {
		if err == nil {
			err = proto.InputDispatchDragEvent{Type: kind, X: to.X, Y: to.Y, Data: taken.Data}.Call(page)
		}
	}
	if err != nil {
		return err
	}
	return page.Mouse.Up(proto.InputMouseButtonLeft, 1)
}

// grip is where somebody would take an element: near its upper left corner, away
// from the fields inside.
func (tab *Tab) grip(selector string) (proto.Point, error) {
	r, err := tab.page.Timeout(patience).Evaluate(rod.Eval(`selector => {
		const e = document.querySelector(selector);
		const box = () => e.getBoundingClientRect();
		if (box().top < 0 || box().top + 8 > innerHeight) e.scrollIntoView({block: "center", behavior: "instant"});
		return {x: box().left + 8, y: box().top + 8};
	}`, selector))
	if err != nil {
		return proto.Point{}, err
	}
	return proto.NewPoint(r.Value.Get("x").Num(), r.Value.Get("y").Num()), nil
}
