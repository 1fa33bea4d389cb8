"""The query layer: what a person typed to what the index should look for.

    "ntn", telex, lost diacritics -> plain Vietnamese; abbreviations, numbers, merged provinces -> other words for it

In: the text of a query and the word index's counts. Out: Rewritten: the text for the
encoder, and weighted terms by field for BM25. The tables stand in readable data
files beside this module, which knows nothing of passages, answers or people.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from index.capitals import capitalise
from index.restore import Frequency, restore
from index.telex import telex
from index.vietnamese import accented_forms, canonical, fold, has_diacritics, pairs, plain_i, tokens

OTHER_WORDS = 0.5
"""Weight of another way of saying it, against the question's own words."""

MERGED = 0.25
"""Weight of the unit that an old province went into, or came from."""

QUESTION_PAIRS = 50
"""How often the fixed phrases of questions count as seen: articles do not ask "bao nhiêu"."""

FIRST_HITS = 20.0
"""How much the passages that match without diacritics count in restoring them, the best one most."""

_QUESTION_TERMS = frozenset(
    """bao_nhiêu khi_nào thế_nào như_thế là_gì ở_đâu tại_sao vì_sao ra_sao cách_nào năm_nào ngày_nào việc_gì điều_gì
    làm_gì tên_gì của_ai ai_là người_nào nơi_nào gọi_là tên_là có_bao nào ai gì đâu sao bao nhiêu
    mấy_giờ từ_mấy đến_mấy mấy bao_lâu bao_giờ là_ai những_ai nước_nào phố_nào tỉnh_nào trường_nào đội_nào cho_ai vì_đâu
    từ_đâu hết_bao giá_bao nhiêu_tiền nhiêu_người""".split()
)

_QUESTION_PHRASES = _QUESTION_TERMS | frozenset(
    """hãy hãy_kể hãy_nêu hãy_cho kể_tên kể_từ cho_biết nào_đã nào_là nào_có nào_được gì_đã gì_của gì_ở gì_trong gì_cho
    đâu_là đâu_mà ai_đã vì_lí lí_do thì_có có_gì có_không được_không như_nào thứ_mấy lúc_nào giờ_nào dùng_để để_làm""".split()
)
"""What is also common in questions, for giving them their diacritics back."""

_ASKED = frozenset("bao nhiêu gì nào sao đâu ai mấy".split())

