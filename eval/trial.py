"""One system, measured in a process of its own, so that its memory and its threads are its own.

    {family, settings, folder, documents, queries} -> index, search -> {index_seconds, docs_per_s,
    peak_mib, searches: {name: [{qid, docids, ms, error}]}}

Loading the model is not on the clock, splitting, encoding and storing are. Every query is asked once, after one that
does not count. This module knows nothing of what the queries should find.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.settings import Settings
from eval.datasets import Document
from eval.memory import peak_mib
from eval.processes import run_alone, settings_json, settings_of
from eval.systems import Find, open_system


def try_system(
    family: str, settings: Settings, folder: Path, documents: Path, queries: Mapping[str, str], *, limit: int = 0
) -> dict[str, Any]:
    """Measure a system in a process of its own; documents: JSONL of Document, the first `limit` of them (0: all).

    Raises HoitinError when the process fails, with its last words.
    """
    spec = {
        "family": family, "settings": settings_json(settings), "folder": str(folder.resolve()),
        "documents": str(documents.resolve()), "limit": limit, "queries": dict(queries),
    }  # fmt: skip
    return run_alone("eval.trial", spec, folder, f"{family}: the measurement failed")


def measure(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What try_system gives, measured in this process."""
    lines = Path(spec["documents"]).read_text(encoding="utf-8").splitlines()
    documents = [Document(**json.loads(line)) for line in lines[: spec["limit"] or None]]
    system = open_system(spec["family"], settings_of(spec["settings"]), Path(spec["folder"]))
    try:
        system.prepare()
        started = time.perf_counter()
        system.index(documents)
        seconds = time.perf_counter() - started
        searches = {name: _ask_all(find, spec["queries"]) for name, find in system.finds().items()}
    finally:
        system.close()
    return {
        "family": spec["family"],
        "documents": len(documents),
        "index_seconds": round(seconds, 3),
        "docs_per_s": round(len(documents) / seconds, 3),
        "peak_mib": peak_mib(),
        "searches": searches,
    }


def _ask_all(find: Find, queries: Mapping[str, str]) -> list[dict[str, Any]]:
    if queries:
        _ask(find, next(iter(queries.values())))
    return [{"qid": qid, **_ask(find, text)} for qid, text in queries.items()]


def _ask(find: Find, text: str) -> dict[str, Any]:
    started = time.perf_counter()
    error, docids = "", []
    try:
        docids = find(text)
    except Exception as wrong:  # a system under test may fail in any way; it is a miss, and it is shown
        error = f"{type(wrong).__name__}: {wrong}"
    return {"docids": docids, "ms": round((time.perf_counter() - started) * 1000, 3), "error": error}
