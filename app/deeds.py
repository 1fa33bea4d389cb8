"""Deeds in a sentence: the verb behind a name, where a sentence tells it, and whether a name has it done to itself.

In: Statements and the names in them. Out: places of syllables. A helper of app/roles.py and app/other_deed.py; it judges nothing.
"""

from __future__ import annotations

from app.meanings import Phrase, meanings
from app.name_words import TITLES
from app.named import Named
from app.statement import Statement

_STOPS = frozenset(["bị", "được", "của", "và", "với", "cùng", "ở", "tại", "là", "do"])
"""Behind these a name does nothing itself."""


def deed_behind(claim: Statement, name: Named) -> tuple[int, int] | None:
    """The verb right after a name: place and width; None behind a passive or where something else comes between.

    >>> from app.named import names_of
    >>> from app.statement import read_statement
    >>> said = read_statement("Lê Bá Tòng đã từ chức hôm qua.")
    >>> [said.phrase(*deed) for n in names_of(said) if (deed := deed_behind(said, n))]
    [('từ', 'chức')]
    """
    table, at = meanings(), name.last + 1
    while at < len(claim.forms) and claim.clause[at] == name.clause and claim.fact[at] < 0:
        if claim.forms[at] == "là" and claim.phrase(at + 1, 1) in (("người",), ("nơi",), ("đơn",)):
            at += 3 if claim.forms[at + 1] == "đơn" else 2
            continue
        if table.at(claim.forms, at, "receiving") or claim.forms[at] in _STOPS:
            return None
        width = table.at(claim.forms, at)
        quiet = table.at(claim.forms, at, "function", "light", "negators", "planned")
        if quiet and quiet >= width:
            at += quiet
            continue
        return at, width or 1
    return None


def tellings(source: Statement, ways: frozenset[Phrase], phrase: Phrase) -> list[int]:
    """Where a sentence tells a deed, in its own words or in others."""
    direct = [p for p in range(len(source.forms)) if source.phrase(p, len(phrase)) == phrase and source.fact[p] < 0]
    return sorted({*direct, *(p for p, _ in source.says(ways))})


def of_a_title(statement: Statement, name: Named) -> bool:
    """Whether a title stands right before the name of a body: "giám đốc Sở Y tế" does things, not the Sở."""
    if name.sort == "person":
        return False
    return any(" ".join(statement.forms[name.first - width : name.first]) in TITLES for width in (3, 2, 1))


def passive_before(source: Statement, place: int, nearest: Named) -> bool:
    """Whether a deed is done to the name before it."""
    return any(word in ("bị", "được") for word in source.forms[nearest.last + 1 : place])
