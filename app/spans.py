"""The short answer inside a quotation: the name, number, date, place or clause that the question word asks for.

In: a question read (app/asked.py) and a sentence. Out: Spans of the sentence, each with how
well it is of the kind that was asked for; and which of them stands nearest to what the question
speaks of. What counts as a number, a name or a clause that answers is in span_numbers,
span_names, span_roles and span_clauses. This module knows nothing of retrieval, and never invents: a
Span is cut from the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.asked import Asked, Wanted
from app.span import Span, fresh
from app.span_clauses import after_cues, headed_clauses, in_place, lists, manners, purposes, reasons, told_to_be
from app.span_names import named_things, names
from app.span_numbers import numbers, times
from app.span_roles import roles
from app.wording import OTHERWISE
from index.vietnamese import fold, syllable_spans, tokens

__all__ = ["SHOWN", "Span", "answer_spans", "best_span", "nearness"]

SHOWN = 0.4
"""A span that fits less is not worth being shown alone: a wrong short answer misleads more than none."""

GUESS = 0.35
"""Fit of what stands where "thế nào" stands in the question: too little to be shown."""

NEAR = 0.8
"""Weight of nearness beside fit, when one span of a sentence is chosen."""

REACH = 4
"""Words between a span and a word of the question that halve what the word says for the span."""

_BREAKS = {",": 2, ";": 6, ":": 3, ".": 6, "(": 2, ")": 2, "–": 3}
"""A mark between the two counts as so many words more."""

_TURNS = (" còn ", " trong khi ", " nhưng ")
TURN = 4
"""Words after which another thing is spoken of, and spans that could be meant as well, count as so many words."""
RIVAL = 0.8
"""A span that fits at least this share of the best could be meant as well."""


def answer_spans(asked: Asked, question: str, sentence: str) -> list[Span]:
    """Every span of a sentence that could be the short answer, in reading order.

    question: as typed, or with its diacritics restored.

    >>> from app.asked import read_question
    >>> q = "Cầu Sương Mai dài bao nhiêu mét?"
    >>> [s.text for s in answer_spans(read_question(q), q, "Cầu Sương Mai dài 412 m, khánh thành năm 2024.")]
    ['412 m']
    """
    known = frozenset(tokens(question))
    if asked.many:
        return lists(sentence)
    match asked.wanted:
        case Wanted.NUMBER:
            found = numbers(asked, question, sentence, known)
        case Wanted.TIME:
            found = times(asked, question, sentence, known)
        case Wanted.PERSON | Wanted.PLACE | Wanted.NAME:
            found = names(asked, question, sentence, known)
            if asked.wanted is Wanted.PLACE and not asked.head:
                found = _beside(found, after_cues((((0.3), r"tại|ở|trên|dưới"),), sentence, most=6))
            if asked.wanted is Wanted.NAME:
                found = _beside(found, headed_clauses(asked, question, sentence, known))
        case Wanted.REASON:
            found = reasons(sentence)
        case Wanted.PURPOSE:
            found = purposes(sentence)
        case Wanted.TRUTH:
            found = []  # yes or no stands in no single span
        case Wanted.MANNER:
            # What only stands in the place of "thế nào" helps to find the sentence; it is no answer by itself.
            guessed = [Span(s.start, s.end, s.text, GUESS) for s in in_place(asked, question, sentence)]
            found = _beside(manners(sentence), guessed)
        case _:
            found = _beside(told_to_be(asked, sentence), roles(asked, question, sentence, known))
            found = _beside(found, named_things(question, sentence, known))
            found = _beside(found, headed_clauses(asked, question, sentence, known))
            found = _beside(found, in_place(asked, question, sentence))
    return sorted((s for s in found if fresh(s.text, known)), key=lambda s: (s.start, s.end))


def best_span(
    spans: Sequence[Span], sentence: str, weights: Mapping[str, float], *, plain: bool = False
) -> Span | None:
    """The span that fits best and stands nearest to the question's words in the sentence.

    weights: the question's content terms with how much each says. plain: they carry no diacritics.
    """
    if not spans:
        return None
    near = nearness(spans, sentence, weights, plain=plain)
    top = max(near) or 1.0
    at = max(range(len(spans)), key=lambda n: (spans[n].fit + NEAR * near[n] / top, -spans[n].start))
    return spans[at]


def nearness(
    spans: Sequence[Span],
    sentence: str,
    weights: Mapping[str, float],
    *,
    plain: bool = False,
    otherwise: Mapping[str, Sequence[str]] | None = None,
) -> list[float]:
    """For each span, the share (0 to 1) of the question's weight that stands near it in the sentence.

    A word counts by its distance in words; marks, turns of speech and other spans of nearly the same fit between
    the two make it farther. otherwise: tokens of the question with those that say them here in other words.
    """
    total = sum(weights.values())
    if not total or not spans:
        return [0.0] * len(spans)
    held: dict[str, list[tuple[int, int]]] = {}
    for start, end, token in syllable_spans(sentence):
        held.setdefault(fold(token) if plain else token, []).append((start, end))
    otherwise = otherwise or {}
    said = {
        token: (held[token], 1.0)
        if token in held
        else ([place for way in otherwise.get(token, ()) for place in held.get(way, ())], OTHERWISE)
        for token in weights
    }
    best = max(s.fit for s in spans)
    rivals = [s for s in spans if s.fit >= RIVAL * best]
    near = []
    for span in spans:
        reached = 0.0
        for token, weight in weights.items():
            places, worth = said[token]
            reached += weight * worth * max((_reach(place, span, rivals, sentence) for place in places), default=0.0)
        near.append(reached / total)
    return near


def _reach(place: tuple[int, int], span: Span, rivals: Sequence[Span], sentence: str) -> float:
    """1 for a word inside or beside the span, less the farther it stands."""
    start, end = place
    if start < span.end and end > span.start:
        return 1.0  # the noun asked about, inside the name itself
    low, high = (end, span.start) if end <= span.start else (span.end, start)
    between = sentence[low:high]
    far = between.count(" ") + sum(cost * between.count(mark) for mark, cost in _BREAKS.items())
    far += TURN * sum(turn in between for turn in _TURNS)
    far += TURN * sum(low <= r.start and r.end <= high for r in rivals)
    return REACH / (REACH + max(0, far - 1))


def _beside(found: Sequence[Span], further: Sequence[Span]) -> list[Span]:
    """The spans with those of the further ones that overlap none of them."""
    return [*found, *(f for f in further if not any(f.start < s.end and s.start < f.end for s in found))]
