"""A folder in generations: each is written once, under no name, then named, and never written again.

    g000012 -> copied to a draft -> written and closed -> flushed to disk -> renamed g000013

Readers hold the newest generation while they use it; a writer replaces it without
asking them, and what nobody holds any more is removed. A writer killed anywhere
leaves an unnamed draft, which the next one sweeps. This makes a store safe that
bears only one process at a time. The caller sees to it that there is one writer.
This module knows nothing of what the files hold, except that SQLite files are
copied by SQLite.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there a folder in use cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_NAME = re.compile(r"g(\d{6,})")
_DRAFT = ".draft-"
_HELD = "held.lock"


@dataclass(frozen=True, slots=True)
class Held:
    """A generation that stays while this is held; release() when done with it."""

    path: Path
    _descriptor: int

    def release(self) -> None:
        os.close(self._descriptor)


class Generations:
    """The generations in one folder, which is made when the first is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self) -> Path | None:
        """The generation in force; None before the first."""
        return max(self._named(), default=None, key=_number)

    def hold(self) -> Held | None:
        """The newest generation, kept from being removed; None before the first."""
        while (path := self.newest()) is not None:
            try:
                descriptor = os.open(path / _HELD, os.O_RDWR | os.O_CREAT, 0o644)
            except FileNotFoundError:
                continue  # removed since it was listed: there is a newer one
            _lock(descriptor, shared=True)
            if _is_at(descriptor, path / _HELD):
                return Held(path, descriptor)
            os.close(descriptor)
        return None

    @contextmanager
    def writing(self, *, fresh: bool = False) -> Iterator[Path]:
        """A draft folder: a copy of the newest generation, or nothing; the newest itself once the block ends well.

        Whatever was opened in the draft is closed before the block ends. After an
        exception the draft is gone and nothing has changed.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep(drafts=True)
        newest = self.newest()
        number = 1 if newest is None else _number(newest) + 1
        draft = self.folder / f"{_DRAFT}{number:06}"
        try:
            if fresh or newest is None:
                draft.mkdir()
            else:
                _copy(newest, draft)
            yield draft
            (draft / _HELD).touch()
            _flush(draft)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        os.replace(draft, self.folder / f"g{number:06}")
        _flush_entry(self.folder)
        self._sweep()

    def _named(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if _NAME.fullmatch(path.name)]
        except FileNotFoundError:
            return []

    def _sweep(self, *, drafts: bool = False) -> None:
        """Remove generations that were replaced and that nobody holds; drafts: what a killed writer left, too."""
        newest = self.newest()
        for path in self._named():
            if path != newest:
                _remove_unless_held(path)
        if drafts:
            for path in self.folder.glob(f"{_DRAFT}*"):
                shutil.rmtree(path, ignore_errors=True)


def _number(path: Path) -> int:
    found = _NAME.fullmatch(path.name)
    return int(found.group(1)) if found else 0


def _lock(descriptor: int, *, shared: bool) -> None:
    """Raises BlockingIOError when an exclusive lock is not to be had."""
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(descriptor: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    return False


def _remove_unless_held(path: Path) -> None:
    with suppress(OSError):  # held by a reader, or on Windows in use: a later writer removes it
        descriptor = os.open(path / _HELD, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor, shared=False)
            # Renamed first: nobody finds a generation that is half removed.
            doomed = path.with_name(f"{_DRAFT}old-{path.name}")
            os.replace(path, doomed)
            shutil.rmtree(doomed)
        finally:
            os.close(descriptor)


def _copy(source: Path, target: Path) -> None:
    """Readers may note in a SQLite file that they opened it: only SQLite copies such a file whole."""
    target.mkdir()
    for path in source.iterdir():
        if path.is_dir():
            _copy(path, target / path.name)
        elif path.suffix == ".sqlite3":
            with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target / path.name)) as new:
                old.backup(new)
        elif path.name != _HELD and not path.name.endswith(("-journal", "-wal", "-shm")):
            shutil.copy2(path, target / path.name)


def _flush(folder: Path) -> None:
    """To the disk itself, so that a power cut after the renaming finds whole files."""
    for path in folder.iterdir():
        if path.is_dir():
            _flush(path)
        else:
            _flush_entry(path)
    _flush_entry(folder)


def _flush_entry(path: Path) -> None:
    if fcntl is None and path.is_dir():
        return  # Windows cannot open folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
