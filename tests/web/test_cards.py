"""The conversation as HTML."""

from __future__ import annotations

from dataclasses import replace

from app.web.actions import followups
from app.web.cards import card, markdown, spoken, welcome
from app.web.exchange import Exchange, Source
from app.web.shelf import Glance

FIRST = Source(
    1, "cau-1", "Cầu Sông Ngân thông xe", "Báo Ví Dụ", "2026-07-28T09:30:00+07:00", "Cầu thông xe sáng 28/7.", 0, 24,
    "https://vidu.example/1", 2, (("cau-2", "Tin Mẫu", "Hết cảnh lụy phà"),),
)  # fmt: skip
SECOND = replace(FIRST, marker=2, quote="Cầu dài 1.250 m.", start=30, end=46)
FOUND = Exchange(
    "ab12", "Cầu nào?", "2026-07-29T08:00:00+07:00", "answered",
    "“Cầu thông xe sáng 28/7.” [1] “Cầu dài 1.250 m.” [2] như [9] nói", sources=(FIRST, SECOND),
)  # fmt: skip


def test_each_marker_with_a_source_becomes_a_link_and_the_rest_stays_text() -> None:
    html = card(FOUND, "vi")
    assert html.count('class="ht-ref"') == 2
    assert 'href="/bai/cau-1?tu=0&amp;den=24&amp;v=2#trich"' in html
    assert "như [9] nói" in html


def test_other_outlets_are_named_once_for_an_article_cited_twice() -> None:
    html = card(FOUND, "vi")
    assert html.count("Cùng tin ở 1 báo khác") == 1
    assert '<a href="/bai/cau-2">' in html


def test_all_other_outlets_are_counted_although_only_the_first_are_named() -> None:
    html = card(replace(FOUND, sources=(replace(FIRST, elsewhere=9),)), "vi")
    assert "Cùng tin ở 9 báo khác" in html
    assert html.count('<li><a href="/bai/') == 1


def test_markdown_in_an_article_is_shown_not_interpreted() -> None:
    html = card(replace(FOUND, sources=(replace(FIRST, title="**đậm** [a](javascript:x)", quote="# to"),)), "vi")
    assert "**đậm** [a](javascript:x)" in html
    assert "# to" in html
    assert "<strong>" not in html


def test_follow_ups_name_the_answer_that_they_belong_to() -> None:
    html = followups(FOUND, ("Hỏi thêm gì nữa?",), "vi")
    assert 'data-after="luot-ab12"' in html
    assert 'data-q="Hỏi thêm gì nữa?"' in html
    assert followups(FOUND, (), "vi") == ""


def test_a_remark_once_made_is_thanked_for() -> None:
    assert 'data-do="good"' in card(FOUND, "vi")
    thanked = card(replace(FOUND, remark="good"), "vi")
    assert 'data-do="good"' not in thanked
    assert "Cảm ơn bạn" in thanked


def test_a_long_quotation_is_cut_at_a_word_on_the_card_and_whole_in_the_copy() -> None:
    long = replace(FOUND, sources=(replace(FIRST, quote="chữ " * 300),))
    assert "chữ…" in card(long, "vi")
    assert markdown(long, "vi").count("chữ") == 300


def test_the_copy_holds_question_answer_and_sources_line_by_line() -> None:
    assert markdown(FOUND, "vi").splitlines() == [
        "**Cầu nào?**",
        "",
        "“Cầu thông xe sáng 28/7.” [1] “Cầu dài 1.250 m.” [2] như [9] nói",
        "",
        "[1] Báo Ví Dụ · 28/07/2026 · Cầu Sông Ngân thông xe: “Cầu thông xe sáng 28/7.” https://vidu.example/1",
        "[2] Báo Ví Dụ · 28/07/2026 · Cầu Sông Ngân thông xe: “Cầu dài 1.250 m.” https://vidu.example/1",
    ]


def test_a_screen_reader_hears_the_answer_without_its_markers() -> None:
    assert spoken(replace(FOUND, text="“A.” [1]\n“B.” [2]"), "vi") == "“A.” “B.”"
    assert spoken(replace(FOUND, state="pending"), "vi") == "Đang tìm trong kho tin…"


def test_dates_in_force_are_shown_as_a_day_or_a_range() -> None:
    day = replace(FOUND, since="2026-07-28T00:00:00+07:00", until="2026-07-28T23:59:59+07:00")
    assert "Ngày 28/07/2026" in card(day, "vi")
    assert "Từ 28/07/2026 đến 30/07/2026" in card(replace(day, until="2026-07-30T23:59:59+07:00"), "vi")
    assert "Đến 28/07/2026" in card(replace(day, since=""), "vi")
    assert "ht-chip" not in card(FOUND, "vi")


def test_an_empty_archive_says_how_to_fill_it() -> None:
    assert "hoitin ingest" in welcome(Glance(0, None, (), ()), "vi")
