"""Editors in a browser: signing in, being locked out, signing out, and the archive's page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.people import People
from ingest.archive import Archive
from ingest.article import Rejection
from ingest.home import Home
from tests.app.quick_hashes import quick_hashes
from tests.web.axe import findings
from tests.web.conftest import Reader
from tests.web.press import BRIDGE, BRIDGE_OLD, CANARY, HOSTILE, HOSTILE_STRINGS, PALACE, RICE, Press, press
from tests.web.serving import served

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
RIGHT = "mưa rào trên phố cũ"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    home = Home.open(tmp_path_factory.mktemp("editors") / "home")
    made = press(home.path)
    archive = Archive.open(home.archive)
    made.archive = archive  # type: ignore[assignment]
    for article in (BRIDGE_OLD, BRIDGE, RICE, PALACE, replace(HOSTILE, paragraphs=("Câu độc.",), id="xau")):
        archive.add(article, source="https://vidu.example/rss/thoi-su.rss")
    for number, words in enumerate(HOSTILE_STRINGS):
        archive.reject(Rejection(f"tep-{number} {words[:200]}", "no_date", words))
    return made


@pytest.fixture(scope="module")
def home(app: Press) -> Iterator[str]:
    with quick_hashes():
        people = People(app.settings.home)
        people.add("lan", RIGHT)
        people.add("khoa", RIGHT)
        with served(app) as address:
            yield address


def sign_in(someone: Reader, home: str, name: str = "lan", password: str = RIGHT, path: str = "/kho") -> None:
    """By keyboard alone, from the page that asked for it."""
    someone.page.goto(home + path)
    expect(someone.page.locator("#name")).to_be_focused()  # the page puts the caret there
    someone.page.keyboard.type(name)
    someone.page.keyboard.press("Tab")
    someone.page.keyboard.type(password)
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")


def blocked(someone: Reader) -> list[str]:
    return [c for c in someone.complaints if "Content Security Policy" in c or "dialog" in c]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_an_editor_signs_in_sees_the_archive_and_signs_out(reader: Readers, home: str, width: int, scheme: str) -> None:
    someone = reader(width, scheme)
    someone.page.goto(home + "/kho")
    assert "/dang-nhap" in someone.page.url
    assert findings(someone.page) == []
    someone.shot(f"sign-in-{width}-{scheme}")
    sign_in(someone, home)
    assert someone.page.url == home + "/kho"
    page = someone.page
    page.get_by_role("heading", name="Kho tin", level=1).wait_for()
    assert page.locator("figure.ht-plot").count() == 3
    assert page.locator("#nguon tbody tr").count() == 1
    assert page.locator("#dinh-chinh tbody tr").count() == 1
    assert page.evaluate("window.canary") is None
    assert page.locator("main :is(script, iframe, img, object)").count() == 0
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.locator("figure summary").first.click()
    assert findings(page) == []
    someone.shot(f"archive-{width}-{scheme}")
    page.screenshot(path=str(Path("test-artefacts") / f"archive-{width}-{scheme}-whole.png"), full_page=True)
    page.locator("#dinh-chinh a").click()
    page.wait_for_selector("ins")
    assert "1.250" in page.locator("ins").all_inner_texts()
    page.go_back()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_text("Bạn đã đăng xuất.").wait_for()
    page.goto(home + "/kho")
    assert "/dang-nhap" in page.url
    assert blocked(someone) == []
    assert someone.hosts() == {home.removeprefix("http://")}


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_every_page_has_the_same_bar_whoever_looks(reader: Readers, home: str, lang: str) -> None:
    someone = reader()
    page, bars = someone.page, {}

    def bar(path: str) -> list[str]:
        page.goto(home + path + lang)
        here = page.locator("header nav a[aria-current=page]").all()
        assert len(here) == 1, path
        assert here[0].get_attribute("href").split("?")[0] == path
        return page.locator("header").first.locator("nav a").all_inner_texts()

    page.goto(home + "/dang-nhap" + lang)
    citizens = page.locator("header nav a").all_inner_texts()
    assert len(citizens) == 3
    assert bar("/tin-nay-co-dung-khong") == citizens
    sign_in(someone, home)
    for path in ("/kiem-chung", "/gan-nhan", "/kho", "/tin-nay-co-dung-khong"):
        bars[path] = bar(path)
    assert set(map(tuple, bars.values())) == {(*citizens, *bars["/kho"][3:])}
    assert len(bars["/kho"]) == 5


def test_wrong_passwords_are_told_and_lock_with_the_time(reader: Readers, home: str) -> None:
    someone = reader(390)
    for _ in range(4):
        sign_in(someone, home, "khoa", "sai rồi bạn ơi")
        assert someone.page.get_by_role("alert").inner_text() == "Tên đăng nhập hoặc mật khẩu không đúng."
        assert someone.page.locator("#name").input_value() == "khoa"
    sign_in(someone, home, "khoa", "sai rồi bạn ơi")
    assert "Nhập sai quá nhiều lần. Bạn thử lại sau" in someone.page.get_by_role("alert").inner_text()
    assert findings(someone.page) == []
    someone.shot("sign-in-locked-390")
    sign_in(someone, home, "khoa", RIGHT)
    assert "/dang-nhap" in someone.page.url, "also the right password waits"


def test_a_form_of_another_site_cannot_act_for_an_editor(reader: Readers, home: str) -> None:
    from tests.web.serving import elsewhere

    someone = reader()
    sign_in(someone, home)
    forged = (
        f'<form method="post" action="{home}/kho/them" enctype="multipart/form-data">'
        '<input name="address" value="https://xau.example/rss"><button>x</button></form>'
    )
    with elsewhere(f"<!doctype html><html><body>{forged}</body></html>") as address:
        someone.page.goto(address)
        with someone.page.expect_navigation():
            someone.page.click("button")
        text = someone.page.locator("body").inner_text()
    assert "dành cho biên tập viên" in text or "đến từ trang khác" in text
    someone.page.goto(home + "/kho")
    assert someone.page.locator("#viec").get_attribute("data-stage") == "none"


def test_a_refused_file_is_told_beside_the_form(reader: Readers, home: str, tmp_path: Path) -> None:
    someone = reader(1280)
    sign_in(someone, home)
    wrong = tmp_path / f"<img src=x onerror={CANARY}>.exe".replace("/", "")
    wrong.write_bytes(b"MZ")
    someone.page.set_input_files("#file", wrong)
    someone.page.get_by_role("button", name="Thêm vào kho").click()
    assert "Không nhận tệp" in someone.page.get_by_role("alert").inner_text()
    assert someone.page.evaluate("window.canary") is None
    assert findings(someone.page) == []


@pytest.mark.model
def test_a_file_is_added_while_the_page_tells_how_far_it_is(
    reader: Readers, home: str, tmp_path: Path, app: Press
) -> None:
    someone = reader(1280)
    sign_in(someone, home)
    sent = tmp_path / "tin-moi.jsonl.gz"
    line = {"url": "https://tinmau.example/cho-noi", "title": "Chợ nổi Bến Lam họp lại", "outlet": "Tin Mẫu",
            "published": "2026-07-28T10:00:00+07:00", "body": "Chợ nổi Bến Lam họp lại từ sáng 28/7 với 40 ghe hàng."}  # fmt: skip
    sent.write_bytes(gzip.compress(f"{json.dumps(line)}\n{{hỏng\n".encode()))
    someone.page.set_input_files("#file", sent)
    someone.page.get_by_role("button", name="Thêm vào kho").click()
    someone.page.wait_for_selector('#viec[data-stage="done"]', timeout=90_000)
    told = someone.page.locator("#viec").inner_text()
    assert "tin-moi.jsonl.gz: 1 bài mới, 0 bài được sửa, 0 không đổi, 0 trùng, 1 bị từ chối." in told
    assert "tin-moi.jsonl.gz:2: Bản ghi JSON hỏng" in told
    someone.shot("archive-added-1280")
    assert app.archive.find(line["url"]) is not None
    assert blocked(someone) == []
