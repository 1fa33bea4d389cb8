"""A web app of one's own for a test, served by uvicorn in a thread; and a plain page on another port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.api import create
from app.port import take_port
from app.web.webapp import WebApp


@contextmanager
def served(app: WebApp) -> Iterator[str]:
    """The address of the app while the block runs."""
    import uvicorn

    taken = take_port("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create(app), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the web app ended while starting"
        assert time.monotonic() < until, "the web app did not start in a minute"
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)


@contextmanager
def elsewhere(page: str, host: str = "localhost") -> Iterator[str]:
    """The address of one page at another host name and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page.encode()
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
