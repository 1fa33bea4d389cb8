"""A model's second opinion where people meet it: the terminal, /api/check, the exports. Only when asked for, and beside our verdicts."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from app import api
from app.check import command
from app.check.adviser import Adviser
from app.cli import parser
from app.desk.csv_file import csv_bytes
from app.desk.docx_file import docx_bytes
from app.desk.html_file import html_text
from app.desk.report import read_report, report_json
from app.llm import Endpoint
from app.settings import Settings
from app.wiring import App
from app.write import WritingAnswerer
from ingest.errors import UsageError
from tests.app.desk import article, opened
from tests.app.endpoint import Script, endpoint
from tests.app.test_check_route import stream
from tests.web.checking import DRAFT
from tests.web.press import BRIDGE, Press, press

HARBOUR = article("cang", "2026-04-02 09:00", "Cảng Hải Sa đón tàu",
                  "Cảng Hải Sa vừa đón tàu chở 30.000 tấn gạo.")  # fmt: skip
SENTENCES = "Cảng Hải Sa vừa đón tàu chở 30.000 tấn gạo. Cảng Hải Sa vừa đón tàu chở 20.000 tấn gạo. Vì sao thế?"


# ---- the terminal


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(tmp_path_factory.mktemp("second"), [HARBOUR]) as made:
        yield made


@pytest.fixture
def run(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """`hoitin check` over the small archive: run(script, *words) gives what it printed; it must end with 0."""
    draft = tmp_path / "nhap.txt"
    draft.write_text(SENTENCES, encoding="utf-8")
    settings = app.settings

    def made(script: Script | None, *words: str) -> str:
        app.settings = replace(settings, llm_url=script.url if script else "", llm_model="m" if script else "")
        for part in ("adviser", "writer"):
            app.__dict__.pop(part, None)

        @contextmanager
        def here() -> Iterator[App]:
            yield app

        monkeypatch.setattr(command, "opened", here)
        assert command.check(parser().parse_args(["check", str(draft), *words])) == 0
        return capsys.readouterr().out

    return made


def test_the_terminal_prints_all_verdicts_first_and_then_each_opinion_beside_its_verdict(run: Any) -> None:
    plain = run(None)
    with endpoint("BO_NGO", "TRAI_NGUOC") as script:
        told = run(script, "--second-opinion")
    assert told.startswith(plain)
    assert told.removeprefix(plain).splitlines() == [
        "Ý kiến thứ hai của mô hình m, chỉ để tham khảo; kết quả đối chiếu ở trên không đổi:",
        "≠  Cảng Hải Sa vừa đón tàu chở 30.000 tấn gạo.",
        "   Đối chiếu: ✓ Kho tin xác nhận",
        "   Ý kiến của mô hình m: các câu trong kho để ngỏ, chỉ để tham khảo (≠ khác kết quả đối chiếu)",
        "",
        "=  Cảng Hải Sa vừa đón tàu chở 20.000 tấn gạo.",
        "   Đối chiếu: ✗ Khác với kho tin",
        "   Ý kiến của mô hình m: các câu trong kho nói trái, chỉ để tham khảo (= giống kết quả đối chiếu)",
        "",
    ]


def test_the_json_of_the_terminal_carries_it_only_when_asked_for_and_a_dead_endpoint_still_ends_with_0(
    run: Any, tmp_path: Path
) -> None:
    plain = json.loads(run(None, "--json"))["claims"]
    assert all("second_opinion" not in claim for claim in plain)
    with endpoint("UNG_HO", 500) as script:
        assert json.loads(run(script, "--json"))["claims"] == plain
        assert script.asked == []
        table = tmp_path / "ra.csv"
        told = json.loads(run(script, "--json", "--second-opinion", "--csv", str(table)))["claims"]
    assert [claim.pop("second_opinion") for claim in told] == [
        {"model": "m", "verdict": "SUPPORTED", "agrees": True, "why_none": ""},
        {"model": "m", "verdict": None, "agrees": None, "why_none": "broken"},
        None,
    ]
    assert told == plain
    assert "Mô hình m không cho ý kiến: gặp lỗi khi trả lời" in table.read_text("utf-8-sig")


def test_without_a_model_the_option_is_refused_before_anything_is_checked(run: Any) -> None:
    with pytest.raises(
        UsageError, match=r"--second-opinion: found no model, wanted one to ask\. Mend: export HOITIN_LLM"
    ):
        run(None, "--second-opinion")


def test_answers_and_opinions_share_one_model(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model file would else be loaded into memory twice."""
    opened_so_far: list[Settings] = []
    with endpoint("UNG_HO") as script:

        def opening(settings: Settings) -> Endpoint:
            opened_so_far.append(settings)
            return Endpoint(lambda: script.url, model="m", timeout_s=5)

        monkeypatch.setattr("app.llm.open_writer", opening)
        with App(replace(app.settings, llm_url=script.url, llm_model="m"), app.home) as other:
            for name in ("archive", "stores", "embedder", "searcher"):
                other.__dict__[name] = getattr(app, name)
            assert isinstance(other.answerer, WritingAnswerer)
            assert other.adviser is not None
            (check, *_) = other.checker.check(SENTENCES)
            assert other.adviser.opinion(check.claim.text, check.evidence).verdict == "SUPPORTED"
            for name in ("archive", "stores", "searcher"):
                del other.__dict__[name]  # lent: closed by whom it belongs to
    assert len(opened_so_far) == 1


