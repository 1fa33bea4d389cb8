"""A terminal for tests: the real `hoitin` in a process of its own, with a home of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOITIN = Path(sys.executable).with_name("hoitin")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line on stderr that says what went wrong."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """A terminal in a folder of its own, with HOITIN_HOME inside it."""

    folder: Path
    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HOITIN_") or k == "HOITIN_CACHE"}
        return {**kept, "HOITIN_HOME": str(self.home), **more}

    def run(self, *words: str | Path, stdin: str = "", before: Callable[[], object] | None = None, **env: str) -> Ran:
        ran = subprocess.run(
            [HOITIN, *words], cwd=self.folder, env=self.environment(**env), input=stdin, capture_output=True,
            text=True, encoding="utf-8", timeout=300, preexec_fn=before,
        )  # fmt: skip
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [HOITIN, *words], cwd=self.folder, env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
            # A test run in the background ignores Ctrl-C, and its children would too.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip

    def write(self, name: str, *records: object) -> Path:
        """A JSON Lines file; a string is written as it stands."""
        path = self.folder / name
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def archived(self) -> list[str]:
        return [json.loads(line)["id"] for line in self.run("export").out.splitlines()]
