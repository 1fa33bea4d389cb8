"""The commands that look at what is archived: `hoitin status`, `hoitin show`, and `hoitin withdraw`.

In: parsed words. Out: lines for a person or JSON, and an exit code. This module counts nothing
itself: figures come from the archive and the index.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.console import opened, print_json, sync_index
from app.differences import differences
from app.export import article_json
from app.wiring import App
from ingest.archive import WITHDRAWN
from ingest.article import Article
from ingest.errors import HoitinError, UsageError

SHOWN_NAMES = 12
"""Outlets, sections or reasons named in one line of `hoitin status`; --json names all."""

SHOWN_SOURCES = 40


def status(arguments: argparse.Namespace) -> int:
    """What the archive and the index hold, how each source was last read, and what was refused."""
    with opened() as app:
        found: dict[str, Any] = app.archive.stats()
        manifest = app.stores.catalogue.manifest()
        found["index"] = {
            "passages": app.stores.catalogue.count(),
            "model": manifest.model if manifest else None,
            "dimension": manifest.dimension if manifest else None,
            "digest": app.stores.catalogue.digest(),
            "behind": app.archive.change_number() - app.stores.catalogue.synced(),
        }
        found["home"] = str(app.home.path)
        refused = app.archive.rejections(arguments.rejected) if arguments.rejected is not None else []
    if arguments.rejected is not None:
        found["rejected"] = [
            {"at": at, "source": r.source, "reason": r.reason, "detail": r.detail} for at, r in refused
        ]
    if arguments.json:
        print_json(found)
    else:
        print("\n".join(_status_lines(found)))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """One article as it is archived, by id or address; with --diff, what changed in its last version."""
    with opened() as app:
        article = _found(app, arguments.article)
        if arguments.version is not None:
            article = _version(app, article, arguments.version)
        gone, others = app.archive.gone(article.id), app.archive.same_story(article.id)
        kept = app.archive.versions(article.id)
    before = next((v for v in kept if v.version == article.version - 1), None)
    if arguments.json:
        versions = [
            {"version": v.version, "updated": v.updated, "published": v.published, "digest": v.digest} for v in kept
        ]
        same = [{"id": a.id, "outlet": a.outlet, "title": a.title} for a in others]
        print_json(article_json(article) | {"gone": gone or None, "versions": versions, "same_story": same})
        return 0
    print("\n".join(_facts(article, len(kept), gone, others)))
    if arguments.diff:
        print(f"\nChanges from version {article.version - 1}:" if before else "\nIt is the first version.")
        print("\n\n".join(_diff(before, article)) if before else "")
    else:
        print("\n" + article.text)
    return 0


def withdraw(arguments: argparse.Namespace) -> int:
    """Take an article out of answers and exports because its newsroom withdrew it, or with --undo put it back."""
    with opened() as app, app.home.writing():
        article = _found(app, arguments.article)
        if arguments.undo:
            app.archive.mark_back(article.id)
        else:
            app.archive.mark_gone(article.id, f"{WITHDRAWN}: {arguments.reason}")
        if app.stores.catalogue.manifest() is not None:  # there is an index that may hold it
            sync_index(app)
    done = "is back" if arguments.undo else "is marked withdrawn; its versions are kept"
    print(f"{article.id} {done}: {article.title}")
    return 0


def _found(app: App, name: str) -> Article:
    try:
        found = app.archive.get(name) or app.archive.find(name)
    except ValueError:  # what no database could hold
        found = None
    if found is None:
        raise HoitinError(
            f"{name!r}: no such article, wanted the id or the address of an archived one. "
            "Mend: hoitin export | grep <words of its title>"
        )
    return found


def _version(app: App, article: Article, number: int) -> Article:
    found = app.archive.get(article.id, number)
    if found is None:
        last = len(app.archive.versions(article.id))
        raise UsageError(
            f"--version {number}: {article.id} has the versions 1 to {last}. Mend: hoitin show {article.id} --version 1"
        )
    return found


# ---- printing


def _status_lines(found: Mapping[str, Any]) -> Iterator[str]:
    several = f", {found['stories']} stories told by several outlets" if found["stories"] else ""
    index = found["index"]
    yield f"home         {found['home']}"
    yield (
        f"articles     {found['articles']:,} ({found['undated']:,} undated), {found['versions']:,} versions, "
        f"{found['gone']:,} gone{several}"
    )
    yield f"published    {_time(found['first_published'])} to {_time(found['last_published'])}"
    yield f"last change  {_time(found['last_change'])}, number {found['change_number']}"
    for name in ("languages", "outlets", "sections"):
        yield f"{name:<12} {_names(found[name])}"
    yield f"index        {index['passages']:,} passages, {index['behind']} changes behind, model {index['model']}"
    yield f"rejections   {found['rejections']:,}{': ' if found['rejections'] else ''}{_names(found['rejection_reasons'])}"
    sources = found["sources"]
    if sources:
        yield ""
        yield f"{'articles':>8}  {'last read':<16}  {'new':>4} {'corrected':>9} {'unchanged':>9} {'rejected':>8}  source"
        yield from map(_source_line, sources[:SHOWN_SOURCES])
        if len(sources) > SHOWN_SOURCES:
            yield f"… and {len(sources) - SHOWN_SOURCES} more (hoitin status --json lists all)"
    if "rejected" in found:
        yield ""
        yield from (f"{_time(r['at'])}  {r['source']}: {r['reason']}: {r['detail']}" for r in found["rejected"])


def _source_line(source: Mapping[str, Any]) -> str:
    counts = [source.get(name, "") for name in ("accepted", "updated", "unchanged", "rejected")]
    new, corrected, unchanged, rejected = counts
    failed = f"  failed: {source['error']}" if source.get("error") else ""
    when = _time(source["checked_at"]) if "checked_at" in source else ""
    return (
        f"{source['articles']:>8,}  {when:<16}  {new:>4} {corrected:>9} {unchanged:>9} {rejected:>8}  "
        f"{source['source']}{failed}"
    )


def _names(counts: Mapping[str, int]) -> str:
    listed = [f"{name or '(none)'} {count:,}" for name, count in list(counts.items())[:SHOWN_NAMES]]
    return ", ".join([*listed, *([f"… {len(counts) - SHOWN_NAMES} more"] if len(counts) > SHOWN_NAMES else [])])


def _time(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else "–"


def _facts(article: Article, versions: int, gone: str, others: list[Article]) -> Iterator[str]:
    yield article.title
    yield f"id         {article.id} (version {article.version} of {versions})"
    for name, value in (
        ("url", article.url),
        ("outlet", ", ".join(filter(None, (article.outlet, article.section)))),
        ("byline", ", ".join(article.byline)),
        ("published", _time(article.published)),
        ("updated", _time(article.updated) if article.updated else ""),
        ("language", article.lang),
        ("gone", gone),
        ("captions", " | ".join(article.captions)),
        ("same story", "; ".join(f"{a.outlet or '?'} ({a.id})" for a in others)),
    ):
        if value:
            yield f"{name:<10} {value}"


def _diff(before: Article, after: Article) -> Iterator[str]:
    """The paragraphs that changed: [-what went-] {+what came+}."""
    shown = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    for pieces in differences((before.title, *before.paragraphs), (after.title, *after.paragraphs)):
        if any(what != "same" for what, _ in pieces):
            yield "".join(shown[what].format(words) for what, words in pieces)
