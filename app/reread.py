"""Read the first sentences together with the question, and put the one that answers in front.

In: a question, candidates as words and places rank them (app/choose.py), a reader. Out: the same candidates, those that were
read with what the reader says, in a new order. This module knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from app.choose import Candidate
from index.reader import Context, Reading
from index.split import sentences

# Chosen on questions that the reader has not learnt from: docs/decisions/0017-reader.md.
FIRST, MOST = 3, 6
"""Sentences read, about 7 ms each; the further ones only where none of the first is likely to answer."""
UNLIKELY = -1.0
"""Log odds of answering below which the first leave it open: two in five questions read on."""
WITHIN = 1.5
"""What is further behind the best, by words and places, is not read."""
WORTH = 0.3
"""What one of the reader's log odds adds to a score."""


class Reads(Protocol):
    """A reader: what it says of each sentence (index/reader.py)."""

    def read(self, question: str, contexts: Sequence[Context]) -> list[Reading]: ...


def reread(question: str, ranked: Sequence[Candidate], reader: Reads) -> list[Candidate]:
    """The candidates in the order of what words and reader say together; those that were not read stay behind those that were."""
    if not ranked:
        return []
    near = [c for c in ranked[:MOST] if c.standing >= ranked[0].standing - WITHIN]
    said = reader.read(question, [context_of(c) for c in near[:FIRST]])
    if len(near) > FIRST and max(one.answers for one in said) < UNLIKELY:
        said += reader.read(question, [context_of(c) for c in near[FIRST:]])
    read = [(c.standing + WORTH * one.beside, replace(c, read=one)) for c, one in zip(near, said, strict=False)]
    read.sort(key=lambda pair: -pair[0])
    return [*(c for _, c in read), *ranked[len(read) :]]


def context_of(c: Candidate) -> Context:
    """A candidate as a reader is given it."""
    passage = c.hit.passage
    before = ""
    if c.number:
        start, end = sentences(passage.text)[c.number - 1]
        before = passage.text[start:end]
    return Context(passage.title, before, c.text)
