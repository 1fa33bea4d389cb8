"""Verdicts, measured: are claims judged right, is the right sentence shown, are wrong tokens pointed at exactly?

    claims (over an archive, or each with its own context) -> the app's own checker -> items -> metrics with intervals
    drafts (with their sentences labelled)                  -> one item a sentence

An exception is NOT_ENOUGH_INFO with its error shown. Items hold what the checker said and the gold data, so
that all metrics can be computed again from them. This module knows nothing of how verdicts are reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.check.verdict import ClaimCheck
from eval.bootstrap import Interval, interval, interval_of
from eval.datasets import DataError, read_jsonl
from eval.metrics.citation import Span, citation_recall, locate
from eval.metrics.confusion import confusion
from eval.metrics.macro_f1 import f1_by_label, macro_f1
from eval.metrics.words import words

TextOf = Callable[[str], str | None]
LABELS = ("SUPPORTED", "REFUTED", "NOT_ENOUGH_INFO")
_NAMES = {"NEI": "NOT_ENOUGH_INFO", "NOT ENOUGH INFO": "NOT_ENOUGH_INFO"}
LOOSE = 2
"""Words beside the wrong ones that a difference may hold and still point at them exactly."""


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim and its verdict. context: the text it is judged against alone; "" means the archive.

    evidence: the sentence that decides it, of the article `docid`. wrong: the token that is off, where it is known.
    question: what it answers, if it is the reply to one ("" when that is not known).
    draft, start: the draft it is a sentence of and where it begins there; "" for a claim that stands alone.
    """

    id: str
    claim: str
    label: str
    docid: str = ""
    evidence: str = ""
    edit: str = ""
    context: str = ""
    wrong: str = ""
    right: str = ""
    draft: str = ""
    start: int = 0
    question: str | None = None


def read_claims(path: Path) -> list[LabelledClaim]:
    """Claims or drafts, by the shape of each line. Raises DataError.

    A claim: id, claim (or response), label, and docid, evidence, edit, context where known. A draft: id, draft, claims: [{sentence,
    label, docid, evidence, wrong, right}].
    """
    claims: list[LabelledClaim] = []
    for where, record in read_jsonl(path):
        if "draft" in record:
            claims += _of_draft(record, where)
        else:
            claims.append(_of_claim(record, where))
    if not claims:
        raise DataError(f"{path}: found no claims, wanted one JSON object a line")
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise DataError(f"{path}: found id {claim.id!r} a second time, wanted each claim once")
        seen.add(claim.id)
    return claims


def _of_claim(record: Mapping[str, Any], where: str) -> LabelledClaim:
    said = record.get("claim", record.get("response"))
    if not isinstance(said, str) or not said.strip():
        raise DataError(f"{where}: found no claim, wanted text under 'claim' (or 'response')")
    docid, evidence, edit, context, wrong, right = (
        str(record.get(name) or "") for name in ("docid", "evidence", "edit", "context", "wrong", "right")
    )
    label = _label(record, where)
    question = str(record.get("question") or record.get("prompt") or "") if "response" in record else None
    name = str(record.get("id") or where)
    return LabelledClaim(name, said, label, docid, evidence, edit, context, wrong, right, question=question)


def _of_draft(record: Mapping[str, Any], where: str) -> list[LabelledClaim]:
    draft, at = str(record["draft"]), 0
    found = []
    for number, one in enumerate(record.get("claims") or (), start=1):
        sentence = str(one.get("sentence") or "")
        start = draft.find(sentence, at)
        if not sentence or start < 0:
            raise DataError(
                f"{where}: found a sentence that its draft does not hold: {sentence!r:.80}, wanted it word by word"
            )
        at = start + len(sentence)
        docid, evidence, edit, wrong, right = (
            str(one.get(name) or "") for name in ("docid", "evidence", "edit", "wrong", "right")
        )
        name, label = f"{record.get('id') or where}.{number}", _label(one, where)
        found.append(LabelledClaim(name, sentence, label, docid, evidence, edit, "", wrong, right, draft, start))
    return found


def _label(record: Mapping[str, Any], where: str) -> str:
    raw = str(record.get("label") or "").upper()
    label = _NAMES.get(raw, raw)
    if label not in LABELS:
        raise DataError(f"{where}: found label {record.get('label')!r}, wanted one of {', '.join(LABELS)} (or NEI)")
    return label


def run_claims(
    claims: Sequence[LabelledClaim],
    check: Callable[[str], Iterable[ClaimCheck]],
    judge: Callable[[LabelledClaim], ClaimCheck],
    text_of: TextOf,
    *,
    progress: Callable[[Iterable[LabelledClaim]], Iterable[LabelledClaim]] = lambda claims: claims,
) -> list[dict[str, Any]]:
    """Every claim once, in order: an item each. check: a draft to its verdicts; judge: a claim beside its context."""
    items = []
    drafts: dict[str, tuple[list[ClaimCheck], str]] = {}
    for claim in progress(claims):
        if claim.context:
            said, error = _safely(lambda claim=claim: [judge(claim)])  # type: ignore[misc]
        elif claim.draft:
            if claim.draft not in drafts:
                drafts[claim.draft] = _safely(lambda claim=claim: check(claim.draft))  # type: ignore[misc]
            whole, error = drafts[claim.draft]
            end = claim.start + len(claim.claim)
            said = [one for one in whole if one.claim.start < end and one.claim.end > claim.start]
        else:
            said, error = _safely(lambda claim=claim: check(claim.claim))  # type: ignore[misc]
        items.append(_item(claim, said, error, text_of))
    return items


def _safely(run: Callable[[], Iterable[ClaimCheck]]) -> tuple[list[ClaimCheck], str]:
    try:
        return list(run()), ""
    except Exception as error:  # the checker under test may fail in any way; it is a miss, and it is shown
        return [], f"{type(error).__name__}: {error}"


