"""Hits and candidates written by hand, for tests of what is done with them."""

from __future__ import annotations

from datetime import datetime

from app.asked import content_tokens, read_question
from app.choose import Candidate, Weights, rank
from index.passage import Hit, Passage
from index.vietnamese import pairs, tokens
from ingest.article import VIETNAM


def day(text: str) -> datetime:
    """ "2026-03-02": that day at eight in the morning."""
    return datetime.fromisoformat(f"{text}T08:00").replace(tzinfo=VIETNAM)


def hit(
    text: str,
    *,
    docid: str = "a",
    rank: int = 1,
    score: float = 7.0,
    title: str = "",
    start: int = 0,
    published: datetime | None = None,
    dense: float | None = 0.9,
    lexical: float | None = 0.5,
) -> Hit:
    passage = Passage(
        f"{docid}#{start}", docid, start, start + len(text), text, title, outlet=f"Báo {docid}", published=published
    )
    return Hit(passage, rank, score, dense, lexical)


def even(question: str, *, plain: bool = False) -> Weights:
    """Every topic word of a question weighs 1, every pair of neighbours that holds one weighs 1."""
    topical = content_tokens(question)
    joined = [p for p in pairs(tokens(question)) if not set(topical).isdisjoint(p.split("_"))]
    return Weights(dict.fromkeys(topical, 1.0), dict.fromkeys(joined, 1.0), plain)


def ranked(question: str, *hits: Hit, plain: bool = False) -> list[Candidate]:
    return rank(read_question(question), question, even(question, plain=plain), hits)
