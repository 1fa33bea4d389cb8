"""Choose the sentences that answer, among those of the passages found.

In: a question read, the rarity of its words, and hits. Out: Candidates, best first, each
with the features it was judged by. A sentence is judged by the share of the
question's words that it holds (rare words and pairs count more), by what its
title and its neighbours add, by whether something in it is of the kind that the question word asks
for, and by where its passage stands. This module knows nothing of archives or
of how an answer is worded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.asked import Asked
from app.spans import Span, answer_spans, best_span
from index.passage import Hit
from index.split import sentences
from index.vietnamese import fold, pairs, tokens

# Chosen on news_qa and viquad2: docs/decisions/0005-sentences.md.
PAIRS, CONTEXT, FIT, STANDING = 0.5, 0.9, 0.9, 1.5
FRAGMENT, QUESTION = 0.15, 0.4
"""Taken from what is no whole sentence (a caption, a headline), and from what asks instead of answering."""
CLOSE_LOOK = 30
"""Sentences searched for spans: those best by words alone."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence. start and end count in Article.text; span offsets count in the sentence.

    own, paired, around: shares (0 to 1) of the question's word weight held by the sentence, by its pairs, and
    additionally by its title and neighbours. fit: of its best span. number: its place in the passage.
    """

    hit: Hit
    number: int
    start: int
    end: int
    text: str
    own: float
    paired: float
    around: float
    fit: float = 0.0
    span: Span | None = None

    @property
    def about(self) -> float:
        """How much the sentence is about the question, whatever it answers."""
        return self.own + PAIRS * self.paired + CONTEXT * self.around

    @property
    def score(self) -> float:
        said = self.about + FIT * self.fit
        end = self.text.rstrip("\"”’')]»")[-1:]
        return said - (QUESTION if end == "?" else 0.0 if end in ".!…:;" else FRAGMENT)


@dataclass(frozen=True, slots=True)
class Weights:
    """The question's words with their rarity: single syllables, and pairs of neighbours.

    plain: match without diacritics, because the question had none and they could not be restored for sure.
    """

    single: Mapping[str, float]
    pair: Mapping[str, float]
    plain: bool = False


def rank(asked: Asked, question: str, weights: Weights, hits: Sequence[Hit]) -> list[Candidate]:
    """All sentences of the hits' passages, best first; ties go by place, so that a run repeats exactly."""
    found: list[Candidate] = []
    for hit in hits:
        text = hit.passage.text
        spans = sentences(text)
        held = [_terms(text[a:b], weights.plain) for a, b in spans]
        title = _terms(hit.passage.title, weights.plain)
        for number, (a, b) in enumerate(spans):
            near = set(title)
            if number:
                near |= held[number - 1]
            if number + 1 < len(spans):
                near |= held[number + 1]
            own = _share(weights.single, held[number])
            found.append(
                Candidate(
                    hit,
                    number,
                    hit.passage.start + a,
                    hit.passage.start + b,
                    text[a:b],
                    own,
                    _share(weights.pair, held[number]),
                    _share(weights.single, held[number] | near) - own,
                )
            )
    if not found:
        return []
    top = max(hit.score for hit in hits)

    def judged(c: Candidate) -> tuple[float, int, int]:
        return (-(c.score - STANDING * (top - c.hit.score)), c.hit.rank, c.start)

    found.sort(key=judged)
    close = [_looked_into(c, asked, question, weights) for c in found[:CLOSE_LOOK]]
    return sorted(close, key=judged) + found[CLOSE_LOOK:]


def _looked_into(c: Candidate, asked: Asked, question: str, weights: Weights) -> Candidate:
    spans = answer_spans(asked, question, c.text)
    best = best_span(spans, c.text, weights.single, plain=weights.plain)
    fit = best.fit if best else 0.0
    return Candidate(c.hit, c.number, c.start, c.end, c.text, c.own, c.paired, c.around, fit, best)


def _terms(text: str, plain: bool) -> set[str]:
    held = tokens(text)
    if plain:
        held = [fold(token) for token in held]
    return {*held, *pairs(held)}


def _share(weights: Mapping[str, float], held: set[str]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0
