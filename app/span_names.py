"""Names that answer "ai", "ở đâu", "… nào" and "tên gì": people, places, bodies, titles in quotation marks.

In: a question read and a sentence. Out: Spans, the name whole. This module knows nothing of numbers and clauses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.asked import Asked, Wanted
from app.fact import Fact
from app.facts import find_facts
from app.name_words import PLACES, TITLES
from app.span import Span, fresh, new_name
from index.vietnamese import canonical, tokens

COUNTRIES = frozenset(
    name
    for part in (
        """
        việt nam, trung quốc, mỹ, hoa kỳ, anh, pháp, đức, nga, nhật bản, nhật, hàn quốc, triều tiên, ấn độ, úc, australia
        canada, italy, italia, ý, tây ban nha, bồ đào nha, hà lan, bỉ, thụy sĩ, thụy điển, na uy, phần lan, đan mạch, áo
        ba lan, séc, czech, hungary, ukraine, belarus, hy lạp, thổ nhĩ kỳ, ai cập, nam phi, nigeria, kenya, brazil
        argentina, chile, mexico, cuba, peru, colombia, venezuela, thái lan, lào, campuchia, myanmar, malaysia, singapore
        indonesia, philippines, brunei, đông timor, đài loan, mông cổ, pakistan, bangladesh, sri lanka, nepal, iran, iraq
        syria, israel, palestine, jordan, lebanon, ả rập xê út, saudi arabia, uae, qatar, kuwait, yemen, afghanistan
        kazakhstan, new zealand, ireland, scotland, iceland, romania, bulgaria, serbia, croatia, vương quốc anh, hồng kông
        """,
    )
    for name in (word.strip() for line in part.splitlines() for word in line.split(","))
    if name
)
_PROVINCES = frozenset(PLACES) - COUNTRIES

LONGEST_NAME = 8
"""Words of a name in quotation marks at most."""

_WIDE = frozenset(
    "châu á, châu âu, châu phi, châu mỹ, châu úc, nam mỹ, bắc mỹ, đông nam á, đông á, trung đông".split(", ")
)
_SMALL = frozenset(
    "thành phố, tỉnh, tỉnh thành, quận, huyện, xã, phường, thị xã, thị trấn, bang, làng, thôn, đường, phố".split(", ")
)
"""What lies in a country, and what holds several."""

_HOME_BEFORE = re.compile(
    r"(?<!\w)(?:quê(?: quán| gốc)?|nguyên quán|trú|ngụ|thường trú|tạm trú)(?: ở| tại)?:?\s+$", re.IGNORECASE
)
_ASKS_HOME = frozenset(["quê", "quán", "trú", "ngụ", "sống", "sinh", "gốc", "người"])
NOT_HOME = 0.3
"""What is left of the fit of where somebody comes from or lives, when that is not asked for."""

_NAMED_BEFORE = re.compile(r"(?<!\w)(?:tên(?: gọi)?(?: là)?|gọi là|đặt tên(?: là)?)\s*[“\"'(]?$", re.IGNORECASE)

_SCHOOLS = "trường|đại học|đh|học viện|cao đẳng|thpt|thcs|university|college"
_FIRMS = "công ty|tập đoàn|doanh nghiệp|hãng|tổng công ty|ngân hàng|quỹ|startup|group|corp"
_BODIES = (
    "bộ|sở|cục|ubnd|ủy ban|cơ quan|viện|trung tâm|hiệp hội|hội|liên đoàn|tổ chức|ban|công an|tòa|đơn vị|kho|đại sứ quán"
)
_PRESS = "báo|tờ|tạp chí|hãng tin|đài|kênh|trang"
_CLUBS = "clb|câu lạc bộ|đội|đội tuyển"
_HEADS: tuple[tuple[str, str], ...] = (
    ("trường|đại học|học viện|ngôi trường", _SCHOOLS),
    ("công ty|tập đoàn|doanh nghiệp|hãng|ngân hàng|nhà sản xuất|quỹ", _FIRMS),
    ("cơ quan|đơn vị|tổ chức|bộ|sở|cục|ban|hội|hiệp hội", f"{_BODIES}|{_FIRMS}|{_SCHOOLS}"),
    ("báo|tờ|tạp chí|trang|kênh|đài", _PRESS),
    ("đội|clb|câu lạc bộ|đội bóng|đội tuyển", _CLUBS),
    ("bệnh viện", "bệnh viện|bv|phòng khám"),
)
"""A noun that is asked about, and the words with which such names begin."""

_NOBODY = ("nhà", "nước", "chính", "phủ")
"""Written with a capital, and no name: "cơ quan Nhà nước"."""

_NEXT_WORD = re.compile(r"\s+(?:[-–&]\s+)?[“\"'(]?([^\s,;.!?“”\"()]+)")
_NO_HEAD = frozenset("là của ở tại do từ cho với và thì mà bị được có vào đến tới những các một mang thuộc".split())
_TITLE_BEFORE = re.compile(
    rf"(?<!\w)(?<!các )(?<!những )(?:{'|'.join(sorted(map(re.escape, TITLES), key=len, reverse=True))})(?: [^\W\d_]+){{0,4}},?\s+$",
    re.IGNORECASE,
)
_NATION_BEFORE = re.compile(r"(?<!\w)(?:người|quốc tịch|gốc|nước|công dân)\s+$", re.IGNORECASE)


_PLACE_MARK = re.compile(r"(?:TP|TX|TT|Q|P|H)\.")
_YEAR_BEFORE = re.compile(r"(?<!\w)(?:năm|năm mới|tết|xuân|mùng|rằm)\s+$", re.IGNORECASE)
"""Before "Nhâm Thìn" they show that a year is named, and nobody."""


def names(asked: Asked, question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """The names of a sentence that could be the person, place or thing that was asked for."""
    found = [] if asked.wanted is Wanted.PERSON else _headed(question, sentence, known)
    for fact in find_facts(sentence):
        if fact.kind not in ("name", "place", "quote") or not new_name(fact.text, {*known, *_NOBODY}):
            continue
        if asked.wanted is Wanted.PERSON and _is_the_asked(asked, tokens(sentence[: fact.start])):
            continue
        over = next((span for span in found if span.start <= fact.start < span.end), None)
        if over is not None:
            if fact.end > over.end:  # the name goes on beyond its capitals: "Công ty CP Kho vận Nam Khê"
                found[found.index(over)] = Span(over.start, fact.end, sentence[over.start : fact.end], over.fit)
            continue
        found.append(Span(fact.start, fact.end, fact.text, _name_fit(asked, fact, sentence)))
    found.sort(key=lambda span: span.start)
    return _joined_places(found, sentence) if asked.wanted is Wanted.PLACE and not asked.head else found


def _is_the_asked(asked: Asked, before: Sequence[str]) -> bool:
    """Whether a name follows the very words with which the question names whom it is about: "Tổng thống Indonesia [Joko Widodo]"."""
    if asked.left[-1:] == ("là",):
        return False  # "Tổng thống Indonesia là ai"
    return any(len(before) >= n and tuple(before[-n:]) == tuple(asked.left[:n]) for n in range(2, len(asked.left)))


def named_things(question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """Names and titles right after a noun of the question: "thuốc đông y gì" finds "thuốc [Hoạt Lạc Đan]"."""
    match = re.search(r"(?<!\w)(?:gì|nào)(?!\w)", canonical(question).lower())
    before = {t for t in tokens(question[: match.start()])[-3:] if len(t) > 2} if match else set()
    found = []
    for fact in find_facts(sentence) if before else ():
        if fact.kind in ("name", "quote") and fact.unit != "person" and fresh(fact.text, known):
            near = tokens(sentence[max(0, fact.start - 20) : fact.start])[-2:]
            if not before.isdisjoint(near):
                found.append(Span(fact.start, fact.end, fact.text, 0.85))
    return found


def _headed(question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """The noun asked about followed by a name: "trường tiểu học nào" finds "Trường tiểu học Đồi Quế"."""
    asked = re.search(r"(?<!\w)(?:nào|gì)(?!\w)", canonical(question).lower())
    if asked is None:
        return []
    before = canonical(question[: asked.start()]).lower().split()
    lowered = canonical(sentence).lower()
    if len(lowered) != len(sentence):
        return []
    for size in range(min(5, len(before)), 0, -1):
        if before[-size] in _NO_HEAD:
            continue
        phrase = " ".join(before[-size:])
        found = []
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", lowered):
            end = _name_end(sentence, match.end())
            if end > match.end() and new_name(sentence[match.end() : end], {*known, *_NOBODY}):
                found.append(Span(match.start(), end, sentence[match.start() : end], 1.0))
        if found:
            return found
    return []


def _name_end(sentence: str, start: int) -> int:
    """Where the run of capitalised words and numbers that begins at `start` ends; `start` when there is none."""
    end = start
    while follows := _NEXT_WORD.match(sentence, end):
        first = follows.group(1)[0]
        if not (first.isupper() or (first.isdigit() and end > start)):
            break
        end = follows.end()
    return end


def _name_fit(asked: Asked, fact: Fact, sentence: str) -> float:
    head = tokens(asked.head)[-1:]
    near = [*tokens(fact.text)[:3], *tokens(sentence[max(0, fact.start - 25) : fact.start])[-2:]]
    headed = bool(head) and head[0] in near
    match asked.wanted:
        case Wanted.PERSON:
            return _person_fit(fact, sentence)
        case Wanted.PLACE:
            home = _ASKS_HOME.isdisjoint(asked.content) and _HOME_BEFORE.search(sentence[: fact.start])
            return _place_fit(asked.head, fact, sentence, headed=headed) * (NOT_HOME if home else 1.0)
        case _:
            if not head and asked.wanted is Wanted.NAME:
                if _NAMED_BEFORE.search(sentence[: fact.start]):
                    return 1.0
                if fact.kind == "quote" and len(fact.text.split()) > LONGEST_NAME:
                    return 0.1  # speech
            lowered = canonical(fact.text).lower()
            start = canonical(sentence[max(0, fact.start - 20) : fact.start]).lower()
            for heads, opens in _HEADS:
                if re.search(rf"(?<!\w)(?:{heads})(?!\w)", canonical(asked.head).lower()):
                    if re.search(rf"(?<!\w)(?:{opens})(?!\w)", lowered) or re.search(rf"(?:{opens})\s+$", start):
                        return 1.0
                    return 0.1 if fact.unit == "person" or fact.kind == "place" else 0.4
            if fact.unit == "person" or fact.kind == "place":
                return 0.6 if fact.unit == "person" and not head else 0.25
            return 1.0 if headed else 0.7 if fact.kind == "quote" or fact.unit == "organisation" else 0.5


def _person_fit(fact: Fact, sentence: str) -> float:
    before = sentence[max(0, fact.start - 60) : fact.start]
    if _PLACE_MARK.match(fact.text) or _YEAR_BEFORE.search(before):
        return 0.05
    if fact.unit == "person":
        if fact.text.isupper() or fact.text.split()[0].isupper():
            return 0.3 if len(fact.text.split()[0]) > 1 else 0.9  # "GDĐT Việt Nam" is nobody
        return 1.0 if " " in fact.text else 0.6  # a full name before a lone one
    if fact.kind == "name" and fact.unit == "other":
        return 0.8 if _TITLE_BEFORE.search(before) else 0.5 if 1 < len(fact.text.split()) <= 4 else 0.2
    if fact.unit == "organisation":
        return 0.4 if re.search(r"(?<!\w)(?:do|bởi|được|bị)\s+$", before) else 0.2
    return 0.05


def _place_fit(head: str, fact: Fact, sentence: str, *, headed: bool) -> float:
    name = " ".join(canonical(fact.text).lower().split())
    country = any(name == c or name.endswith(f" {c}") for c in COUNTRIES)
    if head in ("nước", "quốc gia", "xứ", "đất nước"):
        if country:
            return 1.0 if _NATION_BEFORE.search(sentence[: fact.start]) else 0.9
        return 0.2 if fact.kind == "place" else 0.05
    if name in _WIDE and head in _SMALL:
        return 0.1
    if fact.kind != "place":
        lone = fact.unit == "other" and re.search(r"(?<!\w)(?:tại|ở|đến|sang|về)\s+$", sentence[: fact.start])
        return 0.7 if headed or lone else 0.3 if fact.unit in ("organisation", "other") else 0.05
    if headed or fact.unit == head:
        return 1.0
    if head:
        if country or (head == "tỉnh" and name not in _PROVINCES):
            return 0.15
        return 0.8 if not fact.unit else 0.3
    return 1.0


def _joined_places(found: Sequence[Span], sentence: str) -> list[Span]:
    """Places that stand side by side as one: "Nha Trang, tỉnh Khánh Hòa"."""
    made: list[Span] = []
    for span in found:
        last = made[-1] if made else None
        if last and min(last.fit, span.fit) >= 0.7 and re.fullmatch(r",? |,? ?\(", sentence[last.end : span.start]):
            end = span.end + (
                sentence[last.end : span.start].endswith("(") and sentence[span.end : span.end + 1] == ")"
            )
            made[-1] = Span(last.start, end, sentence[last.start : end], max(last.fit, span.fit))
        else:
            made.append(span)
    return made
