"""What changed between two versions of an article, paragraph by paragraph and word by word.

In: two texts as paragraphs. Out: the newer one's paragraphs and those that went, in pieces
that stayed, went or came. Words are compared only inside paragraphs that were
replaced, so a long article costs little. This module knows nothing of pages or terminals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

_MOST_PIECES = 2_000
"""Words and spaces of a paragraph that are compared; a longer one counts as gone and come as a whole."""

Fate = Literal["same", "gone", "new"]
Piece = tuple[Fate, str]
"""What became of a stretch of a paragraph, and its words."""


def differences(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    """The paragraphs of both texts in reading order, each as its pieces.

    >>> list(differences(["Cầu dài 1.200 m.", "Sáng nay."], ["Cầu dài 1.250 m."]))
    [[('same', 'Cầu dài '), ('gone', '1.200'), ('new', '1.250'), ('same', ' m.')], [('gone', 'Sáng nay.')]]
    """
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _whole("same", after[c:d])
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    """Paragraphs put in the place of others: compared in pairs, what is left over is gone or new."""
    for old, new in zip(before, after, strict=False):
        yield _words(old, new)
    shared = min(len(before), len(after))
    yield from _whole("gone", before[shared:])
    yield from _whole("new", after[shared:])


def _whole(what: Fate, paragraphs: Sequence[str]) -> Iterator[list[Piece]]:
    for paragraph in paragraphs:
        yield [(what, paragraph)]


def _words(old: str, new: str) -> list[Piece]:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    # Alike by their words alone: between any two sentences the spaces are the same.
    alike = SequenceMatcher(None, before[::2], after[::2], autojunk=False)
    if max(len(before), len(after)) > _MOST_PIECES or alike.ratio() < 0.3:
        return [("gone", old), ("same", " "), ("new", new)]
    made: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(("same", "".join(after[c:d])))
            continue
        if b > a:
            made.append(("gone", "".join(before[a:b])))
        if d > c:
            made.append(("new", "".join(after[c:d])))
    return made
