"""Robustness, measured: is the same question, typed otherwise, answered as well, and alike?

    questions -> variants -> the app's own answerer -> each beside the answer to its original -> by kind

`right` says how good the answer to the variant is; `change` how much is lost
against the original (paired, with a test); same_article, same_answer and
same_silence whether the reader is told the same. This module knows nothing of
how variants are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.bootstrap import paired
from eval.metrics.words import words
from eval.summary import as_json, summarise

KEPT = ("right", "contained", "cited_docid", "retrieved", "short_f1", "abstained_answerable", "abstained_unanswerable")
"""Scores of an answer that are shown for a variant too."""


def alike(original: Mapping[str, Any], variant: Mapping[str, Any]) -> dict[str, float | None]:
    """Whether two items tell a reader the same. A crash is like nothing.

    same_article: the first quotation is of the same article. same_answer: the short answers have the same words,
    None when neither has one. same_silence: both answered, or both kept silence.
    """
    if original["error"] or variant["error"]:
        return {"same_article": 0.0, "same_answer": 0.0, "same_silence": 0.0}
    silent = [item["abstained"] is not None for item in (original, variant)]
    articles = [_first_article(item) for item in (original, variant)]
    shorts = [words("" if item["abstained"] is not None else item["short_answer"]) for item in (original, variant)]
    return {
        "same_article": float(articles[0] == articles[1]),
        "same_answer": float(shorts[0] == shorts[1]) if any(shorts) else None,
        "same_silence": float(silent[0] == silent[1]),
    }


def stability_items(
    originals: Sequence[Mapping[str, Any]], answered: Sequence[Mapping[str, Any]], kinds: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    """An item a variant: what was answered, its scores, how alike. kinds: (kind, id of the original) of each."""
    by_id = {item["id"]: item for item in originals}
    items = []
    for item, (kind, of) in zip(answered, kinds, strict=True):
        original = by_id[of]
        scores = {name: item["scores"][name] for name in KEPT if name in item["scores"]}
        items.append(
            {
                **{name: value for name, value in item.items() if name not in ("slices", "scores")},
                "variant": kind,
                "of": of,
                "original": original["question"],
                "original_right": original["scores"]["right"],
                "scores": {**scores, **alike(original, item)},
            }
        )
    return items


def report(items: Sequence[Mapping[str, Any]], questions: int, run: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of `hoitin-eval robustness`. questions: how many the variants were made from."""
    kinds = list(dict.fromkeys(item["variant"] for item in items))
    return {
        "kind": "robustness",
        "n": len(items),
        "questions": questions,
        "errors": sum(bool(item["error"]) for item in items),
        **as_json(summarise(items)),
        "change": _change(items),
        "by_variant": {
            kind: {"n": len(of_kind), **as_json(summarise(of_kind)), "change": _change(of_kind)}
            for kind in kinds
            if (of_kind := [item for item in items if item["variant"] == kind])
        },
        "run": dict(run),
        "items": list(items),
    }


def _change(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`right` of the variants against `right` of their own originals."""
    change = paired([item["original_right"] for item in items], [item["scores"]["right"] for item in items])
    return {name: round(getattr(change, name), 6) for name in ("old", "new", "low", "high", "p")} | {"n": change.n}


def _first_article(item: Mapping[str, Any]) -> str:
    if item["abstained"] is not None or not item["citations"]:
        return ""
    return str(item["citations"][0]["docid"])
