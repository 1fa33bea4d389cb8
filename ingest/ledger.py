"""What the archive remembers beside articles: inputs that were refused, and how each source was last read.

This module runs inside a transaction that ingest.archive opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.article import Rejection
from ingest.rows import iso, moment, printable, timestamp
from ingest.schema import Connection, rejections, sources


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between runs; counts are of its last run, error is "" when it went well.

    etag, last_modified: what its server gave, for asking "only if it changed". checked_at: None means now when saved.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    error: str = ""


def reject(connection: Connection, rejection: Rejection) -> None:
    """Keep a rejection; the same one again only moves its time, so that a nightly run does not pile them up."""
    row = {name: printable(getattr(rejection, name)) for name in ("source", "reason", "detail")}
    same = [rejections.c[name] == value for name, value in row.items()]
    if not connection.execute(rejections.update().where(*same).values(at=timestamp())).rowcount:
        connection.execute(rejections.insert(), {"at": timestamp(), **row})


def rejected(connection: Connection, limit: int) -> list[tuple[datetime, Rejection]]:
    """When and what, newest first."""
    newest = rejections.select().order_by(rejections.c.at.desc(), rejections.c.number.desc()).limit(limit)
    rows: list[Any] = list(connection.execute(newest))
    return [(datetime.fromisoformat(row.at), Rejection(row.source, row.reason, row.detail)) for row in rows]


def save_source_state(connection: Connection, source: SourceState) -> None:
    """Replace what is kept of source.url."""
    row = {name: getattr(source, name) for name in source.__slots__}
    row |= {"checked_at": iso(source.checked_at, "checked_at") or timestamp(), "error": printable(source.error)}
    if not connection.execute(sources.update().where(sources.c.url == source.url).values(row)).rowcount:
        connection.execute(sources.insert(), row)


def source_states(connection: Connection, url: str | None = None) -> list[SourceState]:
    """Every source, or the one at `url`, by URL."""
    wanted = sources.select().order_by(sources.c.url)
    if url is not None:
        wanted = wanted.where(sources.c.url == url)
    rows = connection.execute(wanted).mappings()
    return [SourceState(**{**row, "checked_at": moment(row["checked_at"])}) for row in rows]
