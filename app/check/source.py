"""An article as evidence: its sentences, found cheaply by the words they share with a claim, read only when needed.

In: a text with title and date. Out: Lines, each a sentence with its Statement and its offsets in
the text. Reading a sentence costs milliseconds, so that a Source keeps what it has read.
This module compares nothing.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.statement import Statement, read_statement
from index.split import clip, sentences
from index.vietnamese import pairs, tokens

PAIR = 0.7
"""Weight of two neighbouring syllables met together, beside 1 for each alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: `text[start:end]` of its source. number: its place among them, from 0."""

    statement: Statement
    start: int
    end: int
    number: int


class Source:
    """One article, or a text that was given. Safe to share between threads.

    docid, version: "" and 1 for a text that was given.
    """

    def __init__(
        self, text: str, *, title: str = "", published: datetime | None = None, docid: str = "", outlet: str = ""
    ) -> None:
        self.text = text
        self.title_text = title
        self.published = published
        self.docid = docid
        self.outlet = outlet
        self.spans = clip(text, sentences(text))
        self._lines: dict[int, Line] = {}
        self._lock = threading.Lock()

    @cached_property
    def title(self) -> Statement:
        return read_statement(self.title_text, published=self.published)

    @cached_property
    def terms(self) -> list[frozenset[str]]:
        """The syllables and pairs of each sentence."""
        held = [tokens(self.text[a:b]) for a, b in self.spans]
        return [frozenset([*h, *pairs(h)]) for h in held]

    @cached_property
    def title_terms(self) -> frozenset[str]:
        held = tokens(self.title_text)
        return frozenset([*held, *pairs(held)])

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """The syllables and pairs of the whole text and its title."""
        return self.title_terms.union(*self.terms)

    def line(self, number: int) -> Line:
        with self._lock:
            if number not in self._lines:
                start, end = self.spans[number]
                statement = read_statement(self.text[start:end], published=self.published)
                self._lines[number] = Line(statement, start, end, number)
            return self._lines[number]

    def likely(self, weights: Mapping[str, float], most: int) -> list[tuple[int, float]]:
        """The sentences that hold most of the weighted terms, best first, with the weight held; ties in reading order.

        Terms that tell the sentences of this text apart count for more.
        """
        rare = {t: w * self._rarity(t) for t, w in weights.items() if t in self.all_terms}
        scores = [(n, sum(w for t, w in rare.items() if t in held)) for n, held in enumerate(self.terms)]
        scores.sort(key=lambda s: (-s[1], s[0]))
        return [(n, score) for n, score in scores[:most] if score > 0]

    def _rarity(self, term: str) -> float:
        """How much a term tells the sentences of this text apart."""
        held = sum(term in terms for terms in self.terms)
        return math.log1p(len(self.terms) / held) if held else 0.0


def terms_of(statement: Statement) -> dict[str, float]:
    """What to look for: syllables that claim something or belong to facts, and their pairs, with weights."""
    found: dict[str, float] = {}
    forms = statement.forms
    for place, form in enumerate(forms):
        tells = statement.content[place] or statement.fact[place] >= 0
        found[form] = max(found.get(form, 0.0), 1.0 if tells else 0.15)
        if place + 1 < len(forms):
            beside = statement.content[place + 1] or statement.fact[place + 1] >= 0
            found[f"{form}_{forms[place + 1]}"] = PAIR if tells and beside else 0.2
    return found
