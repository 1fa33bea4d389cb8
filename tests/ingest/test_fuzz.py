"""Whatever a file holds, it is an article or is refused with a reason, within five seconds.

    pytest tests/ingest/test_fuzz.py -s                                  400 cases
    pytest tests/ingest/test_fuzz.py -s --hypothesis-profile=thorough    2,000 cases, about two minutes

Each case is a file of one of four kinds (a page, a feed, records, any bytes under any suffix), read as
`hoitin ingest` reads it; what comes out must fit into the archive. Prints how many cases there were and how long
the slowest took.
"""

from __future__ import annotations

import gzip
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Article, Rejection
from ingest.extract import FAULT, MAX_TAGS
from ingest.reading import Reading, SourceError
from ingest.rows import to_row
from ingest.sources import read_source

LIMIT_S = 5.0
KEPT = Reading(allow_undated=True, any_language=True)
UNSEEN = {"Cc", "Cf", "Cs"}

relaxed = settings(deadline=LIMIT_S * 1000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
"""The number of cases comes from the profile: 100 of each kind, or 500."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


seconds: list[float] = []
came_to: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def tally() -> Iterator[None]:
    yield
    print(f"\n{len(seconds)} cases, slowest {max(seconds, default=0):.2f} s; {dict(came_to.most_common())}")


def check(folder: Path, suffix: str, data: bytes) -> None:
    """Read a file of these bytes; every item is sound, or refused with a reason."""
    path = folder / f"case{suffix}"
    path.write_bytes(data)
    began = time.process_time()  # of this process: other work on the machine is no hang
    try:
        found = list(read_source(str(path), KEPT))
    except SourceError as error:
        found = [Rejection(error.source, error.reason, str(error))]
    seconds.append(time.process_time() - began)
    assert seconds[-1] < LIMIT_S
    assert found
    for item in found:
        if isinstance(item, Rejection):
            came_to[item.reason] += 1
            assert item.reason
            assert item.reason != FAULT, item.detail
            assert item.detail
        else:
            came_to["article"] += 1
            sound(item)


def sound(article: Article) -> None:
    to_row(article)  # the archive can hold it
    assert article.id
    assert article.title
    assert article.paragraphs
    assert all(paragraph.strip() for paragraph in article.paragraphs)
    for text in (article.title, *article.paragraphs, *article.captions, *article.byline):
        assert unicodedata.is_normalized("NFC", text)
        assert not {char for char in text if char < "\U00010000" and unicodedata.category(char) in UNSEEN}
    assert all(moment is None or moment.tzinfo for moment in (article.published, article.updated))


# ---- what files are made of

WORDS = st.sampled_from(
    "Sáng nay cầu mới đã thông xe ở Lam Khê. TP.HCM 3.500 12/5/2025 08:30 (HTV) - >>> Ảnh: Theo Link nội dung: "
    "https://bao.example/tin-222251101102601635.htm “Mưa” … [ ] { } ' \\ \\u &amp; &amp;amp; &#0; &#xd800; &lt;".split()
)
ODD = st.sampled_from(
    [
        "\x00",
        "\ufeff",
        "\u202e",  # direction override
        "\u2066",
        "\u200b",
        "\ufdfa",
        "\u0301" * 50,
        unicodedata.normalize("NFD", "Tuyến đường mới ở phường Bến Thủy"),
        "\U000e0041",
        "\r",
        "\u2028",
        "a" * 5_000,
        "." * 3_000,
        "Ả" * 3_000,
        "\t" * 3_000,
    ]
)
TEXT = st.lists(WORDS | ODD | st.text(max_size=20), max_size=40).map(" ".join)
PIECES = st.sampled_from(
    [
        *(f"<{name}>" for name in "html head body article main div p h1 a li table td figure script style".split()),
        *(f"</{name}>" for name in "html head body article div p h1 a li table figure script style".split()),
        "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", "<?xml version='1.0'?>", "<", ">", "<p", "='", '"', "<br/>",
        '<meta property="og:type" content="article">', '<meta property="og:title" content="Cầu mới">',
        '<meta property="article:published_time" content="2025-01-02T03:04:05">', "<meta charset='utf-16'>",
        "<meta charset=windows-1258>", '<script type="application/ld+json">{"@type":"NewsArticle","headline":',
        '{"@type":["NewsArticle"],"author":[{"name":null}],"datePublished":1e999}', "<base href='http://[' >",
        '<time datetime="9999-99-99">', '<link rel="canonical" href="//">', '<div class="related sapo caption">',
        '<figure><img alt="x"><figcaption>', "<a href='javascript:x'>", "<div>" * 300, "</div>" * 300, "<svg><title>",
    ]
)  # fmt: skip
FEED_PIECES = st.sampled_from(
    [
        '<rss version="2.0">', "<channel>", "<item>", "</item>", "</channel>", "</rss>", "<title>", "</title>",
        "<link>https://bao.example/tin-100001.html</link>", "<link>", "</link>", "<description>", "</description>",
        "<![CDATA[", "]]>", "<pubDate>Mon, 02 Feb 2026 08:00:00 +0700</pubDate>", "<pubDate>", "</pubDate>",
        '<feed xmlns="http://www.w3.org/2005/Atom">', "<entry>", "</entry>", "</feed>", '<link href="https://bao.example/1"/>',
        "<urlset>", "<url>", "<loc>https://bao.example/tin-100001.html</loc>", "<lastmod>2026-02-30</lastmod>", "</url>",
        "</urlset>", "<sitemapindex><sitemap><loc>", "<!ENTITY a 'ha'>", '<!DOCTYPE l [<!ENTITY b "&b;&b;">]>', "&b;", "&amp;amp;",
        '<?xml version="1.0" encoding="utf-7"?>', '<?xml version="1.0" encoding="utf-16"?>', "<content:encoded>", "<guid>",
        "<category>Thời sự</category>", "<!--", "-->", "<rdf:RDF>", "<a:b:c>",
    ]
)  # fmt: skip


def encoded(text: str, codec: str) -> bytes:
    return text.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")


CODECS = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "utf-16-le", "utf-32", "windows-1258", "utf-8-sig"])
CUT = st.integers(0, 400)


def documents(pieces: st.SearchStrategy[str], opening: str) -> st.SearchStrategy[bytes]:
    texts = st.lists(pieces | TEXT, max_size=60).map("".join).map(lambda text: opening + text)
    return st.builds(lambda text, codec, cut: encoded(text, codec)[cut if cut < 20 else 0 :], texts, CODECS, CUT)


PAGES = documents(PIECES, "<html><h1>Cầu Bến Mây mới đã thông xe</h1>") | documents(PIECES, "")
FEEDS = documents(FEED_PIECES, '<rss version="2.0"><channel>') | documents(FEED_PIECES, "")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = (
    "id url link title headline summary sapo body text content paragraphs captions byline author published date "
    "updated fetched url_time outlet source section category story version lang"
).split()
ANY_RECORD = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), VALUES, max_size=10)
LIKELY = st.fixed_dictionaries({"title": WORDS.map("Cầu mới {}".format), "body": TEXT}, optional={"summary": TEXT})
RECORDS = ANY_RECORD | st.builds(lambda any_record, likely: any_record | likely, ANY_RECORD, LIKELY)


def as_lines(records: list[dict[str, object]], ascii_only: bool, broken: bytes, at: int) -> bytes:
    lines = "\n".join(json.dumps(record, ensure_ascii=ascii_only) for record in records)
    data = lines.encode("utf-8", "surrogatepass")
    return data[:at] + broken + data[at:] if broken else data


LINES = st.builds(
    as_lines, st.lists(RECORDS, min_size=1, max_size=4), st.booleans(),
    st.sampled_from([b"", b"", b"\x00", b"\n", b'"', b"[", b"\xff", b"\\ud800"]), CUT,
)  # fmt: skip
SUFFIXES = st.sampled_from(
    [kind + packed for kind in (".jsonl", ".json", ".txt", ".html", ".xml") for packed in ("", ".gz")]
)
BYTES = st.binary(max_size=600) | st.builds(gzip.compress, st.binary(max_size=600)) | PAGES | FEEDS | LINES


# ---- the four kinds


@given(PAGES)
@relaxed
def test_any_page_is_an_article_or_refused_with_a_reason(folder: Path, data: bytes) -> None:
    check(folder, ".html", data)


@given(FEEDS)
@relaxed
def test_any_feed_leads_to_articles_or_is_refused_with_a_reason(folder: Path, data: bytes) -> None:
    check(folder, ".xml", data)


@given(LINES, st.sampled_from([".jsonl", ".json"]))
@relaxed
def test_any_record_is_an_article_or_refused_with_a_reason(folder: Path, data: bytes, suffix: str) -> None:
    check(folder, suffix, data)


@given(BYTES, SUFFIXES)
@relaxed
def test_any_bytes_under_any_suffix_are_read_or_refused_with_a_reason(folder: Path, data: bytes, suffix: str) -> None:
    check(folder, suffix, data)


# ---- the worst that is known

ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "ha">{ENTITIES}]>'
SENTENCE = "Sáng nay cầu Bến Mây đã thông xe, dài 480 mét. "
LONG = SENTENCE * (10_000_000 // len(SENTENCE.encode()))
NFD = unicodedata.normalize("NFD", SENTENCE)
RTL = "\u202e" + SENTENCE + "\u2067\u2066"


def in_every_form(text: str) -> dict[str, bytes]:
    """The text as the body of a page, of a feed's entry, of a record, and by itself."""
    record = json.dumps({"title": "Cầu Bến Mây thông xe", "body": text}, ensure_ascii=True)
    entry = f"<item><title>Cầu</title><link>https://bao.example/1</link><description>{text}</description></item>"
    return {
        ".html": f"<html><h1>Cầu Bến Mây thông xe</h1><p>{text}</p>".encode("utf-8", "surrogatepass"),
        ".xml": f'<rss version="2.0"><channel>{entry}</channel></rss>'.encode("utf-8", "surrogatepass"),
        ".jsonl": record.encode(),
        ".json": f"[{record}]".encode(),
        ".txt": f"Cầu Bến Mây thông xe\n\n{text}".encode("utf-8", "surrogatepass"),
    }


WORST = {
    "ten megabytes on one line": LONG,
    "ten megabytes without a space": "cầu" * 2_500_000,
    "NUL": SENTENCE.replace(" ", "\x00 ") * 20,
    "lone surrogates": ("\ud800" + SENTENCE + "\udfff") * 20,
    "decomposed letters": NFD * 20,
    "direction overrides": RTL * 20,
    "marks without letters": "\u0301\u0323" * 200_000,
    "one escaped five times": "&amp;amp;amp;amp;lt;p&gt;" * 50_000,
    "seams": 'trường.Hai"' * 100_000,
}


@pytest.mark.parametrize("suffix", [".html", ".xml", ".jsonl", ".json", ".txt"])
@pytest.mark.parametrize("text", list(WORST.values()), ids=list(WORST))
def test_the_worst_texts_are_judged_in_every_form(folder: Path, text: str, suffix: str) -> None:
    check(folder, suffix, in_every_form(text)[suffix])


@pytest.mark.parametrize("suffix", [".xml", ".html", ".txt"])
@pytest.mark.parametrize("root", ["rss", "feed", "urlset", "html"])
def test_a_billion_laughs_are_not_laughed(folder: Path, suffix: str, root: str) -> None:
    check(folder, suffix, f"{LAUGHS}<{root}><p>&l9;</p></{root}>".encode())


@pytest.mark.parametrize("suffix", [".html.gz", ".xml.gz", ".jsonl.gz", ".json.gz", ".txt.gz"])
def test_a_gzip_bomb_is_given_up(folder: Path, suffix: str) -> None:
    check(folder, suffix, gzip.compress(b"<p>" + b" " * 300_000_000, 1))


TAGS = [
    "<p>", "<p>x", "<td>x</td>", "<a href='/cau-moi-123456.html'>Cầu mới</a>", "<script type='application/ld+json'>{}</script>",
    f"<p>{SENTENCE}", "<div class='related'>", "<meta property='a' content='b'>", "<time datetime='2024-01-01'>", "<!--",
]  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_of_one_tag_again_and_again_is_judged(folder: Path, tag: str) -> None:
    opening = "<html><h1>Cầu Bến Mây thông xe</h1>"
    check(folder, ".html", (opening + tag * (10_000_000 // len(tag.encode()))).encode())
    check(folder, ".html", (opening + tag * (MAX_TAGS // tag.count("<") - 5)).encode())


ITEM = "<item><title>Cầu</title><link>https://bao.example/1</link>"


@pytest.mark.parametrize(
    "piece", ["<a>", "<item>", "&", "&amp;lt;", "<!-- x -->", f"{ITEM}</item>", ITEM, "<![CDATA[<b>]]>"]
)
@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_a_feed_of_one_piece_again_and_again_is_read_or_refused(folder: Path, root: str, piece: str) -> None:
    for size in (400_000, 3_900_000):
        check(folder, ".xml", f"<{root}><channel>{piece * (size // len(piece.encode()))}".encode())


def test_tags_with_attributes_without_end_are_not_slow(folder: Path) -> None:
    attributes = " ".join(f"a{n}='b'" for n in range(100_000))
    for opening in ("<rss ", "<rss><channel><item ", "<urlset><url "):
        check(folder, ".xml", f"{opening}{attributes}>".encode())
    check(folder, ".html", f"<html><h1>Cầu</h1><p {attributes}>{SENTENCE}".encode())


@pytest.mark.parametrize("depth", [1_000, 200_000])
def test_nesting_is_given_up_or_read_flat(folder: Path, depth: int) -> None:
    check(folder, ".json", b"[" * depth)
    check(folder, ".jsonl", b'{"a":' * depth)
    check(folder, ".html", b"<div>" * depth + SENTENCE.encode())
    check(folder, ".xml", b"<rss>" + b"<a>" * depth)
