"""The program's own sentences."""

from __future__ import annotations

import re
from pathlib import Path

from app.messages import EN, VI, say

ROOT = Path(__file__).resolve().parents[2]


def test_both_languages_hold_the_same_sentences_with_the_same_blanks() -> None:
    assert VI.keys() == EN.keys()
    for key in VI:
        assert sorted(re.findall(r"{(\w+)}", VI[key])) == sorted(re.findall(r"{(\w+)}", EN[key])), key


def test_every_sentence_is_said_somewhere() -> None:
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "app").rglob("*.py") if not p.name.startswith("messages")
    )
    unsaid = [key for key in VI if not re.search(rf"""["']{key}["']""", code)]
    assert unsaid == []


def test_a_value_in_a_sentence_is_not_read_as_a_blank() -> None:
    assert say("vi", "outlet_only", outlet="{count}") == "Chỉ báo {count}"
