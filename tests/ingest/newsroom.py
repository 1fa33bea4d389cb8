"""A newsroom's web server for tests: real HTTP on the loopback address, with every misbehaviour on request."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Answer | Callable[[BaseHTTPRequestHandler], Answer | None]
"""An answer, or a function that makes one, or that writes to the socket itself and returns None."""


class Newsroom:
    """pages: path with query → what to answer; a list is used up from the front, its last answer stays.

    asked: (path, headers) of every request, robots.txt left out unless it is among the pages.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Route | list[Route]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        newsroom = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                route = newsroom.pages.get(self.path, Answer(b"", 404))
                if self.path != "/robots.txt" or self.path in newsroom.pages:
                    newsroom.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                if isinstance(route, list):
                    route = route.pop(0) if len(route) > 1 else route[0]
                answer = route if isinstance(route, Answer) else route(self)
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # a client that hangs up is what many tests are about

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Newsroom:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def html(body: bytes, **headers: str) -> Answer:
    return Answer(body, headers={"Content-Type": "text/html; charset=utf-8", **headers})


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Reset the connection before a word is said."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
