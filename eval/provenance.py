"""What a measurement was made with: model, engine, data, code, machine, so that two figures can be compared.

This module knows nothing of metrics.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from app.settings import Settings

COMMAND: ContextVar[str] = ContextVar("command", default="")
"""The command that is running, as it can be typed again; set by the command line."""

_OUTPUTS = frozenset({"--json", "--html", "--markdown", "--work", "--csv"})  # where a figure goes is no part of it
_ROOMS = ("ingest", "index", "app", "eval")
_PACKAGES = ("torch", "sentence-transformers", "openvino", "chromadb", "tantivy", "numpy")


def provenance(settings: Settings, data: str, **choices: Any) -> dict[str, Any]:
    """The `run` of a report. data: digest of the data measured on; choices: what the command was told.

    >>> provenance(Settings(model="m"), "abc", mode="dense")["mode"]
    'dense'
    """
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": settings.model,
        "engine": settings.engine,
        "threads": settings.threads,
        "writer": settings.llm_model or Path(settings.gguf).name,
        **choices,
        "data": data,
        "command": COMMAND.get(),
        "commit": commit(),
        "code": code_digest(),
        "machine": machine(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def typed(words: Sequence[str]) -> str:
    """The command of these words, without where its results are written.

    >>> typed(["answers", "--questions", "hỏi đáp.jsonl", "--json", "a.json", "--fresh"])
    "hoitin-eval answers --questions 'hỏi đáp.jsonl'"
    """
    kept, skip = [], False
    for word in words:
        name = word.split("=", 1)[0]
        if not skip and name not in _OUTPUTS and name != "--fresh":
            kept.append(word)
        skip = not skip and name in _OUTPUTS and "=" not in word
    return " ".join(["hoitin-eval", *map(shlex.quote, kept)])


@cache
def code_digest() -> str:
    """sha256 (12 hex digits) over every file of the four rooms: what "the same code" means without a checkout."""
    root, whole = Path(__file__).parents[1], hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ""):
                whole.update(path.relative_to(root).as_posix().encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


def commit() -> str:
    """The checkout's commit, "+" behind it when files differ from it; "" outside a checkout."""
    here = Path(__file__).parent
    described = _git(here, "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+")
    return described.strip()


def machine() -> Mapping[str, Any]:
    """CPU, cores this process may use, memory, system and Python."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": _memory_gib(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory_gib() -> float | None:
    try:
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)
    except (AttributeError, ValueError, OSError):  # not on Windows
        return None


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
