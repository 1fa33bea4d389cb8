"""Quotations that answer together: the sentence that decides before the others, and those of both parts of a question.

In: what would be quoted for each. Out: a few Quoted stretches, none inside another. This module
knows nothing of how they were chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.select import MAX_QUOTED, Quoted
from app.truth import Decided
from index.passage import Hit


def deciding(decided: Decided, hits: Sequence[Hit], others: Sequence[Quoted]) -> list[Quoted]:
    """The sentence that says yes or no, with that for a short answer; alone, for what is quoted beside it decides nothing.

    others: what is quoted when its article is not among the hits.
    """
    hit = next((h for h in hits if h.passage.docid == decided.docid), None)
    if hit is None:
        return list(others)
    return [Quoted(hit, decided.start, decided.end, decided.short)]


def shared(parts: Sequence[Sequence[Quoted]]) -> list[Quoted]:
    """The first quotation of each part; a sentence that answers both stands once, with both short answers.

    parts: what would be quoted for each, best first. All that is quoted for a part stays when it is the only one.
    """
    if len(parts) < 2:
        return [quote for part in parts for quote in part]
    kept: list[Quoted] = []
    for quote in [part[0] for part in parts if part]:
        same = next((n for n, other in enumerate(kept) if _overlap(other, quote)), None)
        if same is None:
            kept.append(quote)
            continue
        other = kept[same]
        said = "; ".join(dict.fromkeys(t for t in (other.span_text, quote.span_text) if t))
        kept[same] = Quoted(other.hit, min(other.start, quote.start), max(other.end, quote.end), said)
    return kept[:MAX_QUOTED]


def _overlap(one: Quoted, other: Quoted) -> bool:
    return one.hit.passage.docid == other.hit.passage.docid and one.start < other.end and other.start < one.end
