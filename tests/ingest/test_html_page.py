"""Article pages as newsrooms build them: head facts, sapo, body, captions, byline; and hostile ones."""

from __future__ import annotations

import json
import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import VIETNAM, Article, Rejection
from ingest.extract import FAULT, from_html

URL = "https://bao.example/giao-thong/cau-ben-trang-thong-xe-1234567.html"
TITLE = "Cầu Bến Trăng thông xe sau 26 tháng thi công"
SAPO = "Cây cầu dài 1.240 m nối hai bờ sông Lụa đã đón những chuyến xe đầu tiên."
BODY = (
    "Sáng 1/5, cầu Bến Trăng bắc qua sông Lụa chính thức thông xe trước sự chứng kiến của hàng nghìn người dân hai bờ.",
    "Ông Đỗ Văn Khải, giám đốc ban quản lý dự án, cho biết công trình về đích sớm 45 ngày so với kế hoạch ban đầu.",
    "Trước đây người dân phải đi phà mất 40 phút, nay chỉ còn ba phút để sang bờ bên kia.",
    "Cầu có bốn làn xe cơ giới và hai lề bộ hành, tổng mức đầu tư 1.850 tỷ đồng từ ngân sách địa phương.",
)
RELATED = """<div class="box-related"><h3>Tin liên quan</h3><ul>
<li><a href="/a-1234501.html">Phường trồng thêm cây xanh dọc bờ sông Lụa trong quý tới</a></li>
<li><a href="/a-1234502.html">Bến phà cũ được giữ lại làm điểm tham quan cho du khách</a></li></ul></div>"""
MENU = '<nav><ul><li><a href="/thoi-su">Thời sự</a></li><li><a href="/the-thao">Thể thao</a></li></ul></nav>'
FOOTER = "<footer><p>Bản quyền thuộc Báo Ví Dụ. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></footer>"


def linked_data(**more: object) -> str:
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "description": SAPO,
        "datePublished": "2024-05-01T08:30:00+07:00",
        "dateModified": "2024-05-01T09:00:00+07:00",
        "author": {"@type": "Person", "name": "Lan Anh"},
    }
    return json.dumps({**facts, **more}, ensure_ascii=False)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{MENU}{body}{FOOTER}</body></html>"


def read(html: str | bytes, url: str = URL, **more: bool) -> Article:
    article = from_html(html, url=url, source=url, **more)
    assert isinstance(article, Article), article
    return article


JSON_LD = f'<script type="application/ld+json">{linked_data()}</script>'
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def test_a_page_with_json_ld_gives_every_part() -> None:
    html = page(
        f'<h1>{TITLE}</h1><h2 class="sapo">(Báo Ví Dụ) - {SAPO}</h2><article class="content-detail">'
        f"<p>{BODY[0]}</p><figure><img src='a.jpg' alt='Cầu'><figcaption>Cầu nhìn từ bờ nam. Ảnh: Lan Anh</figcaption></figure>"
        f"<p>{BODY[1]}</p><h3>Ba phút sang sông</h3><p>{BODY[2]}</p><p>{BODY[3]}</p>"
        f"<p><strong>Lan Anh</strong></p></article>{RELATED}",
        JSON_LD + '<meta property="og:site_name" content="Báo Ví Dụ">'
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":['
        '{"@type":"ListItem","position":1,"name":"Trang chủ"},{"@type":"ListItem","position":2,"name":"Giao thông"}]}</script>',
    )
    assert read(html) == Article(
        id="bao.example-1234567",
        url=URL,
        title=TITLE,
        paragraphs=(SAPO, BODY[0], BODY[1], "Ba phút sang sông", BODY[2], BODY[3]),
        summary=SAPO,
        captions=("Cầu nhìn từ bờ nam. Ảnh: Lan Anh",),
        byline=("Lan Anh",),
        outlet="Báo Ví Dụ",
        section="Giao thông",
        published=datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM),
        updated=datetime(2024, 5, 1, 9, 0, tzinfo=VIETNAM),
        lang="vi",
    )


