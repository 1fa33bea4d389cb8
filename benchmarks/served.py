"""A server of its own for a benchmark: `hoitin serve` on data/sample in a temporary folder, gone afterwards.

    with served() as (url, pid): …

HOITIN_… variables are passed on; HOITIN_HOME is not, so nobody's archive is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOITIN = Path(sys.executable).with_name("hoitin")


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The address and the process id of a chat over data/sample."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "HOITIN_HOME": str(Path(folder) / "home")}
        subprocess.run([HOITIN, "ingest", ROOT / "data" / "sample"], env=env, check=True, stderr=subprocess.DEVNULL)
        server = subprocess.Popen([HOITIN, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            for line in server.stdout:
                if "http://" in line:
                    yield "http://" + line.split("http://")[1].strip(), server.pid
                    return
            raise SystemExit(f"served: `hoitin serve` ended with {server.wait()} and gave no address")
        finally:
            server.terminate()
            server.wait()
