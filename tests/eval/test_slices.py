"""Slices read from the question itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eval.slices import by_slice, slices_of

NOW = datetime(2031, 5, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "kind", "typing", "asks", "time"),
    [
        ("Ai xây cầu Sông Lam?", "", "with diacritics", "person", "names no time"),
        ("ai xay cau Song Lam hom qua", "", "no diacritics", "person", "names a time"),
        ("How many people live in Hoa An?", "", "English", "number", "names no time"),
        ("Bn ng ở Hoà An?", "typo_or_abbrev", "typo or abbreviation", "number", "names no time"),
        ("Hôm qua giá xăng bao nhiêu?", "number", "with diacritics", "number", "names a time"),
    ],
)
def test_how_it_is_typed_what_it_asks_and_whether_it_names_a_time(
    question: str, kind: str, typing: str, asks: str, time: str
) -> None:
    found = slices_of(question, NOW, kind)
    assert (found["typing"], found["asks"], found["time"]) == (typing, asks, time)
    assert "age" not in found


@pytest.mark.parametrize(
    ("days", "age"), [(7, "up to a week"), (8, "up to a month"), (366, "up to a year"), (367, "over a year")]
)
def test_the_age_is_that_of_the_newest_gold_article(days: int, age: str) -> None:
    dates = [NOW - timedelta(days=5000), None, NOW - timedelta(days=days)]
    assert slices_of("Ai?", NOW, published=dates)["age"] == age
    assert slices_of("Ai?", NOW, published=[None])["age"] == "undated"


def test_slices_stand_in_a_readers_order_and_a_lone_one_is_left_out() -> None:
    items = [
        {"slices": {"typing": typing, "time": "names no time"}, "scores": {"right": right}}
        for typing, right in (("English", 0.0), ("with diacritics", 1.0), ("English", 1.0))
    ]
    made = by_slice(items)
    assert list(made) == ["typing"]
    assert {name: (part["n"], part["metrics"]["right"]) for name, part in made["typing"].items()} == {
        "with diacritics": (1, 1.0), "English": (2, 0.5),
    }  # fmt: skip
    assert list(made["typing"]) == ["with diacritics", "English"]
