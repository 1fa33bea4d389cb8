"""What a SOURCE is: files by suffix, folders, saved feeds with their pages, stdin; and what is said of the rest."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.article import Article, Rejection
from ingest.reading import Reading, SourceError
from ingest.run import ingest
from ingest.sources import bytes_of, offers, read_source

BODY = (
    "Sáng nay, người dân xã Lam Khê bắt đầu dọn dẹp sau trận mưa lớn kéo dài suốt ba ngày qua.",
    "Chính quyền xã cho biết không có thiệt hại về người, nhưng nhiều tuyến đường vẫn còn ngập sâu.",
    "Lực lượng dân quân đã được huy động để giúp bà con vận chuyển đồ đạc và khơi thông cống rãnh.",
)


def record(docid: str, **fields: object) -> dict[str, object]:
    return {"id": docid, "title": "Lam Khê dọn lũ", "body": "\n".join(BODY), "published": "2025-03-01", **fields}


def page(number: int, *, dated: bool = True) -> str:
    title = "Lam Khê dọn dẹp sau mưa lớn"
    date = f'<meta property="article:published_time" content="2025-03-0{number}T07:00:00+07:00">' if dated else ""
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} {number}</title>'
        f"{date}"
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title} {number}"></head>'
        f"<body><article><h1>{title} {number}</h1>{paragraphs}</article></body></html>"
    )


def feed(*items: tuple[str, str]) -> str:
    """An RSS feed of (address, summary)."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tin</title>'
        + "".join(
            f"<item><title>Tin {number}</title><link>{url}</link><description>{summary}</description>"
            f"<category>Thời sự</category><pubDate>Sun, 02 Mar 2025 01:00:00 GMT</pubDate></item>"
            for number, (url, summary) in enumerate(items, 1)
        )
        + "</channel></rss>"
    )


def read(source: Path | str, **options: object) -> list[str]:
    """What came out: the id of each article, the reason of each rejection."""
    return [
        found.reason if isinstance(found, Rejection) else found.id
        for found in read_source(str(source), Reading(**options))  # type: ignore[arg-type]
    ]


