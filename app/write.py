"""The answerer that writes, and proves what it wrote.

    question -> the quotation answer (its no is final) -> sources -> a model writes -> each sentence proved or dropped -> Answer

Nothing unproved reaches the reader, not even for a moment: a sentence is shown when it is whole and proved. When the
model is down, slow, breaks off, sees nothing or proves nothing, the reader gets the quotation answer with a
note that says so. An English question is answered by quotation: a sentence in another language than its
source cannot be proved by these rules. This module knows nothing of endpoints, prompts' wording or web pages.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from app.answer import Answer, Answerer, Citation, Question, Turn
from app.asked import content_tokens, is_english
from app.cite import Proof, Prover, Sourced, Support
from app.converse import leans_back, standalone
from app.messages import say
from app.prompt import NOTHING, answer_messages, standalone_messages
from app.quote import corrections, said_by
from app.writer import Writer, WriterDown
from app.written import MAX_CHARS, Incoming, Written
from index.passage import Passage
from index.vietnamese import tokens
from ingest.archive import Archive
from ingest.article import Article

log = logging.getLogger("hoitin.write")

SOURCES = 6
"""Passages shown to the model."""

SOURCE_CHARS = 6_000
"""Characters of them in all: about 3,000 tokens for a model that knows Vietnamese."""

SENTENCES = 6
"""Proved sentences in an answer at most; a model that goes on is not heard."""

ANSWER_TOKENS, QUESTION_TOKENS = 400, 80
"""Tokens the model may write for an answer, and for a follow-up made to stand alone."""

MAX_STANDALONE = 300
"""Characters of a follow-up made to stand alone."""


@dataclass
class _Draft:
    """What has been written so far: the sentences that hold, and how many did not."""

    kept: list[Proof] = field(default_factory=list)
    dropped: int = 0

    def hear(self, sentences: Sequence[Written], prover: Prover) -> bool:
        """Take sentences that are whole; whether one of them holds and is new."""
        before = len(self.kept)
        for written in sentences:
            if NOTHING not in written.text and len(self.kept) < SENTENCES:
                self._take(prover.prove(written))
        return len(self.kept) > before

    def _take(self, proof: Proof) -> None:
        if not proof.holds:
            self.dropped += proof.reason != "empty"
        elif not any(set(tokens(k.text)) == set(tokens(proof.text)) for k in self.kept):
            self.kept.append(proof)


class WritingAnswerer:
    """Answers in written sentences, each proved. Safe to share between threads.

    quotation: finds, abstains, and answers when writing fails.
    """

    def __init__(self, quotation: Answerer, archive: Archive, writer: Writer, *, timeout_s: float = 60.0) -> None:
        self._quotation = quotation
        self._archive = archive
        self._writer = writer
        self._timeout_s = timeout_s

    def answer(self, question: Question) -> Answer:
        """The written answer, or the quotation with a note, or the honest no; raises UsageError as quotations do."""
        *_, last = self.stream(question)
        return last

    def stream(self, question: Question) -> Iterator[Answer]:
        """The answer as it grows: every Answer that is yielded is proved and whole in itself; the last one counts."""
        began = time.perf_counter()
        alone = self._standing_alone(question)
        quoted = replace(self._quotation.answer(alone), question=question.text)
        if quoted.abstained or is_english(question.text):
            yield quoted
            return
        sources, articles = self._sources(quoted)
        draft, note = _Draft(), ""
        prover = Prover([Sourced.of(p) for p in sources])
        incoming = Incoming(prover.outlets)
        messages = answer_messages(standalone(alone.text, alone.history).text, prover.passages)
        try:
            with closing(self._writer.write(messages, max_tokens=ANSWER_TOKENS)) as pieces:
                for piece in pieces:
                    new = draft.hear(incoming.feed(piece), prover)
                    if NOTHING in incoming.text or len(incoming.text) > MAX_CHARS or len(draft.kept) == SENTENCES:
                        break
                    if new and _answers(draft, quoted):
                        yield self._written(quoted, draft, articles, began)
                else:
                    draft.hear(incoming.finish(), prover)
        except WriterDown as down:
            log.warning("%s", down)
            note = self._why(down, cut=bool(draft.kept))
        if NOTHING in incoming.text or not _answers(draft, quoted):
            note = note or say("vi", "writer_none" if NOTHING in incoming.text else "writer_unproved")
            yield replace(quoted, notes=(*quoted.notes, note), seconds=time.perf_counter() - began)
            return
        yield self._written(quoted, draft, articles, began, note=note)

    def _sources(self, quoted: Answer) -> tuple[list[Passage], dict[str, Article]]:
        """The passages to write from, those quoted first, each as it stands in the archive."""
        cited = {(c.docid, c.start) for c in quoted.citations}

        def quotes(p: Passage) -> bool:
            return any(docid == p.docid and p.start <= start < p.end for docid, start in cited)

        chosen: list[Passage] = []
        articles: dict[str, Article] = {}
        size = 0
        for hit in sorted(quoted.hits, key=lambda h: (not quotes(h.passage), h.rank)):
            p = hit.passage
            article = self._archive.get(p.docid, p.version)
            if article is None or article.text[p.start : p.end] != p.text:
                continue  # the archive moved on since the index was synced
            if chosen and (len(chosen) == SOURCES or size + len(p.text) > SOURCE_CHARS):
                break
            chosen.append(p)
            articles[p.docid] = article
            size += len(p.text)
        return chosen, articles

    def _written(
        self, quoted: Answer, draft: _Draft, articles: dict[str, Article], began: float, *, note: str = ""
    ) -> Answer:
        citations: dict[Support, Citation] = {}
        lines = []
        for number, proof in enumerate(draft.kept):
            held = [_cite(s, articles, citations) for s in proof.supports]
            after = draft.kept[number + 1 : number + 2]
            same = bool(after) and {s.docid for s in after[0].supports} == {s.docid for s in proof.supports}
            lines.append(_line(proof.text, held, named=not same))
        told = tuple(citations.values())
        short = quoted.short_answer if any(quoted.short_answer in c.quote for c in told) else ""
        corrected = corrections([articles[docid] for docid in dict.fromkeys(c.docid for c in told)])
        notes = (*quoted.notes, *(n for n in corrected if n not in quoted.notes), say("vi", "written"))
        if draft.dropped:
            notes = (*notes, say("vi", "unproved", count=draft.dropped))
        return replace(
            quoted,
            text="\n".join(lines),
            short_answer=short,
            citations=told,
            notes=(*notes, note) if note else notes,
            seconds=time.perf_counter() - began,
        )

    def _why(self, down: WriterDown, *, cut: bool) -> str:
        if cut:
            return say("vi", "writer_cut")
        if down.reason == "slow":
            return say("vi", "writer_slow", seconds=f"{self._timeout_s:g}")
        return say("vi", "writer_down")

    def _standing_alone(self, question: Question) -> Question:
        """A follow-up rewritten by the model, if what it wrote can be trusted; else as it was, for the rules."""
        if not question.history or not leans_back(question.text):
            return question
        earlier = [(turn.role, turn.content) for turn in question.history]
        try:
            messages = standalone_messages(question.text, earlier)
            text = "".join(self._writer.write(messages, max_tokens=QUESTION_TOKENS)).strip()
        except WriterDown as down:
            log.warning("%s", down)
            return question
        return (
            replace(question, text=text, history=()) if stands_for(text, question.text, question.history) else question
        )


def stands_for(written: str, asked: str, history: Sequence[Turn]) -> bool:
    """Whether a question written by a model may stand for a follow-up: it says nothing that was not said before.

    >>> said = (Turn("user", "Ai lập đội cứu hộ Neo Vàng?"), Turn("assistant", "Ông Lê Bá Tòng lập đội."))
    >>> stands_for("Đội cứu hộ Neo Vàng có bao nhiêu người?", "Đội ấy có bao nhiêu người?", said)
    True
    >>> stands_for("Đội cứu hộ Sao Mai có bao nhiêu người?", "Đội ấy có bao nhiêu người?", said)
    False
    """
    if not written or "\n" in written or len(written) > MAX_STANDALONE or leans_back(written):
        return False
    known = {token for said in (asked, *(turn.content for turn in history)) for token in tokens(said)}
    new = [t for t in tokens(written) if t not in known]
    own = set(content_tokens(asked))
    named = [w for w in written.split()[1:] if w[:1].isupper() or w[:1].isdigit()]
    if len(new) > 2 or any(token not in known for word in named for token in tokens(word)):
        return False
    return 2 * len(own & set(tokens(written))) >= len(own)


def _answers(draft: _Draft, quoted: Answer) -> bool:
    """Whether something of what holds comes from an article that the quotation answer cites: else it is beside the point."""
    cited = {c.docid for c in quoted.citations}
    return any(s.docid in cited for proof in draft.kept for s in proof.supports)


def _cite(support: Support, articles: dict[str, Article], citations: dict[Support, Citation]) -> Citation:
    """The citation of a stretch, the same for the same stretch."""
    key = replace(support, source=0)
    if key not in citations:
        article = articles[support.docid]
        citations[key] = Citation(
            marker=len(citations) + 1,
            docid=article.id,
            url=article.url,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            quote=article.text[support.start : support.end],
            start=support.start,
            end=support.end,
        )
    return citations[key]


def _line(sentence: str, citations: Sequence[Citation], *, named: bool) -> str:
    """A sentence with its markers, and its outlets and days unless the next sentence names the same."""
    markers = "".join(f"[{c.marker}]" for c in citations)
    said = "; ".join(dict.fromkeys(said_by(c) for c in citations))
    return f"{sentence} {markers} ({said})" if named else f"{sentence} {markers}"


__all__ = ["WritingAnswerer", "stands_for"]
