"""Publication dates in metadata, URLs and datelines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import VIETNAM
from ingest.dates import from_text, from_url, is_dateline, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01", "2024-05-01T00:00:00+07:00"),
        ("2024-05-01T08:30:00", "2024-05-01T08:30:00+07:00"),
        ("2024-05-01T01:30:00Z", "2024-05-01T08:30:00+07:00"),
        ("2024-05-01T08:30:00.123 +07:00", "2024-05-01T08:30:00+07:00"),
        ("2024-05-01 20:30:00-0500", "2024-05-02T08:30:00+07:00"),
        ("20240501", "2024-05-01T00:00:00+07:00"),
        ("1714527000", "2024-05-01T08:30:00+07:00"),
        ("1714527000000", "2024-05-01T08:30:00+07:00"),
        ("Wed, 01 May 2024 08:30:00 +0700", "2024-05-01T08:30:00+07:00"),
        ("Wed, 01 May 2024 01:30:00 GMT", "2024-05-01T08:30:00+07:00"),
        ("Wed, 01 May 2024 08:30:00 GMT+7", "2024-05-01T08:30:00+07:00"),
        ("Wed, 01 May 2024 08:30:00 +7", "2024-05-01T08:30:00+07:00"),
        ("Wed, 01 May 2024 08:30:00 +07", "2024-05-01T08:30:00+07:00"),
        ("Wed, 01 May 2024 08:30:00 +07:00", "2024-05-01T08:30:00+07:00"),
        ("Tue, 30 Apr 2024 20:30:00 -5", "2024-05-01T08:30:00+07:00"),
        ("May 1, 2024", "2024-05-01T00:00:00+07:00"),
        ("Posted on May 1, 2024 by Lan Anh in Xã hội", "2024-05-01T00:00:00+07:00"),
        ("1 September, 2023", "2023-09-01T00:00:00+07:00"),
        ("1 May 2024", "2024-05-01T00:00:00+07:00"),
        ("1 Tháng Năm, 2024", "2024-05-01T00:00:00+07:00"),
        ("Thứ sáu, 1 tháng mười một năm 2024 8:30", "2024-11-01T08:30:00+07:00"),
        ("3 Tháng Mười, 2024", "2024-10-03T00:00:00+07:00"),
        ("/Date(1714527000000)/", "2024-05-01T08:30:00+07:00"),
        ("/Date(1714527000000+0700)/", "2024-05-01T08:30:00+07:00"),
        ("5/1/2024 8:30:00 AM", "2024-05-01T08:30:00+07:00"),
        ("5/1/2024 8:30:00 PM", "2024-05-01T20:30:00+07:00"),
        ("5/1/2024 12:05:00 AM", "2024-05-01T00:05:00+07:00"),
        ("Thứ tư, 1/5/2024, 08:30 (GMT+7)", "2024-05-01T08:30:00+07:00"),
        ("01-05-2024 08:30", "2024-05-01T08:30:00+07:00"),
        ("08:30 01/05/2024", "2024-05-01T08:30:00+07:00"),
        ("8h30 ngày 1/5/2024", "2024-05-01T08:30:00+07:00"),
        ("Thứ Tư, ngày 01 tháng 05 năm 2024, 8 giờ 30 phút", "2024-05-01T08:30:00+07:00"),
        ("01-05-2024 - 00:01 AM", "2024-05-01T00:01:00+07:00"),
        ("1.5.2024", "2024-05-01T00:00:00+07:00"),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str, expected: str) -> None:
    moment = parse(text)
    assert moment is not None
    assert moment.isoformat() == expected
    assert moment.tzinfo is VIETNAM


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hôm nay",
        "3 giờ trước",
        "2024-02-30",
        "31/04/2024",
        "01/01/1970",
        "1960-05-01",
        "v1.2.3",
        "25:99",
        "Page 3, 2024",
        "tháng năm",
        "3 tháng giêng năm 2024",
        "/Date()/",
    ],
)
def test_what_is_no_publication_date_gives_none(text: str) -> None:
    assert parse(text) is None


def test_a_date_more_than_two_days_ahead_is_refused_and_tomorrow_is_not() -> None:
    now = datetime.now(UTC)
    assert parse((now + timedelta(days=4)).isoformat()) is None
    assert parse((now + timedelta(days=1)).isoformat()) is not None


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_reading_dates_never_raises(text: str) -> None:
    parse(text)
    from_text(text)
    from_url(text)
    from_url("https://bao.vn/" + text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bao.vn/cau-moi-222251101102601635.htm", "2025-11-01T10:26:01+07:00"),
        ("https://bao.vn/cau-moi-185250809083531663.htm", "2025-08-09T08:35:31+07:00"),
        ("https://bao.vn/cau-moi-18525080611100214.htm", "2025-08-06T11:10:02+07:00"),
        ("https://bao.vn/cau-moi-20221021080340691.htm", "2022-10-21T08:03:40+07:00"),
        ("https://bao.vn/cau-moi-2025080816181987.htm", "2025-08-08T16:18:19+07:00"),
        ("https://bao.vn/ngay-982025-185250809083531663.htm?a=1", "2025-08-09T08:35:31+07:00"),
        ("https://bao.vn/2024/05/01/cau-moi/", "2024-05-01T00:00:00+07:00"),
    ],
)
def test_the_number_in_a_url_tells_when_the_article_was_made(url: str, expected: str) -> None:
    moment = from_url(url)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.vn/cau-moi-4924723.html",
        "https://bao.vn/cau-moi-d186221.html",
        "https://bao.vn/ma-999999999999999999.htm",
        "https://bao.vn/ma-20221321080340691.htm",
        "https://[bao.vn/hong",
        "",
    ],
)
def test_a_number_that_is_no_time_gives_none(url: str) -> None:
    assert from_url(url) is None


def test_a_dateline_is_a_line_that_is_only_a_date() -> None:
    assert is_dateline("Thứ Tư, 01/05/2024 - 08:30 (GMT+7)")
    assert is_dateline("Cập nhật lúc 10:20, 03/04/2024 (GMT+7)")
    assert not is_dateline("Ngày 1/5/2024, cầu mới thông xe.")
    assert is_dateline("Cập nhật lần cuối: Thứ ba, ngày 4 tháng 6 năm 2024 lúc 10:30")
    assert is_dateline("Đăng ngày 3 Tháng Mười Một, 2024")
    assert not is_dateline("0912345678")


def test_the_first_dateline_of_a_text_is_its_date_and_a_date_in_a_sentence_is_not() -> None:
    assert from_text("Cầu mới\nNgày 2/5/2024, cầu thông xe.\n01/05/2024 08:30") == datetime(
        2024, 5, 1, 8, 30, tzinfo=VIETNAM
    )
    assert from_text("Cầu mới\nNgày 2/5/2024, cầu thông xe.") is None