@pytest.mark.parametrize(
    "photo",
    [
        "<figure class='VCSortableInPreviewMode'><div><img></div><figcaption class='PhotoCMS_Caption'><p>{}</p></figcaption></figure>",
        "<div class='VCSortableInPreviewMode' type='Photo'><img><div class='PhotoCMS_Caption'><p>{}</p></div></div>",
        "<table class='picture'><tbody><tr><td class='pic'><img></td></tr><tr><td class='pCaption caption'>{}</td></tr></table>",
        "<table align='center'><tr><td><img></td></tr><tr><td>{}</td></tr></table>",
        "<figure class='tplCaption'><div><picture><img></picture></div><figcaption><p class='Image'>{}</p></figcaption></figure>",
        "<div class='image'><img><p class='image-caption'>{}</p></div>",
    ],
)
def test_captions_leave_the_text_whatever_the_publishing_system_calls_them(photo: str) -> None:
    caption = "Người dân đi bộ qua cầu trong ngày đầu tiên."
    html = page(
        f"<h1>{TITLE}</h1><div class='detail'>{PARAGRAPHS}{photo.format(caption)}<p>{BODY[0]}</p></div>", JSON_LD
    )
    article = read(html)
    assert article.captions == (caption,)
    assert article.paragraphs == (SAPO, *BODY, BODY[0])


@pytest.mark.parametrize(
    "noise",
    [
        RELATED,
        "<div type='RelatedOneNews'><p>Bến phà cũ được giữ lại làm điểm tham quan, theo lời lãnh đạo phường.</p></div>",
        "<div class='tags'><a href='/tag/cau'>cầu</a>, <a href='/tag/song'>sông Lụa</a></div>",
        "<div class='social-share'>Chia sẻ Facebook Zalo</div>",
        "<div id='comments'><p>Bạn Minh: Cầu đẹp quá, tôi đi thử sáng nay rồi nhé mọi người.</p></div>",
        "<div style='display: none'>Giá hiện tại, thay đổi, xem hồ sơ doanh nghiệp này.</div>",
        "<p class='source'>Nhịp sống Bến Trăng</p>",
        "<p>>>> <a href='/a-1234501.html'>Phường trồng thêm cây xanh dọc bờ sông Lụa</a></p>",
        "<p><a href='/a-1234501.html'>Phường trồng thêm cây xanh dọc bờ sông Lụa trong quý tới.</a></p>",
        "<p>Mời quý độc giả theo dõi trang của chúng tôi trên Facebook.</p>",
        "<script>document.write('Sáng nay trời mưa to ở nhiều nơi.')</script>",
        "<form><p>Vui lòng nhập thư điện tử của bạn vào ô dưới đây.</p></form>",
    ],
)
def test_what_stands_between_paragraphs_but_is_no_part_of_the_article_goes(noise: str) -> None:
    html = page(
        f"<h1>{TITLE}</h1><div class='body'><p>{BODY[0]}</p>{noise}<p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p></div>",
        JSON_LD,
    )
    assert read(html).paragraphs == (SAPO, *BODY)


CARDS = "".join(
    f"<div class='item'><a href='/tin-{i}-123450{i}.html'>Tin số {i} về giao thông trong thành phố</a>"
    f"<p>Đây là sapo của tin số {i}, dài như một đoạn văn thật sự trong một bài báo nào đó.</p></div>"
    for i in range(9)
)


@pytest.mark.parametrize("name", ["detail-content afcbc-body", "khung-chu"])
def test_the_sapos_of_other_articles_below_a_short_one_do_not_outweigh_it(name: str) -> None:
    html = page(
        f"<div class='main'><h1>{TITLE}</h1><div class='{name}'>{PARAGRAPHS}</div><div>{CARDS}</div></div>", JSON_LD
    )
    assert read(html).paragraphs == (SAPO, *BODY)


def test_a_page_without_any_class_name_or_head_facts_gives_sapo_and_body() -> None:
    html = page(
        f"<div><div><h1>{TITLE}</h1><div>Lan Anh</div><div>01/05/2024 08:30</div><h2>{SAPO}</h2><div>{PARAGRAPHS}</div></div>"
        f"<div>{CARDS.replace(' class=', ' data-x=')}</div></div>"
    )
    article = read(html)
    assert article.paragraphs == (SAPO, *BODY)
    assert article.summary == SAPO


def test_the_date_above_the_title_is_the_nearest_one_not_todays_in_the_header() -> None:
    html = page(
        f"<div>Thứ Bảy, 04/05/2024</div><div class='top'><span>01/05/2024 08:30 GMT+7</span></div>"
        f"<h1>{TITLE}</h1><div class='body'>{PARAGRAPHS}</div>",
        META,
    )
    assert read(html).published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)


def test_a_class_name_like_noise_around_the_whole_article_is_believed_to_be_none() -> None:
    html = page(f"<div class='main share'><h1>{TITLE}</h1><div class='body related'>{PARAGRAPHS}</div></div>", JSON_LD)
    assert read(html).paragraphs == (SAPO, *BODY)


