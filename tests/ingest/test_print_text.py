"""Print-version texts: title, lead, photo marks, captions, promotion, byline, link line."""

from __future__ import annotations

from datetime import datetime

import pytest

from ingest.article import VIETNAM, Article, Rejection
from ingest.extract import from_print

TITLE = "Phường Bến Trăng khánh thành cầu đi bộ qua rạch Lụa"

PRINTED = f"""{TITLE}

(HTV) - Sáng 1/11, UBND phường Bến Trăng khánh thành cầu đi bộ qua rạch Lụa, dài 86 m, rộng 4 m.

Công trình do người dân góp một phần ba kinh phí. Cầu có lối cho xe lăn.

{TITLE} - Ảnh 1.

Người dân đi bộ qua cầu trong ngày khánh thành

Theo ông Đỗ Văn Khải, chủ tịch phường, cầu rút ngắn đường tới trường 1,2 km.

{TITLE} - Ảnh 2.
{TITLE} - Ảnh 3.

Các em học sinh trên cầu mới

Phường sẽ trồng thêm 120 cây xanh dọc bờ rạch trong quý I/2026.

>>> Xin mời quý vị đón xem Thời sự HTV lúc 20 giờ mỗi ngày

LAN ANH - QUỐC VIỆT // TRUNG TÂM TIN TỨC HTV

Link nội dung: https://htv.com.vn/phuong-ben-trang-khanh-thanh-cau-222251101152601635.htm"""


def read(text: str) -> Article:
    article = from_print(text, source="cau.txt", allow_undated=True)
    assert isinstance(article, Article), article
    return article


def test_a_print_text_gives_each_of_its_parts_and_nothing_else() -> None:
    article = read(PRINTED)
    assert article.title == TITLE
    assert article.url == "https://htv.com.vn/phuong-ben-trang-khanh-thanh-cau-222251101152601635.htm"
    assert article.id == "htv.com.vn-222251101152601635"
    assert article.outlet == "HTV"
    assert article.published is not None
    assert article.published.isoformat() == "2025-11-01T15:26:01+07:00"
    assert article.byline == ("LAN ANH", "QUỐC VIỆT")
    assert article.captions == ("Người dân đi bộ qua cầu trong ngày khánh thành", "Các em học sinh trên cầu mới")
    assert article.paragraphs == (
        "Sáng 1/11, UBND phường Bến Trăng khánh thành cầu đi bộ qua rạch Lụa, dài 86 m, rộng 4 m.",
        "Công trình do người dân góp một phần ba kinh phí. Cầu có lối cho xe lăn.",
        "Theo ông Đỗ Văn Khải, chủ tịch phường, cầu rút ngắn đường tới trường 1,2 km.",
        "Phường sẽ trồng thêm 120 cây xanh dọc bờ rạch trong quý I/2026.",
    )
    assert (article.summary, article.section, article.lang, article.version) == ("", "", "vi", 1)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read("\ufeff" + PRINTED.replace("\n", "\r\n")) == read(PRINTED)


def test_a_photo_without_a_caption_takes_no_sentence_from_the_text() -> None:
    article = read(f"{TITLE}\n{TITLE} - Ảnh 1.\nCầu dài 86 m, rộng 4 m và có lối cho xe lăn.")
    assert article.captions == ()
    assert article.paragraphs == ("Cầu dài 86 m, rộng 4 m và có lối cho xe lăn.",)


def test_a_photo_mark_with_words_of_its_own_is_a_caption_kept_once() -> None:
    text = f"{TITLE}\nCầu dài 86 m, rộng 4 m.\nHọc sinh trên cầu - Ảnh 1.\nHọc sinh trên cầu\nPhường trồng thêm cây."
    article = read(text)
    assert article.captions == ("Học sinh trên cầu",)
    assert article.paragraphs == ("Cầu dài 86 m, rộng 4 m.", "Phường trồng thêm cây.")


@pytest.mark.parametrize(
    ("lead", "outlet"),
    [
        ("(HTV) - ", "HTV"),
        ("(LTV) – ", "LTV"),
        ("(Dân trí) - ", "Dân trí"),
        ("TTO - ", "Tuổi Trẻ"),
        ("(NLĐO)- ", "Người Lao Động"),
        ("(VTC News) - ", "VTC News"),
        ("(TTXVN) — ", "TTXVN"),
        ("QĐND Online - ", "Quân đội Nhân dân"),
        ("(SGGPO).- ", "Sài Gòn Giải Phóng"),
    ],
)
def test_the_lead_names_the_outlet_and_leaves_the_text(lead: str, outlet: str) -> None:
    article = read(f"{TITLE}\n{lead}Cầu dài 86 m, rộng 4 m.")
    assert article.paragraphs == ("Cầu dài 86 m, rộng 4 m.",)
    assert article.outlet == outlet


@pytest.mark.parametrize("opening", ["(Bến Trăng) - ", "TP.HCM - ", "USD - đồng tiền của Mỹ - "])
def test_an_opening_that_names_no_outlet_stays(opening: str) -> None:
    assert read(f"{TITLE}\n{opening}Cầu dài 86 m.").paragraphs == (f"{opening}Cầu dài 86 m.",)


def test_without_a_link_the_dateline_gives_the_date_and_the_text_the_id() -> None:
    article = read(f"{TITLE}\nThứ Bảy, 01/11/2025 15:26 (GMT+7)\nCầu dài 86 m, rộng 4 m.\nLan Anh")
    assert article.published is not None
    assert article.published.isoformat() == "2025-11-01T15:26:00+07:00"
    assert article.id.startswith("text-")
    assert article.url == ""
    assert article.paragraphs == ("Cầu dài 86 m, rộng 4 m.",)
    assert article.byline == ("Lan Anh",)


def test_the_byline_names_the_outlet_when_nothing_else_does() -> None:
    assert read(f"{TITLE}\nCầu dài 86 m, rộng 4 m.\nLAN ANH // TRUNG TÂM TIN TỨC HTV").outlet == "HTV"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\n ", "empty"),
        (TITLE, "no_body"),
        (f"{TITLE}\n{TITLE} - Ảnh 1.\n>>> Xem thêm", "no_body"),
        ("Từ này lặp lại. " * 40 + "\nHai câu nữa ở đây.", "no_title"),
        (
            "Bridge opens\nThe new bridge over the river was opened this morning by the mayor of the city.",
            "other_language",
        ),
        ("a" * 2_000_001, "too_long"),
    ],
)
def test_a_text_that_is_no_article_is_rejected_with_its_reason(text: str, reason: str) -> None:
    refused = from_print(text, source="cau.txt", allow_undated=True)
    assert isinstance(refused, Rejection)
    assert (refused.source, refused.reason) == ("cau.txt", reason)
    assert refused.detail.endswith((".", ")."))


def test_an_undated_text_is_rejected_unless_the_caller_allows_it() -> None:
    text = f"{TITLE}\nCầu dài 86 m, rộng 4 m."
    refused = from_print(text, source="cau.txt")
    assert isinstance(refused, Rejection)
    assert refused.reason == "no_date"
    assert isinstance(from_print(text, source="cau.txt", allow_undated=True), Article)


def test_the_paper_and_the_day_above_the_title_are_not_it() -> None:
    article = read(f"Tuổi Trẻ Online\nThứ tư, 01/05/2024 - 08:30 (GMT+7)\n\n{TITLE}\nCầu dài 86 m, rộng 4 m.")
    assert (article.title, article.paragraphs) == (TITLE, ("Cầu dài 86 m, rộng 4 m.",))
    assert article.published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)
