"""Feeds and sitemaps, well made, broken and hostile."""

from __future__ import annotations

import gzip
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import VIETNAM
from ingest.feeds import MAX_BYTES, MAX_FEED_BYTES, Entry, Feed, FeedError, is_feed, parse_feed

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "rss"


def rss(items: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>', title: str = "Báo Mây") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 2, day, hour, minute, tzinfo=VIETNAM)


# ---- kinds


def test_rss_gives_every_field_of_an_entry() -> None:
    feed = parse_feed(
        rss(
            "<item><title>Cầu Bến Mây thông xe</title><link>https://bao.example/cau-1.html</link>"
            '<description><![CDATA[<a href="x"><img src="y"></a></br>Cầu dài 480 mét.]]></description>'
            "<category>Giao thông</category><pubDate>Mon, 02 Feb 2026 01:30:00 GMT</pubDate></item>"
        )
    )
    assert feed == Feed(
        "feed",
        "Báo Mây",
        (
            Entry(
                "https://bao.example/cau-1.html",
                "Cầu Bến Mây thông xe",
                "Cầu dài 480 mét.",
                published=at(2, 8, 30),
                section="Giao thông",
            ),
        ),
    )


def test_atom_gives_published_and_updated() -> None:
    feed = parse_feed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Mây</title><entry><title>Mưa &amp;amp; gió</title>'
        '<link rel="alternate" href="https://bao.example/mua-2.html"/><summary>Mưa to.</summary>'
        "<published>2026-02-02T08:00:00+07:00</published><updated>2026-02-02T03:00:00Z</updated></entry></feed>".encode()
    )
    assert feed.entries == (
        Entry("https://bao.example/mua-2.html", "Mưa & gió", "Mưa to.", published=at(2, 8), updated=at(2, 10)),
    )


def test_rss_1_with_a_dublin_core_date_is_published_then() -> None:
    feed = parse_feed(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title></channel><item><title>T</title>'
        b"<link>https://bao.example/3.html</link><dc:date>2026-02-02T08:00:00+07:00</dc:date></item></rdf:RDF>"
    )
    assert [(entry.url, entry.published) for entry in feed.entries] == [("https://bao.example/3.html", at(2, 8))]


def test_a_sitemap_gives_addresses_and_when_they_changed_and_no_pictures() -> None:
    feed = parse_feed(
        b'<?xml version="1.0"?><!-- made by a CMS --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>https://anh.example/a.jpg'
        b"</image:loc><image:title>Anh</image:title></image:image><loc>https://bao.example/4.html?a=1&amp;b=2</loc>"
        b"<lastmod>2026-02-02</lastmod></url><!-- <url><loc>https://bao.example/bo.html</loc></url> --></urlset>"
    )
    assert feed == Feed("sitemap", "", (Entry("https://bao.example/4.html?a=1&b=2", updated=at(2)),))


def test_a_news_sitemap_gives_titles_and_publication_dates() -> None:
    feed = parse_feed(
        '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://bao.example/5.html</loc><news:news>'
        "<news:publication><news:name>Báo Mây</news:name></news:publication>"
        "<news:publication_date>2026-02-02T08:00:00+07:00</news:publication_date>"
        "<news:title><![CDATA[Mưa & gió]]></news:title></news:news></url></urlset>".encode()
    )
    assert feed.entries == (Entry("https://bao.example/5.html", "Mưa & gió", published=at(2, 8)),)


def test_a_sitemap_index_gives_its_sitemaps() -> None:
    feed = parse_feed(
        b"<sitemapindex><sitemap><loc>https://bao.example/2026-02.xml</loc><lastmod>2026-02-02T08:00:00+07:00</lastmod>"
        b"</sitemap></sitemapindex>"
    )
    assert feed == Feed("sitemap_index", "", (Entry("https://bao.example/2026-02.xml", updated=at(2, 8)),))


def test_gzip_is_unpacked_also_in_several_members() -> None:
    whole = rss("<item><title>T</title><link>https://bao.example/6.html</link></item>")
    assert parse_feed(gzip.compress(whole)) == parse_feed(gzip.compress(whole[:90]) + gzip.compress(whole[90:]))
    assert parse_feed(gzip.compress(whole)).entries == (Entry("https://bao.example/6.html", "T"),)


