"""The chat, used as a reader uses it: in Chromium, on the real server, with an invented press behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from app.web.talk import EVER
from ingest.article import VIETNAM, Article
from tests.web.conftest import Reader
from tests.web.press import BRIDGE, CANARY, HOSTILE, HOSTILE_STRINGS

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
QUESTION = "Cầu Sông Ngân thông xe khi nào?"
WATCH = (
    "window.blocked = [];"
    "document.addEventListener('securitypolicyviolation', e => blocked.push(e.violatedDirective + ' ' + e.sample))"
)
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


def printable(docid: str) -> str:
    """The archive takes no ids with control characters in them."""
    return docid.replace("\x00", "").replace("\n", " ")


def wide(reader: Reader) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(reader.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


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
