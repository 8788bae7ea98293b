// A phone in the live room. An answer is kept on the phone under an id of its own,
// the next question is shown at once, and the answer is sent when it can be; the
// server knows the id, so that it counts once however often it was sent. What the
// phone knows of its connection it says in words.
import { say } from './words.js';
import { renew } from './live.js';

const room = () => document.querySelector('[data-room]');
const place = () => `room:${room().dataset.room}`;

let sending = false;
let retry = null;
let lost = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(place())) ?? [];
  } catch {
    return [];
  }
}

// write reports whether the phone keeps it; with storage switched off the form is
// sent as any other.
function write(queue) {
  try {
    localStorage.setItem(place(), JSON.stringify(queue));
    return true;
  } catch {
    return false;
  }
}

// crypto.randomUUID is missing where a hall has a server without TLS.
function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!room() || !form.matches('form[data-answer]')) return;
  const fields = new FormData(form);
  if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
  const id = newID();
  fields.set('id', id);
  const one = { id, form: form.id, action: new URL(form.action).pathname, text: fields.get('text') ?? '', body: new URLSearchParams(fields).toString() };
  if (!write([...read(), one])) return;
  event.preventDefault();
  problem('');
  take(form);
  flush();
});

// take shows that a form was answered: in a series the next one stands in its
// place, with focus; a field is free for the next card.
function take(form) {
  const series = form.closest('.room-series');
  if (!series) {
    if (form.elements.text) form.elements.text.value = '';
    return;
  }
  const focused = form.contains(document.activeElement);
  form.remove();
  if (focused) series.querySelector('form button, .room-done')?.focus({ preventScroll: true });
  const next = series.querySelector('form legend') ?? series.querySelector('.room-done');
  say(next?.textContent.replace(/\s+/g, ' ').trim() ?? '');
  series.scrollIntoView({ block: 'nearest' });
}

// kept takes away what was answered and waits on the phone, where a page that came
// meanwhile asks for it again.
function kept() {
  for (const one of read()) {
    const form = document.getElementById(one.form);
    if (form?.closest('.room-series')) form.remove();
  }
}

async function flush() {
  clearTimeout(retry);
  if (sending || !room()) return;
  sending = true;
  let sent = 0;
  let reached = true;
  for (let one = read()[0]; one && reached; one = read()[0]) {
    reached = await send(one);
    if (!reached) break;
    write(read().filter((other) => other.id !== one.id));
    sent++;
  }
  sending = false;
  lost = !reached;
  tell(sent > 0);
  if (!reached) retry = setTimeout(flush, 3000);
  else if (sent > 0 && !document.querySelector('.room-series form')) renew();
}

// send reports whether the server has answered, with yes or no.
async function send(one) {
  let answer, text;
  try {
    answer = await fetch(one.action, {
      method: 'POST', headers: { 'X-Room': '1' }, redirect: 'manual', body: new URLSearchParams(one.body), signal: AbortSignal.timeout(8000),
    });
    text = await answer.text();
  } catch {
    return false;
  }
  if (answer.ok) return true;
  if (answer.status >= 500 || answer.status === 429 || answer.type === 'opaqueredirect') return false;
  const why = answer.status === 409 || answer.status === 422 ? new DOMParser().parseFromString(text, 'text/html').body.textContent : '';
  refused(one, why);
  return true;
}

// refused says why an answer does not count, and gives its words back.
function refused(one, why) {
  problem([room().dataset.refused, one.text && `„${one.text}”`, why].filter(Boolean).join(' '));
  const field = document.getElementById(one.form)?.elements.text;
  if (field && field.value === '') field.value = one.text;
  else renew();
}

function problem(text) {
  const box = document.querySelector('[data-room-problem]');
  if (!box) return;
  box.replaceChildren();
  if (!text) return;
  const note = document.createElement('p');
  note.className = 'message bad';
  note.textContent = text;
  box.append(note);
}

// tell says in words whether the phone is connected and what waits on it.
function tell(fresh) {
  const state = document.querySelector('[data-room-state]');
  if (!state || !room()) return;
  const waiting = read().length;
  let text = room().dataset.connected;
  if (waiting > 0) text = `${lost ? room().dataset.lost : ''} ${room().dataset.waiting}: ${waiting}.`.trim();
  else if (lost) text = room().dataset.lost;
  else if (fresh) text = room().dataset.sent;
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle('is-lost', lost);
}

// Time that is left: counted from the moment at which it came, since the clocks of
// phones are wrong.
const timers = new WeakMap();

function count() {
  for (const timer of document.querySelectorAll('[data-left]')) {
    if (!timers.has(timer)) timers.set(timer, performance.now() + 1000 * Number(timer.dataset.left));
    const left = Math.round((timers.get(timer) - performance.now()) / 1000);
    if (left < 0) {
      timer.removeAttribute('data-left');
      setTimeout(renew, 200 + 1500 * Math.random()); // hundreds are over at once
      continue;
    }
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    timer.textContent = timer.dataset.words.replace('{time}', clock);
    timer.classList.toggle('is-short', left <= 30);
  }
}

function begin() {
  if (!room()) return;
  kept();
  tell(false);
  flush();
}

function connection(isLost) {
  if (!room()) return;
  const back = lost && !isLost;
  lost = isLost;
  tell(false);
  if (back) flush();
}

setInterval(count, 500);
window.addEventListener('online', () => { if (room()) flush(); });
window.addEventListener('offline', () => connection(true));
document.addEventListener('live:lost', () => connection(true));
document.addEventListener('live:open', () => connection(false));
document.addEventListener('live:replaced', () => { if (room()) kept(); });
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
document.addEventListener('htmx:after:swap', begin);
