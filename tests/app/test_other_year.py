"""app/other_year.py: a year that the article does not know."""

from __future__ import annotations

import pytest

from app.other_year import strange_year


@pytest.mark.parametrize(
    ("question", "article", "published"),
    [
        ("Vì sao Bắc Sa hủy kỳ thi năm 2019?", "Bắc Sa hủy kỳ thi năm 2021. Năm 2020 cũng vậy.", 2021),
        ("Ai thắng giải Cá Chuồn 2024?", "Lúa Vàng thắng giải Cá Chuồn 2021, sau ba năm liền về nhì.", 2021),
    ],
)
def test_a_year_that_the_article_does_not_know(question: str, article: str, published: int) -> None:
    assert strange_year(question, article, published)


@pytest.mark.parametrize(
    ("question", "article", "published"),
    [
        ("Bắc Sa hủy kỳ thi nào năm 2021?", "Bắc Sa hủy kỳ thi cuối khóa.", 2021),
        ("Bắc Sa lãi bao nhiêu năm 2020?", "Bắc Sa lãi 3 tỷ đồng, năm trước lãi 2 tỷ.", 2021),
        ("Bắc Sa mở mấy lớp năm 2022?", "Sang năm Bắc Sa mở hai lớp.", 2021),
        ("Bắc Sa mở mấy lớp năm 2017?", "Ba năm trước Bắc Sa mở hai lớp.", 2020),
        ("Bắc Sa mở mấy lớp năm 2017?", "Giai đoạn 2015-2018 Bắc Sa mở hai lớp.", 2020),
        ("Bắc Sa mở mấy lớp năm 2017?", "Năm học 2016-17 Bắc Sa mở hai lớp.", 2020),
        ("Xe có giá 2019 đồng?", "Xe có giá 2.019 đồng.", None),
        ("Bắc Sa trồng 2.019 cây ở đâu?", "Bắc Sa trồng cây ở Đông Mây.", 2021),
        ("Bắc Sa mở mấy lớp?", "Bắc Sa mở hai lớp.", 2021),
    ],
)
def test_a_year_that_may_be_meant(question: str, article: str, published: int | None) -> None:
    assert strange_year(question, article, published) == ""
