"""A journal of finished items, so that a run that was killed goes on where it stopped.

    <file>: one line that says what the run is, then one JSON line an item, written as it is finished

An item is used again only by the very same run: same data, same code, same
settings. A last line that was cut is passed over. This module knows nothing of
what the items hold.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from io import RawIOBase
from pathlib import Path
from types import TracebackType
from typing import Any


class Journal:
    """Open with `with`; get what was finished before, add what is finished now."""

    def __init__(self, path: Path, run: Mapping[str, Any]) -> None:
        """run: whatever decides the items; another run's journal is begun anew."""
        self._path = path
        self._head = json.dumps(dict(run), sort_keys=True, default=str).encode()
        self._items: dict[str, dict[str, Any]] = {}
        self._file: RawIOBase | None = None

    def __enter__(self) -> Journal:
        whole = self._read()
        if whole:
            os.truncate(self._path, whole)
        # Unbuffered: a killed process loses at most the line it was writing. Appending: two at once do not mix.
        self._file = open(self._path, "ab" if whole else "wb", buffering=0)
        if not whole:
            self._file.write(self._head + b"\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: str) -> dict[str, Any] | None:
        """An item finished before, None when there is none."""
        return self._items.get(key)

    def add(self, key: str, item: Mapping[str, Any]) -> None:
        """Keep an item, on disk when this returns."""
        if self._file is None:
            raise RuntimeError("a journal is added to inside `with`")
        self._file.write(json.dumps({"key": key, "item": item}).encode() + b"\n")

    def _read(self) -> int:
        """Fill the items; returns the bytes that are whole, 0 for no journal of this run."""
        try:
            lines = self._path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return 0
        if not lines or lines[0] != self._head + b"\n":
            return 0
        whole = len(lines[0])
        for line in lines[1:]:
            try:
                found = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                found = None
            if found is None:
                break
            self._items[found["key"]] = found["item"]
            whole += len(line)
        return whole
