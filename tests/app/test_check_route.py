"""POST /api/check and its exports over HTTP: JSON, the stream, what is refused, and that work stops."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from app import api
from app.people import People
from ingest.article import VIETNAM
from tests.app.desk import article, opened
from tests.app.quick_hashes import quick_hashes
from tests.web.checking import DRAFT
from tests.web.press import BRIDGE, HOSTILE_STRINGS, Press, press

PASSWORD = "mưa rào trên phố cũ"


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    with quick_hashes():
        yield


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    made = press(tmp_path_factory.mktemp("home"))
    for name in ("lan", "minh"):
        People(made.settings.home).add(name, PASSWORD)
    return made


@pytest.fixture(scope="module")
def web(app: Press) -> Any:
    return api.create(app)


@pytest.fixture(scope="module")
def client(web: Any) -> Iterator[TestClient]:
    with TestClient(web, raise_server_exceptions=False) as made:
        yield made


def signed_in(web: Any, name: str) -> tuple[TestClient, str]:
    """A browser of its own, and the proof that the desk's page gives to its script."""
    made = TestClient(web, raise_server_exceptions=False)
    proof = re.search(r'name="csrf" value="([^"]+)"', made.get("/dang-nhap").text)
    assert proof
    made.post("/dang-nhap", data={"name": name, "password": PASSWORD, "csrf": proof[1], "ve": "/kiem-chung"})
    page = made.get("/kiem-chung")
    assert f"<bdi>{name}</bdi>" in page.text
    found = re.search(r'data-proof="([^"]+)"', page.text)
    assert found
    return made, found[1]


