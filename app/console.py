"""What the commands of `hoitin` share: the opened installation, progress bars, JSON.

This module knows nothing of what a command does.
"""

from __future__ import annotations

import errno
import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.settings import read_settings
from app.wiring import App, open_app
from ingest.errors import HoitinError


@contextmanager
def opened(*, create: bool = False) -> Iterator[App]:
    """The installation that the settings name; raises HoitinError with the command that mends it."""

    def building() -> None:
        print("building the default embedding model, once (about 10 s) …", file=sys.stderr, flush=True)

    settings = read_settings()
    try:
        with open_app(settings, create=create, on_build=building) as app:
            yield app
    except OSError as error:
        if error.errno not in _NOT_WRITABLE:
            raise
        raise HoitinError(
            f"{error.filename or settings.home}: {error.strerror}; wanted a folder of yours with room in it. "
            f"Mend: chmod -R u+rwX {shlex.quote(str(settings.home))}, or export HOITIN_HOME=<another folder>"
        ) from error


_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}


def sync_index(app: App) -> int:
    """Index what the archive has and the index lacks, with a bar; the caller holds `home.writing()`."""
    with bar("lập chỉ mục / indexing", "bài") as shown:
        return app.sync(lambda done, total: advance(shown, done, total))


@contextmanager
def bar(label: str, unit: str) -> Iterator[Any]:
    """A progress bar on stderr, with rate and remaining time, for `advance`."""
    from tqdm import tqdm

    # `delay`: nothing is drawn for work that ends within two seconds. In a log file, one line in ten seconds is enough.
    often = 0.1 if sys.stderr.isatty() else 10.0
    with tqdm(
        desc=label, unit=f" {unit}", delay=2, mininterval=often, file=sys.stderr, dynamic_ncols=True, leave=False
    ) as made:
        yield made


def advance(shown: Any, done: int, total: int | None, label: str = "") -> None:
    """Move a bar on. total: None where it is not known (yet). label: what is being read."""
    shown.total = total
    if label:
        shown.set_postfix_str(label[-40:], refresh=False)
    shown.update(done - shown.n)


def print_json(value: object) -> None:
    """A value on stdout, readable; moments in ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=lambda v: getattr(v, "isoformat", v.__str__)()))
