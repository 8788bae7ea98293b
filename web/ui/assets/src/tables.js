// People are dragged from table to table; dropping one sends the very form that
// keyboards and people without script use.
let dragged = null;

const seatOf = (element) => element.closest?.('[data-seating] [data-seat]');
const tableOf = (element) => element.closest?.('[data-seating] [data-table]');

function offer() {
  for (const seat of document.querySelectorAll('[data-seating] [data-seat]')) {
    if (seat.querySelector('form[data-move]')) seat.draggable = true;
  }
}

document.addEventListener('dragstart', (event) => {
  dragged = seatOf(event.target);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', '');
});

document.addEventListener('dragover', (event) => {
  const table = dragged && tableOf(event.target);
  if (!table) return;
  event.preventDefault();
  mark(table);
});

document.addEventListener('drop', (event) => {
  const table = dragged && tableOf(event.target);
  if (!table) return;
  event.preventDefault();
  const form = dragged.querySelector('form[data-move]');
  form.elements.table.value = table.dataset.table;
  const button = form.querySelector('button');
  button.focus();
  form.requestSubmit(button);
});

document.addEventListener('dragend', () => {
  dragged = null;
  mark(null);
});

function mark(table) {
  for (const other of document.querySelectorAll('[data-table].is-over')) other.classList.remove('is-over');
  table?.classList.add('is-over');
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', offer);
else offer();
document.addEventListener('htmx:after:swap', offer);