def together(said: Sequence[ClaimCheck]) -> tuple[str, float]:
    """The verdict of what was checked in parts, and its confidence: refuted if a part is, supported if all parts are."""
    parts = [one for one in said if one.claim.checkable]
    refuted = [one.confidence for one in parts if one.verdict == "REFUTED"]
    if refuted:
        return "REFUTED", max(refuted)
    if parts and all(one.verdict == "SUPPORTED" for one in parts):
        return "SUPPORTED", min(one.confidence for one in parts)
    return "NOT_ENOUGH_INFO", max((one.confidence for one in parts), default=1.0)


def _item(claim: LabelledClaim, said: Sequence[ClaimCheck], error: str, text_of: TextOf) -> dict[str, Any]:
    verdict, confidence = together(said)
    text = None if claim.context else text_of(claim.docid)
    place = locate(claim.evidence, claim.docid, text) if claim.evidence and text else None
    item: dict[str, Any] = {
        "id": claim.id,
        "claim": claim.claim,
        "label": claim.label,
        "edit": claim.edit,
        "docid": claim.docid,
        "wrong": claim.wrong,
        "right": claim.right,
        "draft": bool(claim.draft),
        "gold_evidence": [place.docid, place.start, place.end] if place else [],
        "verdict": verdict,
        "confidence": round(confidence, 6),
        "evidence": [e.as_json() for one in said for e in one.evidence],
        "differences": [d.as_json() for one in said for d in one.differences],
        "missing": [m for one in said for m in one.missing],
        "error": error,
    }
    return {**item, "scores": score(item)}


def score(item: Mapping[str, Any]) -> dict[str, float | None]:
    """The metrics of one item from the item alone; None where one does not apply.

    right: the verdict is the label. evidence: of what is supported or refuted, the deciding sentence is shown.
    pointed: of what has a wrong token, a difference covers the words in which it is off and at most LOOSE more.
    flagged: of what is supported, it was called refuted.
    """
    quotes = [Span(e["docid"], e["start"], e["end"]) for e in item["evidence"]]
    gold = [Span(*item["gold_evidence"])] if item["gold_evidence"] else []
    decided = item["label"] != "NOT_ENOUGH_INFO"
    return {
        "right": float(item["verdict"] == item["label"]),
        "evidence": citation_recall(quotes, gold) if decided and gold else None,
        "pointed": float(any(points_at(d["claim"], item) for d in item["differences"])) if item["wrong"] else None,
        "flagged": float(item["verdict"] == "REFUTED") if item["label"] == "SUPPORTED" else None,
    }


def points_at(token: str, item: Mapping[str, Any]) -> bool:
    """Whether a token shown as different is the wrong one: all words in which wrong and right differ, few others.

    >>> points_at("16", {"wrong": "16 người", "right": "6 người"}), points_at("người", {"wrong": "16", "right": "6"})
    (True, False)
    """
    shown, wrong, right = (words(text) for text in (token, item["wrong"], item["right"]))
    off = [word for word in wrong if word not in right] or wrong
    return set(off) <= set(shown) and len(shown) <= len(wrong) + LOOSE


def metrics_of(items: Sequence[Mapping[str, Any]]) -> dict[str, Interval]:
    """All metrics of a run with their intervals."""
    rows = [(LABELS.index(i["label"]), LABELS.index(i["verdict"])) for i in items]
    found = {"macro_f1": interval_of(_macro, rows)}
    for name, value in f1_by_label([i["label"] for i in items], [i["verdict"] for i in items]).items():
        found[f"f1_{name.lower()}"] = (
            interval_of(_f1(LABELS.index(name)), rows) if value else Interval(0.0, 0.0, 0.0, len(rows))
        )
    refuted = [float(i["label"] == "REFUTED") for i in items if i["verdict"] == "REFUTED"]
    if refuted:
        found["refuted_precision"] = interval(refuted)
    for name, shown in (
        ("right", "accuracy"),
        ("evidence", "evidence_recall"),
        ("pointed", "wrong_pointed"),
        ("flagged", "right_flagged"),
    ):
        values = [i["scores"][name] for i in items if i["scores"][name] is not None]
        if values:
            found[shown] = interval(values)
    return found


def _macro(rows: Any) -> float:
    return macro_f1([LABELS[int(g)] for g in rows[:, 0]], [LABELS[int(s)] for s in rows[:, 1]])


def _f1(label: int) -> Callable[[Any], float]:
    def one(rows: Any) -> float:
        hit = int(((rows[:, 0] == label) & (rows[:, 1] == label)).sum())
        both = int((rows[:, 0] == label).sum() + (rows[:, 1] == label).sum())
        return 2 * hit / both if both else 0.0

    return one


def report(items: Sequence[Mapping[str, Any]], run: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of `hoitin-eval claims`."""
    from eval.summary import as_json

    kinds = list(dict.fromkeys(item["edit"] for item in items if item["edit"]))
    return {
        "kind": "claims",
        "n": len(items),
        "errors": sum(bool(item["error"]) for item in items),
        **as_json(metrics_of(items)),
        "confusion": confusion([i["label"] for i in items], [i["verdict"] for i in items]),
        "by_edit": {
            kind: {"n": len(of_kind), "right": sum(i["scores"]["right"] for i in of_kind) / len(of_kind)}
            for kind in kinds
            if (of_kind := [item for item in items if item["edit"] == kind])
        },
        "gold_not_found": [
            i["id"] for i in items if i["label"] != "NOT_ENOUGH_INFO" and i["docid"] and not i["gold_evidence"]
        ],
        "run": dict(run),
        "items": list(items),
    }
