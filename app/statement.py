"""One sentence read for comparison: its words, facts, clauses, and what in it is denied or only planned.

    sentence -> syllables -> facts (app/facts.py) -> clauses -> words that claim something -> denied, uncertain

Every list of a Statement has one entry a syllable, so that checks speak of places. This
module compares nothing.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby

from app.fact import Fact
from app.facts import find_facts
from app.meanings import UNCERTAIN, Meanings, Phrase, meanings
from index.vietnamese import plain_i, syllable_spans

_BREAKS = frozenset(',;:()–—“”"!?…')
_QUIET = ("function", "light", "reporting", "alleged")
_FAR = ("alleged", "ordered")
"""Kinds of uncertainty that reach the sentence's end."""

SCOPE = 6
"""Claiming syllables that "không" or "dự kiến" reaches at most; verbs that deny reach the sentence's end."""


@dataclass(frozen=True)
class Statement:
    """A sentence. Lists are per syllable.

    fact: number of the fact it belongs to in `facts`, or -1. clause: number of its clause, from 0.
    content: whether it claims something beside the facts. denied: whether a word or verb of denial reaches it.
    uncertain: the kinds of uncertainty that reach it ("planned", "asked" …).
    heads: places where a scope begins, by kind ("denied" too): the first claiming syllable after the word.
    """

    text: str
    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    capital: tuple[bool, ...]
    facts: tuple[Fact, ...]
    fact: tuple[int, ...]
    clause: tuple[int, ...]
    content: tuple[bool, ...]
    denied: tuple[bool, ...]
    uncertain: tuple[frozenset[str], ...]
    scopes: tuple[Scope, ...]
    places: dict[Phrase, tuple[int, ...]] = field(repr=False)

    @cached_property
    def units(self) -> tuple[tuple[int, int], ...]:
        """Place and width of each claiming word: the longest known phrase, else one syllable. Facts are left out."""
        return tuple(self._units())

    @cached_property
    def words(self) -> Mapping[Phrase, tuple[int, ...]]:
        """The places of each claiming word."""
        found: dict[Phrase, list[int]] = {}
        for at, width in self.units:
            found.setdefault(self.phrase(at, width), []).append(at)
        return {word: tuple(places) for word, places in found.items()}

    def _units(self) -> Iterator[tuple[int, int]]:
        table, at = meanings(), 0
        while at < len(self.forms):
            width = table.at(self.forms, at)
            if any(n >= 0 for n in self.fact[at : at + width]):
                width = 0
            width = width or 1
            if self.fact[at] < 0 and any(self.content[at : at + width]):
                yield at, width
            at += width

    def phrase(self, at: int, width: int) -> Phrase:
        return self.forms[at : at + width]

    def says(self, ways: frozenset[Phrase]) -> list[tuple[int, int]]:
        """Place and width of every phrase among `ways` that stands in the sentence."""
        return sorted((at, len(way)) for way in ways & self.places.keys() for at in self.places[way])

    def syllables(self, fact: Fact) -> range:
        """The places of a fact's syllables."""
        starts, ends = self._edges
        return range(bisect_right(ends, fact.start), bisect_left(starts, fact.end))

    @cached_property
    def _edges(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return tuple(a for a, _ in self.spans), tuple(b for _, b in self.spans)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a word denies or makes uncertain. word: its place; reach: the claiming syllables it reaches, nearest first."""

    kind: str
    word: int
    reach: tuple[int, ...]
    whole: bool = False


def read_statement(sentence: str, *, published: datetime | None = None, given: Collection[str] = ()) -> Statement:
    """Read a sentence; never raises.

    given: last syllables of persons' names known from around it, lower case: "Châu" may open a sentence.

    >>> s = read_statement("Hải Sa chưa mở cầu, dự kiến mở năm 2027.")
    >>> [s.forms[p] for p, no in enumerate(s.denied) if no], [s.forms[p] for p, u in enumerate(s.uncertain) if u]
    (['mở', 'cầu'], ['mở'])
    """
    text = unicodedata.normalize("NFC", sentence)
    table = meanings()
    found = list(syllable_spans(text))
    spans = tuple((a, b) for a, b, _ in found)
    forms = tuple(plain_i(token) for _, _, token in found)
    capital = tuple(text[a].isupper() for a, _ in spans)
    facts = tuple(f for f in find_facts(text, published=published) if f.kind != "quote")
    facts = (*facts, *_given_names(text, spans, forms, capital, facts, given))
    facts = tuple(sorted(facts, key=lambda f: f.start))
    fact = _owners(facts, spans)
    clause = _clauses(text, spans, forms, fact, table)
    content = _content(forms, facts, fact, table)
    scopes = tuple(_scopes(forms, clause, content, fact, table))
    denied = [False] * len(forms)
    uncertain: list[frozenset[str]] = [frozenset()] * len(forms)
    for scope in scopes:
        for place in scope.reach:
            if scope.kind == "denied":
                denied[place] = True
            else:
                uncertain[place] |= {scope.kind}
    return Statement(
        text, forms, spans, capital, facts, fact, clause, content, tuple(denied), tuple(uncertain), scopes,
        _places(forms, facts, fact, table),
    )  # fmt: skip


def _given_names(
    text: str,
    spans: tuple[tuple[int, int], ...],
    forms: tuple[str, ...],
    capital: tuple[bool, ...],
    facts: tuple[Fact, ...],
    given: Collection[str],
) -> Iterator[Fact]:
    for form, (start, end), large in zip(forms, spans, capital, strict=True):
        if large and form in given and not any(f.start < end and f.end > start for f in facts):
            yield Fact("name", start, end, text[start:end], text[start:end], "person")


def _owners(facts: tuple[Fact, ...], spans: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    owner = [-1] * len(spans)
    for number, found in enumerate(facts):
        for place, (a, b) in enumerate(spans):
            if a < found.end and b > found.start:
                owner[place] = number
    return tuple(owner)


def _clauses(
    text: str, spans: tuple[tuple[int, int], ...], forms: tuple[str, ...], fact: tuple[int, ...], table: Meanings
) -> tuple[int, ...]:
    """Numbers of clauses: a new one after a comma, at "nhưng" or "để", and where "và" brings a verb of its own."""
    numbers: list[int] = []
    current, last = 0, 0
    begun = 0
    for place, (start, end) in enumerate(spans):
        between = text[last:start]
        inside = place > 0 and fact[place] >= 0 and fact[place] == fact[place - 1]
        opens = any(c in _BREAKS for c in between) or " - " in between
        joint = table.at(forms, place, "joints") and fact[place] < 0
        if joint and place and table.at(forms, place - 1, "instead") > 1:
            joint = 0  # the "vì" of "thay vì"
        told = place > 1 and _told(forms, place, table)
        joined = place + 1 < len(forms) and forms[place] == "và" and table.at(forms, place + 1, "after_and")
        if place > begun and not inside and (opens or joint or joined or told):
            current += 1
            begun = place
        numbers.append(current)
        last = end
    return tuple(numbers)


def _told(forms: tuple[str, ...], place: int, table: Meanings) -> bool:
    """Whether "cho biết" or the like ends right before a place."""
    return any(forms[place - width : place] in table.kinds["saying"] for width in (2, 1))


def _content(
    forms: tuple[str, ...], facts: tuple[Fact, ...], fact: tuple[int, ...], table: Meanings
) -> tuple[bool, ...]:
    content = [True] * len(forms)
    at = 0
    while at < len(forms):
        width = 0 if fact[at] >= 0 else table.at(forms, at, *_QUIET)
        if table.at(forms, at) > width:  # "còn lại", "trước khi": a known word is more than its first syllable
            at += table.at(forms, at)
            continue
        for place in range(at, at + width):
            content[place] = False
        at += width or 1
    return tuple(c and fact[p] < 0 for p, c in enumerate(content))


def _places(
    forms: tuple[str, ...], facts: tuple[Fact, ...], fact: tuple[int, ...], table: Meanings
) -> dict[Phrase, tuple[int, ...]]:
    """Every phrase of the table that stands anywhere, with its places; not inside names."""
    found: dict[Phrase, list[int]] = {}
    named = [n >= 0 and facts[n].kind in ("name", "place") for n in fact]
    for at in range(len(forms)):
        if named[at]:
            continue
        for width in range(1, min(table.longest, len(forms) - at) + 1):
            if named[at + width - 1]:
                break
            phrase = forms[at : at + width]
            if phrase in table.phrases:
                found.setdefault(phrase, []).append(at)
    return {phrase: tuple(places) for phrase, places in found.items()}


_CAUSES = frozenset("khiến làm giúp cho để".split())
_WHOM = frozenset("bạn người ta họ ai chúng tôi em mình ông bà anh chị nó cho trở".split())
"""What "không" passes over to what does not come about: "không giúp bạn thành tỉ phú"."""

_GOODS = frozenset("ngân khách cửa mặt nhà bán đơn giao nhập xuất mua chở".split())
"""Before "hàng không" they show that no flying is meant: "ngân hàng không giảm lãi suất"."""


def _scopes(
    forms: tuple[str, ...], clause: tuple[int, ...], content: tuple[bool, ...], fact: tuple[int, ...], table: Meanings
) -> Iterator[Scope]:
    at, denying = 0, -9
    while at < len(forms):
        skip = table.at(forms, at, "no_denial")
        if skip and forms[at] == "hàng" and at and forms[at - 1] in _GOODS:
            skip = 0
        if skip or fact[at] >= 0:
            at += skip or 1
            continue
        known = table.at(forms, at)
        denier, negator = table.at(forms, at, "deniers"), table.at(forms, at, "negators")
        if denier or negator:
            width = max(denier, negator)
            whole = denier >= negator
            if whole and at - denying <= 2:  # "không phủ nhận": it is so
                denying = -9
                at += width
                continue
            reach = _reach(_caused(forms, at + width, clause), clause, content, whole=whole)
            # a verb of denial after a negation takes that negation back
            follows = table.at(forms, at + width, "deniers") if not whole else 0
            if reach and not follows:
                yield Scope("denied", at, reach, whole)
            denying = at if not whole else -9
            at += width
            continue
        width = 0
        for kind in UNCERTAIN if table.at(forms, at, *UNCERTAIN) else ():
            width = table.at(forms, at, kind)
            if width and width >= known:
                reach = _reach(at + width, clause, content, whole=kind in _FAR)
                # each thing that is ordered has a scope of its own: "giao giám đốc hai việc: sửa cầu, gỡ mặt bằng"
                for _, places in groupby(reach, key=lambda p: clause[p] if kind == "ordered" else 0):
                    yield Scope(kind, at, tuple(places), kind in _FAR)
                break
            width = 0
        at += width or max(known, 1)


def _caused(forms: tuple[str, ...], at: int, clause: tuple[int, ...]) -> int:
    """Where what is denied begins: behind "khiến bạn", unless nothing follows in its clause."""
    if forms[at : at + 1] == () or forms[at] not in _CAUSES:
        return at
    start = at + 1
    while start < len(forms) and forms[start] in _WHOM:
        start += 1
    return start if start < len(forms) and clause[start] == clause[at] else at


def _reach(at: int, clause: tuple[int, ...], content: tuple[bool, ...], *, whole: bool) -> tuple[int, ...]:
    found: list[int] = []
    for place in range(at, len(clause)):
        if not whole and (clause[place] != clause[at] or len(found) == SCOPE):
            break
        if content[place]:
            found.append(place)
    return tuple(found)
