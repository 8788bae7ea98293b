// Package hostile helps tests to show that what people type stays text.
//
// Payloads gives the texts; Active looks at a finished page and lists what in
// it would run. A test stores every payload in every field, opens every page
// that shows the field and wants Active to be empty.
package hostile

import (
	"fmt"
	"strings"
)

// Mark is the function that every payload tries to call, so that a test in a
// real browser can define it and count the calls.
const Mark = "wspolnotaRan"

// Payloads returns some two hundred texts that would run on a page that does
// not escape them, break out of the place they are put in, or change what a
// table, a mail or a feed means. All are different; the order is fixed.
func Payloads() []string {
	var all []string
	for _, way := range outs {
		for _, vector := range vectors {
			all = append(all, way+vector)
		}
	}
	all = append(all, markdown...)
	all = append(all, plain...)
	for i, text := range all {
		all[i] = strings.ReplaceAll(text, "RUN", fmt.Sprintf("%s(%d)", Mark, i+1))
	}
	return all
}

// outs end the place in which a careless page would put a text.
var outs = []string{"", `">`, `'>`, "</title>", "</textarea>", "-->", "</script>", "]]>"}

// vectors run by themselves once they are taken for markup.
var vectors = []string{
	`<script>RUN</script>`,
	`<ScRiPt/x>RUN</sCrIpT>`,
	`<img src=x onerror=RUN>`,
	`<svg/onload=RUN>`,
	`<svg><animate onbegin=RUN attributeName=x dur=1s>`,
	`<svg><a xlink:href="javascript:RUN"><text y=9>x</text></a></svg>`,
	`<iframe srcdoc="<script>parent.RUN</script>"></iframe>`,
	`<iframe src="javascript:RUN"></iframe>`,
	`<a href="javascript:RUN">x</a>`,
	`<a href=" &#x6a;avascript&colon;RUN">x</a>`,
	`<details open ontoggle=RUN>x</details>`,
	`<input autofocus onfocus=RUN>`,
	`<form action="javascript:RUN"><button>x</button></form>`,
	`<form><button formaction="javascript:RUN">x</button></form>`,
	`<object data="data:text/html,<script>RUN</script>"></object>`,
	`<embed src="javascript:RUN">`,
	`<base href="javascript:RUN//">`,
	`<meta http-equiv=refresh content="0;url=javascript:RUN">`,
	`<p style="background:url('javascript:RUN')">x</p>`,
	`<style>@import 'javascript:RUN';</style>`,
	`<noscript><p title="</noscript><img src=x onerror=RUN>">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=RUN&gt;">`,
	`<svg></p><style><a id="</style><img src=1 onerror=RUN>">`,
}

// markdown is harmless as text and runs where links are not looked at.
var markdown = []string{
	`[x](javascript:RUN)`,
	`[x](JaVaScRiPt:RUN)`,
	`[x](&#106;avascript:RUN)`,
	`[x](<javascript:RUN>)`,
	"[x](java\tscript:RUN)",
	"[x](\x01javascript:RUN)",
	`[x](vbscript:RUN)`,
	`[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
	`![x](javascript:RUN)`,
	`![x" onerror="RUN](x)`,
	`![x](x "y' onerror='RUN")`,
	`<javascript:RUN>`,
	"[x][1]\n\n[1]: javascript:RUN",
	"```html\" onmouseover=\"RUN\n<script>RUN</script>\n```",
	"`<script>RUN</script>`",
	"<!--\n--><script>RUN</script>",
	"<div>\n<script>\nRUN\n</script>\n</div>",
	"# x {onclick=RUN}",
	"| a |\n|---|\n| <img src=x onerror=RUN> |",
	"[a](https://x.example/?\"onmouseover=\"RUN)",
}

// plain texts aim at other places than the body of a page.
var plain = []string{
	`" onmouseover="RUN" x="`,
	`' onmouseover='RUN' x='`,
	"` onmouseover=RUN x=",
	`javascript:RUN`,
	`JAVASCRIPT:RUN//https://example.org`,
	`data:text/html,<script>RUN</script>`,
	`{{constructor.constructor('RUN')()}}`,
	`${RUN}`,
	`<%= RUN %>`,
	`<?php RUN ?>`,
	`\u003cscript\u003eRUN\u003c/script\u003e`,
	`%3Cscript%3ERUN%3C/script%3E`,
	`＜script＞RUN＜/script＞`,
	`&lt;script&gt;RUN&lt;/script&gt;`,
	`&amp;lt;script&amp;gt;RUN`,
	"x\r\nSet-Cookie: a=RUN",
	"x\nBcc: everybody@example.org",
	"x\x00<script>RUN</script>",
	"x\u202e<script>RUN</script>",
	"x\u2028RUN\u2029",
	`=HYPERLINK("https://x.example","RUN")`,
	`+cmd|' /C calc'!A0`,
	`-2+3+cmd|' /C calc'!A0`,
	`@SUM(1+9)*cmd|' /C calc'!A0`,
	"\t=1+1",
	`../../../../etc/passwd`,
	`..\..\x`,
	`'; DROP TABLE person; --`,
	`" OR ""="`,
	`%' ESCAPE '' --`,
	`<![CDATA[<script>RUN</script>]]>`,
	`<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>`,
	`&#0;&#x110000;&bogus;`,
	`</script><script>RUN</script><script>`,
	`--><!--`,
	`<`,
	`>`,
	`&`,
	`"`,
	`'`,
}
