"""What a question brings along that an article does not know: a name, one of several by its number, an amount.

In: a question, and title and text of the article that would answer it. Out: the first thing in the question that the article
does not hold in any spelling, "" when it holds all. "Bắc Sa đóng cửa trường học ở Mũi Gió từ ngày nào?" is no question to
an article that never speaks of Bắc Sa, however well the rest fits; nor is one after a grant of 5 tỷ đồng to an article
that knows one of 2 tỷ. Common words are left alone: they may be said otherwise. This module knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.fact import Fact
from app.facts import find_facts
from app.name_words import AT_HOME, FAMILY_NAMES, ORG_HEADS, PLACE_HEADS, PLACES
from app.same_name import spelled
from app.units import UNITS, measures
from index.vietnamese import fold, tokens

TOLERANCE = Decimal("0.03")
"""Of an amount, against the article's: people round."""

BEHIND = 6
"""Words at most between a kind of thing and a name in "các cầu Sương Mai, Bến Sương và Đá Vàng"."""

_SPANS = ("time", "months", "times")
"""Dimensions of how long and how often, which an article may tell by its dates."""

_NUMBERED = re.compile(r"([^\W\d]+) số (\d+)(?!\w)")
"""One of several: "bão số 3", "tuyến số 5"."""

_THINGS = frozenset(
    "sân bay quốc tế, cảng hàng không, cảng hàng không quốc tế, sân bay, cầu, chợ, hồ, sông, núi, đèo, suối, đảo, vịnh, hầm, ga, nhà ga, bến xe, cảng, "
    "cao tốc, khu công nghiệp, khu đô thị, công viên, sân vận động, thủy điện, cửa khẩu, bãi biển, khu kinh tế".split(
        ", "
    )
)
"""Kinds of places that bear the name of another: an article about the town says nothing of its bridge."""

_CODE = re.compile(r"(?=.*[A-ZĐ\d])[A-ZĐ\d.&-]{1,6}")
"""An abbreviation, or a number of a road: an article may write it out."""


def stranger(question: str, article: str) -> str:
    """The first name or amount of a question that an article does not hold; "" when there is none.

    >>> stranger("Bắc Sa đóng cửa trường học ở Mũi Gió từ ngày nào?", "Tỉnh Lam Giang đóng cửa trường học ở Mũi Gió.")
    'Bắc Sa'
    >>> stranger("Ông Tòng nhận học bổng 5 tỷ đồng năm nào?", "Lê Bá Tòng nhận học bổng 2 tỷ đồng năm 2021.")
    '5 tỷ đồng'
    >>> stranger("UBND xã Đồi Quế thu bao nhiêu?", "Ủy ban nhân dân xã Đồi Quế thu 2 tỷ đồng.")
    ''
    """
    facts = find_facts(question)
    named = [f for f in facts if f.kind in ("name", "place")]
    text = _Text(article) if named else None
    for fact in named:
        if text is not None and not _known(fact, text):
            return fact.text
    for match in _NUMBERED.finditer(question):
        text = text or _Text(article)
        if not text.holds(["số", match[2]]) and not text.holds([match[1].lower(), match[2]]):
            return match.group()
    # "Một" is left out: "giá bao nhiêu một lít" takes no litre for granted.
    amounts = [f for f in facts if f.kind == "number" and f.value != 1 and measures(f.unit) not in ("", *_SPANS)]
    if amounts:
        told = [f for f in find_facts(article) if f.kind == "number"]
        for fact in amounts:
            if not any(_as_much(fact, other) for other in told):
                return fact.text
    return ""


class _Text:
    """An article as its words, abbreviations written out: with diacritics, without, and those with a capital."""

    def __init__(self, article: str) -> None:
        words = spelled(article)
        self.spaced = f" {' '.join(words)} "
        self.folded = fold(self.spaced)
        capital = [word for word in article.split() if not word.islower()]
        self.capital = frozenset(fold(t) for word in capital for t in (*tokens(word), *spelled(word)))

    def near(self, kind: str, words: Sequence[str]) -> bool:
        """Whether a name stands a few words behind the kind of thing it names, or behind its first or last word."""
        heads = "|".join(
            re.escape(fold(way)) for way in {kind, kind.split()[0], kind.split()[-1], *kind.split(" quốc tế")[:1]}
        )
        name = re.escape(fold(" ".join(words)))
        return re.search(rf" (?:{heads}) (?:[^ ]+ ){{0,{BEHIND}}}{name} ", self.folded) is not None

    def holds(self, words: Sequence[str]) -> bool:
        if len(words) == 1 and fold(words[0]) not in self.capital:
            return False  # "Pháp" is not told of by "phương pháp"
        said = f" {' '.join(words)} "
        return said in self.spaced or fold(said) in self.folded


def _known(fact: Fact, text: _Text) -> bool:
    """Whether an article speaks of whom or what a name means, by any of its shorter forms."""
    written = str(fact.value)
    if fact.kind == "place" and fact.unit in _THINGS and not written.lower().startswith(fact.unit):
        return text.near(fact.unit, spelled(written))  # "Cần Thơ" is not told of as "cầu Cần Thơ"
    if not fact.start and len(fact.text.split()) == 1 and fact.text.lower() not in PLACES:
        return True  # the first word of a question has a capital anyway
    if written.lower() in AT_HOME or all(_CODE.fullmatch(word) for word in fact.text.split()):
        return True
    words = [w for w in spelled(fact.text) if w not in ("và", "của")]
    short = [*spelled(written)]
    if any(text.holds(way) for way in (words, short)):
        return True
    return any(text.holds(part) or _by_part(fact, part, text) for part in _cores(short))


def _by_part(fact: Fact, words: Sequence[str], text: _Text) -> bool:
    """A person by the given name, a foreigner by any, a long name by most of it."""
    if fact.kind == "name" and fact.unit != "organisation":
        native = words[0] in FAMILY_NAMES
        said = words[-1:] if native else words
        if any(fold(word) in text.capital for word in said) and (len(words) > 1):
            return True
    return any(text.holds(words[at : at + 3]) for at in range(len(words) - 2)) or (
        len(words) > 2 and text.holds(words[-2:])
    )


def _cores(words: Sequence[str]) -> Iterator[list[str]]:
    """A name without what only says what kind of thing it is."""
    yield list(words)
    for heads in (ORG_HEADS, PLACE_HEADS):
        for width in (4, 3, 2, 1):
            if len(words) > width and " ".join(words[:width]) in heads:
                yield list(words[width:])
                break


def _as_much(fact: Fact, other: Fact) -> bool:
    """Whether an amount of the article is that of the question; one without its unit may be."""
    if not isinstance(fact.value, Decimal):
        return True
    ours, theirs = UNITS.get(fact.unit), UNITS.get(other.unit)
    if other.unit and theirs is None:
        return False  # "230 hộ"
    for value in (other.value, other.high):
        if not isinstance(value, Decimal):
            continue
        a, b = fact.value, value
        if ours is not None and theirs is not None:
            if ours.dimension != theirs.dimension:
                continue
            a, b = a * ours.factor, b * theirs.factor
        if abs(a - b) <= TOLERANCE * max(abs(a), abs(b)):
            return True
    return False
