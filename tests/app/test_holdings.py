"""Looking at what is archived: status, one article with its versions, and taking one back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.archive import Archive, PageState, SourceState
from ingest.article import Article, Rejection
from ingest.home import Home
from tests.app.terminal import Terminal

FEED = "https://bao.example/rss"
BRIDGE = Article(
    id="cau-1",
    url="https://bao.example/xa-hoi/cau-song-vang-100001.html",
    title="Cầu Sông Vàng thông xe",
    paragraphs=("Cầu dài 1.240 m, có bốn làn xe.", "Lễ cắt băng diễn ra lúc 8 giờ."),
    captions=("Cầu nhìn từ bờ nam",),
    byline=("LAN ANH",),
    outlet="Báo Ví Dụ",
    lang="vi",
)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """One corrected article from a feed that has failed since, and a rejection."""
    home = Home.open(tmp_path / "home")
    with Archive.open(home.archive) as archive:
        archive.add(BRIDGE, source=FEED)
        corrected = ("Cầu dài 1.420 m, có bốn làn xe.", BRIDGE.paragraphs[1])
        archive.add(Article(**{**_fields(BRIDGE), "paragraphs": corrected}), source=FEED)
        archive.reject(Rejection("tin.jsonl:2", "no_date", "No publication date was found."))
        archive.save_source_state(SourceState(FEED, accepted=1, updated=2, error=f"{FEED}: found HTTP 503"))
        archive.save_page_state(PageState(BRIDGE.url, etag='"1"'))
    return Terminal(tmp_path, home.path)


def _fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in article.__slots__}


def test_status_tells_how_each_source_was_last_read_and_of_pages_nothing(terminal: Terminal) -> None:
    found = terminal.run("status", "--json").json()
    (source,) = found["sources"]
    assert source.pop("checked_at").endswith("+07:00")
    error = f"{FEED}: found HTTP 503"
    counts = {"accepted": 1, "updated": 2, "unchanged": 0, "rejected": 0}
    assert source == {"source": FEED, "articles": 1, "error": error, **counts}
    assert (found["articles"], found["versions"], found["rejection_reasons"]) == (1, 2, {"no_date": 1})
    assert "rejected" not in found
    said = terminal.run("status").out
    assert "articles     1 (1 undated), 2 versions, 0 gone\n" in said
    assert f"  {FEED}  failed: {error}" in said
    assert BRIDGE.url not in said


def test_status_lists_what_was_refused_when_asked(terminal: Terminal) -> None:
    (refused,) = terminal.run("status", "--rejected", "--json").json()["rejected"]
    assert (refused["source"], refused["reason"]) == ("tin.jsonl:2", "no_date")
    assert "tin.jsonl:2: no_date: No publication date was found." in terminal.run("status", "--rejected", "5").out
    assert terminal.run("status", "--rejected", "0").code == 2


@pytest.mark.parametrize("name", [BRIDGE.id, BRIDGE.url + "?utm_source=zalo"])
def test_an_article_is_shown_by_its_id_or_its_address(terminal: Terminal, name: str) -> None:
    said = terminal.run("show", name).out
    assert said.startswith("Cầu Sông Vàng thông xe\nid         cau-1 (version 2 of 2)\n")
    assert "byline     LAN ANH\n" in said
    assert said.endswith("\n\nCầu dài 1.420 m, có bốn làn xe.\n\nLễ cắt băng diễn ra lúc 8 giờ.\n")
    assert "1.240" in terminal.run("show", name, "--version", "1").out


def test_a_correction_is_shown_word_by_word(terminal: Terminal) -> None:
    said = terminal.run("show", "cau-1", "--diff").out
    assert said.endswith("\nChanges from version 1:\nCầu dài [-1.240-]{+1.420+} m, có bốn làn xe.\n")
    assert "It is the first version." in terminal.run("show", "cau-1", "--diff", "--version", "1").out


def test_an_article_that_is_not_there_is_named(terminal: Terminal) -> None:
    ran = terminal.run("show", "cau-2")
    assert (ran.code, ran.line[:37]) == (1, "hoitin show: 'cau-2': no such article")
    assert terminal.run("show", "cau-1", "--version", "3").code == 2


def test_a_withdrawn_article_is_marked_kept_and_can_be_put_back(terminal: Terminal) -> None:
    ran = terminal.run("withdraw", BRIDGE.url, "--reason", "tòa soạn gỡ bài")
    assert ran.out == "cau-1 is marked withdrawn; its versions are kept: Cầu Sông Vàng thông xe\n"
    assert terminal.archived() == []
    shown = terminal.run("show", "cau-1", "--json").json()
    assert (shown["gone"], len(shown["versions"]), shown["version"]) == ("withdrawn: tòa soạn gỡ bài", 2, 2)
    assert terminal.run("withdraw", "cau-1", "--undo").code == 0
    assert terminal.archived() == ["cau-1"]
