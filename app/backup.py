"""`hoitin backup DIR` and `hoitin restore DIR`: everything of a home that could not be made again.

    home -> archive, accounts, keys, remarks, labels, drafts, secret -> DIR -> a new home -> its index, built anew

SQLite files are copied by SQLite, so a backup is whole while `hoitin serve` and `hoitin ingest` go on. The index is left out:
it is rebuilt from the archive. This module knows nothing of what the files hold.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from app.console import opened, sync_index
from app.settings import read_settings
from ingest.archive import Archive
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError
from ingest.home import MARKER, Home, HomeMissing

DERIVED = frozenset({"index", "chroma", "lexical", "writing.lock", "writing.json", "manifest.json"})
"""What a home holds and a backup does not: the index, and who is writing now."""

_PASSING = ("-wal", "-shm", "-journal", ".tmp", ".lock")


def backup(arguments: argparse.Namespace) -> int:
    """Copy the home into a new folder; it has its name only once it is whole."""
    target = Path(arguments.folder)
    with opened() as app:
        home = app.home.path
        if home.resolve() in (target.resolve(), *target.resolve().parents):
            raise UsageError(
                f"{target}: found a folder inside the home {home}, wanted another place. Mend: hoitin backup ../DIR"
            )
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise HoitinError(
                f"{target}: found something there already, wanted a new folder. Mend: choose another name"
            )
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            draft.mkdir(parents=True)
            app.archive.copy_to(draft / app.home.archive.name)
            _copy(home, draft, apart_from={app.home.archive.name})
            if target.exists():
                target.rmdir()
            os.replace(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        print(f"{target}: {app.archive.count():,} articles and what belongs to them")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Make the home from a backup and build its index; a home that is there steps aside only with --replace."""
    source, home = Path(arguments.folder), read_settings().home
    _prove(source)
    try:
        with Home.open(home, create=False).writing():
            if not arguments.replace:
                raise HoitinError(
                    f"HOITIN_HOME={home}: found an archive there, wanted none. Mend: hoitin restore --replace {source} "
                    "(it is kept beside, under another name)"
                )
            aside = home.with_name(f"{home.name}.{datetime.now(VIETNAM):%Y%m%d-%H%M%S}")
            os.replace(home, aside)
            print(f"{aside}: what was in {home}", file=sys.stderr)
    except HomeMissing:
        pass
    draft = home.with_name(f"{home.name}.{os.getpid()}")
    try:
        draft.mkdir(parents=True)
        _copy(source, draft)
        if home.exists():
            home.rmdir()  # an empty folder; anything else was refused
        os.replace(draft, home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    with opened() as app, app.home.writing():
        count = sync_index(app)
        print(f"{home}: {app.archive.count():,} articles restored, {count:,} indexed")
    return 0


def _prove(source: Path) -> None:
    """Raise HoitinError unless the folder is a backup whose archive is sound."""
    if not (source / MARKER).is_file() or not (source / "archive.sqlite").is_file():
        found = "nothing" if not source.exists() else "no archive.sqlite with a hoitin.json beside it"
        raise HoitinError(f"{source}: found {found}, wanted a folder of hoitin backup. Mend: hoitin restore DIR")
    with Archive.open(source / "archive.sqlite", read_only=True) as archive:
        if broken := archive.problems():
            raise HoitinError(
                f"{source}: its archive is damaged ({broken[0]}), wanted a sound one. Mend: restore an older backup"
            )


def _copy(source: Path, target: Path, *, apart_from: set[str] | frozenset[str] = frozenset()) -> None:
    for path in sorted(source.iterdir()):
        if path.name in DERIVED or path.name in apart_from or path.name.endswith(_PASSING):
            continue
        if path.is_dir():
            (target / path.name).mkdir(mode=path.stat().st_mode & 0o777)
            _copy(path, target / path.name)
        elif path.suffix == ".sqlite":
            made = target / path.name
            made.touch(mode=path.stat().st_mode & 0o777)  # accounts are nobody else's business, also while copied
            with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(made)) as new:
                old.backup(new)
        else:
            shutil.copy2(path, target / path.name)
