"""Exchange: one question and what came of it, in the shape the page shows and the browser keeps.

In: an Answer (and the articles of the same story), or the JSON that a browser
stored earlier. Out: frozen values without Hits or Articles, which go to JSON and
back unharmed. What comes from a browser is checked and cut to size, never
trusted. This module knows nothing of HTML or gradio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from app.answer import Answer, Citation, Turn
from app.elsewhere import other_outlets
from ingest.article import Article

FILTERS = ("time", "outlet", "section")
AROUND = 120
"""Characters of the article shown on each side of a quotation."""
NEAREST = 3
"""Articles shown under "the archive does not have it"."""
ALSO = 5
"""Other outlets named under one source; all are counted."""
_LONGEST = 8_000
"""Characters of any one string taken back from a browser."""


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation (marker from 1) or a nearest article (marker 0), as it is shown.

    before, after: what stands around the quotation in its article, a line or two.
    also: (docid, outlet, title) of other outlets that tell the same story, the first few of them.
    elsewhere: how many other outlets tell it.
    """

    marker: int
    docid: str
    title: str
    outlet: str
    published: str
    quote: str
    start: int
    end: int
    url: str = ""
    version: int | None = None
    also: tuple[tuple[str, str, str], ...] = ()
    elsewhere: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of a conversation.

    id: names it inside its conversation, for feedback and links. asked: ISO moment.
    state: "pending" while the answer is sought, then "answered", "abstained" or "failed".
    text: the answer, or the sentence that says why there is none.
    since, until, outlets, sections: the filters in force, read from the question or set by the person.
    without: kinds of filter (of FILTERS) that the person removed, whatever the question's words say.
    growing: a model is still writing; never stored.
    remark: what the reader thought of it, "" when nothing was said.
    """

    id: str
    question: str
    asked: str
    state: str = "pending"
    text: str = ""
    short: str = ""
    notes: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    growing: bool = False
    sources: tuple[Source, ...] = ()
    nearest: tuple[Source, ...] = ()
    seconds: float = 0.0
    remark: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def answered(pending: Exchange, answer: Answer, same_story: Callable[[str], Iterable[Article]]) -> Exchange:
    """The exchange once its answer is there.

    same_story: docid to the other outlets' articles; asked only for cited articles.
    """
    version = {hit.passage.docid: hit.passage.version for hit in answer.hits}

    also = {c.docid: other_outlets(c.docid, c.outlet, same_story(c.docid)) for c in answer.citations}

    sources = tuple(
        Source(
            c.marker,
            c.docid,
            c.title,
            c.outlet,
            _iso(c.published),
            c.quote,
            c.start,
            c.end,
            c.url,
            version.get(c.docid),
            tuple((a.id, a.outlet, a.title) for a in also[c.docid][:ALSO]),
            len(also[c.docid]),
            *_around(c, answer),
        )
        for c in answer.citations
    )
    nearest: dict[str, Source] = {}
    for hit in answer.hits if answer.abstained else ():
        p = hit.passage
        if p.docid not in nearest and len(nearest) < NEAREST:
            nearest[p.docid] = Source(
                0, p.docid, p.title, p.outlet, _iso(p.published), p.text, p.start, p.end, version=p.version
            )
    return replace(
        pending,
        state="abstained" if answer.abstained else "answered",
        text=answer.text,
        short=answer.short_answer,
        notes=answer.notes,
        since="" if "time" in pending.without else _iso(answer.since) or pending.since,
        until="" if "time" in pending.without else _iso(answer.until) or pending.until,
        sources=sources,
        nearest=tuple(nearest.values()),
        seconds=answer.seconds,
    )


def _around(citation: Citation, answer: Answer) -> tuple[str, str]:
    """What stands before and after a quotation in the passage it was found in, cut at words."""
    for hit in answer.hits:
        p = hit.passage
        if p.docid == citation.docid and p.start <= citation.start and citation.end <= p.end:
            before, after = p.text[: citation.start - p.start], p.text[citation.end - p.start :]
            if len(before) > AROUND:
                before = "…" + before[-AROUND:].partition(" ")[2]
            if len(after) > AROUND:
                after = after[:AROUND].rpartition(" ")[0] + "…"
            return before, after
    return "", ""


def failed(pending: Exchange, public: str) -> Exchange:
    """The exchange when the question could not be answered; public: the sentence for the citizen."""
    return replace(pending, state="failed", text=public)


def turns_of(conversation: Sequence[Exchange], last: int = 6) -> tuple[Turn, ...]:
    """The conversation as the answer chain takes it: the last exchanges that were answered, oldest first."""
    made: list[Turn] = []
    for exchange in [e for e in conversation if e.state in ("answered", "abstained")][-last:]:
        made += [Turn("user", exchange.question), Turn("assistant", exchange.text)]
    return tuple(made)


def parse_moment(iso: str) -> datetime | None:
    """An aware moment from what as_json wrote; None for anything else."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def from_json(value: object) -> Exchange | None:
    """An exchange that a browser kept; None when it is not one (older version, tampered, broken)."""
    if not isinstance(value, dict):
        return None
    try:
        known = {name: value[name] for name in _EXCHANGE if name in value}
        known["sources"] = tuple(_source(s) for s in known.get("sources") or ())
        known["nearest"] = tuple(_source(s) for s in known.get("nearest") or ())
        for name in ("notes", "outlets", "sections"):
            known[name] = tuple(_short(s) for s in known.get(name) or ())
        for name in ("id", "question", "asked", "state", "text", "short", "since", "until", "remark"):
            known[name] = _short(known.get(name, ""))
        known["seconds"] = float(known.get("seconds", 0.0))
        known["without"] = tuple(f for f in FILTERS if f in (known.get("without") or ()))
        known["growing"] = False
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    if known["state"] not in ("answered", "abstained", "failed") or not known["question"]:
        return None
    return Exchange(**known)


def _source(value: Any) -> Source:
    known = {name: value[name] for name in _SOURCE if name in value}
    for name in ("docid", "title", "outlet", "published", "quote", "url", "before", "after"):
        known[name] = _short(known.get(name, ""))
    for name in ("marker", "start", "end"):
        known[name] = int(known[name])
    version = known.get("version")
    known["version"] = None if version is None else int(version)
    known["elsewhere"] = max(0, int(known.get("elsewhere", 0)))
    known["also"] = tuple((_short(a), _short(b), _short(c)) for a, b, c in list(known.get("also") or ())[:ALSO])
    return Source(**known)


def _short(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("wanted text")
    return value[:_LONGEST]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


_SOURCE = tuple(f.name for f in fields(Source))
_EXCHANGE = tuple(f.name for f in fields(Exchange))
