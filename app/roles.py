"""Who did what to whom, as far as the order of names around a verb can say.

    "Hải Sa thắng Lam Giang" is not "Lam Giang thắng Hải Sa", but is "Lam Giang thua Hải Sa" and "Lam Giang bị Hải Sa đánh bại"

In: a written sentence and the sentences that should prove it. Out: whether names changed places or a
deed got another doer. Orders that prove nothing are let pass; amounts and places are in app/owners.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.deeds import deed_behind, of_a_title, passive_before, tellings
from app.meanings import Phrase, meanings
from app.name_words import TITLES
from app.named import WHERE, Named, names_of, one, rivals
from app.statement import Statement


def other_role(claim: Statement, evidence: Sequence[Statement], related: Sequence[Statement]) -> bool:
    """Whether somebody in the claim does, or has done to him, what the evidence says of another.

    related: the evidence and what else speaks of nearly the same.

    >>> from app.statement import read_statement
    >>> source = read_statement("Hải Sa thắng Lam Giang 3-1.")
    >>> [other_role(read_statement(c), [source], [source]) for c in ("Lam Giang thắng Hải Sa.", "Lam Giang thua Hải Sa.")]
    [True, False]
    """
    return (
        any(_changed_places(claim, source) for source in related)
        or _other_office(claim, evidence)
        or _other_doer(claim, related)
        or _other_object(claim, related)
        or _carried_over(claim, evidence)
        or any(_done_by(claim, source) for source in evidence)
    )


# --- names that changed places ---------------------------------------------------------------------------------------


def _changed_places(claim: Statement, source: Statement) -> bool:
    ours, theirs = names_of(claim), names_of(source)
    for n, a in enumerate(ours):
        for b in ours[n + 1 :]:
            if a.clause != b.clause or one(a, b) or _office(claim, a, b):
                continue  # "Giám đốc Sở Y tế Lê Bá Tòng" tells no deed
            pairs = [
                (x, y) for x in theirs for y in theirs
                if abs(x.clause - y.clause) <= 1 and x is not y and one(a, x) and one(b, y)
            ]  # fmt: skip
            if pairs and all(_turned(claim, a, b, source, x, y) for x, y in pairs):
                return True
    return False


def _turned(claim: Statement, a: Named, b: Named, source: Statement, x: Named, y: Named) -> bool:
    """Whether (a, b) of the claim and (x, y) of the source tell opposite stories."""
    if (a.way, b.way) == (x.way, y.way) and a.way != b.way:
        flipped = False
    elif (a.way, b.way) == (y.way, x.way) and a.way != b.way:
        flipped = True
    elif a.way == b.way == x.way == y.way == "":
        flipped = x.first > y.first
    else:
        return False
    if _mutual(claim, a.clause) or _mutual(source, x.clause) or _mutual(source, y.clause):
        return False
    turns = _passive(claim, a, b) != _passive(source, min(x, y, key=_start), max(x, y, key=_start))
    turns = turns != _other_side(claim, a.clause, source, {x.clause, y.clause})
    if flipped and "là" in claim.forms[a.last : b.first] and (a.way or b.way):
        return False  # "X là đạo diễn của Y" for "Y của đạo diễn X"
    return flipped != turns


def _start(name: Named) -> int:
    return name.first


def _mutual(statement: Statement, clause: int) -> bool:
    table = meanings()
    held = [p for p, c in enumerate(statement.clause) if c == clause and statement.fact[p] < 0]
    return any(
        statement.phrase(p, width) in table.kinds["mutual"] and statement.forms[p] != "với"
        for p in held for width in (1, 2)
    )  # fmt: skip


def _passive(statement: Statement, first: Named, second: Named) -> bool:
    """ "B bị A đánh bại", "công trình do A xây": the second name, behind its title at most, is the doer."""
    return any(
        statement.forms[p] in ("bị", "được", "do", "bởi")
        and statement.fact[p] < 0
        and second.first - p <= 5
        and all(n < 0 for n in statement.fact[p + 1 : second.first])
        for p in range(max(first.last + 1, second.first - 5), second.first)
    )


def _other_side(claim: Statement, clause: int, source: Statement, others: set[int]) -> bool:
    """Whether the claim tells the event from its other side: "thua" for "thắng"."""
    table = meanings()
    theirs = {phrase for other in others for phrase in _phrases(source, other)}
    for phrase in _phrases(claim, clause):
        facing = table.inverse(phrase)
        if facing & theirs and not table.same(phrase) & theirs:
            return True
    return False


def _phrases(statement: Statement, clause: int) -> set[Phrase]:
    found = {
        phrase for phrase, places in statement.places.items() if any(statement.clause[p] == clause for p in places)
    }
    forms = [f for p, f in enumerate(statement.forms) if statement.clause[p] == clause]
    for taken in ("vay", "thuê"):
        if "cho" in forms and taken in forms[forms.index("cho") :]:
            found.discard((taken,))
            found.add(("cho", taken))
    return found


# --- offices -----------------------------------------------------------------------------------------------------------


def _office(statement: Statement, a: Named, b: Named) -> bool:
    """Whether one of two neighbours is the office of the other: "Giám đốc Sở Y tế Lê Bá Tòng", "Lê Bá Tòng, Giám đốc Sở Y tế"."""
    body, person = (a, b) if a.sort != "person" else (b, a)
    if body.sort == "person" or person.sort != "person" or not of_a_title(statement, body):
        return False
    if body.first < person.first:
        between = statement.forms[body.last + 1 : person.first]
        return all((form,) in _HONORIFICS for form in between)
    between = statement.forms[person.last + 1 : body.first]
    words = between[1:] if between[:1] == ("là",) else between
    return " ".join(words) in TITLES


_HONORIFICS = frozenset({("ông",), ("bà",), ("anh",), ("chị",)})


def _other_office(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether somebody is given the office of another body than everywhere in the evidence."""
    for body, person in _offices(claim):
        said = [b for source in evidence for b, p in _offices(source) if one(p, person)]
        if said and not any(one(b, body) for b in said):
            return True
    return False


