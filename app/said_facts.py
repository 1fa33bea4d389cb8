"""Whether every number, date, time and name of a written sentence stands in what it cites.

In: the sentence read, the sentences that should prove it, and the passage around them. Out: the
first Fact that nothing there says, with its kind. Saying less is allowed ("tháng 3/2021" for
"8/3/2021"), saying more is not. This module knows nothing of who did what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from app.fact import Fact
from app.meanings import meanings
from app.same_fact import same
from app.same_name import stands_in
from app.statement import Statement
from app.units import PEOPLE, UNITS
from index.vietnamese import canonical, pairs, tokens

NEAR_DAYS = 200
"""A day without a year lies within these days of the article's publication."""


@dataclass(frozen=True)
class Around:
    """What surrounds the proving sentences: their passage with its title, and when it was published.

    text: everything in which a name may stand. attribution: outlet and date, which may be named as such.
    """

    text: str
    published: datetime | None = None
    outlet: str = ""


def unsaid(claim: Statement, evidence: Sequence[Statement], around: Sequence[Around]) -> str:
    """The kind of the first fact of `claim` that the evidence does not hold, or "" when it holds them all."""
    held = [fact for statement in evidence for fact in statement.facts]
    published = [a.published for a in around]
    for fact in claim.facts:
        if fact.kind in ("name", "place"):
            if not _named(fact, claim, held, around):
                return "place" if fact.kind == "place" else "name"
        elif fact.kind == "date":
            if not any(dated_alike(fact, other, published) for other in held if other.kind == "date"):
                return "date"
        elif fact.kind == "number":
            if not _counted(fact, claim, evidence) and not _unsaid_one(fact, claim, evidence):
                return "number"
        elif not any(same(fact, other) == "equal" for other in held):
            return fact.kind
    return _stray(claim, evidence, around)


