package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Tables of members, invitations and the team.

func (v membersView) clear() string {
	if v.ListPath == v.Action("uczestnicy") {
		return ""
	}
	return v.Action("uczestnicy")
}

// memberTable shows the words of a request or of a refusal where there are any.
func memberTable(ctx context.Context, v membersView) ui.TableData {
	words := v.Filter.State == Requested || v.Filter.State == Refused
	t := ui.TableData{Caption: lang.T(ctx, "programme.members"), CaptionHidden: true, Columns: []ui.Column{
		{Title: lang.T(ctx, "programme.members.name")}, {Title: lang.T(ctx, "programme.members.email")},
		{Title: lang.T(ctx, "programme.members.sector")}, {Title: lang.T(ctx, "programme.members.organisation")},
		{Title: lang.T(ctx, "programme.members.gmina")}, {Title: lang.T(ctx, "programme.members.since")}}}
	if words {
		t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.members.words")})
	}
	t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.members.act")})
	for _, m := range v.List {
		row := ui.TableRow{ui.Text(m.Name), ui.Text(m.Email), ui.SectorBadge(ui.Sector(m.Sector)), ui.Text(orDash(m.OrganisationName)),
			ui.Text(placeName(ctx, m.Municipality)), ui.DateText(m.Since.Time)}
		if words {
			row = append(row, ui.Text(orDash(joined(m.Words, m.Reason))))
		}
		t.Rows = append(t.Rows, append(row, memberAct(v.editView, m)))
	}
	return t
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func reportTable(ctx context.Context, report []InvitedLine) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.invite.report"), Columns: []ui.Column{{Title: lang.T(ctx, "programme.invite.line")}, {Title: lang.T(ctx, "programme.invite.what")}}}
	for _, l := range report {
		tone := ui.Good
		switch l.What {
		case NotAnAddress:
			tone = ui.Bad
		case InvitedMember, InvitedTwice, InvitedRecently:
			tone = ui.Neutral
		}
		t.Rows = append(t.Rows, ui.TableRow{ui.Text(l.Line), ui.StatusTag(tone, lang.T(ctx, "programme.invited."+string(l.What)))})
	}
	return t
}

func sentCount(report []InvitedLine) int {
	n := 0
	for _, l := range report {
		if l.What == InvitedNow || l.What == InvitedAgain {
			n++
		}
	}
	return n
}

func invitationTable(ctx context.Context, v editView, invitations []Invitation, team bool) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.invitation.open"), CaptionHidden: true, Columns: []ui.Column{{Title: lang.T(ctx, "programme.members.email")}}}
	if team {
		t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.team.role")})
	}
	t.Columns = append(t.Columns, ui.Column{Title: lang.T(ctx, "programme.invitation.sent")}, ui.Column{Title: lang.T(ctx, "programme.invitation.until")},
		ui.Column{Title: lang.T(ctx, "programme.members.act")})
	for _, i := range invitations {
		row := ui.TableRow{ui.Text(i.Email)}
		if team {
			row = append(row, ui.Text(roleName(ctx, i.Role)))
		}
		t.Rows = append(t.Rows, append(row, ui.DateText(i.InvitedAt.Time), ui.DateText(i.ExpiresAt.Time), withdrawButton(v, i)))
	}
	return t
}

func teamTable(ctx context.Context, v teamView) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.team.title"), CaptionHidden: true, Columns: []ui.Column{{Title: lang.T(ctx, "programme.members.name")},
		{Title: lang.T(ctx, "programme.team.role")}, {Title: lang.T(ctx, "programme.members.email")}, {Title: lang.T(ctx, "programme.team.since")},
		{Title: lang.T(ctx, "programme.members.act")}}}
	for _, row := range v.Team {
		act := takeLink(v.editView, row)
		if row.Role == access.Manager && len(v.Managers) == 1 {
			act = ui.Text(lang.T(ctx, "programme.team.only_manager"))
		}
		t.Rows = append(t.Rows, ui.TableRow{ui.Text(row.Name), ui.Text(roleName(ctx, row.Role)), ui.Text(row.Email), ui.DateText(row.GivenAt.Time), act})
	}
	return t
}