def test_lists_lines_and_table_rows_of_the_body_are_kept() -> None:
    html = page(
        f"<h1>{TITLE}</h1><div class='body'><p>{BODY[0]}</p><ul><li>Bốn làn xe cơ giới</li><li>Hai lề bộ hành</li></ul>"
        f"<p>{BODY[1]}<br>{BODY[2]}</p><table><tr><td>Chiều dài</td><td>1.240 m</td></tr><tr><td>Chiều rộng</td><td>22 m</td></tr></table>"
        f"<p>{BODY[3]}</p></div>",
        JSON_LD,
    )
    assert read(html).paragraphs == (
        SAPO, BODY[0], "Bốn làn xe cơ giới", "Hai lề bộ hành", BODY[1], BODY[2],
        "Chiều dài | 1.240 m", "Chiều rộng | 22 m", BODY[3],
    )  # fmt: skip


META = (
    f'<title>{TITLE} - Báo Ví Dụ</title><meta property="og:title" content="{TITLE}"><meta property="og:type" content="article">'
    f'<meta name="description" content="{SAPO}">'
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2024-05-01T08:30:00+07:00">', ""),
        ('<meta itemprop="datePublished" content="2024-05-01T01:30:00Z">', ""),
        ('<meta name="pubdate" content="2024-05-01T08:30:00">', ""),
        ("", '<time datetime="2024-05-01 08:30">Thứ tư</time>'),
        ("", '<span class="post-time"> - 01/05/2024 08:30</span>'),
        (
            "",
            '<p class="dateandcat"><span class="pdate">01-05-2024 - 08:30 AM</span> | <a href="/giao-thong">Giao thông</a></p>',
        ),
        (f'<script type="application/ld+json">{{"@graph": [{{"@type": "WebPage"}}, {linked_data()}]}}</script>', ""),
        (
            '<script type="application/ld+json">{"@type": ["NewsArticle"], "datePublished": "2024-05-01T08:30:00+07:00",}</script>',
            "",
        ),
        (
            '<script type="application/ld+json">{"broken": </script><meta name="pubdate" content="2024-05-01T08:30:00">',
            "",
        ),
    ],
)
def test_the_date_is_found_wherever_the_page_says_it(head: str, body: str) -> None:
    html = page(
        f"<div>Thứ Bảy, 04/05/2024</div><h1>{TITLE}</h1>{body}<div class='body'>{PARAGRAPHS}</div>", META + head
    )
    assert read(html).published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)


def test_without_any_other_date_the_number_in_the_url_tells() -> None:
    html = page(f"<h1>{TITLE}</h1><div class='body'>{PARAGRAPHS}</div>", META)
    article = read(html, url="https://bao.example/cau-ben-trang-20240501083000123.htm")
    assert article.published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "html",
    [
        page(f"<h1>{TITLE}</h1><div class='b'>{PARAGRAPHS}</div>", "<title>Cầu Bến Trăng thông xe | Báo Ví Dụ</title>"),
        page(f"<h1>Báo Ví Dụ</h1><div class='b'>{PARAGRAPHS}</div>", f'<meta property="og:title" content="{TITLE}">'),
        page(f"<div class='b'>{PARAGRAPHS}</div>", f"<title>{TITLE} | Báo Ví Dụ</title>"),
        page(f"<div class='title'>{TITLE}</div><div class='b'>{PARAGRAPHS}</div>", JSON_LD),
    ],
)
def test_the_title_is_the_articles_own_without_the_outlets_tail(html: str) -> None:
    assert read(html, allow_undated=True).title == TITLE


def test_a_page_without_any_head_facts_is_read_from_what_it_shows() -> None:
    html = f"<h1>{TITLE}</h1><div>01/05/2024 08:30</div><div>{PARAGRAPHS}</div>"
    article = read(html)
    assert (article.title, article.paragraphs) == (TITLE, BODY)
    assert article.published == datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)


