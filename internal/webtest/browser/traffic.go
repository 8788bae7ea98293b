package browser

import (
	"sync"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// traffic knows what a window still waits for: pages it goes to, and answers
// that the script asked for.
type traffic struct {
	mu      sync.Mutex
	leaving bool
	asked   map[proto.NetworkRequestID]bool
}

// watch follows a window until its context ends. A question whether to leave
// the page is answered with yes.
func watch(page *rod.Page) *traffic {
	t := &traffic{asked: map[proto.NetworkRequestID]bool{}}
	follow := page.EachEvent(
		func(*proto.PageFrameRequestedNavigation) { t.note(func() { t.leaving = true }) },
		func(*proto.PageFrameNavigated) { t.note(func() { t.leaving = false }) },
		func(*proto.PageNavigatedWithinDocument) { t.note(func() { t.leaving = false }) },
		func(e *proto.NetworkRequestWillBeSent) {
			switch e.Type {
			case proto.NetworkResourceTypeDocument, proto.NetworkResourceTypeFetch, proto.NetworkResourceTypeXHR:
				t.note(func() { t.asked[e.RequestID] = true })
			}
		},
		func(e *proto.NetworkLoadingFinished) { t.note(func() { delete(t.asked, e.RequestID) }) },
		func(e *proto.NetworkLoadingFailed) {
			t.note(func() {
				if t.asked[e.RequestID] {
					t.leaving = false
				}
				delete(t.asked, e.RequestID)
			})
		},
		func(*proto.PageJavascriptDialogOpening) { proto.PageHandleJavaScriptDialog{Accept: true}.Call(page) },
	)
	go follow()
	return t
}

func (t *traffic) note(what func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	what()
}

func (t *traffic) quiet() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.leaving && len(t.asked) == 0
}
