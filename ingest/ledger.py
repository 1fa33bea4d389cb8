"""What the archive remembers beside articles: what was refused, how sources and pages were last read, what came before.

This module runs inside a transaction that ingest.archive opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.addition import Added
from ingest.article import Outcome, Rejection
from ingest.rows import iso, moment, printable, timestamp
from ingest.schema import (
    ADD_INPUT,
    DROP_INPUT,
    DROP_INPUTS,
    KNOWN_INPUTS,
    REPEATED,
    Connection,
    pages,
    rejections,
    sources,
)

MAX_INPUTS = 8
"""Inputs remembered of one article: a nightly dump that differs in its time of export must not fill the disk."""


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


@dataclass(frozen=True, slots=True)
class PageState:
    """What is remembered of an article page between visits. gone: it was not there, and its article is marked gone.

    etag, last_modified: what its server gave, for asking "only if it changed". checked_at: None means now when saved.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None
    gone: bool = False


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


def save_page_state(connection: Connection, page: PageState) -> None:
    """Replace what is kept of page.url."""
    row = {name: getattr(page, name) for name in page.__slots__}
    row["checked_at"] = iso(page.checked_at, "checked_at") or timestamp()
    if not connection.execute(pages.update().where(pages.c.url == page.url).values(row)).rowcount:
        connection.execute(pages.insert(), row)


def page_state(connection: Connection, url: str) -> PageState | None:
    """What is kept of the page at `url`."""
    row = connection.execute(pages.select().where(pages.c.url == url)).mappings().one_or_none()
    return PageState(**{**row, "checked_at": moment(row["checked_at"])}) if row else None


def remember(connection: Connection, key: bytes, given_id: str, added: Added) -> None:
    """Keep what an input came to, so that the same bytes need not be read again while that still holds.

    given_id: the docid that the input itself gives; where it is another, the input was a duplicate.
    """
    if added.outcome != "accepted":
        connection.execute(DROP_INPUT, {"of": key})
        if connection.execute(KNOWN_INPUTS, {"of": added.docid}).scalar_one() >= MAX_INPUTS:
            connection.execute(DROP_INPUTS, {"of": added.docid})
    ADD_INPUT(connection, key=key, docid=added.docid, version=added.version, duplicate=given_id != added.docid)


def repeated(connection: Connection, key: bytes) -> Outcome | None:
    """What an input would come to that was read before; None if it must be read, as its article has changed since."""
    rows = REPEATED(connection, key=key)
    return ("duplicate" if rows[0][0] else "unchanged") if rows else None
