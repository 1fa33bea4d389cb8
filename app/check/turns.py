"""Where a claim turns its source round: what is denied, the opposite, a sibling word.

In: a claim and a sentence. Out: Rivals. "Tăng" for "giảm", "có kế hoạch" for "không có kế hoạch", "Huy chương Bạc" for
"Huy chương vàng". Offices: app.check.offices. This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.check.rival import Rival, around
from app.check.source import Line
from app.meanings import Phrase, meanings
from app.statement import Statement


def negations(claim: Statement, line: Line) -> list[Rival]:
    """Where one side denies what the other says, or says its opposite."""
    table = meanings()
    source = line.statement

    def paired(place: int, size: int) -> bool:
        """Whether the claim says a word of the source as often itself: "suất mua nhà được rao bán"."""
        way = source.phrase(place, size)
        return len(claim.words.get(way, ())) >= len(source.words.get(way, ()))

    known = set(source.units)  # the "sống" of "mạng sống" is no word of its own
    found: list[Rival] = []
    for at, width in claim.units:
        phrase = claim.phrase(at, width)
        span = claim.spans[at][0], claim.spans[at + width - 1][1]
        ways = table.same(phrase)
        here = source.says(ways) or [
            (p, width) for p in range(len(source.forms) - width + 1)
            if source.forms[p] == phrase[0] and source.phrase(p, width) == phrase and source.fact[p] < 0
        ]  # fmt: skip
        if here:
            ours = _denying(claim, at, width)
            theirs = [_denying(source, p, w) for p, w in here]
            if (ours is None) == (theirs[0] is None) or any((t is None) == (ours is None) for t in theirs):
                continue
            word = claim.phrase(ours, 1) if ours is not None else source.phrase(theirs[0] or 0, 1)
            if word[0] in (source.forms if ours is not None else claim.forms):
                continue  # said on both sides, of something else
            place, size = here[0]
            if not _same_deed(claim, at, ours, source, place, theirs[0]):
                continue
            own, other = span, (source.spans[place][0], source.spans[place + size - 1][1])
            if ours is not None:
                own = claim.spans[ours][0], own[1]
            elif theirs[0] is not None:
                other = source.spans[theirs[0]][0], other[1]
                own, other = _whole_denial(claim, at, own, source, (theirs[0], place), other)
                said = _affirmed(claim, at)
                if said is not None:  # "đã được cấp", "chưa được cấp": these two words are what differs
                    own, other = claim.spans[said], source.spans[theirs[0]]
            found.append(Rival("negation", own, other, line, around(claim, at, source, place)))
            continue
        facing = table.opposite(phrase)
        against = [(p, w) for p, w in source.says(facing) if (p, w) in known and not paired(p, w)] if facing else []
        if against:
            place, size = max(against, key=lambda a: around(claim, at, source, a[0]))
            sure = all(table.same(p) & table.kinds["clear"] for p in (phrase, source.phrase(place, size)))
            if not sure and around(claim, at, source, place) < 0.7:
                continue
            if (_denying(claim, at, width) is None) == (_denying(source, place, size) is None):
                other = source.spans[place][0], source.spans[place + size - 1][1]
                found.append(Rival("negation", span, other, line, around(claim, at, source, place)))
    return [r for r in found if r.fit >= 0.3]


REACH = 3
"""Syllables before a word, beside those that the other side has between denial and word, in which these may stand."""

_LIGHT = frozenset(
    "thể được bị có hề còn phải từng hoàn toàn đã đang sẽ là cho nên cần muốn một khiến làm giúp trở bạn người ta họ".split()
)
"""Words between a denial and what is denied that do not change what is."""


def _same_deed(claim: Statement, at: int, ours: int | None, source: Statement, place: int, theirs: int | None) -> bool:
    """Whether the words between a denial and the word met stand before it on the other side as well: who does not go
    "về nước" does not contradict the "nước" of "ở nước ngoài"."""
    if ours is not None:
        between, before = claim.forms[ours + 1 : at], source.forms[max(0, place - REACH - at + ours) : place]
    else:
        between, before = (
            source.forms[(theirs or 0) + 1 : place],
            claim.forms[max(0, at - REACH - place + (theirs or 0)) : at],
        )
    return all(form in before for form in between if form not in _LIGHT)


def _whole_denial(
    claim: Statement, at: int, own: tuple[int, int], source: Statement, reach: tuple[int, int], other: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The word right behind the denial, when the claim has all the words between: "không liên quan đến hoạt động".

    reach: the places of the denial and of the word that was met behind it.
    """
    between = source.forms[reach[0] + 1 : reach[1]]
    start = at - len(between)
    if not between or start < 0 or claim.forms[start:at] != between:
        return own, other
    width = meanings().at(claim.forms, start) or meanings().at(claim.forms, start, "light") or 1
    if start + width > at:
        return own, other
    last = reach[0] + width
    return (claim.spans[start][0], claim.spans[start + width - 1][1]), (other[0], source.spans[last][1])