@dataclass
class Saved:
    folder: Path

    def __call__(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@pytest.fixture
def save(tmp_path: Path) -> Saved:
    return Saved(tmp_path)


def test_json_lines_give_an_article_or_a_rejection_a_line(save: Saved) -> None:
    lines = "\n".join([json.dumps(record("a")), "{", json.dumps(record("c", published=None))])
    path = save("tin.jsonl", lines)
    assert read(path) == ["a", "broken_json", "no_date"]
    assert read(path, allow_undated=True) == ["a", "broken_json", "c"]
    found = list(read_source(str(path)))
    assert isinstance(found[2], Rejection)
    assert found[2].source == f"{path}:3"


def test_gzip_and_capitals_in_the_suffix_make_no_difference(save: Saved) -> None:
    assert read(save("TIN.JSONL.GZ", gzip.compress(json.dumps(record("a")).encode()))) == ["a"]
    assert read(save("tin.json.gz", gzip.compress(json.dumps([record("a"), record("b")]).encode()))) == ["a", "b"]
    assert len(read(save("tin.html.gz", gzip.compress(page(1).encode())))) == 1


def test_a_print_text_is_one_article_in_any_unicode_with_a_byte_order_mark(save: Saved) -> None:
    text = "Lam Khê dọn lũ\n\n(Báo Lam) - " + "\n\n".join(BODY) + "\n\nNgày 1/3/2025\n"
    utf8 = list(read_source(str(save("1.txt", text)), Reading(allow_undated=True)))
    utf16 = list(read_source(str(save("2.txt", text.encode("utf-16"))), Reading(allow_undated=True)))
    assert isinstance(utf8[0], Article)
    assert utf8[0].title == "Lam Khê dọn lũ"
    assert utf8 == utf16
    assert read(save("3.txt", text.encode("utf-8").replace(b"Lam", b"L\xe9m"))) == ["bad_encoding"]


def test_a_page_is_one_article(save: Saved) -> None:
    found = list(read_source(str(save("trang.htm", page(3)))))
    assert isinstance(found[0], Article)
    assert (found[0].title, len(found[0].paragraphs)) == ("Lam Khê dọn dẹp sau mưa lớn 3", 3)


def test_a_saved_feed_leads_to_the_pages_saved_beside_it(save: Saved) -> None:
    save("lam-khe-100001.html", page(1))
    save("lam-khe-100002.html", page(2))
    short, long = "Chỉ là lời báo trước.", "Nước rút chậm ở các xã ven sông. " * 8
    path = save(
        "feed.xml",
        feed(
            ("https://bao.example/lam-khe-100001.html", short),
            ("https://bao.example/khong-co-trang-100003.html", short),
            ("https://bao.example/chi-co-sapo-100004.html", long),
            ("https://bao.example/xa/lam-khe-100002.html?utm_source=rss", short),
        ),
    )
    first, second, third, fourth = read_source(str(path))
    assert isinstance(first, Article)
    assert (first.url, first.section) == ("https://bao.example/lam-khe-100001.html", "Thời sự")
    assert first.published is not None
    assert first.published.isoformat() == "2025-03-01T07:00:00+07:00"
    assert isinstance(second, Rejection)
    assert second.reason == "page_missing"
    assert "khong-co-trang-100003.html" in second.detail
    assert isinstance(third, Article)
    assert third.published is not None
    assert (third.text, third.published.isoformat()) == (long.strip(), "2025-03-02T08:00:00+07:00")
    assert isinstance(fourth, Article)
    assert fourth.url.startswith("https://bao.example/xa/lam-khe-100002.html")


def test_the_date_of_the_feed_stands_in_for_one_the_page_does_not_give(save: Saved) -> None:
    save("lam-khe-100001.html", page(1, dated=False))
    found = list(read_source(str(save("feed.xml", feed(("https://bao.example/lam-khe-100001.html", "Tin."))))))
    assert isinstance(found[0], Article)
    assert found[0].published is not None
    assert found[0].published.isoformat() == "2025-03-02T08:00:00+07:00"


def test_a_page_of_a_saved_feed_is_read_once_when_the_folder_is(save: Saved) -> None:
    save("rss/feed.xml", feed(("https://bao.example/lam-khe-100001.html", "Tin.")))
    save("rss/lam-khe-100001.html", page(1))
    save("rss/rieng.html", page(2))
    found = list(read_source(str(save.folder)))
    assert [item.url if isinstance(item, Article) else item for item in found] == [
        "https://bao.example/lam-khe-100001.html",
        "",
    ]


def test_a_page_that_two_entries_could_claim_is_given_to_neither(save: Saved) -> None:
    save("index.html", page(1))
    path = save(
        "feed.xml", feed(("https://bao.example/a/index.html?p=1", "A."), ("https://bao.example/b/index.html?p=2", "B."))
    )
    assert read(path) == ["page_missing", "page_missing"]
    found = [item for item in read_source(str(save.folder)) if isinstance(item, Article)]
    assert [item.url for item in found] == [""]


def test_an_entry_cannot_reach_a_file_outside_the_folder_of_its_feed(save: Saved) -> None:
    save("rieng-tu.html", page(1))
    path = save(
        "rss/feed.xml", feed(("https://bao.example/..%2Frieng-tu.html", "Tin."), ("https://bao.example/x/..", "Tin."))
    )
    assert read(path) == ["page_missing", "page_missing"]


def test_a_folder_is_read_in_order_and_what_is_no_article_is_counted(save: Saved) -> None:
    save("b.jsonl", json.dumps(record("b")))
    save("a.jsonl", json.dumps(record("a")))
    save("con/c.jsonl", json.dumps(record("c")))
    save("anh.jpg", b"\xff\xd8")
    save(".an.jsonl", json.dumps(record("an")))
    save(".git/d.jsonl", json.dumps(record("d")))
    skipped: list[str] = []
    assert read(save.folder, on_skip=lambda path: skipped.append(path.name)) == ["a", "b", "c"]
    assert skipped == [".an.jsonl", "anh.jpg"]


def test_a_file_in_a_folder_that_cannot_be_read_keeps_no_other_out(save: Saved) -> None:
    save("a.jsonl", json.dumps(record("a")))
    save("b.json.gz", b"not gzip at all")
    save("c.xml", "<html><body>Không phải feed.</body></html>")
    save("d.jsonl", json.dumps(record("d")))
    assert read(save.folder) == ["a", "unreadable", "not_a_feed", "d"]


def test_a_minus_sign_is_json_lines_on_standard_input() -> None:
    stdin = BytesIO((json.dumps(record("a")) + "\n{").encode())
    first, second = read_source("-", stdin=stdin)
    assert isinstance(first, Article)
    assert isinstance(second, Rejection)
    assert (first.id, second.source) == ("a", "stdin:2")


@pytest.mark.parametrize(
    ("piped", "ids"),
    [
        (json.dumps([record("a"), record("b")]), ["a", "b"]),
        (json.dumps(record("a"), indent=2), ["a"]),
        ("không phải JSON\n" + json.dumps(record("b")), ["broken_json", "b"]),
        ('{"id": "hong", "title": "Đứt giữa ch\n' + json.dumps(record("b")), ["broken_json", "b"]),
    ],
)
def test_standard_input_may_also_bring_an_array_and_a_broken_first_line_loses_no_other(
    piped: str, ids: list[str]
) -> None:
    found = read_source("-", stdin=BytesIO(piped.encode()))
    assert [item.id if isinstance(item, Article) else item.reason for item in found] == ids


def test_how_much_is_to_come_is_told_in_bytes_of_files_and_folders(save: Saved) -> None:
    lines, inside = save("a.jsonl", "{}\n{}\n{}"), save("tin/b.html.gz", b"12345")
    save("tin/.an.txt", "1234567"), save("tin/anh.jpg", "1234567")
    assert (bytes_of(str(lines)), bytes_of(str(inside.parent)), bytes_of(str(save.folder))) == (8, 5, 13)
    assert bytes_of("-") is bytes_of("nowhere.jsonl") is None


def test_reading_tells_the_bytes_it_has_read_as_they_lie_on_the_disk(save: Saved) -> None:
    path = save("tin.jsonl.gz", gzip.compress(json.dumps(record("a")).encode()))
    read_bytes: list[int] = []
    assert read(path, on_bytes=read_bytes.append) == ["a"]
    assert sum(read_bytes) == path.stat().st_size


def keys(path: Path, **options: bool) -> list[bytes]:
    return [offer.key for offer in offers(str(path), Reading(**options))]


def test_an_input_has_one_key_wherever_it_lies_and_another_for_each_change_of_its_bytes_or_of_the_choices(
    save: Saved,
) -> None:
    (line,) = keys(save("a.jsonl", json.dumps(record("a"))))
    assert keys(save("b.json", json.dumps([record("a")], indent=1))) == [line]
    (page_key,), (print_key,) = keys(save("c.html", "<p>Tin.</p>")), keys(save("d.txt", "<p>Tin.</p>"))
    others = [
        line,
        page_key,
        print_key,
        *keys(save("e.jsonl", json.dumps(record("b")))),
        *keys(save("f.html", "<p>Tin!</p>")),
        *keys(save("a.jsonl", json.dumps(record("a"))), allow_undated=True),
        *keys(save("a.jsonl", json.dumps(record("a"))), any_language=True),
    ]
    assert len(set(others)) == len(others) == 7
    assert keys(save("g.jsonl", "{")) == [b""], "what is refused unread is not remembered"


def test_a_page_larger_than_the_limit_is_rejected_without_being_unpacked_whole(save: Saved) -> None:
    bomb = save("trang.html.gz", gzip.compress(b"<p>" + b"a" * 3_000_000))
    assert read(bomb, max_bytes=1_000_000) == ["too_long"]
    assert read(save("trang.txt", "a" * 101), max_bytes=100) == ["too_long"]


@pytest.mark.parametrize("source", ["", "  ", "a\0b.jsonl", "dài" * 200 + ".jsonl"])
def test_a_name_that_is_no_name_is_refused_and_never_means_the_working_folder(source: str) -> None:
    assert bytes_of(source) is None
    with pytest.raises(SourceError, match=r"wanted \.jsonl .*Mend: "):
        read(source)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tin.jsonl")
    with pytest.raises(SourceError, match="hoitin ingest - <") as refused:
        read(tmp_path / "tin.jsonl")
    assert refused.value.reason == "unsupported"


def test_a_name_that_is_not_utf8_is_read_and_shown_in_a_form_that_can_be_printed(save: Saved, archive: Archive) -> None:
    path = os.fsdecode(os.path.join(os.fsencode(save.folder), b"b\xe1o.jsonl"))
    Path(path).write_text(json.dumps(record("a")) + "\n{")
    report = ingest(archive, [path])
    assert (report.accepted, len(report.rejected)) == (1, 1)
    assert report.rejected[0].source.encode().endswith(b"b\\udce1o.jsonl:2")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("khong-co.jsonl", None, r"khong-co\.jsonl: no such file, wanted \.jsonl"),
        ("khong-co", None, "no such file"),
        ("bang.xlsx", b"PK", r"found the suffix '\.xlsx', wanted \.jsonl"),
        ("README", b"x", "found no suffix"),
        ("rong.jsonl", b"", "found nothing in it"),
        ("rong.jsonl", b"\n\n  \n", "found nothing in it"),
        ("rong.html", b" ", "found nothing in it"),
        ("rong.txt", b"", "found nothing in it"),
        ("rong.json", b"[]", "found nothing in it"),
        ("rong.jsonl.gz", gzip.compress(b""), "found nothing in it"),
        ("con/anh.jpg", b"x", "a folder without any article"),
    ],
)
def test_a_source_from_which_nothing_comes_is_named_with_what_was_wanted(
    save: Saved, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        save(name, content)
    source = save.folder / name.partition("/")[0]
    with pytest.raises(SourceError, match=says + r".*Mend: "):
        read(source)
