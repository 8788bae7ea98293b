// Words of the script come with the page, in its language.
export function word(name) {
  return document.getElementById('script-words')?.dataset[name] ?? '';
}

// say announces a text to those who do not see it appear.
export function say(text) {
  const live = document.getElementById('live');
  if (!live) return;
  live.textContent = '';
  setTimeout(() => { live.textContent = text; }, 50);
}