def stream(client: TestClient, body: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    reply = client.post("/api/check", json=body, headers={"accept": "text/event-stream"})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = []
    for block in reply.text.removesuffix("\n\n").split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_a_draft_is_answered_with_the_contract_of_hoitin_check(client: TestClient, app: Press) -> None:
    reply = client.post("/api/check", json={"draft": DRAFT, "now": "2026-08-01"})
    assert reply.status_code == 200
    claims = reply.json()["claims"]
    assert [c["verdict"] for c in claims if c["checkable"]] == [
        "SUPPORTED", "REFUTED", "SUPPORTED", "NOT_ENOUGH_INFO", "REFUTED"
    ]  # fmt: skip
    for claim in claims:
        assert claim["text"] == DRAFT[claim["start"] : claim["end"]]
    assert app.checker.asked[-1][1] == datetime(2026, 8, 1, 23, 59, 59, 999999, tzinfo=VIETNAM)
    quote = claims[1]["evidence"][0]
    assert quote["quote"] == BRIDGE.text[quote["start"] : quote["end"]]


def test_text_is_another_name_for_a_single_sentence(client: TestClient) -> None:
    claims = client.post("/api/check", json={"text": "Cây cầu dài 1.200 m."}).json()["claims"]
    assert [c["verdict"] for c in claims] == ["REFUTED"]


def test_the_stream_lists_the_sentences_then_judges_each_then_counts(client: TestClient) -> None:
    events = stream(client, {"draft": DRAFT})
    assert [name for name, _ in events] == ["claims", *["check"] * 6, "done"]
    listed, judged = events[0][1], [data for name, data in events if name == "check"]
    assert listed["total"] == 6
    assert [c["text"] for c in listed["claims"]] == [c["text"] for c in judged]
    assert [c["index"] for c in judged] == [0, 1, 2, 3, 4, 5]
    assert events[-1][1]["counts"] == {
        "SUPPORTED": 2, "REFUTED": 2, "NOT_ENOUGH_INFO": 1, "NO_CHECK": 1, "PENDING": 0
    }  # fmt: skip


@pytest.mark.parametrize("words", ["hỏng kho", "vỡ trận"])
def test_what_fails_in_the_middle_is_told_as_an_event_after_what_was_judged(client: TestClient, words: str) -> None:
    events = stream(client, {"draft": f"Cây cầu dài 1.250 m. Sau đó {words}. Cầu có 12 làn xe."})
    assert [name for name, _ in events] == ["claims", "check", "error"]
    assert events[-1][1] == {"detail": "Kho tin đang gặp trục trặc, bạn thử lại sau ít phút nhé."}


@pytest.mark.parametrize(
    ("body", "status", "found"),
    [
        ({}, 422, "Bạn chưa dán bản thảo."),
        ({"draft": " \n\t"}, 422, "Bạn chưa dán bản thảo."),
        ({"draft": "ế" * 70_000}, 422, "Bản thảo dài 210 kB, tối đa 200 kB."),
        ({"draft": "Cầu.", "now": "28/7"}, 422, "now: không đọc được '28/7'"),
        ({"draft": 5}, 422, "draft: "),
        ({"draft": "Cầu.", "drat": "x"}, 422, "drat: "),
        ({"draft": "Sau đó hỏng kho."}, 503, "Kho tin đang gặp trục trặc"),
        ({"draft": "Sau đó vỡ trận."}, 500, "Kho tin đang gặp trục trặc"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_draft_is_said_in_detail(
    client: TestClient, body: dict[str, Any], status: int, found: str
) -> None:
    reply = client.post("/api/check", json=body)
    assert (reply.status_code, found in reply.json()["detail"]) == (status, True)
    assert "/secret" not in reply.text


def test_a_body_of_more_than_two_megabytes_is_refused_before_it_is_read(client: TestClient) -> None:
    body = b'{"draft": "' + b"x" * 2_100_000 + b'"}'
    assert client.post("/api/check", content=body, headers={"content-type": "application/json"}).status_code == 413


def test_work_stops_when_whoever_asked_has_gone(web: Any, app: Press) -> None:
    """The reader leaves after two verdicts: the sentence being judged is finished, the other ninety are not begun."""
    body = json.dumps({"draft": "Cây cầu dài 1.250 m. " * 92}).encode()
    sent: list[bytes] = []
    gone = asyncio.Event()
    given = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if given:
            return given.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))
        if sum(b"event: check" in part for part in sent) == 2:
            gone.set()

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "POST",
        "path": "/api/check", "raw_path": b"/api/check", "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"accept", b"text/event-stream"), (b"content-type", b"application/json"), (b"host", b"t")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    before, app.checker.pause_s = app.checker.judged, 0.02
    try:
        asyncio.run(asyncio.wait_for(web(scope, receive, send), 20))
    finally:
        app.checker.pause_s = 0.0
    assert 2 <= app.checker.judged - before <= 8


def exported(client: TestClient, form: str, report: dict[str, Any], lang: str = "vi") -> Any:
    return client.post(f"/api/check/export?form={form}&lang={lang}", json=report)


def test_what_was_checked_can_be_posted_back_for_a_file_of_each_kind(client: TestClient) -> None:
    claims = client.post("/api/check", json={"draft": DRAFT}).json()["claims"]
    claims[1] |= {"decision": "accept", "remark": "Đã gọi ban quản lý."}
    report = {"title": "Cầu mới", "draft": DRAFT, "claims": claims, "checked": "2026-08-01T09:00:00Z"}
    word = exported(client, "docx", report)
    assert word.headers["content-disposition"] == 'attachment; filename="kiem-chung.docx"'
    table = docx.Document(BytesIO(word.content)).tables[0]
    assert [row.cells[2].text.split("\n")[0] for row in table.rows[1:]] == [
        "✓ Có nguồn", "✗ Trái với nguồn", "✓ Có nguồn", "? Chưa đủ nguồn", "✗ Trái với nguồn"
    ]  # fmt: skip
    assert "Đã gọi ban quản lý." in exported(client, "csv", report).content.decode("utf-8-sig")
    page = exported(client, "html", report, "en").text
    assert "Contradicted" in page
    assert '<html lang="en">' in page


@pytest.mark.parametrize("report", [{"draft": 5}, {"claims": [{}, 3]}, {"draft": "x" * 200_001}, [], "x", None])
def test_what_cannot_be_exported_is_refused_in_words(client: TestClient, report: Any) -> None:
    reply = exported(client, "docx", report)
    assert reply.status_code == 422
    assert reply.json()["detail"]


def test_hostile_drafts_are_checked_and_exported_like_any_other(client: TestClient) -> None:
    draft = "\n".join(HOSTILE_STRINGS) + "\nCâu độc."
    claims = client.post("/api/check", json={"draft": draft}).json()["claims"]
    page = exported(client, "html", {"title": draft, "draft": draft, "claims": claims}).text
    for opening in ("<script", "<img", "<svg", "<iframe", "<style>*"):
        assert opening not in page.lower()


def test_the_pages_carry_their_policy_their_language_and_their_theme(web: Any) -> None:
    editor, _ = signed_in(web, "lan")
    for path, name, english in (
        ("/kiem-chung", "Bàn kiểm chứng", "Fact-check desk"),
        ("/tin-nay-co-dung-khong", "Tin này có đúng không?", "Is this true?"),
    ):
        editor.cookies.set("ht_theme", "dark")
        page = editor.get(path)
        assert page.status_code == 200
        assert f"<title>{name} · Hỏi Tin</title>" in page.text
        assert '<html lang="vi" class="dark">' in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
        assert english in editor.get(path + "?lang=en").text


def test_the_desk_asks_for_sign_in_and_the_claim_page_does_not(client: TestClient) -> None:
    led = client.get("/kiem-chung", headers={"accept": "text/html"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/dang-nhap?ve=%2Fkiem-chung")
    assert client.get("/tin-nay-co-dung-khong").status_code == 200


def test_a_draft_is_saved_listed_opened_and_deleted_by_its_editor_alone(web: Any, app: Press) -> None:
    lan, proof = signed_in(web, "lan")
    claims = lan.post("/api/check", json={"draft": DRAFT}).json()["claims"]
    claims[1] |= {"decision": "accept", "remark": "Đã gọi.", "fixed": True}
    kept = lan.post(
        "/api/drafts", json={"title": "Cầu mới", "draft": DRAFT, "claims": claims}, headers={"x-csrf-token": proof}
    )
    assert kept.status_code == 201
    name = kept.json()["id"]
    assert [(d["id"], d["title"]) for d in lan.get("/api/drafts").json()["drafts"]] == [(name, "Cầu mới")]
    again = lan.get(f"/api/drafts/{name}").json()
    assert again["draft"] == DRAFT
    assert [(c["start"], c["end"], c["checkable"]) for c in again["claims"]] == [
        (c["start"], c["end"], c["checkable"]) for c in claims
    ]
    judged = again["claims"][1]
    assert (judged["verdict"], judged["decision"], judged["remark"], judged["fixed"]) == (
        "REFUTED", "accept", "Đã gọi.", True
    )  # fmt: skip
    assert judged["evidence"] == claims[1]["evidence"]
    assert judged["differences"] == claims[1]["differences"]
    over = lan.post("/api/drafts", json={"id": name, "draft": "Khác."}, headers={"x-csrf-token": proof})
    assert over.json() == {"id": name}
    assert lan.get(f"/api/drafts/{name}").json()["draft"] == "Khác."

    minh, other = signed_in(web, "minh")
    assert minh.get("/api/drafts").json() == {"drafts": []}
    assert minh.get(f"/api/drafts/{name}").status_code == 404
    assert minh.delete(f"/api/drafts/{name}", headers={"x-csrf-token": other}).status_code == 404
    assert lan.delete(f"/api/drafts/{name}", headers={"x-csrf-token": proof}).status_code == 200
    assert lan.get(f"/api/drafts/{name}").status_code == 404
    assert [p for p in (app.settings.home / "drafts").rglob("*") if p.is_file()] == []


def test_a_draft_is_saved_only_by_the_desks_own_page(web: Any, client: TestClient) -> None:
    lan, _ = signed_in(web, "lan")
    assert lan.post("/api/drafts", json={"draft": "Cầu."}).status_code == 403
    assert lan.post("/api/drafts", json={"draft": "Cầu."}, headers={"x-csrf-token": "x"}).status_code == 403
    for method, path in (("GET", "/api/drafts"), ("POST", "/api/drafts"), ("DELETE", "/api/drafts/0123456789abcdef")):
        assert client.request(method, path, json={"draft": "Cầu."}).status_code == 401


@pytest.mark.parametrize("name", ["..%2f..%2farchive", "0123456789ABCDEF", "x" * 300, "0123456789abcdef"])
def test_an_id_that_is_none_opens_nothing(web: Any, name: str) -> None:
    lan, _ = signed_in(web, "lan")
    assert lan.get(f"/api/drafts/{name}").status_code == 404


def test_checking_and_exporting_leave_nothing_in_the_home(client: TestClient, app: Press) -> None:
    before = {p: p.stat().st_size for p in app.settings.home.rglob("*")}
    claims = client.post("/api/check", json={"draft": DRAFT}).json()["claims"]
    for form in ("csv", "html", "docx"):
        exported(client, form, {"draft": DRAFT, "claims": claims})
    stream(client, {"draft": DRAFT})
    assert {p: p.stat().st_size for p in app.settings.home.rglob("*")} == before


def test_a_hostile_claim_in_the_address_stays_text(client: TestClient) -> None:
    page = client.get("/tin-nay-co-dung-khong", params={"cau": "</textarea><script>alert(1)</script>"}).text
    assert "</textarea><script>" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_the_specification_shows_how_to_ask(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    check = paths["/api/check"]["post"]
    assert set(check["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}
    assert "example" in check["responses"]["200"]["content"]["application/json"]
    assert {"/api/check", "/api/check/export"} <= paths.keys()
    assert "/kiem-chung" not in paths


def test_where_programs_need_a_key_the_pages_check_all_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    closed = press(tmp_path_factory.mktemp("home"))
    closed.settings = replace(closed.settings, api="keys")
    citizen = TestClient(api.create(closed), raise_server_exceptions=False)
    body = {"text": "Cây cầu dài 1.200 m."}
    assert citizen.post("/api/check", json=body).status_code == 401
    proof = re.search(r'data-proof="([^"]+)"', citizen.get("/tin-nay-co-dung-khong").text)
    assert proof
    checked = citizen.post("/api/check", json=body, headers={"x-csrf-token": proof[1]})
    assert [c["verdict"] for c in checked.json()["claims"]] == ["REFUTED"]


def test_the_real_checker_behind_the_route_cites_the_archive_word_for_word(tmp_path: Path) -> None:
    held = article(
        "cau", "2026-03-10 08:00", "Cầu Sông Ngân thông xe", "Cầu Sông Ngân dài 1.250 m, thông xe sáng 10/3.",
        "Vốn của cầu là 3.200 tỉ đồng, lấy từ ngân sách tỉnh.",
    )  # fmt: skip
    with opened(tmp_path, [held]) as real, TestClient(api.create(real)) as reader:
        draft = "Cầu Sông Ngân dài 1.250 m, thông xe sáng 10/3. Vì sao lại chậm?"
        events = stream(reader, {"draft": draft, "now": "2026-03-12"})
    judged = [data for name, data in events if name == "check"]
    assert [c["text"] for c in judged] == ["Cầu Sông Ngân dài 1.250 m, thông xe sáng 10/3.", "Vì sao lại chậm?"]
    assert [c["checkable"] for c in judged] == [True, False]
    assert judged[0]["verdict"] == "SUPPORTED"
    for quote in judged[0]["evidence"]:
        assert quote["quote"] == held.text[quote["start"] : quote["end"]]
