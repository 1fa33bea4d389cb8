"""Extraction measured on real pages, records and feeds kept beside the checkout (never in it).

    pytest tests/ingest/test_extraction_measured.py -s

prints one table a set. Skipped by name where the data is not there.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.article import VIETNAM, Article, Rejection
from ingest.dates import from_url, parse
from ingest.dedup import StoryIndex
from ingest.extract import article_links, from_html, from_print, from_record
from ingest.language import detect
from ingest.text import clean_paragraphs, squash, unglue

SHARED = Path(__file__).parents[3] / "shared" / "data"
HTML, NEWS = SHARED / "html", SHARED / "news"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the measuring data shared/data is not beside the checkout"),
]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    yield from map(json.loads, filter(None, text.split("\n")))


def article(judged: Article | Rejection) -> Article:
    assert isinstance(judged, Article), judged
    return judged


def token_f1(found: str, gold: str) -> float:
    left, right = (Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())) for text in (found, gold))
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def without_spaces(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def test_the_first_article_of_the_project_comes_out_exactly() -> None:
    text = (SHARED / "seed" / "000_f7a52a1eb4ce4c60.txt").read_text(encoding="utf-8")
    found = article(from_print(text, source="seed"))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert found.title == lines[0]
    assert found.outlet == "HTV"
    assert found.id == "htv.com.vn-222251101102601635"
    assert found.published == datetime(2025, 11, 1, 10, 26, 1, tzinfo=VIETNAM)
    assert len(found.byline) == 2
    assert found.paragraphs == (lines[1].removeprefix("(HTV) - "), lines[2], lines[5], lines[6], lines[10])
    assert found.captions == (lines[4], lines[9])
    assert found.url == lines[-1].removeprefix("Link nội dung: ")


def test_saved_pages_give_title_date_and_body_better_than_plain_trafilatura() -> None:
    import trafilatura

    ours, plain = [], []
    print(f"\n{'page':38} {'token F1':>9} {'trafilatura':>12}")
    for gold in json.loads((HTML / "gold.json").read_text(encoding="utf-8")):
        raw = (HTML / gold["file"]).read_bytes()
        found = article(from_html(raw, url=gold["url"], source=gold["file"]))
        assert squash(found.title) == squash(gold["h1"])
        shown = gold["published_meta"] or "2026-03-07T08:47:00+07:00"  # read from the page: it has no meta date
        assert found.published == parse(shown)
        sapo = re.sub(r"^\([^)]{2,20}\)\s*-\s*", "", gold["sapo"])
        wanted = "\n".join([sapo, *gold["paragraphs"]])
        ours.append(token_f1(found.text, wanted))
        plain.append(token_f1(trafilatura.extract(raw) or "", wanted))
        print(f"{gold['file']:38} {ours[-1]:9.4f} {plain[-1]:12.4f}")
    mean, theirs = sum(ours) / len(ours), sum(plain) / len(plain)
    print(f"{'mean of ' + str(len(ours)):38} {mean:9.4f} {theirs:12.4f}")
    assert mean >= 0.99
    assert mean > theirs


def test_a_page_read_by_fundus_gives_the_same_article() -> None:
    gold = json.loads((HTML / "fundus_VnExpress.json").read_text(encoding="utf-8"))["V1"]
    url = next(iter(json.loads((HTML / "fundus_meta.info").read_text(encoding="utf-8")).values()))["url"]
    raw = gzip.decompress((HTML / "fundus_VnExpress_2025_10_22.html.gz").read_bytes())
    found = article(from_html(raw, url=url, source=url))
    (section,) = gold["body"]["sections"]
    captions = {line for line in section["paragraphs"] if "Ảnh:" in line}
    assert found.title == gold["title"]
    assert found.published == datetime.fromisoformat(gold["publishing_date"])
    assert list(found.byline) == gold["authors"]
    assert [found.summary] == gold["body"]["summary"]
    assert set(found.captions) == captions
    assert list(found.paragraphs[1:]) == [line for line in section["paragraphs"] if line not in captions]


@pytest.mark.parametrize(
    ("name", "url", "pattern", "at_least"),
    [
        ("baodautu", "https://baodautu.vn/dau-tu-tai-chinh-d6/", r"-d\d{6}\.html$", 30),
        ("cafef", "https://cafef.vn/thi-truong-chung-khoan.chn", r"-188\d{12,15}\.chn$", 30),
        ("dantri", "https://dantri.com.vn/kinh-doanh.htm", r"/(?:kinh-doanh|bat-dong-san)/.*-20\d{15}\.htm$", 40),
        ("vietnamnet", "https://vietnamnet.vn/kinh-doanh", r"-\d{7}\.html$", 30),
    ],
)
def test_list_pages_give_article_links_only_and_are_no_articles(
    name: str, url: str, pattern: str, at_least: int
) -> None:
    raw = (HTML / f"meth04_{name}_list.html").read_bytes()
    links = article_links(raw, url=url)
    assert len(links) == len(set(links)) >= at_least
    assert [link for link in links if not re.search(pattern, link)] == []
    assert isinstance(from_html(raw, url=url, source=url), Rejection)


def test_the_time_in_every_url_of_the_headlines_is_reproduced() -> None:
    wrong = n = 0
    for row in rows(NEWS / "headlines.jsonl.gz"):
        if "url_time" in row:
            n += 1
            wrong += from_url(row["link"]) != datetime.fromisoformat(row["url_time"])
    print(f"\nurl times: {n - wrong} of {n}")
    assert wrong == 0


def test_every_headline_with_a_sapo_is_a_dated_article() -> None:
    sample = random.Random(1).sample(list(rows(NEWS / "headlines.jsonl.gz")), 5_000)
    refused = Counter(
        judged.reason
        for row in sample
        if row["summary"] and isinstance(judged := from_record(row, source="-"), Rejection)
    )
    print(f"\nheadlines refused, of {len(sample)}: {dict(refused)}")
    assert refused.total() <= 10


def test_evidence_that_people_quoted_is_still_in_the_text() -> None:
    records = {row["id"]: row for row in rows(NEWS / "articles.jsonl")}
    texts = {docid: article(from_record(row, source=docid, allow_undated=True)) for docid, row in records.items()}
    quoted = [
        (row["docids"][0], row["evidence"]) for row in rows(SHARED / "news_qa" / "questions.jsonl") if row["answerable"]
    ]
    quoted += [(row["docid"], row["evidence"]) for row in rows(SHARED / "news_qa" / "claims.jsonl") if row["docid"]]
    quoted = [(docid, part) for docid, evidence in quoted for part in evidence.split(" | ") if part]
    missing = [(docid, part) for docid, part in quoted if without_spaces(part) not in without_spaces(texts[docid].text)]
    from_titles = [pair for pair in missing if without_spaces(pair[1]) in without_spaces(texts[pair[0]].title)]
    print(f"\nevidence found: {len(quoted) - len(missing)} of {len(quoted)}; {len(from_titles)} are titles")
    assert len(missing) - len(from_titles) <= 1  # one quotes the "TTO - " before the sapo


def test_glued_paragraphs_come_apart() -> None:
    bodies = [row["body"] for row in rows(NEWS / "articles.jsonl") if "['" not in row["body"]]
    splits = [sum(len(unglue(line)) - 1 for line in clean_paragraphs(body)) for body in bodies]
    print(f"\nunglued: {sum(splits)} seams in {sum(map(bool, splits))} of {len(bodies)} articles")
    assert sum(splits) > 6_000


def test_known_duplicates_are_found_and_hardly_anything_else() -> None:
    news = list(rows(NEWS / "vietnews.jsonl.gz"))
    copies = {squash(row["body"]) for row in news if row["dup_of_earlier_body"]}
    others = random.Random(1).sample(news, 4_000)
    kept = {row["id"]: row for row in news if squash(row["body"]) in copies} | {row["id"]: row for row in others}
    index, found = StoryIndex(), []
    for row in news:
        if row["id"] in kept:
            found.append((index.add(row["id"], row["body"], None) is not None, row["dup_of_earlier_body"]))
    hits = sum(linked and known for linked, known in found)
    linked, known = sum(linked for linked, _ in found), sum(known for _, known in found)
    print(f"\nduplicates: recall {hits}/{known}, precision {hits}/{linked} in {len(found)} articles")
    assert hits == known
    assert hits / linked >= 0.9


def test_the_letter_count_agrees_with_langdetect_on_real_articles() -> None:
    from langdetect import detect as langdetect

    sample = random.Random(1).sample(list(rows(NEWS / "articles.jsonl")), 200)
    assert [row["id"] for row in sample if detect(row["body"]) != langdetect(row["body"][:2_000])] == []
