"""The JSON API, the article pages and the door around them, over HTTP without a network."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import api
from app.answer import Turn
from app.web import door
from ingest.article import VIETNAM
from tests.web.press import BRIDGE, BRIDGE_OLD, HOSTILE, Press, Shelves, press


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return press(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(app: Press) -> Iterator[TestClient]:
    with TestClient(api.create(app), raise_server_exceptions=False) as made:
        yield made


def test_ask_answers_with_the_contract_of_hoitin_ask(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "Cầu Sông Ngân thông xe khi nào?"})
    assert reply.status_code == 200
    answer = reply.json()
    assert answer["short_answer"] == "sáng 28/7"
    for citation in answer["citations"]:
        assert citation["quote"] == BRIDGE.text[citation["start"] : citation["end"]]
    assert {"question", "answer", "abstained", "citations", "hits", "seconds"} <= answer.keys()


def test_ask_hands_on_dates_outlets_moment_and_history(client: TestClient, app: Press) -> None:
    reply = client.post(
        "/api/ask",
        json={
            "question": "Cầu nào?",
            "since": "2026-07-01",
            "until": "2026-07-31",
            "source": ["Báo Ví Dụ", "Tin Mẫu"],
            "now": "2026-08-01T02:00:00Z",
            "history": [{"role": "user", "content": "Trước đó?"}],
        },
    )
    assert reply.status_code == 200
    asked = app.answerer.asked[-1]
    assert asked.since == datetime(2026, 7, 1, tzinfo=VIETNAM)
    assert asked.until == datetime(2026, 7, 31, 23, 59, 59, 999999, tzinfo=VIETNAM)
    assert asked.now == datetime(2026, 8, 1, 9, 0, tzinfo=VIETNAM)
    assert asked.outlets == ("Báo Ví Dụ", "Tin Mẫu")
    assert asked.history == (Turn("user", "Trước đó?"),)
    client.post("/api/ask", json={"question": "Cầu nào?", "source": "Tin Mẫu"})
    assert app.answerer.asked[-1].outlets == ("Tin Mẫu",)


@pytest.mark.parametrize(
    ("body", "status", "found"),
    [
        ({"question": "  "}, 422, "Bạn chưa gõ câu hỏi."),
        ({"question": "a" * 2_001}, 422, "Câu hỏi dài quá 2.000 ký tự."),
        ({"question": "Cầu?", "since": "28/7/2026"}, 422, "since: không đọc được '28/7/2026'"),
        ({"question": "Cầu?", "until": "2026-02-30"}, 422, "until: "),
        ({"question": "Cầu?", "now": "0001-01-01T00:00:00+14:00"}, 422, "now: "),
        ({"question": "Cầu?", "history": [{"role": "user"}]}, 422, "history: "),
        ({"question": "Cầu?", "history": "x"}, 422, "history: "),
        ({"question": 7}, 422, "question: "),
        ({}, 422, "question: "),
        ({"question": "Cầu?", "sinse": "2026-07-01"}, 422, "sinse: "),
        ({"question": "hỏng kho"}, 503, "Kho tin đang gặp trục trặc"),
        ({"question": "vỡ trận"}, 500, "Kho tin đang gặp trục trặc"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_detail(
    client: TestClient, body: dict[str, Any], status: int, found: str
) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == status
    assert found in reply.json()["detail"]
    assert "/secret" not in reply.text


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"question": "\\ud800"}', b'{"question": "a\\u0000b"}', b"[" * 20_000],
)
def test_no_body_however_broken_is_a_500(client: TestClient, body: bytes) -> None:
    reply = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (200, 400, 422)
    assert "detail" in reply.json() or "answer" in reply.json()


def test_a_huge_body_is_refused_before_it_is_read(client: TestClient) -> None:
    reply = client.post("/api/ask", content=b"x" * 70_000, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()) == (413, {"detail": "Yêu cầu dài quá 65536 byte"})


def test_a_body_of_unknown_length_is_cut_off_too(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1_000

    assert client.post("/api/ask", content=endless()).status_code == 413


def test_a_body_that_comes_drop_by_drop_is_given_up(app: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "SLOW_S", 0.2)
    sent: list[dict[str, Any]] = []

    async def drops() -> dict[str, Any]:
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "scheme": "http", "path": "/api/ask", "method": "POST", "headers": [], "query_string": b""}
    asyncio.run(api.create(app)(scope, drops, send))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["detail"].startswith("Yêu cầu đến quá chậm")


def test_an_article_comes_as_export_writes_it_in_any_version(client: TestClient) -> None:
    got = client.get("/api/articles/cau-1").json()
    assert got["text"] == BRIDGE.text
    assert (got["version"], got["published"], got["captions"]) == (
        2,
        "2026-07-28T09:30:00+07:00",
        list(BRIDGE.captions),
    )
    assert client.get("/api/articles/cau-1?version=1").json()["text"] == BRIDGE_OLD.text
    assert client.get("/api/articles/gao/3").json()["id"] == "gao/3"
    assert client.get("/api/articles/gao%2F3").json()["id"] == "gao/3"


@pytest.mark.parametrize(
    "path", ["khong-co", "cau-1?version=9", "%00", "%ff%fe", "a" * 2_500, "../../etc/passwd", "cau-1/"]
)
def test_an_article_that_is_not_there_is_a_404_with_a_sentence(client: TestClient, path: str) -> None:
    reply = client.get(f"/api/articles/{path}")
    assert reply.status_code == 404
    assert "detail" in reply.json()
    page = client.get("/bai/" + path.replace("version", "v"))
    assert page.status_code == 404
    assert "Không tìm thấy bài báo này" in page.text or "detail" in page.text


def test_a_hostile_article_is_escaped_on_its_page(client: TestClient) -> None:
    page = client.get("/bai/" + HOSTILE.id.replace("/", "%2F"))
    assert page.status_code == 200
    assert not re.search(r"<(script|img|svg|iframe|style)\b", page.text)
    links = re.findall(r'href="([^"]*)"', page.text)
    assert links
    assert [link for link in links if not link.startswith("/")] == []


def test_an_article_page_runs_no_script_at_all(client: TestClient) -> None:
    page = client.get("/bai/cau-1?tu=0&den=52&v=2")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in policy
    assert "<script" not in page.text


def test_remarks_are_kept_and_unknown_ones_refused(client: TestClient, app: Press) -> None:
    assert client.post("/api/feedback", json={"verdict": "bad", "why": "old", "question": "Cầu?"}).status_code == 201
    line = (app.settings.home / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(line)["why"] == "old"
    assert client.post("/api/feedback", json={"verdict": "love", "question": "Cầu?"}).status_code == 422


def test_health_is_said_and_readiness_needs_articles(client: TestClient, app: Press) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {
        "status": "ok", "articles": 5, "passages": 9, "behind": 0, "model": "scripted"
    }  # fmt: skip
    kept, app.archive = app.archive, Shelves()
    try:
        reply = client.get("/readyz")
        assert (reply.status_code, reply.json()) == (503, {"detail": "Kho tin chưa có bài nào"})
    finally:
        app.archive = kept


def test_the_specification_has_examples_and_names_every_path(client: TestClient) -> None:
    spec = client.get("/api/openapi.json").json()
    assert set(spec["paths"]) == {
        "/api/ask",
        "/api/articles/{docid}",
        "/api/feedback",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/check",
        "/api/check/export",
        "/api/check/opinion",
    }
    assert spec["components"]["schemas"]["Ask"]["examples"][0]["question"]


def test_every_route_of_the_specification_shows_what_it_takes_and_gives(client: TestClient) -> None:
    spec = client.get("/api/openapi.json").json()
    for path, routes in spec["paths"].items():
        for method, route in routes.items():
            good = next(reply for code, reply in route["responses"].items() if code.startswith("2"))
            told = [
                kind for name, kind in good["content"].items() if not name.startswith(("text/csv", "application/vnd"))
            ]
            assert any("example" in kind for kind in told) or path.endswith("/export"), (
                f"{method} {path} shows no reply"
            )
            for kind in route.get("requestBody", {}).get("content", {}).values():
                named = kind["schema"].get("$ref", "").rpartition("/")[2]
                shown = {**kind["schema"], **kind, **spec["components"]["schemas"].get(named, {})}
                assert shown.keys() & {"example", "examples"}, f"{method} {path} shows no request"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"), ("GET", "/gradio_api/file=/etc/passwd"), ("GET", "/file=/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1/"), ("GET", "/monitoring"), ("GET", "/gradio_api/runs"),
        ("POST", "/gradio_api/component_server"), ("POST", "/login"), ("GET", "/docs"), ("GET", "/en/docs"),
        ("POST", "/gradio_api/call/x"), ("GET", "/khong-co"), ("GET", "/gradio_api/mcp/sse"),
    ],
)  # fmt: skip
def test_what_gradio_offers_and_this_app_does_not_is_not_there(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST"),
        ("DELETE", "/api/feedback", "POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("PATCH", "/bai/cau-1", "GET, HEAD"),
        ("PUT", "/", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_which_ones_are_right(client: TestClient, method: str, path: str, allowed: str) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.headers["allow"]) == (405, allowed)
    assert allowed in reply.json()["detail"]


def test_a_reader_who_mistypes_an_address_gets_a_page_and_a_program_gets_json(client: TestClient) -> None:
    page = client.get("/khong-co", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Không có trang này" in page.text
    assert "<h1>Không tìm thấy trang</h1>" in page.text
    assert "no such page" in client.get("/khong-co?lang=en", headers={"accept": "text/html"}).text
    assert client.get("/khong-co").json() == {"detail": "Not Found"}


def test_only_the_widget_may_be_loaded_by_other_sites_and_https_stays_https(app: Press) -> None:
    client = TestClient(api.create(app), base_url="https://tin.example")
    found = {path: client.get(path).headers for path in ("/", "/widget.js", "/bai/cau-1", "/healthz")}
    assert {path: h["cross-origin-resource-policy"] for path, h in found.items()} == {
        "/": "same-origin", "/widget.js": "cross-origin", "/bai/cau-1": "same-origin", "/healthz": "same-origin",
    }  # fmt: skip
    assert {h["strict-transport-security"] for h in found.values()} == {"max-age=31536000"}
    assert "strict-transport-security" not in TestClient(api.create(app)).get("/bai/cau-1").headers


def test_a_head_is_a_get_without_its_body(client: TestClient) -> None:
    got, head = client.get("/healthz"), client.head("/healthz")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("path", ["/", "/en/", "/bai/cau-1", "/api/articles/cau-1", "/healthz", "/khong-co"])
def test_every_reply_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"].replace("style-src 'self' 'unsafe-inline'", "")


@pytest.mark.parametrize(("path", "lang"), [("/", "vi"), ("/en/", "en")])
def test_the_chat_page_names_no_other_host_and_every_script_has_the_nonce(
    client: TestClient, path: str, lang: str
) -> None:
    reply = client.get(path)
    page = reply.text
    nonce = re.search(r"'nonce-([\w-]+)'", reply.headers["content-security-policy"])
    assert nonce
    assert f'lang="{lang}"' in page
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts
    assert all(f'nonce="{nonce[1]}"' in tag for tag in scripts)
    assert client.get(path).text.count(nonce[1]) == 0, "each reply has a nonce of its own"
    fetched = re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=[\"']([^\"']+)", page)
    assert [u for u in fetched if re.match(r"(?:https?:)?//", u)] == []
    assert "fonts.googleapis" not in page
    css = client.get("/theme.css").text
    assert re.findall(r"url\([\"']?(?:https?:)?//|@import", css) == []


def test_the_short_address_of_the_english_chat_leads_there(client: TestClient) -> None:
    reply = client.get("/en", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (307, "/en/")


def test_static_files_may_be_kept_for_ever_because_their_address_changes(client: TestClient) -> None:
    link = re.search(r"/tinh/chat\.css\?v=\w+", client.get("/").text)
    assert link
    assert "immutable" in client.get(link[0]).headers["cache-control"]
    assert client.get("/tinh/../chat.py").status_code == 404
    assert client.get("/tinh/%2e%2e/chat.py").status_code == 404


def test_a_port_in_use_is_told_at_once_with_a_command_that_mends_it(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(api.PortTaken, match=rf"port {port} on 127\.0\.0\.1: in use.* Mend: hoitin serve --port"):
            api.serve(press(tmp_path), "127.0.0.1", port)
    with pytest.raises(api.PortTaken, match="--host 127"):
        api.check_port("192.0.2.1", 0)
    with pytest.raises(api.PortTaken, match="not an address"):
        api.check_port("khong co may nay", 0)
