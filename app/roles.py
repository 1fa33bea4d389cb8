"""Who did what to whom, as far as the order of names around a verb can say.

    "Hải Sa thắng Lam Giang" is not "Lam Giang thắng Hải Sa", but is "Lam Giang thua Hải Sa" and "Lam Giang bị Hải Sa đánh bại"

In: a written sentence and the sentences that should prove it. Out: whether names changed places, whether a deed was
given to somebody else, or a number to another name. Orders that prove nothing are let pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.fact import Fact
from app.meanings import Phrase, meanings
from app.name_words import TITLES
from app.same_fact import same
from app.same_name import same_name
from app.statement import Statement
from index.vietnamese import tokens

LOOK_BACK = 6
"""Syllables before a name in which its preposition stands: "của Công ty Bao bì Mây Xanh"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands. way: the preposition that keeps it out of the action, "" for doers and objects."""

    fact: Fact
    first: int
    last: int
    clause: int
    way: str


def misplaced(
    claim: Statement, evidence: Sequence[Statement], related: Sequence[Statement], passage: Sequence[Statement]
) -> str:
    """ "role" when names changed places or a deed its doer, "place" when it happened elsewhere, "number" or "date" when
    an amount or a day belongs to something else; "" when nothing shows.

    related: the evidence and what else speaks of nearly the same. passage: all around it.
    """
    if any(_changed_places(claim, source) for source in related):
        return "role"
    if _other_doer(claim, related):
        return "role"
    if _carried_over(claim, evidence):
        return "role"
    if _elsewhere(claim, related, passage):
        return "place"
    if _other_owner(claim, related):
        return "number"
    return _other_amount(claim, evidence, passage)


def _names(statement: Statement) -> list[Named]:
    found = []
    for fact in statement.facts:
        held = statement.syllables(fact)
        if fact.kind in ("name", "place") and held:
            found.append(Named(fact, held[0], held[-1], statement.clause[held[0]], _way(statement, held[0])))
    return found


def _way(statement: Statement, first: int) -> str:
    table = meanings()
    for place in range(first - 1, max(-1, first - 1 - LOOK_BACK), -1):
        if statement.clause[place] != statement.clause[first]:
            return ""
        if (statement.forms[place],) in table.kinds["prepositions"] and not statement.capital[place]:
            return statement.forms[place]
        if statement.fact[place] >= 0 and not statement.capital[place]:
            return ""
        if table.at(statement.forms, place, ["function"]) and not statement.capital[place]:
            return ""
    return ""


def _one(a: Fact, b: Fact) -> bool:
    """Whether two names are of one and the same, or one stands inside the other."""
    x, y = tokens(a.text), tokens(b.text)
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return True
    return same_name(a, b) == "equal"


def _sort(fact: Fact) -> str:
    return "place" if fact.kind == "place" else fact.unit or "other"


def _rivals(a: Fact, b: Fact) -> bool:
    """Whether two names could be mistaken for each other."""
    x, y = _sort(a), _sort(b)
    return x == y or ("other" in (x, y) and {x, y} != {"other", "place"}) or {x, y} == {"other", "place"}


# --- names that changed places ---------------------------------------------------------------------------------------


def _changed_places(claim: Statement, source: Statement) -> bool:
    ours, theirs = _names(claim), _names(source)
    for n, a in enumerate(ours):
        for b in ours[n + 1 :]:
            if a.clause != b.clause or _one(a.fact, b.fact):
                continue
            pairs = [
                (x, y) for x in theirs for y in theirs
                if abs(x.clause - y.clause) <= 1 and x is not y and _one(a.fact, x.fact) and _one(b.fact, y.fact)
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
    """ "B bị A đánh bại", "công trình do A xây": the second name is the doer."""
    between = statement.forms[first.last + 1 : second.first]
    return any(word in ("bị", "được", "do", "bởi") for word in between)


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


# --- deeds and their doers -------------------------------------------------------------------------------------------


def _other_doer(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a deed that follows a name in the claim is somebody else's wherever the evidence tells it."""
    for name in _names(claim):
        if name.way or _of_a_title(claim, name):
            continue
        deed = _deed(claim, name.last + 1, name.clause)
        if deed is None:
            continue
        ways = meanings().same(claim.phrase(*deed))
        verdicts = [
            _doer_differs(name, source, place)
            for source in evidence
            for place in _tellings(source, ways, claim.phrase(*deed))
        ]
        known = [v for v in verdicts if v is not None]
        if known and all(known):
            return True
    return False


def _tellings(source: Statement, ways: frozenset[Phrase], phrase: Phrase) -> list[int]:
    direct = [p for p in range(len(source.forms)) if source.phrase(p, len(phrase)) == phrase and source.fact[p] < 0]
    return sorted({*direct, *(p for p, _ in source.says(ways))})


def _deed(claim: Statement, at: int, clause: int) -> tuple[int, int] | None:
    """The verb right after a name: place and width; None behind a passive or where something else comes between."""
    table = meanings()
    while at < len(claim.forms) and claim.clause[at] == clause and claim.fact[at] < 0:
        if claim.forms[at] == "là" and claim.phrase(at + 1, 1) in (("người",), ("nơi",), ("đơn",)):
            at += 3 if claim.forms[at + 1] == "đơn" else 2
            continue
        if table.at(claim.forms, at, ["receiving"]) or claim.forms[at] in (
            "bị",
            "được",
            "của",
            "và",
            "với",
            "cùng",
            "ở",
            "tại",
            "là",
            "do",
        ):
            return None
        width = table.at(claim.forms, at)
        quiet = table.at(claim.forms, at, ["function", "light", "negators", "planned"])
        if quiet and quiet >= width:
            at += quiet
            continue
        return at, width or 1
    return None


