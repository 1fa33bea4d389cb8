"""JSON records of crawls and exports, scars and all."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import VIETNAM, Article, Rejection
from ingest.extract import FAULT, from_record

TITLE = "Cầu Bến Trăng thông xe"
SENTENCE = "Cầu dài 86 m, rộng 4 m, nối hai bờ rạch Lụa."
DATE = {"published": "2024-05-01T08:30:00+07:00"}


def read(**record: object) -> Article:
    article = from_record({"title": "Cầu mới thông xe", **DATE, **record}, source="tin.jsonl:1")
    assert isinstance(article, Article), article
    return article


def test_the_plain_fields_arrive_as_they_are() -> None:
    article = read(
        id="a-1",
        url="https://bao.vn/cau-moi-1234567.html",
        summary="Cầu Bến Trăng thông xe sáng nay.",
        body="Cầu dài 86 m.\nCầu rộng 4 m.",
        outlet="Báo Bến Trăng",
        category="Giao thông",
        author="Lan Anh",
    )
    assert article == Article(
        id="a-1",
        url="https://bao.vn/cau-moi-1234567.html",
        title="Cầu mới thông xe",
        paragraphs=("Cầu Bến Trăng thông xe sáng nay.", "Cầu dài 86 m.", "Cầu rộng 4 m."),
        summary="Cầu Bến Trăng thông xe sáng nay.",
        byline=("Lan Anh",),
        outlet="Báo Bến Trăng",
        section="Giao thông",
        published=datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM),
        lang="vi",
    )


def test_other_spellings_of_the_fields_are_understood() -> None:
    record = {
        "headline": "Cầu mới thông xe",
        "link": "https://bao.vn/cau-moi-1234567.html",
        "sapo": "Cầu thông xe sáng nay.",
        "content": "Cầu dài 86 m.",
        "pubDate": "Wed, 01 May 2024 08:30:00 +0700",
        "authors": [{"name": "Lan Anh"}, {"name": "Quốc Việt"}],
        "publisher": {"name": "Báo Bến Trăng"},
    }
    article = from_record(record, source="-")
    assert isinstance(article, Article)
    assert article.text == "Cầu thông xe sáng nay.\n\nCầu dài 86 m."
    assert article.byline == ("Lan Anh", "Quốc Việt")
    assert article.outlet == "Báo Bến Trăng"
    assert article.published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "record",
    [
        {"ID": "a1", "Title": TITLE, "Content": SENTENCE, "PublishDate": "01/05/2024 08:30"},
        {
            "@type": "NewsArticle",
            "headline": TITLE,
            "articleBody": SENTENCE,
            "datePublished": "2024-05-01T08:30:00+07:00",
        },
        {"title": {"rendered": TITLE}, "content": {"rendered": SENTENCE}, "date": "2024-05-01T08:30:00"},
        {"title": TITLE, "content_html": SENTENCE, "date_published": "2024-05-01T01:30:00Z"},
        {"_id": {"$oid": "a1"}, "title": TITLE, "text": SENTENCE, "created_at": {"$date": "2024-05-01T01:30:00Z"}},
        {"title": TITLE, "content": [{"type": "p", "text": SENTENCE}, {"type": "image"}], "published_time": 1714527000},
        {"tieu_de": TITLE, "noi_dung": SENTENCE, "ngay_dang": "01/05/2024 08:30"},
    ],
    ids="capitals schema.org wordpress json-feed mongodb blocks vietnamese".split(),
)
def test_records_as_publishing_systems_export_them_are_understood(record: dict[str, object]) -> None:
    article = from_record(record, source="-")
    assert isinstance(article, Article), article
    assert (article.title, article.paragraphs) == (TITLE, (SENTENCE,))
    assert article.published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src='a.jpg'><figcaption>Bến phà <em>cũ</em></figcaption></figure>",
        "<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>Bến phà <em>cũ</em></p></div>",
    ],
)
def test_the_captions_of_a_body_in_html_leave_its_text(figure: str) -> None:
    record = {"title": TITLE, "body": f"<p>{SENTENCE}</p>{figure}<p>Phà nghỉ.</p>", "date": "2024-05-01"}
    article = from_record(record, source="-")
    assert isinstance(article, Article), article
    assert article.paragraphs == (SENTENCE, "Phà nghỉ.")
    assert (article.captions, article.byline) == (("Bến phà cũ",), ())


def test_of_several_sections_the_first_is_taken() -> None:
    record = {"title": TITLE, "body": SENTENCE, "date": "2024-05-01", "category": ["Xã hội", "Đời sống"]}
    article = from_record(record, source="-")
    assert isinstance(article, Article), article
    assert article.section == "Xã hội"


def test_a_headline_with_its_sapo_is_an_article() -> None:
    assert read(summary="Cầu thông xe sau 26 tháng thi công.").paragraphs == ("Cầu thông xe sau 26 tháng thi công.",)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("Cầu thông xe sáng nay.\nCầu dài 86 m.", ("Cầu thông xe sáng nay.", "Cầu dài 86 m.")),
        ("CẦU thông xe sáng nay\nCầu dài 86 m.", ("CẦU thông xe sáng nay", "Cầu dài 86 m.")),
        ("Cầu thông xe sáng nay. Cầu dài 86 m.", ("Cầu thông xe sáng nay.", "Cầu dài 86 m.")),
        ("(Dân trí) - Cầu thông xe sáng nay.\nCầu dài 86 m.", ("Cầu thông xe sáng nay.", "Cầu dài 86 m.")),
        ("Cầu dài 86 m.", ("Cầu thông xe sáng nay.", "Cầu dài 86 m.")),
    ],
)
def test_the_sapo_comes_first_and_only_once(body: str, paragraphs: tuple[str, ...]) -> None:
    article = read(summary="(Dân trí) - Cầu thông xe sáng nay.", body=body)
    assert article.paragraphs == paragraphs
    assert article.summary == paragraphs[0]


@pytest.mark.parametrize(
    ("field", "found", "mended"),
    [
        ("title", "Cầu &#39;Bến Trăng&#39; &amp;amp; rạch", "Cầu 'Bến Trăng' & rạch"),
        ("title", "Cầu <b>Bến Trăng</b>\nthông xe", "Cầu Bến Trăng thông xe"),
        ("summary", "Cầu thông xe sáng nay. - VnExpress", "Cầu thông xe sáng nay."),
        ("summary", "Cầu thông xe sáng nay.\u00a0 - VnExpress Kinh Doanh", "Cầu thông xe sáng nay."),
        ("summary", "<a href='/x'><img src='y'></a></br>Cầu thông xe sáng nay.", "Cầu thông xe sáng nay."),
        ("summary", "Cáº§u thÃ´ng xe sÃ¡ng nay.", "Cầu thông xe sáng nay."),
    ],
)
def test_scars_of_crawling_are_mended(field: str, found: str, mended: str) -> None:
    article = read(**{"body": "Cầu dài 86 m.", field: found})
    assert getattr(article, field) == mended


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (
            "<p>Cầu dài 86&nbsp;m.</p><script>x()</script><p>Rộng 4 m.<br>Có lan can.</p>",
            ("Cầu dài 86 m.", "Rộng 4 m.", "Có lan can."),
        ),
        ("&lt;p&gt;Cầu dài 86 m.&lt;/p&gt;&lt;p&gt;Rộng 4 m.&lt;/p&gt;", ("Cầu dài 86 m.", "Rộng 4 m.")),
        ("Cầu dài 86 m.Rộng bốn mét.", ("Cầu dài 86 m.Rộng bốn mét.",)),
        ("Cầu dài tám mươi mét.Rộng bốn mét.", ("Cầu dài tám mươi mét.", "Rộng bốn mét.")),
        (
            r"Cầu dài 86 m. ['\r\n  ', 'Cầu do ', 'phường', ' xây từ ngày 2\/3.', '\r\n', 'Nguồn vốn 3 tỷ đồng.', ' \r\n ']",
            ("Cầu dài 86 m.", "Cầu do phường xây từ ngày 2/3.", "Nguồn vốn 3 tỷ đồng."),
        ),
        ("['Cầu dài 86 m.', 'Cầu \"rộng\" 4 m.']", ("Cầu dài 86 m.", 'Cầu "rộng" 4 m.')),
        (
            "Cầu dài 86 m. , Cầu do phường xây. xa0 , Nguồn vốn 3 tỷ đồng. , Cầu đẹp.",
            ("Cầu dài 86 m.", "Cầu do phường xây.", "Nguồn vốn 3 tỷ đồng.", "Cầu đẹp."),
        ),
    ],
)
def test_bodies_come_apart_into_their_paragraphs(body: str, paragraphs: tuple[str, ...]) -> None:
    assert read(body=body).paragraphs == paragraphs


def test_a_list_of_paragraphs_is_taken_as_one() -> None:
    assert read(body=["Cầu dài 86 m.", "Rộng 4 m."]).paragraphs == ("Cầu dài 86 m.", "Rộng 4 m.")


def test_captions_promotion_and_signatures_leave_the_text() -> None:
    article = read(
        body="Cầu dài 86 m.\nCầu nhìn từ bờ nam. Ảnh: Lan Anh\n>>> Xem thêm: rạch Lụa\nRộng 4 m.\nQuốc Việt",
        author="None",
        captions="Học sinh trên cầu",
    )
    assert article.paragraphs == ("Cầu dài 86 m.", "Rộng 4 m.")
    assert article.captions == ("Học sinh trên cầu", "Cầu nhìn từ bờ nam. Ảnh: Lan Anh")
    assert article.byline == ("Quốc Việt",)


@pytest.mark.parametrize("author", ["None", "", None, "null", "N/A", [], ["None"]])
def test_an_author_who_is_nobody_is_none(author: object) -> None:
    assert read(body="Cầu dài 86 m.", author=author).byline == ()


def test_a_published_date_that_is_the_fetch_time_gives_way_to_the_time_in_the_url() -> None:
    article = read(
        summary="Cầu thông xe sáng nay.",
        link="https://bao.vn/cau-moi-20250808222406149.htm",
        published="2025-08-09T09:26:47.201120+07:00",
        fetched="2025-08-09T09:26:47.201231+07:00",
    )
    assert article.published == datetime(2025, 8, 8, 22, 24, 6, tzinfo=VIETNAM)


def test_a_published_date_before_the_articles_number_was_given_lost_its_zone() -> None:
    article = read(
        summary="Cầu thông xe sáng nay.",
        link="https://bao.vn/cau-moi-185250809083531663.htm",
        published="2025-08-09T02:23:00+07:00",
    )
    assert article.published == datetime(2025, 8, 9, 8, 35, 31, tzinfo=VIETNAM)


def test_a_day_without_a_clock_and_a_later_time_are_believed() -> None:
    link = "https://bao.vn/cau-moi-20220405131007728.htm"
    body = "Cầu dài 86 m."
    assert read(body=body, link=link, published="2022-04-05").published == datetime(2022, 4, 5, tzinfo=VIETNAM)
    later = "2022-04-05T14:00:00+07:00"
    assert read(body=body, link=link, published=later).published == datetime(2022, 4, 5, 14, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("url", "outlet", "expected"),
    [
        ("https://kinhdoanh.vnexpress.net/tin-1234567.html", "vfnd:kinhdoanh.vnexpress.net", "VnExpress"),
        ("https://thethao.tuoitre.vn/tin-1234567.htm", "", "Tuổi Trẻ"),
        ("https://bao.example/tin-1234567.htm", "Báo Ví Dụ", "Báo Ví Dụ"),
        ("https://www.bao.example/tin-1234567.htm", "crawl/2024.jsonl:7", "bao.example"),
        ("", "dantri", "Dân trí"),
    ],
)
def test_the_outlet_has_the_name_a_reader_knows(url: str, outlet: str, expected: str) -> None:
    assert read(url=url, outlet=outlet, body="Cầu dài 86 m.").outlet == expected


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "no_title"),
        ({"title": "None", "body": "Cầu dài 86 m."}, "no_title"),
        ({"title": "Cầu mới"}, "no_body"),
        ({"title": "Cầu mới", "body": "…", **DATE}, "no_body"),
        ({"title": "Cầu mới", "body": "Cầu dài 86 m, rộng 4 m."}, "no_date"),
        ({"title": "Cầu mới", "body": "Cầu dài 86 m, rộng 4 m.", "published": "hôm qua"}, "no_date"),
        ({"title": "Bridge", "body": "The bridge was opened by the mayor this morning.", **DATE}, "other_language"),
        ({"title": "Cầu mới", "body": "dài " * 600_000, **DATE}, "too_long"),
    ],
)
def test_a_record_that_is_no_article_is_rejected_with_its_reason(record: dict[str, object], reason: str) -> None:
    refused = from_record(record, source="tin.jsonl:7")
    assert isinstance(refused, Rejection)
    assert (refused.source, refused.reason) == ("tin.jsonl:7", reason)


def test_something_that_is_no_object_is_a_bad_field() -> None:
    refused = from_record(["Cầu mới"], source="tin.jsonl:7")  # type: ignore[arg-type]
    assert isinstance(refused, Rejection)
    assert refused.reason == "bad_field"


def test_what_was_exported_comes_back_with_the_same_digest() -> None:
    article = replace(
        read(id="a-1", summary="Cầu thông xe sáng nay.", body="Cầu dài 86 m. Ông nói:\nẢnh: Lan Anh\nLan Anh"),
        paragraphs=("Cầu thông xe sáng nay.", "Lời bài hát - Ảnh 1.", "Xem thêm một lần nữa.", "Tấn Lợi"),
    )
    exported = json.loads(
        json.dumps(
            {
                "id": article.id,
                "url": article.url,
                "title": article.title,
                "summary": article.summary,
                "text": article.text,
                "paragraphs": article.paragraphs,
                "captions": article.captions,
                "byline": article.byline,
                "outlet": article.outlet,
                "section": article.section,
                "published": article.published.isoformat() if article.published else None,
                "updated": None,
                "lang": article.lang,
                "story": "",
                "version": 1,
            }
        )
    )
    assert from_record(exported, source="export.jsonl:1") == article


def test_an_exported_article_comes_back_word_for_word_whatever_it_is_about() -> None:
    article = Article(
        id="the-html",
        url="https://vnexpress.net/the-b-1234567.html",
        title="Thẻ <b> và ký hiệu &amp; là gì",
        summary="Thẻ <b> làm chữ đậm, &amp; là dấu và.",
        paragraphs=(
            "Thẻ <b> làm chữ đậm, &amp; là dấu và.",
            "Xem thêm: thẻ <i>.",
            "(HTV) - Hết bài về thẻ.",
            "LAN ANH",
        ),
        captions=("<i> trên màn hình", "Ảnh 1."),
        byline=("Theo Lan Anh", "PV"),
        outlet="Tên do tòa soạn đặt",
        section="Số & hóa",
        published=datetime(2024, 5, 1, 8, 30, 15, 250_000, tzinfo=VIETNAM),
        updated=datetime(2024, 5, 1, 9, 0, tzinfo=VIETNAM),
        lang="vi",
    )
    times = {name: moment.isoformat() for name in ("published", "updated") if (moment := getattr(article, name))}
    line = json.dumps({**asdict(article), **times, "text": article.text})  # as `hoitin export` writes it
    assert from_record(json.loads(line), source="export.jsonl:1") == article


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_FIELDS = st.sampled_from(
    ["id", "url", "link", "title", "summary", "body", "text", "published", "fetched", "author", "captions"]
)


@given(st.dictionaries(_FIELDS, _JSON, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_record_raises(record: dict[str, object]) -> None:
    judged = from_record(record, source="-", allow_undated=True, any_language=True)
    assert isinstance(judged, Article) or judged.reason != FAULT, judged
