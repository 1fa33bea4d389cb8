"""News coming in, as people start it: once, at intervals from a web server, and stopped in the middle."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.terminal import Terminal
from tests.ingest.newsroom import Answer, Newsroom, html

BODY = (
    "<p>Sáng 2/2, cầu Bến Mây nối hai bờ sông Trầm đã thông xe sau ba năm thi công, sớm hơn kế hoạch hai tháng.</p>"
    "<p>Theo ban quản lý dự án, cây cầu dài 480 mét, rộng 12 mét, có tổng vốn 350 tỷ đồng từ ngân sách tỉnh.</p>"
)
RECORD = {
    "id": "cho-1",
    "title": "Chợ đêm Tre Xanh mở lại",
    "body": "Tối 12/7, chợ đêm Tre Xanh mở lại với 86 gian hàng của bà con trong phường.",
    "published": "2026-07-12T20:00:00+07:00",
}


def page(number: int) -> Answer:
    title = f"Cầu Bến Mây số {number} thông xe"
    meta = '<meta property="article:published_time" content="2026-02-02T08:00:00+07:00">'
    body = BODY.replace("480", str(400 + number))
    return html(f"<html><head><title>{title}</title>{meta}</head><h1>{title}</h1>{body}</html>".encode())


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom with a feed of three articles."""
    with Newsroom() as newsroom:
        items = ""
        for number in (1, 2, 3):
            path = f"/cau-ben-may-{100000 + number}.html"
            newsroom.pages[path] = page(number)
            date = f"Mon, 02 Feb 2026 0{number}:00:00 +0700"
            items += f"<item><title>Tin</title><link>{newsroom.url(path)}</link><pubDate>{date}</pubDate></item>"
        feed = f'<rss version="2.0"><channel><title>Báo Mây</title>{items}</channel></rss>'
        newsroom.pages["/rss"] = Answer(feed.encode(), headers={"ETag": '"1"'})
        yield newsroom


