"""Verdicts measured: reading labelled claims and drafts, and what counts as right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.check.verdict import Claim, ClaimCheck, Difference, Evidence, Verdict
from eval.claims import LabelledClaim, metrics_of, read_claims, report, run_claims, together
from eval.datasets import DataError

TEXTS = {"a": "Cầu dài 412 m. Cầu có bốn làn xe."}


def said(text: str, verdict: Verdict, *, start: int = 0, token: str = "") -> ClaimCheck:
    evidence = Evidence("a", 1, "", "", "", None, "Cầu dài 412 m.", 0, 14)
    differences = (Difference("number", token, "412", start, start + len(token), 8, 11, "a"),) if token else ()
    return ClaimCheck(Claim(text, start, start + len(text)), verdict, 0.9, (evidence,), differences)


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    return path


def test_claims_contexts_and_drafts_are_told_apart_by_their_shape(tmp_path: Path) -> None:
    claim, given, first, second = read_claims(
        write(
            tmp_path / "c.jsonl",
            {"id": "c", "claim": "Cầu dài 412 m.", "label": "SUPPORTED", "docid": "a"},
            {"id": "v", "context": "Cầu dài 412 m.", "response": "Cầu dài 412 mét.", "prompt": "Cầu dài bao nhiêu?", "label": "NEI"},
            {"id": "d", "draft": "Cầu dài 421 m. Cầu có bốn làn xe.", "claims": [
                {"sentence": "Cầu dài 421 m.", "label": "REFUTED", "wrong": "421", "right": "412"},
                {"sentence": "Cầu có bốn làn xe.", "label": "SUPPORTED"},
            ]},
        )
    )  # fmt: skip
    assert (claim.label, claim.docid, claim.context) == ("SUPPORTED", "a", "")
    assert (given.claim, given.label, given.question) == ("Cầu dài 412 mét.", "NOT_ENOUGH_INFO", "Cầu dài bao nhiêu?")
    assert claim.question is None
    assert [(c.id, c.start, c.wrong) for c in (first, second)] == [("d.1", 0, "421"), ("d.2", 15, "")]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"id": "x", "claim": "Cầu dài.", "label": "MAYBE"}, "label 'MAYBE'"),
        ({"id": "x", "claim": " ", "label": "NEI"}, "no claim"),
        (
            {"id": "x", "draft": "Cầu dài.", "claims": [{"sentence": "Cầu ngắn.", "label": "NEI"}]},
            "draft does not hold",
        ),
    ],
)
def test_a_claim_that_cannot_be_measured_is_refused_with_its_line(tmp_path: Path, record: object, found: str) -> None:
    with pytest.raises(DataError, match=rf"c\.jsonl:1: found .*{found}"):
        read_claims(write(tmp_path / "c.jsonl", record))


def test_every_metric_of_four_claims_is_as_counted_by_hand() -> None:
    labelled = [
        LabelledClaim("1", "Cầu dài 412 m.", "SUPPORTED", "a", "Cầu dài 412 m."),
        LabelledClaim("2", "Cầu dài 421 m.", "REFUTED", "a", "Cầu dài 412 m.", wrong="421 m", right="412 m"),
        LabelledClaim("3", "Cầu dài 500 m.", "REFUTED", "a", "Cầu có bốn làn xe.", wrong="500 m", right="412 m"),
        LabelledClaim("4", "Cầu màu đỏ.", "NOT_ENOUGH_INFO", "a"),
    ]
    answers = {
        "Cầu dài 412 m.": said("Cầu dài 412 m.", "SUPPORTED"),
        "Cầu dài 421 m.": said("Cầu dài 421 m.", "REFUTED", token="421"),
        "Cầu dài 500 m.": said("Cầu dài 500 m.", "NOT_ENOUGH_INFO"),
        "Cầu màu đỏ.": said("Cầu màu đỏ.", "REFUTED", token="đỏ"),
    }
    items = run_claims(labelled, lambda draft: [answers[draft]], lambda one: answers[one.claim], TEXTS.get)
    found = {name: (i.value, i.n) for name, i in metrics_of(items).items()}
    assert found["accuracy"] == (0.5, 4)
    assert found["f1_supported"] == (1.0, 4)
    assert found["f1_refuted"] == (0.5, 4)
    assert found["macro_f1"] == (0.5, 4)  # (1 + 0.5 + 0) / 3
    assert found["refuted_precision"] == (0.5, 2)
    assert found["evidence_recall"] == (pytest.approx(2 / 3), 3)
    assert found["wrong_pointed"] == (0.5, 2)
    assert found["right_flagged"] == (0.0, 1)
    assert report(items, {})["confusion"]["REFUTED"] == {"NOT_ENOUGH_INFO": 1, "REFUTED": 1, "SUPPORTED": 0}


def test_a_sentence_of_a_draft_is_judged_by_the_claims_that_lie_in_it() -> None:
    draft = "Cầu dài 421 m. Cầu có bốn làn xe."
    labelled = [
        LabelledClaim("d.1", "Cầu dài 421 m.", "REFUTED", wrong="421", right="412", draft=draft),
        LabelledClaim("d.2", "Cầu có bốn làn xe.", "SUPPORTED", draft=draft, start=15),
    ]
    whole = [said("Cầu dài 421 m.", "REFUTED", token="421"), said("Cầu có bốn làn xe.", "SUPPORTED", start=15)]
    first, second = run_claims(labelled, lambda _: whole, lambda one: whole[0], TEXTS.get)
    assert (first["verdict"], first["scores"]["pointed"]) == ("REFUTED", 1.0)
    assert (second["verdict"], second["scores"]["flagged"]) == ("SUPPORTED", 0.0)


def test_what_was_checked_in_parts_is_refuted_by_one_and_supported_by_all() -> None:
    yes, no, open_ = (said("Cầu.", v) for v in ("SUPPORTED", "REFUTED", "NOT_ENOUGH_INFO"))
    assert together([yes, no])[0] == "REFUTED"
    assert together([yes, open_])[0] == "NOT_ENOUGH_INFO"
    assert together([yes, yes])[0] == "SUPPORTED"
    assert together([])[0] == "NOT_ENOUGH_INFO"


def test_a_checker_that_fails_is_a_miss_that_is_shown() -> None:
    def broken(_: str) -> list[ClaimCheck]:
        raise RuntimeError("đứt dây")

    (item,) = run_claims(
        [LabelledClaim("1", "Cầu dài.", "SUPPORTED", "a")], broken, lambda one: said(one.claim, "REFUTED"), TEXTS.get
    )
    assert (item["verdict"], item["error"]) == ("NOT_ENOUGH_INFO", "RuntimeError: đứt dây")
