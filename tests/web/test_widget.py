"""The widget: on a page of another site, in Chromium; and where it may not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api import create
from app.settings import read_settings
from ingest.article import Article
from ingest.errors import UsageError
from tests.web.axe import findings
from tests.web.conftest import Reader, until
from tests.web.press import BRIDGE, CANARY, HOSTILE_STRINGS, Press, press
from tests.web.serving import elsewhere, served

Readers = Callable[..., Reader]
QUESTION = "Cầu Sông Ngân thông xe khi nào?"
HOST_PAGE = """<!doctype html><html lang="vi"><head><title>Báo Ví Dụ</title><meta name="viewport" content="width=device-width">
<style>body {{ font: 1rem/1.5 sans-serif; margin: 1rem; }}</style></head><body><h1>Báo Ví Dụ</h1><p>Bài của tòa soạn.</p>
<script src="{home}/widget.js" data-title="Hỏi tin tức" data-theme="{theme}"></script><p>Chân trang.</p></body></html>"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    made = press(tmp_path_factory.mktemp("home"))
    made.settings = replace(made.settings, embed="http://localhost:*", api="keys")
    return made


@pytest.fixture(scope="module")
def home(app: Press) -> Iterator[str]:
    with served(app) as address:
        yield address


# ---- where it may be


def test_by_default_only_this_site_may_frame_it(tmp_path: Path) -> None:
    headers = TestClient(create(press(tmp_path))).get("/nhung").headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'self'")
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "x-frame-options" not in headers, "it would forbid what the policy allows"
    chat = TestClient(create(press(tmp_path))).get("/").headers
    assert "frame-ancestors 'none'" in chat["content-security-policy"], "the chat itself is never framed"


@pytest.mark.parametrize(
    "site", ["bao.example", "https://bao.example/trang", "https://a b", "javascript:1", "https://x;script-src *"]
)
def test_a_site_that_is_none_is_refused_with_the_setting_named(site: str) -> None:
    with pytest.raises(UsageError, match=r"HOITIN_EMBED: found .* Mend: unset HOITIN_EMBED"):
        read_settings({"HOITIN_EMBED": site})
    assert read_settings({"HOITIN_EMBED": " https://bao.example/ , https://*.tin.example"}).embed == (
        "https://bao.example,https://*.tin.example"
    )


def test_the_script_of_the_widget_may_be_loaded_by_others_and_is_asked_for_again(tmp_path: Path) -> None:
    reply = TestClient(create(press(tmp_path))).get("/widget.js")
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "max-age=3600" in reply.headers["cache-control"]


def test_a_question_in_the_address_stands_in_the_box_as_text(tmp_path: Path) -> None:
    page = TestClient(create(press(tmp_path))).get("/nhung", params={"q": f'"><script>{CANARY}</script>'}).text
    assert f"<script>{CANARY}" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


# ---- in a browser


def frame_of(someone: Reader, address: str) -> Any:
    someone.page.goto(address)
    someone.page.wait_for_selector("iframe")
    return someone.page.frame_locator("iframe")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_reader_of_another_site_asks_there_by_keyboard_and_opens_the_source(
    reader: Readers, home: str, width: int, theme: str
) -> None:
    someone = reader(width)
    with elsewhere(HOST_PAGE.format(home=home, theme=theme)) as address:
        frame = frame_of(someone, address)
        frame.locator("#q").focus()
        someone.page.keyboard.type(QUESTION)
        someone.page.keyboard.press("Enter")
        frame.locator("li").first.wait_for()
        assert frame.locator(".short").inner_text() == "Trả lời ngắn: sáng 28/7"
        assert frame.locator("blockquote").first.inner_text() == BRIDGE.paragraphs[0]
        someone.page.wait_for_function("document.querySelector('iframe').clientHeight > 400")
        inside = next(f for f in someone.page.frames if "/nhung" in f.url)
        until(inside, "document.documentElement.scrollHeight <= innerHeight + 1")  # no second scroll bar
        assert not someone.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        someone.shot(f"widget-{width}-{theme}")
        with someone.page.context.expect_page() as opened:
            frame.locator("li a").first.click()
        opened.value.wait_for_selector("mark#trich")
        assert opened.value.locator("mark#trich").inner_text() == BRIDGE.paragraphs[0]
        assert findings(inside) == []
        frame.locator("#q").fill("hỏng kho")
        frame.locator("#q").press("Enter")
        frame.get_by_text("Kho tin đang gặp trục trặc").wait_for()
    assert someone.hosts() <= {home.removeprefix("http://"), address.removeprefix("http://").rstrip("/")}
    assert [c for c in someone.complaints if "favicon" not in c and "404" not in c] == []


@pytest.mark.browser
def test_a_site_that_is_not_listed_cannot_frame_it(reader: Readers, home: str) -> None:
    someone = reader()
    with elsewhere(HOST_PAGE.format(home=home, theme="light"), host="127.0.0.1") as address:
        with someone.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            someone.page.goto(address)
        someone.page.wait_for_selector("iframe")


@pytest.mark.browser
def test_no_hostile_string_in_a_question_or_an_article_runs_or_breaks_out(
    reader: Readers, home: str, app: Press
) -> None:
    someone = reader(390)
    someone.page.goto(home + "/nhung")
    kept = app.answerer.echo
    for number, words in enumerate(HOSTILE_STRINGS):
        clean = words.replace("\x00", "").strip()
        app.answerer.echo = Article(
            id=f"doc-{number}", url=clean, title=clean, outlet=clean, paragraphs=(clean,), published=BRIDGE.published
        )
        someone.page.fill("#q", clean[:1_990])
        someone.page.press("#q", "Enter")
        someone.page.wait_for_selector("#out article:last-child blockquote")
        someone.page.wait_for_selector("button:not(:disabled)")
        assert someone.page.locator("#out article").last.locator("blockquote").count() >= 1, words
    app.answerer.echo = kept
    assert someone.page.evaluate("window.canary") is None
    assert someone.page.locator("#out :is(script, iframe, img, svg, style, form, input, object)").count() == 0
    assert someone.page.locator('#out a[href^="javascript"]').count() == 0
    assert not someone.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert [c for c in someone.complaints if "Content Security Policy" in c or "dialog" in c] == []
