"""A Chroma server of its own for a test, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN_S = 60


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Its URL, for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).with_name("chroma"), "run", "--path", folder, "--port", port, "--host", "127.0.0.1"]
    log = folder.with_suffix(".log")
    with log.open("wb") as said:
        server = subprocess.Popen(
            list(map(str, command)), stdout=said, stderr=said, env={**os.environ, "ANONYMIZED_TELEMETRY": "False"}
        )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + STARTS_WITHIN_S
        while not _answers(url):
            assert server.poll() is None, f"chroma ended: {log.read_text()}"
            assert time.monotonic() < until, f"chroma does not answer: {log.read_text()}"
            time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
