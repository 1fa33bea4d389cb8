"""What is told, but of another: another country, another round, the price of another thing, the opposite event.

In: a question, and the sentence that would answer it, mostly with what stands around it. Out: whether the sentence tells
of another than is asked. "Vé bán kết giá 200.000 đồng" is no answer to what a ticket for the final costs, though each of its
words fits. Names and amounts that the whole article lacks: app/strangers.py. This module knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.facts import find_facts
from app.meanings import meanings
from app.name_words import AT_HOME, PLACES
from app.span_names import COUNTRIES
from index.vietnamese import canonical, tokens

EVENTS = frozenset("thắng thua tăng giảm lãi lỗ lùi sớm".split()) | {"đóng cửa", "mở cửa", "lợi nhuận"}
"""Turns of events, each of which a sentence tells in its own words or by its opposite."""

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
    told = lands(sentence)
    if not any(ours and said and not ours & said for ours, said in zip(asked, told, strict=True)):
        return False  # what stands around is read only where it decides
    return any(
        ours and said and not ours & (said | near) for ours, said, near in zip(asked, told, lands(around), strict=True)
    )


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


def _holds(spaced: str, phrase: Sequence[str]) -> bool:
    return f" {' '.join(phrase)} " in spaced
