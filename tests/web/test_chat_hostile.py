"""The chat and hostile words: what articles and questions bring along is shown as text and never runs."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from ingest.article import Article
from tests.web.conftest import Reader, wide
from tests.web.press import BRIDGE, CANARY, HOSTILE, HOSTILE_STRINGS

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]


WATCH = (
    "window.blocked = [];"
    "document.addEventListener('securitypolicyviolation', e => blocked.push(e.violatedDirective + ' ' + e.sample))"
)


def printable(docid: str) -> str:
    """The archive takes no ids with control characters in them."""
    return docid.replace("\x00", "").replace("\n", " ")


def test_hostile_articles_and_questions_never_run(reader: Readers) -> None:
    someone = reader(390)
    someone.page.context.add_init_script(WATCH)
    someone.open()
    turn = someone.ask("tin độc")
    assert "<script>" in turn.inner_text(), "markup is shown as the text it is"
    for hostile in (
        f"<img src=x onerror={CANARY}> tin độc",
        f'"><script>{CANARY}</script> tin độc',
        f"[bấm](javascript:{CANARY}) độc ${{{CANARY}}} {{{{constructor.constructor('{CANARY}')()}}}} `{CANARY}`",
        "\u202eđảo chiều độc \x1b[31m",
        "độc" * 600,
    ):
        before = someone.page.locator(".ht-turn").count()
        someone.ask(hostile)
        assert someone.page.locator(".ht-turn").count() == before + 1
    assert not wide(someone)
    someone.page.wait_for_timeout(300)
    assert someone.page.evaluate("window.canary") is None
    assert someone.page.evaluate("window.blocked") == []
    assert someone.page.locator("#ht-feed :is(script, iframe, img, svg, style)").count() == 0
    assert someone.page.locator("a[href^='javascript' i]").count() == 0
    someone.shot("hostile-390-chat")

    turn.locator(".ht-source-link").first.click()
    someone.page.wait_for_selector("h1")
    assert someone.page.locator("h1").inner_text() == HOSTILE.title
    assert someone.page.evaluate("window.canary") is None
    assert someone.page.evaluate("window.blocked") == []
    assert someone.page.locator("article :is(script, iframe, img, svg, style)").count() == 0
    assert someone.page.locator("a[href^='javascript' i]").count() == 0
    assert not wide(someone), "a word of 5,000 letters breaks instead of the page"
    someone.shot("hostile-390-article")
    assert someone.complaints == []


def test_no_hostile_string_runs_in_any_field(reader: Readers) -> None:
    someone = reader()
    someone.page.context.add_init_script(WATCH)
    someone.open()
    answerer, archive = someone.site.press.answerer, someone.site.press.archive
    ran, blocked = [], []
    try:
        for n, hostile in enumerate(HOSTILE_STRINGS):
            article = Article(
                id=printable(f"thu-{n}{hostile}"), url=hostile, title=hostile, paragraphs=(hostile, hostile),
                summary=hostile, captions=(hostile,), byline=(hostile,), outlet=hostile, section=hostile,
                published=BRIDGE.published, story=hostile,
            )  # fmt: skip
            answerer.echo = article
            archive.held[article.id] = [article]
            turn = someone.ask(hostile)
            assert turn.locator(".ht-found").count() == 1, hostile
            if someone.page.evaluate("window.canary") is not None:
                ran.append(("chat", hostile))
            blocked += someone.page.evaluate("window.blocked")
            assert not wide(someone), hostile
            if n % 10 == 9:
                someone.page.click("[data-do=new]")
                someone.page.wait_for_selector("#ht-feed .ht-welcome")
        other = someone.page.context.new_page()
        for n, hostile in enumerate(HOSTILE_STRINGS):
            name = quote(printable(f"thu-{n}{hostile}"), safe="")
            reply = other.goto(f"{someone.site.url}/bai/{name}?tu=0&den=5")
            assert reply.status == 200, hostile
            if other.evaluate("window.canary") is not None:
                ran.append(("article", hostile))
            blocked += other.evaluate("window.blocked")
            assert not other.evaluate("document.documentElement.scrollWidth > innerWidth"), hostile
            assert other.locator("main p").first.is_visible(), hostile
    finally:
        answerer.echo = None
        for name in [name for name in archive.held if name.startswith("thu-")]:
            del archive.held[name]
    assert ran == []
    assert blocked == []


def test_markup_that_had_slipped_in_would_be_stopped_by_the_policy(reader: Readers) -> None:
    someone = reader()
    someone.page.context.add_init_script(WATCH)
    someone.open()
    for markup in (f"<img src=x onerror={CANARY}>", f"<a id=lure href='javascript:{CANARY}'>bấm</a>"):
        someone.page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", markup)
    someone.page.evaluate("document.getElementById('lure').click()")
    someone.page.wait_for_function("window.blocked.length >= 2")
    assert someone.page.evaluate("window.canary") is None
