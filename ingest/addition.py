"""What becomes of an article offered to the archive: a new one, a new version, nothing new, or a duplicate.

    names -> known? -> same text | a text known from earlier | an earlier text | the next version

This module runs inside a transaction that ingest.archive opened, and decides; the tables
are ingest.schema's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ingest.article import Outcome
from ingest.rows import Unstorable, host_in, json_list, timestamp, url_name
from ingest.schema import (
    ADD_ALIAS,
    ADD_ARTICLE,
    ADD_VERSION,
    CURRENT,
    KNOWN_NAMES,
    KNOWN_TEXT,
    LAST_VERSION,
    NEXT_CHANGE,
    Connection,
    articles,
    queue,
    versions,
)
from ingest.sites import same_site

_FILLED = ("url", "outlet", "section", "published", "updated", "lang")
"""What a later reading of the same text may add, where the first had nothing."""

_KEPT = ("url", "outlet", "section", "published", "lang")
"""What another text of an article takes over where it says nothing, and always when it came under another name."""


class Added(NamedTuple):
    """What became of an article: under which docid it is known, and which of its versions is current now."""

    outcome: Outcome
    docid: str
    version: int


def add(connection: Connection, row: dict[str, Any], names: Sequence[str], story: str) -> Added:
    """Write what is new of an article.

    row: of ingest.rows.to_row, with its source. names: of ingest.rows.names_of. story: for a new article.
    Raises Unstorable if the id is taken by an article of another site.
    """
    queue(connection)
    known: dict[str, str] = dict(KNOWN_NAMES(connection, a=names[0], b=names[-1]))
    if not known:
        _add_new(connection, row, names, story)
        return Added("accepted", row["docid"], 1)

    docid = known.get(names[0]) or next(iter(known.values()))
    under_other_name = docid != row["docid"]
    for name in names:
        if name not in known:
            ADD_ALIAS(connection, key=name, docid=docid)
    [current] = connection.execute(CURRENT, {"docid": docid})
    nothing_new = Added("duplicate" if under_other_name else "unchanged", docid, current.version)
    if row["digest"] == current.digest:
        _fill(connection, current, row)
        return nothing_new

    _refuse_a_stranger(row, names, current.url)
    row = {**row, "docid": docid}
    for name in _KEPT:
        first = getattr(current, name)
        row[name] = (first or row[name]) if under_other_name else (row[name] or first)
    if _announces(row) and not _announces(current._mapping):
        return nothing_new  # a feed's summary of a page is no correction of it, however it is dated
    dated_later = (row["updated"] or "") > (current.updated or current.published or "")
    seen_before = connection.execute(KNOWN_TEXT, {"docid": docid, "digest": row["digest"]}).first() is not None
    if not dated_later and (seen_before or under_other_name):
        return nothing_new

    [(last,)] = connection.execute(LAST_VERSION, {"docid": docid})
    ADD_VERSION(connection, **row, version=last + 1, seen_at=timestamp())
    dated = row["updated"] or row["published"]
    if dated and current.updated and dated < current.updated:
        return nothing_new  # an earlier text that arrives late: kept, not made current
    touch(connection, docid, version=last + 1, digest=row["digest"])
    return Added("updated", docid, last + 1)


def touch(connection: Connection, docid: str, **values: Any) -> None:
    """Give an article its next change number, with whatever else changes in it."""
    values |= {"change": _next_change(connection), "changed_at": timestamp()}
    connection.execute(articles.update().where(articles.c.docid == docid).values(**values))


def _add_new(connection: Connection, row: dict[str, Any], names: Sequence[str], story: str) -> None:
    now = timestamp()
    ADD_ARTICLE(
        connection,
        docid=row["docid"],
        version=1,
        digest=row["digest"],
        change=_next_change(connection),
        changed_at=now,
        story=story,
        gone=None,
    )
    ADD_VERSION(connection, **row, version=1, seen_at=now)
    for name in names:
        ADD_ALIAS(connection, key=name, docid=row["docid"])


def _next_change(connection: Connection) -> int:
    [(number,)] = NEXT_CHANGE(connection)
    return int(number)


def _fill(connection: Connection, current: Any, row: dict[str, Any]) -> None:
    missing = {name: row[name] for name in _FILLED if row[name] and not getattr(current, name)}
    if missing:
        here = (versions.c.docid == current.docid) & (versions.c.version == current.version)
        connection.execute(versions.update().where(here).values(**missing))
        touch(connection, current.docid)


def _announces(row: Any) -> bool:
    """Whether a text is only its sapo, as in a feed."""
    return bool(row["paragraphs"] == json_list([row["summary"]]))


def _refuse_a_stranger(row: dict[str, Any], names: Sequence[str], known_url: str) -> None:
    """Two collections may number their articles alike: another text at another site is no correction."""
    known = url_name(known_url)
    if known and len(names) > 1 and not same_site(host_in(known), host_in(names[1])):
        raise Unstorable(
            "id_taken",
            f"id {row['docid']!r}: already the article at {known_url}, wanted an id of its own for {row['url']}",
        )