def test_is_feed_tells_feeds_from_pages() -> None:
    assert is_feed(rss(""))
    assert is_feed(gzip.compress(rss("")))
    assert is_feed(b"\n\n<b>Warning</b>: cannot modify header\n<rss version='2.0'>")
    assert not is_feed(b"<!doctype html><html><body><p>rss feed</p></body></html>")
    assert not is_feed(b"<html><body><pre>&lt;rss&gt;</pre><rss></rss></body></html>")
    assert not is_feed(b"")
    assert not is_feed(b'{"rss": 1}')


def test_a_hostile_feed_is_a_feed_so_that_nobody_takes_it_for_a_page() -> None:
    assert is_feed(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>')


# ---- links


def test_links_are_made_absolute_and_what_is_no_web_address_is_left_out() -> None:
    links = (
        "/7.html",
        "https://bao.example/8.html#c",
        "mailto:a@bao.example",
        "javascript:alert(1)",
        "https://[oops",
        "",
    )
    feed = parse_feed(
        rss("".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)),
        url="https://bao.example/rss",
    )
    assert [entry.url for entry in feed.entries] == ["https://bao.example/7.html", "https://bao.example/8.html#c"]


def test_an_ampersand_in_an_address_is_no_entity() -> None:
    address = "https://bao.example/1.html?id=1&section=2&copy=3"
    escaped = address.replace("&", "&amp;")
    for link in (address, escaped, escaped.replace("&", "&amp;"), f"<![CDATA[{address}]]>"):
        assert [
            entry.url for entry in parse_feed(rss(f"<item><title>T</title><link>{link}</link></item>")).entries
        ] == [address]
    for link in (address, escaped, f"<![CDATA[{address}]]>"):
        assert [
            entry.url for entry in parse_feed(f"<urlset><url><loc>{link}</loc></url></urlset>".encode()).entries
        ] == [address]


def test_an_address_that_comes_twice_is_given_once() -> None:
    item = "<item><title>{}</title><link>https://bao.example/9.html</link></item>"
    assert [entry.title for entry in parse_feed(rss(item.format("Một") + item.format("Hai"))).entries] == ["Một"]


def test_a_guid_that_is_an_address_stands_in_for_a_missing_link() -> None:
    feed = parse_feed(rss('<item><title>T</title><guid isPermaLink="false">https://bao.example/10.html</guid></item>'))
    assert [entry.url for entry in feed.entries] == ["https://bao.example/10.html"]


# ---- text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ông &amp;apos;Mây&amp;apos;", "Ông 'Mây'"),
        ("<![CDATA[ Ông &amp;apos;Mây&amp;apos; ]]>", "Ông 'Mây'"),
        ("<![CDATA[Lãi &amp;amp;gt; 5%]]>", "Lãi > 5%"),
        ("C&amp;#244;ng b&amp;#7889;", "Công bố"),
        ("<![CDATA[Tin <b>nóng</b> &quot;nhất&quot;]]>", 'Tin nóng "nhất"'),
        ("Giá 3 &lt; 5 và 7 &gt; 6", "Giá 3 < 5 và 7 > 6"),
        ("  Mưa\n   to ", "Mưa to"),
    ],
)
def test_titles_come_out_as_a_reader_sees_them(written: str, read: str) -> None:
    feed = parse_feed(rss(f"<item><title>{written}</title><link>https://bao.example/11.html</link></item>"))
    assert [entry.title for entry in feed.entries] == [read]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_feeds_are_read_with_or_without_a_byte_order_mark(charset: str) -> None:
    text = '<?xml version="1.0"?><rss><channel><title>Mưa ở Huế</title></channel></rss>'
    assert parse_feed(text.encode(charset)).title == "Mưa ở Huế"


def test_a_declared_old_character_set_is_honoured_and_an_absurd_one_is_not() -> None:
    old = b'<?xml version="1.0" encoding="windows-1258"?><rss><channel><title>\xd0\xea</title></channel></rss>'
    assert parse_feed(old).title == "Đê"
    absurd = '<?xml version="1.0" encoding="bz2"?><rss><channel><title>Đê</title></channel></rss>'.encode()
    assert parse_feed(absurd).title == "Đê"


# ---- dates


def test_month_first_dates_of_an_american_clock_are_told_by_their_am_and_pm() -> None:
    item = "<item><title>T</title><link>https://bao.example/{}.html</link><pubDate>{}</pubDate></item>"
    feed = parse_feed(rss(item.format(1, "2/3/2026 9:25:00 AM") + item.format(2, "2/3/2026 12:05:00 PM")))
    assert [entry.published for entry in feed.entries] == [at(3, 9, 25), at(3, 12, 5)]


