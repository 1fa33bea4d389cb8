"""Whether a written sentence turns round what it cites: denial, certainty, opposites, other titles, stronger words.

In: the sentence read, the sentences that should prove it. Out: the kind of the first contradiction, "" when there is
none. These are checks in both directions: what the source denies must be denied, and
what the sentence denies must be denied in the source. Who did what is in app/roles.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.certainty import found_in, only_ordered, passed_over, places_of
from app.fact import Fact
from app.meanings import Phrase, meanings
from app.name_words import TITLES
from app.same_fact import same
from app.statement import Scope, Statement


def contradicts(
    claim: Statement,
    evidence: Sequence[Statement],
    related: Sequence[Statement],
    passage: Sequence[Statement],
    published: datetime | None = None,
) -> str:
    """The kind of the first contradiction between a sentence and its evidence.

    related: the evidence and what else speaks of nearly the same. passage: all sentences around it, in which a denial
    counts as well.
    """
    for source in passage:
        proves = any(source is s for s in evidence)
        for scope in source.scopes:
            if passed_over(scope, source, claim, evidence, proves=proves):
                return "negation" if scope.kind == "denied" else "certainty"
    if any(_unproved_denial(scope, claim, evidence) for scope in claim.scopes if scope.kind == "denied"):
        return "negation"
    if any(_opposed(claim, [source]) for source in related):
        return "comparison"
    if _stronger(claim, evidence):
        return "strength"
    if _other_title(claim, evidence):
        return "role"
    return "certainty" if only_ordered(claim, evidence) or _too_early(claim, evidence, published) else ""


def _unproved_denial(scope: Scope, claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether the claim denies what no evidence denies."""
    table = meanings()
    known = table.at(claim.forms, scope.word)
    if known > 1 and any(source.says(table.same(claim.phrase(scope.word, known))) for source in evidence):
        return False  # "không đồng tình" for "phản đối"
    for place in scope.reach[: None if scope.whole else 4]:
        for source in evidence:
            if any(source.denied[p] for p in found_in(claim, place, source)):
                return False
        width = table.at(claim.forms, place)
        opposite = table.opposite(claim.phrase(place, width)) if width else frozenset()
        if any(source.says(opposite) for source in evidence):
            return False
    word = claim.phrase(scope.word, table.at(claim.forms, scope.word) or 1)
    return not (scope.whole and any(source.says(table.same(word)) for source in evidence))


# --- opposites, strong words, titles ---------------------------------------------------------------------------------


def _opposed(claim: Statement, evidence: Sequence[Statement]) -> bool:
    table = meanings()
    for at, width in claim.units:
        unit = claim.phrase(at, width)
        facing = table.opposite(unit)
        if not facing:
            continue
        pair = len({claim.fact[p] for p in range(len(claim.forms)) if _names_in(claim, p, claim.clause[at])}) > 1
        for source, places in _local(claim, at, width, evidence):
            ours = [p for p, _ in source.says(table.same(unit)) if p in places]
            theirs = [p for p, _ in source.says(facing) if p in places and source.denied[p] == claim.denied[at]]
            if theirs and not ours and not (pair and _inverted(unit, source, theirs)):
                return True
        unsaid = not any(source.says(table.same(unit)) for source in evidence)
        if unsaid and not claim.denied[at] and not pair and unit in table.kinds["clear"]:
            facing &= table.kinds["clear"]
            if any(not source.denied[p] for source in evidence for p, _ in source.says(facing)):
                return True
    return False


def _names_in(claim: Statement, place: int, clause: int) -> bool:
    number = claim.fact[place]
    return number >= 0 and claim.clause[place] == clause and claim.facts[number].kind in ("name", "place")


def _inverted(unit: Phrase, source: Statement, theirs: Sequence[int]) -> bool:
    """Whether the opposite is the same event from its other side ("thua" for "thắng"): app/roles.py judges those."""
    table = meanings()
    return any(p in theirs for p, _ in source.says(table.inverse(unit)))


def _local(
    claim: Statement, at: int, width: int, evidence: Sequence[Statement]
) -> list[tuple[Statement, frozenset[int]]]:
    """The clauses of the evidence that speak of what stands around a place of the claim.

    Those with an equal number or date of the same clause of the claim; else the one that shares most words.
    """
    numbers = {claim.fact[p] for p in range(len(claim.forms)) if claim.clause[p] == claim.clause[at]} - {-1}
    facts = [claim.facts[n] for n in numbers if claim.facts[n].kind in ("number", "date", "time")]
    facts.sort(key=lambda f: _apart(claim, at, width, f))
    for fact in facts:
        found = [
            (source, _clause_of(source, other)) for source in evidence for other in source.facts if _alike(fact, other)
        ]
        if found:
            return found
    words = {claim.forms[p] for p in range(len(claim.forms)) if claim.clause[p] == claim.clause[at] and p != at}
    best: tuple[int, Statement, frozenset[int]] | None = None
    for source in evidence:
        for clause in sorted(set(source.clause)):
            places = frozenset(p for p, c in enumerate(source.clause) if c == clause)
            shared = len(words & {source.forms[p] for p in places if source.content[p] or source.fact[p] >= 0})
            if shared and (best is None or shared > best[0]):
                best = shared, source, places
    return [(best[1], best[2])] if best else []


