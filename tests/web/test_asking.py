"""Questions sent while an answer is on its way: each waits in sight, is asked once and in its turn, and none is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import expect

from app.answer import Question
from tests.web.conftest import Reader

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
BRIDGE, RICE, STALLS = "Cầu Sông Ngân thông xe khi nào?", "Giá gạo tăng bao nhiêu?", "Chợ có bao nhiêu sạp?"
BOX = "#ht-box textarea"
AT_ONCE = """words => {
  let left = words;
  new MutationObserver(() => {
    const pending = document.querySelector('#ht-feed .ht-pending');
    if (pending || !left.length || !document.querySelector('#ht-feed .ht-turn')) return;
    const box = document.querySelector('#ht-box textarea');
    box.value = left.shift();
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true, cancelable: true }));
  }).observe(document.getElementById('ht-feed'), { childList: true, subtree: true });
}"""
"""Sends each as soon as the answer before is on the page, which is before gradio knows that its stream has ended."""


def begun(reader: Readers, *earlier: str, width: int = 1280, **more: object) -> Reader:
    someone = reader(width, **more)
    someone.open()
    for words in earlier:
        someone.ask(words)
    someone.site.press.answerer.asked.clear()
    return someone


def questions(someone: Reader) -> list[Question]:
    """What readers asked; what the page tries for its own suggestions has no moment."""
    return [question for question in someone.site.press.answerer.asked if question.now]


def asked(someone: Reader) -> list[str]:
    return [question.text for question in questions(someone)]


def waiting(someone: Reader, *words: str) -> None:
    """Exactly these wait, in sight."""
    expect(someone.page.locator(".ht-held li > span")).to_have_text(list(words))
    assert someone.page.locator(".ht-held").is_visible() == bool(words)


def answered(someone: Reader, words: Sequence[str]) -> None:
    """Exactly these stand on the page, in this order, with their answers; each was asked once."""
    someone.turn(len(words) - 1)
    expect(someone.page.locator("#ht-feed .ht-question")).to_have_text([f"Bạn hỏi: {w}" for w in words])
    expect(someone.page.locator("#ht-feed :is(.ht-found, .ht-abstained)")).to_have_count(len(words))
    waiting(someone)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_sent_while_an_answer_is_sought_waits_in_sight_and_is_answered_next(
    reader: Readers, width: int
) -> None:
    someone = begun(reader, STALLS, width=width)
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.page.wait_for_selector(".ht-pending")
        long = RICE + " Kể rõ theo từng loại gạo, từng chợ và từng ngày trong tuần"
        someone.send(long)
        expect(someone.page.locator(BOX)).to_have_value("")
        waiting(someone, long)
        expect(someone.page.locator("#ht-told")).to_contain_text("Đang chờ")
        feet = "e => e.getBoundingClientRect().bottom - document.getElementById('ht-foot').getBoundingClientRect().top"
        assert someone.page.locator(".ht-pending").evaluate(feet) <= 0, "the list does not cover the answer waited for"
        someone.page.fill(BOX, "câu đang gõ dở")
        someone.page.wait_for_timeout(400)
        someone.shot(f"asking-{width}-waits")
        assert not someone.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert asked(someone) == [BRIDGE], "it waits"
    answered(someone, [STALLS, BRIDGE, long])
    assert asked(someone) == [BRIDGE, long]
    assert [t.content for t in questions(someone)[-1].history if t.role == "user"] == [STALLS, BRIDGE]
    assert someone.page.input_value(BOX) == "câu đang gõ dở"
    assert someone.complaints == []


def test_a_question_sent_the_moment_an_answer_is_there_is_not_dropped(reader: Readers) -> None:
    someone = begun(reader)
    following = [RICE, STALLS, BRIDGE, RICE]
    someone.page.evaluate(AT_ONCE, following)
    someone.send(BRIDGE)
    answered(someone, [BRIDGE, *following])
    assert asked(someone) == [BRIDGE, *following]


def test_questions_typed_one_after_the_other_lose_no_letter(reader: Readers) -> None:
    someone = begun(reader)
    someone.page.focus(BOX)
    someone.page.keyboard.type(f"{BRIDGE}\n{RICE}\n{STALLS}\ncòn nữa")
    answered(someone, [BRIDGE, RICE, STALLS])
    assert asked(someone) == [BRIDGE, RICE, STALLS]
    assert someone.page.input_value(BOX) == "còn nữa"


def test_enter_twice_and_a_double_click_ask_once(reader: Readers) -> None:
    someone = begun(reader)
    someone.page.locator(".ht-welcome .ht-ask").first.dblclick()
    someone.turn(0)
    with someone.site.press.answerer.hold.after():
        someone.page.fill(BOX, RICE)
        someone.page.press(BOX, "Enter")
        someone.page.press(BOX, "Enter")
        someone.page.click("#ht-box .submit-button", click_count=2)
        waiting(someone)
    answered(someone, [BRIDGE, RICE])
    someone.page.wait_for_timeout(500)
    expect(someone.page.locator("#ht-feed .ht-turn")).to_have_count(2)
    assert asked(someone) == [BRIDGE, RICE]


def test_what_waits_can_be_taken_back_into_the_box(reader: Readers) -> None:
    someone = begun(reader)
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.send(RICE)
        someone.send(STALLS)
        waiting(someone, RICE, STALLS)
        someone.page.fill(BOX, "dở dang")
        someone.page.locator(".ht-held button").first.click()
        waiting(someone, STALLS)
        expect(someone.page.locator(BOX)).to_have_value(f"{RICE}\ndở dang")
        expect(someone.page.locator(BOX)).to_be_focused()
    answered(someone, [BRIDGE, STALLS])
    assert asked(someone) == [BRIDGE, STALLS]


def test_who_leaves_the_conversation_finds_in_the_box_what_waited(reader: Readers) -> None:
    someone = begun(reader, STALLS)
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.page.wait_for_selector(".ht-pending")
        someone.send(RICE)
        someone.page.click("[data-do=new]")
        someone.page.wait_for_selector("#ht-feed .ht-welcome")
        waiting(someone)
        expect(someone.page.locator(BOX)).to_have_value(RICE)
    someone.page.press(BOX, "Enter")
    answered(someone, [RICE])
    assert asked(someone) == [BRIDGE, RICE]
    assert questions(someone)[-1].history == ()
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.page.wait_for_selector(".ht-pending")
        someone.page.click(".ht-drop > summary >> nth=0")
        someone.page.click(".ht-open")
        expect(someone.page.locator("#ht-feed .ht-question")).to_have_text([f"Bạn hỏi: {STALLS}"])
        someone.send(RICE)
    answered(someone, [STALLS, RICE])


def test_a_click_on_a_question_and_a_remark_wait_their_turn_too(reader: Readers) -> None:
    someone = begun(reader, RICE)
    more = someone.page.locator(".ht-next .ht-ask")
    more.wait_for()
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.page.locator("#ht-feed .ht-turn").nth(0).locator("[data-do=good]").click()
        someone.page.wait_for_selector(".ht-pending")
        someone.page.evaluate("document.querySelector('.ht-next .ht-ask').click()")
        expect(someone.page.locator(".ht-held li")).to_have_count(2)
        expect(someone.page.locator(".ht-pending")).to_have_count(1)
    answered(someone, [RICE, BRIDGE, "Chợ Đồng Mơ có bao nhiêu sạp hàng?"])
    expect(someone.page.locator(".ht-turn").nth(0).locator(".ht-thanks")).to_have_count(1)


def test_a_filter_set_while_an_answer_is_sought_binds_the_next_question(reader: Readers) -> None:
    someone = begun(reader)
    someone.page.click(".ht-limits > summary")
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.page.wait_for_selector(".ht-pending")
        someone.page.select_option("select[name=outlet]", "Tin Mẫu")
        someone.send(RICE)
        waiting(someone, RICE)
    answered(someone, [BRIDGE, RICE])
    assert [question.outlets for question in questions(someone)] == [(), ("Tin Mẫu",)]
    assert someone.page.input_value("select[name=outlet]") == "Tin Mẫu"


def test_forgetting_an_earlier_conversation_leaves_the_answer_on_its_way_alone(reader: Readers) -> None:
    someone = begun(reader, STALLS)
    someone.page.click("[data-do=new]")
    someone.page.wait_for_selector("#ht-feed .ht-welcome")
    with someone.site.press.answerer.hold.after():
        someone.send(BRIDGE)
        someone.page.wait_for_selector(".ht-pending")
        someone.page.click(".ht-drop > summary >> nth=0")
        someone.page.click(".ht-forget")
        someone.page.wait_for_selector("text=Chưa có cuộc trò chuyện nào")
        expect(someone.page.locator(".ht-pending")).to_have_count(1)
    answered(someone, [BRIDGE])
    expect(someone.page.locator(".ht-open")).to_have_count(0)


def test_what_was_not_answered_is_in_the_box_after_another_page(reader: Readers) -> None:
    someone = begun(reader, BRIDGE)
    someone.kept()
    with someone.site.press.answerer.hold.after():
        someone.send(RICE)
        someone.page.wait_for_selector(".ht-pending")
        someone.send(STALLS)
        someone.page.fill(BOX, "dở dang")
        someone.page.locator(".ht-source-link").first.click()
        someone.page.wait_for_url("**/bai/cau-1**")
        someone.page.go_back()
        expect(someone.page.locator(BOX)).to_have_value(f"{RICE}\n{STALLS}\ndở dang")
    answered(someone, [BRIDGE])
    someone.page.reload()
    expect(someone.page.locator(BOX)).to_have_value(f"{RICE}\n{STALLS}\ndở dang")
    someone.page.fill(BOX, "")
    someone.page.reload()
    someone.turn(0)
    assert someone.page.input_value(BOX) == ""


def test_a_question_that_the_server_refuses_is_back_in_the_box(reader: Readers) -> None:
    someone = begun(reader, STALLS)
    refused = {"status": 503, "body": '{"detail": "Queue is full."}', "content_type": "application/json"}
    someone.page.route("**/queue/join**", lambda route: (time.sleep(1), route.fulfill(**refused)))
    someone.page.focus(BOX)
    someone.page.keyboard.type(f"{BRIDGE}\n{RICE}\ndở")
    expect(someone.page.locator(BOX)).to_have_value(f"{BRIDGE}\n{RICE}\ndở")
    expect(someone.page.locator("#ht-told")).to_contain_text("Chưa gửi được")
    waiting(someone)
    someone.page.unroute("**/queue/join**")
    someone.send(BRIDGE)
    answered(someone, [STALLS, BRIDGE])


def test_a_question_whose_connection_broke_is_in_the_box_when_the_server_is_there_again(reader: Readers) -> None:
    someone = begun(reader, STALLS)
    someone.kept()
    with someone.site.press.answerer.hold.after():
        someone.page.route("**/queue/data**", lambda route: route.abort(), times=1)
        someone.send(BRIDGE)
        expect(someone.page.locator(BOX)).to_have_value(BRIDGE)
        expect(someone.page.locator("#ht-feed .ht-pending")).to_have_count(0)
    someone.page.press(BOX, "Enter")
    answered(someone, [STALLS, BRIDGE])


def test_a_question_that_the_server_has_not_taken_yet_is_in_sight_and_survives(reader: Readers) -> None:
    someone = begun(reader, STALLS)
    someone.kept()

    def but_this(route: Any) -> None:
        if BRIDGE not in route.request.post_data:
            route.continue_()

    someone.page.route("**/queue/join**", but_this)
    someone.send(BRIDGE)
    waiting(someone, BRIDGE)
    expect(someone.page.locator(".ht-held button")).to_have_count(0)
    someone.page.reload()
    expect(someone.page.locator(BOX)).to_have_value(BRIDGE)
    someone.page.unroute("**/queue/join**")  # earlier, it would let the question go just before the page is left
    someone.page.press(BOX, "Enter")
    answered(someone, [STALLS, BRIDGE])


def test_a_phone_keeps_its_keyboard_while_the_next_question_is_typed(reader: Readers) -> None:
    someone = begun(reader, width=390, has_touch=True, is_mobile=True)
    hold = someone.site.press.answerer.hold
    with hold.after():
        someone.send(BRIDGE)
        someone.page.wait_for_selector(".ht-pending")
        expect(someone.page.locator(BOX)).not_to_be_focused()
        someone.send(RICE)
        someone.page.tap(BOX)
        someone.page.fill(BOX, "dở dang")
        hold.let(1)
        expect(someone.page.locator("#ht-feed .ht-turn")).to_have_count(2)
        someone.page.wait_for_timeout(300)
        expect(someone.page.locator(BOX)).to_be_focused()
    answered(someone, [BRIDGE, RICE])