@pytest.fixture
def terminal(tmp_path: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal whose hoitin may read from the newsroom, and politely waits a second between two pages."""
    here = Terminal(tmp_path, tmp_path / "home")
    allowed = here.environment(HOITIN_ALLOWED_HOSTS=f"127.0.0.1:{newsroom.port}")
    monkeypatch.setattr(Terminal, "environment", lambda self, **more: {**allowed, **more})
    return here


def line(process: subprocess.Popen[str]) -> Any:
    """The next line that a following process prints, as JSON."""
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def ended(process: subprocess.Popen[str], by: signal.Signals) -> str:
    """What it says last, when it is told to end."""
    process.send_signal(by)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said
    return said


def write_list(terminal: Terminal, newsroom: Newsroom, **more: object) -> None:
    lines = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in more.items())
    (terminal.folder / "sources.toml").write_text(f'[[source]]\nurl = "{newsroom.url("/rss")}"\n{lines}', "utf-8")


# ---- once


def test_the_newest_pages_of_a_feed_are_read_up_to_the_limit(terminal: Terminal, newsroom: Newsroom) -> None:
    ran = terminal.run("ingest", newsroom.url("/rss"), "--limit", "1", "--no-index", "--json")
    assert (ran.code, ran.json()["accepted"]) == (0, 1)
    assert newsroom.paths == ["/rss", "/cau-ben-may-100003.html"]


def test_a_list_of_sources_is_read_once_with_the_names_it_gives(terminal: Terminal, newsroom: Newsroom) -> None:
    write_list(terminal, newsroom, outlet="Báo Mây", section="Giao thông", limit=2)
    terminal.write("in.jsonl", RECORD)
    ran = terminal.run("ingest", "sources.toml", "in.jsonl", "--no-index", "--json")
    assert (ran.code, ran.json()["accepted"]) == (0, 3)
    exported = [json.loads(text) for text in terminal.run("export").out.splitlines()]
    assert [(a["outlet"], a["section"]) for a in exported if a["url"]] == [("Báo Mây", "Giao thông")] * 2
    again = terminal.run("ingest", "sources.toml", "--limit", "3", "--no-index", "--json").json()
    assert (again["accepted"], again["unchanged"]) == (1, 2), "old pages are not fetched again, they are not due"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-", "--follow", "5"], "--follow: found standard input, which ends, wanted the address of a feed"),
        (["--follow", "0.5", "https://bao.example/rss"], "found '0.5', wanted minutes from 1 to 10080"),
        (["--limit", "0", "https://bao.example/rss"], "found '0', wanted a whole number from 1"),
        (["khong-co.toml"], "khong-co.toml: no such file, wanted one with [[source]] entries. Mend: printf "),
    ],
)
def test_what_cannot_be_followed_is_bad_usage(terminal: Terminal, words: list[str], said: str) -> None:
    terminal.write("in.jsonl", RECORD)
    ran = terminal.run("ingest", *words)
    assert ran.code == 2
    assert said in ran.err
    assert not terminal.home.exists()


# ---- at intervals


def test_a_followed_list_lets_other_commands_write_between_its_visits(terminal: Terminal, newsroom: Newsroom) -> None:
    write_list(terminal, newsroom, limit=1)
    terminal.write("in.jsonl", RECORD)
    process = terminal.start("follow", "--no-index", "--json")
    visit = line(process)
    assert (visit["source"], visit["accepted"], visit["rejected"]) == (newsroom.url("/rss"), 1, [])
    # The visit is told while its lock is being let go: on a busy machine the first try may come too soon.
    deadline = time.monotonic() + 20
    while terminal.run("ingest", "in.jsonl", "--no-index").code != 0:
        assert time.monotonic() < deadline, "the lock is held between two visits"
        time.sleep(0.2)
    said = ended(process, signal.SIGINT)
    assert said.splitlines() == [
        "sources followed: 1; Ctrl-C ends it",
        "hoitin follow: stopped; everything archived so far stays",
    ]
    assert len(terminal.archived()) == 2


@pytest.mark.model
def test_what_a_visit_brings_is_indexed_before_the_next(terminal: Terminal, newsroom: Newsroom) -> None:
    terminal.write("in.jsonl", RECORD)
    process = terminal.start("ingest", "in.jsonl", newsroom.url("/rss"), "--limit", "1", "--follow", "60", "--json")
    files, visit, synced = line(process), line(process), line(process)
    assert (files["source"], files["accepted"], visit["accepted"], synced["indexed"]) == ("in.jsonl", 1, 1, 2)
    asked = terminal.run("ask", "Cầu Bến Mây dài bao nhiêu mét?", "--json").json()
    assert "403 mét" in asked["answer"]
    assert "stopped" in ended(process, signal.SIGTERM)


def test_a_folder_is_followed_as_a_feed_is_and_a_pipe_is_read_once(terminal: Terminal) -> None:
    (terminal.folder / "tin").mkdir()
    terminal.write("tin/in.jsonl", RECORD)
    process = terminal.start("ingest", "-", "tin", "--follow", "60", "--no-index", "--json")
    assert process.stdin is not None
    process.stdin.write(json.dumps({**RECORD, "id": "cho-2"}))
    process.stdin.close()
    process.stdin = None
    piped, folder = line(process), line(process)
    assert [(visit["source"], visit["accepted"]) for visit in (piped, folder)] == [("stdin", 1), ("tin", 1)]
    assert "sources followed: 1" in ended(process, signal.SIGINT)


def test_a_source_that_fails_is_named_and_the_others_are_visited(terminal: Terminal, newsroom: Newsroom) -> None:
    lost = newsroom.url("/khong-co")
    process = terminal.start("ingest", lost, newsroom.url("/rss"), "--limit", "1", "--follow", "9", "--no-index")
    assert process.stdout is not None
    assert f"{newsroom.url('/rss')}: 1 accepted, 0 updated" in process.stdout.readline()
    assert f"hoitin follow: {lost}: found HTTP 404 Not Found" in ended(process, signal.SIGINT)


# ---- stopped in the middle


def test_ctrl_c_in_the_middle_keeps_what_came_in_and_the_next_run_brings_the_rest(terminal: Terminal) -> None:
    count = 4_000
    markets = ({**RECORD, "id": f"cho-{n}", "body": f"Chợ đêm số {n} mở lại tối nay."} for n in range(count))
    terminal.write("in.jsonl", *markets)
    process = terminal.start("ingest", "in.jsonl", "--no-index")
    database = terminal.home / "archive.sqlite"
    deadline = time.monotonic() + 20
    while not _rows(database) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "hoitin ingest: stopped; what was archived stays, run it again to go on" in said
    kept = _rows(database)
    assert 0 < kept < count
    again = terminal.run("ingest", "in.jsonl", "--no-index", "--json").json()
    assert (again["unchanged"], again["accepted"]) == (kept, count - kept)


def _rows(database: Path) -> int:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


# ---- the same story


@pytest.mark.model
def test_wire_copy_in_five_outlets_is_answered_once_and_said_to_stand_in_four_others(terminal: Terminal) -> None:
    text = (
        "Sáng 2/2, cầu Bến Mây nối hai bờ sông Trầm đã thông xe sau ba năm thi công, sớm hơn kế hoạch hai tháng. "
        "Cây cầu dài 480 mét, rộng 12 mét, có tổng vốn 350 tỷ đồng từ ngân sách tỉnh, theo ban quản lý dự án."
    )
    copies = [
        {
            "id": f"cau-{n}",
            "url": f"https://bao{n}.example/cau-ben-may-{100000 + n}.html",
            "title": f"Cầu Bến Mây thông xe{' sớm' * (n > 2)}",
            "body": text + (f" (Báo Số {n} tổng hợp từ thông tấn xã)." if n > 1 else ""),
            "published": f"2026-02-02T0{n}:00:00+07:00",
            "outlet": f"Báo Số {n}",
        }
        for n in range(1, 6)
    ]
    terminal.write("in.jsonl", *copies, RECORD)
    assert terminal.run("ingest", "in.jsonl").code == 0
    found = terminal.run("ask", "Cầu Bến Mây dài bao nhiêu mét?", "--json").json()
    (bridge,) = [hit for hit in found["hits"] if hit["docid"].startswith("cau")]
    assert {bridge["docid"], *bridge["same_story"]} == {f"cau-{n}" for n in range(1, 6)}
    assert "Cùng tin ở 4 báo khác" in terminal.run("ask", "Cầu Bến Mây dài bao nhiêu mét?").out
    assert terminal.run("status", "--json").json()["stories"] == 1
