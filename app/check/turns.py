"""Where a claim turns its source round: what is denied, the opposite, a sibling word, another office.

In: a claim and a sentence. Out: Rivals. "Tăng" for "giảm", "có kế hoạch" for "không có kế hoạch", "Huy chương Bạc" for
"Huy chương vàng", "Giám đốc" for "Phó giám đốc". This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.check.rival import Rival, around
from app.check.source import Line, Source
from app.fact import Fact
from app.meanings import Phrase, meanings
from app.name_words import TITLES
from app.same_fact import same
from app.statement import Statement
from index.vietnamese import tokens


def negations(claim: Statement, line: Line) -> list[Rival]:
    """Where one side denies what the other says, or says its opposite."""
    table = meanings()
    source = line.statement

    def paired(place: int, size: int) -> bool:
        """Whether the claim says a word of the source as often itself: "suất mua nhà được rao bán"."""
        way = source.phrase(place, size)
        times = [sum(s.phrase(p, w) == way for p, w in s.units()) for s in (claim, source)]
        return times[0] >= times[1]

    known = set(source.units())  # the "sống" of "mạng sống" is no word of its own
    found: list[Rival] = []
    for at, width in claim.units():
        phrase = claim.phrase(at, width)
        span = claim.spans[at][0], claim.spans[at + width - 1][1]
        ways = table.same(phrase)
        here = source.says(ways) or [
            (p, width) for p in range(len(source.forms) - width + 1)
            if source.phrase(p, width) == phrase and source.fact[p] < 0
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
            own, other = span, (source.spans[place][0], source.spans[place + size - 1][1])
            if ours is not None:
                own = claim.spans[ours][0], own[1]
            elif theirs[0] is not None:
                other = source.spans[theirs[0]][0], other[1]
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


def _denying(statement: Statement, at: int, width: int) -> int | None:
    """The place of the negation whose first word this is: what is denied, not what stands behind it."""
    table = meanings()
    for scope in statement.scopes:
        if scope.kind != "denied" or scope.whole:
            continue
        first = scope.reach[0]
        head = range(first, first + (table.at(statement.forms, first) or 1))
        light = table.at(statement.forms, scope.word + 1, ["light"]) if scope.word + 1 < len(statement.forms) else 0
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
            if any(other == way for _, other in theirs) or set(way) <= said:
                continue
            free = [(place, other) for place, other in theirs if not _all(claim, other)]
            if not free:
                continue
            place, other = max(free, key=lambda f: around(claim, at, source, f[0]))
            span = claim.spans[at][0], claim.spans[at + len(way) - 1][1]
            facing = source.spans[place][0], source.spans[place + len(other) - 1][1]
            fit = around(claim, at, source, place)
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


_OFFICES = frozenset(" ".join(tokens(t)) for t in TITLES if t.split()[-1] in (
    "chủ", "tịch", "trưởng", "giám", "đốc", "thư", "tướng", "thống", "sứ", "ceo", "cfo", "cto", "phó", "nhiệm", "hđqt",
    "tập", "phòng", "ban", "án", "lập", "ký",
))  # fmt: skip


def titles(claim: Statement, line: Line, source: Source) -> list[Rival]:
    """A person who holds one office in the claim and another in the source."""
    found = []
    for fact in claim.facts:
        if fact.kind != "name" or fact.unit != "person":
            continue
        ours = _office(claim, fact)
        if ours is None:
            continue
        for other in line.statement.facts:
            if other.kind != "name" or same(fact, other) != "equal":
                continue
            theirs = _office(line.statement, other)
            if theirs is None:
                theirs = _apposition(line.statement, other)
                words = set(tokens(claim.text[slice(*ours)]))
                if theirs is None or words <= source.all_terms:
                    continue
            a, b = claim.text[slice(*ours)].lower(), line.statement.text[slice(*theirs)].lower()
            if tokens(a) != tokens(b) and not _same_office(a, b):
                found.append(Rival("role", ours, theirs, line, 0.9))
    return found[:1]


def _apposition(statement: Statement, fact: Fact) -> tuple[int, int] | None:
    """What a person is said to be right behind the name, between a comma and the next comma or verb of saying."""
    held = statement.syllables(fact)
    if not held or not statement.text[fact.end :].lstrip().startswith(","):
        return None
    table, start = meanings(), held[-1] + 1
    end = start
    while (
        end < len(statement.forms) and statement.clause[end] == statement.clause[min(start, len(statement.forms) - 1)]
    ):
        if table.at(statement.forms, end, ["reporting", "saying", "negators"]):
            break
        end += 1
    if not 2 <= end - start <= 12 or any(
        statement.forms[p] in ("đã", "đang", "sẽ", "bị", "được") for p in range(start, end)
    ):
        return None
    return statement.spans[start][0], statement.spans[end - 1][1]


def _same_office(a: str, b: str) -> bool:
    x, y = tuple(tokens(a)), tuple(tokens(b))
    return y in meanings().same(x) or x in meanings().same(y)


def _office(statement: Statement, fact: Fact) -> tuple[int, int] | None:
    """The span of the office named right before a person, or right behind after a comma or "làm"."""
    held = statement.syllables(fact)
    if not held:
        return None
    forms = statement.forms
    for width in range(5, 0, -1):
        at = held[0] - width
        if at >= 0 and " ".join(forms[at : held[0]]) in _OFFICES:
            return statement.spans[at][0], statement.spans[held[0] - 1][1]
    for at in range(held[-1] + 1, min(held[-1] + 6, len(forms))):
        for width in range(5, 0, -1):
            if at + width <= len(forms) and " ".join(forms[at : at + width]) in _OFFICES:
                return statement.spans[at][0], statement.spans[at + width - 1][1]
    return None
