"""The chat for everybody: by keyboard alone, by ear, quickly there, light or dark, in English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Reader

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
QUESTION = "Cầu Sông Ngân thông xe khi nào?"


def test_everything_can_be_done_with_the_keyboard_alone(reader: Readers) -> None:
    someone = reader()
    someone.open()
    press = someone.page.keyboard.press

    def tab_to(selector: str) -> None:
        for _ in range(40):
            if someone.page.evaluate(f"document.activeElement?.matches('{selector}') ?? false"):
                outline = someone.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"{selector} has the focus and does not show it"
                return
            press("Tab")
        raise AssertionError(f"{selector} cannot be reached with Tab")

    tab_to(".ht-skip")
    press("Enter")
    assert someone.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    someone.page.keyboard.type(QUESTION)
    press("Enter")
    someone.turn(0)
    someone.page.evaluate("document.activeElement.blur()")
    someone.page.evaluate("document.querySelector('.ht-skip').focus()")
    tab_to(".ht-drop > summary")
    press("Enter")
    assert someone.page.locator(".ht-drop").first.get_attribute("open") is not None
    press("Escape")
    assert someone.page.locator(".ht-drop").first.get_attribute("open") is None
    tab_to(".ht-ref")
    assert someone.page.locator(".ht-peek").first.is_visible(), "the focused [1] shows its quotation"
    press("Enter")
    someone.page.wait_for_url("**/bai/cau-1**")
    expect(someone.page.locator("#trich")).to_be_focused()


def test_a_screen_reader_is_told_the_answer_and_finds_every_control_named(reader: Readers) -> None:
    someone = reader()
    someone.open()
    assert someone.page.locator("html").get_attribute("lang") == "vi"
    assert someone.page.get_by_label("Câu hỏi của bạn").count() == 1
    someone.ask(QUESTION)
    region = someone.page.locator("#ht-said [role=status][aria-live=polite]")
    expect(region).to_have_text(
        "“Cầu Sông Ngân nối hai bờ Hà Lĩnh thông xe sáng 28/7.” “Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng.”"
    )
    nameless = someone.page.evaluate(
        """[...document.querySelectorAll('button, a, input, select, textarea, summary')]
        .filter(e => e.checkVisibility())
        .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
        .map(e => e.outerHTML)"""
    )
    assert nameless == []


def test_something_to_read_is_there_within_a_second_and_a_half(reader: Readers) -> None:
    paints = []
    while len(paints) < 3 and min(paints, default=9_999) > 1_500:  # the best of three: others use the machine as well
        someone = reader()
        someone.open()
        paints.append(someone.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        someone.page.close()
    assert min(paints) <= 1_500


def test_the_reader_chooses_light_or_dark_and_the_article_page_follows(reader: Readers) -> None:
    someone = reader(scheme="light")
    someone.open()
    someone.page.click(".ht-drop > summary >> nth=1")
    someone.page.click("[data-here=theme]")
    assert someone.page.evaluate("document.body.classList.contains('dark')")
    someone.page.reload()
    someone.page.wait_for_selector("#ht-feed .ht-welcome")
    assert someone.page.evaluate("document.body.classList.contains('dark')")
    someone.page.goto(someone.site.url + "/bai/cau-1")
    assert someone.page.locator("html").get_attribute("class") == "dark"


def test_the_page_speaks_english_too(reader: Readers) -> None:
    someone = reader()
    someone.open("/en/")
    assert someone.page.locator("html").get_attribute("lang") == "en"
    assert someone.page.locator(".ht-welcome h1").inner_text() == "What would you like to know?"
    assert someone.ask(QUESTION).locator(".ht-short").text_content() == "Short answer: sáng 28/7"
    assert someone.complaints == []
