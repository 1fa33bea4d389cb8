"""The sentences of the archive that a claim is compared with.

    claim (+ names carried over) -> hybrid search -> articles -> likely sentences of each -> matches by article

Articles that earlier claims of the same draft rest on are looked at as well: a draft tells one story.
What was read of an article is kept for the next claims, nothing of a draft is. This module judges nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from app.check.compare import Match, match
from app.check.draft import Said
from app.check.source import Source, terms_of
from app.check.subject import Carried
from app.dates_relative import find_relative
from app.letters import letters
from app.statement import Statement, read_statement
from index.passage import Query
from index.search import Searcher
from index.vietnamese import tokens
from ingest.archive import Archive
from ingest.article import Article

PASSAGES = 10
"""Hits of a claim."""

ARTICLES = 5
"""Of them, articles read."""

SENTENCES = 10
"""Sentences compared with a claim, of all articles together; at most FROM_ONE of one."""

FROM_ONE = 4

KEPT = 200
"""Articles kept read."""


class Shelf:
    """Articles read for comparison, the last KEPT of them. Safe to share between threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._held: OrderedDict[str, tuple[Article, Source]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, docid: str, version: int | None = None) -> tuple[Article, Source] | None:
        """The article's current version; None when it is not there (any more). version: the current one, if known."""
        with self._lock:
            held = self._held.get(docid)
            if held is not None and version in (None, held[0].version):
                self._held.move_to_end(docid)
                return held
        article = self._archive.get(docid)
        if article is None or self._archive.gone(docid):
            return None
        made = (
            article,
            Source(
                article.text, title=article.title, published=article.published, docid=article.id, outlet=article.outlet
            ),
        )
        with self._lock:
            self._held[docid] = made
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return made


class Reader:
    """A claim read as it stands, or anew for an article whose date "năm nay" must be counted from."""

    def __init__(self, said: Said, now: datetime | None) -> None:
        self.said = said
        text = self.text = said.text
        self.statement = read_statement(text, published=now)
        self._floats = now is None and bool(find_relative(letters(text), datetime.now().date()))

    def beside(self, source: Source) -> Statement:
        """The claim as it reads on the day of a source, unless the draft's own day is known."""
        if self._floats and source.published is not None:
            return read_statement(self.text, published=source.published)
        return self.statement


def gather(
    reader: Reader, carried: Carried, searcher: Searcher, shelf: Shelf, favoured: Sequence[str] = ()
) -> list[tuple[Article, list[Match]]]:
    """Matches of a claim, by article, the article found first ahead. favoured: docids that earlier claims rest on."""
    names = [f for f in reader.statement.facts if f.kind in ("name", "place")]
    wants = carried.names if len(names) < 2 or carried.pronoun else ()
    query = reader.text if not wants else f"{reader.text} {' '.join(wants[:3])}"
    hits = searcher.search(Query(query, PASSAGES))
    docids = dict.fromkeys((*(h.passage.docid for h in hits[:3]), *favoured[:2], *(h.passage.docid for h in hits)))
    versions = {h.passage.docid: h.passage.version for h in hits}
    taken: list[tuple[Article, Source]] = []
    for docid in docids:
        held = shelf.take(docid, versions.get(docid))
        if held is not None and (not wants or names or _speaks_of(held[1], wants)):
            taken.append(held)
        if len(taken) == ARTICLES:
            break
    return compare_with(reader, taken)


def _speaks_of(source: Source, names: Sequence[str]) -> bool:
    """Whether an article holds one of the names that a claim without names of its own is about."""
    return any(set(tokens(name)) <= source.all_terms for name in names)


def compare_with(reader: Reader, taken: Sequence[tuple[Article, Source]]) -> list[tuple[Article, list[Match]]]:
    """Matches of a claim with the likely sentences of these articles."""
    weights = terms_of(reader.statement)
    lines: list[tuple[float, int, int]] = []
    for n, (_, source) in enumerate(taken):
        scored = source.likely(weights, FROM_ONE)
        lines += [(score, n, number) for number, score in scored]
    lines.sort(key=lambda line: (-line[0], line[1], line[2]))
    chosen: dict[int, list[int]] = {}
    for _, n, number in lines[:SENTENCES]:
        chosen.setdefault(n, []).append(number)
    found = []
    for n in sorted(chosen):
        article, source = taken[n]
        claim = reader.beside(source)
        found.append((article, [match(claim, source, number, chosen[n][:2]) for number in chosen[n]]))
    return found