def _counted(fact: Fact, claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a number is said by the evidence, for the same time or head ("mỗi giờ") if it is said for one."""
    rate = _rate(claim, fact)
    if _literally(claim, fact, evidence) or _is_rate(claim, fact, evidence):
        return True
    for source in evidence:
        for other in source.facts:
            if other.kind != "number" or not counted_alike(fact, other, evidence):
                continue
            if _is_whole(source, other) and not _is_whole(claim, fact) and not _part_said(claim, fact, source, other):
                continue  # "9 trong 17 đoàn tàu" does not say that there were 17
            follows = source.syllables(other)
            if not rate or rate in source.forms[follows[-1] + 1 : follows[-1] + 6]:
                return True
    return False


def _unsaid_one(fact: Fact, claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a "một" only says that there is such a thing, where the source counts no more of them."""
    if fact.text.lower() != "một":
        return False
    held = [f for s in evidence for f in s.facts if f.kind == "number" and isinstance(f.value, Decimal)]
    noun = set(tokens(fact.unit)) or set(claim.forms[claim.syllables(fact)[-1] + 1 :][:1])
    return not any(f.value != 1 and noun & set(tokens(f.unit)) for f in held)


def _literally(claim: Statement, fact: Fact, evidence: Sequence[Statement]) -> bool:
    """Whether the number stands there digit by digit after the same word ("lần thứ 12", "9 trong 17" for "9/17")."""
    held = claim.syllables(fact)
    forms = claim.forms[held[0] : held[-1] + 1] if held else ()
    if len(forms) == 2 and all(f.isdecimal() for f in forms) and "/" in fact.text:
        ways = [(forms[0], "trong", *between, forms[1]) for between in ((), ("số",), ("tổng", "số"), ("tổng",))]
        return any(_runs(source, way) for source in evidence for way in ways)
    if fact.value == Decimal("0.5") and any(_runs(s, ("nửa", forms[-1])) for s in evidence):
        return True
    if fact.unit == "giờ" and any(f.value == f"{fact.value:0>2}:00" for s in evidence for f in s.facts):
        return True
    if fact.unit == "lần" and any(_nth(source, fact) or _fold(source, fact) for source in evidence):
        return True
    if len(forms) != 1 or not held[0] or not forms[0][0].isdigit():
        return False
    before = claim.forms[held[0] - 1]
    return before in ("lần", "số", "khóa", "kỳ", "vòng") and any(
        _runs(source, (before, *between, forms[0])) for source in evidence for between in ((), ("thứ",))
    )


_TIMES = {
    "đôi": 2,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "rưỡi": 1.5,
}


def _fold(source: Statement, fact: Fact) -> bool:
    """ "gấp 3 lần năm 2023" for "gấp ba năm 2023"."""
    return any(a == "gấp" and _TIMES.get(b) == fact.value for a, b in pairwise(source.forms))


def _nth(source: Statement, fact: Fact) -> bool:
    """ "ba lần giảm" for "lần giảm thứ ba"."""
    for other in source.facts:
        held = source.syllables(other)
        if other.unit == "thứ" and other.value == fact.value and "lần" in source.forms[max(0, held[0] - 4) : held[0]]:
            return True
    return False


def _runs(source: Statement, way: tuple[str, ...]) -> bool:
    return any(source.forms[p : p + len(way)] == way for p in range(len(source.forms)))


def _is_whole(statement: Statement, fact: Fact) -> bool:
    """Whether a number is the whole of which another is a part: the 17 of "9 trong 17"."""
    held = statement.syllables(fact)
    at = held[0] - 1 if held else -1
    while at > 0 and statement.forms[at] in ("số", "tổng"):
        at -= 1
    return at > 0 and statement.forms[at] in ("trong", "trên") and statement.forms[at - 1][0].isdigit()


def _part_said(claim: Statement, fact: Fact, source: Statement, whole: Fact) -> bool:
    at = source.syllables(whole)[0]
    part = next(f for f in reversed(source.forms[:at]) if f[0].isdigit())
    return part in claim.forms


def _rate(claim: Statement, fact: Fact) -> str:
    """ "giờ" for "60.000 m3 mỗi giờ", "tuần" for "ba chuyến một tuần"; "" for an amount that stands alone."""
    held = claim.syllables(fact)
    if not held:
        return ""
    after = claim.forms[held[-1] + 1 : held[-1] + 5]
    between = claim.text[fact.end : claim.spans[held[-1] + 1][0]] if after else ""
    if "/" in between:
        return after[0]
    for at, (each, thing) in enumerate(pairwise(after)):
        if claim.clause[held[-1] + 1 + at] != claim.clause[held[-1]]:
            break
        if each == "mỗi" or (each in ("một", "hằng", "hàng") and thing in _PER):
            return thing
    return ""


def _is_rate(claim: Statement, fact: Fact, evidence: Sequence[Statement]) -> bool:
    """Whether a "một tuần" only says for how long another amount is, as "mỗi tuần" does in the evidence."""
    unit = fact.unit.split()[-1:] if fact.value == 1 and fact.text.lower().startswith("một") else []
    return bool(unit) and any(_runs(s, (each, unit[0])) for s in evidence for each in ("mỗi", "hằng", "hàng", "một"))


_PER = frozenset("giây phút giờ tiếng ngày đêm tuần tháng quí năm người hộ em ha m2 km kg lít tấn lần học".split())


def counted_alike(fact: Fact, other: Fact, evidence: Sequence[Statement]) -> bool:
    """Whether two numbers are the same amount of the same thing; a score may be told from either side."""
    if fact.unit == other.unit == "tỷ số":
        return {fact.value, fact.high} == {other.value, other.high}
    verdict = same(fact, other)
    if verdict == "equal":
        unbound = fact.bound and not other.bound and fact.value == other.value and fact.bound != "khoảng"
        return not unbound or any(_bounded(source, other, fact.bound) for source in evidence)
    if (
        verdict == "differ"
        or not isinstance(fact.value, Decimal)
        or fact.value != other.value
        or fact.high != other.high
    ):
        return False
    if fact.unit in UNITS or other.unit in UNITS or {"thứ", "tỷ số"} & {fact.unit, other.unit}:
        return False
    return _same_noun(fact.unit, other.unit, evidence)


_BOUNDS = {
    "hơn": ("vượt", "hơn", "trên", "quá", "ngoài"),
    "gần": ("gần", "xấp", "ngót", "soát"),
    "tối đa": ("đa", "quá"),
    "ít nhất": ("thiểu", "nhất", "dưới"),
}


def _bounded(source: Statement, fact: Fact, bound: str) -> bool:
    """Whether a word before the number says the bound in another way: "vượt 900.000" for "hơn 900.000"."""
    held = source.syllables(fact) if fact in source.facts else range(0)
    return bool(held) and any(f in _BOUNDS.get(bound, ()) for f in source.forms[max(0, held[0] - 2) : held[0]])


def _same_noun(noun: str, other: str, evidence: Sequence[Statement]) -> bool:
    """Two nouns that are counted: one of them unsaid, synonyms, both people, or one built on the other."""
    classifiers = meanings().kinds["classifiers"]
    x, y = (tuple(t for t in tokens(n) if (t,) not in classifiers) for n in (noun, other))
    if not x or not y or set(x) <= set(y) or set(y) <= set(x) or x in meanings().same(y):
        return True
    if noun in PEOPLE and other in PEOPLE:
        return any(statement.says(meanings().same(x)) for statement in evidence) or "người" in (noun, other)
    table = meanings()
    return any((a,) in table.same((b,)) or table.same(x) & table.same((b,)) for a in x for b in y)


def dated_alike(fact: Fact, other: Fact, published: Sequence[datetime | None]) -> bool:
    """Whether a date is said by another that names at least the same parts."""
    if same(fact, other) != "equal":
        return False
    if not isinstance(fact.value, tuple) or not isinstance(other.value, tuple):
        return True
    year, month, day = fact.value
    if (month and not other.value[1] and not other.unit.startswith("quý")) or (day and not other.value[2]):
        return False
    if fact.unit.startswith("quý") and not (other.unit == fact.unit or other.value[1]):
        return False
    if year and not other.value[0]:
        return any(when and _near(fact.value, when.date()) for when in published)
    return not (fact.bound and not other.bound and fact.unit == other.unit)


def _near(value: tuple[int | None, int | None, int | None], published: date) -> bool:
    year, month, day = value
    if year is None:
        return False
    if month is None:
        return year == published.year
    return abs((date(year, month, min(day or 15, 28)) - published).days) <= NEAR_DAYS


_WORD = re.compile(r"[^\W_]+")


def _named(fact: Fact, claim: Statement, held: Sequence[Fact], around: Sequence[Around]) -> bool:
    """Whether a name stands in the passages, as it is, as the short form of a longer one, or piece by piece."""
    texts = [a.text for a in around]
    words = _WORD.findall(canonical(fact.text))
    if len(words) > 1 and any(stands_in(fact, text) for text in texts):
        return True
    if len(words) == 1 and any(_stands_capital(words[0], text) for text in texts):
        return True
    if fact.start == 0 and any(stands_in(fact, text) for text in texts):
        return True  # the first word of a sentence has a capital whatever it is
    for other in held:
        if other.kind in ("name", "place") and same(fact, other) == "equal":
            longer = len(_WORD.findall(canonical(other.text)))
            if longer >= len(words) or fact.unit == "organisation":
                return True
    return any(_in_pieces(words, text) for text in texts)


def _stands_capital(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", canonical(text)) is not None


def _in_pieces(words: Sequence[str], text: str) -> bool:
    """Whether a run of capitals is several names of the text side by side: "Lam Giang Phan Trọng Khải"."""
    lowered = " ".join(tokens(text))
    at, size = 0, len(words)
    while at < size:
        width = next(
            (
                w
                for w in range(size - at, 1, -1)
                if f" {' '.join(tokens(' '.join(words[at : at + w])))} " in f" {lowered} "
            ),
            0,
        )
        if not width:
            return False
        at += width
    return size > 1


def _stray(claim: Statement, evidence: Sequence[Statement], around: Sequence[Around]) -> str:
    """A capital or a digit that belongs to no fact must be in the passages all the same."""
    spelled = [tokens(a.text) for a in around]
    known = {token for held in spelled for token in held}
    joined = {pair for held in spelled for pair in pairs(held)}
    for place, form in enumerate(claim.forms):
        if claim.fact[place] >= 0:
            continue
        if any(c.isdigit() for c in form) and not any(form in s.forms for s in evidence):
            return "number"
        if claim.capital[place] and place and form not in known:
            return "name"
        small = place + 1 < len(claim.forms) and claim.content[place + 1] and not claim.capital[place + 1]
        alone = claim.capital[place] and place and small and not claim.text[claim.spans[place][0] + 1].isupper()
        if alone and "_".join(claim.phrase(place, 2)) not in joined:  # "Tỉnh ủy" where the source has a "Huyện ủy"
            return "name"
    return ""
