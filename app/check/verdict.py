"""The nouns of the fact-check desk: Claim, Evidence, Difference, ClaimCheck.

A verdict is never without its proof: SUPPORTED and REFUTED carry the sentences of the
archive that say so, REFUTED also the tokens that differ, with their places in both texts.
NOT_ENOUGH_INFO is the default and names what is missing. This module knows nothing of how
verdicts are reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Verdict = Literal["SUPPORTED", "REFUTED", "NOT_ENOUGH_INFO"]

DifferenceKind = Literal["number", "date", "name", "place", "role", "negation", "unit"]
"""role: something else stands where the claim has it (a title, a doer, an object, a cause).
negation: said against denied, or a word against its opposite ("tăng", "giảm")."""

WhyNot = Literal["", "question", "opinion", "connective", "short", "language", "table"]
"""Why a stretch of a draft has nothing to check; REASONS names the sentence that says so."""

LABELS: Mapping[Verdict, str] = {
    "SUPPORTED": "verdict_supported",
    "REFUTED": "verdict_refuted",
    "NOT_ENOUGH_INFO": "verdict_unknown",
}
"""The key of each verdict's name in app.messages."""

SIGNS: Mapping[Verdict, str] = {"SUPPORTED": "✓", "REFUTED": "✗", "NOT_ENOUGH_INFO": "?"}
"""Beside a verdict's name, so that nothing is told by colour alone."""

REASONS: Mapping[WhyNot, str] = {
    "question": "check_question",
    "opinion": "check_opinion",
    "connective": "check_connective",
    "short": "check_short",
    "language": "check_language",
    "table": "check_table",
}
"""The key of each reason in app.messages."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of the draft that says something: `text == draft[start:end]`, exactly.

    checkable: whether there is anything in it that an archive could know; if not, why_not says why.
    """

    text: str
    start: int
    end: int
    checkable: bool = True
    why_not: WhyNot = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the archive: `quote == Article.text[start:end]` of that version, exactly.

    corrected: when the article was corrected, if the version quoted is not its first; the newest version is quoted.
    docid: "" when the claim was judged against a text that was given, not archived.
    """

    docid: str
    version: int
    url: str
    title: str
    outlet: str
    published: datetime | None
    quote: str
    start: int
    end: int
    corrected: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "docid": self.docid,
            "version": self.version,
            "url": self.url,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published.isoformat() if self.published else None,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "corrected": self.corrected.isoformat() if self.corrected else None,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What the claim says and what the source says instead.

    claim, source: the tokens that differ. claim_start and claim_end count in the draft, source_start and source_end
    in the text of the article `docid`: `draft[claim_start:claim_end] == claim`, `text[source_start:source_end] == source`.
    For kind "negation" the token that is only on one side is there, and the other side has the word that it denies.
    """

    kind: DifferenceKind
    claim: str
    source: str
    claim_start: int
    claim_end: int
    source_start: int
    source_end: int
    docid: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "claim": self.claim,
            "source": self.source,
            "claim_start": self.claim_start,
            "claim_end": self.claim_end,
            "source_start": self.source_start,
            "source_end": self.source_end,
            "docid": self.docid,
        }


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim, judged.

    confidence: the chance (0 to 1) that the verdict is right, as measured on labelled claims.
    evidence: best first; for REFUTED the first is the sentence that says otherwise.
    missing: for NOT_ENOUGH_INFO what no source says, in the claim's own words.
    note: one sentence of the program itself, in Vietnamese ("" when there is nothing to add).
    """

    claim: Claim
    verdict: Verdict
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """One entry of `claims` in the JSON of `hoitin check`."""
        return {
            "text": self.claim.text,
            "start": self.claim.start,
            "end": self.claim.end,
            "checkable": self.claim.checkable,
            "why_not": self.claim.why_not,
            "verdict": self.verdict,
            "confidence": round(self.confidence, 6),
            "evidence": [e.as_json() for e in self.evidence],
            "differences": [d.as_json() for d in self.differences],
            "missing": list(self.missing),
            "note": self.note,
        }
