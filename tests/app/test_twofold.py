"""Two questions in one: where they part, and what the second takes over; and quotations that answer together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.select import Quoted
from app.together import deciding, shared
from app.truth import Decided
from app.twofold import two_questions
from tests.app.found import hit


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Lễ hội Đèn Cá tổ chức khi nào và ở đâu?", ("Lễ hội Đèn Cá tổ chức khi nào?", "Lễ hội Đèn Cá tổ chức ở đâu?")),
        (
            "Ai dẫn đội Neo Vàng và đội có bao nhiêu người?",
            ("Ai dẫn đội Neo Vàng?", "Neo Vàng đội có bao nhiêu người?"),
        ),
        ("Hải Sa có mấy cầu và Cát Lành có mấy chợ?", ("Hải Sa có mấy cầu?", "Cát Lành có mấy chợ?")),
    ],
)
def test_each_part_stands_alone(question: str, parts: tuple[str, str]) -> None:
    assert two_questions(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Lê Bá Tòng và Cù Thị Mây sinh năm nào?",
        "Ai làm Giám đốc Sở Văn hóa và Du lịch?",
        "Đồ ăn và nước uống ở Hải Sa giá bao nhiêu?",
        "Vì sao Hải Sa và Cát Lành bỏ lễ hội nào?",
        "Cầu dài bao nhiêu mét?",
    ],
)
def test_two_things_joined_are_one_question(question: str) -> None:
    assert two_questions(question) is None


@given(st.text(max_size=80))
def test_any_text_is_one_question_or_two_with_words(text: str) -> None:
    assert all(len(part) > 1 for part in two_questions(text) or ())


ONE, OTHER = hit("Cầu dài 486 m. Cầu rộng 9 m."), hit("Chợ có 86 gian.", docid="b")


def test_one_quotation_of_each_part_is_shown() -> None:
    parts = [[Quoted(ONE, 0, 14, "486 m"), Quoted(ONE, 15, 28)], [Quoted(OTHER, 0, 15, "86 gian")]]
    assert shared(parts) == [parts[0][0], parts[1][0]]


def test_a_sentence_that_answers_both_parts_stands_once_with_both_answers() -> None:
    assert shared([[Quoted(ONE, 0, 28, "486 m")], [Quoted(ONE, 15, 28, "9 m")]]) == [Quoted(ONE, 0, 28, "486 m; 9 m")]


def test_the_only_part_answered_keeps_all_its_quotations() -> None:
    alone = [Quoted(ONE, 0, 14, "486 m"), Quoted(OTHER, 0, 15)]
    assert shared([alone]) == alone


def test_what_decides_is_quoted_alone() -> None:
    said = Decided("Có", "a", 15, 28, 0.9)
    found = deciding(said, [ONE, OTHER], [Quoted(ONE, 0, 28, "486 m"), Quoted(OTHER, 0, 15, "86 gian")])
    assert found == [Quoted(ONE, 15, 28, "Có")]
