"""What the page needs of the archive: articles by id, and a glance at what is new.

    Library (protocol) -> Glance: count, latest moment, outlets, sections, suggested questions

A glance is made again only when the archive has changed, so that a page view
costs one small query. Questions are offered only after the archive was seen to
answer them; that takes asking, so after the first time it happens beside, and
the page shows the earlier ones meanwhile. This module knows nothing of HTML, gradio or the index.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.answer import Answer
from app.suggest import Suggested, holds, titled
from ingest.article import Article

log = logging.getLogger("hoitin.web")

SUGGESTED = 4
"""Questions offered to someone who has not asked anything yet."""
FROM_ONE_OUTLET = 2
_LOOK_BACK = 60
"""Newest changes of the archive among which headlines are looked for."""


class Changed(Protocol):
    """The newest change of one article."""

    @property
    def docid(self) -> str: ...
    @property
    def gone(self) -> bool: ...


class Library(Protocol):
    """The archive, as far as the web needs it (ingest.archive.Archive satisfies it)."""

    def get(self, docid: str, version: int | None = None) -> Article | None: ...
    def find(self, url: str) -> Article | None: ...
    def versions(self, docid: str) -> Sequence[Article]: ...
    def same_story(self, docid: str) -> Sequence[Article]: ...
    def stats(self) -> dict[str, Any]: ...
    def count(self) -> int: ...
    def change_number(self) -> int: ...
    def changes(self, since: int) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that the archive answers, and whose article it was made from."""

    question: str
    outlet: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """The archive in a few words. last: the newest publication; outlets, sections: names, most articles first."""

    count: int
    last: datetime | None
    outlets: tuple[str, ...]
    offers: tuple[Offer, ...]
    sections: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(offer.question for offer in self.offers)


class Shelf:
    """Gives the current Glance; safe to ask from many threads. ask: the archive's answer, to see that there is one."""

    def __init__(self, library: Library, ask: Callable[[str], Answer] | None = None) -> None:
        self._library = library
        self._ask = ask
        self._lock = threading.Lock()
        self._seen: tuple[int, Glance] | None = None
        self._renewing = False

    def glance(self) -> Glance:
        number = self._library.change_number()
        with self._lock:
            if self._seen is None or (self._seen[0] != number and self._ask is None):
                self._seen = (number, self._look(number))
            elif self._seen[0] != number:
                self._seen = (number, self._look(number, self._seen[1].offers))
                if not self._renewing:
                    self._renewing = True
                    threading.Thread(target=self._renew, daemon=True).start()
            return self._seen[1]

    def _renew(self) -> None:
        """Ask anew what is offered, again when the archive changed meanwhile; one thread at a time does."""
        while True:
            with self._lock:
                number = self._seen[0] if self._seen else 0
            try:
                glance: Glance | None = self._look(number)
            except Exception:  # the page goes on with what it offered before
                log.exception("no questions could be made from the newest articles")
                glance = None
            with self._lock:
                if glance is None or self._seen is None or self._seen[0] == number:
                    self._seen = (number, glance) if glance else self._seen
                    self._renewing = False
                    return

    def _look(self, number: int, offers: tuple[Offer, ...] | None = None) -> Glance:
        stats = self._library.stats()
        named = {name: tuple(n for n in stats.get(name, {}) if n)[:50] for name in ("outlets", "sections")}
        if offers is None:
            offers = self._offers(self._newest(number))
        last = stats.get("last_published")
        return Glance(int(stats.get("articles", 0)), last, named["outlets"], offers, named["sections"])

    def _newest(self, number: int) -> list[Article]:
        fresh = [c.docid for c in self._library.changes(max(0, number - _LOOK_BACK)) if not c.gone]
        articles = [a for a in map(self._library.get, dict.fromkeys(fresh)) if a is not None]
        return sorted(articles, key=lambda a: a.published.timestamp() if a.published else 0.0, reverse=True)

    def _offers(self, articles: Sequence[Article]) -> tuple[Offer, ...]:
        """Questions of the newest articles, one of each story, that the archive was seen to answer."""
        made: list[Offer] = []
        stories: set[str] = set()
        outlets: Counter[str] = Counter()
        for article in articles:
            if len(made) == SUGGESTED:
                break
            story = article.story or article.id
            if story in stories or outlets[article.outlet] >= FROM_ONE_OUTLET:
                continue
            found = next((s for s in titled(article) if self._answers(s, article)), None)
            if found is not None:
                stories.add(story)
                outlets[article.outlet] += 1
                made.append(Offer(found.question, article.outlet, article.published))
        return tuple(made)

    def _answers(self, suggested: Suggested, article: Article) -> bool:
        return self._ask is None or holds(suggested, self._ask(suggested.question), {article.id})
