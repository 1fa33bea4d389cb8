"""The names of a sentence where they stand, and whether two of them mean one thing.

In: a Statement. Out: Named, each with the preposition that keeps it out of the action ("ở", "của") or "" for who does
something or has it done. A helper of app/roles.py and app/owners.py; it judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.fact import Fact
from app.meanings import Phrase, meanings
from app.same_name import same_name
from app.statement import Statement
from index.vietnamese import tokens

LOOK_BACK = 6
"""Syllables before a name in which its preposition stands: "của Công ty Bao bì Mây Xanh"."""

WHERE = ("ở", "tại")
WHOSE = ("của", "với", "cùng", "theo", "về")


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: its first and last syllable, its clause, and its preposition ("" when it has none).

    kin: ("em", "gái") before a person's name, who is then somebody else; () when there is none.
    """

    fact: Fact
    first: int
    last: int
    clause: int
    way: str
    kin: Phrase = ()

    @property
    def sort(self) -> str:
        """ "person", "organisation", "place" or "other"."""
        return "place" if self.fact.kind == "place" else self.fact.unit or "other"


def names_of(statement: Statement) -> list[Named]:
    """The names of a sentence in reading order.

    >>> from app.statement import read_statement
    >>> [(n.fact.text, n.way) for n in names_of(read_statement("Ông Lê Bá Tòng thăm trường ở Đông Mây."))]
    [('Lê Bá Tòng', ''), ('Đông Mây', 'ở')]
    """
    found = []
    for fact in statement.facts:
        held = statement.syllables(fact)
        if fact.kind in ("name", "place") and held:
            way, kin = _way(statement, held[0]), _kin(statement, held[0]) if fact.kind == "name" else ()
            found.append(
                Named(fact, held[0], held[-1], statement.clause[held[0]], "" if kin and way == "của" else way, kin)
            )
    return found


def _kin(statement: Statement, first: int) -> Phrase:
    """ "vợ" of "vợ của ông Lê Bá Tòng"."""
    table, at = meanings(), first
    while at and statement.forms[at - 1] in ("ông", "bà", "anh", "chị", "của", "bị", "cáo", "can") and at > first - 4:
        at -= 1
    for width in (2, 1):
        phrase = statement.phrase(max(0, at - width), width)
        if phrase in table.kinds["kin"] and (width == 2 or at != first):
            return phrase
    return ()


def _way(statement: Statement, first: int) -> str:
    table = meanings()
    for place in range(first - 1, max(-1, first - 1 - LOOK_BACK), -1):
        if statement.clause[place] != statement.clause[first]:
            return ""
        if statement.capital[place]:
            continue
        if (statement.forms[place],) in table.kinds["prepositions"]:
            return statement.forms[place]
        if statement.fact[place] >= 0 or table.at(statement.forms, place, "function"):
            return ""
    return ""


def one(a: Named, b: Named) -> bool:
    """Whether two names are of one and the same, or one stands inside the other."""
    if a.kin != b.kin:
        return False
    x, y = tokens(a.fact.text), tokens(b.fact.text)
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return True
    return same_name(a.fact, b.fact) == "equal"


def rivals(a: Named, b: Named) -> bool:
    """Whether one name could be written for the other by mistake."""
    x, y = a.sort, b.sort
    return x == y or "other" in (x, y)
