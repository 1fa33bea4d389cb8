"""Stability: original and variant side by side, values worked by hand."""

from __future__ import annotations

from typing import Any

from eval.stability import alike, report, stability_items


def item(key: str, right: float, **more: Any) -> dict[str, Any]:
    return {"id": key, "question": key, "error": "", "abstained": None, "short_answer": "Hoà An",
            "citations": [{"docid": "lũ"}], "scores": {"right": right}, **more}  # fmt: skip


def test_the_same_article_in_other_words_is_the_same_article_and_another_answer() -> None:
    assert alike(item("a", 1), item("b", 1, short_answer="hòa an")) == {
        "same_article": 1, "same_answer": 1, "same_silence": 1,
    }  # fmt: skip
    assert alike(item("a", 1), item("b", 1, short_answer="70 ha"))["same_answer"] == 0
    assert alike(item("a", 1, short_answer=""), item("b", 1, short_answer=""))["same_answer"] is None


def test_silence_in_one_is_unlike_and_in_both_alike_whatever_stands_beside_it() -> None:
    silent = item("b", 0, abstained="not_in_archive")
    assert alike(item("a", 1), silent) == {"same_article": 0, "same_answer": 0, "same_silence": 0}
    other = item("c", 0, abstained="nothing_found", citations=[])
    assert alike(silent, other) == {"same_article": 1, "same_answer": None, "same_silence": 1}


def test_a_crash_is_like_nothing() -> None:
    assert set(alike(item("a", 1), item("b", 0, error="RuntimeError")).values()) == {0.0}


def test_each_kind_is_held_against_its_own_originals() -> None:
    originals = [item("a", 1), item("b", 1), item("c", 0)]
    answered = [item("a~case", 1), item("b~case", 0), item("c~telex", 1)]
    kinds = [("case", "a"), ("case", "b"), ("telex", "c")]
    found = report(stability_items(originals, answered, kinds), 3, {})
    assert (found["n"], found["questions"], found["metrics"]["right"]) == (3, 3, round(2 / 3, 6))
    case, telex = found["by_variant"]["case"], found["by_variant"]["telex"]
    assert (case["n"], case["change"]["old"], case["change"]["new"]) == (2, 1.0, 0.5)
    assert (telex["change"]["old"], telex["change"]["new"]) == (0.0, 1.0)
    assert found["items"][1]["original"] == "b"
