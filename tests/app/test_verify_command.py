"""`hoitin verify` at a terminal: silent when all agree, a sentence for what does not, and --repair mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.store import VectorStore
from tests.app.terminal import Terminal
from tests.index.chroma_server import running_server

pytestmark = pytest.mark.model

ARTICLES = [
    {
        "id": f"cau-{n}",
        "title": f"Cầu số {n} thông xe",
        "body": f"Cầu số {n} ở xã Lam Khê vừa thông xe sáng nay sau hai năm thi công. Cầu dài {n}50 m, hai làn xe.",
        "published": f"2026-03-0{n}T07:00:00+07:00",
        "outlet": "Báo Lam",
    }
    for n in (1, 2, 3)
]


def test_verify_tells_what_does_not_agree_and_repair_mends_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, tmp_path / "kho")
    assert terminal.run("ingest", terminal.write("tin.jsonl", *ARTICLES)).code == 0
    agreed = terminal.run("verify")
    assert (agreed.code, agreed.out, agreed.err) == (0, "archive, vectors and word index agree\n", "")
    digest = terminal.run("status", "--json").json()["index"]["digest"]
    assert len(digest) == 64

    vectors = VectorStore.open(terminal.home / "index" / "chroma")
    with vectors.writing() as draft:
        draft.remove(["cau-2#0"])
    vectors.close()
    told = terminal.run("verify")
    assert (told.code, told.out) == (1, "passage cau-2#0 is not in the vector store\n")
    assert told.line == "hoitin verify: 1 problems found, wanted none. Mend: hoitin verify --repair"
    mended = terminal.run("verify", "--repair")
    assert (mended.code, mended.out) == (0, "passage cau-2#0 is not in the vector store\n1 problems mended\n")
    assert terminal.run("verify").code == 0
    assert terminal.run("status", "--json").json()["index"]["digest"] == digest


def test_with_a_chroma_server_vectors_live_there_and_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, tmp_path / "kho")
    articles = terminal.write("tin.jsonl", *ARTICLES)
    with running_server(tmp_path / "chroma") as url:
        assert terminal.run("ingest", articles, HOITIN_CHROMA=url).code == 0
        asked = terminal.run("ask", "Cầu số 2 dài bao nhiêu mét?", "--json", HOITIN_CHROMA=url)
        assert asked.json()["hits"][0]["docid"] == "cau-2"
        assert terminal.run("verify", HOITIN_CHROMA=url).code == 0
    down = terminal.run("ask", "Cầu số 2 dài bao nhiêu mét?", HOITIN_CHROMA=url)
    assert (down.code, down.out) == (1, "")
    assert down.line.startswith(f"hoitin ask: {url}: Chroma failed ")
    assert "wanted a running Chroma server. Mend: chroma run --port" in down.line
    moved = terminal.run("ask", "Cầu số 2 dài bao nhiêu mét?")
    assert moved.code == 1
    assert "but the settings ask for 'embedded'" in moved.line
    assert moved.line.endswith("Mend: hoitin reindex, or set it back")
