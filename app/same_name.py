"""Whether two names mean one and the same: short forms, abbreviations, spellings.

    Hiếu = Dương Trọng Hiếu · Vimedimex = Công ty Cổ phần Y dược Vimedimex · UBND = Ủy ban nhân dân
    · Sở Y tế = Sở Y tế Lam Giang · Thanh Hoá = Thanh Hóa · Sở Y tế differs from Bộ Y tế

A longer name is taken for the same body only when what it adds is a kind of company, a trade or a
place. This module knows nothing of sentences.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from app.fact import Fact, Sameness
from app.name_words import FAMILY_NAMES, ORG_HEADS, ORG_WORDS, PLACE_HEADS, PLACES
from index.vietnamese import canonical, fold, has_diacritics

_SPLIT = re.compile(r"[^\W_]+")
_GENERIC = frozenset(
    "công ty cổ phần tnhh trách nhiệm hữu hạn mtv một thành viên tập đoàn tổng ctcp trường hãng doanh nghiệp jsc group corp inc "
    "ltd co cp corporation".split()
)
_SAME = (
    ("úc", "australia"), ("ý", "italia", "italy"), ("nga", "liên bang nga"), ("nhật", "nhật bản"), ("hàn", "hàn quốc"),
    ("đăk lăk", "đắk lắk"), ("đăk nông", "đắk nông"), ("bv", "bệnh viện"), ("gd đt", "giáo dục và đào tạo"),
    ("hong kong", "hồng kông"), ("macau", "ma cao"), ("hoa kỳ", "mỹ"), ("q", "quận"), ("p", "phường"), ("h", "huyện"),
)  # fmt: skip
_NOT_IN_NAMES = frozenset(["ai", "ca", "bộ gd"])
_ADMINISTRATIVE = {"tp": "thành phố", "tp.": "thành phố", "q": "quận", "kcn": "khu công nghiệp", "thủ đô": "thành phố"}


def same_name(a: Fact, b: Fact) -> Sameness:
    """Compare two facts of kind "name" or "place"; symmetric.

    >>> ong, full = (Fact("name", 0, 0, n, n, "person") for n in ("Hiếu", "Dương Trọng Hiếu"))
    >>> same_name(ong, full)
    'equal'
    """
    x, y = _words(a), _words(b)
    if not x or not y:
        return "incomparable"
    if has_diacritics(a.text) != has_diacritics(b.text):  # "Thanh Hoa" typed for "Thanh Hóa"
        x, y = _unmarked(x, y), _unmarked(y, x)
    one, other = _class(a), _class(b)
    if x == y:
        if one == other == "place" and a.unit and b.unit and _administrative(a) != _administrative(b):
            return "differ"
        return "equal"
    if _initials(a, y) or _initials(b, x):
        return "equal"
    if any(map(str.isdigit, f"{a.value}{b.value}")):
        return _codes(" ".join(x), " ".join(y), one, other)
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if {one, other} <= {"person", "other"} and "person" in (one, other):
        if _short_person(short, long):
            return "equal"
        return "differ" if one == other else "incomparable"
    if one == other == "place":
        return _places(a, b, x, y)
    if {one, other} <= {"organisation", "other"}:
        return _organisations(x, y, one, other)
    return "incomparable"


def stands_in(fact: Fact, sentence: str) -> bool:
    """Whether a name stands in a sentence as part of anything: "Canada" in "Cơ quan Y tế Canada".

    >>> stands_in(Fact("place", 0, 0, "Lam Giang", "Lam Giang"), "Theo Sở Y tế Lam Giang, dịch đã hết.")
    True
    """
    name = _words(fact)
    return bool(name) and f" {' '.join(name)} " in f" {' '.join(spelled(sentence))} "


def _unmarked(words: tuple[str, ...], plain: tuple[str, ...]) -> tuple[str, ...]:
    """Without diacritics, the words that the other name has without them."""
    return tuple(fold(word) if fold(word) in plain else word for word in words)


def _class(fact: Fact) -> str:
    return "place" if fact.kind == "place" else fact.unit or "other"


def _administrative(fact: Fact) -> str:
    return _ADMINISTRATIVE.get(fact.unit, fact.unit)


@lru_cache(maxsize=4096)
def spelled(name: str) -> tuple[str, ...]:
    """The words of a name, lower case, with abbreviations written out."""
    words = tuple(_SPLIT.findall(canonical(name).lower().replace(".", " ")))
    forms, longest = _forms()
    out: list[str] = []
    at = 0
    while at < len(words):
        for width in range(min(longest, len(words) - at), 0, -1):
            written = forms.get(words[at : at + width])
            if written:
                out.extend(written)
                at += width
                break
        else:
            out.append(words[at])
            at += 1
    return tuple(out)


def _words(fact: Fact) -> tuple[str, ...]:
    words = spelled(str(fact.value))
    if fact.kind == "place" and len(words) > 2 and words[:2] == ("thành", "phố"):
        return words[2:]
    return words


@lru_cache(maxsize=1)
def _forms() -> tuple[dict[tuple[str, ...], tuple[str, ...]], int]:
    """Every way of writing to the longest one, from the index's own table."""
    table = tomllib.loads(files("index").joinpath("abbreviations.toml").read_text(encoding="utf-8"))["same"]
    forms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group in [*table, *_SAME]:
        ways = [tuple(way.split()) for way in group if way not in _NOT_IN_NAMES]
        full = max(ways, key=lambda w: (len(w), len(" ".join(w))))
        full = forms.get(full, full)
        for way in ways:
            forms.setdefault(way, full)
    return forms, max(map(len, forms))


