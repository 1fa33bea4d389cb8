"""A day from a running article number needs both the number and a day in the text."""

from __future__ import annotations

import pytest

from ingest.extract import from_record
from ingest.sequence import from_sequence

POST = "https://news.zing.vn/cau-suong-mai-post{}.html"


@pytest.mark.parametrize(
    ("number", "text", "day"),
    [
        (861659, "Hôm 19/7, cầu Sương Mai đóng cửa.", "2018-07-19"),
        (897027, "Đêm 29/11 cầu đóng. Chiều 2/12, cầu mở lại.", "2018-12-02"),
        (826000, "Sáng 8/3 phường Neo Vàng họp.", "2018-03-08"),
    ],
)
def test_the_last_day_that_fits_the_number_is_the_day(number: int, text: str, day: str) -> None:
    moment = from_sequence(POST.format(number), text)
    assert moment is not None
    assert moment.isoformat() == f"{day}T00:00:00+07:00"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (POST.format(861659), "Cầu Sương Mai đóng cửa."),
        (POST.format(861659), "Hôm 19/11, cầu đóng cửa."),
        (POST.format(861659), "Ngày 31/2 không có thật."),
        (POST.format(1500000), "Hôm 19/7, cầu đóng cửa."),
        ("https://bao.example/cau-post861659.html", "Hôm 19/7, cầu đóng cửa."),
    ],
)
def test_a_number_alone_or_a_day_alone_is_not_enough(url: str, text: str) -> None:
    assert from_sequence(url, text) is None


def test_an_undated_record_of_such_a_site_is_dated_and_kept() -> None:
    record = {
        "id": "a1",
        "url": POST.format(861659),
        "title": "Cầu Sương Mai đóng cửa",
        "body": "Hôm 19/7, cầu Sương Mai ở thành phố Vân Trà đóng cửa để sửa chữa mặt cầu.",
        "published": None,
    }
    article = from_record(record, source="tin.jsonl:1")
    assert article.published.date().isoformat() == "2018-07-19"  # type: ignore[union-attr]
