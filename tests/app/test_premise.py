"""app/premise.py: what an inquiry leaves unknown."""

from __future__ import annotations

import pytest

from app.asked import read_question
from app.premise import unknown


@pytest.mark.parametrize(
    ("question", "sentence", "silent"),
    [
        ("Vì sao nhà ông Tòng bị ném đá?", "Công an đang điều tra vụ ném đá nhà ông Tòng.", False),
        ("Vì sao nhà ông Tòng bị ném đá?", "Công an đang điều tra nguyên nhân ném đá nhà ông Tòng.", True),
        ("Vì sao nhà ông Tòng bị ném đá?", "Chưa rõ vì sao nhà ông Tòng bị ném đá.", True),
        ("Ai ném đá nhà ông Tòng?", "Công an đang điều tra vụ ném đá nhà ông Tòng.", True),
    ],
)
def test_an_inquiry_into_a_case_leaves_its_reason_open(question: str, sentence: str, silent: bool) -> None:
    asked = read_question(question)
    focus = dict.fromkeys(asked.content, 1.0)
    assert (unknown(asked, sentence, focus, (), plain=False) >= 0.5) is silent