@lru_cache(maxsize=1)
def _merged() -> frozenset[frozenset[str]]:
    table = tomllib.loads(files("index").joinpath("administrative.toml").read_text(encoding="utf-8"))["merged"]
    return frozenset(frozenset((new, old)) for new, olds in table.items() for old in olds)


def _initials(short: Fact, words: tuple[str, ...]) -> bool:
    said = short.text.replace(".", "")
    return len(said) >= 3 and said.isupper() and said.isalpha() and said.lower() == "".join(word[0] for word in words)


def _codes(x: str, y: str, one: str, other: str) -> Sameness:
    """ "nghị định 46" and "nghị định 46 2016" are one; "U23" and "U19" two; "U23" and "Covid 19" do not compare."""
    if one != other and "place" in (one, other):
        return "incomparable"
    if x.startswith(y + " ") or y.startswith(x + " "):
        return "equal"
    stem_x, stem_y = (re.sub(r"\d.*", "", name).strip() for name in (x, y))
    return "differ" if stem_x == stem_y else "incomparable"


def _short_person(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """A given name for the whole: the last word or words, or for foreigners any of them."""
    if long[-len(short) :] == short:
        return True
    if len(short) == 1 and (short[0] in FAMILY_NAMES or fold(short[0]) in _FOLDED_FAMILIES):
        return False
    foreign = long[0] not in FAMILY_NAMES and fold(long[0]) not in _FOLDED_FAMILIES
    return foreign and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _places(a: Fact, b: Fact, x: tuple[str, ...], y: tuple[str, ...]) -> Sameness:
    if frozenset((" ".join(x), " ".join(y))) in _merged():
        return "incomparable"  # one went into the other in 2025
    levels = _administrative(a), _administrative(b)
    if levels[0] and levels[1] and levels[0] != levels[1]:
        return "incomparable"
    return "differ"


def _organisations(x: tuple[str, ...], y: tuple[str, ...], one: str, other: str) -> Sameness:
    core_x, core_y = _core(x), _core(y)
    if _levels_left_out(x) == _levels_left_out(y):
        return "equal"  # "Cục Thuế Lam Giang", "Cục Thuế tỉnh Lam Giang"
    if core_x and core_x == core_y:
        return "equal"
    short, long = (core_x, core_y) if len(core_x) <= len(core_y) else (core_y, core_x)
    if one == other == "other" and len(short) == 1 and long[-1] == short[0]:
        return "equal"  # "Bream" and "Walter Bream", of whom no title says that he is a person
    if short:
        for at in range(len(long) - len(short) + 1):
            if (
                long[at : at + len(short)] == short
                and _adds_nothing(long[:at])
                and _adds_nothing(long[at + len(short) :])
            ):
                return "equal"
    if any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return "incomparable"  # "FPT" and "FPT Retail"
    if one == other == "organisation":
        return "differ"
    return "incomparable"


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    core = tuple(word for word in words if word not in _GENERIC)
    return core or words


def _levels_left_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without the "tỉnh" or "thành phố" before the place at the end of a body's name; the police by one name."""
    words = ("công", "an", *words[2:]) if words[:2] == ("cảnh", "sát") else words
    for at in range(1, len(words) - 1):
        for level in (("thành", "phố"), ("tp",), ("tỉnh",)):
            end = at + len(level)
            if words[at:end] == level and end < len(words):
                return (*words[:at], *words[end:])
    return words


def _adds_nothing(words: tuple[str, ...]) -> bool:
    """Whether words before or after a name are only a trade, a kind of body, or a place."""
    at = 0
    while at < len(words):
        if " ".join(words[at:]) in PLACES:
            return True
        for width in range(min(4, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + width])
            if phrase in PLACE_HEADS and at + width < len(words):
                return True
            if phrase in ORG_WORDS or phrase in ORG_HEADS or phrase == "và":
                at += width
                break
        else:
            return False
    return True


_FOLDED_FAMILIES = frozenset(map(fold, FAMILY_NAMES))