# ---- /api/check


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return press(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(site: Press) -> Iterator[TestClient]:
    with TestClient(api.create(site), raise_server_exceptions=False) as made:
        yield made


@contextmanager
def advised(site: Press, *steps: Any) -> Iterator[Script]:
    """The site has a model that follows a script while the block runs."""
    with endpoint(*steps) as script:
        site.adviser = Adviser(lambda: Endpoint(lambda: script.url, model="m", timeout_s=5), "m")
        try:
            yield script
        finally:
            site.adviser = None


def test_the_json_of_the_api_is_the_same_but_for_the_opinions(client: TestClient, site: Press) -> None:
    plain = client.post("/api/check", json={"draft": DRAFT}).json()["claims"]
    with advised(site, "UNG_HO", "UNG_HO", "không biết") as script:
        assert client.post("/api/check", json={"draft": DRAFT}).json()["claims"] == plain
        assert script.asked == []
        told = client.post("/api/check", json={"draft": DRAFT, "second_opinion": True}).json()["claims"]
    opinions = [claim.pop("second_opinion") for claim in told]
    assert told == plain
    assert [o and (o["verdict"], o["agrees"], o["why_none"]) for o in opinions] == [
        ("SUPPORTED", True, ""), ("SUPPORTED", False, ""), (None, None, "nonsense"), None, None, (None, None, "nonsense")
    ]  # fmt: skip


def test_the_stream_sends_every_verdict_before_the_first_opinion(client: TestClient, site: Press) -> None:
    with advised(site, "TRAI_NGUOC"):
        events = stream(client, {"draft": DRAFT, "second_opinion": True})
    assert [name for name, _ in events] == ["claims", *["check"] * 6, *["opinion"] * 4, "done"]
    told = [data for name, data in events if name == "opinion"]
    assert [(t["index"], t["done"], t["total"]) for t in told] == [(0, 1, 4), (1, 2, 4), (2, 3, 4), (5, 4, 4)]
    assert told[1]["second_opinion"] == {"model": "m", "verdict": "REFUTED", "agrees": True, "why_none": ""}
    assert events[-1][1]["counts"]["REFUTED"] == 2


def test_a_claim_of_the_json_posted_back_gets_its_opinion_on_the_sentences_of_the_archive(
    client: TestClient, site: Press
) -> None:
    claim = client.post("/api/check", json={"text": "Cây cầu dài 1.200 m."}).json()["claims"][0]
    claim["evidence"][0]["quote"] = "Cây cầu dài 1.200 m, do người gọi bịa ra."
    with advised(site, "TRAI_NGUOC", 500) as script:
        reply = client.post("/api/check/opinion", json=claim)
        assert reply.json() == {"model": "m", "verdict": "REFUTED", "agrees": True, "why_none": ""}
        shown = script.asked[0]["messages"][-1]["content"]
        assert "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng." in shown
        assert "bịa" not in shown
        broken = client.post("/api/check/opinion", json=claim)
    assert (broken.status_code, broken.json()["why_none"]) == (200, "broken")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"evidence": []}, "evidence: "),
        ({"verdict": "MAYBE"}, "verdict: "),
        ({"evidence": [{"docid": "khong-co", "version": 1, "start": 0, "end": 9}]}, "Kho tin không còn câu này."),
        ({"evidence": [{"docid": BRIDGE.id, "version": 2, "start": 9, "end": 3}]}, "Kho tin không còn câu này."),
        ({"evidence": [{"docid": "\ud800", "version": 2, "start": 0, "end": 3}]}, "docid: "),
    ],
)
def test_what_cannot_be_asked_about_is_said_and_the_model_is_not_asked(
    client: TestClient, site: Press, change: dict[str, Any], found: str
) -> None:
    place = {"docid": BRIDGE.id, "version": 2, "start": 0, "end": 20}
    body = json.dumps({"text": "Cầu.", "verdict": "REFUTED", "evidence": [place], **change})
    with advised(site, "UNG_HO") as script:
        reply = client.post("/api/check/opinion", content=body, headers={"content-type": "application/json"})
        assert script.asked == []
    assert (reply.status_code, found in reply.json()["detail"]) == (422, True)


