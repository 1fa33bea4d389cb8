"""Pages of old and small publishing systems: all in one form, no head facts, titles behind the newspaper's name.

The markup follows the habits of provincial newspapers, ward portals, print versions and picture stories; places, people
and news are invented.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from ingest.article import VIETNAM, Article, Rejection
from ingest.extract import article_links, from_html

TITLE = "Xã Cồn Sẻ trao 18 căn nhà cho hộ nghèo"
BODY = (
    "Ủy ban nhân dân xã Cồn Sẻ vừa trao 18 căn nhà cho các hộ nghèo, mỗi căn trị giá 80 triệu đồng.",
    "Ông Quách Văn Lựu, phó chủ tịch xã, cho biết nguồn kinh phí do 27 doanh nghiệp trong vùng đóng góp.",
    "Gia đình bà Lưu Thị Hến ở ấp Rạch Mương là hộ đầu tiên được nhận nhà mới trong đợt này.",
    "Toàn xã còn 112 hộ đang ở nhà tạm, phấn đấu xóa hết trong quý hai năm sau.",
)
PARAGRAPHS = "".join(f"<p class='MsoNormal'><font face='Times New Roman'>{line}</font></p>" for line in BODY)
WHEN = datetime(2024, 5, 6, 8, 15, tzinfo=VIETNAM)
LATER = datetime(2024, 5, 6, 15, 10, tzinfo=VIETNAM)
URL = "https://bao-con-se.example/xa-hoi/trao-nha-cho-ho-ngheo-48211.html"
DATED = "<div class='ngay'>06/05/2024 08:15</div>"


def page(body: str, head: str = f"<title>{TITLE}</title>") -> str:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def read(html: str, url: str = URL) -> Article:
    article = from_html(html, url=url, source=url)
    assert isinstance(article, Article), article
    return article


def test_a_page_that_stands_in_one_form_is_read() -> None:
    html = page(
        f"""<form name="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="{"A" * 900}">
