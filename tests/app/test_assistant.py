"""The MCP server, asked by the package's own client: over HTTP as it is served, and over stdio as it is started."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from app import api
from app.keys import Keys
from app.port import take_port
from app.routes.mcp import hosts
from app.settings import Settings
from tests.app.terminal import HOITIN, Terminal
from tests.web.press import BRIDGE, Press, press

CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": "Cầu Sông Ngân thông xe khi nào?"}},
}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return press(tmp_path_factory.mktemp("home"))


def serving(app: Press) -> Iterator[str]:
    import uvicorn

    taken = take_port("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(api.create(app), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < until
        time.sleep(0.05)
    yield f"http://127.0.0.1:{taken.getsockname()[1]}/mcp"
    server.should_exit = True
    thread.join(15)


@pytest.fixture(scope="module")
def url(app: Press) -> Iterator[str]:
    yield from serving(app)


def with_client(where: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(where) as client:
            return await use(client)

    return asyncio.run(run())


def test_the_tools_are_listed_with_what_they_take(url: str) -> None:
    listed = with_client(url, lambda client: client.list_tools()).tools
    tools = {tool.name: tool for tool in listed}
    assert set(tools) == {"ask", "check"}
    assert set(tools["ask"].input_schema["properties"]) == {"question", "since", "until", "outlets"}
    assert tools["ask"].input_schema["required"] == ["question"]
    assert tools["ask"].annotations.read_only_hint is True


def test_ask_gives_quotations_with_their_addresses_in_words_and_as_data(url: str, app: Press) -> None:
    result = with_client(
        url, lambda c: c.call_tool("ask", {"question": "Cầu Sông Ngân thông xe khi nào?", "since": "2026-07-01"})
    )
    assert not result.is_error
    for citation in result.structured_content["citations"]:
        assert citation["quote"] == BRIDGE.text[citation["start"] : citation["end"]]
        assert citation["url"] == BRIDGE.url
    words = result.content[0].text
    assert f"[1] Báo Ví Dụ, 28/07/2026: {BRIDGE.title}\n    {BRIDGE.url}\n    “{BRIDGE.paragraphs[0]}”" in words
    asked = app.answerer.asked[-1]
    assert asked.since is not None
    assert asked.since.isoformat() == "2026-07-01T00:00:00+07:00"


def test_what_is_wrong_is_told_without_the_machinery(url: str) -> None:
    for arguments, found in (
        ({"question": "Cầu?", "since": "hôm kia"}, "since: không đọc được 'hôm kia'"),
        ({"question": "hỏng kho"}, "Kho tin đang gặp trục trặc"),
        ({"question": "vỡ trận"}, ""),
        ({}, "question"),
    ):
        result = with_client(url, lambda c, given=arguments: c.call_tool("ask", given))
        assert result.is_error
        assert found in result.content[0].text
        assert "/secret" not in result.content[0].text


def test_questions_of_assistants_are_counted_as_theirs(url: str) -> None:
    with_client(url, lambda c: c.call_tool("ask", {"question": "Cầu nào?"}))
    page = httpx.get(url.replace("/mcp", "/metrics")).text
    assert 'hoitin_questions_total{by="mcp",outcome="answered"}' in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "xau.example"}, 421),
        ({"origin": "https://xau.example"}, 403),
        ({"host": "127.0.0.1.xau.example"}, 421),
    ],
)
def test_a_page_elsewhere_cannot_call_the_archive_of_this_machine(
    url: str, headers: dict[str, str], status: int
) -> None:
    reply = httpx.post(url, json=CALL, headers={**ACCEPT, **headers})
    assert reply.status_code == status
    assert status == 200 or "export HOITIN_HOSTS" in reply.json()["detail"]


def test_the_hosts_are_this_machines_and_those_that_are_named() -> None:
    assert "tin.bao.example" in hosts(Settings(hosts="tin.bao.example, khac.example:8443"))
    assert "khac.example:8443" in hosts(Settings(hosts="tin.bao.example, khac.example:8443"))
    assert "0.0.0.0" not in hosts(Settings(host="0.0.0.0"))
    assert "10.0.0.8:*" in hosts(Settings(host="10.0.0.8"))


def test_other_methods_and_too_much_are_refused_before_the_server_sees_them(url: str) -> None:
    assert httpx.get(url).status_code == 405
    assert httpx.delete(url).headers["allow"] == "POST"
    assert httpx.post(url, content=b"x" * (2 * 2**20 + 1), headers=ACCEPT).status_code == 413
    for body in (b"", b"{", b"[]", b"null", b'{"jsonrpc": "2.0"}', b"\xff"):
        reply = httpx.post(url, content=body, headers={**ACCEPT, "content-type": "application/json"})
        assert 400 <= reply.status_code < 500


def test_with_keys_a_tool_needs_the_scope_of_its_name(tmp_path: Path) -> None:
    app = press(tmp_path)
    app.settings = replace(app.settings, api="keys")
    keys = Keys(tmp_path)
    asks, checks = keys.make("hoi", ["ask"]), keys.make("kiem", ["check"])
    for url in serving(app):
        assert httpx.post(url, json=CALL, headers=ACCEPT).status_code == 401
        said = [
            httpx.post(url, json=CALL, headers={**ACCEPT, "authorization": f"Bearer {key}"}).json()["result"]
            for key in (asks, checks)
        ]
        assert not said[0].get("isError")
        assert said[1]["isError"]
        assert said[1]["content"][0]["text"].endswith("Khóa kiem không có quyền ask.")


@pytest.mark.model
def test_an_assistant_that_starts_hoitin_mcp_itself_gets_quotations_and_verdicts(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, tmp_path / "home")
    terminal.write("in.jsonl", {
        "id": "cau-1", "url": "https://bao.example/cau-song-vang.html", "title": "Cầu Sông Vàng thông xe",
        "body": "Sáng 11/7, cầu Sông Vàng nối xã Bình Khê với phường Tân Lập được thông xe.\nCầu dài 1.240 m và có bốn làn xe.",
        "published": "2026-07-11T09:00:00+07:00", "outlet": "Báo Ví Dụ",
    })  # fmt: skip
    assert terminal.run("ingest", "in.jsonl").code == 0
    started = StdioServerParameters(
        command=sys.executable, args=[str(HOITIN), "mcp"], env=terminal.environment(), cwd=tmp_path
    )

    async def use(client: Client) -> tuple[Any, Any]:
        asked = await client.call_tool("ask", {"question": "Cầu Sông Vàng dài bao nhiêu mét?"})
        checked = await client.call_tool("check", {"text": "Cầu Sông Vàng dài 1.420 m.", "now": "2026-07-12"})
        return asked, checked

    asked, checked = with_client(stdio_client(started), use)
    assert "1.240 m" in asked.structured_content["answer"]
    assert asked.structured_content["citations"][0]["url"] == "https://bao.example/cau-song-vang.html"
    (claim,) = checked.structured_content["claims"]
    assert claim["verdict"] in ("REFUTED", "NOT_ENOUGH_INFO")
    assert claim["verdict"] in checked.content[0].text
