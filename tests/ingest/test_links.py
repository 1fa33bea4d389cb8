"""Which links of a list page lead to articles of the same site."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import article_links
from ingest.links import is_article_url

LIST = "https://bao.example/giao-thong"


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/cau-moi-thong-xe-4924723.html",
        "https://bao.example/giao-thong/cau-moi-thong-xe-20240501083000123.htm",
        "https://bao.example/cau-moi-thong-xe-188240501083000123.chn",
        "https://bao.example/cau-moi-thong-xe-d186221.html",
        "https://bao.example/cau-moi-thong-xe-post861659.html",
        "https://bao.example/cau-moi-thong-xe-4925154-tong-thuat.html",
        "https://bao.example/mua-lon-o-nha-trang-2495349.html",
        "https://bao.example/2024/05/cau-ben-trang-thong-xe-som-hon-du-kien/",
        "https://bao.example/cau-ben-trang-thong-xe-som-hon-du-kien.html",
    ],
)
def test_a_number_or_a_long_slug_at_its_end_makes_an_article_address(url: str) -> None:
    assert is_article_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/",
        "https://bao.example/thoi-su.htm",
        "https://bao.example/dau-tu-tai-chinh-d6/",
        "https://bao.example/giao-thong/trang-2.htm",
        "https://bao.example/kinh-doanh-page3",
        "https://bao.example/gia-vang-tag14642850852768478603.html",
        "https://bao.example/event/duong-vanh-dai-8366123.htm",
        "https://bao.example/video/cau-moi-thong-xe-187983.htm",
        "https://bao.example/chinh-sach-bao-mat-du-lieu-20190514153010649.htm",
        "https://bao.example/anh/cau-moi-4924723.jpg",
        "https://bao.example/giao-duc/tra-cuu-diem-thi-tot-nghiep-2025",
        "javascript:void(0)",
    ],
)
def test_sections_tags_topics_videos_pages_and_files_are_none(url: str) -> None:
    assert not is_article_url(url)


def test_links_come_absolute_once_and_in_page_order() -> None:
    page = """
    <nav><a href="/bai-trong-menu-1234500.html">Menu</a></nav>
    <h2><a href="/cau-moi-thong-xe-1234567.html">Cầu mới</a></h2>
    <a href="https://bao.example/cau-moi-thong-xe-1234567.html#binh-luan"><img></a>
    <a href="//m.bao.example/cau-moi-thong-xe-1234567.html?utm_source=a">Cầu mới</a>
    <a href="ben-pha-cu-dong-cua-1234566.html">Bến phà</a>
    <a href="https://the-thao.bao.example/doi-nha-thang-1234565.html">Đội nhà</a>
    <a href="https://khac.example/tin-cua-bao-khac-1234564.html">Báo khác</a>
    <a href="mailto:a@bao.example">Thư</a><a>Không đường dẫn</a>
    <footer><a href="/quy-dinh-chung-1234563.html">Quy định</a></footer>"""
    assert article_links(page, url=LIST) == [
        "https://bao.example/cau-moi-thong-xe-1234567.html",
        "https://bao.example/ben-pha-cu-dong-cua-1234566.html",
        "https://the-thao.bao.example/doi-nha-thang-1234565.html",
    ]


def test_a_site_that_numbers_its_articles_has_no_article_without_a_number() -> None:
    numbered = "".join(f'<a href="/cau-moi-thong-xe-123456{i}.html">Cầu</a>' for i in range(3))
    by_slug = '<a href="/toan-van-nghi-quyet-ve-cau-ben-trang.html">Toàn văn</a>'
    assert len(article_links(numbered + by_slug, url=LIST)) == 3
    assert article_links(by_slug, url=LIST) == ["https://bao.example/toan-van-nghi-quyet-ve-cau-ben-trang.html"]


def test_relative_links_start_from_the_pages_base() -> None:
    page = '<head><base href="https://bao.example/giao-thong/"></head><a href="cau-moi-thong-xe-1234567.html">Cầu</a>'
    assert article_links(page, url=LIST) == ["https://bao.example/giao-thong/cau-moi-thong-xe-1234567.html"]


@given(st.text(max_size=100), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_page_and_no_address_raises(page: str, href: str) -> None:
    article_links(page, url=LIST)
    article_links(f'<base href="{href}"><a href="{href}">x</a>', url=href)
    is_article_url(href)