def _of_a_title(statement: Statement, name: Named) -> bool:
    """Whether a title stands right before the name of a body: "giám đốc Sở Y tế" does things, not the Sở."""
    if name.fact.unit == "person":
        return False
    return any(" ".join(statement.forms[name.first - width : name.first]) in TITLES for width in (3, 2, 1))


def _doer_differs(name: Named, source: Statement, place: int) -> bool | None:
    """Whether another name does the deed told at a place; None where the source names nobody before it."""
    names = _names(source)
    if any(_one(name.fact, n.fact) and n.first < place and not n.way for n in names):
        return False
    before = [n for n in names if n.last < place and n.clause == source.clause[place] and not n.way]
    if not before:
        return None
    behind = any(_one(name.fact, n.fact) and n.first > place for n in names)
    nearest = before[-1]
    if not behind and not _rivals(nearest.fact, name.fact):
        return None
    return not _passive_before(source, place, nearest)


def _passive_before(source: Statement, place: int, nearest: Named) -> bool:
    return any(word in ("bị", "được") for word in source.forms[nearest.last + 1 : place])


def _carried_over(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a person whom the evidence does not name takes the place of one whom it does."""
    theirs = [n for source in evidence for n in _names(source)]
    ours = _names(claim)
    persons = ("person", "other")
    for name in ours:
        if (
            _sort(name.fact) not in persons
            or name.way in ("của", *_WHERE)
            or any(_one(name.fact, n.fact) for n in theirs)
        ):
            continue
        for n in theirs:
            rival = _sort(n.fact) in persons and "person" in (_sort(n.fact), _sort(name.fact)) and not n.way
            if rival and not any(_one(n.fact, our.fact) for our in ours):
                return True
    return False


# --- where it was ----------------------------------------------------------------------------------------------------


_WHERE, _WHOSE = ("ở", "tại"), ("của", "với", "cùng", "theo", "về")


def _elsewhere(claim: Statement, related: Sequence[Statement], passage: Sequence[Statement]) -> bool:
    """Whether the claim puts it "ở X" where the source says "ở Y" and X is no such place, or names what it was not."""
    for name in _names(claim):
        told = [(s, n) for s in passage for n in _names(s) if _one(name.fact, n.fact)]
        if told and all(_instead(s, n) for s, n in told) and not _instead(claim, name):
            return True
        if name.way not in _WHERE:
            continue
        for source in related:
            theirs = _names(source)
            places = [n for n in theirs if n.way in _WHERE]
            ours = [n for n in theirs if _one(name.fact, n.fact)]
            inside = all(n.way in _WHOSE or len(n.fact.text.split()) > len(name.fact.text.split()) + 1 for n in ours)
            if places and inside and not any(_one(name.fact, n.fact) for n in places) and ours:
                return True
    return False


def _instead(statement: Statement, name: Named) -> bool:
    """Whether "thay vì" or the like stands right before a name, or before its title."""
    table = meanings()
    for at in range(max(0, name.first - 6), name.first):
        width = table.at(statement.forms, at, ["instead"])
        if not width or statement.clause[at] != name.clause:
            continue
        if all(n < 0 for n in statement.fact[at + width : name.first]):
            return True
    return False


# --- amounts and their owners ----------------------------------------------------------------------------------------


def _other_owner(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a number (or date) is beside one name here and beside another there, with a like number beside ours."""
    names = _names(claim)
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
    theirs = _names(source)
    here = [n for n in theirs if n.clause == clause]
    if not here:  # "…, kém đội đầu bảng 2 điểm": the clause before names whose it is
        here = [n for n in theirs if n.clause < clause]
    if any(_one(name.fact, n.fact) for n in here):
        return False
    strangers = [
        n for n in here if _sort(n.fact) == _sort(name.fact) and not any(_one(n.fact, our.fact) for our in ours)
    ]
    if not strangers:
        return False
    # ours stands elsewhere, beside a number of the same kind
    for other in evidence:
        for n in _names(other):
            if not _one(name.fact, n.fact):
                continue
            if any(f.kind == number.kind and same(number, f) == "differ" for f in other.facts):
                return True
    return name.fact.unit == "person" and any(n.fact.unit == "person" for n in strangers)


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
    here, there = _clause_forms(own, equal) if own is source else set(own.forms), _clause_forms(source, rival)
    gained = [form for form in nearby if form in there - here]
    kept = [form for form in nearby if form in here - there]
    if not gained or not kept:
        return bool(gained)
    # in "Cầu dài 412 m, rộng 12 m" the first clause names what all are about: the nearest word decides
    shared = own is not source or own.clause[own.syllables(equal)[0]] == 0
    return shared and nearby[0] in gained


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
    for place in range(held[-1] + 1, len(claim.forms)):
        if claim.clause[place] != claim.clause[held[-1]] or claim.fact[place] >= 0 or claim.forms[place] == "và":
            break
        if _tells(claim, place):
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
