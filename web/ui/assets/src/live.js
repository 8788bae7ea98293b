// A part of a page that changes while it is open stands in an element with the
// address of its stream (data-live) and the version that it shows. A stream says
// numbers only; when one is new, the page is asked for again and the part taken
// out of it, with the reader's own rights and in their language.
import { say } from './words.js';

const sources = new Map(); // address of the stream → { source, pause }

const parts = () => [...document.querySelectorAll('[data-live]')];
const shown = (part) => Number(part.dataset.liveVersion) || 0;

function partOf(address) {
  return parts().find((part) => part.dataset.live === address);
}

// open watches from the version that the page shows. A browser that gave up is
// helped: servers come back, and not all readers at once.
function open(address) {
  const watched = { pause: sources.get(address)?.pause ?? 1000 };
  sources.set(address, watched);
  const part = partOf(address);
  if (!part) return void sources.delete(address);
  watched.source = new EventSource(`${address}?od=${shown(part)}`);
  watched.source.onopen = () => { watched.pause = 1000; tellOthers('live:open'); };
  watched.source.onmessage = (event) => catchUp(address, Number(event.data));
  watched.source.onerror = () => {
    tellOthers('live:lost');
    if (watched.source.readyState !== EventSource.CLOSED) return;
    watched.pause = Math.min(2 * watched.pause, 30000);
    setTimeout(() => { if (sources.get(address) === watched) open(address); }, watched.pause * (0.5 + Math.random()));
  };
}

const busy = new Set();

// catchUp asks for the page again until its part shows the version that was
// said, or a later one.
async function catchUp(address, version) {
  const part = partOf(address);
  if (!part || shown(part) >= version || busy.has(address)) return;
  busy.add(address);
  try {
    await new Promise((go) => setTimeout(go, Math.random() * 300)); // hundreds were told at once
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
    if (answer.ok) replace(address, await answer.text());
  } catch {
    // The network is gone: the stream notices as well and comes back.
  } finally {
    busy.delete(address);
  }
}

// tellOthers lets other scripts of the page know of the stream and of its parts.
const tellOthers = (name) => document.dispatchEvent(new CustomEvent(name));

// renew asks for the page again and takes its parts out of it, whatever version
// they show: after an answer of one's own, and when a time is up.
export async function renew() {
  const addresses = parts().map((part) => part.dataset.live);
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return;
    const text = await answer.text();
    for (const address of addresses) replace(address, text, true);
    settle();
  } catch {
    // The network is gone: what is on the page stays there.
  }
}

function replace(address, text, anyway = false) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const all = [...page.querySelectorAll('[data-live]')];
  const old = partOf(address);
  const fresh = all.find((part) => part.dataset.live === address) ?? all.find((part) => old && part.id === old.id);
  if (!fresh || !old || !anyway && shown(fresh) <= shown(old)) return;
  if (isTypedIn(old) && !(anyway && document.activeElement.value === '')) { // nobody loses a word; the part is taken when they have gone on
    old.addEventListener('focusout', () => setTimeout(() => catchUp(address, shown(fresh))), { once: true });
    return;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
  const open = [...old.querySelectorAll('details[open][id]')].map((details) => details.id);
  old.replaceWith(document.adoptNode(fresh));
  window.htmx?.process(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (fresh.dataset.liveSay && fresh.dataset.liveSay !== old.dataset.liveSay) say(fresh.dataset.liveSay);
  tellOthers('live:replaced');
}

function isTypedIn(part) {
  const field = document.activeElement;
  return part.contains(field) && field.matches('input:not([type="hidden"]), textarea, select');
}

// settle opens the streams of this page and leaves those of the one before.
function settle() {
  const wanted = new Set(parts().map((part) => part.dataset.live));
  for (const [address, watched] of sources) {
    if (wanted.has(address)) continue;
    sources.delete(address);
    watched.source?.close();
  }
  for (const address of wanted) if (!sources.has(address)) open(address);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', settle);
else settle();
document.addEventListener('htmx:after:swap', settle);