def test_a_body_that_only_json_ld_holds_is_read_from_there() -> None:
    text = "Sáng 1/5, cầu Bến Trăng thông xe.Người dân hai bờ rất vui."
    head = f'<script type="application/ld+json">{linked_data(articleBody=text)}</script>'
    assert read(page('<div id="root"></div>', head)).paragraphs == (
        SAPO, "Sáng 1/5, cầu Bến Trăng thông xe.", "Người dân hai bờ rất vui.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("canonical", "fetched", "expected"),
    [
        (URL, URL + "?utm_source=zalo", URL),
        (URL, "https://m.bao.example/cau-ben-trang-thong-xe-1234567.html", URL),
        ("https://khac.example/tin-7654321.html", URL, URL),
        ("https://bao.example/", URL, URL),
        (URL, "", URL),
    ],
)
def test_the_canonical_address_wins_if_it_is_an_article_of_the_same_site(
    canonical: str, fetched: str, expected: str
) -> None:
    html = page(
        f"<h1>{TITLE}</h1><div class='b'>{PARAGRAPHS}</div>", f'{JSON_LD}<link rel="canonical" href="{canonical}">'
    )
    assert read(html, url=fetched).url == expected


@pytest.mark.parametrize("author", ["Báo Ví Dụ", "https://www.facebook.com/bao", "admin", "bao.example"])
def test_an_outlet_or_an_address_is_no_author(author: str) -> None:
    head = f'<script type="application/ld+json">{linked_data(author=author)}</script>'
    html = page(
        f"<h1>{TITLE}</h1><div class='b'>{PARAGRAPHS}</div>",
        head + '<meta property="og:site_name" content="Báo Ví Dụ">',
    )
    assert read(html).byline == ()


@pytest.mark.parametrize(
    "html",
    [
        page("<h1>Giao thông</h1>" + RELATED * 5, '<meta property="og:type" content="website">'),
        page(
            "<h1>Giao thông</h1>"
            + "".join(
                f"<h3><a href='/a-12345{i:02}.html'>{line}</a></h3><p>{line[:60]}</p>"
                for i, line in enumerate(BODY * 3)
            )
        ),
    ],
)
@pytest.mark.parametrize("url", ["https://bao.example/giao-thong", "https://bao.example/"])
def test_a_list_page_is_no_article(html: str, url: str) -> None:
    refused = from_html(html, url=url, source=url)
    assert isinstance(refused, Rejection)
    assert refused.reason == "not_an_article"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_page_may_come_in_bytes_of_any_unicode_encoding(encoding: str) -> None:
    html = page(f"<h1>{TITLE}</h1><div class='b'>{PARAGRAPHS}</div>", JSON_LD)
    assert read(html.encode(encoding)) == read(html)


HEAD = f"<html><head>{META}<meta property='article:published_time' content='2024-05-01T08:30:00+07:00'></head><body><h1>{TITLE}</h1>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + HEAD + PARAGRAPHS + "<p>&b;</p>"
)


@pytest.mark.parametrize(
    "hostile",
    [
        HEAD + "<div>" * 50_000 + PARAGRAPHS,
        HEAD + "<p>" + "Sáng nay mưa lớn ở nhiều nơi. " * 330_000,
        HEAD + PARAGRAPHS.replace(" ", "\x00 "),
        HEAD + "<p>" * 50_000 + BODY[0],
        HEAD + "<script>" * 50_000 + PARAGRAPHS,
        HEAD + PARAGRAPHS + "<!--" * 50_000,
        HEAD + "<" * 500_000 + PARAGRAPHS,
        HEAD + "<div " + " ".join(f"a{i}='b'" for i in range(50_000)) + ">" + PARAGRAPHS,
        HEAD + "<a href='/x-1234567.html'>Tin</a>" * 30_000,
        HEAD + "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + PARAGRAPHS,
        HEAD + "<p>" + '."A' * 100_000,
        HEAD + "<p>" + "." * 300_000,
        HEAD + "<p>Cập nhật 03/11/2023</p>" * 15_000 + PARAGRAPHS,
        HEAD + "<form><p>Chữ chữ chữ.</p></form>" * 14_000 + PARAGRAPHS,
        LAUGHS,
        bytes(range(256)) * 2_000,
        "\ud800" + HEAD + PARAGRAPHS,
    ],
    ids="deep 10MB nul unclosed scripts comments angles attributes links json quotes dots datelines forms laughs binary surrogate".split(),
)  # fmt: skip
def test_a_hostile_page_is_judged_within_five_seconds(hostile: str | bytes) -> None:
    began = time.process_time()
    judged = from_html(hostile, url=URL, source=URL)
    assert isinstance(judged, Article) or judged.reason != FAULT, judged
    assert time.process_time() - began < 5


@given(st.text(alphabet="<>/=\"' &;pdivh1articlescriptĐệ.0\x00\n", max_size=300) | st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_page_raises(html: str | bytes) -> None:
    judged = from_html(html, source="-", allow_undated=True, any_language=True)
    assert isinstance(judged, Article) or judged.reason != FAULT, judged
