"""What the page needs of the archive: articles by id, and a glance at what is new.

    Library (protocol) -> Glance: count, latest moment, outlets, suggested questions

A glance is made again only when the archive has changed, so that a page view
costs one small query. This module knows nothing of HTML, gradio or the index.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.messages import Lang, say
from ingest.article import Article

SUGGESTED = 4
"""Questions offered to someone who has not asked anything yet."""
_LOOK_BACK = 60
"""Newest changes of the archive among which titles are looked for."""


class Changed(Protocol):
    """The newest change of one article."""

    @property
    def docid(self) -> str: ...
    @property
    def gone(self) -> bool: ...


class Library(Protocol):
    """The archive, as far as the web needs it (ingest.archive.Archive satisfies it)."""

    def get(self, docid: str, version: int | None = None) -> Article | None: ...
    def versions(self, docid: str) -> Sequence[Article]: ...
    def same_story(self, docid: str) -> Sequence[Article]: ...
    def stats(self) -> dict[str, Any]: ...
    def count(self) -> int: ...
    def change_number(self) -> int: ...
    def changes(self, since: int) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class Glance:
    """The archive in a few words. last: the newest publication; outlets: names, most articles first."""

    count: int
    last: datetime | None
    outlets: tuple[str, ...]
    questions: tuple[str, ...]


class Shelf:
    """Gives the current Glance; safe to ask from many threads."""

    def __init__(self, library: Library, lang: Lang = "vi") -> None:
        self._library = library
        self._lang: Lang = lang
        self._lock = threading.Lock()
        self._seen: tuple[int, Glance] | None = None

    def glance(self) -> Glance:
        number = self._library.change_number()
        with self._lock:
            if self._seen is None or self._seen[0] != number:
                self._seen = (number, self._look(number))
            return self._seen[1]

    def _look(self, number: int) -> Glance:
        stats = self._library.stats()
        fresh = [c.docid for c in self._library.changes(max(0, number - _LOOK_BACK)) if not c.gone]
        articles = [a for a in map(self._library.get, fresh) if a is not None]
        articles.sort(key=lambda a: a.published.timestamp() if a.published else 0.0, reverse=True)
        outlets = tuple(name for name in stats.get("outlets", {}) if name)
        last = stats.get("last_published")
        return Glance(
            int(stats.get("articles", 0)), last, outlets[:50], suggestions((a.title for a in articles), self._lang)
        )


_QUOTES = re.compile(r"[\"“”‘’«»']")
_BREAK = re.compile(r"\s*(?:[:;|!.…]|\s[-–—]\s|,)\s*")
_MADE_IN = ("ask_title", "ask_latest", "ask_news")


def suggestions(titles: Iterable[str], lang: Lang = "vi", wanted: int = SUGGESTED) -> tuple[str, ...]:
    """Questions made from headlines, newest first; a headline that asks is taken as it stands.

    Only the first clause of a headline is kept, and only if it is long enough to say something.

    >>> suggestions(["Cầu Sông Lam thông xe, rút ngắn 20 km đường đi", "Vì sao giá gạo tăng?"])
    ('Cầu Sông Lam thông xe: cụ thể ra sao?', 'Vì sao giá gạo tăng?')
    """
    made: list[str] = []
    for title in titles:
        question = _question(" ".join(title.split()), _MADE_IN[len(made) % len(_MADE_IN)], lang)
        if question and question not in made:
            made.append(question)
        if len(made) == wanted:
            break
    return tuple(made)


def _question(title: str, key: str, lang: Lang) -> str:
    if not 15 <= len(title) <= 200:
        return ""
    if title.endswith("?"):
        return title if len(title) <= 90 else ""
    topic = clause(title)
    return say(lang, key, title=topic) if topic else ""


def clause(title: str) -> str:
    """The first clause of a headline that says something by itself, without quotation marks; "" if there is none.

    >>> clause('Bão số 9: Thị trấn Hà Lam sơ tán 3.000 dân trong đêm')
    'Thị trấn Hà Lam sơ tán 3.000 dân trong đêm'
    """
    for part in _BREAK.split(_QUOTES.sub("", _keep_numbers(title))):
        part = part.replace("\x1f", ".").replace("\x1e", ",").strip()
        if 4 <= len(part.split()) <= 14 and len(part) <= 80:
            return part
    return ""


def _keep_numbers(title: str) -> str:
    """Points and commas inside numbers and after TP are no breaks between clauses."""
    title = re.sub(r"(?<=\d)\.(?=\d)|(?<=\bTP)\.", "\x1f", title)
    return re.sub(r"(?<=\d),(?=\d)", "\x1e", title)


def followups(asked: str, titles: Iterable[str], lang: Lang = "vi", wanted: int = 3) -> tuple[str, ...]:
    """Questions to ask next, made from the headlines of what was found but not cited.

    >>> followups("Cầu nào thông xe?", ["Lũ trên sông Lam đạt đỉnh trong đêm nay"])
    ('Lũ trên sông Lam đạt đỉnh trong đêm nay: thông tin chi tiết ra sao?',)
    """
    made: list[str] = []
    keys = ("follow_source", "follow_latest")
    for title in titles:
        question = _question(" ".join(title.split()), keys[len(made) % 2], lang)
        if question and question.casefold() != asked.strip().casefold() and question not in made:
            made.append(question)
        if len(made) == wanted:
            break
    return tuple(made)
