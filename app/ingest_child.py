"""Ingest one source in a process of its own, and tell how far it is: a JSON object a line on stdout.

    python -m app.ingest_child SOURCE   ->  {"stage": "waiting"} … {"stage": "reading", "done", "total", "label"} …
        {"stage": "indexing", "done", "total"} … {"stage": "done", "report": {…}} or {"stage": "failed", "detail"}

What a source can do to a process, it does to this one and not to the server: the
same commands, lock and settings as `hoitin ingest`. This module knows nothing of
who started it.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from app.cli import quiet_libraries
from app.console import opened
from ingest.errors import HoitinError
from ingest.run import ingest

WAIT_S = 60.0
"""How long another writer is waited for."""
_EVERY_S = 0.3


def main(source: str) -> int:
    """Archive and index one source; 0 when it could be read."""
    quiet_libraries()
    told = 0.0

    def progress(stage: str, done: int, total: int | None, label: str = "") -> None:
        nonlocal told
        if time.monotonic() - told >= _EVERY_S:
            told = time.monotonic()
            tell(stage=stage, done=done, total=total, label=label[-200:])

    try:
        tell(stage="waiting")
        with opened(create=True) as app, app.home.writing(wait_s=WAIT_S):
            tell(stage="reading", done=0, total=None, label=source)
            report = ingest(
                app.archive,
                [source],
                on_progress=lambda done, total, label: progress("reading", done, total, label),
                on_link=lambda done, total: progress("comparing", done, total),
            )
            tell(stage="indexing", done=0, total=None)
            indexed = app.sync(lambda done, total: progress("indexing", done, total))
    except HoitinError as error:
        tell(stage="failed", detail=str(error), public=error.public)
        return 1
    except Exception as error:
        tell(stage="failed", detail=f"{type(error).__name__}: {error}", public=HoitinError.public)
        return 1
    found = report.as_json()
    found["rejected"] = found["rejected"][:50]
    tell(stage="done", report=found | {"refused": len(report.rejected), "indexed": indexed})
    return 0


def tell(**values: Any) -> None:
    """One line for whoever started this."""
    print(json.dumps(values, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
