"""What an amount, a day or a place belongs to: "dài 412 m, rộng 12 m" does not say "rộng 412 m".

In: a written sentence and the sentences that should prove it. Out: the kind of what was given to
something else. The words around a number are compared with those around its equal and around its rivals
in the source. Names around verbs are in app/roles.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.fact import Fact
from app.meanings import meanings
from app.named import WHERE, WHOSE, Named, names_of, one
from app.same_fact import same
from app.statement import Statement
from index.vietnamese import tokens


def other_owner(
    claim: Statement, evidence: Sequence[Statement], related: Sequence[Statement], passage: Sequence[Statement]
) -> str:
    """ "place" when it happened elsewhere, "number", "date" or "time" when one belongs to something else, "" if neither.

    related: the evidence and what else speaks of nearly the same. passage: all around it.

    >>> from app.statement import read_statement
    >>> source = [read_statement("Cầu dài 412 m, rộng 12 m.")]
    >>> [other_owner(read_statement(c), source, source, source) for c in ("Cầu rộng 412 m.", "Cầu rộng 12 m.")]
    ['number', '']
    """
    if _elsewhere(claim, evidence, related, passage):
        return "place"
    if _other_name(claim, related):
        return "number"
    return _other_amount(claim, evidence, passage) or _other_end(claim, evidence) or _only_compared(claim, evidence)


# --- where it was ----------------------------------------------------------------------------------------------------


def _elsewhere(
    claim: Statement, evidence: Sequence[Statement], related: Sequence[Statement], passage: Sequence[Statement]
) -> bool:
    """Whether the claim puts it "ở X" where the source says "ở Y" and X is no such place, or names what it was not."""
    ours = names_of(claim)
    for name in ours:
        told = [(s, n) for s in passage for n in names_of(s) if one(name, n)]
        if told and all(_instead(s, n) for s, n in told) and not _instead(claim, name):
            return True
        if name.way not in WHERE:
            continue
        for source in related:
            theirs = names_of(source)
            places = [n for n in theirs if n.way in WHERE]
            same_one = [n for n in theirs if one(name, n)]
            if not places or any(one(name, n) for n in places):
                continue
            inside = all(n.way in WHOSE or len(n.fact.text.split()) > len(name.fact.text.split()) + 1 for n in same_one)
            strangers = not any(one(n, our) for n in places for our in ours)
            if inside if same_one else strangers and any(source is e for e in evidence):
                return True
    return False


def _instead(statement: Statement, name: Named) -> bool:
    """Whether "thay vì" or the like stands right before a name, or before its title."""
    table = meanings()
    for at in range(max(0, name.first - 6), name.first):
        width = table.at(statement.forms, at, "instead")
        if not width or statement.clause[at] != name.clause:
            continue
        if all(n < 0 for n in statement.fact[at + width : name.first]):
            return True
    return False


# --- amounts and their owners ----------------------------------------------------------------------------------------


def _other_name(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a number (or date) is beside one name here and beside another there, with a like number beside ours."""
    names = names_of(claim)
    for fact in claim.facts:
        if fact.kind not in ("number", "date", "time") or not names:
            continue
        held = claim.syllables(fact)
        near = [n for n in names if held and n.clause == claim.clause[held[0]]] or names
        for name in near:
            verdicts = [
                _owned_otherwise(name, names, other, source, evidence)
                for source in evidence
                for other in source.facts
                if other.kind == fact.kind and same(fact, other) == "equal"
            ]
            if verdicts and all(verdicts):
                return True
    return False


def _owned_otherwise(
    name: Named, ours: Sequence[Named], number: Fact, source: Statement, evidence: Sequence[Statement]
) -> bool:
    held = source.syllables(number)
    if not held:
        return False
    clause = source.clause[held[0]]
    theirs = names_of(source)
    here = [n for n in theirs if n.clause == clause]
    if not here:  # "…, kém đội đầu bảng 2 điểm": the clause before names whose it is
        here = [n for n in theirs if n.clause < clause]
    if any(one(name, n) for n in here):
        return False
    strangers = [n for n in here if n.sort == name.sort and not any(one(n, our) for our in ours)]
    if not strangers:
        return False
    # ours stands elsewhere, beside a number of the same kind
    for other in evidence:
        for n in names_of(other):
            if not one(name, n):
                continue
            if any(f.kind == number.kind and same(number, f) == "differ" for f in other.facts):
                return True
    return name.sort == "person" and any(n.sort == "person" for n in strangers)


def _other_amount(claim: Statement, evidence: Sequence[Statement], passage: Sequence[Statement]) -> str:
    """The kind of a number or date whose words stand around another: "rộng 412 m" from "dài 412 m, rộng 12 m"."""
    for fact in claim.facts:
        if fact.kind not in ("number", "date", "time"):
            continue
        nearby = _nearby(claim, fact)
        equal = [(s, f) for s in evidence for f in s.facts if f.kind == fact.kind and same(fact, f) == "equal"]
        rival = [(s, f) for s in passage for f in s.facts if f.kind == fact.kind and same(fact, f) == "differ"]
        if equal and any(all(_nearer(nearby, *r, *e) for e in equal) for r in rival):
            return fact.kind
    return ""


