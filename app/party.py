"""Whom a question asks about, by what else a text may call them, and who is surely somebody else.

In: a question read, names of a Statement. Out: Party. A helper of app/other_doer.py and app/other_deed.py; it judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.asked import Asked, Wanted
from app.meanings import Phrase
from app.name_words import ORG_HEADS
from app.named import Named, names_of, one, rivals
from app.statement import Statement, read_statement
from index.vietnamese import fold, tokens

GOVERNING = frozenset(["chính phủ", "quốc hội", "nhà nước"])
"""Bodies of which each country has one."""

_ASKS = re.compile(
    r"(?<!\w)(?:vì sao|tại sao|do đâu|sao lại|như thế nào|thế nào|ra sao|khi nào|bao giờ|là gì|là ai|ở đâu|bao nhiêu|mấy|ai|gì|nào)(?!\w)",
    re.IGNORECASE,
)
CODE = re.compile(r"[A-ZĐ\d.&-]{1,6}")
"""An abbreviation: it may be short for any name."""


@dataclass(frozen=True, slots=True)
class Party:
    """A question as a statement, and those it names: persons, bodies and other names, not places.

    spelled: those of the names that are no abbreviation, which may be short for any other.
    """

    asked: Asked
    said: Statement
    names: tuple[Named, ...]

    @property
    def spelled(self) -> tuple[Named, ...]:
        """The names that are no abbreviation."""
        return tuple(n for n in self.names if not CODE.fullmatch(n.fact.text))


def read_party(asked: Asked, question: str) -> Party | None:
    """Whom a question names; None when nobody, or when the question is in English or asks yes or no."""
    if asked.english or asked.wanted is Wanted.TRUTH:
        return None
    said = read_statement(" ".join(_ASKS.sub(" , ", question).replace("?", " ").split()))
    names = tuple(n for n in names_of(said) if n.sort != "place")
    return Party(asked, said, names) if names else None


def another(name: Named, ours: Iterable[Named]) -> bool:
    """Whether a name is surely that of somebody else of the same sort."""
    if name.sort == "place" or CODE.fullmatch(name.fact.text):
        return False
    return any(rivals(name, our) for our in ours) and not any(one(name, our) for our in ours)


def mentions(text: str, name: Named) -> bool:
    """Whether a sentence holds a name: whole, its last two syllables, the given name of a person, what a body is called."""
    spaced = f" {fold(' '.join(tokens(text)))} "
    words = tokens(name.fact.text)
    short = (called(name) or words) if name.sort == "organisation" else words[-1:]
    return any(f" {fold(' '.join(way))} " in spaced for way in (words, words[-2:], short))


def called(name: Named) -> list[str]:
    """The tokens of a name without the kind of body: "công ty Bến Sương" is called "Bến Sương"; [] when it is nothing else."""
    words = name.fact.text.lower().split()
    width = next((n for n in range(min(5, len(words)), 0, -1) if " ".join(words[:n]) in ORG_HEADS | GOVERNING), 0)
    return tokens(" ".join(words[width:]))


def places_of(source: Statement, phrase: Phrase) -> list[int]:
    """Where a phrase stands in a sentence."""
    return [p for p in range(len(source.forms)) if source.phrase(p, len(phrase)) == phrase]
