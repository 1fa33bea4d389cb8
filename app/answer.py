"""The nouns of a conversation: Question, Citation, Answer, and the Answerer protocol.

An Answer holds nothing that its citations do not prove: every quotation is cut
from an archived article by character offsets. This module knows nothing of
retrieval, models or web pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from index.passage import Hit


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation; role is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, and when.

    since, until: inclusive bounds that the person set; outlets: only these.
    now: the moment of asking (aware); None means the clock's.
    history: earlier turns, oldest first.
    """

    text: str
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    now: datetime | None = None
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and where it stands: `quote == Article.text[start:end]`, exactly.

    marker: the number shown as [n] in the answer, from 1.
    """

    marker: int
    docid: str
    url: str
    title: str
    outlet: str
    published: datetime | None
    quote: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        return {
            "marker": self.marker,
            "docid": self.docid,
            "url": self.url,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published.isoformat() if self.published else None,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer and its proof.

    text: what the reader sees, each sentence followed by its [n].
    short_answer: the name, number, date or clause inside a quotation, of a question of two parts both ("486 m; năm 2015");
        "Có", "Không", "Chưa" or "Rồi" where a quotation decides a yes-or-no question; "" when there is none.
    abstained: None, or why the archive does not answer.
    abstain_score: 0 (surely in the archive) to 1 (surely not).
    notes: sentences of the program itself (a date filter read from the question, an older answer …).
    since, until: the dates read from the question, for the reader to see and remove.
    """

    question: str
    text: str
    short_answer: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    seconds: float
    abstained: str | None = None
    abstain_score: float = 0.0
    notes: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract of `hoitin ask --json`."""
        return {
            "question": self.question,
            "answer": self.text,
            "short_answer": self.short_answer,
            "abstained": self.abstained,
            "abstain_score": round(self.abstain_score, 6),
            "notes": list(self.notes),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "citations": [c.as_json() for c in self.citations],
            "hits": [hit_json(h) for h in self.hits],
            "seconds": round(self.seconds, 6),
        }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit as in the JSON of `hoitin ask`."""
    return {
        "docid": hit.passage.docid,
        "passage_id": hit.passage.id,
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
        "same_story": list(hit.same_story),
    }


class Answerer(Protocol):
    """Anything that answers a question from the archive."""

    def answer(self, question: Question) -> Answer: ...


def turns(history: Sequence[dict[str, str]]) -> tuple[Turn, ...]:
    """History as JSON (`[{"role","content"}]`) to Turns; raises ValueError on anything else."""
    made = []
    for turn in history:
        if not isinstance(turn, dict) or not isinstance(turn.get("content"), str):
            raise ValueError('a history turn must be {"role": "user"|"assistant", "content": "…"}')
        made.append(Turn(str(turn.get("role", "user")), turn["content"]))
    return tuple(made)
