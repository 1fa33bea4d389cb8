"""The answerer that needs no language model: the sentences that answer, verbatim.

    question -> hits -> sentences -> score -> the best few, in reading order, each with its [n]

A sentence scores by the share of the question's words that it holds, rare words
counting more, helped by where its passage stands among the hits. Every
quotation is cut from the archived article by offsets, and checked there before
it leaves. This module knows nothing of terminals or web pages.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.answer import Answer, Citation, Question
from app.messages import say
from index.passage import Hit, Query
from index.search import Searcher
from index.split import sentences
from index.vietnamese import fold, has_diacritics, pairs, tokens
from ingest.archive import Archive
from ingest.errors import UsageError

MAX_QUESTION = 2_000
"""Characters in a question at most."""

PASSAGES = 12
"""Hits whose sentences are considered."""

MAX_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer; start and end count in Article.text."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float


class QuotationAnswerer:
    """Answers by quotation. Safe to share between threads."""

    def __init__(self, searcher: Searcher, archive: Archive) -> None:
        self._searcher = searcher
        self._archive = archive

    def answer(self, question: Question) -> Answer:
        """The quoted answer; raises UsageError for a question that is empty or too long."""
        began = time.perf_counter()
        text = check_question(question.text)
        hits = self._searcher.search(
            Query(text, PASSAGES, question.since, question.until, question.outlets, question.sections)
        )
        chosen = self._choose(text, hits)
        citations = self._cite(chosen)
        return Answer(
            question=question.text,
            text="\n".join(f"“{c.quote}” [{c.marker}] ({said_by(c)})" for c in citations),
            short_answer="",
            citations=citations,
            hits=tuple(hits),
            seconds=time.perf_counter() - began,
            abstained=None if citations else "no_hits",
            abstain_score=0.0 if citations else 1.0,
        )

    def _choose(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        weights = self._searcher.weights(question)
        found = [
            Candidate(hit, hit.passage.start + a, hit.passage.start + b, hit.passage.text[a:b],
                      overlap(weights, hit.passage.text[a:b], plain=not has_diacritics(question)) + 0.3 * hit.score)
            for hit in hits
            for a, b in sentences(hit.passage.text)
        ]  # fmt: skip
        found.sort(key=lambda c: (-c.score, c.hit.rank, c.start))
        if not found:
            return []
        best = [
            c for c in found if c.hit.passage.docid == found[0].hit.passage.docid and c.score >= 0.6 * found[0].score
        ]
        return sorted(best[:2], key=lambda c: c.start)

    def _cite(self, chosen: Sequence[Candidate]) -> tuple[Citation, ...]:
        citations = []
        for candidate in chosen:
            passage = candidate.hit.passage
            article = self._archive.get(passage.docid, passage.version)
            if article is None or article.text[candidate.start : candidate.end] != candidate.text:
                continue  # the archive moved on since the index was synced: nothing unproved leaves
            citations.append(
                Citation(
                    len(citations) + 1,
                    article.id,
                    article.url,
                    article.title,
                    article.outlet,
                    article.published,
                    candidate.text,
                    candidate.start,
                    candidate.end,
                )  # fmt: skip
            )
        return tuple(citations)


def said_by(citation: Citation) -> str:
    """ "theo HTV, 01/11/2025"."""
    day = citation.published.strftime("%d/%m/%Y") if citation.published else say("vi", "no_date")
    return say("vi", "said_by", outlet=citation.outlet or say("vi", "no_outlet"), date=day)


def check_question(text: str) -> str:
    """The question without outer white space; raises UsageError for an empty or a too long one."""
    text = " ".join(text.split())
    if not text:
        raise UsageError(
            'the question is empty; wanted a sentence. Mend: hoitin ask "Ai …?"',
            public="Bạn chưa nhập câu hỏi. Hãy gõ điều bạn muốn biết nhé.",
        )
    if len(text) > MAX_QUESTION:
        raise UsageError(
            f"the question has {len(text):,} characters, wanted at most {MAX_QUESTION:,}. Mend: ask one thing at a time",
            public=f"Câu hỏi dài quá {MAX_QUESTION:,} ký tự. Bạn hỏi ngắn gọn từng ý một nhé.".replace(",", "."),
        )
    return text


def overlap(weights: Mapping[str, float], sentence: str, *, plain: bool) -> float:
    """Share of the question's weight that a sentence holds, 0 to 1; weights are of syllables and pairs."""
    total = sum(weights.values())
    if not total:
        return 0.0
    syllables = tokens(sentence)
    if plain:
        syllables = [fold(s) for s in syllables]
    held = {*syllables, *pairs(syllables)}
    return sum(w for term, w in weights.items() if term in held) / total
