"""What the exports show of a Report: signs, labels, and the tokens that differ, marked in both texts.

In: a Report and a language. Out: plain text and pieces of text, never HTML: each export escapes for itself.
This module knows nothing of files or pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.check.verdict import Difference, Evidence
from app.desk.report import OUTCOMES, Decision, Entry, Outcome, Report, one_line
from app.messages import Lang, say
from app.web.markup import day, moment

SIGNS: Mapping[Outcome, str] = {
    "SUPPORTED": "✓",
    "REFUTED": "✗",
    "NOT_ENOUGH_INFO": "?",
    "NO_CHECK": "–",
    "PENDING": "…",
}
"""Shown beside every label, so that nothing is said by colour alone."""

Piece = tuple[str, bool]
"""A stretch of a text, and whether it is marked."""


def report_title(report: Report, lang: Lang) -> str:
    """The title the editor gave, else the draft's first line, else the program's word for it."""
    first = next((line.strip() for line in report.draft.splitlines() if line.strip()), "")
    short = first if len(first) <= 80 else first[:79].rsplit(" ", 1)[0] + "…"
    return report.title or one_line(short) or say(lang, "desk_untitled")


def outcome_label(outcome: Outcome, lang: Lang) -> str:
    """What an outcome is called, without its sign.

    >>> outcome_label("REFUTED", "vi")
    'Trái với nguồn'
    """
    keys: Mapping[Outcome, str] = {
        "SUPPORTED": "desk_supported",
        "REFUTED": "desk_refuted",
        "NOT_ENOUGH_INFO": "desk_unknown",
        "NO_CHECK": "desk_no_check",
        "PENDING": "desk_pending",
    }
    return say(lang, keys[outcome])


def kind_label(kind: str, lang: Lang) -> str:
    """What a kind of difference is called; "" for one that is not known."""
    keys = {
        "number": "desk_kind_number",
        "date": "desk_kind_date",
        "name": "desk_kind_name",
        "place": "desk_kind_place",
        "role": "desk_kind_role",
        "negation": "desk_kind_negation",
        "unit": "desk_kind_unit",
    }
    return say(lang, keys[kind]) if kind in keys else ""


def decision_label(decision: Decision, lang: Lang) -> str:
    """What a decision is called; "" for none."""
    return {"": "", "accept": say(lang, "desk_accepted"), "ignore": say(lang, "desk_ignored")}[decision]


def tally(report: Report, lang: Lang) -> Iterable[tuple[Outcome, str, int]]:
    """Each outcome that counts for a summary, its label, and how many sentences came to it."""
    counts = report.counts
    return [(o, outcome_label(o, lang), counts[o]) for o in OUTCOMES if o != "PENDING" or counts[o]]


def marked(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """`text` in pieces, those inside a span marked; spans may overlap, and what lies outside the text is left out.

    >>> marked("Cầu dài 1.200 m", [(8, 13), (90, 99)])
    [('Cầu dài ', False), ('1.200', True), (' m', False)]
    """
    made: list[Piece] = []
    at = 0
    for low, high in sorted(spans):
        low, high = max(low, at), min(high, len(text))
        if low >= high:
            continue
        if low > at:
            made.append((text[at:low], False))
        made.append((text[low:high], True))
        at = high
    if at < len(text):
        made.append((text[at:], False))
    return made


def claim_pieces(entry: Entry) -> list[Piece]:
    """The sentence, what differs from the source marked."""
    spans = ((d.claim_start - entry.start, d.claim_end - entry.start, d.claim) for d in entry.differences)
    return marked(entry.text, [(a, b) for a, b, words in spans if 0 <= a < b and entry.text[a:b] == words])


def source_pieces(entry: Entry, source: Evidence) -> list[Piece]:
    """The quotation, what differs from the sentence marked."""
    spans = (
        (d.source_start - source.start, d.source_end - source.start, d.source)
        for d in entry.differences
        if d.docid == source.docid
    )
    return marked(source.quote, [(a, b) for a, b, words in spans if 0 <= a < b and source.quote[a:b] == words])


def difference_line(difference: Difference, lang: Lang) -> str:
    """One difference as plain text: "Số: bản thảo “1.200 m”, nguồn “1.250 m”"."""
    said = say(lang, "desk_difference", claim=one_line(difference.claim), source=one_line(difference.source))
    kind = kind_label(difference.kind, lang)
    return f"{kind}: {said}" if kind else said


def opinion_line(entry: Entry, lang: Lang) -> str:
    """A model's opinion as plain text; "" when none was asked for."""
    return entry.opinion.line(entry.outcome, lang) if entry.opinion else ""


def source_notes(source: Evidence, lang: Lang) -> str:
    """Outlet and day of a source, and whether its article was corrected, as plain text."""
    parts = [one_line(source.outlet) or say(lang, "no_outlet"), day(source.published) or say(lang, "no_date")]
    if source.corrected:
        parts.append(say(lang, "desk_corrected", date=day(source.corrected)))
    return " · ".join(parts)


def summary_line(report: Report, lang: Lang) -> str:
    """When it was checked and what came of it, as plain text."""
    counted = " · ".join(f"{SIGNS[o]} {label}: {count}" for o, label, count in tally(report, lang))
    when = say(lang, "desk_checked_at", when=moment(report.checked)) if report.checked else ""
    return f"{when} {counted}".strip()
