// The list at a door goes on without a network. A tap is kept on the phone under
// a key of its own, shown at once, sent when it can be, and counted once however
// often it was sent: the server knows the key. Only ids are kept, never names.
import { say } from './words.js';

let sending = false;
let retry = null;

const door = () => document.querySelector('[data-door]');
const place = () => `door:${door().dataset.door}`; // one queue for each person who works here

function read() {
  try {
    return JSON.parse(localStorage.getItem(place())) ?? [];
  } catch {
    return [];
  }
}

// write reports whether the phone keeps it; with storage switched off the form
// is sent as any other.
function write(queue) {
  try {
    localStorage.setItem(place(), JSON.stringify(queue));
    return true;
  } catch {
    return false;
  }
}

// crypto.randomUUID is missing where a hall has a server without TLS.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!door() || !form.matches('form[data-mark]')) return;
  const fields = Object.fromEntries(new FormData(form));
  delete fields.powrot;
  const tap = { key: newKey(), at: Date.now(), action: new URL(form.action).pathname, fields };
  if (!write([...read(), tap])) return;
  event.preventDefault();
  showKept(tap);
  flush();
});

function rowOf(tap) {
  return document.getElementById(`osoba-${tap.fields.guest}`);
}

// showKept says on the row that its tap is on the phone.
function showKept(tap) {
  const row = rowOf(tap);
  if (!row) return;
  row.classList.add('is-kept');
  row.querySelector('[data-guest-state]').textContent = door().dataset.kept;
}

async function flush() {
  clearTimeout(retry);
  if (sending || !door()) return;
  sending = true;
  let reached = true;
  for (let tap = read()[0]; tap && reached; tap = read()[0]) {
    reached = await send(tap);
    if (reached) write(read().filter((other) => other.key !== tap.key));
  }
  sending = false;
  if (!door()) return;
  tell();
  if (read().length > 0) retry = setTimeout(flush, 4000);
}

// send reports whether the server has answered this tap, with yes or no.
async function send(tap) {
  const ago = Math.max(0, Math.round((Date.now() - tap.at) / 1000));
  let answer, text;
  try {
    answer = await fetch(tap.action, {
      method: 'POST', headers: { 'X-Row': '1' }, redirect: 'manual', signal: AbortSignal.timeout(8000),
      body: new URLSearchParams({ ...tap.fields, tap: tap.key, ago }),
    });
    text = await answer.text();
  } catch {
    return false;
  }
  if (answer.status === 401 || answer.status === 403) {
    tell(door()?.dataset.signedOut);
    return false;
  }
  if (answer.status >= 500 || answer.status === 429 || answer.type === 'opaqueredirect') return false;
  show(tap, answer.ok || answer.status === 409 ? text : '');
  return true;
}

// show puts the row of the answer where the row was, with focus where it was.
function show(tap, text) {
  const row = rowOf(tap);
  if (!row) return;
  if (!text) {
    row.classList.remove('is-kept');
    row.querySelector('[data-guest-state]').textContent = door().dataset.gone;
    return;
  }
  const focused = row.contains(document.activeElement) ? document.activeElement.id : '';
  const parsed = new DOMParser().parseFromString(text, 'text/html').querySelector('li');
  if (!parsed) return;
  row.replaceWith(parsed);
  count(parsed.hasAttribute('data-here') - row.hasAttribute('data-here'));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  say(parsed.dataset.said ?? '');
}

function count(change) {
  const here = document.querySelector('[data-door-here]');
  if (here) here.textContent = Number(here.textContent) + change;
}

// tell says how much waits; nothing waits without being said.
function tell(instead) {
  const state = document.querySelector('[data-door-state]');
  if (!state) return;
  const waiting = read().length;
  const had = state.textContent !== '';
  if (waiting > 0) state.textContent = `${door().dataset.waiting}: ${waiting}${instead ? `. ${instead}` : ''}`;
  else if (had) state.textContent = door().dataset.sent;
}

// People are found on the page itself, as they are typed, without a network.
const fold = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l');

document.addEventListener('input', (event) => {
  if (!door() || !event.target.matches('[data-door] input[type="search"]')) return;
  const words = fold(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll('[data-guest]')) {
    row.hidden = !words.every((word) => row.dataset.guest.includes(word));
  }
});

function begin() {
  if (!door()) return;
  read().forEach(showKept);
  tell();
  flush();
}

window.addEventListener('online', flush);
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
document.addEventListener('htmx:after:swap', begin);
