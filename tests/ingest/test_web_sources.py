"""Reading web addresses into the archive: a real server on the loopback address, a real archive, real extraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from newsroom import Answer, Newsroom, hang_up, html, redirect

from ingest import run, web_sources
from ingest.archive import Archive
from ingest.article import VIETNAM, Article, Rejection
from ingest.extract import from_html
from ingest.feeds import FeedError
from ingest.fetch import Fetcher, FetchError, FetchRules
from ingest.follow import FollowedSource, follow
from ingest.web_reading import WebReading, always, when_due
from ingest.web_sources import read_url

HOST = "bao.example"
BODY = (
    "<p>Sáng 2/2, cầu Bến Mây nối hai bờ sông Trầm đã thông xe sau ba năm thi công, sớm hơn kế hoạch hai tháng.</p>"
    "<p>Theo ban quản lý dự án, cây cầu dài 480 mét, rộng 12 mét, có tổng vốn 350 tỷ đồng từ ngân sách tỉnh. "
    "Người dân xã An Mây từ nay không còn phải đi đò qua sông vào mùa nước lớn.</p>"
    "<p>Ông Đỗ Văn Mây, chủ tịch xã, cho biết học sinh hai bờ sẽ đi học gần hơn bảy cây số mỗi ngày.</p>"
)


def page(title: str, *, published: str = "2026-02-02T08:00:00+07:00", body: str = BODY) -> bytes:
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<html lang="vi"><head><title>{title}</title><meta property="og:type" content="article">{meta}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def rss(newsroom: Newsroom, *items: tuple[str, str], host: str = HOST) -> Answer:
    """items: (path, pubDate)."""
    rows = "".join(
        f"<item><title>Tin</title><link>{newsroom.url(path, host)}</link><pubDate>{date}</pubDate></item>"
        for path, date in items
    )
    return Answer(f'<rss version="2.0"><channel><title>Báo Mây</title>{rows}</channel></rss>'.encode())


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        yield archive


@pytest.fixture
def fetcher(newsroom: Newsroom) -> Iterator[Fetcher]:
    hosts = frozenset(f"{host}:{newsroom.port}" for host in (HOST, f"thethao.{HOST}", "khac.example"))
    rules = FetchRules(allowed_hosts=hosts, delay_s=0, backoff_s=0.001, retries=0, read_timeout_s=1, total_s=2)
    with Fetcher(rules, lookup=lambda host, port: ["127.0.0.1"]) as fetcher:
        yield fetcher


def ingest(url: str, fetcher: Fetcher, archive: Archive, **reading: Any) -> tuple[Counter[str], list[Rejection]]:
    """What a run does: everything that comes out is stored. Returns what became of the articles, and the rejections."""
    outcomes: Counter[str] = Counter()
    rejected = []
    for item in read_url(url, fetcher, archive, WebReading(**reading)):
        if isinstance(item, Rejection):
            rejected.append(item)
        else:
            outcomes[archive.add(item)] += 1
    return outcomes, rejected


# ---- what an address is


def test_a_feed_leads_to_its_articles_newest_first(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    newsroom.pages["/rss"] = rss(
        newsroom,
        ("/cau-cu-100001.html", "Sun, 01 Feb 2026 08:00:00 +0700"),
        ("/cau-moi-100003.html", "Tue, 03 Feb 2026 08:00:00 +0700"),
        ("/cau-giua-100002.html", "Mon, 02 Feb 2026 08:00:00 +0700"),
    )
    for number in (1, 2, 3):
        for name in ("cau-cu", "cau-giua", "cau-moi"):
            newsroom.pages[f"/{name}-10000{number}.html"] = html(page(f"Cầu Bến Mây thông xe, bài số {number}"))
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive, limit=2)
    assert (outcomes, rejected) == ({"accepted": 2}, [])
    assert newsroom.paths == ["/rss", "/cau-moi-100003.html", "/cau-giua-100002.html"]
    article = archive.find(newsroom.url("/cau-moi-100003.html", HOST))
    assert article is not None
    assert article.title == "Cầu Bến Mây thông xe, bài số 3"
    assert article.published == datetime(2026, 2, 2, 8, tzinfo=VIETNAM)
    assert "dài 480 mét" in article.text


def test_a_sitemap_index_leads_to_the_articles_of_its_newest_sitemaps(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    def row(tag: str, path: str, lastmod: str) -> str:
        return f"<{tag}><loc>{newsroom.url(path, HOST)}</loc><lastmod>{lastmod}</lastmod></{tag}>"

    old, new = row("sitemap", "/cu.xml", "2020-01-01"), row("sitemap", "/moi.xml", "2026-02-02")
    newsroom.pages["/sitemap.xml"] = Answer(f"<sitemapindex>{old}{new}</sitemapindex>".encode())
    newsroom.pages["/moi.xml"] = Answer(f"<urlset>{row('url', '/cau-moi-100003.html', '2026-02-02')}</urlset>".encode())
    newsroom.pages["/cau-moi-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    outcomes, rejected = ingest(newsroom.url("/sitemap.xml", HOST), fetcher, archive, limit=1)
    assert (outcomes, rejected) == ({"accepted": 1}, [])
    assert newsroom.paths == ["/sitemap.xml", "/moi.xml", "/cau-moi-100003.html"], "the old sitemap is not needed"


def test_a_sitemap_that_is_missing_from_its_index_does_not_keep_the_others_out(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    locs = "".join(f"<sitemap><loc>{newsroom.url(p, HOST)}</loc></sitemap>" for p in ("/mat.xml", "/con.xml"))
    newsroom.pages["/sitemap.xml"] = Answer(f"<sitemapindex>{locs}</sitemapindex>".encode())
    newsroom.pages["/con.xml"] = Answer(
        f"<urlset><url><loc>{newsroom.url('/cau-100003.html', HOST)}</loc></url></urlset>".encode()
    )
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    outcomes, rejected = ingest(newsroom.url("/sitemap.xml", HOST), fetcher, archive)
    assert outcomes == {"accepted": 1}
    assert [(r.source, r.reason) for r in rejected] == [(newsroom.url("/mat.xml", HOST), "http_404")]


def test_a_list_page_leads_to_the_articles_it_links_to(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    links = "".join(f'<li><a href="/cau-ben-may-so-{n}-10000{n}.html">Cầu số {n}</a></li>' for n in (1, 2, 3))
    away = '<a href="http://quang-cao.example/mua-nha-gia-re-100009.html">Mua nhà</a>'
    newsroom.pages["/thoi-su"] = html(
        f"<html><title>Thời sự</title><body><ul>{links}</ul>{away}</body></html>".encode()
    )
    for n in (1, 2, 3):
        newsroom.pages[f"/cau-ben-may-so-{n}-10000{n}.html"] = html(page(f"Cầu Bến Mây số {n}"))
    outcomes, rejected = ingest(newsroom.url("/thoi-su", HOST), fetcher, archive)
    assert (outcomes, rejected) == ({"accepted": 3}, [])


def test_an_article_page_is_its_article(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    outcomes, rejected = ingest(
        newsroom.url("/cau-100003.html", HOST), fetcher, archive, outlet="Báo Mây", section="Thời sự"
    )
    assert (outcomes, rejected) == ({"accepted": 1}, [])
    article = next(archive.current())
    assert (article.outlet, article.section) == ("Báo Mây", "Thời sự")


def test_a_page_that_is_neither_article_nor_list_is_rejected(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/"] = html(b"<html><title>404</title><body><p>Khong tim thay</p></body></html>")
    outcomes, rejected = ingest(newsroom.url("/", HOST), fetcher, archive)
    assert not outcomes
    assert [r.reason for r in rejected] == ["not_an_article"]


def test_a_feed_without_entries_is_not_passed_over_in_silence(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = rss(newsroom)
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert (outcomes, [(r.source, r.reason) for r in rejected]) == ({}, [(newsroom.url("/rss", HOST), "empty")])


def test_an_address_that_brings_nothing_is_an_error(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    with pytest.raises(FetchError) as caught:
        ingest(newsroom.url("/khong-co", HOST), fetcher, archive)
    assert str(caught.value) == f"{newsroom.url('/khong-co', HOST)}: found HTTP 404 Not Found; wanted a page (HTTP 200)"


def test_a_hostile_feed_is_an_error_and_not_taken_for_a_page(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = Answer(
        b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>'
    )
    with pytest.raises(FeedError, match="found a declaration of XML entities"):
        ingest(newsroom.url("/rss", HOST), fetcher, archive)


# ---- what a page lacks


def test_the_feeds_date_and_section_stand_in_for_those_the_page_does_not_give(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = Answer(
        f"<rss version='2.0'><channel><item><link>{newsroom.url('/cau-100003.html', HOST)}</link>"
        "<category>Giao thông</category><pubDate>2/3/2026 9:25:00 AM</pubDate></item></channel></rss>".encode()
    )
    newsroom.pages["/cau-100003.html"] = html(
        page("Cầu Bến Mây thông xe", published="", body=BODY.replace("Sáng 2/2, cầu", "Cầu"))
    )
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert (outcomes, rejected) == ({"accepted": 1}, [])
    article = next(archive.current())
    assert (article.published, article.section) == (datetime(2026, 2, 3, 9, 25, tzinfo=VIETNAM), "Giao thông")


def test_an_article_that_nobody_dates_is_rejected_unless_allowed(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    url = newsroom.url("/cau-ben-may-thong-xe-100003.html", HOST)
    newsroom.pages["/cau-ben-may-thong-xe-100003.html"] = html(
        page("Cầu Bến Mây thông xe", published="", body=BODY.replace("Sáng 2/2, cầu", "Cầu"))
    )
    outcomes, rejected = ingest(url, fetcher, archive)
    assert (outcomes, [r.reason for r in rejected]) == ({}, ["no_date"])
    outcomes, rejected = ingest(url, fetcher, archive, allow_undated=True)
    assert (outcomes, rejected) == ({"accepted": 1}, [])


def test_the_character_set_of_the_header_counts_where_the_page_is_silent(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    # windows-1258 writes tones as marks of their own: "ệ" is "ê" and a dot below.
    import unicodedata

    def old(text: str) -> bytes:
        marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
        out = ""
        for letter in text:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(c for c in parts if c in marks)
            out += unicodedata.normalize("NFC", "".join(c for c in parts if c not in marks)) + tone
        return out.encode("cp1258")

    newsroom.pages["/cau-100003.html"] = Answer(
        old(page("Cầu Bến Mây thông xe").decode()), headers={"Content-Type": "text/html; charset=windows-1258"}
    )
    outcomes, _ = ingest(newsroom.url("/cau-100003.html", HOST), fetcher, archive)
    assert outcomes == {"accepted": 1}
    assert "Người dân xã An Mây từ nay không còn phải đi đò" in next(archive.current()).text


# ---- the second visit


def test_a_corrected_page_becomes_a_new_version(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    newsroom.pages["/rss"] = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    url = newsroom.url("/rss", HOST)
    assert ingest(url, fetcher, archive)[0] == {"accepted": 1}
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe", body=BODY.replace("480 mét", "408 mét")))
    assert ingest(url, fetcher, archive)[0] == {"updated": 1}
    article = next(archive.current())
    assert (article.version, "dài 408 mét" in article.text) == (2, True)
    assert ingest(url, fetcher, archive)[0] == {"unchanged": 1}


def test_an_unchanged_page_is_known_by_its_etag(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    def conditional(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.headers.get("If-None-Match") == '"v1"':
            return Answer(status=304)
        return html(page("Cầu Bến Mây thông xe"), ETag='"v1"')

    newsroom.pages["/rss"] = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/cau-100003.html"] = conditional
    url = newsroom.url("/rss", HOST)
    assert ingest(url, fetcher, archive)[0] == {"accepted": 1}
    assert ingest(url, fetcher, archive)[0] == {"unchanged": 1}
    assert newsroom.asked[-1][1]["if-none-match"] == '"v1"'


def test_a_page_sent_again_byte_for_byte_is_not_read_again(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counting(*args: Any, **named: Any) -> Article | Rejection:
        read.append(named["source"])
        return from_html(*args, **named)

    monkeypatch.setattr(web_sources, "from_html", counting)
    first, corrected = page("Cầu Bến Mây thông xe"), page("Cầu Bến Mây thông xe, bản sửa")
    newsroom.pages["/cau-100003.html"] = [html(first), html(first), html(corrected), html(first)]
    url = newsroom.url("/cau-100003.html", HOST)
    assert [ingest(url, fetcher, archive)[0] for _ in range(3)] == [{"accepted": 1}, {"unchanged": 1}, {"updated": 1}]
    assert len(read) == 2
    assert ingest(url, fetcher, archive)[0] == {"unchanged": 1}, "an old copy undoes no correction"
    assert len(read) == 3, "what it came to before holds no longer, so it is read"


def test_a_page_whose_article_was_not_taken_is_fetched_in_full_again(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"), ETag='"v1"')
    url = newsroom.url("/cau-100003.html", HOST)
    killed = read_url(url, fetcher, archive)
    assert isinstance(next(killed), Article)
    killed.close()  # the run ended here, before it could store what it was handed
    assert ingest(url, fetcher, archive)[0] == {"accepted": 1}
    assert "if-none-match" not in newsroom.asked[-1][1]


@pytest.mark.parametrize("status", [404, 410])
def test_an_archived_page_that_is_gone_is_marked_gone_and_taken_back_when_it_returns(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive, status: int
) -> None:
    newsroom.pages["/rss"] = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"), ETag='"v1"')
    url, address = newsroom.url("/rss", HOST), newsroom.url("/cau-100003.html", HOST)
    ingest(url, fetcher, archive)
    article = next(archive.current())

    newsroom.pages["/cau-100003.html"] = Answer(status=status)
    outcomes, rejected = ingest(url, fetcher, archive)
    assert (outcomes, [(r.source, r.reason) for r in rejected]) == ({}, [(address, "gone")])
    assert rejected[0].detail.endswith(f"The archived article {article.id} is marked gone; its text is kept.")
    assert (archive.count(), archive.get(article.id)) == (0, article)
    changes = archive.change_number()
    ingest(url, fetcher, archive)
    assert archive.change_number() == changes, "what is gone already is not marked a second time"

    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"), ETag='"v1"')
    assert ingest(url, fetcher, archive)[0] == {"unchanged": 1}
    assert archive.count() == 1


@pytest.mark.parametrize("above", ["/", "/xa-hoi.htm", "/xa-hoi/"])
def test_an_archived_page_that_leads_to_its_section_or_the_front_page_was_taken_down(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive, above: str
) -> None:
    path, there = "/xa-hoi/cau-100003.html", html(page("Cầu Bến Mây thông xe"))
    newsroom.pages[path] = [there, redirect(above), redirect(above), there]
    newsroom.pages[above] = html(b"<html><title>Front</title><p>Tin.</p></html>")
    url = newsroom.url(path, HOST)
    ingest(url, fetcher, archive)
    (known,) = archive.current()
    for _ in range(2):
        _, (refused,) = ingest(url, fetcher, archive)
        assert (refused.reason, archive.count()) == ("gone", 0)
        assert f"leads to {newsroom.url(above, HOST)}, not to an article any more. The archived" in refused.detail
    assert archive.gone(known.id) == f"leads to {newsroom.url(above, HOST)}"
    assert ingest(url, fetcher, archive)[0] == Counter(unchanged=1)
    assert (archive.count(), archive.gone(known.id)) == (1, "")


def test_an_archived_page_that_moved_to_another_name_is_not_gone(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    old, new = "/xa-hoi/cau-100003.html", "/xa-hoi/cau-ben-may-100003.html"
    newsroom.pages[old] = [html(page("Cầu Bến Mây thông xe")), redirect(new)]
    newsroom.pages[new] = html(page("Cầu Bến Mây thông xe"))
    ingest(newsroom.url(old, HOST), fetcher, archive)
    assert ingest(newsroom.url(old, HOST), fetcher, archive)[0] == Counter(unchanged=1)
    assert archive.count() == 1


def test_what_was_withdrawn_by_hand_stays_so_although_its_page_is_there(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    there, lost = html(page("Cầu Bến Mây thông xe")), Answer(status=404)
    newsroom.pages["/cau-100003.html"] = [there, there, lost, there]
    url = newsroom.url("/cau-100003.html", HOST)
    ingest(url, fetcher, archive)
    (known,) = archive.current()
    archive.mark_gone(known.id, "withdrawn: sai số liệu")
    for outcome in (Counter(unchanged=1), Counter(), Counter(unchanged=1)):
        assert ingest(url, fetcher, archive)[0] == outcome
        assert archive.gone(known.id) == "withdrawn: sai số liệu"


def test_a_page_never_archived_that_is_not_there_is_only_rejected(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = rss(newsroom, ("/mat-100004.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert (outcomes, [r.reason for r in rejected]) == ({}, ["http_404"])


def test_a_conditional_reading_leaves_an_unchanged_feed_alone(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    feed = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))

    def conditional(handler: BaseHTTPRequestHandler) -> Answer:
        return (
            Answer(status=304)
            if handler.headers.get("If-None-Match") == '"f1"'
            else Answer(feed.body, headers={"ETag": '"f1"'})
        )

    newsroom.pages["/rss"] = conditional
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    url = newsroom.url("/rss", HOST)
    assert ingest(url, fetcher, archive, conditional=True)[0] == {"accepted": 1}
    assert ingest(url, fetcher, archive, conditional=True) == ({}, [])
    assert newsroom.paths == ["/rss", "/cau-100003.html", "/rss"]


def test_a_feed_is_asked_in_full_again_while_one_of_its_pages_is_missing(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    feed = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/rss"] = Answer(feed.body, headers={"ETag": '"f1"'})
    newsroom.pages["/cau-100003.html"] = [Answer(status=503), html(page("Cầu Bến Mây thông xe"))]
    url = newsroom.url("/rss", HOST)
    outcomes, rejected = ingest(url, fetcher, archive, conditional=True)
    assert (outcomes, [r.reason for r in rejected]) == ({}, ["http_503"])
    assert ingest(url, fetcher, archive, conditional=True)[0] == {"accepted": 1}
    assert "if-none-match" not in newsroom.asked[2][1]


def test_an_archived_page_that_is_not_due_is_not_fetched(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    url = newsroom.url("/rss", HOST)
    ingest(url, fetcher, archive)
    assert ingest(url, fetcher, archive, revisit=lambda article, checked_at: False)[0] == {"unchanged": 1}
    assert newsroom.paths == ["/rss", "/cau-100003.html", "/rss"]


def test_a_page_that_its_feed_calls_newer_is_fetched_although_not_due(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = [
        rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700")),
        rss(newsroom, ("/cau-100003.html", format_datetime(datetime.now(VIETNAM) + timedelta(hours=1)))),
    ]
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    for _ in range(2):
        ingest(newsroom.url("/rss", HOST), fetcher, archive, revisit=lambda article, checked_at: False)
    assert newsroom.paths == ["/rss", "/cau-100003.html", "/rss", "/cau-100003.html"]


def test_new_articles_are_due_soon_and_old_ones_seldom() -> None:
    now = datetime.now(VIETNAM)

    def due(age: timedelta, since: timedelta) -> bool:
        article = Article(id="a", url="", title="T", paragraphs=("X.",), published=now - age)
        return when_due(article, now - since)

    assert due(timedelta(hours=1), timedelta(minutes=31))
    assert not due(timedelta(hours=1), timedelta(minutes=29))
    assert due(timedelta(days=4), timedelta(hours=25))
    assert not due(timedelta(days=4), timedelta(hours=23))
    assert not due(timedelta(days=31), timedelta(days=31))
    assert always(Article(id="a", url="", title="T", paragraphs=("X.",)), now)


# ---- whose pages, and how many failures


def test_entries_of_another_site_are_rejected_and_sections_on_their_own_host_are_not(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    away, sport = (
        newsroom.url("/nha-100009.html", "khac.example"),
        newsroom.url("/bong-da-100005.html", f"thethao.{HOST}"),
    )
    newsroom.pages["/rss"] = Answer(
        f"<rss><channel><item><link>{away}</link></item><item><link>{sport}</link></item></channel></rss>".encode()
    )
    newsroom.pages["/bong-da-100005.html"] = html(page("Đội Bến Mây thắng trận mở màn"))
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert outcomes == {"accepted": 1}
    assert rejected == [
        Rejection(
            away, "other_site", f"Found in {newsroom.url('/rss', HOST)}; an address of the same site was expected."
        )
    ]
    assert "/nha-100009.html" not in newsroom.paths


def test_an_entry_that_leads_to_another_site_is_rejected(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/rss"] = rss(newsroom, ("/di-100004.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/di-100004.html"] = redirect(newsroom.url("/nha-100009.html", "khac.example"))
    newsroom.pages["/nha-100009.html"] = html(page("Mua nhà"))
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert (outcomes, [r.reason for r in rejected]) == ({}, ["other_site"])


def test_an_article_closed_by_robots_txt_is_rejected_as_such(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /kin/")
    url = newsroom.url("/kin/cau-ben-may-100003.html", HOST)
    outcomes, rejected = ingest(url, fetcher, archive)
    site = newsroom.url("", HOST)
    assert not outcomes
    assert rejected == [
        Rejection(
            url,
            "robots",
            f"{url}: found /kin/cau-ben-may-100003.html closed to programs like this one by {site}/robots.txt",
        )
    ]


def test_a_feed_closed_by_robots_txt_is_an_error(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
    with pytest.raises(FetchError) as caught:
        ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert caught.value.reason == "robots"


def test_after_three_failures_in_a_row_the_rest_is_left_for_another_time(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    paths = [f"/cau-10000{n}.html" for n in range(6)]
    newsroom.pages["/rss"] = rss(newsroom, *((path, "Mon, 02 Feb 2026 08:00:00 +0700") for path in paths))
    for path in paths[:2]:
        newsroom.pages[path] = html(page(f"Cầu Bến Mây {path}"))
    newsroom.pages[paths[2]], newsroom.pages[paths[3]], newsroom.pages[paths[4]] = (
        Answer(status=503),
        hang_up,
        Answer(status=429),
    )
    outcomes, rejected = ingest(newsroom.url("/rss", HOST), fetcher, archive)
    assert outcomes == {"accepted": 2}
    assert [r.reason for r in rejected] == ["http_503", "connection", "http_429", "host_unreachable"]
    assert rejected[-1].detail == "3 pages in a row could not be had; 1 more are left for another time."
    assert paths[5] not in newsroom.paths


def test_progress_counts_the_pages(newsroom: Newsroom, fetcher: Fetcher, archive: Archive) -> None:
    newsroom.pages["/rss"] = rss(newsroom, ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"))
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    url, seen = newsroom.url("/rss", HOST), []
    ingest(url, fetcher, archive, on_progress=lambda *step: seen.append(step))
    assert seen == [(0, 1, newsroom.url("/cau-100003.html", HOST)), (1, 1, url)]


# ---- as part of a run


def test_a_run_tells_how_many_pages_are_to_come_after_the_items_of_a_file(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive, tmp_path: Path
) -> None:
    monday = "Mon, 02 Feb 2026 08:00:00 +0700"
    newsroom.pages["/rss"] = rss(newsroom, *((f"/cau-10000{n}.html", monday) for n in (1, 2, 3)))
    for n in (1, 2, 3):
        newsroom.pages[f"/cau-10000{n}.html"] = html(page(f"Cầu Bến Mây {n} thông xe"))
    saved = tmp_path / "tin.jsonl"
    saved.write_text('{"id": "a1", "title": "Chợ An Mây", "body": "Chợ mở lại sáng nay.", "published": "2026-02-01"}')
    seen: list[tuple[int, int | None]] = []
    run.ingest(
        archive,
        [str(saved), newsroom.url("/rss", HOST)],
        fetcher=fetcher,
        on_progress=lambda done, total, label: seen.append((done, total)),
    )
    assert list(dict.fromkeys(seen)) == [(1, 1), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_run_takes_files_and_web_addresses_together_and_remembers_what_each_feed_brought(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive, tmp_path: Path
) -> None:
    newsroom.pages["/rss"] = rss(
        newsroom,
        ("/cau-100003.html", "Mon, 02 Feb 2026 08:00:00 +0700"),
        ("/mat-100004.html", "Mon, 02 Feb 2026 08:00:00 +0700"),
    )
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    saved = tmp_path / "tin.jsonl"
    saved.write_text(
        '{"id": "a1", "title": "Chợ An Mây mở lại", "body": "Chợ mở lại sáng nay.", "published": "2026-02-01"}'
    )
    url, lost = newsroom.url("/rss", HOST), newsroom.url("/khong-co", HOST)
    report = run.ingest(archive, [str(saved), url, lost], fetcher=fetcher)
    assert (report.accepted, [r.reason for r in report.rejected]) == (2, ["http_404", "http_404"])
    assert [str(error) for error in report.failed] == [f"{lost}: found HTTP 404 Not Found; wanted a page (HTTP 200)"]
    state, failed = archive.source_state(url), archive.source_state(lost)
    assert state is not None
    assert (state.accepted, state.rejected, state.error, state.checked_at is not None) == (1, 1, "", True)
    assert failed is not None
    assert failed.error == str(report.failed[0])


def test_a_run_opens_a_fetcher_by_the_rules_of_the_environment(
    newsroom: Newsroom, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: MayBot\nDisallow: /")
    url = newsroom.url("/rss")
    refused = run.ingest(archive, [url])
    assert [error.reason for error in refused.failed] == ["private_address"]
    assert newsroom.asked == []
    monkeypatch.setenv("HOITIN_ALLOWED_HOSTS", f"127.0.0.1:{newsroom.port}")
    monkeypatch.setenv("HOITIN_USER_AGENT", "MayBot/2 (+https://bao.example)")
    closed = run.ingest(archive, [url])
    assert [error.reason for error in closed.failed] == ["robots"]
    assert newsroom.asked[0][1]["user-agent"] == "MayBot/2 (+https://bao.example)"


def test_a_followed_source_brings_its_new_pages_at_each_visit(
    newsroom: Newsroom, fetcher: Fetcher, archive: Archive
) -> None:
    monday = "Mon, 02 Feb 2026 08:00:00 +0700"
    newsroom.pages["/rss"] = [
        rss(newsroom, ("/cau-100003.html", monday)),
        rss(newsroom, ("/cho-100004.html", monday), ("/cau-100003.html", monday)),
    ]
    newsroom.pages["/cau-100003.html"] = html(page("Cầu Bến Mây thông xe"))
    newsroom.pages["/cho-100004.html"] = html(page("Chợ An Mây mở lại", body=BODY.replace("cầu", "chợ")))
    source = FollowedSource(newsroom.url("/rss", HOST), outlet="Báo Mây")
    reports: list[run.Report] = []

    def visit(source: FollowedSource) -> None:
        if len(reports) == 2:
            raise KeyboardInterrupt
        reports.append(run.ingest(archive, [source.url], web=source.reading, fetcher=fetcher))

    with pytest.raises(KeyboardInterrupt):
        follow([source], visit, sleep=lambda seconds: None)
    assert [(r.accepted, r.unchanged, r.rejected) for r in reports] == [(1, 0, []), (1, 1, [])]
    assert newsroom.paths == ["/rss", "/cau-100003.html", "/rss", "/cho-100004.html"], "the old page was not due"
    assert {article.outlet for article in archive.current()} == {"Báo Mây"}