def _offices(statement: Statement) -> list[tuple[Named, Named]]:
    """Each body with the person who holds an office in it."""
    names = names_of(statement)
    return [
        (a, b) if a.sort != "person" else (b, a)
        for n, a in enumerate(names)
        for b in names[n + 1 : n + 2]
        if _office(statement, a, b)
    ]


# --- deeds and their doers -------------------------------------------------------------------------------------------


def _other_doer(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a deed that follows a name in the claim is somebody else's wherever the evidence tells it."""
    for name in names_of(claim):
        if name.way or of_a_title(claim, name):
            continue
        deed = deed_behind(claim, name)
        if deed is None:
            continue
        ways = meanings().same(claim.phrase(*deed))
        verdicts = [
            _doer_differs(name, source, place)
            for source in evidence
            for place in tellings(source, ways, claim.phrase(*deed))
        ]
        known = [v for v in verdicts if v is not None]
        if known and all(known):
            return True
    return False


def _other_object(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a deed right before a name in the claim is done to another wherever the evidence tells it of somebody."""
    table = meanings()
    for name in names_of(claim):
        at = name.first
        while at and table.at(claim.forms, at - 1, "function", "light") and claim.fact[at - 1] < 0:
            at -= 1
        width = next((w for w in (3, 2, 1) if at >= w and claim.phrase(at - w, w) in table.phrases), 1)
        if at < 1 or claim.fact[at - 1] >= 0 or claim.clause[at - 1] != name.clause or name.way:
            continue
        phrase = claim.phrase(at - width, width)
        verdicts = [
            _object_differs(name, source, place + len(phrase))
            for source in evidence
            for place in tellings(source, table.same(phrase), phrase)
        ]
        known = [v for v in verdicts if v is not None]
        if known and all(known):
            return True
    return False


def _object_differs(name: Named, source: Statement, after: int) -> bool | None:
    """Whether somebody else stands right behind a deed; None where nobody does."""
    behind = [n for n in names_of(source) if after <= n.first <= after + 3 and n.clause == source.clause[after - 1]]
    if not behind or behind[0].way:
        return None
    if one(name, behind[0]):
        return False
    return True if rivals(name, behind[0]) else None


def _doer_differs(name: Named, source: Statement, place: int) -> bool | None:
    """Whether another name does the deed told at a place; None where the source names nobody before it."""
    names = names_of(source)
    if any(one(name, n) and n.first < place and not n.way for n in names):
        return False
    behind = any(one(name, n) and n.first > place for n in names)
    before = [n for n in names if n.last < place and not n.way and rivals(n, name)]
    here = [n for n in before if n.clause == source.clause[place]]
    if not here and not behind:
        return None
    nearest = (here or before)[-1:]
    return bool(nearest) and not passive_before(source, place, nearest[0])


def _carried_over(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a person whom the evidence does not name takes the place of one whom it does."""
    theirs = [n for source in evidence for n in names_of(source)]
    ours = names_of(claim)
    persons = ("person", "other")
    for name in ours:
        if name.sort not in persons or name.way in ("của", *WHERE) or any(one(name, n) for n in theirs):
            continue
        for n in theirs:
            rival = n.sort in persons and "person" in (n.sort, name.sort) and not n.way
            if rival and not any(one(n, our) for our in ours):
                return True
    return False


def _done_by(claim: Statement, source: Statement) -> bool:
    """Whether who did it ("thận do người mẹ hiến") stands behind the deed in the claim ("hiến thận cho mẹ")."""
    for at, form in enumerate(source.forms):
        if form not in ("do", "bởi") or source.fact[at] >= 0:
            continue
        rest = [
            p for p in range(at + 1, len(source.forms)) if source.clause[p] == source.clause[at] and source.content[p]
        ]
        if len(rest) < 2 or rest[0] > at + 3:
            continue
        doer, deed = source.forms[rest[0]], source.forms[rest[-1]]
        ours = [p for p, f in enumerate(claim.forms) if f == doer and claim.fact[p] < 0]
        deeds = [p for p, f in enumerate(claim.forms) if f == deed and claim.fact[p] < 0]
        if not ours or not deeds or min(deeds) > min(ours):
            continue
        between = claim.forms[min(deeds) : min(ours)]
        if not {"là", "do", "bởi", "bị", "được"} & {*between, *claim.forms[max(0, min(ours) - 2) : min(ours)]}:
            return True
    return False
