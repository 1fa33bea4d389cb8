"""What a reader does with a quotation: peek, open, compare, print; and an answer that a model is still writing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app.answer import Answer, Question
from app.messages import say
from tests.web.conftest import ARTEFACTS, Reader
from tests.web.press import BRIDGE

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
QUESTION = "Cầu Sông Ngân thông xe khi nào?"


def test_a_pointer_over_n_shows_the_quotation_beside_it_and_escape_hides_it(reader: Readers) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask(QUESTION)
    peek = turn.locator(".ht-peek").first
    assert not peek.is_visible()
    turn.locator(".ht-ref").first.hover()
    assert peek.inner_text() == (
        "“Cầu Sông Ngân nối hai bờ Hà Lĩnh thông xe sáng 28/7.”\n"
        "Báo Ví Dụ · 28/07/2026 · Cầu Sông Ngân thông xe, rút ngắn 20 km đường đi"
    )
    ref, box = turn.locator(".ht-ref").first.bounding_box(), peek.bounding_box()
    assert ref is not None
    assert box is not None
    assert abs(box["y"] - (ref["y"] + ref["height"])) < 12, "it stands at the number it belongs to"
    peek.hover()
    assert peek.is_visible(), "the pointer may go into it"
    someone.shot("peek-1280-light")
    someone.page.keyboard.press("Escape")
    assert not peek.is_visible()


def test_the_first_tap_shows_the_quotation_and_the_second_opens_the_article(reader: Readers) -> None:
    someone = reader(390, "dark", has_touch=True, is_mobile=True)
    someone.open()
    turn = someone.ask(QUESTION)
    turn.locator(".ht-ref").first.tap()
    peek = turn.locator(".ht-peek").first
    assert peek.is_visible()
    box = peek.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    someone.shot("peek-390-dark")
    turn.locator(".ht-ref").first.tap()
    someone.page.wait_for_url("**/bai/cau-1**")


def test_the_same_story_elsewhere_is_folded_under_its_source(reader: Readers) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask(QUESTION)
    assert turn.locator(".ht-also").count() == 1, "named once for two quotations of one article"
    assert not turn.locator(".ht-also a").is_visible()
    turn.locator(".ht-also summary").click()
    turn.locator(".ht-also a", has_text="Tin Mẫu").click()
    assert someone.page.locator("h1").inner_text() == "Người Hà Lĩnh hết cảnh lụy phà"


def test_on_paper_there_are_questions_answers_and_addresses_and_no_buttons(reader: Readers) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask(QUESTION)
    someone.page.emulate_media(media="print")
    for hidden in ("#ht-foot", ".ht-actions", ".ht-menu", ".ht-pages"):
        assert not someone.page.locator(hidden).first.is_visible(), hidden
    assert turn.locator(".ht-question").is_visible()
    assert turn.locator(".ht-original").first.inner_text() == BRIDGE.url
    ARTEFACTS.mkdir(exist_ok=True)
    printed = someone.page.pdf(path=ARTEFACTS / "answer.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") == 1, "a short answer fits on one sheet"
    someone.page.goto(someone.site.url + "/bai/cau-1?tu=0&den=52")
    assert not someone.page.locator("header").is_visible()
    assert someone.page.locator("mark").is_visible()


def test_text_at_twice_the_size_still_works(reader: Readers) -> None:
    someone = reader(640, device_scale_factor=2)  # what a window of 1280 shows at 200 %
    someone.open()
    someone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    someone.ask(QUESTION)
    assert not someone.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert someone.page.locator("#ht-box .submit-button").is_visible()
    someone.page.wait_for_timeout(300)
    someone.shot("chat-200-percent")
    someone.page.goto(someone.site.url + "/bai/cau-1?tu=0&den=52")
    someone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not someone.page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_sentences_of_a_model_appear_as_they_are_proved(reader: Readers) -> None:
    someone = reader()
    someone.open()
    answerer = someone.site.press.answerer
    whole = answerer.answer(Question(QUESTION))
    first = replace(whole, text=whole.text.split("\n")[0], citations=whole.citations[:1])
    seen: list[str] = []

    def stream(question: Question) -> Iterator[Answer]:
        yield first
        until = time.monotonic() + 60
        while not seen and time.monotonic() < until:  # the second sentence waits until the first was seen
            time.sleep(0.02)
        yield replace(whole, notes=(say("vi", "written"),))

    answerer.stream = stream
    try:
        someone.page.fill("#ht-box textarea", QUESTION)
        someone.page.press("#ht-box textarea", "Enter")
        turn = someone.page.locator("#ht-feed .ht-turn")
        turn.locator(".ht-writing").wait_for()
        seen += turn.locator(".ht-text").all_inner_texts()
        assert turn.locator(".ht-actions").count() == 0
        turn.locator(".ht-actions").wait_for()
    finally:
        del answerer.stream
    assert len(seen) == 1
    assert len(turn.locator(".ht-text").all_inner_texts()) == 2
    assert turn.locator(".ht-writing").count() == 0
    assert turn.locator(".ht-notes").inner_text() == say("vi", "written")
