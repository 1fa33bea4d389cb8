"""What a measurement was made with: model, engine, data, code, machine, so that two figures can be compared.

This module knows nothing of metrics.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from app.settings import Settings

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
        **choices,
        "data": data,
        "commit": commit(),
        "machine": machine(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


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
