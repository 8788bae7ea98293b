// What the script adds: forms answered in place, with focus where the reader
// needs it; a warning before unsaved words are lost; a password that can be
// looked at. Every page works without it.
import './htmx.js';
import 'htmx.org/dist/ext/hx-sse.js';
import './answer.js';
import './guard.js';
import './password.js';
