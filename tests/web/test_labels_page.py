"""Editors grow their test set: over HTTP what is kept and refused, in a browser that it can be done by anyone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from app import api
from app.labels import Label, Labels, same, stands_in, to_label
from app.people import People
from app.web import feedback
from eval.datasets import read_questions
from tests.app.quick_hashes import quick_hashes
from tests.web.axe import findings
from tests.web.conftest import Reader, Site
from tests.web.press import BRIDGE, CANARY, HOSTILE_STRINGS, Press, press

PASSWORD = "mưa rào trên phố cũ"
LONG = "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng."
AT = BRIDGE.text.index(LONG)
RIGHT = {"cau": "Cầu dài bao nhiêu?", "co": "co", "loai": "number", "dap": "1.250 m\n1250 m\n",
         "cau_chung": f"cau-1:{AT}:{AT + len(LONG)}", "luc": "2026-07-29T08:00:00+07:00"}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    made = press(tmp_path_factory.mktemp("home"))
    with quick_hashes():
        People(made.settings.home).add("lan", PASSWORD)
        yield made


@pytest.fixture(scope="module")
def client(app: Press) -> TestClient:
    made = TestClient(api.create(app), follow_redirects=False)  # type: ignore[arg-type]
    form = {"name": "lan", "password": PASSWORD, "csrf": proof(made, "/dang-nhap"), "ve": "/gan-nhan"}
    assert made.post("/dang-nhap", data=form).headers["location"] == "/gan-nhan"
    return made


@pytest.fixture(autouse=True)
def nothing_kept(app: Press) -> None:
    (app.settings.home / "labels.jsonl").unlink(missing_ok=True)


def proof(client: TestClient, path: str = "/gan-nhan") -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def save(client: TestClient, **more: Any) -> Any:
    return client.post("/gan-nhan", data={**RIGHT, "csrf": proof(client), **more})


def test_what_is_saved_is_a_question_file_that_the_evaluation_reads(client: TestClient, tmp_path: Path) -> None:
    assert save(client).headers["location"] == "/gan-nhan?xong=luu"
    absent = {"cau": "Ai hát ở sao Hỏa?", "co": "khong", "loai": "near_miss", "dap": "", "cau_chung": ""}
    assert save(client, **absent).status_code == 303
    reply = client.get("/gan-nhan/cau-hoi.jsonl")
    assert reply.headers["content-disposition"] == 'attachment; filename="cau-hoi.jsonl"'
    (tmp_path / "q.jsonl").write_bytes(reply.content)
    long, song = read_questions(tmp_path / "q.jsonl")
    assert (long.question, long.type, long.answers, long.docids) == (
        "Cầu dài bao nhiêu?", "number", ("1.250 m", "1250 m"), ("cau-1",),
    )  # fmt: skip
    assert long.evidence == LONG
    assert long.now is not None
    assert long.now.isoformat() == "2026-07-29T08:00:00+07:00"
    assert (song.answerable, song.type, song.docids) == (False, "near_miss", ())
    assert "lan" not in reply.text, "who labelled it stays in the newsroom"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cau": " "}, "chưa nhập câu hỏi"),
        ({"co": ""}, "kho tin có câu trả lời hay không"),
        ({"cau_chung": ""}, "ít nhất một bài"),
        ({"dap": "\n "}, "ít nhất một câu trả lời"),
        ({"dap": "1.300 m"}, "Không câu trả lời nào đứng trong"),
        ({"khac": "không-có"}, "không có bài"),
        ({"cau_chung": "cau-1:9000:9010"}, "không còn trong bài"),
        ({"cau_chung": "cau-1:x:y"}, "không còn trong bài"),
    ],
)
def test_a_label_that_would_test_nothing_is_refused_and_nothing_typed_is_lost(
    client: TestClient, change: dict[str, str], told: str
) -> None:
    reply = save(client, ghi="nhớ hỏi lại", **change)
    assert reply.status_code == 422
    assert told in reply.text
    if change.get("cau") != " ":
        assert 'value="nhớ hỏi lại"' in reply.text
    assert client.get("/gan-nhan/cau-hoi.jsonl").text == ""


def test_an_article_may_be_named_by_its_address_and_counts_once(client: TestClient) -> None:
    assert save(client, khac=f"{BRIDGE.url}\ncau-1", bai=["cau-1"], cau_chung="").status_code == 303
    assert json.loads(client.get("/gan-nhan/cau-hoi.jsonl").text)["docids"] == ["cau-1"]


def test_the_page_offers_the_answers_sentences_and_marks_what_was_quoted(client: TestClient, app: Press) -> None:
    before = client.get("/metrics").text
    page = client.get("/gan-nhan?cau=Cầu dài bao nhiêu?").text
    assert page.count(f'value="cau-1:{AT}:{AT + len(LONG)}"') == 1
    assert re.search(rf"{re.escape(LONG)}</bdi></span> <span class=\"ht-cited\">máy trích", page)
    assert "checked" not in page, "the machine's answer must not be the label by default"
    questions = [line for line in client.get("/metrics").text.splitlines() if line.startswith("hoitin_questions_total")]
    assert questions == [line for line in before.splitlines() if line.startswith("hoitin_questions_total")]


def test_days_are_written_as_in_vietnam(client: TestClient, app: Press) -> None:
    feedback.keep(app.settings.home, "bad", "wrong", {"question": "Phà chạy lúc nào?"})
    page = client.get("/gan-nhan").text
    assert re.search(r"Phà chạy lúc nào.*?<span class=.ht-meta.>\d\d/\d\d/20\d\d ·", page)


def test_only_editors_see_it_and_only_their_own_page_changes_it(app: Press, client: TestClient) -> None:
    stranger = TestClient(client.app, follow_redirects=False)
    assert stranger.get("/gan-nhan", headers={"accept": "text/html"}).status_code == 303
    assert stranger.get("/gan-nhan/cau-hoi.jsonl").status_code == 401
    assert client.post("/gan-nhan", data={**RIGHT, "csrf": "giả"}).status_code == 403
    assert client.post("/gan-nhan/xoa", data={"id": "x"}).status_code == 403
    reply = client.get("/gan-nhan?cau=Cầu")
    assert "script-src" not in reply.headers["content-security-policy"]
    assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_readers_questions_stand_with_the_criticised_first_and_leave_when_labelled(tmp_path: Path) -> None:
    feedback.keep(tmp_path, "good", "", {"question": "Gạo tăng bao nhiêu?"})
    feedback.keep(tmp_path, "bad", "wrong", {"question": "Cầu dài bao nhiêu?"})
    feedback.keep(tmp_path, "bad", "wrong", {"question": "cầu dài  bao nhiêu"})
    (tmp_path / feedback.FILE).open("a").write("hỏng\n[]\n")
    unanswered = [("2026-07-28", "Ai hát?")]
    found = to_label(tmp_path, unanswered)
    assert [(same(asked.question), asked.outcome) for asked in found] == [
        ("cầu dài bao nhiêu", "bad"), ("ai hát", "abstained"), ("gạo tăng bao nhiêu", "good"),
    ]  # fmt: skip
    done = [Label("x", "Cầu dài bao nhiêu?", "number", True)]
    assert [asked.question for asked in to_label(tmp_path, unanswered, done)] == ["Ai hát?", "Gạo tăng bao nhiêu?"]


def test_a_label_taken_out_is_gone_and_a_spoilt_line_harms_no_other(tmp_path: Path) -> None:
    labels = Labels(tmp_path)
    first = labels.add(Label("", "Ai?", "factoid", True, ("Lê",), ("a",)))
    second = labels.add(Label("", "Đâu?", "factoid", True, ("Hoà An",), ("a",)))
    assert labels.remove(first)
    assert not labels.remove(first)
    (tmp_path / "labels.jsonl").open("a").write('{"id": 1}\n{"cut')
    assert [label.id for label in labels.all()] == [second]
    assert (tmp_path / "labels.jsonl").stat().st_mode & 0o077 == 0


def test_an_answer_stands_in_a_text_by_whole_words_however_it_is_typed() -> None:
    assert stands_in("Hoà An", "xã Hòa An ngập")
    assert not stands_in("An Phú", "xã Hòa An, phường Phú")
    assert not stands_in("", "xã")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_an_editor_labels_a_question_and_downloads_the_file(
    site: Site, chromium: Any, reader: Callable[..., Reader], width: int, scheme: str
) -> None:
    home = site.press.settings.home
    feedback.keep(home, "bad", "wrong", {"question": "Cầu Sông Ngân dài bao nhiêu mét?"})
    feedback.keep(home, "bad", "wrong", {"question": HOSTILE_STRINGS[0]})
    someone = reader(width, scheme)
    page, name = someone.page, f"nhan-{width}"
    with quick_hashes():
        People(home).add(name, PASSWORD)
        page.goto(site.url + "/gan-nhan")
        page.fill("#name", name)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
    page.get_by_role("link", name="Cầu Sông Ngân dài bao nhiêu mét?").first.click()
    page.wait_for_selector("#tra-loi")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_label("Kho tin có câu trả lời", exact=True).check()
    page.get_by_label(LONG).check()
    page.fill("#dap", "1.300 m")
    page.select_option("#loai", "number")
    page.get_by_role("button", name="Lưu vào bộ câu hỏi").click()
    assert "Không câu trả lời nào" in page.inner_text("#wrong")
    assert page.get_by_label(LONG).is_checked(), "what was chosen stays"
    page.fill("#dap", "1.250 m")
    someone.shot(f"labels-{width}-{scheme}")
    page.get_by_role("button", name="Lưu vào bộ câu hỏi").click()
    expect(page.locator(".ht-told")).to_contain_text("Đã lưu")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Tải tệp câu hỏi").click()
    (question,) = read_questions(Path(fetched.value.path()))
    assert (question.answers, question.evidence) == (("1.250 m",), LONG)
    page.get_by_role("button", name="Xóa câu").click()
    expect(page.locator(".ht-told")).to_contain_text("còn 0 câu")
    # refused by the status 422 of the first try; nothing else may be wrong
    assert [said for said in someone.complaints if "422" not in said] == []
    assert someone.hosts() == {site.url.removeprefix("http://")}
    assert not page.evaluate(CANARY.replace("=1", " === 1"))
