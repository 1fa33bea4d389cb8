"""The fact-check desk: a draft in, its claims judged one by one against the archive.

    draft -> claims -> sentences of the archive -> comparison of facts -> verdicts, in the draft's order

Nothing of a draft is kept. This module knows nothing of terminals, web pages or exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.check.claims import find_claims
from app.check.draft import check_draft
from app.check.verdict import REASONS, Claim, ClaimCheck, Evidence
from app.cite import Prover, Sourced
from app.messages import say
from app.written import Written
from index.passage import Query
from index.search import Searcher
from ingest.archive import Archive

PASSAGES = 6


class Checker:
    """Checks drafts against one archive. Safe to share between threads."""

    def __init__(self, searcher: Searcher, archive: Archive) -> None:
        self._searcher = searcher
        self._archive = archive

    def claims(self, draft: str) -> list[Claim]:
        """The claims of a draft in order, before any is judged; raises UsageError for a draft that is empty or too long."""
        return find_claims(check_draft(draft))

    def check(self, draft: str, *, now: datetime | None = None) -> Iterator[ClaimCheck]:
        """Each claim with its verdict, in the draft's order, as soon as it is reached.

        now: the draft's date, for "hôm qua" and days without a year; None means the clock's.
        Raises UsageError, at once, for a draft that is empty or too long.
        """
        return self._judged(self.claims(draft), now)

    def _judged(self, claims: list[Claim], now: datetime | None) -> Iterator[ClaimCheck]:
        for claim in claims:
            if not claim.checkable:
                yield ClaimCheck(claim, "NOT_ENOUGH_INFO", 1.0, note=say("vi", REASONS[claim.why_not]))
                continue
            hits = self._searcher.search(Query(claim.text, PASSAGES))
            passages = [hit.passage for hit in hits]
            proof = Prover([Sourced.of(p) for p in passages]).prove(Written(claim.text, ()))
            evidence = []
            for support in proof.supports:
                article = self._archive.get(support.docid)
                if article is None:
                    continue
                evidence.append(
                    Evidence(
                        article.id, article.version, article.url, article.title, article.outlet, article.published,
                        article.text[support.start : support.end], support.start, support.end,
                        article.updated if article.version > 1 else None,
                    )
                )  # fmt: skip
            if evidence:
                yield ClaimCheck(claim, "SUPPORTED", 0.9, tuple(evidence))
            else:
                yield ClaimCheck(claim, "NOT_ENOUGH_INFO", 0.6, missing=(claim.text,))
