"""A claim beside one sentence of a source: how much of it is said there, what stands against it, what is missing.

    claim, sentence, its article -> credit of each fact and word · rivals -> Match

This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.certainty import taken_for_done
from app.check.belongs import belongs
from app.check.counts import counts
from app.check.found import FoundFact, find_fact
from app.check.offices import titles
from app.check.order import orders, ordinals
from app.check.rival import Rival
from app.check.rivals import fact_rivals
from app.check.slots import slots
from app.check.source import Line, Source
from app.check.swaps import swaps
from app.check.turns import negations, siblings
from app.fact import Fact
from app.meanings import meanings
from app.statement import Statement

NEXT, TITLE, ARTICLE = 0.85, 0.85, 0.6
"""Credit of what stands in the next sentence, in the title, or elsewhere in the article."""

LONE = 0.6
"""Credit of a syllable met without a neighbour that stands beside it in the claim: half a word."""

FEWEST = 4
"""Syllables that a claim has at least to be known again word for word."""

TAKEN_BACK = frozenset("không chưa chẳng phủ bác bịa đồn sai giả nếu".split())
"""Syllables before a clause that may take back what it says."""

DENIALS = tuple(
    tuple(words.split())
    for words in (
        "bác bỏ", "bác tin", "bác thông tin", "phủ nhận", "tin đồn", "tin giả", "bịa đặt", "sai sự thật",
        "không có chuyện", "không đúng",
    )
)  # fmt: skip
"""Words with which a sentence tells what somebody says is not so: it supports nothing that does not say them too."""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim beside one sentence.

    share: weighted share of the claim that is said, by the sentence or around it; own: by the sentence alone.
    rest: share of what is left when the differing facts are taken out. worst: of the worst clause. runs: the stretches of
    words of which little is said, with their weight and span. facts: how many facts of the claim there are; told: those said here
    or beside; absent: those said nowhere in the article; elsewhere: those said in it, but neither here nor beside. verbatim: the sentence says the claim word for word; doubted: its words
    that call it a rumour, denied, planned or asked for, where the claim tells it as so.
    """

    source: Source
    line: Line
    share: float
    own: float
    rest: float
    worst: float
    facts: int
    told: tuple[Fact, ...]
    absent: tuple[Fact, ...]
    elsewhere: tuple[Fact, ...]
    rivals: tuple[Rival, ...]
    runs: tuple[tuple[float, tuple[int, int]], ...]
    credit: tuple[float, ...]
    weight: tuple[float, ...]
    spans: tuple[tuple[int, int], ...]
    verbatim: bool = False
    doubted: str = ""


def match(claim: Statement, source: Source, number: int, read: Sequence[int]) -> Match:
    """Compare a claim with sentence `number` of a source. read: other sentences of it worth reading, best first."""
    line = source.line(number)
    beside = [source.line(n) for n in (number - 1, number + 1) if 0 <= n < len(source.spans)]
    others = [source.line(n) for n in read if abs(n - number) > 1]
    found = [find_fact(fact, claim, line, beside, others, source) for fact in claim.facts]
    credit, weight = _credits(claim, line, beside, source, found)
    rivals = fact_rivals(claim, line, beside, found, percent_lost="%" not in source.text)
    rivals += negations(claim, line)
    rivals += siblings(claim, line, beside)
    rivals += titles(claim, line, source)
    rivals += orders(claim, line)
    rivals += ordinals(claim, line, found)
    rivals += [r for r in belongs(claim, line, percent_lost="%" not in source.text) if not _met(r, rivals)]
    rivals += swaps(claim, line, [r.span for r in rivals])
    rivals += slots(claim, line, source, [r.span for r in rivals])
    rivals += counts(claim, line, [*(r.span for r in rivals), *((f.fact.start, f.fact.end) for f in found if f.credit)])
    verbatim = (
        repeats(claim.forms, line.statement.forms, line.statement.clause)
        and not source.text[line.start : line.end].rstrip('”"’ ').endswith("?")
        and not any(r.kind == "date" for r in rivals)  # "hôm qua" of another day
    )
    if verbatim:
        rivals = []  # what is repeated word for word contradicts nothing in itself
    total = sum(weight)
    said = sum(c * w for c, w in zip(credit, weight, strict=True))
    own = sum(w for c, w in zip(credit, weight, strict=True) if c >= 0.99)
    apart = {p for r in rivals for p in _places(claim, r.span)}
    rest = sum(w for p, w in enumerate(weight) if p not in apart)
    rest_said = sum(c * w for p, (c, w) in enumerate(zip(credit, weight, strict=True)) if p not in apart)
    return Match(
        source, line,
        share=said / total if total else 1.0,
        own=own / total if total else 1.0,
        rest=rest_said / rest if rest else 0.0,
        worst=_worst(claim, credit, weight),
        facts=len(claim.facts),
        told=tuple(f.fact for f in found if f.credit >= NEXT),
        absent=tuple(f.fact for f in found if f.credit <= 0.0),
        elsewhere=tuple(f.fact for f in found if 0.0 < f.credit < NEXT),
        rivals=tuple(rivals),
        runs=_gaps(claim, credit, weight),
        credit=tuple(credit),
        weight=tuple(weight),
        spans=claim.spans,
        verbatim=verbatim,
        doubted=_rumour(claim, line) or taken_for_done(claim, line.statement, [held.statement for held in beside]),
    )  # fmt: skip


