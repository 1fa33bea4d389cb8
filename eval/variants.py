"""The same question as other people would type it: variants made from any question set, the same each time.

    no_diacritics   "bao nhiêu hộ" -> "bao nhieu ho"
    telex           the input method slipped: "nước" -> "nuwowcs" (one word in three, at least one)
    abbreviations   "Ủy ban nhân dân" -> "UBND", "không" -> "ko", "người" -> "ng"
    word_order      the question word moved to the other end, or the clauses at a comma changed about
    case            all small letters

What a variant cannot change it leaves out: a question without an abbreviable
word has no such variant. Draws depend on the seed, the question's id and the
kind, never on the order of the file. The tables are this module's own, not the
engine's: it must not be tested on its own word list. This module knows nothing
of answers.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from eval.datasets import LabelledQuestion

SEED = 20251
_SLIPS = 1 / 3  # share of the words that the input method lets through

_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPES = {"\u0306": "w", "\u031b": "w"}  # ă, ơ, ư; the hat doubles its letter

_ABBREVIATIONS = (
    ("thành phố hồ chí minh", "TP.HCM"), ("ủy ban nhân dân", "UBND"), ("uỷ ban nhân dân", "UBND"),
    ("hội đồng nhân dân", "HĐND"), ("bảo hiểm xã hội", "BHXH"), ("bảo hiểm y tế", "BHYT"), ("đại học", "ĐH"),
    ("trung học phổ thông", "THPT"), ("trung học cơ sở", "THCS"), ("học sinh", "HS"), ("sinh viên", "SV"),
    ("giáo viên", "GV"), ("câu lạc bộ", "CLB"), ("huấn luyện viên", "HLV"), ("cảnh sát giao thông", "CSGT"),
    ("công ty cổ phần", "CTCP"), ("thành phố", "TP"), ("bệnh viện", "BV"), ("bao nhiêu", "bn"), ("việt nam", "VN"),
    ("doanh nghiệp", "DN"), ("không", "ko"), ("được", "đc"), ("người", "ng"), ("những", "nhg"), ("trong", "trg"),
)  # fmt: skip
"""Longest first where one holds another."""

_ASKING = (
    "vì sao", "tại sao", "khi nào", "bao giờ", "ở đâu", "lúc nào", "lúc mấy giờ", "vào ngày nào", "ngày nào",
    "năm nào", "tháng nào", "bằng cách nào", "như thế nào", "để làm gì", "vào thời gian nào",
)  # fmt: skip
"""Question phrases that may stand at either end."""
_DANGLING = frozenset({"từ", "đến", "vào", "tới", "lúc", "của", "là"})  # they want the phrase behind them


@dataclass(frozen=True, slots=True)
class Variant:
    """One question typed otherwise: kind, and the question it was made from."""

    kind: str
    question: LabelledQuestion
    of: str


def variants(question: LabelledQuestion, kinds: Iterable[str] = (), seed: int = SEED) -> Iterator[Variant]:
    """Each kind's variant of a question, left out where it would be the same text. kinds: all when empty.

    Raises KeyError for an unknown kind.

    >>> asked = LabelledQuestion("q1", "Cầu Sông Lam dài bao nhiêu mét?", True)
    >>> [variant.question.question for variant in variants(asked, ["no_diacritics", "case"])]
    ['Cau Song Lam dai bao nhieu met?', 'cầu sông lam dài bao nhiêu mét?']
    """
    for kind in kinds or KINDS:
        rng = random.Random(f"{seed} {question.id} {kind}")
        text = KINDS[kind](question.question, rng)
        if text.split() != question.question.split():
            yield Variant(kind, replace(question, id=f"{question.id}~{kind}", question=text), question.id)


def without_diacritics(text: str, _rng: random.Random) -> str:
    """Every mark gone, đ too."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def telex_slips(text: str, rng: random.Random) -> str:
    """Some marked words as the keys that were struck, at least one when there is any.

    >>> telex_slips("nước", random.Random(1))
    'nuwowcs'
    """
    words = text.split()
    marked = [at for at, word in enumerate(words) if _keys(word) != word]
    if not marked:
        return text
    slipped = {at for at in marked if rng.random() < _SLIPS} or {rng.choice(marked)}
    return " ".join(_keys(word) if at in slipped else word for at, word in enumerate(words))


def abbreviated(text: str, _rng: random.Random) -> str:
    """Every word of the table in its short form.

    >>> abbreviated("Bệnh viện không nhận người bệnh?", random.Random(1))
    'BV ko nhận ng bệnh?'
    """
    found = unicodedata.normalize("NFC", text)
    for whole, short in _ABBREVIATIONS:
        found = re.sub(rf"(?<!\w){whole}(?!\w)", short, found, flags=re.IGNORECASE)
    return found


def reordered(text: str, _rng: random.Random) -> str:
    """The question phrase at the other end; else the two clauses of a comma changed about; else as it was.

    >>> reordered("Vì sao cầu Sông Lam đóng?", random.Random(1))
    'Cầu Sông Lam đóng vì sao?'
    """
    found = unicodedata.normalize("NFC", text).strip()
    end = found[len(found.rstrip("?.! ")) :] or ""
    body = found.rstrip("?.! ")
    small = body.lower()
    for phrase in _ASKING:
        if small.startswith(phrase + " "):
            rest = body[len(phrase) + 1 :].removeprefix("mà ")
            return f"{rest[:1].upper()}{rest[1:]} {phrase}{end}"
        if small.endswith(" " + phrase):
            rest = body[: -len(phrase) - 1]
            if rest.split()[-1].lower() in _DANGLING:
                return text
            return f"{phrase[:1].upper()}{phrase[1:]} {_inside(rest)}{end}"
    first, comma, second = body.partition(", ")
    if comma and min(len(first.split()), len(second.split())) >= 3:
        return f"{second[:1].upper()}{second[1:]}, {_inside(first)}{end}"
    return text


def _inside(clause: str) -> str:
    """A clause that no longer opens the sentence: small, unless its first words look like a name."""
    following = clause.split()[1:2]
    named = bool(following) and following[0][:1].isupper()
    return clause if named else f"{clause[:1].lower()}{clause[1:]}"


def small_letters(text: str, _rng: random.Random) -> str:
    """No capital anywhere."""
    return text.lower()


KINDS: Mapping[str, Callable[[str, random.Random], str]] = {
    "no_diacritics": without_diacritics,
    "telex": telex_slips,
    "abbreviations": abbreviated,
    "word_order": reordered,
    "case": small_letters,
}
"""Name of a kind: how it is made."""


def _keys(word: str) -> str:
    """The Telex keys of a word, its tone last, punctuation after it kept in place."""
    made, tone = [], ""
    core = re.match(r"\W*(?:\w|[\u0300-\u036f])*", word)
    cut = core.end() if core else len(word)
    for char in unicodedata.normalize("NFD", word[:cut]):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES:
            made.append(_SHAPES[char])
        elif char == "\u0302":  # the hat: aa, ee, oo
            made.append(made[-1].lower())
        elif char in "đĐ":
            made.append("dd" if char == "đ" else "DD")
        else:
            made.append(char)
    return "".join(made) + tone + word[cut:]
