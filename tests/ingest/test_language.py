"""Which language a text is in."""

from __future__ import annotations

import pytest

from ingest.language import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Thành phố mở thêm hai tuyến xe buýt từ tuần tới.", "vi"),
        ("The city will open two more bus lines next week, the mayor said on Monday morning.", "en"),
        ("La ville ouvrira deux lignes de bus supplémentaires la semaine prochaine, a déclaré le maire.", "fr"),
        ("市政府表示下周将开通两条新的公交线路，方便市民出行，预计每天可运送两万名乘客。", "zh"),
        ("12/5 - 3.500", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text_is_told_by_its_letters_or_left_open(text: str, lang: str) -> None:
    assert detect(text) == lang


def test_the_same_text_always_gets_the_same_answer() -> None:
    mixed = "Hội nghị The Future of Cities took place ở thành phố, with many speakers from abroad and local students."
    assert len({detect(mixed) for _ in range(5)}) == 1


def test_a_letter_with_its_mark_apart_counts_like_the_composed_one() -> None:
    assert detect("Thành phố mở thêm hai tuyến xe buýt.") == "vi"