def test_without_a_model_a_call_for_opinions_is_refused_in_a_sentence(client: TestClient) -> None:
    place = {"docid": BRIDGE.id, "version": 2, "start": 0, "end": 20}
    for path, body in (
        ("/api/check", {"draft": DRAFT, "second_opinion": True}),
        ("/api/check/opinion", {"text": "Cầu.", "verdict": "REFUTED", "evidence": [place]}),
    ):
        reply = client.post(path, json=body)
        assert (reply.status_code, reply.json()["detail"]) == (422, "Máy chủ này không có mô hình nào để hỏi thêm.")


def test_no_further_claim_is_asked_about_when_whoever_asked_has_gone(site: Press) -> None:
    """The reader leaves at the first of ninety opinions: at most the call in hand and the one begun meanwhile go out."""
    body = json.dumps({"draft": "Cây cầu dài 1.250 m. " * 90, "second_opinion": True}).encode()
    gone = asyncio.Event()
    given = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if given:
            return given.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if b"event: opinion" in message.get("body", b""):
            gone.set()

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "POST",
        "path": "/api/check", "raw_path": b"/api/check", "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"accept", b"text/event-stream"), (b"content-type", b"application/json"), (b"host", b"t")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    with advised(site, "UNG_HO") as script:
        asyncio.run(asyncio.wait_for(api.create(site)(scope, receive, send), 30))
        assert 1 <= len(script.asked) <= 5


# ---- the exports


def report(second: object) -> dict[str, Any]:
    claim = {"start": 0, "end": 20, "verdict": "REFUTED", "confidence": 0.9, "second_opinion": second}
    return {"draft": "Cây cầu dài 1.200 m.", "claims": [claim]}


def test_every_export_shows_the_opinion_and_none_speaks_of_it_when_none_was_asked_for() -> None:
    asked = read_report(report({"model": "m", "verdict": "SUPPORTED", "agrees": False, "why_none": ""}))
    line = "Ý kiến của mô hình m: các câu trong kho ủng hộ, chỉ để tham khảo (≠ khác kết quả đối chiếu)"
    for made, shown in ((asked, True), (read_report(report(None)), False)):
        (row,) = csv.DictReader(StringIO(csv_bytes(made, "vi").decode("utf-8-sig"), newline=""))
        assert row.get("Ý kiến của mô hình (để tham khảo)") == (line if shown else None)
        assert row["Kết quả"] == "✗ Trái với nguồn"
        assert (line in html_text(made, "vi")) == shown
        assert ("mô hình" in html_text(made, "vi")) == shown
        cell = docx.Document(BytesIO(docx_bytes(made, "vi"))).tables[0].rows[1].cells[2].text
        assert cell.split("\n") == ["✗ Trái với nguồn", "độ chắc 90%", *([line] if shown else [])]
        assert read_report(report_json(made)) == made
    assert "gives no opinion" in html_text(read_report(report({"model": "m", "why_none": "slow"})), "en")


@pytest.mark.parametrize(
    ("second", "field"),
    [
        ("REFUTED", ""),
        ({"verdict": "MAYBE"}, ".verdict"),
        ({"verdict": []}, ".verdict"),
        ({"verdict": None, "why_none": ""}, ".why_none"),
        ({"verdict": "REFUTED", "why_none": "slow"}, ".why_none"),
        ({"verdict": None, "why_none": "<b>"}, ".why_none"),
        ({"verdict": None, "why_none": ["slow"]}, ".why_none"),
        ({"verdict": "REFUTED", "model": 5}, ".model"),
    ],
)
def test_what_is_no_opinion_is_refused_by_the_name_of_its_field(second: object, field: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_report(report(second))
    assert str(refused.value) == f"claims[0].second_opinion{field}: không đúng dạng của kết quả kiểm chứng"
