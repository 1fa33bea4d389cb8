"""Answers as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app import api
from app.answer import Answer, Question
from app.routes import events as module
from app.routes.events import events
from tests.web.press import BRIDGE, Scripted, press
from tests.web.serving import served

STREAM = {"accept": "text/event-stream"}


def read(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.split("\n\n"):
        if block.startswith("event: "):
            name, _, data = block.removeprefix("event: ").partition("\ndata: ")
            found.append((name, json.loads(data)))
    return found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(api.create(press(tmp_path_factory.mktemp("home"))), raise_server_exceptions=False) as made:
        yield made


def test_the_stream_ends_with_the_answer_that_json_gives(client: TestClient) -> None:
    body = {"question": "Cầu Sông Ngân thông xe khi nào?"}
    whole = client.post("/api/ask", json=body)
    assert whole.headers["vary"] == "accept"
    streamed = client.post("/api/ask", json=body, headers=STREAM)
    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert streamed.headers["cache-control"] == "no-store"
    found = read(streamed.text)
    assert [name for name, _ in found] == ["stage", "citation", "citation", "sentence", "sentence", "answer"]
    assert found[3][1] == {"index": 0, "text": f"“{BRIDGE.paragraphs[0]}” [1]", "markers": [1]}
    assert found[-1][1] == whole.json()


@pytest.mark.parametrize(("words", "status"), [("", 422), ("hỏng kho", 503), ("vỡ trận", 500)])
def test_a_failure_is_the_last_event_and_says_nothing_of_the_machinery(
    client: TestClient, words: str, status: int
) -> None:
    reply = client.post("/api/ask", json={"question": words}, headers=STREAM)
    name, value = read(reply.text)[-1]
    assert (reply.status_code, name, value["status"]) == (200, "error", status)
    assert "/secret" not in reply.text


def test_a_body_that_cannot_be_read_is_no_stream(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": 7}, headers=STREAM).status_code == 422
    assert client.post("/api/ask", json={"question": "a", "since": "x"}, headers=STREAM).json()["detail"]


class Growing:
    """An answerer whose second sentence is written twice."""

    def __init__(self, pause_s: float = 0.0) -> None:
        self._script = Scripted(pause_s=pause_s)

    def answer(self, question: Question) -> Answer:
        return self._script.answer(question)

    def stream(self, question: Question) -> Iterator[Answer]:
        whole = self._script.answer(question)
        yield replace(whole, text="Một. [1]", citations=whole.citations[:1])
        yield replace(whole, text="Một. [1]\nHai [2]")
        yield replace(whole, text="Một. [1]\nHai hơn. [2]")


def gather(answerer: Growing) -> bytes:
    async def run() -> bytes:
        return b"".join([part async for part in events(answerer, Question("Cầu?"))])

    return asyncio.run(run())


def test_a_sentence_goes_out_once_and_again_only_when_it_changed() -> None:
    told = [(name, value.get("index"), value.get("text")) for name, value in read(gather(Growing()).decode())]
    assert [t for t in told if t[0] == "sentence"] == [
        ("sentence", 0, "Một. [1]"), ("sentence", 1, "Hai [2]"), ("sentence", 1, "Hai hơn. [2]"),
    ]  # fmt: skip
    assert [name for name, *_ in told].count("citation") == 2


def test_a_comment_keeps_the_line_open_while_an_answer_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUIET_S", 0.02)
    assert gather(Growing(pause_s=0.2)).count(b": ...") >= 3


def test_the_first_event_reaches_the_reader_while_the_answer_is_still_being_made(tmp_path: Path) -> None:
    app = press(tmp_path)
    asked = {"json": {"question": "Cầu nào?"}, "headers": STREAM}
    with (
        served(app) as home,
        httpx.Client(timeout=60) as client,
        app.answerer.hold.after() as hold,
        client.stream("POST", home + "/api/ask", **asked) as reply,
    ):
        lines = reply.iter_lines()
        assert next(lines) == "event: stage"
        hold.end()  # the answer is made only now
        assert sum(line.startswith("event: answer") for line in lines) == 1


def test_a_streamed_question_is_counted_once(tmp_path: Path) -> None:
    app = press(tmp_path)
    app.answerer = Growing()  # type: ignore[assignment]
    with TestClient(api.create(app)) as client:
        client.post("/api/ask", json={"question": "Cầu?"}, headers=STREAM)
        assert 'hoitin_questions_total{by="api",outcome="answered"} 1.0' in client.get("/metrics").text
