"""Outlets and sections that a question names."""

from __future__ import annotations

import pytest

from app.heard import Heard, heard

OUTLETS = ["Nhịp Núi", "Báo Bến Lau", "Tuổi Xanh", "Đài MTV"]
SECTIONS = ["Thể thao", "Giáo dục", "Kinh tế"]


@pytest.mark.parametrize(
    ("question", "outlet", "section"),
    [
        ("Theo Nhịp Núi, cầu Mây dài bao nhiêu?", "Nhịp Núi", ""),
        ("Báo Bến Lau viết gì về giá chè?", "Báo Bến Lau", ""),
        ("bao ben lau viet gi ve gia che", "Báo Bến Lau", ""),
        ("trên báo tuổi xanh có tin gì", "Tuổi Xanh", ""),
        ("Theo MTV thì ai thắng?", "Đài MTV", ""),
        ("Tin thể thao tuần này", "", "Thể thao"),
        ("tin giao duc moi nhat", "", "Giáo dục"),
        ("Chuyên mục Kinh tế của Nhịp Núi có gì?", "Nhịp Núi", "Kinh tế"),
        ("Tuổi xanh của chị ấy ra sao?", "", ""),
        ("Nhịp núi rừng là gì?", "", ""),
        ("Ngành kinh tế tăng bao nhiêu?", "", ""),
        ("Thông tin giáo dục là gì?", "", ""),
    ],
)
def test_a_name_counts_beside_a_word_that_makes_it_a_source_or_a_section(
    question: str, outlet: str, section: str
) -> None:
    assert heard(question, OUTLETS, SECTIONS) == Heard(outlet, section)
