"""Yes or no: the statement inside a question, and what articles say to it."""

from __future__ import annotations

import pytest

from app.truth import decide, statement_of
from ingest.article import Article

BRIDGE = Article(
    "cau", "", "Cầu Sương Mai",
    ("Cầu Sương Mai dài 486 m, rộng 9 m. Cầu chưa thông xe. Công ty Thiên Khê thi công cầu Sương Mai.",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Có phải Hải Sa cấm xe tải không?", "Hải Sa cấm xe tải"),
        ("Hải Sa cấm xe tải, đúng không?", "Hải Sa cấm xe tải"),
        ("Hải Sa đã cấm xe tải hay chưa?", "Hải Sa đã cấm xe tải"),
        ("Hải Sa có được cấm xe tải không?", "Hải Sa có được cấm xe tải"),
        ("Liệu có phải Hải Sa cấm xe tải không?", "Hải Sa cấm xe tải"),
        ("Có ai bị phạt không?", ""),
        ("Được không?", ""),
    ],
)
def test_a_question_without_its_particles_is_a_statement(question: str, statement: str) -> None:
    assert statement_of(question) == statement


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Cầu Sương Mai dài 486 m phải không?", "Có"),
        ("Cầu Sương Mai dài 684 m phải không?", "Không"),
        ("Cầu Sương Mai đã thông xe chưa?", "Chưa"),
        ("Cầu Sương Mai có thông xe không?", "Không"),
        ("Có phải Công ty Thiên Khê thi công cầu Sương Mai không?", "Có"),
    ],
)
def test_what_an_article_says_or_contradicts_is_decided_by_its_sentence(question: str, short: str) -> None:
    found = decide(question, [BRIDGE])
    assert found is not None
    assert found.short == short
    assert BRIDGE.text[found.start : found.end].rstrip().endswith(".")


@pytest.mark.parametrize(
    "question", ["Bà Cù Thị Mây có biết bơi không?", "Cầu Sương Mai sơn màu tím, đúng không?", "Có ai thi công không?"]
)
def test_what_no_article_speaks_of_is_not_decided(question: str) -> None:
    assert decide(question, [BRIDGE]) is None


def test_without_articles_nothing_is_decided() -> None:
    assert decide("Cầu Sương Mai dài 486 m phải không?", []) is None
