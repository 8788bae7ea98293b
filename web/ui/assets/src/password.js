// A password may be looked at while it is typed: people mistype what they do
// not see, on phones most of all.
import { say, word } from './words.js';

function offer(input) {
  if (input.dataset.offered !== undefined || !word('show')) return;
  input.dataset.offered = '';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain-button show-password';
  button.textContent = word('show');
  button.setAttribute('aria-controls', input.id);
  button.addEventListener('click', () => {
    const shown = input.type === 'text';
    input.type = shown ? 'password' : 'text';
    button.textContent = word(shown ? 'show' : 'hide');
    say(button.textContent);
  });
  input.form?.addEventListener('submit', () => { input.type = 'password'; }, true);
  input.after(button);
}

function offerAll() {
  document.querySelectorAll('input[type="password"]').forEach(offer);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', offerAll);
else offerAll();
document.addEventListener('htmx:after:swap', offerAll);
