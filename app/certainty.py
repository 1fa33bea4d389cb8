"""Whether a sentence tells as so what another denies, plans, asks for, orders or thinks possible.

In: two sentences read (app/statement.py). Out: yes or no, and the words that say so. "Sở đề xuất lắp cân" proves no
"Sở đã lắp cân". This module decides no verdict; who did what is in app/roles.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.meanings import Phrase, meanings
from app.statement import Scope, Statement

STRONG = 0.7
"""Share of a denied or planned stretch that a sentence must repeat to be about it."""


LIKELY = ("coming", "possible")
"""Kinds of which only "đã" says more: what can be mostly is."""


def passed_over(
    scope: Scope,
    source: Statement,
    claim: Statement,
    evidence: Sequence[Statement],
    *,
    proves: bool,
    done: Collection[str] = ("coming",),
) -> bool:
    """Whether the claim repeats what the source denies (or only plans) without saying so.

    done: the kinds that only a claim with "đã" passes over.
    """
    reach = [p for p in scope.reach if source.clause[p] == source.clause[scope.reach[0]]][:6]
    repeated = [(p, found_in(source, p, claim)) for p in reach]
    met = [(p, places) for p, places in repeated if places]
    if not met or (len(reach) > 1 and len(met) < 2) or len(met) < (0.5 if proves else STRONG) * len(reach):
        return False
    if not proves and len({tuple(places) for _, places in met}) < 2 and len(_repeats(scope, source, claim)) < 3:
        return False
    if not any(p in reach[:2] for p, _ in met):
        return False
    clauses = {claim.clause[place] for _, places in met for place in places}
    if scope.kind in done and not any(
        claim.phrase(p, 1) in meanings().kinds["done"] and claim.clause[p] in clauses for p in range(len(claim.forms))
    ):
        return False
    if any(s.kind == scope.kind and (s.whole or claim.clause[s.word] in clauses) for s in claim.scopes):
        return False
    if scope.kind == "denied" and _says_opposite(source, reach, claim):
        return False
    if scope.kind != "denied" and any(_kindred(scope.kind, claim.uncertain[p]) for _, places in met for p in places):
        return False
    # said without it elsewhere in the evidence: "chưa mở cầu cũ … mở cầu mới"
    return not any(_plainly_said(scope, source, claim, other) for other in evidence)


def taken_for_done(claim: Statement, source: Statement, beside: Sequence[Statement]) -> str:
    """How a sentence, and none beside it, calls what a claim tells as done: "đề xuất", "dự kiến"; "" when it does not.

    >>> from app.statement import read_statement as read
    >>> told = read("Sở Giao thông đề xuất lắp cân tự động.")
    >>> [taken_for_done(read(claim), told, ()) for claim in ("Sở đã lắp cân tự động.", "Sở muốn lắp cân tự động.")]
    ['đề xuất', '']
    """
    for scope in source.scopes:
        if scope.kind not in ("denied", "former") and (
            passed_over(scope, source, claim, [source, *beside], proves=True, done=LIKELY)
            or (scope.kind == "ordered" and only_ordered(claim, [source]))
        ):
            width = meanings().at(source.forms, scope.word, scope.kind) or 1
            width = 1 if source.forms[scope.word] == "giao" else width  # not to whom
            return source.text[source.spans[scope.word][0] : source.spans[scope.word + width - 1][1]]
    return ""


def only_ordered(claim: Statement, evidence: Sequence[Statement]) -> bool:
    """Whether all that the evidence has of what the claim says is what somebody is to do, and the claim tells it as done."""
    if any(claim.uncertain) or any(claim.denied):
        return False
    met = [
        (source, place)
        for source in evidence
        for word in claim.words
        for at, width in source.says(meanings().same(word)) or [(p, 1) for p in source.words.get(word, ())]
        for place in range(at, at + width)
    ]
    return bool(met) and all("ordered" in source.uncertain[place] for source, place in met)


def _kindred(kind: str, kinds: frozenset[str]) -> bool:
    """Kinds of uncertainty that may stand for each other: who plans may also be said to be able."""
    near = {
        "planned": {"possible", "coming"}, "coming": {"planned", "possible", "asked"}, "possible": {"planned", "coming"},
        "alleged": {"possible"}, "asked": {"planned"},
    }  # fmt: skip
    return bool(near.get(kind, set()) & kinds)


def found_in(source: Statement, place: int, claim: Statement) -> list[int]:
    """Where the claim says the word at a place of the source."""
    table = meanings()
    for at in range(max(0, place - 3), place + 1):
        width = table.at(source.forms, at)
        if source.phrase(at, 1) in table.kinds["negators"]:
            continue
        if at + width > place and (width > 1 or at == place):
            ways = table.same(source.phrase(at, width))
            found = [p for start, size in claim.says(ways) for p in range(start, start + size)]
            if found or (width > 1 and not set(source.phrase(at, width)) <= set(claim.forms)):
                return found
    form = source.forms[place]
    found = [p for p, f in enumerate(claim.forms) if f == form and claim.fact[p] < 0]
    beside = [source.phrase(at, 2) for at in (place - 1, place) if at >= 0 and _one_word(source, at)]
    if not beside or any(places_of(claim.forms, pair) for pair in beside):
        return found
    # half of a word of two syllables is another word: the "biểu" of "biểu quyết" is not that of "đại biểu"
    return [p for p in found if not any(places_of(source.forms, claim.phrase(at, 2)) for at in (p - 1, p) if at >= 0)]


def _one_word(statement: Statement, at: int) -> bool:
    """Whether two neighbours may be one word: both claim something, in one clause."""
    if at + 1 >= len(statement.forms) or statement.clause[at] != statement.clause[at + 1]:
        return False
    return statement.content[at] and statement.content[at + 1]


def _says_opposite(source: Statement, reach: Sequence[int], claim: Statement) -> bool:
    """ "không tăng" told as "giữ nguyên", "chưa có mặt" as "vắng mặt": the opposite of the denied word."""
    table = meanings()
    for at in reach[:2]:
        width = table.at(source.forms, at)
        if width and claim.says(table.opposite(source.phrase(at, width))):
            return True
    return False


def _repeats(scope: Scope, source: Statement, claim: Statement) -> set[str]:
    """The syllables behind a denial, small words too, that the claim has as well."""
    clause = source.clause[scope.reach[0]]
    stretch = {f for p, f in enumerate(source.forms) if p > scope.word and (scope.whole or source.clause[p] == clause)}
    return stretch & set(claim.forms)


def _plainly_said(scope: Scope, source: Statement, claim: Statement, other: Statement) -> bool:
    """Whether another place of the evidence says all that the claim repeats, without the denial or the plan."""
    kind = scope.kind
    forms = _repeats(scope, source, claim)
    for clause in set(other.clause):
        places = [p for p, c in enumerate(other.clause) if c == clause]
        free = {
            other.forms[p] for p in places if not (other.denied[p] if kind == "denied" else kind in other.uncertain[p])
        }
        if sum(form in free for form in forms) == len(forms):
            return True
    return False


def places_of(forms: Sequence[str], phrase: Phrase) -> list[int]:
    """Where a phrase begins among the syllables of a sentence."""
    size = len(phrase)
    return [i for i in range(len(forms) - size + 1) if tuple(forms[i : i + size]) == phrase]
