"""The real page in a real browser: the app served by uvicorn in a thread, Chromium driven by Playwright."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.people import People
from tests.app.quick_hashes import quick_hashes
from tests.web.press import Press, press
from tests.web.serving import served

ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artefacts"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
PASSWORD = "mưa rào trên phố cũ"
PATIENCE_MS = 30_000
"""How long a state is waited for: it ends the wait of a broken page, and must not end that of a slow machine."""


def until(page: Any, expression: str) -> None:
    """Wait until the expression is true on the page or frame. Asked from outside: a strict policy lets nothing poll inside."""
    ends = time.monotonic() + PATIENCE_MS / 1_000
    while not page.evaluate(expression):
        assert time.monotonic() < ends, f"never true: {expression}"
        time.sleep(0.05)


def wide(reader: Reader) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(reader.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@dataclass(frozen=True)
class Site:
    url: str
    press: Press


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    app = press(tmp_path_factory.mktemp("home"))
    with served(app) as url:
        yield Site(url, app)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    found = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(found).exists():
        missing = "no Chromium to drive the page with. Mend: apt-get install -y chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Reader:
    """Someone at a browser: the page, and everything it asked for or complained about."""

    page: Any
    site: Site
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Open the chat and wait until gradio's own page has replaced the server's first paint."""
        self.page.goto(self.site.url + path)
        self.page.wait_for_selector("#ht-feed :is(.ht-welcome, .ht-turn)")
        self.page.wait_for_selector("#ht-first", state="detached")

    def send(self, words: str) -> None:
        """Type and press Enter, whatever is going on."""
        self.page.fill("#ht-box textarea", words)
        self.page.press("#ht-box textarea", "Enter")

    def ask(self, words: str) -> Any:
        """Send, wait for what comes of it; gives the newest turn."""
        before = self.page.locator("#ht-feed .ht-turn").count()
        self.send(words)
        return self.turn(before)

    def kept(self) -> None:
        """Wait until the browser has written the conversation down, as it does just after showing it."""
        until(self.page, "(localStorage.getItem('hoitin-now-vi') ?? '').length > 400")

    def turn(self, number: int) -> Any:
        made = self.page.locator("#ht-feed .ht-turn").nth(number)
        made.locator(".ht-found, .ht-abstained, .ht-failed").wait_for()
        return made

    def hosts(self) -> set[str]:
        return {urlsplit(u).netloc for u in self.requests if urlsplit(u).scheme not in ("data", "blob")}

    def shot(self, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@pytest.fixture
def reader(site: Site, chromium: Any) -> Iterator[Callable[..., Reader]]:
    """Makes readers: reader(width, scheme). Each has a browser profile of its own."""
    contexts = []

    def make(width: int = 1280, scheme: str = "light", **more: Any) -> Reader:
        height = 844 if width < 500 else 900
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="vi-VN", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        made = Reader(page, site)
        page.on("request", lambda request: made.requests.append(request.url))
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and made.complaints.append(said.text))
        page.on("dialog", lambda dialog: (made.complaints.append("dialog: " + dialog.message), dialog.dismiss()))
        return made

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def session(site: Site, chromium: Any) -> Any:
    """The cookies of an editor who signed in by the form."""
    with quick_hashes():
        People(site.press.settings.home).add("bien-tap", PASSWORD)
        context = chromium.new_context(locale="vi-VN")
        page = context.new_page()
        page.goto(site.url + "/kiem-chung")
        assert page.url.endswith("/dang-nhap?ve=%2Fkiem-chung")
        page.fill("#name", "bien-tap")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_selector("#draft")
        cookies = context.storage_state()
        context.close()
    return cookies


@pytest.fixture
def desk(reader: Callable[..., Reader], session: Any, site: Site) -> Iterator[Callable[..., Reader]]:
    """Opens the desk for an editor: desk(width, scheme)."""

    def make(width: int = 1280, scheme: str = "light", lang: str = "", **more: Any) -> Reader:
        someone = reader(width, scheme, storage_state=session, **more)
        someone.page.goto(site.url + "/kiem-chung" + lang)
        return someone

    yield make
    site.press.checker.hold.end()