def test_slashed_dates_are_day_first_where_nothing_says_otherwise() -> None:
    feed = parse_feed(
        rss("<item><title>T</title><link>https://bao.example/1.html</link><pubDate>3/2/2026 09:25</pubDate></item>")
    )
    assert [entry.published for entry in feed.entries] == [at(3, 9, 25)]


def test_one_date_that_can_be_read_one_way_only_decides_for_its_feed() -> None:
    item = "<item><title>T</title><link>https://bao.example/{}.html</link><pubDate>{}</pubDate></item>"
    feed = parse_feed(rss(item.format(1, "2/3/2026 09:25") + item.format(2, "1/30/2026 10:00")))
    assert [entry.published for entry in feed.entries] == [at(3, 9, 25), datetime(2026, 1, 30, 10, tzinfo=VIETNAM)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 02 Feb 2026 08:00:00 +0700", at(2, 8)),
        ("Mon, 02 Feb 2026 08:00:00 GMT+7", at(2, 8)),
        ("Mon, 02 Feb 2026 01:00:00 GMT", at(2, 8)),
        ("2026-02-02T08:00:00", at(2, 8)),
        ("2026-02-02", at(2)),
        ("0001-01-01T00:00:00Z", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_dates_of_all_kinds_come_out_in_vietnam_time(written: str, read: datetime | None) -> None:
    feed = parse_feed(
        rss(f"<item><title>T</title><link>https://bao.example/1.html</link><pubDate>{written}</pubDate></item>")
    )
    assert [entry.published for entry in feed.entries] == [read]


# ---- broken


def test_a_bare_ampersand_and_an_unclosed_end_do_not_lose_the_entries_before() -> None:
    broken = rss("<item><title>Mưa & gió</title><link>https://bao.example/1.html</link></item><item><title>Hai")
    assert parse_feed(broken[: broken.rindex(b"Hai") + 3]).entries[0] == Entry(
        "https://bao.example/1.html", "Mưa & gió"
    )


def test_a_control_character_does_not_stop_the_feed() -> None:
    feed = parse_feed(rss("<item><title>M\x0bưa\x00</title><link>https://bao.example/1.html</link></item>"))
    assert [entry.title for entry in feed.entries] == ["Mưa"]


def test_a_sitemap_cut_in_the_middle_gives_its_whole_rows() -> None:
    feed = parse_feed(b"<urlset><url><loc>https://bao.example/1.html</loc></url><url><loc>https://bao.exam")
    assert [entry.url for entry in feed.entries] == ["https://bao.example/1.html"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "found nothing"),
        (b"khong phai feed", "found no feed"),
        (b"<!doctype html><html></html>", "found a web page"),
        (b"\x1f\x8bkhong phai gzip", "found broken gzip"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_was_found(data: bytes, found: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(data, url="https://bao.example/rss")
    assert str(caught.value).startswith(f"https://bao.example/rss: {found}")
    assert "wanted RSS, Atom or a sitemap. Mend: " in str(caught.value)


# ---- hostile


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "declared",
    [
        LAUGHS,
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://169.254.169.254/"> %a;]>',
        '<!-- <rss> --><!DOCTYPE rss [<!entity a "b">]>',
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-7"])
def test_declared_entities_are_refused_in_every_character_set(declared: str, charset: str) -> None:
    text = f'<?xml version="1.0" encoding="{charset}"?>{declared}<rss><channel><title>&a;&i;</title></channel></rss>'
    started = time.perf_counter()
    if charset == "utf-7":  # not among the sets that are read: nothing is declared in what is left
        assert "ha" not in parse_feed_or_nothing(text.encode("utf-7"))
    else:
        with pytest.raises(FeedError, match="found a declaration of XML entities"):
            parse_feed(text.encode(charset))
    assert time.perf_counter() - started < 0.5


def parse_feed_or_nothing(data: bytes) -> str:
    try:
        return parse_feed(data).title
    except FeedError:
        return ""


def test_a_doctype_without_entities_is_no_attack_and_is_not_fetched() -> None:
    head = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
    )
    assert parse_feed(rss("", head=head)).title == "Báo Mây"


def test_entities_in_the_text_of_an_article_are_no_attack() -> None:
    feed = parse_feed(
        rss("<item><title><![CDATA[Giải thích <!ENTITY a>]]></title><link>https://bao.example/1.html</link></item>")
    )
    assert [entry.url for entry in feed.entries] == ["https://bao.example/1.html"]


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"<urlset>" + b" " * MAX_BYTES, MAX_BYTES),
        (gzip.compress(b"<rss>" + b" " * (MAX_BYTES * 5)), MAX_BYTES),
        (b"<rss>" + b" " * MAX_FEED_BYTES, MAX_FEED_BYTES),
    ],
    ids=["sitemap", "gzip bomb", "feed"],
)
def test_what_is_too_long_is_refused_before_it_is_parsed(data: bytes, limit: int) -> None:
    started = time.perf_counter()
    with pytest.raises(FeedError, match=f"found a feed of more than {limit:,} bytes, wanted less. Mend: "):
        parse_feed(data)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("piece", ["<url>", "<!--", "<url><loc>", "<loc><![CDATA[", "<url><news:title>"])
def test_a_sitemap_made_to_be_slow_is_not(piece: str) -> None:
    started = time.perf_counter()
    assert parse_feed(b"<urlset>" + piece.encode() * (500_000 // len(piece))).entries == ()
    assert time.perf_counter() - started < 2


# ---- anything at all


PIECES = st.sampled_from(
    [
        *(
            "<rss>",
            "</rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<link>",
            "</link>",
            "<pubDate>",
            "<urlset>",
        ),
        *(
            "<url>",
            "<loc>",
            "</loc>",
            "<sitemapindex>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<entry>",
            "<link href='",
        ),
        *(
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml",
            "?>",
            "<!DOCTYPE",
            "<!ENTITY",
            "&",
            "&#0;",
            "&#xd800;",
            "&#99999999999;",
        ),
        *(
            "https://bao.example/",
            "2/30/2026 9:99",
            "9" * 20,
            "\x00",
            "'",
            '"',
            "ế",
            "\udfff",
            "<html>",
            "xmlns:a='b'",
            "<a:b ",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=8), max_size=25),
    st.sampled_from(["", "<rss>", "<urlset><url>", "<feed><entry>"]),
)
def test_any_text_is_a_feed_or_a_feed_error(pieces: list[str], opening: str) -> None:
    try:
        feed = parse_feed((opening + "".join(pieces)).encode("utf-8", "surrogatepass"), url="https://bao.example/")
    except FeedError:
        return
    for entry in feed.entries:
        assert entry.url.startswith(("http://", "https://"))
        assert "\n" not in entry.title + entry.summary
        for moment in filter(None, (entry.published, entry.updated)):
            assert moment.utcoffset() == VIETNAM.utcoffset(None)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x1f\x8b", b"\xff\xfe<", b"<rss>", b"<?xml version='1.0' encoding='"]),
)
def test_any_bytes_are_a_feed_or_a_feed_error(data: bytes, opening: bytes) -> None:
    try:
        assert isinstance(parse_feed(opening + data), Feed)
    except FeedError:
        assert isinstance(is_feed(opening + data), bool)


# ---- real feeds


@pytest.mark.shared
@pytest.mark.skipif(not REAL.is_dir(), reason="the measuring data shared/data/rss is not beside the checkout")
@pytest.mark.parametrize(
    ("name", "entries", "newest"),
    [
        ("tuoitre_nhip-song-so_2026-10-02_date-quirk.xml", 1, "2026-10-02T09:25:00+07:00"),
        ("vietnamnet_thoi-su_2026-08-09_excerpt.xml", 5, "2026-08-09T19:00:00+07:00"),
        ("vnexpress_the-gioi_2025-02-06_excerpt.xml", 1, "2025-02-06T20:30:48+07:00"),
        ("vnexpress_the-thao_2019-05-30_excerpt.xml", 3, "2019-05-30T18:02:00+07:00"),
    ],
)
def test_real_feeds_are_read_whole(name: str, entries: int, newest: str) -> None:
    feed = parse_feed((REAL / name).read_bytes())
    assert (feed.kind, len(feed.entries)) == ("feed", entries)
    assert max(entry.published.isoformat() for entry in feed.entries if entry.published) == newest
    for entry in feed.entries:
        assert entry.title
        assert entry.summary
        assert not {"&amp;", "&apos;", "<img", "</br>"} & set((entry.title + " " + entry.summary).split())
        assert "&apos" not in entry.title + entry.summary
