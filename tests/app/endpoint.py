"""A scripted OpenAI-compatible endpoint on loopback: it streams, stalls, refuses, breaks off, as it is told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Script:
    """What the endpoint does, one step a request; the last step repeats. asked: the requests as they came.

    A step: a text to stream, an HTTP status, or ("stall", s), ("cut", text), ("garbage", text).
    """

    steps: list[Any]
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def next(self) -> Any:
        return self.steps[min(len(self.asked), len(self.steps)) - 1]


@contextmanager
def endpoint(*steps: Any) -> Iterator[Script]:
    script = Script(list(steps))

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.asked.append({**body, "key": self.headers["Authorization"]})
            step = script.next()
            if isinstance(step, int):
                self._plain(step, json.dumps({"error": {"message": "scripted", "type": "test"}}))
            elif isinstance(step, str):
                self._stream(step, whole=True)
            elif step[0] == "stall":
                self._open()
                time.sleep(step[1])
            elif step[0] == "cut":
                self._stream(step[1], whole=False)
            else:
                self._plain(200, step[1])

        def _plain(self, status: int, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _open(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

        def _event(self, delta: dict[str, str], done: str | None = None) -> None:
            event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m",
                     "choices": [{"index": 0, "delta": delta, "finish_reason": done}]}  # fmt: skip
            self._chunk(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

        def _stream(self, text: str, *, whole: bool) -> None:
            self._open()
            self._event({"role": "assistant", "content": ""})
            for at in range(0, len(text), 7):
                self._event({"content": text[at : at + 7]})
            if whole:
                self._event({}, "stop")
                self._chunk(b"data: [DONE]\n\n")
                self._chunk(b"")
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
