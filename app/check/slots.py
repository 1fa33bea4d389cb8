"""Words put in the place of others in a sentence that is otherwise repeated: "điều tra tội …", "chi 30,6 tỷ đồng cho …".

In: a claim and a sentence that says the same in nearly the same words. Out: Rivals of kind "role", where a stretch of
the claim has other words than the stretch between the same neighbours in the source. A freer
paraphrase has no such neighbours and gives none. This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from app.check.rival import Rival
from app.check.source import Line, Source
from app.meanings import meanings
from app.statement import Statement

LONGEST = 8
"""Syllables of a stretch at most."""

BEFORE = 2
"""Syllables in a row that claim and source share right before it at least."""

REPEATED = 0.75
"""Share of the claim's other syllables that the sentence has in the same order: it must say the same, but for this."""


def slots(claim: Statement, line: Line, source_text: Source, taken: Sequence[tuple[int, int]]) -> list[Rival]:
    """Stretches of a claim in whose place the sentence has other words. taken: spans that have a rival already."""
    source = line.statement
    found = []
    for a, b, c, d in _blocks(claim, source):
        if c and source.clause[c] != source.clause[c - 1]:
            continue
        d = _until_clause(source, c, d, claim) if b == len(claim.forms) or claim.clause[b] != claim.clause[a] else d
        if not _other_words(claim, (a, b), source, (c, d)):
            continue
        if not _closes(claim, b) and not all(f[0].isdigit() or f == "và" for f in claim.forms[a:b]):
            continue  # "tìm thấy lá đơn" for "thu giữ lá đơn": a verb is told in many ways, what ends its clause in few
        if b - a > 1 and all(f"{x}_{y}" in source_text.all_terms for x, y in pairwise(claim.forms[a:b])):
            continue  # said elsewhere in the article
        span = claim.spans[a][0], claim.spans[b - 1][1]
        if any(span[0] < end and span[1] > start for start, end in taken):
            continue
        other = source.spans[c][0], source.spans[d - 1][1]
        numbers = any(f[0].isdigit() for f in claim.forms[a:b])
        found.append(Rival("number" if numbers else "role", span, other, line, 0.8))
    return found


def _closes(claim: Statement, end: int) -> bool:
    """Whether a clause of the claim ends before a place."""
    return end == len(claim.forms) or claim.clause[end] != claim.clause[end - 1]


def _blocks(claim: Statement, source: Statement) -> list[tuple[int, int, int, int]]:
    """Stretches of the claim as it stands and with its first clause put last ("Trước khi …, ông là …"), with the source's."""
    blocks = _replaced(claim.forms, source.forms)
    commas = (p for p in range(1, len(claim.forms)) if "," in claim.text[claim.spans[p - 1][1] : claim.spans[p][0]])
    lead = next(commas, 0)
    if blocks or not lead:
        return blocks
    size = len(claim.forms)
    turned = _replaced(claim.forms[lead:] + claim.forms[:lead], source.forms)
    places = [((a + lead) % size, (b - 1 + lead) % size + 1, c, d) for a, b, c, d in turned]
    return [(a, b, c, d) for a, b, c, d in places if a < b]


def _replaced(claim: Sequence[str], source: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Stretches (from, to in the claim; from, to in the source) between shared ones; a lone shared syllable parts none."""
    codes = SequenceMatcher(None, claim, source, autojunk=False).get_opcodes()
    merged: list[list[int]] = []
    shared = [0]
    for tag, a, b, c, d in codes:
        if tag == "equal":
            if b - a >= 2 or not merged or not shared:
                shared.append(b - a)
                merged.append([-1, b - a, 0, 0, 0])
            else:
                merged.append([0, a, b, c, d])
        else:
            merged.append([1, a, b, c, d])
    same = sum(b - a for tag, a, b, _, _ in codes if tag == "equal")
    blocks: list[tuple[int, int, int, int]] = []
    before = 0
    at = 0
    while at < len(merged):
        if merged[at][0] == -1:
            before = merged[at][1]
            at += 1
            continue
        end = at
        while end + 1 < len(merged) and merged[end + 1][0] != -1:
            end += 1
        while end > at and merged[end][0] == 0:
            end -= 1
        if merged[at][0] == 1:
            _, a, _, c, _ = merged[at]
            b, d = merged[end][2], merged[end][4]
            behind = merged[end + 1][1] if end + 1 < len(merged) and merged[end + 1][0] == -1 else 0
            closes = b == len(claim)
            near = b > a and d > c and before >= BEFORE and (behind or closes)
            if near and same >= REPEATED * (len(claim) - (b - a)):
                blocks.append((a, b, c, d))
        at = end + 1
    return blocks


def _until_clause(source: Statement, start: int, end: int, claim: Statement) -> int:
    """Where what stands in the source's slot ends: with its clause, or before words that the claim has as well."""
    told = set(pairwise(claim.forms))
    for place in range(start + 1, end):
        shared = place + 1 < end and (source.forms[place], source.forms[place + 1]) in told
        if source.clause[place] != source.clause[start] or shared:
            return place
    return end


def _other_words(claim: Statement, ours: tuple[int, int], source: Statement, theirs: tuple[int, int]) -> bool:
    """Whether two stretches are short, tell something, and have no telling word in common, in any way of saying it."""
    (a, b), (c, d) = ours, theirs
    if not (0 < b - a <= LONGEST and 0 < d - c <= LONGEST) or b - a > 0.5 * len(claim.forms):
        return False
    if claim.clause[a] != claim.clause[b - 1] or source.clause[c] != source.clause[d - 1]:
        return False
    if all(f[0].isdigit() or f == "và" for f in (*claim.forms[a:b], *source.forms[c:d])):
        return claim.forms[a:b] != source.forms[c:d]
    x = [p for p in range(a, b) if claim.content[p]]
    y = [p for p in range(c, d) if source.content[p]]
    if len(x) < 2 or len(y) < 2 or any(claim.fact[p] >= 0 for p in range(a, b)):
        return False
    if any(n >= 0 and source.facts[n].kind in ("name", "place") for n in source.fact[c:d]):
        return False  # "công ty" for its name: the same body, called otherwise
    if any(claim.denied[p] for p in x) or any(source.denied[p] for p in y):
        return False
    mine, other = {claim.forms[p] for p in x}, {source.forms[p] for p in y}
    if len(mine & set(source.forms)) > len(mine) / 3 or len(other & set(claim.forms)) > len(other) / 3:
        return False
    table = meanings()
    ways = {way for at in x for width in (1, 2, 3) if at + width <= b for way in table.same(claim.phrase(at, width))}
    return not any(source.phrase(at, width) in ways for at in y for width in (1, 2, 3) if at + width <= d)
