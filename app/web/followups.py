"""What to ask next: questions of the very articles that answered, each seen to be answered itself.

    cited articles (or the nearest ones) -> their questions -> not yet said, not yet asked -> asked of the archive -> those that hold

Asking costs, so what held is remembered, and when many ask at once an answer goes without follow-ups rather than
wait. This module knows nothing of HTML or gradio.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Protocol

from app.answer import Answerer, Question, Turn
from app.suggest import ANY_TIME, ANYTHING, Suggested, holds, questions, titled
from app.web.exchange import Exchange
from index.vietnamese import fold
from ingest.article import Article

WANTED = 3
TRIED = 8
"""Questions asked of the archive for one answer at most: each takes some tens of milliseconds."""
REMEMBERED = 5_000
_PATIENCE_S = 0.2


class Shelves(Protocol):
    """The archive, as far as follow-ups need it."""

    def get(self, docid: str, version: int | None = None) -> Article | None: ...
    def same_story(self, docid: str) -> Sequence[Article]: ...


class Followups:
    """Finds what can be asked after an answer; safe to share between threads."""

    def __init__(self, archive: Shelves, quotation: Answerer) -> None:
        self._archive = archive
        self._quotation = quotation
        self._held: OrderedDict[tuple[str, str, str], bool] = OrderedDict()
        self._lock = threading.Lock()
        self._one = threading.Semaphore(1)

    def after(self, exchange: Exchange, history: Sequence[Turn]) -> tuple[str, ...]:
        """Up to three questions; fewer, or none, when no more is known to be answered."""
        before = (t.content for t in history if t.role == "assistant")
        said = " ".join([exchange.text, exchange.short, *(s.quote for s in exchange.sources), *before])
        asked = {fold(t.content) for t in history if t.role == "user"} | {fold(exchange.question)}
        turns = (*history, Turn("user", exchange.question), Turn("assistant", exchange.text))
        made: dict[str, str] = {}
        tried = 0
        for article, suggested in self._candidates(exchange):
            told = "/" in exchange.short if suggested.fact == ANY_TIME else suggested.fact in said
            fact = suggested.question if suggested.fact in (ANY_TIME, ANYTHING) else suggested.fact
            if told or fold(suggested.question) in asked or fact in made:
                continue
            if tried == TRIED or len(made) == WANTED:
                break
            held = self._holds(article, suggested, turns)
            if held is None:
                break
            tried += 1
            if held:
                made[fact] = suggested.question
        return tuple(made.values())

    def _candidates(self, exchange: Exchange) -> Iterator[tuple[Article, Suggested]]:
        """Of the cited articles one after the other; of the nearest, when none is cited, in turn by their headlines."""
        near = [(s.docid, s.version) for s in exchange.sources or exchange.nearest]
        articles = [a for a in (self._archive.get(d, v) for d, v in dict.fromkeys(near)) if a is not None]
        if exchange.sources:
            return ((a, s) for a in articles for s in questions(a))
        # Nothing was answered, so a question must be clear without what was asked before it.
        lists = [[(a, s) for s in titled(a)] for a in articles]
        return (pair for row in zip_longest(*lists) for pair in row if pair is not None)

    def _holds(self, article: Article, suggested: Suggested, turns: tuple[Turn, ...]) -> bool | None:
        """Whether the archive gives the fact when it is asked in this conversation; None when it is too busy to tell."""
        key = (f"{article.id}#{article.version}", suggested.question, turns[-2].content)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        if not self._one.acquire(timeout=_PATIENCE_S):
            return None
        try:
            told = {article.id, *(a.id for a in self._archive.same_story(article.id))}
            held = holds(suggested, self._quotation.answer(Question(suggested.question, history=turns)), told)
        finally:
            self._one.release()
        with self._lock:
            self._held[key] = held
            if len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        return held
