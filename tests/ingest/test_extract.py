"""What an article is called when nobody says, and what becomes of an input that a reader cannot bear."""

from __future__ import annotations

import pytest

from ingest.article import Article, Rejection
from ingest.draft import Draft
from ingest.extract import FAULT, derive_id, from_html, from_print, from_record

# ---- ids


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bao.example/mua-lon-4924723.html", "https://www.bao.example/mua-rat-lon-4924723.html"),
        ("https://bao.example/tin-222251101102601635.htm", "https://m.bao.example/tin-moi-222251101102601635.htm"),
        ("https://bao.example/doc?id=123456", "https://bao.example/doc?utm_source=x&id=123456"),
        ("https://bao.example/mua-lon/", "http://bao.example/mua-lon"),
    ],
)
def test_an_article_keeps_its_id_when_its_title_or_its_way_of_being_reached_changes(one: str, other: str) -> None:
    assert derive_id(one, Draft()) == derive_id(other, Draft())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bao.example/mua-20221021.html", "https://bao.example/lu-20221021.html"),
        ("https://bao.example/mua-21102022.html", "https://bao.example/lu-21102022.html"),
        ("https://bao.example/mua-202210210803.html", "https://bao.example/lu-202210210803.html"),
        ("https://bao.example/gop-y-thong-tu-112016tt-byt.html", "https://bao.example/sua-thong-tu-112016tt-bgd.html"),
        ("https://bao.example/giam-50000-dong-moi-kg.html", "https://bao.example/tang-50000-dong-moi-kg.html"),
        ("https://bao.example/mua-4924723.html", "https://tin.example/mua-4924723.html"),
        ("https://bao.example/doc?id=123456", "https://bao.example/doc?id=123457"),
    ],
)
def test_a_day_or_a_number_inside_the_slug_is_nobodys_id(one: str, other: str) -> None:
    assert derive_id(one, Draft()) != derive_id(other, Draft())


def test_eight_figures_that_are_no_day_are_a_number() -> None:
    assert derive_id("https://bao.example/mua-18576745.html", Draft()) == "bao.example-18576745"


# ---- faults of our own


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("read_record", lambda: from_record({"title": "Tin"}, source="tin.jsonl:7")),
        ("read_print", lambda: from_print("Tin", source="tin.jsonl:7")),
        ("decode", lambda: from_html(b"<p>Tin", source="tin.jsonl:7")),
    ],
)
def test_a_fault_of_a_reader_costs_one_article_and_is_named(
    monkeypatch: pytest.MonkeyPatch, reader: str, read: object
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(f"ingest.extract.{reader}", fails)
    refused = read()  # type: ignore[operator]
    assert refused == Rejection(
        "tin.jsonl:7", FAULT, "Reading it failed (ZeroDivisionError: a fault). The fault is hoitin's: please report it."
    )


# ---- dates


@pytest.mark.parametrize(
    "body",
    [
        "Thứ Hai, 02/11/2020 10:15\nSáng nay cầu mới đã thông xe ở xã Lam Khê.",
        "Sáng nay cầu mới đã thông xe ở xã Lam Khê.\n02/11/2020 10:15",
    ],
)
def test_an_undated_record_is_dated_by_the_dateline_in_its_body(body: str) -> None:
    found = from_record({"title": "Cầu mới thông xe", "body": body}, source="-")
    assert isinstance(found, Article)
    assert found.published is not None
    assert found.published.isoformat() == "2020-11-02T10:15:00+07:00"
    assert found.text == "Sáng nay cầu mới đã thông xe ở xã Lam Khê."


def test_a_day_inside_a_sentence_is_the_news_and_not_its_date() -> None:
    refused = from_record({"title": "Cầu mới", "body": "Ngày 2/11/2020, cầu mới đã thông xe ở Lam Khê."}, source="-")
    assert isinstance(refused, Rejection)
    assert refused.reason == "no_date"


# ---- article or list

TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "Sáng nay, cầu Bến Mây nối hai bờ sông Trầm đã thông xe sau ba năm thi công, sớm hơn kế hoạch hai tháng.",
        "Theo ban quản lý dự án, cây cầu dài 480 mét, rộng 12 mét, có tổng vốn 350 tỷ đồng từ ngân sách tỉnh.",
        "Người dân xã An Mây từ nay không còn phải đi đò qua sông vào mùa nước lớn, theo ủy ban nhân dân xã.",
    )
)
CARDS = "".join(
    f"<div class='card'><h3><a href='/tin-{n}-cua-ngay.html'>Tin số {n} của ngày hôm nay ở xã An Mây</a></h3>"
    f"<p>Sáng nay có tin số {n}, theo ban quản lý dự án và ủy ban nhân dân xã An Mây.</p></div>"
    for n in range(12)
)


@pytest.mark.parametrize(
    ("published", "wrong"),
    [
        ("2999-01-01", "“2999-01-01”, lies in the future"),
        ("0204-05-06T07:00:00+07:00", "“0204-05-06T07:00:00+07:00”, lies before 1990"),
        ("hôm kia", "“hôm kia”, is no date that is understood"),
        (-5, "“-5”, is no date that is understood"),
    ],
)
def test_a_date_that_cannot_be_right_is_told_as_it_was_found(published: object, wrong: str) -> None:
    record = {"title": "Mưa lớn", "body": "Trời mưa lớn ở xã Lam Khê sáng nay.", "published": published}
    page = f"<title>Mưa</title><meta name='pubdate' content='{published}'><article>{TEXT}</article>"
    for refused in (
        from_record(record, source="a:1"),
        from_html(page, url="https://bao.example/mua-lon-o-xa-1234567.html", source="a"),
    ):
        assert isinstance(refused, Rejection)
        assert refused.reason == "no_date"
        assert wrong in refused.detail


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "Mưa" * 400, "Its title has 1,200 characters; at most 500 were expected."),
        ("url", "https://bao.example/" + "a" * 2_000, "Its url has 2,020 characters; at most 2,000 were expected."),
        ("id", "a" * 301, "Its id has 301 characters; at most 300 were expected."),
        ("author", "Lan " * 60, "An entry of its byline has 239 characters; at most 200 were expected."),
        ("author", "; ".join(f"Lan {n}" for n in range(51)), "Its byline has 51 entries; at most 50 were expected."),
        ("captions", ["Ảnh" * 2_000], "An entry of its captions has 6,000 characters; at most 5,000 were expected."),
    ],
)
def test_a_field_longer_than_any_page_could_show_is_refused(field: str, value: object, told: str) -> None:
    record = {
        "title": "Mưa lớn",
        "body": "Trời mưa lớn ở xã Lam Khê sáng nay.",
        "published": "2024-01-02",
        field: value,
    }
    refused = from_record(record, source="a:1")
    assert isinstance(refused, Rejection)
    assert (refused.reason, refused.detail) == ("field_too_long", told)


def reason(body: str) -> str:
    title = "Cầu Bến Mây thông xe"
    head = f'<title>{title}</title><meta property="og:type" content="article">'
    html = f"<html><head>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    refused = from_html(html, url="https://bao.example/cau-ben-may", source="-")
    assert isinstance(refused, Rejection)
    return refused.reason


def test_an_undated_page_that_calls_itself_an_article_lacks_its_date_only() -> None:
    assert reason(f"<article>{TEXT}</article>") == "no_date"


def test_a_list_that_calls_itself_an_article_is_none() -> None:
    assert reason(f"<main>{CARDS}</main>") == "not_an_article"
