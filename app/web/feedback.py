"""What readers think of answers, one JSON line each, in the home folder.

In: a verdict ("good", "bad", "quote"), a reason and the exchange it is about.
Out: a line appended to feedback.jsonl, whole even when several threads or
processes write at once. This module knows nothing of pages.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.article import VIETNAM
from ingest.errors import HoitinError

FILE = "feedback.jsonl"
VERDICTS = frozenset({"good", "bad", "quote"})
REASONS = frozenset({"", "wrong", "missing", "old", "unclear", "quote", "source", "gone"})
MOST_BYTES = 64 * 2**20
"""The file grows no further: nobody needs to sign in to write here, and a full disk would stop the archive."""
_ONE_WRITER = threading.Lock()


class FeedbackError(HoitinError):
    """A remark could not be kept."""


def keep(home: Path, verdict: str, why: str, about: Mapping[str, Any]) -> None:
    """Append one remark; raises FeedbackError when it cannot be written, ValueError for an unknown verdict or reason.

    about: question, answer, citations … as JSON values.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     keep(Path(folder), "bad", "old", {"question": "Cầu nào thông xe?"})
    ...     json.loads((Path(folder) / FILE).read_text(encoding="utf-8"))["why"]
    'old'
    """
    if verdict not in VERDICTS or why not in REASONS:
        raise ValueError(f"unknown remark {verdict!r}, {why!r}")
    at = datetime.now(VIETNAM).isoformat(timespec="seconds")
    line = json.dumps({"at": at, "verdict": verdict, "why": why, **about}, ensure_ascii=False)
    data = line.encode("utf-8", "replace") + b"\n"
    path = home / FILE
    try:
        # One write to a file opened for appending: lines of several processes do not mix.
        with _ONE_WRITER, open(path, "ab", buffering=0) as file:
            if os.fstat(file.fileno()).st_size + len(data) > MOST_BYTES:
                raise FeedbackError(
                    f"{path}: holds {MOST_BYTES} bytes, wanted room for one more remark. Mend: mv {path} {path}.old"
                )
            file.write(data)
    except OSError as error:
        raise FeedbackError(
            f"{path}: cannot be written ({error}), wanted a writable file. Mend: chmod u+w {home}"
        ) from error


class Remarks:
    """Counts the remarks kept in one home; reads only what is new since it last looked."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._read = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def counts(self) -> Mapping[tuple[str, str], int]:
        """(day in ISO 8601, verdict) -> how many."""
        with self._lock:
            try:
                if self._path.stat().st_size < self._read:  # put away, and begun anew
                    self._read, self._counts = 0, Counter()
                with open(self._path, "rb") as file:
                    file.seek(self._read)
                    for line in file:
                        if not line.endswith(b"\n"):  # still being written
                            break
                        self._read += len(line)
                        self._count(line)
            except FileNotFoundError:
                pass
            return dict(self._counts)

    def totals(self) -> Mapping[str, int]:
        """Verdict -> how many."""
        found: Counter[str] = Counter(dict.fromkeys(VERDICTS, 0))
        for (_, verdict), count in self.counts().items():
            found[verdict] += count
        return found

    def _count(self, line: bytes) -> None:
        try:
            remark = json.loads(line)
            day, verdict = str(remark["at"])[:10], str(remark["verdict"])
        except (ValueError, KeyError, TypeError):  # a line that somebody edited
            return
        if verdict in VERDICTS:
            self._counts[day, verdict] += 1
