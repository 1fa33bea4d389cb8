"""A checked draft as an editor leaves it: the verdicts, and what was decided and noted about each.

In: JSON as the page posts it and as `hoitin check` makes it: the draft, and the entries of the check JSON with
`decision`, `remark`, `fixed` and perhaps `second_opinion` beside them. Out: a Report, which the exports write and saved drafts keep.
Everything is held to bounds here, because it comes from a browser. This module knows nothing of files or pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, cast, get_args

from app.check.opinion import MAX_MODEL, Opinion, WhyNone
from app.check.verdict import Difference, DifferenceKind, Evidence, Verdict
from app.messages import say
from ingest.article import VIETNAM
from ingest.errors import UsageError

MOST_DRAFT_BYTES = 200_000
"""Of a draft, in UTF-8."""
MOST_CLAIMS = 3_000
"""Of one report: a draft of the largest size has fewer sentences."""
MOST_BESIDE = 12
"""Sources, differences or missing facts of one sentence that are taken over; a check gives fewer."""
MOST_REMARK = 2_000
"""Characters of one remark of the editor."""

Outcome = Literal["SUPPORTED", "REFUTED", "NOT_ENOUGH_INFO", "NO_CHECK", "PENDING"]
"""A verdict, or that the sentence has nothing to check, or that it was not reached."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Decision = Literal["", "accept", "ignore"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
_KINDS = frozenset(get_args(DifferenceKind))


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of the draft: `text == draft[start:end]`, what the archive says, what the editor decided.

    note: the program's own sentence, as in the check JSON; remark: the editor's. fixed: a token was replaced by the source's.
    opinion: a model's, if one was asked; it stands beside the outcome and changes nothing of it.
    """

    text: str
    start: int
    end: int
    outcome: Outcome
    confidence: float
    sources: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    decision: Decision = ""
    remark: str = ""
    fixed: bool = False
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A checked draft. checked: when; None if it never was."""

    title: str
    draft: str
    entries: tuple[Entry, ...]
    checked: datetime | None = None

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many sentences came to each outcome, all of OUTCOMES named.

        >>> made = read_report({"draft": "Vì sao?", "claims": [{"text": "Vì sao?", "start": 0, "end": 7, "checkable": False}]})
        >>> made.counts["NO_CHECK"], made.counts["REFUTED"]
        (1, 0)
        """
        made = dict.fromkeys(OUTCOMES, 0)
        for entry in self.entries:
            made[entry.outcome] += 1
        return made


def read_report(given: Mapping[str, Any]) -> Report:
    """A Report from JSON; raises UsageError that names the field when something is of another kind or too much."""
    draft = check_draft(_text(given, "draft", "draft"))
    claims = given.get("claims", [])
    if not isinstance(claims, list):
        raise _wrong("claims")
    if len(claims) > MOST_CLAIMS:
        sentence = say("vi", "desk_too_many", count=len(claims), limit=MOST_CLAIMS)
        raise UsageError(sentence, public=sentence)
    entries = tuple(_entry(claim, f"claims[{number}]", draft) for number, claim in enumerate(claims))
    return Report(
        title=one_line(_text(given, "title", "title"))[:200],
        draft=draft,
        entries=tuple(sorted(entries, key=lambda e: (e.start, e.end))),
        checked=_moment(given, "checked", "checked"),
    )


def report_json(report: Report) -> dict[str, Any]:
    """The report as JSON that read_report takes back unchanged."""
    return {
        "title": report.title,
        "draft": report.draft,
        "checked": _iso(report.checked),
        "claims": [_entry_json(entry) for entry in report.entries],
    }


def check_draft(draft: str) -> str:
    """The draft without broken surrogates; raises UsageError when it is longer than MOST_DRAFT_BYTES."""
    size = len(draft.encode("utf-8", "replace"))
    if size > MOST_DRAFT_BYTES:
        sentence = say("vi", "desk_too_long", size=_kilobytes(size), limit=_kilobytes(MOST_DRAFT_BYTES))
        raise UsageError(sentence, public=sentence)
    return _whole(draft)


def one_line(value: str) -> str:
    """Without control and direction characters and with single spaces: fit for a title or a table cell.

    >>> one_line("Cầu\\u202e  Sông\\nNgân")
    'Cầu Sông Ngân'
    """
    kept = (
        " " if c.isspace() else c for c in value if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    return " ".join("".join(kept).split())


def _entry(given: Any, where: str, draft: str) -> Entry:
    if not isinstance(given, dict):
        raise _wrong(where)
    start, end = _count(given, "start", where), _count(given, "end", where)
    checkable = given.get("checkable", True) is not False
    verdict = given.get("verdict") or "PENDING"
    if verdict not in OUTCOMES:
        raise _wrong(f"{where}.verdict")
    decision = given.get("decision") or ""
    if decision not in DECISIONS:
        raise _wrong(f"{where}.decision")
    confidence = given.get("confidence") or 0.0
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise _wrong(f"{where}.confidence")
    if not 0 <= start <= end <= len(draft):
        raise _wrong(f"{where}.end")
    return Entry(
        text=draft[start:end],
        start=start,
        end=end,
        outcome=verdict if checkable else "NO_CHECK",
        confidence=float(confidence),
        sources=tuple(_source(s, f"{where}.evidence[{n}]") for n, s in enumerate(_list(given, "evidence", where))),
        differences=tuple(
            _difference(d, f"{where}.differences[{n}]") for n, d in enumerate(_list(given, "differences", where))
        ),
        missing=tuple(_whole(m)[:500] for m in _list(given, "missing", where) if isinstance(m, str)),
        note=_text(given, "note", where)[:500],
        decision=decision,
        remark=_text(given, "remark", where)[:MOST_REMARK],
        fixed=given.get("fixed") is True,
        opinion=_opinion(given.get("second_opinion"), f"{where}.second_opinion"),
    )


def _opinion(given: Any, where: str) -> Opinion | None:
    if given is None:
        return None
    if not isinstance(given, dict):
        raise _wrong(where)
    verdict, why_none = given.get("verdict"), given.get("why_none") or ""
    if verdict not in (None, *get_args(Verdict)):
        raise _wrong(f"{where}.verdict")
    if why_none not in get_args(WhyNone) or (verdict is None) != bool(why_none):
        raise _wrong(f"{where}.why_none")
    return Opinion(one_line(_text(given, "model", where))[:MAX_MODEL], verdict, cast(WhyNone, why_none))


def _entry_json(entry: Entry) -> dict[str, Any]:
    made = asdict(entry)
    outcome = made.pop("outcome")
    del made["opinion"]
    if entry.opinion:
        made["second_opinion"] = entry.opinion.as_json(outcome)
    made["checkable"] = outcome != "NO_CHECK"
    made["verdict"] = "" if outcome in ("NO_CHECK", "PENDING") else outcome
    made["evidence"] = [
        {**s, "published": _iso(s["published"]), "corrected": _iso(s["corrected"])} for s in made.pop("sources")
    ]
    return made


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _source(given: Any, where: str) -> Evidence:
    if not isinstance(given, dict):
        raise _wrong(where)
    return Evidence(
        docid=_text(given, "docid", where)[:2_000],
        version=_count(given, "version", where),
        url=_text(given, "url", where)[:2_000],
        title=_text(given, "title", where)[:1_000],
        outlet=_text(given, "outlet", where)[:200],
        published=_moment(given, "published", where),
        quote=_text(given, "quote", where)[:20_000],
        start=_count(given, "start", where),
        end=_count(given, "end", where),
        corrected=_moment(given, "corrected", where),
    )


def _difference(given: Any, where: str) -> Difference:
    if not isinstance(given, dict):
        raise _wrong(where)
    kind = _text(given, "kind", where)
    if kind not in _KINDS:
        raise _wrong(f"{where}.kind")
    return Difference(
        kind=cast(DifferenceKind, kind),
        claim=_text(given, "claim", where)[:2_000],
        source=_text(given, "source", where)[:2_000],
        claim_start=_count(given, "claim_start", where),
        claim_end=_count(given, "claim_end", where),
        source_start=_count(given, "source_start", where),
        source_end=_count(given, "source_end", where),
        docid=_text(given, "docid", where)[:2_000],
    )


def _list(given: Mapping[str, Any], name: str, where: str) -> list[Any]:
    found = given.get(name) or []
    if not isinstance(found, list):
        raise _wrong(f"{where}.{name}")
    return found[:MOST_BESIDE]


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    found = given.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise _wrong(name if where == name else f"{where}.{name}")
    return _whole(found)


def _count(given: Mapping[str, Any], name: str, where: str) -> int:
    found = given.get(name, 0)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 2**31:
        raise _wrong(f"{where}.{name}")
    return found


def _moment(given: Mapping[str, Any], name: str, where: str) -> datetime | None:
    found = given.get(name)
    if not found:
        return None
    try:
        made = datetime.fromisoformat(found)
        return (made if made.tzinfo else made.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)
    except (TypeError, ValueError, OverflowError):
        raise _wrong(name if where == name else f"{where}.{name}") from None


def _wrong(field: str) -> UsageError:
    sentence = say("vi", "desk_bad_field", field=field)
    return UsageError(sentence, public=sentence)


def _whole(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1000)} kB"
