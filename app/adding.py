"""What editors add to the archive from its page: one source at a time, in the background.

    begin("https://…") or begin_file("tin.jsonl", bytes) -> state() until it has ended

The work is a process of its own (app.ingest_child), under the writer's lock, so the
server goes on answering and bears whatever the source holds. Only web addresses and
files that the editor sends are taken, never a path of this machine. This module
knows nothing of pages.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.messages import Lang, say
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError
from ingest.web_reading import is_web_address

log = logging.getLogger("hoitin.web")

SUFFIXES = (".jsonl", ".json", ".txt", ".html", ".htm", ".xml")
"""Files that are taken, each also with .gz."""
MOST_BYTES = 16 * 2**20
FOLDER = "uploads"
_RUNNING = ("waiting", "reading", "comparing", "indexing")
Start = Callable[[Sequence[str], dict[str, str]], "subprocess.Popen[str]"]


class NotTaken(UsageError):
    """A source was not taken; said() gives the reason in the reader's language."""

    def __init__(self, key: str, **values: object) -> None:
        sentence = say("vi", key, **values)
        super().__init__(sentence, public=sentence)
        self._key, self._values = key, values

    def said(self, lang: Lang) -> str:
        """Why."""
        return say(lang, self._key, **self._values)


class Adding:
    """The one job there is; safe to ask from many threads."""

    def __init__(self, home: Path, start: Start | None = None) -> None:
        self._home = home
        self._start = start or _start
        self._lock = threading.Lock()
        self._state: dict[str, Any] = {"stage": "none"}
        self._process: subprocess.Popen[str] | None = None

    def state(self) -> dict[str, Any]:
        """stage: none, waiting, reading, comparing, indexing, done or failed; with done, total, label, report, detail."""
        with self._lock:
            return dict(self._state)

    def begin(self, address: str, by: str) -> None:
        """Add the news at a web address. Raises NotTaken when it is none, or when another source is being added."""
        address = address.strip()
        if not is_web_address(address) or len(address) > 2_000 or re.search(r"[\x00-\x20\x7f]", address):
            raise NotTaken("add_no_address")
        self._reserve(address, by)
        self._run(address)

    def begin_file(self, name: str, content: bytes, by: str) -> None:
        """Add the news in a file. Raises NotTaken for an unknown kind, an empty or large file, or when one is busy."""
        plain = re.sub(r"[^\w.\- ]+", "_", Path(name.replace("\\", "/")).name).strip(". ")[-100:]
        if not plain.lower().removesuffix(".gz").endswith(SUFFIXES):
            raise NotTaken("add_no_kind", found=plain[:60] or "?", wanted=" ".join(SUFFIXES))
        if not content:
            raise NotTaken("add_empty")
        if len(content) > MOST_BYTES:
            raise NotTaken("add_too_long", most=f"{MOST_BYTES // 2**20} MB")
        self._reserve(plain, by)
        kept = self._home / FOLDER / plain
        try:
            kept.parent.mkdir(mode=0o700, exist_ok=True)
            for left in kept.parent.iterdir():  # by a server that was killed: what editors send is not kept
                left.unlink(missing_ok=True)
            kept.write_bytes(content)
        except OSError as error:
            self._tell({"stage": "failed", "detail": str(error), "public": say("vi", "trouble")})
            raise HoitinError(
                f"{kept}: cannot be written ({error.strerror}), wanted room in the home folder. "
                f"Mend: chmod u+w {self._home}"
            ) from error
        self._run(str(kept), kept)

    def shown(self, source: str) -> str:
        """A source as editors know it: what they sent is named as they named it, not by where it was put."""
        return source.removeprefix(f"{self._home / FOLDER}{os.sep}")

    def close(self) -> None:
        """End the job, if there is one; what it archived stays."""
        with self._lock:
            process = self._process
        if process is not None and process.poll() is None:
            process.terminate()

    def _reserve(self, label: str, by: str) -> None:
        """Take the one place there is, before anything is written: a second file of that name must not replace the first."""
        with self._lock:
            if self._state["stage"] in _RUNNING:
                raise NotTaken("add_busy")
            self._state = {"stage": "waiting", "source": label, "by": by, "since": _now()}

    def _run(self, source: str, kept: Path | None = None) -> None:
        environment = {**os.environ, "HOITIN_HOME": str(self._home)}
        try:
            process = self._start([sys.executable, "-m", "app.ingest_child", source], environment)
        except OSError as error:  # no memory or no process left: the place is free again
            if kept is not None:
                kept.unlink(missing_ok=True)
            self._tell({"stage": "failed", "detail": str(error), "public": say("vi", "trouble")})
            return
        with self._lock:
            self._process = process
        threading.Thread(target=self._follow, args=(process, kept), daemon=True).start()

    def _follow(self, process: subprocess.Popen[str], kept: Path | None) -> None:
        end: dict[str, Any] | None = None
        for line in process.stdout or ():
            try:
                told = json.loads(line)
                if told["stage"] in _RUNNING:
                    self._tell(told)
                else:
                    end = told
            except (ValueError, KeyError, TypeError):  # a library that prints
                continue
        code = process.wait()
        if end is None:
            log.error("adding ended with %s before it was done", code)
            end = {"stage": "failed", "detail": f"exit {code}", "public": say("vi", "trouble")}
        if kept is not None:
            kept.unlink(missing_ok=True)
            for refused in end.get("report", {}).get("rejected", []):
                refused["source"] = self.shown(refused["source"])
        self._tell(end)  # last: from here on the next source may come, under the same name

    def _tell(self, told: dict[str, Any]) -> None:
        with self._lock:
            about = {key: self._state.get(key, "") for key in ("source", "by", "since")}
            self._state = {**about, **told, "at": _now()}


def _start(words: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip


def _now() -> str:
    return datetime.now(VIETNAM).isoformat(timespec="seconds")
