// The extensions of htmx look for it where a plain script tag would put it.
import htmx from 'htmx.org';

window.htmx = htmx;
