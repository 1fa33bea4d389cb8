"""What the archive holds, counted: the figures of a status page, and one digest of it all.

This module runs inside a transaction that ingest.archive opened.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from ingest import ledger
from ingest.rows import moment
from ingest.schema import Connection, articles, func, rejections, select, state, versions


def stats(connection: Connection) -> dict[str, Any]:
    """Counts of the articles that are not gone, of what is kept beside them, and of every source."""
    here = versions.join(articles, (articles.c.docid == versions.c.docid) & articles.c.gone.is_(None))
    current = versions.c.version == articles.c.version
    now = select(versions, articles.c.story).select_from(here).where(current).subquery()

    def tally(column: Any) -> dict[str, int]:
        counted = connection.execute(select(column, func.count()).group_by(column))
        pairs = [(str(name), int(n)) for name, n in counted]
        return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    def one(what: Any) -> Any:
        return connection.execute(what).scalar()

    told_by_several = select(now.c.story).where(now.c.story != "").group_by(now.c.story).having(func.count() > 1)
    return {
        "articles": one(select(func.count()).select_from(now)),
        "undated": one(select(func.count()).select_from(now).where(now.c.published.is_(None))),
        "gone": one(select(func.count()).select_from(articles).where(articles.c.gone.is_not(None))),
        "versions": one(select(func.count()).select_from(versions)),
        "stories": one(select(func.count()).select_from(told_by_several.subquery())),
        "rejections": one(select(func.count()).select_from(rejections)),
        "rejection_reasons": tally(rejections.c.reason),
        "languages": tally(now.c.lang),
        "outlets": tally(now.c.outlet),
        "sections": tally(now.c.section),
        "first_published": moment(one(select(func.min(now.c.published)))),
        "last_published": moment(one(select(func.max(now.c.published)))),
        "last_change": moment(one(select(func.max(articles.c.changed_at)))),
        "change_number": one(select(state.c.value).where(state.c.name == "change")),
        "sources": _sources(connection, tally(now.c.source)),
    }


def lately(connection: Connection, days: int) -> dict[str, Any]:
    """days: articles published in the last `days` days that have any, as {day: {outlet: count}}, earliest first;
    corrections: the articles that got another text last, at most 50, newest first."""
    here = versions.join(articles, (articles.c.docid == versions.c.docid) & (articles.c.version == versions.c.version))
    day = func.substr(versions.c.published, 1, 10)
    present = select(day, versions.c.outlet, func.count()).select_from(here).where(articles.c.gone.is_(None))
    last = connection.execute(select(func.max(day)).select_from(here).where(articles.c.gone.is_(None))).scalar()
    by_day: dict[str, dict[str, int]] = {}
    if last:
        first = (date.fromisoformat(last) - timedelta(days=days - 1)).isoformat()
        for when, outlet, count in connection.execute(present.where(day >= first).group_by(day, versions.c.outlet)):
            by_day.setdefault(when, {})[outlet] = int(count)
    corrected = (
        select(articles.c.docid, versions.c.version, versions.c.title, versions.c.outlet, versions.c.seen_at)
        .select_from(here)
        .where(articles.c.version > 1, articles.c.gone.is_(None))
        .order_by(versions.c.seen_at.desc(), articles.c.docid)
        .limit(50)
    )
    found = [
        {"docid": r.docid, "version": r.version, "title": r.title, "outlet": r.outlet, "seen": moment(r.seen_at)}
        for r in connection.execute(corrected)
    ]
    return {"days": dict(sorted(by_day.items())), "corrections": found}


def outlets(connection: Connection) -> list[str]:
    """Outlets by name, those with most articles first."""
    here = versions.join(articles, (articles.c.docid == versions.c.docid) & (articles.c.version == versions.c.version))
    named = select(versions.c.outlet).select_from(here).where(articles.c.gone.is_(None), versions.c.outlet != "")
    rows = connection.execute(named.group_by(versions.c.outlet).order_by(func.count().desc(), versions.c.outlet))
    return [str(name) for (name,) in rows]


def _sources(connection: Connection, articles_of: dict[str, int]) -> list[dict[str, Any]]:
    """Every source: how many of the present texts came from it, and for a web address how it was last read."""
    known = {s.url: s for s in ledger.source_states(connection)}
    names = [*known, *(name for name in articles_of if name and name not in known)]
    found = []
    for name in names:
        state = known.get(name)
        last = {field: getattr(state, field) for field in _LAST} if state else {}
        found.append({"source": name, "articles": articles_of.get(name, 0), **last})
    return found


_LAST = ("checked_at", "accepted", "updated", "unchanged", "rejected", "error")


def digest(connection: Connection) -> str:
    """sha256 (hex) over the id, number and digest of every version, and which is current or gone."""
    rows = select(versions.c.docid, versions.c.version, versions.c.digest, articles.c.version.label("now"))
    rows = rows.add_columns(articles.c.gone).join(articles, articles.c.docid == versions.c.docid)
    made = hashlib.sha256()
    for row in connection.execute(rows.order_by(versions.c.docid, versions.c.version)):
        mark = "gone" if row.gone is not None else "current" if row.now == row.version else ""
        made.update(f"{row.docid}\x1f{row.version}\x1f{row.digest}\x1f{mark}\x1e".encode())
    return made.hexdigest()