def _apart(claim: Statement, at: int, width: int, fact: Fact) -> tuple[int, bool]:
    """Syllables between a word and a fact, an "và" counting for three; at a tie what follows comes first."""
    held = claim.syllables(fact)
    if not held:
        return 99, True
    between = claim.forms[at + width : held[0]] if held[0] > at else claim.forms[held[-1] + 1 : at]
    return len(between) + 2 * between.count("và"), held[0] < at


def _alike(fact: Fact, other: Fact) -> bool:
    return fact.kind == other.kind and same(fact, other) == "equal"


def _clause_of(source: Statement, fact: Fact) -> frozenset[int]:
    held = source.syllables(fact)
    if not held:
        return frozenset()
    clause = source.clause[held[0]]
    return frozenset(p for p, c in enumerate(source.clause) if c == clause)


def _too_early(claim: Statement, evidence: Sequence[Statement], published: datetime | None) -> bool:
    """Whether the claim says "đã" of what the evidence dates after its own publication."""
    done = meanings().kinds["done"]
    if published is None or not any((f,) in done and claim.fact[p] < 0 for p, f in enumerate(claim.forms)):
        return False
    dates = [
        f.value for s in evidence for f in s.facts if f.kind == "date" and isinstance(f.value, tuple) and f.value[0]
    ]
    later = [(y or 0, m or 0) > (published.year, published.month if m else 0) for y, m, _ in dates]
    return bool(later) and all(later)


_PARTS = frozenset({("thống", "nhất"), ("đồng", "nhất"), ("hợp", "nhất"), ("nhất", "trí"), ("nhất", "định"), ("thứ", "nhất"),
                    ("hạng", "nhất"), ("giải", "nhất"), ("duy", "nhất"), ("nhất", "là"), ("chủ", "nhất"), ("nhất", "quán")})  # fmt: skip
"""Words of which "nhất" is a part and no superlative."""


def _stronger(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether a word such as "nhất", "duy nhất" or "toàn bộ" is claimed that no evidence says."""
    table = meanings()
    for phrase in table.kinds["strict"]:
        size = len(phrase)
        for at in range(len(claim.forms) - size + 1):
            if claim.phrase(at, size) != phrase or claim.fact[at] >= 0:
                continue
            if claim.phrase(at - 1, 2) in _PARTS or claim.phrase(at, 2) in _PARTS - {phrase}:
                continue
            ways = table.same(phrase)
            told = [(s, p + len(way)) for s in evidence for way in ways for p in places_of(s.forms, way)]
            if not told or all(_wider(claim, at + size, source, end) for source, end in told):
                return True
    return False


def _wider(claim: Statement, at: int, source: Statement, end: int) -> bool:
    """Whether "nhất" reaches farther in the claim: "đầu tiên trên thế giới" for "đầu tiên tại miền Duyên"."""
    ours, theirs = _bounds(claim, at), _bounds(source, end)
    if ours and not ours & set(source.forms):
        return True
    return bool(theirs) and not theirs & set(claim.forms)


_WITHIN = ("tại", "ở", "trên", "của", "trong", "kể", "từ", "lịch")


def _bounds(statement: Statement, at: int) -> set[str]:
    """The words that say within what something is the first or the most: those behind a preposition that follows."""
    if at >= len(statement.forms) or statement.forms[at] not in _WITHIN:
        return set()
    clause = statement.clause[at]
    held = [p for p in range(at, len(statement.forms)) if statement.clause[p] == clause]
    return {statement.forms[p] for p in held if statement.content[p] or statement.fact[p] >= 0}


def _other_title(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether "phó giám đốc" became "giám đốc", or "cựu" was added."""
    changed = [_titles(source) for source in evidence]
    for title, changer in _titles(claim):
        said = [c for found in changed for t, c in found if t == title]
        if said and not any(_same_changer(changer, c) for c in said):
            return True
    return False


def _same_changer(one: Phrase, other: Phrase) -> bool:
    return one == other or bool(one and other and other in meanings().same(one))


def _titles(statement: Statement) -> list[tuple[str, Phrase]]:
    """Each title with the word before it that makes another of it, () when there is none: ("giám đốc", ("phó",))."""
    found = []
    table = meanings()
    for at in range(len(statement.forms)):
        if statement.fact[at] >= 0:
            continue
        changer = table.at(statement.forms, at, "changers")
        place = at + changer
        title = _title_at(statement, place)
        if not title or (not changer and at and _follows_changer(statement, at)):
            continue
        inner = _title_at(statement, at) if changer else ""
        if changer and inner == statement.forms[at]:
            inner = ""
        if len(title.split()) > 1 or changer:
            found.append((title, statement.phrase(at, changer)))
    return found


def _title_at(statement: Statement, at: int) -> str:
    """The longest title without a changer of its own that starts at a place."""
    for width in range(4, 0, -1):
        words = statement.forms[at : at + width]
        if (
            len(words) == width
            and " ".join(words) in _PLAIN_TITLES
            and all(n < 0 for n in statement.fact[at : at + width])
        ):
            return " ".join(words)
    return ""


def _follows_changer(statement: Statement, at: int) -> bool:
    return (statement.forms[at - 1],) in meanings().kinds["changers"]


_PLAIN_TITLES = frozenset(
    title
    for title in TITLES
    if len(title) > 3 and title.split()[0] not in ("phó", "cựu", "nguyên", "tổng", "ông", "bà")
)