def _rumour(claim: Statement, line: Line) -> str:
    """The words by which a sentence calls what it tells a rumour or denied, when the claim has them not."""
    forms = line.statement.forms
    return next((" ".join(d) for d in DENIALS if _holds(forms, d) and not _holds(claim.forms, d)), "")


def _met(rival: Rival, others: Sequence[Rival]) -> bool:
    """Whether another turned word is of the same words of the claim."""
    turned = [o for o in others if o.kind in ("role", "negation")]
    return any(o.span[0] < rival.span[1] and o.span[1] > rival.span[0] for o in turned)


def repeats(claim: Sequence[str], line: Sequence[str], clause: Sequence[int]) -> bool:
    """Whether a sentence says a claim word for word, as a whole or as whole clauses that nothing before them takes back.

    clause: the number of the clause of each syllable of the sentence.

    >>> line = ["cầu", "dài", "70", "m", "rộng", "9", "m"]
    >>> repeats(line[:4], line, [0, 0, 0, 0, 1, 1, 1]), repeats(line[:3], line, [0, 0, 0, 0, 1, 1, 1])
    (True, False)
    """
    size = len(claim)
    if size < FEWEST:
        return False
    for at in range(len(line) - size + 1):
        if list(line[at : at + size]) == list(claim):
            begins = at == 0 or clause[at] != clause[at - 1]
            ends = at + size == len(line) or clause[at + size] != clause[at + size - 1]
            if begins and ends and not TAKEN_BACK & set(line[:at]):
                return True
    return False


def _holds(forms: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return phrase[0] in forms and any(
        tuple(forms[at : at + len(phrase)]) == phrase for at in range(len(forms) - len(phrase) + 1)
    )


def _credits(
    claim: Statement, line: Line, beside: Sequence[Line], source: Source, found: Sequence[FoundFact]
) -> tuple[list[float], list[float]]:
    """For each syllable of the claim: how much of it is said (0 to 1), and what it weighs."""
    size = len(claim.forms)
    credit, weight = [0.0] * size, [0.0] * size
    for held in found:
        places = [p for p in claim.syllables(held.fact) if claim.facts[claim.fact[p]] is held.fact]
        for place in places:
            credit[place] = held.credit
            weight[place] = held.weight / len(places)
    table = meanings()
    near = [b.statement for b in beside]
    for at, width in claim.units:
        phrase = claim.phrase(at, width)
        ways = table.same(phrase) | table.inverse(phrase)
        whole = 1.0 if line.statement.says(ways) else 0.0
        if not whole and any(s.says(ways) for s in near):
            whole = NEXT
        for place in range(at, at + width):
            if claim.content[place]:
                weight[place] = 1.0
                credit[place] = max(whole, _word(claim, place, line, beside, source))
    return credit, weight


def _word(claim: Statement, place: int, line: Line, beside: Sequence[Line], source: Source) -> float:
    """How much a syllable is said by itself or with a neighbour."""
    form = claim.forms[place]
    joined = []
    if place:
        joined.append(f"{claim.forms[place - 1]}_{form}")
    if place + 1 < len(claim.forms):
        joined.append(f"{form}_{claim.forms[place + 1]}")
    best = 0.0
    for held, full in (
        (source.terms[line.number], 1.0),
        *((source.terms[b.number], NEXT) for b in beside),
        (source.title_terms, TITLE),
        (source.all_terms, ARTICLE),
    ):
        if full > best and form in held:
            whole = any(pair in held for pair in joined)
            best = max(best, full * (1.0 if whole else LONE))
    return best


def _worst(claim: Statement, credit: Sequence[float], weight: Sequence[float]) -> float:
    """Share of the clause that is said least, of those that weigh 2 or more."""
    parts: dict[int, list[tuple[float, float]]] = {}
    for place, clause in enumerate(claim.clause):
        if weight[place]:
            parts.setdefault(clause, []).append((credit[place], weight[place]))
    shares = [
        sum(c * w for c, w in part) / sum(w for _, w in part) for part in parts.values() if sum(w for _, w in part) >= 2
    ]
    return min(shares, default=1.0)


def _gaps(
    claim: Statement, credit: Sequence[float], weight: Sequence[float]
) -> tuple[tuple[float, tuple[int, int]], ...]:
    """The runs of telling syllables of which little is said."""
    runs: list[tuple[float, int, int]] = []
    heavy, first, last = 0.0, -1, -1
    for place, (c, w) in enumerate(zip(credit, weight, strict=True)):
        if not w:
            continue
        if c < 0.5:
            first = place if first < 0 else first
            last, heavy = place, heavy + w * (1 - c)
        elif first >= 0:
            runs.append((heavy, first, last))
            heavy, first = 0.0, -1
    if first >= 0:
        runs.append((heavy, first, last))
    return tuple((h, (claim.spans[a][0], claim.spans[b][1])) for h, a, b in runs)


def _places(claim: Statement, span: tuple[int, int]) -> list[int]:
    return [p for p, (a, b) in enumerate(claim.spans) if a < span[1] and b > span[0]]
