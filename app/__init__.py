"""app: Question in, proved Answer out; for people, in a terminal, a browser or over HTTP."""
