"""The program's own sentences recognised and said in another language."""

from __future__ import annotations

import pytest

from app.messages import say
from app.retell import KEYS, recognise, retell, retell_lines

VALUES = {
    "label": "tuần trước", "range": "từ 01/07/2026 đến 02/07/2026", "title": "Cầu Mây (mới): thông xe", "outlet": "Báo Mẫu",
    "quote": "Cầu dài 486 m.", "said": "Bắc Khê",
    "date": "01/07/2026", "values": "46 tỷ (A, 1/9); 64 tỷ (B, 2/9)", "count": 2, "seconds": "60", "limit": "2.000",
    "since": "01/07/2026", "until": "02/07/2026",
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_every_sentence_of_an_answer_is_recognised_in_both_languages(key: str) -> None:
    for lang in ("vi", "en"):
        found = recognise(say(lang, key, **VALUES), lang)  # type: ignore[arg-type]
        assert found is not None
        assert found[0] == key


def test_what_an_answer_carries_is_said_in_english() -> None:
    told = retell(say("vi", "read_time", label="tuần trước", range="từ 01/07/2026 đến 02/07/2026"), "en")
    assert told == "The question says “tuần trước”: only news published from 01/07/2026 to 02/07/2026"
    assert retell("Cầu Mây thông xe.", "en") == "Cầu Mây thông xe."
    assert retell(say("vi", "no_answer"), "vi") == say("vi", "no_answer")


def test_quotations_stay_and_who_said_them_is_told() -> None:
    lines = "“Ông nói (theo lời kể).” [1] (theo Báo Mẫu, 01/07/2026; theo không rõ báo, không rõ ngày)\nCâu hai."
    assert retell_lines(lines, "en") == (
        "“Ông nói (theo lời kể).” [1] (from Báo Mẫu, 01/07/2026; from unknown outlet, no date)\nCâu hai."
    )
