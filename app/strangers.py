"""What a question brings along that an article does not know: a name, an amount, a turn of events.

In: a question, and title and text of the article that would answer it. Out: the first thing in the question that the article
does not hold in any spelling, "" when it holds all. "Bắc Sa đóng cửa trường học ở Mũi Gió từ ngày nào?" is no question to
an article that never speaks of Bắc Sa, however well the rest fits; nor is one after a grant of 5 tỷ đồng to an article
that knows one of 2 tỷ. Common words are left alone: they may be said otherwise. This module knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from app.fact import Fact
from app.facts import find_facts
from app.meanings import meanings
from app.name_words import FAMILY_NAMES, ORG_HEADS, PLACE_HEADS, PLACES
from app.same_name import spelled
from app.span_names import COUNTRIES
from app.units import UNITS, measures
from index.vietnamese import canonical, fold, tokens

AT_HOME = frozenset(["việt nam", "việt", "vn"])
"""What news from here does not say of itself."""

TOLERANCE = Decimal("0.03")
"""Of an amount, against the article's: people round."""

BEHIND = 6
"""Words at most between a kind of thing and a name in "các cầu Sương Mai, Bến Sương và Đá Vàng"."""

_SPANS = ("time", "months", "times")
"""Dimensions of how long and how often, which an article may tell by its dates."""

EVENTS = frozenset("thắng thua tăng giảm lãi lỗ lùi sớm".split()) | {"đóng cửa", "mở cửa", "lợi nhuận"}
"""Turns of events, each of which a sentence tells in its own words or by its opposite."""

_NUMBERED = re.compile(r"([^\W\d]+) số (\d+)(?!\w)")
"""One of several: "bão số 3", "tuyến số 5"."""

STAGES = (
    frozenset(["vòng loại", "vòng bảng", "vòng sơ loại", "tứ kết", "bán kết", "chung kết"]),
    frozenset(["lượt đi", "lượt về"]),
)
"""Rounds: what is told of one is not told of another."""

GOODS = frozenset(
    "vàng, bạc, xăng, dầu, gas, than, điện, nước, gạo, lúa, ngô, sắn, thịt, heo, lợn, gà, bò, vịt, trứng, sữa, đường, muối, tôm, cá, cà phê, tiêu, "
    "điều, cao su, thép, xi măng, cát, phân bón, vải, sầu riêng, thanh long, usd, đô la, euro, nhân dân tệ, bitcoin".split(
        ", "
    )
)
"""What is sold by weight or piece and quoted every day: another name of it is hardly used."""

_PRICED = re.compile(
    rf"(?<!\w)(?<!trả )giá (?:bán lẻ |bán |mua |một |mỗi |bình quân |trung bình )*({'|'.join(sorted(GOODS, key=len, reverse=True))})(?!\w)"
)

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


def turned_round(question: str, sentence: str) -> bool:
    """Whether a sentence about what is asked tells the opposite of an event in the question, and not the event.

    >>> turned_round("Vì sao Cá Chuồn thua Lúa Vàng ở vòng 18?", "Cá Chuồn thắng Lúa Vàng 3-1 ở vòng 18.")
    True
    >>> turned_round("Vì sao Cá Chuồn thua Lúa Vàng?", "Cá Chuồn thua Lúa Vàng, đội đã thắng ba trận.")
    False
    """
    table = meanings()
    ours, theirs = (f" {' '.join(tokens(text))} " for text in (question, sentence))
    for event in EVENTS:
        phrase = tuple(event.split())
        if not _holds(ours, phrase) or any(_holds(theirs, way) for way in table.same(phrase)):
            continue
        if any(_holds(theirs, way) and not _holds(ours, way) for way in table.opposite(phrase)):
            return True
    return any(
        _holds(theirs, (*way, *of)) and not _holds(theirs, (*event.split(), *of))
        for event in EVENTS
        for of in _objects(ours, event)
        for way in table.opposite(tuple(event.split()))
    )


def _objects(spaced: str, event: str) -> Iterator[list[str]]:
    """The two words behind an event: what it is done to, for "giảm đau" and "tăng huyết áp" do not meet."""
    for part in spaced.split(f" {event} ")[1:]:
        of = part.split()[:2]
        if len(of) == 2:
            yield of


class Lands(NamedTuple):
    """The countries (without Vietnam) and the provinces that a text names; false when it names none."""

    countries: frozenset[str]
    provinces: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.countries or self.provinces)


def other_land(asked: Lands, sentence: str, around: str) -> bool:
    """Whether a sentence speaks of another country or province than the question, which its surroundings do not name either.

    asked: the lands of the question. around: title and neighbours of the sentence.

    >>> canada = lands("Canada có bao nhiêu sinh viên quốc tế?")
    >>> other_land(canada, "Mỹ có 915.000 sinh viên quốc tế.", "Du học ở đâu?")
    True
    >>> other_land(canada, "Mỹ có 915.000 sinh viên quốc tế.", "Du học Mỹ và Canada")
    False
    """
    for ours, told, near in zip(asked, lands(sentence), lands(around), strict=True):
        if ours and told - ours and not ours & (told | near):
            return True
    return False


_ALSO = {"hoa kỳ": "mỹ", "nhật": "nhật bản", "italia": "ý", "italy": "ý", "czech": "séc", "vương quốc anh": "anh"}


def lands(text: str) -> Lands:
    """The countries and provinces of a text by one name each.

    >>> [sorted(names) for names in lands("Sinh viên Hoa Kỳ sang Việt Nam, rồi về Cần Thơ.")]
    [['mỹ'], ['cần thơ']]
    """
    named = {str(fact.value).lower() for fact in find_facts(text) if fact.kind == "place"}
    named = {_ALSO.get(name, name) for name in named} - AT_HOME
    return Lands(frozenset(named & COUNTRIES), frozenset(named & (PLACES - COUNTRIES)))


def other_stage(question: str, text: str) -> bool:
    """Whether a text (a sentence with its title) speaks of another round than the question, and not of that one.

    >>> other_stage("Giá vé trận chung kết là bao nhiêu?", "Vé trận bán kết giá 200.000 đồng.")
    True
    >>> other_stage("Giá vé trận chung kết là bao nhiêu?", "Vé bán kết 200.000 đồng, vé chung kết 500.000 đồng.")
    False
    """
    ours, theirs = (f" {' '.join(tokens(t))} " for t in (question, text))
    for stages in STAGES:
        asked = [stage for stage in stages if f" {stage} " in ours]
        told = [stage for stage in stages if f" {stage} " in theirs]
        if asked and told and not set(asked) & set(told):
            return True
    return False


def other_price(question: str, text: str, around: str) -> bool:
    """Whether a text tells the price of something else: it does not name the thing whose price is asked.

    text: the sentence; around: its title and neighbours, in which "giá" and the thing must stand together.

    >>> other_price("Giá vàng hôm nay bao nhiêu?", "Cổ phiếu có thị giá 14.500 đồng.", "Khu đất vàng đổi chủ")
    True
    >>> other_price("Giá gạo hôm nay bao nhiêu?", "Mỗi kg gạo tẻ bán 15.000 đồng.", ""), other_price("Giá trị bao nhiêu?", "", "")
    (False, False)
    """
    match = _PRICED.search(canonical(question).lower())
    if match is None:
        return False
    told, near = (f" {' '.join(tokens(part))} " for part in (text, around))
    thing = " ".join(tokens(match.group(1)))
    return f" {thing} " not in told and f" giá {thing} " not in near


def _holds(spaced: str, phrase: Sequence[str]) -> bool:
    return f" {' '.join(phrase)} " in spaced


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
