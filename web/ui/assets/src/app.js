// What the script adds: forms answered in place, with focus where the reader
// needs it; a warning before unsaved words are lost; a password that can be
// looked at; parts that change while the page is open; a list at a door and a room
// of phones that go on without a network; people dragged from table to table. Every page works
// without it.
import './htmx.js';
import 'htmx.org/dist/ext/hx-sse.js';
import './answer.js';
import './guard.js';
import './password.js';
import './live.js';
import './door.js';
import './tables.js';
import './room.js';
