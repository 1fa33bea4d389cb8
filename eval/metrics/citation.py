"""Citation metrics: are quotations verbatim, and do they stand where the gold evidence stands?

    verbatim  = quotes with quote == Article.text[start:end] / quotes
    precision = quotes that stand on the evidence / quotes
    recall    = 1 if some quote stands on the evidence, else 0

A quote stands on the evidence when both are of one article and share at least
half of the shorter one, in characters: a sentence of a long evidence counts, a
clause of a long quote counts, the last word of the sentence before does not.
After ALCE (Gao et al., EMNLP 2023), with character spans in place of an
entailment model. Evidence is found in the article by its words, so that spaces,
case and the place of tone marks do not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.metrics.words import find_words, words, words_at


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one article's text, in characters: [start, end)."""

    docid: str
    start: int
    end: int


def stands_on(quote: Span, evidence: Span) -> bool:
    """Do the two share at least half of the shorter one?

    >>> stands_on(Span("a", 10, 20), Span("a", 15, 100)), stands_on(Span("a", 10, 20), Span("a", 16, 100))
    (True, False)
    """
    shared = min(quote.end, evidence.end) - max(quote.start, evidence.start)
    shorter = min(quote.end - quote.start, evidence.end - evidence.start)
    return quote.docid == evidence.docid and shared > 0 and 2 * shared >= shorter


def citation_precision(quotes: Sequence[Span], evidence: Sequence[Span]) -> float:
    """Share of the quotes that stand on one of the places of the evidence; 0.0 without quotes.

    >>> citation_precision([Span("a", 0, 9), Span("b", 0, 9)], [Span("a", 0, 9)])
    0.5
    """
    if not quotes:
        return 0.0
    return sum(any(stands_on(quote, place) for place in evidence) for quote in quotes) / len(quotes)


def citation_recall(quotes: Sequence[Span], evidence: Sequence[Span]) -> float:
    """1.0 when some quote stands on one of the places of the evidence, else 0.0.

    >>> citation_recall([Span("b", 0, 9)], [Span("a", 0, 9), Span("b", 2, 9)])
    1.0
    """
    return float(any(stands_on(quote, place) for quote in quotes for place in evidence))


def verbatim(quote: str, span: Span, text_of: Callable[[str], str | None]) -> bool:
    """Is the quote exactly what stands at its offsets? text_of gives an article's text, None when unknown.

    >>> verbatim("mưa to", Span("a", 4, 10), {"a": "Hôm mưa to."}.get)
    True
    """
    text = text_of(span.docid)
    return text is not None and bool(quote) and text[span.start : span.end] == quote


def locate(evidence: str, docid: str, text: str) -> Span | None:
    """Where the evidence stands in an article's text, None when it does not.

    All its words in a row; else the longest run of them, when that is at least
    half of the evidence (people shorten and stitch what they copy).

    >>> locate("xã Hoà An ngập sâu", "a", "Sáng nay xã Hòa An ngập sâu.")
    Span(docid='a', start=9, end=27)
    """
    wanted, found = words(evidence), words_at(text)
    keys = [word.key for word in found]
    at, length = find_words(wanted, keys), len(wanted)
    if at < 0:
        run = SequenceMatcher(None, wanted, keys, autojunk=False).find_longest_match()
        at, length = run.b, run.size
        if length == 0 or 2 * length < len(wanted):
            return None
    return Span(docid, found[at].start, found[at + length - 1].end)