def _nearer(nearby: Sequence[str], source: Statement, rival: Fact, own: Statement, equal: Fact) -> bool:
    """Whether the words around a number of the claim are those around the rival, and not those around its equal."""
    here, there = _clause_forms(own, equal), _clause_forms(source, rival)
    if not here:
        return False  # "cao hơn năm 2025 (81%)": nothing says what it is
    here = here if own is source else set(own.forms)
    gained = [form for form in nearby if form in there - here]
    kept = [form for form in nearby if form in here - there]
    if not gained or not kept:
        return bool(gained)
    # in "Cầu dài 412 m, rộng 12 m" the first clause names what all are about: the nearest word decides
    if own is not source:
        return nearby[0] in gained and len(gained) > len(kept)
    return own.clause[own.syllables(equal)[0]] == 0 and nearby[0] in gained


def _clause_forms(source: Statement, fact: Fact) -> set[str]:
    held = source.syllables(fact)
    clause = source.clause[held[0]] if held else -1
    return {f for p, f in enumerate(source.forms) if source.clause[p] == clause and source.fact[p] < 0}


def _nearby(claim: Statement, fact: Fact) -> list[str]:
    """The claiming words around a number: those before it back to the last like it, then those of its clause after it.

    They come from earlier clauses only if its own holds nothing else.
    """
    held = claim.syllables(fact)
    found: list[str] = []
    if not held:
        return found
    counted = set(tokens(fact.unit))
    clause = [n for p, n in enumerate(claim.fact) if claim.clause[p] == claim.clause[held[0]]]
    crowded = len({n for n in clause if n >= 0}) > 1
    for place in range(held[0] - 1, -1, -1):
        number = claim.fact[place]
        if number >= 0 and claim.facts[number].kind == fact.kind:
            break
        if claim.clause[place] != claim.clause[held[0]] and (found or crowded):
            break
        if _tells(claim, place):
            found.append(claim.forms[place])
    noun = 2 if fact.kind == "number" else 0  # what is counted follows directly: "1.860 tàu cá"
    for place in range(held[-1] + 1, len(claim.forms)):
        if claim.clause[place] != claim.clause[held[-1]] or claim.fact[place] >= 0 or claim.forms[place] == "và":
            break
        tells = _tells(claim, place)
        noun = noun - 1 if tells else -1
        if tells and noun < 0 and claim.forms[place] not in counted:
            found.append(claim.forms[place])
    return found


def _tells(claim: Statement, place: int) -> bool:
    """Whether a syllable says what a number is about; the "tháng" of "vé tháng" does."""
    if claim.content[place]:
        return True
    return (
        place > 0
        and claim.fact[place] < 0
        and claim.content[place - 1]
        and claim.forms[place] in ("tháng", "ngày", "năm", "tuần", "người")
    )


# --- ends of a range, and what is only compared with -----------------------------------------------------------------

_TO = frozenset(["xuống", "lên", "còn", "đến", "tới", "sang", "thành"])
_COMPARED = frozenset(["hơn", "với", "kém", "bằng", "như"])


def _other_end(claim: Statement, evidence: Sequence[Statement]) -> str:
    """Whether "từ 5,8% xuống 5,2%" is told as "xuống 5,8%" or "đạt 5,8%": the first end is what it no longer is."""
    for fact in claim.facts:
        held = claim.syllables(fact)
        if fact.kind not in ("number", "date") or not held:
            continue
        if "từ" in claim.forms[max(0, held[0] - 3) : held[0]]:
            continue
        equal = [(s, f) for s in evidence for f in s.facts if f.kind == fact.kind and same(fact, f) == "equal"]
        moved = claim.forms[held[0] - 1] in {*_TO, "đạt", "là", "mức"} if held[0] else False
        if moved and equal and all(_is_start(s, f) for s, f in equal):
            return fact.kind
    return ""


def _is_start(source: Statement, fact: Fact) -> bool:
    """Whether "từ" stands before a number and "xuống", "lên" or "còn" with another right behind it."""
    held = source.syllables(fact)
    if not held or "từ" not in source.forms[max(0, held[0] - 2) : held[0]]:
        return False
    after = range(held[-1] + 1, min(held[-1] + 4, len(source.forms)))
    return any(source.forms[p] in _TO - {"đến", "tới"} and source.fact[p] < 0 for p in after)


def _only_compared(claim: Statement, evidence: Sequence[Statement]) -> str:
    """Whether a day that the source only compares with ("cao hơn năm 2025") is when it was in the claim."""
    for fact in claim.facts:
        if fact.kind != "date" or is_compared(claim, fact):
            continue
        equal = [(s, f) for s in evidence for f in s.facts if f.kind == "date" and same(fact, f) == "equal"]
        if equal and all(is_compared(s, f) for s, f in equal):
            held = claim.syllables(fact)
            near = [f for f in claim.facts if f.kind == "number" and held]
            if not any(_beside(claim, fact, f) and _told_beside(fact, f, equal) for f in near):
                return "date"
    return ""


def is_compared(statement: Statement, fact: Fact) -> bool:
    """Whether a day is only compared with: "cao hơn năm 2025", "so với cùng kỳ 2021"."""
    held = statement.syllables(fact)
    before = statement.forms[max(0, held[0] - 4) : held[0]] if held else ()
    return any(f in _COMPARED for f in before[-2:]) or ("cùng", "kì") in pairwise(before)


def _beside(statement: Statement, day: Fact, number: Fact) -> bool:
    """Whether a number and a day touch: "81% năm 2025"."""
    a, b = statement.syllables(day), statement.syllables(number)
    return bool(a) and bool(b) and (0 <= a[0] - b[-1] <= 2 or 0 <= b[0] - a[-1] <= 2)


def _told_beside(day: Fact, number: Fact, equal: Sequence[tuple[Statement, Fact]]) -> bool:
    return any(_beside(s, d, f) for s, d in equal for f in s.facts if f.kind == "number" and same(number, f) == "equal")
