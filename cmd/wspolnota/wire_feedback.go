package main

import (
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/feedback"
)

// openFeedback lets people say after an event what they thought of it.
func (p *program) openFeedback() {
	p.feedback = feedback.New(p.db, feedback.Options{Site: p.site, Notices: p.notices, Reports: true, Took: attendance.Took})
	p.events.AddPart(p.feedback.Part())
	p.events.AddTool(feedback.Tools()...)
	p.events.AddKeeping(feedback.Keepings...)
	p.moderation.Add(p.feedback.ModerationKind())
	p.app.Add(p.feedback.Routes()...)
}
