"""The fact-check desk: a draft in, its claims judged one by one against the archive.

    draft -> claims -> sentences of the archive -> comparison of facts -> verdicts, in the draft's order

Nothing of a draft is kept. This module knows nothing of terminals, web pages or exports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.check.claims import find_claims
from app.check.compare import Match
from app.check.decide import Judged, judge_matches
from app.check.differ import difference, stretch
from app.check.draft import Said, check_draft, readable
from app.check.evidence import Reader, Shelf, compare_with, gather
from app.check.reply import judge_reply
from app.check.source import Line, Source
from app.check.subject import Carried, carry
from app.check.verdict import REASONS, Claim, ClaimCheck, Difference, Evidence
from app.messages import say
from index.search import Searcher
from index.vietnamese import fold, has_diacritics
from ingest.archive import Archive
from ingest.article import Article

SHOWN = 3
"""Sentences shown as evidence at most."""


class Checker:
    """Checks drafts against one archive. Safe to share between threads."""

    def __init__(self, searcher: Searcher, archive: Archive) -> None:
        self._searcher = searcher
        self._archive = archive
        self._shelf = Shelf(archive)

    def claims(self, draft: str) -> list[Claim]:
        """The claims of a draft in order, before any is judged; raises UsageError for a draft that is empty or too long."""
        return find_claims(check_draft(draft))

    def check(self, draft: str, *, now: datetime | None = None) -> Iterator[ClaimCheck]:
        """Each claim with its verdict, in the draft's order, as soon as it is reached.

        now: the draft's date, for "hôm qua" and "năm nay"; None counts them from the date of the article compared.
        Raises UsageError, at once, for a draft that is empty or too long.
        """
        claims = self.claims(draft)
        text = readable(check_draft(draft))
        return self._judged(claims, text, now)

    def _judged(self, claims: Sequence[Claim], text: str, now: datetime | None) -> Iterator[ClaimCheck]:
        readers = [Reader(self._said(text[c.start : c.end]), now) if c.checkable else None for c in claims]
        carried = iter(carry([r.statement for r in readers if r]))
        rests: Counter[str] = Counter()
        for claim, reader in zip(claims, readers, strict=True):
            if reader is None:
                yield ClaimCheck(claim, "NOT_ENOUGH_INFO", 1.0, note=say("vi", REASONS[claim.why_not]))
                continue
            over = next(carried)
            found = gather(reader, over, self._searcher, self._shelf, [d for d, _ in rests.most_common(2)])
            made = self._settle(claim, reader.said, found, over)
            if made.verdict != "NOT_ENOUGH_INFO":
                rests[made.evidence[0].docid] += 1
            yield made

    def _said(self, stretch: str) -> Said:
        """A stretch as it is read; typed without diacritics, as the archive spells it where that keeps its letters."""
        said = Said.of(stretch)
        if has_diacritics(said.text):
            return said
        spelled = self._searcher.rewrite(said.text).text
        return Said(spelled, said.places) if fold(spelled) == fold(said.text) else said

    def _settle(
        self, claim: Claim, said: Said, found: Sequence[tuple[Article, Sequence[Match]]], over: Carried
    ) -> ClaimCheck:
        """One verdict from those of several articles: who supports it speaks first, then who contradicts it."""
        judged = [(article, judge_matches(matches)) for article, matches in found]
        if not judged:
            return ClaimCheck(claim, "NOT_ENOUGH_INFO", 0.9, missing=(claim.text,))
        article, best = max(judged, key=lambda j: _rank(j[1]))
        notes = []
        if over.stands_for:
            notes.append(say("vi", "check_stands_for", pronoun=over.pronoun, name=over.stands_for))
        evidence = tuple(_evidence(article, line) for line in _lines(best))
        differences: tuple[Difference, ...] = ()
        if best.verdict == "REFUTED" and best.against is not None:
            match, rival = best.against
            differences = (difference(claim, said, rival, match.source),)
            notes += self._corrected(article, differences[0].claim)
        doubted = _doubted(best)
        if doubted:
            notes.append(say("vi", "check_doubted", words=doubted))
        missing = _missing(claim, said, best) if best.verdict == "NOT_ENOUGH_INFO" else ()
        return ClaimCheck(claim, best.verdict, best.chance, evidence, differences, missing, " ".join(notes))

    def _corrected(self, article: Article, token: str) -> list[str]:
        """A note when an earlier version of the article said what the claim says."""
        if article.version < 2 or article.updated is None:
            return []
        earlier = [v for v in self._archive.versions(article.id) if v.version < article.version]
        if not any(token in v.text for v in earlier) or token in article.text:
            return []
        return [say("vi", "check_corrected", date=article.updated.strftime("%d/%m/%Y"), token=token)]


def judge(claim: str, context: str, *, question: str | None = None, published: datetime | None = None) -> ClaimCheck:
    """A claim judged against a given text alone, as if nothing else were known.

    question: set for the reply to a question ("" if it is not known), which is judged by other weights.
    published: when the text appeared, for "hôm qua" on both sides. Offsets of the evidence count in `context`, its
    docid is "". Raises UsageError when the claim is empty.

    >>> judge("Cầu Sương Mai dài 421 m.", "Cầu Sương Mai dài 412 m, rộng 12 m.").verdict
    'REFUTED'
    """
    said = Said.of(readable(check_draft(claim)))
    whole = Claim(claim, 0, len(claim))
    source = Source(context, published=published)
    article = Article(id="", url="", title="", paragraphs=(context,), published=published)
    reader = Reader(said, published)
    if question is None:
        found = compare_with(reader, [(article, source)])
        best = judge_matches(found[0][1] if found else [])
    else:
        best = judge_reply(said, source, reader, question=question)
    evidence = tuple(_evidence(article, line) for line in _lines(best))
    differences: tuple[Difference, ...] = ()
    if best.verdict == "REFUTED" and best.against is not None:
        differences = (difference(whole, said, best.against[1], source),)
    elif best.verdict == "REFUTED" and best.best is not None:
        differences = (stretch(whole, said, best.best, source),)
    missing = _missing(whole, said, best) if best.verdict == "NOT_ENOUGH_INFO" else ()
    doubted = _doubted(best)
    note = say("vi", "check_doubted", words=doubted) if doubted else ""
    return ClaimCheck(whole, best.verdict, best.chance, evidence, differences, missing, note)


def _rank(judged: Judged) -> tuple[int, float]:
    """Who supports goes before who contradicts, who contradicts before who does not know; then by how sure it is."""
    order = {"SUPPORTED": 2, "REFUTED": 1, "NOT_ENOUGH_INFO": 0}[judged.verdict]
    if judged.verdict == "NOT_ENOUGH_INFO":
        return order, judged.best.share if judged.best else 0.0
    return order, judged.chance


def _lines(judged: Judged) -> list[Line]:
    """The sentences that the verdict rests on, the most telling first."""
    lines: list[Line] = []
    if judged.verdict == "REFUTED" and judged.against is not None:
        lines.append(judged.against[0].line)
        lines[:0] = [judged.against[1].line] if judged.against[1].line is not lines[0] else []
    if judged.best is not None and (judged.verdict != "NOT_ENOUGH_INFO" or judged.best.share >= 0.5):
        lines.append(judged.best.line)
    if judged.besides is not None:
        lines.append(judged.besides.line)
    unique = {line.number: line for line in lines}
    return list(unique.values())[:SHOWN]


def _evidence(article: Article, line: Line) -> Evidence:
    return Evidence(
        article.id, article.version, article.url, article.title, article.outlet, article.published,
        article.text[line.start : line.end], line.start, line.end, article.updated if article.version > 1 else None,
    )  # fmt: skip


def _doubted(judged: Judged) -> str:
    """How the sentence that says most calls what the claim tells as so; "" when it does not, or another proves it."""
    return judged.best.doubted if judged.verdict == "NOT_ENOUGH_INFO" and judged.best is not None else ""


def _missing(claim: Claim, said: Said, judged: Judged) -> tuple[str, ...]:
    """What no source says, in the claim's own words: its absent facts, then its longest stretches without a counterpart."""
    if judged.best is None or judged.best.share < 0.3:
        return (claim.text,)
    runs = [span for weight, span in sorted(judged.best.runs, reverse=True) if weight >= 1.5]
    spans = [(f.start, f.end) for f in judged.absent if not any(a <= f.start and f.end <= b for a, b in runs)]
    shown = [said.span(span) for span in sorted((spans + runs)[:4])]
    if judged.best.doubted and not shown:
        return ()
    return tuple(claim.text[a:b] for a, b in shown) or (claim.text,)
