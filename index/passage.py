"""The nouns of the index: Passage, Query, Hit.

A passage is a stretch of Article.text with exact character offsets; a hit is a
passage with its scores for one query. This module knows nothing of models,
stores or people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one article: `text == Article.text[start:end]`, exactly.

    id: "<docid>#<number>", stable while the article's text is.
    title, outlet, section, published: of the article, for context and filters.
    version: the article version that was split.
    """

    id: str
    docid: str
    start: int
    end: int
    text: str
    title: str
    outlet: str = ""
    section: str = ""
    published: datetime | None = None
    story: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Query:
    """What the index is asked: text and filters.

    since, until: inclusive bounds on the article's publication (aware datetimes).
    outlets, sections: any of these; empty means all.
    k: hits wanted. newest: among hits that match as well, the newest article first.
    """

    text: str
    k: int = 10
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. Scores compare only within one list of hits.

    rank: from 1. score: fused. dense: cosine, lexical: BM25; None where that leg did not find it.
    same_story: docids of other articles of the same story, folded under this hit.
    """

    passage: Passage
    rank: int
    score: float
    dense: float | None = None
    lexical: float | None = None
    same_story: tuple[str, ...] = field(default=())
