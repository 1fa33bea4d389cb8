"""The reading page of one article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.web.article import article_page, missing_page
from app.web.changes import changes
from tests.web.press import BRIDGE, BRIDGE_ELSEWHERE, BRIDGE_OLD, HOSTILE


def page(article=BRIDGE, **more) -> str:  # type: ignore[no-untyped-def]
    return article_page(article, [BRIDGE_OLD, BRIDGE], [BRIDGE_ELSEWHERE], "vi", **more)


def test_the_cited_stretch_is_marked_to_the_character() -> None:
    start = BRIDGE.text.index("vốn")
    html = page(start=start, end=start + len("vốn 3.200 tỉ đồng"))
    assert 'aria-label="Câu được trích dẫn"><bdi>vốn 3.200 tỉ đồng</bdi></mark><bdi>. Ông Lê' in html
    assert html.count("<mark") == 1


def test_a_stretch_over_two_paragraphs_is_marked_in_both_and_named_once() -> None:
    html = page(start=0, end=len(BRIDGE.paragraphs[0]) + 2 + len("Cây cầu"))
    assert html.count("<mark") == 2
    assert html.count('id="trich"') == 1
    assert "<mark><bdi>Cây cầu</bdi></mark>" in html


def test_a_stretch_outside_the_text_marks_nothing() -> None:
    for start, end in ((5, 5), (9, 3), (0, 10_000)):
        assert "<mark" not in page(start=start, end=end)


def test_times_are_vietnams_whatever_zone_they_came_in() -> None:
    html = page(replace(BRIDGE, published=datetime(2026, 7, 27, 18, 45, tzinfo=UTC)))
    assert "Đăng lúc 01:45, 28/07/2026" in html
    assert 'datetime="2026-07-28T01:45+07:00"' in html


def test_captions_and_byline_stand_apart_from_the_text() -> None:
    html = page()
    body = html[html.index('<div class="ht-body">') : html.index("</div>", html.index('<div class="ht-body">'))]
    assert "Ảnh: Minh Họa" in html
    assert "Ảnh: Minh Họa" not in body
    assert "Tác giả: Trần Thị Mẫu" in html


def test_versions_and_the_same_story_are_listed() -> None:
    html = page()
    assert "Phiên bản 2 · 14:05, 28/07/2026 (bản mới nhất, đang xem)" in html
    assert '<a href="/bai/cau-1?v=1">Phiên bản 1</a> · 09:30, 28/07/2026 · ' in html
    assert '<a href="/bai/cau-2"><bdi>Người Hà Lĩnh hết cảnh lụy phà</bdi></a>' in html
    assert "phiên bản cũ" not in html


def test_an_old_version_says_so_and_leads_to_the_newest() -> None:
    html = page(BRIDGE_OLD)
    assert "Bạn đang xem một phiên bản cũ của bài này." in html
    assert '<a href="/bai/cau-1">Xem bản mới nhất</a>' in html


def test_an_unsafe_address_of_the_original_is_not_linked() -> None:
    html = article_page(HOSTILE, [HOSTILE], [], "vi")
    assert "Không có đường dẫn đến bài gốc" in html
    assert 'href="javascript' not in html
    assert "<script" not in html
    assert "<img" not in html


def test_a_missing_article_or_version_is_said_plainly() -> None:
    assert "Không tìm thấy bài báo này" in missing_page("vi")
    assert "Kho không còn phiên bản 7 của bài này." in missing_page("vi", version=7)


def test_two_versions_are_compared_word_by_word() -> None:
    html = page(before=BRIDGE_OLD)
    assert "Cây cầu dài <del>1.200</del><ins>1.250</ins> m, vốn 3.200 tỉ đồng.<ins> Ông Lê Văn Thử" in html
    assert html.count("<del>") == 1
    assert "Khác biệt từ phiên bản 1 đến phiên bản 2" in html
    assert 'href="/bai/cau-1?v=2&amp;so=1">so với phiên bản 2</a>' in html


def test_paragraphs_that_came_or_went_are_marked_whole_and_hostile_ones_stay_text() -> None:
    assert changes(["A a a a.", "B b b b."], ["A a a a."]) == (
        '<p dir="auto">A a a a.</p><p dir="auto"><del>B b b b.</del></p>'
    )
    assert changes([], ["<script>x</script>"]) == '<p dir="auto"><ins>&lt;script&gt;x&lt;/script&gt;</ins></p>'
    assert changes(["một hai ba"], ["bốn năm sáu"]) == '<p dir="auto"><del>một hai ba</del> <ins>bốn năm sáu</ins></p>'
