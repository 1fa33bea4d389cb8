"""The archive in a LlamaIndex chain."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
from wordbag import MONDAY, Room, bridge

from index.llama import ArchiveRetriever
from index.passage import Query
from index.search import Searcher

PAGE = Path(__file__).parents[2] / "docs" / "llama-index.md"


@pytest.fixture
def three(room: Room) -> Room:
    for n in (1, 2, 3):
        room.archive.add(bridge(n))
    room.sync()
    return room


def url_of(room: Room, docid: str) -> str:
    article = room.archive.get(docid)
    return article.url if article else ""


def test_it_finds_what_the_searcher_finds_in_the_same_order(three: Room) -> None:
    searcher = Searcher(three.stores, three.embedder)
    hits = searcher.search(Query("Cầu số 2 thông xe", k=3))
    nodes = ArchiveRetriever(searcher, Query("", k=3)).retrieve("Cầu số 2 thông xe")
    assert [(n.node.id_, n.score) for n in nodes] == [(h.passage.id, h.score) for h in hits]
    assert nodes[0].node.ref_doc_id == "cau-2"


def test_a_node_is_the_article_s_own_text_with_what_a_citation_needs(three: Room) -> None:
    retriever = ArchiveRetriever(Searcher(three.stores, three.embedder), url_of=lambda docid: url_of(three, docid))
    node = retriever.retrieve("Cầu số 2 thông xe")[0].node
    article = three.archive.get("cau-2")
    assert article is not None
    assert node.text == article.text[node.metadata["start"] : node.metadata["end"]]
    assert node.metadata == {
        "title": "Cầu số 2 thông xe",
        "outlet": "Báo Lam",
        "published": "2026-03-02T09:00:00+07:00",
        "docid": "cau-2",
        "start": 0,
        "end": 61,
        "url": "https://bao.example/cau-2.html",
    }


def test_a_prompt_shows_title_outlet_date_and_url_and_no_offsets(three: Room) -> None:
    from llama_index.core.schema import MetadataMode

    retriever = ArchiveRetriever(Searcher(three.stores, three.embedder), url_of=lambda docid: url_of(three, docid))
    shown = retriever.retrieve("Cầu số 2 thông xe")[0].node.get_content(MetadataMode.LLM)
    assert "https://bao.example/cau-2.html" in shown
    assert "2026-03-02" in shown
    assert "docid" not in shown
    assert "start" not in shown


def test_filters_hold_for_every_question(three: Room) -> None:
    late = Query("", since=MONDAY + timedelta(hours=3))
    retriever = ArchiveRetriever(Searcher(three.stores, three.embedder), late)
    assert [n.node.ref_doc_id for n in retriever.retrieve("Cầu số 2 thông xe")] == ["cau-3"]


def test_it_can_be_awaited(three: Room) -> None:
    retriever = ArchiveRetriever(Searcher(three.stores, three.embedder), Query("", k=1))
    (found,) = asyncio.run(retriever.aretrieve("Cầu số 3 thông xe"))
    assert found.node.ref_doc_id == "cau-3"


def test_a_query_engine_takes_it(three: Room) -> None:
    from llama_index.core.llms.mock import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    retriever = ArchiveRetriever(Searcher(three.stores, three.embedder), Query("", k=1))
    answer = RetrieverQueryEngine.from_args(retriever, llm=MockLLM()).query("Cầu số 1 thông xe")
    assert [n.node.ref_doc_id for n in answer.source_nodes] == ["cau-1"]


def test_the_example_of_the_page_runs(
    three: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import app.wiring

    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (three.folder / "hoitin.json").write_text('{"format": 1}')
    monkeypatch.setenv("HOITIN_HOME", str(three.folder))
    monkeypatch.setattr(app.wiring, "open_embedder", lambda *_, **__: three.embedder)
    exec(compile(example, str(PAGE), "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert re.fullmatch(r"-?\d+\.\d{3} cau-\d: Cầu số \d ở xã Lam Khê .*", lines[0])
