"""The chat, used as a reader uses it: in Chromium, on the real server, with an invented press behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from app.web.talk import EVER
from ingest.article import VIETNAM
from tests.web.conftest import Reader, wide

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
QUESTION = "Cầu Sông Ngân thông xe khi nào?"
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_a_question_leads_to_a_quotation_and_on_to_the_marked_sentence(
    reader: Readers, width: int, scheme: str
) -> None:
    someone = reader(width, scheme)
    someone.open()
    someone.shot(f"chat-{width}-{scheme}-1-welcome")
    turn = someone.ask(QUESTION)
    assert turn.locator(".ht-question").text_content() == f"Bạn hỏi: {QUESTION}"
    assert turn.locator(".ht-short").text_content() == "Trả lời ngắn: sáng 28/7"
    assert turn.locator(".ht-text").all_inner_texts()[0].startswith("“Cầu Sông Ngân nối hai bờ Hà Lĩnh")
    source = turn.locator(".ht-source").first
    assert source.locator(".ht-source-link").inner_text() == (
        "[1] Báo Ví Dụ · 28/07/2026\nCầu Sông Ngân thông xe, rút ngắn 20 km đường đi"
    )
    assert source.locator("blockquote mark").inner_text() == "Cầu Sông Ngân nối hai bờ Hà Lĩnh thông xe sáng 28/7."
    someone.page.wait_for_timeout(400)
    someone.shot(f"chat-{width}-{scheme}-2-answer")
    assert not wide(someone)

    someone.kept()
    turn.locator(".ht-source-link").nth(1).click()
    mark = someone.page.locator("mark#trich")
    mark.wait_for()
    assert mark.inner_text() == "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng."
    expect(mark).to_be_in_viewport()
    someone.shot(f"chat-{width}-{scheme}-3-article")
    assert not wide(someone)

    someone.page.go_back()
    someone.turn(0)
    turn = someone.ask("Trên sao Hỏa có gì?")
    assert "Kho tin không có bài nói về sao Hỏa." in turn.locator(".ht-abstained").inner_text()
    assert turn.locator(".ht-abstained .ht-title").all_inner_texts() == [
        "Giá gạo ở chợ Đồng Mơ tăng 1,5% sau mưa lớn kéo dài", "Cầu Sông Ngân thông xe, rút ngắn 20 km đường đi",
    ]  # fmt: skip
    colours = [
        someone.page.locator(kind).first.evaluate("e => getComputedStyle(e).backgroundColor")
        for kind in (".ht-found", ".ht-abstained")
    ]
    assert colours[0] != colours[1]
    someone.page.wait_for_timeout(400)
    someone.shot(f"chat-{width}-{scheme}-4-abstained")
    more = someone.page.locator(".ht-next .ht-ask").first
    more.wait_for()
    more.click()
    someone.turn(2)
    someone.page.click(".ht-drop > summary >> nth=1")
    with someone.page.expect_download() as downloading:
        someone.page.click("[data-here=export]")
    saved = downloading.value.path().read_text(encoding="utf-8")
    assert [line for line in saved.splitlines() if line.startswith("**")] == [
        f"**{QUESTION}**", "**Trên sao Hỏa có gì?**", "**Giá gạo ở chợ Đồng Mơ tăng bao nhiêu phần trăm sau mưa lớn kéo dài?**",
    ]  # fmt: skip
    assert someone.complaints == []
    assert someone.hosts() == {someone.site.url.removeprefix("http://")}


def test_the_dates_read_from_the_question_can_be_taken_away(reader: Readers) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask("Hôm qua hôm qua cầu nào thông xe?")
    chip = turn.locator("button.ht-chip")
    assert chip.inner_text().startswith("Ngày 28/07/2026")
    assert turn.locator(".ht-notes").inner_text() == "“hôm qua” được hiểu là ngày 28/07/2026."
    chip.click()
    again = someone.turn(1)
    assert someone.site.press.answerer.asked[-1].since == EVER
    assert again.locator(".ht-chips").inner_text() == "Mọi thời gian"
    assert again.locator(".ht-notes").count() == 0


def test_filters_bind_the_next_questions_until_they_are_cleared(reader: Readers) -> None:
    someone = reader()
    someone.open()
    someone.page.click(".ht-limits > summary")
    someone.page.fill("input[name=since]", "2026-07-01")
    someone.page.wait_for_selector("text=Bộ lọc (đang bật)")
    someone.page.select_option("select[name=outlet]", "Tin Mẫu")
    someone.page.locator("select[name=outlet] option[selected][value='Tin Mẫu']").wait_for(state="attached")
    turn = someone.ask(QUESTION)
    asked = someone.site.press.answerer.asked[-1]
    assert (asked.since, asked.until, asked.outlets) == (datetime(2026, 7, 1, tzinfo=VIETNAM), None, ("Tin Mẫu",))
    assert turn.locator(".ht-chip").all_inner_texts() == ["Từ 01/07/2026 ✕", "Chỉ báo Tin Mẫu ✕"]
    someone.page.click("[data-do=unlimit]")
    someone.page.wait_for_selector("[data-do=unlimit]", state="detached")
    assert [someone.page.locator(f).input_value() for f in ("input[name=since]", "select[name=outlet]")] == ["", ""]
    someone.ask(QUESTION)
    asked = someone.site.press.answerer.asked[-1]
    assert (asked.since, asked.until, asked.outlets) == (None, None, ())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("   ", "Bạn chưa gõ câu hỏi."),
        ("a " * 1_500, "Câu hỏi dài quá 2.000 ký tự."),
        ("hỏng kho", "Kho tin đang gặp trục trặc, bạn thử lại sau ít phút nhé."),
        ("vỡ trận", "Kho tin đang gặp trục trặc, bạn thử lại sau ít phút nhé."),
    ],
)
def test_what_goes_wrong_is_said_kindly_and_without_machinery(reader: Readers, words: str, sentence: str) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask(words)
    assert turn.locator(".ht-failed").inner_text() == sentence
    assert "/secret" not in someone.page.content()
    someone.page.fill("#ht-box textarea", QUESTION)
    someone.page.click("#ht-box .submit-button")
    someone.page.wait_for_selector(".ht-found")


def test_a_conversation_survives_reloading_and_can_be_taken_up_again(reader: Readers) -> None:
    someone = reader()
    someone.open()
    someone.ask(QUESTION)
    someone.kept()
    someone.page.reload()
    assert someone.turn(0).locator(".ht-short").text_content().endswith("sáng 28/7")
    someone.ask("Còn vốn bao nhiêu?")
    history = someone.site.press.answerer.asked[-1].history
    assert [(t.role, t.content.split()[0]) for t in history] == [("user", "Cầu"), ("assistant", "“Cầu")]

    someone.page.click("[data-do=new]")
    someone.page.wait_for_selector(".ht-welcome")
    someone.page.click(".ht-drop > summary >> nth=0")
    past = someone.page.locator(".ht-open")
    past.wait_for()
    assert past.all_inner_texts() == [f"{QUESTION}\n2 câu hỏi"]
    past.click()
    someone.turn(1)
    assert someone.page.locator(".ht-turn").count() == 2
    someone.page.click("[data-do=new]")
    someone.page.wait_for_selector(".ht-welcome")
    someone.page.click(".ht-drop > summary >> nth=0")
    someone.page.click(".ht-forget")
    someone.page.wait_for_selector("text=Chưa có cuộc trò chuyện nào")


def test_what_is_typed_while_an_answer_is_sought_stays_in_the_box(reader: Readers) -> None:
    someone = reader()
    someone.open()
    with someone.site.press.answerer.hold.after():
        someone.page.fill("#ht-box textarea", QUESTION)
        someone.page.press("#ht-box textarea", "Enter")
        someone.page.wait_for_selector(".ht-pending")
        expect(someone.page.locator("#ht-box textarea")).to_have_value("")
        someone.page.fill("#ht-box textarea", "câu kế tiếp")
    someone.turn(0)
    assert someone.page.input_value("#ht-box textarea") == "câu kế tiếp"


def test_a_new_conversation_ends_the_answer_that_is_on_its_way(reader: Readers) -> None:
    someone = reader()
    someone.open()
    someone.ask(QUESTION)
    with someone.site.press.answerer.hold.after():
        someone.page.fill("#ht-box textarea", "Còn phà?")
        someone.page.press("#ht-box textarea", "Enter")
        someone.page.wait_for_selector(".ht-pending")
        someone.page.click("[data-do=new]")
        someone.page.wait_for_selector("#ht-feed .ht-welcome")
    someone.page.wait_for_timeout(1_500)
    assert someone.page.locator("#ht-feed .ht-welcome").count() == 1, "the old conversation does not come back"
    expect(someone.page.locator(".ht-open")).to_have_count(1)


def test_a_suggested_question_and_a_follow_up_are_one_click_away(reader: Readers) -> None:
    someone = reader()
    someone.open()
    suggested = someone.page.locator(".ht-welcome .ht-ask")
    assert suggested.all_inner_texts() == [
        "Cầu Sông Ngân thông xe khi nào?\nBáo Ví Dụ · 28/07/2026",
        "Giá gạo ở chợ Đồng Mơ tăng bao nhiêu phần trăm sau mưa lớn kéo dài?\nBáo Ví Dụ · 27/07/2026",
    ], "only what the archive was seen to answer"
    suggested.nth(1).click()
    someone.turn(0)
    more = someone.page.locator(".ht-next .ht-ask")
    more.wait_for()
    assert more.all_inner_texts() == ["Chợ Đồng Mơ có bao nhiêu sạp hàng?"], "of the same article, and not told yet"
    more.click()
    second = someone.turn(1)
    assert second.locator(".ht-short").text_content() == "Trả lời ngắn: 320"
    # What was offered belonged to the answer before, and all the article tells was told: nothing is offered again.
    someone.page.locator(".ht-next").wait_for(state="detached")
    assert second.evaluate("e => e === document.activeElement"), "the focus goes on at the answer"


def test_a_remark_is_kept_with_the_citation_it_is_about(reader: Readers) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask(QUESTION)
    turn.locator("summary", has_text="Báo lỗi trích dẫn").click()
    turn.locator("button", has_text="Sai nguồn hoặc sai ngày").click()
    turn.locator(".ht-thanks").wait_for()
    lines = (someone.site.press.settings.home / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(lines[-1])
    assert (kept["verdict"], kept["why"], kept["question"]) == ("quote", "source", QUESTION)
    assert [(c["docid"], c["start"], c["end"]) for c in kept["citations"]] == [("cau-1", 0, 52), ("cau-1", 54, 93)]


def test_an_answer_can_be_copied_shared_and_exported_with_its_sources(reader: Readers) -> None:
    someone = reader(permissions=["clipboard-read", "clipboard-write"])
    someone.open()
    turn = someone.ask(QUESTION)
    turn.locator("[data-here=copy]").click()
    someone.page.wait_for_function("document.getElementById('ht-told').textContent !== ''")
    copied = someone.page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == f"**{QUESTION}**"
    assert copied.splitlines()[-1] == (
        "[2] Báo Ví Dụ · 28/07/2026 · Cầu Sông Ngân thông xe, rút ngắn 20 km đường đi: "
        "“Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng.” https://vidu.example/cau-song-ngan.html"
    )
    someone.page.click(".ht-drop > summary >> nth=1")
    with someone.page.expect_download() as downloading:
        someone.page.click("[data-here=export]")
    saved = downloading.value
    assert saved.suggested_filename == "hoi-tin.md"
    assert copied in saved.path().read_text(encoding="utf-8")

    turn.locator("[data-here=share]").click()
    someone.page.wait_for_function("document.getElementById('ht-told').textContent.includes('liên kết')")
    link = someone.page.evaluate("navigator.clipboard.readText()")
    other = reader()
    other.open(link.removeprefix(someone.site.url))
    assert other.turn(0).locator(".ht-question").text_content().endswith(QUESTION)