<table><tr><td class="menu"><a href="default.aspx">Trang chủ</a> | <a href="muc.aspx?id=1">Thời sự</a></td></tr>
<tr><td><span class="ngaythang">Thứ hai, 06/05/2024 - 08:15 (GMT+7)</span><br><span class="tieude">{TITLE}</span><br>
<div class="noidung">{PARAGRAPHS}</div><div><a href="javascript:print()">In trang</a> | <a href="#">Gửi mail</a></div>
<div><b>CÁC TIN KHÁC</b><ul><li><a href="chitiet.aspx?id=48210">Ra quân làm thủy lợi mùa khô</a> (05/05/2024)</li></ul></div>
</td></tr></table></form>""",
        f"<title>Báo Cồn Sẻ - {TITLE}</title>",
    )
    article = read(html, "https://bao-con-se.example/chitiet.aspx?id=48211")
    assert (article.title, article.paragraphs) == (TITLE, BODY)
    assert (article.published, article.outlet, article.id) == (WHEN, "Báo Cồn Sẻ", "bao-con-se.example-48211")


def test_a_form_inside_a_page_stays_out() -> None:
    form = "<form><p>Vui lòng nhập họ tên và thư điện tử của bạn vào các ô dưới đây để gửi ý kiến.</p></form>"
    html = page(f"<h1>{TITLE}</h1>{DATED}<div>{PARAGRAPHS}{form}</div>")
    assert read(html).paragraphs == BODY


@pytest.mark.parametrize(
    "said", ["Báo Cồn Sẻ - {}", "{} :: Môi trường Cồn Sẻ", "{} | Tin tức | Cổng tin Cồn Sẻ", "Cồn Sẻ Online » {}"]
)
def test_without_a_heading_the_title_is_the_part_that_the_page_shows(said: str) -> None:
    html = page(f"<div class='tieude'>{TITLE}</div>{DATED}{PARAGRAPHS}", f"<title>{said.format(TITLE)}</title>")
    article = read(html)
    assert (article.title, article.paragraphs) == (TITLE, BODY)


def test_a_title_with_a_dash_of_its_own_stays_whole() -> None:
    title = "Giá dừa ở Cồn Sẻ tăng - nông dân phấn khởi"
    html = page(f"<div class='tieude'>{title}</div>{DATED}{PARAGRAPHS}", f"<title>{title} - Báo Cồn Sẻ</title>")
    assert read(html).title == title


@pytest.mark.parametrize(
    ("dates", "published", "updated"),
    [
        ("<p>Cập nhật lần cuối: 06/05/2024 15:10</p><p>Đăng ngày: 06/05/2024 08:15</p>", WHEN, LATER),
        ("<span>Thứ hai, 06/05/2024 08:15</span> <span>Cập nhật: 06/05/2024 15:10</span>", WHEN, LATER),
        ("<p>Cập nhật: thứ hai, ngày 6 tháng 5 năm 2024, 8 giờ 15 phút</p>", WHEN, None),
        ("<p>Đăng ngày 06/05/2024 15:10</p><p>Cập nhật: 06/05/2024 08:15</p>", LATER, None),
    ],
)
def test_the_time_of_revision_is_not_taken_for_that_of_publication(
    dates: str, published: datetime, updated: datetime | None
) -> None:
    article = read(page(f"<h1>{TITLE}</h1><div>{dates}</div><div>{PARAGRAPHS}</div>"))
    assert (article.published, article.updated) == (published, updated)
    assert article.paragraphs == BODY


@pytest.mark.parametrize(
    ("shown", "published"),
    [("Thứ hai, 06/05/2024, 08:15", WHEN), ("Thứ ba, 07/05/2024, 08:15", WHEN.replace(hour=0, minute=0)), ("", WHEN.replace(hour=0, minute=0))],
)  # fmt: skip
def test_where_the_head_tells_only_the_day_the_page_tells_the_hour(shown: str, published: datetime) -> None:
    head = f"<title>{TITLE}</title><meta name='DC.date.issued' content='2024-05-06'>"
    assert read(page(f"<h1>{TITLE}</h1><p>{shown}</p><div>{PARAGRAPHS}</div>", head)).published == published


def test_a_day_in_a_sentence_of_the_text_dates_nothing() -> None:
    body = f"<p>Ngày 6/5/2024, xã trao nhà.</p>{PARAGRAPHS}<p>Cập nhật đến ngày 7/5/2024 đã có 20 hộ nhận nhà</p>"
    found = from_html(page(f"<h1>{TITLE}</h1><div>{body}</div>"), url=URL, source=URL)
    assert isinstance(found, Rejection)
    assert found.reason == "no_date"
    dated = read(page(f"<h1>{TITLE}</h1><p>Lan Anh - 06/05/2024 08:15</p><div>{body}</div>"))
    assert (dated.published, dated.updated) == (WHEN, None)


def test_a_line_below_the_text_that_says_when_and_who_dates_and_signs_the_page() -> None:
    line = "<div class='info'>Tác giả: Lan Anh | Ngày đăng: 06/05/2024 08:15:00 | Số lượt xem: 41</div>"
    others = "<ul><li><a href='/khac-1107'>Khai giảng lớp xóa mù chữ ở thôn</a> (05/05/2024)</li></ul>"
    html = page(f"<h2>{TITLE}</h2><div class='newsBody'>{PARAGRAPHS}</div>{line}{others}")
    article = read(html, "https://bao-con-se.example/tin/trao-nha-1108")
    assert (article.published, article.byline, article.paragraphs) == (WHEN, ("Lan Anh",), BODY)


def test_a_label_before_the_title_and_the_makers_below_a_long_read_are_no_part_of_it() -> None:
    makers = "<p>Nội dung: Lan Anh</p><p>Thiết kế: Ban Biên tập</p>"
    head = f"<title>[E-Magazine] {TITLE}</title><meta property='og:title' content='[E-Magazine] {TITLE}'>"
    article = read(page(f"<h1>{TITLE}</h1>{DATED}<div>{PARAGRAPHS}{makers}</div>", head))
    assert (article.title, article.paragraphs, article.byline) == (TITLE, BODY, ("Lan Anh",))


def test_a_link_to_the_author_in_a_line_with_the_date_is_the_byline() -> None:
    line = (
        "<div>Posted on May 6, 2024 by <a href='/author/la' rel='author'>Lan Anh</a> in <a href='/c'>Đời sống</a></div>"
    )
    article = read(page(f"<h1>{TITLE}</h1>{line}<div>{PARAGRAPHS}</div>"), "https://bao-con-se.example/?p=4471")
    assert (article.published, article.byline) == (WHEN.replace(hour=0, minute=0), ("Lan Anh",))
    assert article.paragraphs == BODY


def test_a_print_version_dated_above_its_title_is_an_article() -> None:
    html = page(f"<div class='print-date'>06/05/2024 08:15 GMT+7</div><h1>{TITLE}</h1>{PARAGRAPHS}")
    article = read(html, "https://bao-con-se.example/print/trao-nha.htm")
    assert (article.published, article.paragraphs) == (WHEN, BODY)


def test_todays_date_far_above_a_heading_makes_no_article() -> None:
    menu = "".join(f"<p>Mục {n} của cổng</p>" for n in range(6))
    html = page(f"<p>Thứ hai, 06/05/2024</p>{menu}<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>")
    found = from_html(html, url="https://bao-con-se.example/gioi-thieu", source="-", allow_undated=True)
    assert isinstance(found, Rejection)
    assert found.reason == "not_an_article"


def test_the_dates_of_json_ld_that_a_quotation_mark_breaks_are_read() -> None:
    broken = """{"@type":"NewsArticle","headline":"Trao "nhà" cho hộ nghèo","datePublished":"2024-05-06T08:15:00+07:00",
"dateModified":"2024-05-06T15:10:00+07:00"}"""
    head = f"<title>{TITLE}</title><script type='application/ld+json'>{broken}</script>"
    article = read(page(f"<h1>{TITLE}</h1>{PARAGRAPHS}", head))
    assert (article.title, article.published, article.updated) == (TITLE, WHEN, LATER)


def test_the_publisher_in_json_ld_names_an_unknown_outlet() -> None:
    facts = '{"@type":"NewsArticle","datePublished":"2024-05-06T08:15:00+07:00","publisher":{"name":"Tin Cồn Sẻ"}}'
    head = f"<title>{TITLE}</title><script type='application/ld+json'>{facts}</script>"
    assert read(page(f"<h1>{TITLE}</h1>{PARAGRAPHS}", head)).outlet == "Tin Cồn Sẻ"


def test_a_picture_story_keeps_the_captions_below_its_sapo() -> None:
    captions = [f"Chợ nổi Cồn Sẻ họp từ ba giờ sáng, cảnh thứ {n} trong một buổi sương mù." for n in range(4)]
    photos = "".join(
        f"<table class='picture'><tr><td><img src='{n}.jpg'></td></tr><tr><td class='caption'><p>{text}</p></td></tr></table>"
        for n, text in enumerate(captions)
    )
    card = "<div class='card'><img src='x.jpg'><p class='caption'><a href='/a-12345.html'>Một bài khác về chợ quê</a></p></div>"
    html = page(f"<h1>{TITLE}</h1>{DATED}<p class='summary'>{BODY[0]}</p><div class='anh'>{photos}</div>{card}")
    article = read(html)
    assert (article.paragraphs, list(article.captions)) == (BODY[:1], captions)


def test_a_credited_line_between_sapo_and_body_is_a_caption() -> None:
    caption = "Bà Lưu Thị Hến trong ngày nhận nhà. Ảnh: Lan Anh"
    html = page(f"<h1>{TITLE}</h1>{DATED}<h2 class='sapo'>{BODY[0]}</h2><p class='cap'><em>{caption}</em></p>"
                f"<div class='content'>{PARAGRAPHS.partition('</p>')[2]}</div>")  # fmt: skip
    article = read(html)
    assert (article.paragraphs, article.captions) == (BODY, (caption,))


def test_a_list_of_an_old_system_leads_to_the_articles_numbered_behind_the_question_mark() -> None:
    hrefs = ("chitiet.aspx?id=48210", "tin.php?newsid=991", "/?p=1934", "muc.aspx?id=2", "/?page=3", "/tim-kiem?id=12")
    found = article_links("".join(f"<a href='{href}'>Tin</a>" for href in hrefs), url="https://bao-con-se.example/")
    assert [link.rpartition("/")[2] for link in found] == ["chitiet.aspx?id=48210", "tin.php?newsid=991", "?p=1934"]
