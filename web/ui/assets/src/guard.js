// Nobody loses a long text by a slip: leaving a page with changed fields asks
// first. Sending the form, or emptying it again, lifts the guard.
const changed = new Set();

function guarded(element) {
  return element.closest?.('form[data-guard]');
}

document.addEventListener('input', (event) => {
  const form = guarded(event.target);
  if (!form || event.target.type === 'password') return;
  if (isAsItCame(form)) changed.delete(form);
  else changed.add(form);
});

document.addEventListener('submit', (event) => changed.delete(event.target), true);

window.addEventListener('beforeunload', (event) => {
  for (const form of changed) if (form.isConnected) event.preventDefault();
});

function isAsItCame(form) {
  return [...form.elements].every((field) => {
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked === field.defaultChecked;
    if (field.type === 'file') return field.files.length === 0;
    if (field.options) return [...field.options].every((o) => o.selected === o.defaultSelected) || !field.querySelector('option[selected]') && field.selectedIndex === 0;
    return field.defaultValue === undefined || field.type === 'hidden' || field.value === field.defaultValue;
  });
}
