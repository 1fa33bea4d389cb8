"""A word turned where it stands, though the source has it elsewhere: "4 ván thua" for "4 ván hòa, không thua ván nào".

    "Cổ phiếu Sao Mai tăng 15%" beside "Cổ phiếu Sao Mai giảm 15%, còn Lúa Vàng tăng 2%" -> tăng, giảm

Siblings and opposites that the source does not have at all are found in app.check.turns; here both words are there,
and the surroundings tell which stands in the claim's place. In: a claim and a sentence. Out: Rivals. This
module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.check.rival import Rival, around
from app.check.source import Line
from app.check.verdict import DifferenceKind
from app.meanings import Phrase, meanings
from app.statement import Statement

ALIKE, APART = 0.5, 0.3
"""How alike the surroundings of the two words are at least; how much more than those of the claim's own word in the source."""

BESIDE = 0.15
"""What each syllable next to a word adds when it stands next to the other as well, up to MOST."""

MOST = 4


def swaps(claim: Statement, line: Line, taken: Sequence[tuple[int, int]]) -> list[Rival]:
    """Words of the claim in whose surroundings the sentence has a sibling or an opposite. taken: spans with a rival already."""
    source = line.statement
    found: list[Rival] = []
    for at, way, others, kind in _words(claim, source):
        span = claim.spans[at][0], claim.spans[at + len(way) - 1][1]
        own = [_likeness(claim, at, len(way), source, p, len(way)) for p in source.words.get(way, ())]
        if not own or any(start < span[1] and end > span[0] for start, end in (*taken, *(r.span for r in found))):
            continue
        rated = [
            (_likeness(claim, at, len(way), source, p, len(w)), p, w) for w in others for p in source.words.get(w, ())
        ]
        best = max(rated, default=None)
        if best is None or best[0][1] < ALIKE or best[0][0] < max(own)[0] + APART:
            continue
        (_, fit), place, other = best
        if claim.denied[at] == source.denied[place]:
            facing = source.spans[place][0], source.spans[place + len(other) - 1][1]
            found.append(Rival(kind, span, facing, line, min(1.0, fit + 0.2)))
    return found


def _words(claim: Statement, source: Statement) -> Iterator[tuple[int, Phrase, list[Phrase], DifferenceKind]]:
    """Place and form of each word of the claim that has siblings or opposites, with them."""
    table = meanings()
    for group in table.siblings:
        for way in group:
            for at in claim.words.get(way, ()):
                yield at, way, [w for w in group if w != way], "role"
    for at, width in claim.units:
        way = claim.phrase(at, width)
        clear = table.same(way) & table.kinds["clear"]
        facing = [w for w in table.opposite(way) if table.same(w) & table.kinds["clear"]] if clear else []
        if facing:
            yield at, way, facing, "negation"


def _likeness(claim: Statement, at: int, width: int, source: Statement, place: int, other: int) -> tuple[float, float]:
    """How alike the surroundings of two words are, with and without what counts for their very neighbours."""
    left = right = 0
    while left < min(at, place) and claim.forms[at - 1 - left] == source.forms[place - 1 - left]:
        left += 1
    ends = at + width, place + other
    while (
        ends[0] + right < len(claim.forms)
        and ends[1] + right < len(source.forms)
        and claim.forms[ends[0] + right] == source.forms[ends[1] + right]
    ):
        right += 1
    alike = around(claim, at, source, place)
    return alike + BESIDE * min(left + right, MOST), alike
