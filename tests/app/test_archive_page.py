"""The archive's page for editors: what it shows, what it takes, and what becomes of it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import adding as module
from app import api
from app.adding import Adding, NotTaken
from app.people import People
from app.routes import archive as routes
from app.settings import Settings
from app.web.charts import stacked
from ingest.archive import Archive
from ingest.article import VIETNAM, Rejection
from ingest.home import Home
from tests.app.quick_hashes import quick_hashes
from tests.web.press import BRIDGE, BRIDGE_OLD, CANARY, HOSTILE, RICE, Press, press

RIGHT = "mưa rào trên phố cũ"


def stocked(folder: Path) -> Press:
    """A press whose archive is a real one, with a correction and two refusals."""
    home = Home.open(folder / "home")
    made = press(home.path)
    made.archive = Archive.open(home.archive)  # type: ignore[assignment]
    for article in (BRIDGE_OLD, BRIDGE, RICE, replace(HOSTILE, paragraphs=("Câu độc.",), id="xau")):
        made.archive.add(article, source="https://vidu.example/rss")  # type: ignore[attr-defined]
    made.archive.reject(Rejection("tin.jsonl:3", "no_date", f"<script>{CANARY}</script>"))  # type: ignore[attr-defined]
    made.archive.reject(Rejection("https://vidu.example/404", "http_404", "Not Found"))  # type: ignore[attr-defined]
    return made


class Script:
    """Stands for the child process: says what it is told to, when it is told to."""

    def __init__(self, *lines: dict[str, Any], code: int = 0) -> None:
        self.lines, self.code, self.started = lines, code, []  # type: ignore[var-annotated]

    def __call__(self, words: Any, environment: Any) -> Any:
        self.started.append((words[-1], environment["HOITIN_HOME"]))
        self.seen = Path(words[-1]).read_bytes() if Path(words[-1]).exists() else b""
        text = "".join(json.dumps(line) + "\n" for line in self.lines)
        done = subprocess.CompletedProcess(words, self.code)
        done.stdout = io.StringIO("a library prints this\n" + text)
        done.wait = lambda: self.code  # type: ignore[attr-defined]
        done.poll = lambda: self.code  # type: ignore[attr-defined]
        return done


def ended(jobs: Adding, until_s: float = 5.0) -> dict[str, Any]:
    limit = time.monotonic() + until_s
    while jobs.state()["stage"] not in ("done", "failed"):
        assert time.monotonic() < limit, jobs.state()
        time.sleep(0.02)
    return jobs.state()


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    with quick_hashes():
        yield


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    made = stocked(tmp_path_factory.mktemp("archive"))
    People(made.settings.home).add("lan", RIGHT)
    return made


@pytest.fixture(scope="module")
def script() -> Script:
    report = {"accepted": 2, "updated": 0, "unchanged": 0, "duplicate": 0, "refused": 1, "indexed": 2,
              "rejected": [{"source": "tin.jsonl:3", "reason": "no_title", "detail": "<b>title</b>"}]}  # fmt: skip
    return Script({"stage": "reading", "done": 1, "total": 3}, {"stage": "done", "report": report})


@pytest.fixture(scope="module")
def client(app: Press, script: Script) -> Iterator[TestClient]:
    own: Callable[..., Any] = lambda web: routes.routes(web, Adding(app.settings.home, script))  # noqa: E731
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "ROUTES", tuple(own if r is routes.routes else r for r in api.ROUTES))
        web = api.create(app)
    with TestClient(web, client=("192.0.2.9", 1), follow_redirects=False) as made:
        form = {"name": "lan", "password": RIGHT, "csrf": proof(made.get("/dang-nhap").text)}
        assert made.post("/dang-nhap", data=form).headers["location"] == "/kho"
        yield made


def proof(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


# ---- who, and what is shown


def test_only_editors_see_the_page_or_add_to_the_archive(client: TestClient) -> None:
    stranger = TestClient(client.app, follow_redirects=False)
    led = stranger.get("/kho", headers={"accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/dang-nhap?ve=%2Fkho")
    assert stranger.get("/kho/viec").status_code == 401
    assert stranger.post("/kho/them", data={"address": "https://vidu.example"}).status_code == 401
    assert client.post("/kho/them", data={"address": "https://vidu.example"}).status_code == 403, "no proof"


def test_the_page_shows_sources_refusals_corrections_and_figures(client: TestClient) -> None:
    page = client.get("/kho").text
    assert "https://vidu.example/rss" in page
    assert "Không rõ ngày đăng" in page
    assert "Không tải được trang" in page
    assert 'href="/bai/cau-1?v=2&amp;so=1"' in page
    for part in ("Số bài đăng mỗi ngày, theo báo", "Số câu hỏi mỗi ngày", "Góp ý của bạn đọc mỗi ngày"):
        assert part in page
    assert page.count("<summary>Bảng số liệu</summary>") == page.count('<svg viewBox="0 0 720')
    assert "<title>28/07 · Báo Ví Dụ: 1</title>" in page
    assert "Nội dung câu hỏi không được lưu." in page
    english = client.get("/kho?lang=en").text
    assert "Articles published by day and outlet" in english


def test_nothing_that_a_source_said_becomes_markup(client: TestClient) -> None:
    reply = client.get("/kho")
    assert f"<script>{CANARY}" not in reply.text
    assert not re.search(r"<(?:style|iframe|img)\b", reply.text)
    policy = reply.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert reply.headers["cache-control"] == "no-store"


def test_questions_and_how_many_had_no_answer_are_told(client: TestClient) -> None:
    for words in ("Cầu nào?", "Cầu gì?", "Cầu đâu?", "Có ai lên sao Hỏa?"):
        client.post("/api/ask", json={"question": words})
    client.post("/api/feedback", json={"verdict": "bad", "question": "Cầu nào?"})
    page = client.get("/kho").text
    assert "4 câu hỏi trong 30 ngày; 25% không có câu trả lời trong kho." in page
    assert "1 góp ý trong 30 ngày." in page
    assert "sao Hỏa" not in page


# ---- adding


def test_a_file_is_added_in_the_background_and_its_refusals_are_listed(
    client: TestClient, script: Script, app: Press
) -> None:
    token = proof(client.get("/kho").text)
    sent = client.post(
        "/kho/them", data={"csrf": token, "address": ""}, files={"file": ("../tin mới.jsonl", b'{"title": "x"}')}
    )
    assert (sent.status_code, sent.headers["location"]) == (303, "/kho#them")
    for _ in range(200):
        state = client.get("/kho/viec").json()
        if state["stage"] == "done":
            break
        time.sleep(0.02)
    source, home = script.started[-1]
    assert (Path(source).parent, home) == (app.settings.home / "uploads", str(app.settings.home))
    assert script.seen == b'{"title": "x"}'
    assert "2 bài mới, 0 bài được sửa, 0 không đổi, 0 trùng, 1 bị từ chối." in state["html"]
    assert "Thiếu tiêu đề hoặc nội dung" in state["html"]
    assert "<b>title" not in state["html"]
    assert not Path(source).exists(), "what was sent is not kept beside the archive"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"address": "/etc/passwd"}, "Cần một địa chỉ bắt đầu bằng http"),
        ({"address": "file:///etc/passwd"}, "Cần một địa chỉ bắt đầu bằng http"),
        ({"address": "https://vidu.example/\r\nx"}, "Cần một địa chỉ bắt đầu bằng http"),
        ({"address": ""}, "Cần một địa chỉ bắt đầu bằng http"),
        ({"file": ("virus.exe", b"MZ")}, "Không nhận tệp <bdi>virus.exe"),
        ({"file": ("tin.jsonl", b"")}, "Tệp rỗng."),
        ({"file": ("tin.jsonl", b"x" * (16 * 2**20 + 1))}, "Tệp lớn hơn 16 MB."),
    ],
)
def test_what_is_not_taken_is_refused_with_the_reason(client: TestClient, given: dict[str, Any], said: str) -> None:
    token = proof(client.get("/kho").text)
    files = {"file": given["file"]} if "file" in given else None
    reply = client.post("/kho/them", data={"csrf": token, "address": given.get("address", "")}, files=files)
    assert reply.status_code == 422
    assert said.replace("<bdi>", "") in re.sub(r"</?bdi>", "", reply.text)


def test_one_source_is_added_at_a_time(tmp_path: Path) -> None:
    class Slow(Script):
        def __call__(self, words: Any, environment: Any) -> Any:
            made = super().__call__(words, environment)
            made.wait = lambda: [time.sleep(0.3), 0][1]
            return made

    jobs = Adding(tmp_path, Slow({"stage": "reading", "done": 0, "total": None}))
    jobs.begin("https://vidu.example/rss", "lan")
    with pytest.raises(NotTaken, match="Đang thêm một nguồn khác"):
        jobs.begin("https://tinmau.example/rss", "lan")
    with pytest.raises(NotTaken) as busy:
        jobs.begin_file("tin.jsonl", b"{}", "lan")
    assert busy.value.said("en").startswith("Another source is being added")
    assert ended(jobs)["stage"] == "failed", "a process that ends without a word has failed"


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    script = Script({"stage": "failed", "detail": "x"})
    jobs = Adding(tmp_path, script)
    for name in (
        "../../x.jsonl",
        "/etc/x.jsonl",
        "..\\..\\x.jsonl",
        "a/../x.jsonl",
        "x.jsonl\x00.jsonl",
        ".jsonl.jsonl",
    ):
        jobs.begin_file(name, b"{}", "lan")
        ended(jobs)
        assert Path(script.started[-1][0]).parent == tmp_path / "uploads"


def test_a_second_file_never_replaces_the_one_being_read_and_none_is_left_behind(tmp_path: Path) -> None:
    going_on = threading.Event()

    class Waiting(Script):
        def __call__(self, words: Any, environment: Any) -> Any:
            made = super().__call__(words, environment)
            made.wait = lambda: (going_on.wait(5), self.code)[1]
            return made

    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "cu.jsonl").write_bytes(b"left by a server that was killed")
    jobs = Adding(tmp_path, Waiting({"stage": "done", "report": {}}))
    jobs.begin_file("tin.jsonl", b"first", "lan")
    with pytest.raises(NotTaken):
        jobs.begin_file("tin.jsonl", b"second", "minh")
    assert {p.name: p.read_bytes() for p in (tmp_path / "uploads").iterdir()} == {"tin.jsonl": b"first"}
    going_on.set()
    assert ended(jobs)["stage"] == "done"
    assert list((tmp_path / "uploads").iterdir()) == []


def test_when_no_process_can_be_started_the_next_source_can_still_be_added(tmp_path: Path) -> None:
    def none_left(words: Any, environment: Any) -> Any:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    jobs = Adding(tmp_path, none_left)
    jobs.begin("https://bao.example/rss", "lan")
    assert jobs.state()["stage"] == "failed"
    jobs.begin_file("tin.jsonl", b"{}", "lan")
    assert jobs.state()["stage"] == "failed"
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_private_address_is_refused_by_the_process_that_reads_it(tmp_path: Path) -> None:
    jobs = Adding(Home.open(tmp_path / "home").path)
    jobs.begin("http://127.0.0.1:9/tin", "lan")
    refused = ended(jobs, 60)
    assert "private_address" in json.dumps(refused)


# ---- plots


def test_bars_are_as_high_as_their_numbers_and_the_table_says_the_same() -> None:
    made = stacked("Bài", ["01/07", "02/07"], [("Báo <A>", [2, 0]), ("B", [2, 4])], "vi")
    bars = re.findall(r'<rect class="(s\d)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)">', made)
    # 220 high, 28 below and 14 above: 178 for the top value 4.
    assert bars == [("s0", "103.0", "89.0"), ("s1", "14.0", "89.0"), ("s1", "14.0", "178.0")]
    assert "Báo &lt;A&gt;" in made
    assert "<script" not in made
    rows = re.findall(r"<td>(\d+)</td><td>(\d+)</td>", made)
    assert rows == [("2", "2"), ("0", "4")]


def test_the_archive_counts_by_day_and_outlet_and_names_what_was_corrected(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        for n, (outlet, days) in enumerate((("A", 0), ("A", 0), ("B", 0), ("A", 29), ("A", 30))):
            when = datetime(2026, 7, 28, 0, 30, tzinfo=VIETNAM) - timedelta(days=days)
            archive.add(
                replace(RICE, id=f"a{n}", url=f"https://{outlet.lower()}.example/{n}", title=f"Tin số {n}",
                        paragraphs=(f"Tin số {n} nói một chuyện khác hẳn.",), outlet=outlet, published=when)
            )  # fmt: skip
        archive.add(BRIDGE_OLD)
        archive.add(BRIDGE)
        found = archive.stats(30)
        assert found["days"] == {"2026-06-29": {"A": 1}, "2026-07-28": {"A": 2, "B": 1, "Báo Ví Dụ": 1}}
        (corrected,) = found["corrections"]
        assert (corrected["docid"], corrected["version"]) == ("cau-1", 2)
        assert "days" not in archive.stats()


def test_settings_of_the_page_are_those_that_the_documents_name() -> None:
    assert Settings().keep_questions == 0
    assert module.MOST_BYTES == 16 * 2**20