_ASKING = frozenset(fold(syllable) for term in _QUESTION_TERMS for syllable in term.split("_"))
"""Syllables that make a question Vietnamese even where the archive is too small to hold them."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """text: for the encoder. terms: field -> {term: weight}. restored: how sure restored diacritics are, or None.

    others: (tokens of the text, other tokens that say the same), as `index.vietnamese.tokens` spells them.
    """

    text: str
    terms: dict[str, dict[str, float]] = field(default_factory=dict)
    restored: float | None = None
    others: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()


def rewrite(
    text: str, frequency: Frequency, *, first_hits: Callable[[dict[str, float]], Iterable[tuple[str, float]]]
) -> Rewritten:
    """Rewrite a query.

    frequency: passages holding an accented term or pair.
    first_hits: given folded terms, the texts of the passages that match best with their weights from 1 down to 0;
    called only for a query without diacritics or without capitals.
    """
    text = _typed(canonical(text), frequency)
    sure: float | None = None
    plain_typed = text
    lacks = not has_diacritics(text) and _may_lack_diacritics(text, frequency)
    if lacks or not any(character.isupper() for character in text):
        folded = [plain_i(fold(t)) for t in tokens(text)]
        first = list(first_hits(dict.fromkeys(folded + pairs(folded), 1.0)))
        if lacks:
            restored = restore(text, _counting(frequency, first))
            text, sure = restored.text, restored.confidence
        text = capitalise(text, (passage for passage, _ in first))
    own = tokens(text)
    words = dict.fromkeys(own + pairs(own), 1.0)
    others = list(_other_words(own))
    for _run, other, weight in others:
        for term in [*other, *pairs(list(other))]:
            words.setdefault(term, weight)
    terms = {"words": words}
    if sure is not None:
        folded = [fold(t) for t in tokens(plain_typed)]
        terms["plain"] = dict.fromkeys(folded + pairs(folded), 1.0)
    same = tuple((run, other) for run, other, weight in others if weight == OTHER_WORDS)
    return Rewritten(text, terms, sure, same)


def _counting(frequency: Frequency, first: Iterable[tuple[str, float]]) -> Frequency:
    """Frequencies in the archive, where what is common in questions and in the passages at hand counts more."""
    nearby: dict[str, float] = dict.fromkeys(_QUESTION_PHRASES, QUESTION_PAIRS)
    for passage, weight in first:
        held = [token for line in _accented_lines(passage) for token in tokens(line)]
        for term in {*held, *pairs(held)}:
            nearby[term] = nearby.get(term, 0.0) + FIRST_HITS * weight

    def counted(term: str) -> float:
        spelled = "_".join(plain_i(s) for s in term.split("_"))
        return frequency(spelled) + nearby.get(spelled, 0)

    return counted


def asks(term: str) -> bool:
    """Whether a syllable or pair of an accented question only asks: "nào", "bao_nhiêu".

    >>> asks("nào"), asks("gì"), asks("là_ai"), asks("cầu")
    (True, True, True, False)
    """
    return term in _ASKED or ("_" in term and term in _QUESTION_TERMS)


def _may_lack_diacritics(text: str, frequency: Frequency) -> bool:
    """Whether an ASCII text is Vietnamese without its marks, rather than English or a bare name."""
    words = [t for t in tokens(text) if t.isalpha()]
    if not words:
        return False
    possible = sum(w in _ASKING or any(frequency(form) for form in accented_forms(w)[1:]) for w in words)
    return possible >= 0.5 * len(words)


def _accented_lines(passage: str) -> list[str]:
    """The sentences that carry diacritics: captions and file names without them teach nothing."""
    return [line for line in re.split(r"[\n.!?]+", passage) if has_diacritics(line)]


def _typed(text: str, frequency: Frequency) -> str:
    """Quick spellings and telex keys carried out: "ntn" to "như thế nào", "Truowngf" to "Trường".

    A word that the archive knows as it was typed ("Tour", "show") is no telex.
    """
    quick = _tables()[1]
    out, last = [], 0
    for match in re.finditer(r"[^\W_]+", text):
        word = match.group()
        made = quick.get(word) or _keyed(word, frequency)
        if made != word:
            out.append(text[last : match.start()])
            out.append(made)
            last = match.end()
    out.append(text[last:])
    return "".join(out)


def _keyed(word: str, frequency: Frequency) -> str:
    made = telex(word)
    known = made != word and not frequency(plain_i(word.lower())) and frequency(plain_i(made.lower()))
    return made if known else word


def _other_words(own: list[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], float]]:
    """(run of the query's own tokens, tokens that say the same, their weight)."""
    same, _quick, merged = _tables()
    longest = max(map(len, same), default=1)
    for start in range(len(own)):
        for size in range(min(longest, len(own) - start), 0, -1):
            run = tuple(own[start : start + size])
            for table, weight in ((same, OTHER_WORDS), (merged, MERGED)):
                for other in table.get(run, ()):
                    yield run, other, weight
    for place, token in enumerate(own):
        unit = own[place + 1] if place + 1 < len(own) else ""
        run = (token, unit) if unit in _UNITS else (token,)
        for spelled in _numbers(token, unit):
            yield run, tuple(spelled.split("_")), OTHER_WORDS


_UNITS = {"tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}


def _numbers(token: str, unit: str = "") -> list[str]:
    """Other spellings of a number, by the unit that follows it; what has none stays alone.

    >>> _numbers("300000"), _numbers("7"), _numbers("0,35")
    (['300_nghìn'], [], [])
    >>> _numbers("1,2", "tỉ")
    ['1200000000', '1200_triệu', '1200000_nghìn']
    """
    if not re.fullmatch(r"\d{1,15}(?:[,.]\d{1,6})?", token):
        return []
    value = Decimal(token.replace(",", ".")) * _UNITS.get(unit, 1)
    if value != int(value) or value < 1000:
        return []
    made = [str(int(value))] if unit in _UNITS else []
    for word in ("tỉ", "triệu", "nghìn"):
        share = value / _UNITS[word]
        if share >= 1 and word != unit:
            spelled = f"{share.normalize():f}".replace(".", ",")
            tenths = share * 10 == int(share * 10) and len(spelled) <= 5
            if tenths or (unit in _UNITS and spelled.isdecimal()):
                made.append(f"{spelled}_{word}")
    return made


Table = dict[tuple[str, ...], tuple[tuple[str, ...], ...]]


@lru_cache(maxsize=1)
def _tables() -> tuple[Table, dict[str, str], Table]:
    """Same-meaning runs, quick spellings, merged provinces; keys are token tuples."""
    here = files("index")
    short = tomllib.loads(here.joinpath("abbreviations.toml").read_text(encoding="utf-8"))
    units = tomllib.loads(here.joinpath("administrative.toml").read_text(encoding="utf-8"))
    same: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for group in short["same"]:
        ways = [tuple(tokens(way)) for way in group]
        for way in ways:
            same.setdefault(way, set()).update(other for other in ways if other != way)
    for asked, others in short["also"].items():
        same.setdefault(tuple(tokens(asked)), set()).update(tuple(tokens(other)) for other in others)
    merged: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for now, olds in units["merged"].items():
        for old in olds:
            merged.setdefault(tuple(tokens(old)), set()).add(tuple(tokens(now)))
            merged.setdefault(tuple(tokens(now)), set()).add(tuple(tokens(old)))
    return _frozen(same), short["quick"], _frozen(merged)


def _frozen(table: dict[tuple[str, ...], set[tuple[str, ...]]]) -> Table:
    return {key: tuple(sorted(values)) for key, values in table.items()}


def rarity(count: float, total: int) -> float:
    """BM25's idf, ln(1 + (N - n + 0.5) / (n + 0.5)); a term that no passage holds is the rarest."""
    count = min(count, total)
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
