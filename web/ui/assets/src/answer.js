// Forms with data-hx-boost are sent by htmx and their answer replaces #page.
// Whatever is not a whole page of ours is left alone, and the form keeps what
// was typed.
import { say, word } from './words.js';

let before = null; // where the reader was when the form was sent

document.addEventListener('htmx:before:request', (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement;
  if (!form.matches?.('form')) return;
  before = { id: document.activeElement?.id, path: location.pathname, y: window.scrollY };
  forgetFailure(form);
  setBusy(form, true);
});

document.addEventListener('htmx:finally:request', (event) => {
  setBusy(event.detail.ctx.sourceElement, false);
});

document.addEventListener('htmx:after:request', (event) => {
  const { ctx } = event.detail;
  if (!isOurPage(ctx)) {
    event.preventDefault();
    showFailure(ctx.sourceElement);
  }
});

document.addEventListener('htmx:error', (event) => {
  const form = event.detail.ctx?.sourceElement;
  if (form) showFailure(form);
});

// A refused form stays at the address it was typed at, so that reloading the
// page asks for the page again and not for the result of a POST.
document.addEventListener('htmx:before:history:update', (event) => {
  const response = event.detail.response?.raw;
  if (response && !response.redirected) event.preventDefault();
});

document.addEventListener('htmx:after:swap', (event) => {
  const { ctx } = event.detail;
  if (!before || !isOurPage(ctx)) return;
  const language = /<html[^>]* lang="(\w+)"/.exec(ctx.text ?? '')?.[1];
  if (language) document.documentElement.lang = language;
  settle(before);
  before = null;
});

// settle puts focus where the answer is: on what went wrong; else on what was
// pressed, when the page is still the same; else on the beginning of the page.
function settle(was) {
  say('');
  const wrong = document.querySelector('#conflict, #error-summary');
  if (wrong) {
    wrong.focus();
    wrong.scrollIntoView({ block: 'center' });
    return;
  }
  const flash = document.getElementById('flash');
  const pressed = was.id ? document.getElementById(was.id) : null;
  if (pressed && was.path === location.pathname) {
    window.scrollTo({ top: was.y, behavior: 'instant' });
    pressed.focus({ preventScroll: true });
    if (flash) {
      flash.classList.add('in-place');
      flash.removeAttribute('role');
      say(flash.textContent.trim());
    }
    return;
  }
  window.scrollTo({ top: 0, behavior: 'instant' });
  (flash ?? document.getElementById('main'))?.focus({ preventScroll: true });
}

function isOurPage(ctx) {
  const kind = ctx.response?.headers?.get('Content-Type') ?? '';
  return kind.startsWith('text/html') && /<div[^>]* id="page"/.test(ctx.text ?? '');
}

function setBusy(form, busy) {
  for (const button of form.querySelectorAll?.('button[type="submit"]') ?? []) {
    if (busy) button.setAttribute('aria-busy', 'true');
    else button.removeAttribute('aria-busy');
  }
  if (busy) say(word('sending'));
}

function showFailure(form) {
  forgetFailure(form);
  const note = document.createElement('p');
  note.className = 'message bad';
  note.dataset.failure = '';
  note.tabIndex = -1;
  note.setAttribute('role', 'alert');
  note.textContent = word('offline');
  form.append(note);
  note.focus();
}

function forgetFailure(form) {
  form.querySelector?.('[data-failure]')?.remove();
}

// A page that arrives whole, with mistakes or with news, is read from there.
function greet() {
  const first = document.querySelector('#conflict, #error-summary') ?? document.getElementById('flash');
  if (first && !location.hash) first.focus({ preventScroll: first.id === 'flash' });
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', greet);
else greet();