def _denying(statement: Statement, at: int, width: int) -> int | None:
    """The place of the negation whose first word this is: what is denied, not what stands behind it."""
    table = meanings()
    for scope in statement.scopes:
        if scope.kind != "denied" or scope.whole:
            continue
        first = scope.reach[0]
        head = range(first, first + (table.at(statement.forms, first) or 1))
        light = table.at(statement.forms, scope.word + 1, "light") if scope.word + 1 < len(statement.forms) else 0
        held = set(head)
        for place in range(first, min(scope.reach[-1] + 1, first + 8)):
            if statement.forms[place] in ("hay", "hoặc", "lẫn") and place + 1 < len(statement.forms):
                held |= set(range(place + 1, place + 1 + (table.at(statement.forms, place + 1) or 2)))
        if held & set(range(at, at + width)) or (light and at <= scope.word + 1 < at + width):
            return scope.word
    return None


def _affirmed(claim: Statement, at: int) -> int | None:
    """The place of the "đã" before a verb, when words stand between the two."""
    for place in range(at - 2, max(-1, at - 10), -1):
        if claim.clause[place] != claim.clause[at]:
            return None
        if claim.forms[place] == "đã":
            return place
    return None


def siblings(claim: Statement, line: Line, beside: Sequence[Line]) -> list[Rival]:
    """Words of one closed list that stand for each other by mistake: "Huy chương Bạc", "Huy chương vàng"."""
    source, found = line.statement, []
    said = {form for held in (line, *beside) for form in held.statement.forms}
    mine = set(claim.forms)
    for group in meanings().siblings:
        ours = [(at, way) for way in group if mine.issuperset(way) for at in _all(claim, way)]
        if not ours:
            continue
        theirs = [(at, way) for way in group for at in _all(source, way)]
        for at, way in ours:
            if any(other == way for _, other in theirs):
                continue
            elsewhere = set(way) <= said
            if elsewhere and len(way) < 2:
                continue
            free = [(place, other) for place, other in theirs if not _all(claim, other)]
            if not free:
                continue
            place, other = max(free, key=lambda f: around(claim, at, source, f[0]))
            span = claim.spans[at][0], claim.spans[at + len(way) - 1][1]
            facing = source.spans[place][0], source.spans[place + len(other) - 1][1]
            fit = around(claim, at, source, place)
            if elsewhere and fit < max((around(claim, at, b.statement, p) for b in beside for p in _all(b.statement, way)),
                                       default=1.0) + 0.4:  # fmt: skip
                continue  # the next sentence says it of the same
            if fit >= 0.4:
                found.append(Rival("role", span, facing, line, fit))
    return found


def _all(statement: Statement, way: Phrase) -> list[int]:
    """Where a phrase stands, not inside numbers, days or longer names."""
    width = len(way)
    found = []
    for at in range(len(statement.forms) - width + 1):
        if statement.phrase(at, width) != way:
            continue
        owner = statement.fact[at]
        if owner < 0 or (
            statement.facts[owner].kind == "name" and len(statement.syllables(statement.facts[owner])) <= width + 1
        ):
            found.append(at)
    return found
