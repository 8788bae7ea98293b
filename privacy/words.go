package privacy

import (
	"cmp"
	"context"

	"github.com/wspolnota/wspolnota/lang"
)

// Words say a value to its person.
func (v Value) Words(ctx context.Context) string {
	switch {
	case v.Column.Kind == Secret && v.Yes:
		return lang.T(ctx, "privacy.value.secret")
	case v.Column.Kind == YesNo && v.Yes:
		return lang.T(ctx, "privacy.value.yes")
	case v.Column.Kind == YesNo:
		return lang.T(ctx, "privacy.value.no")
	case !v.At.IsZero():
		return lang.DateTime(ctx, v.At.Time)
	case v.Column.Say != nil && v.Text != "":
		return cmp.Or(v.Column.Say(ctx, v), v.Text)
	case v.Column.Words != "" && v.Text != "":
		return worded(ctx, v.Column.Words+v.Text, v.Text)
	}
	return v.Text
}

// worded says a key, or the mark itself where an older program left one that
// has no words any more.
func worded(ctx context.Context, key, mark string) string {
	if said := lang.T(ctx, key); said != key {
		return said
	}
	return mark
}

var basisKeys = map[Basis]string{
	Consent: "privacy.basis.consent", Contract: "privacy.basis.contract", Obligation: "privacy.basis.obligation",
	PublicTask: "privacy.basis.task", Interest: "privacy.basis.interest",
}

// Words say the basis with its place in the law.
func (b Basis) Words(ctx context.Context) string {
	if key, known := basisKeys[b]; known {
		return lang.T(ctx, key)
	}
	return ""
}

// Words say how long something is kept.
func (k Kept) Words(ctx context.Context) string {
	switch {
	case k.Years > 0:
		return lang.N(ctx, "privacy.kept.years", k.Years)
	case k.Days > 0:
		return lang.N(ctx, "privacy.kept.days", k.Days)
	}
	return lang.T(ctx, "privacy.kept.account")
}

// PageWords say on which page somebody looked at data.
func (n Noted) PageWords(ctx context.Context) string {
	return worded(ctx, "privacy.page."+n.Page, n.Page)
}
