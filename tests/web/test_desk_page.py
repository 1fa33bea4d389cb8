"""The fact-check desk in a real browser: paste, verdicts, fix by the source, note, file; hostile text, one claim."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.web.at_desk import check, fits, inside, remembered, shown, told
from tests.web.axe import findings
from tests.web.checking import DRAFT
from tests.web.conftest import Reader, Site
from tests.web.press import BRIDGE, CANARY, HOSTILE_STRINGS

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_a_draft_goes_from_paste_to_word_document(desk: Callable[..., Reader], width: int, scheme: str) -> None:
    someone = desk(width, scheme)
    page, checker = someone.page, someone.site.press.checker
    found = {}
    someone.shot(f"desk-empty-{width}-{scheme}")
    page.fill("#title", "Cầu Sông Ngân thông xe")
    page.fill("#draft", DRAFT)
    with checker.hold.after(2):
        page.click("#check")
        # Verdicts come one by one, with the progress beside them and a way to stop.
        expect(page.locator("#count")).to_have_text("2/6 câu")
        assert page.locator(".claim.supported").count() == 1
        assert page.locator(".claim.pending").count() == 3  # and a question, which is not checked
        assert page.is_visible("#stop")
    page.wait_for_selector("#going", state="hidden")
    labels = [" ".join(t.split()) for t in page.locator(".tag").all_text_contents()]
    assert labels == [
        "✓ Có nguồn", "✗ Trái với nguồn", "✓ Có nguồn", "– Không cần kiểm chứng", "? Chưa đủ nguồn", "✗ Trái với nguồn"
    ]  # fmt: skip
    assert "6 Tất cả" in " ".join(page.inner_text("#chips").split())

    page.click(".claim.refuted >> nth=0")
    assert page.inner_text("#card .said mark") == "1.200 m"
    assert page.inner_text("#card blockquote mark") == "1.250 m"
    card = page.inner_text("#card")
    for words in (
        "Câu 2/6",
        "độ chắc 93%",
        "Báo Ví Dụ · 28/07/2026",
        "bản đã đính chính ngày 28/07/2026",
        BRIDGE.title,
    ):
        assert words in card
    start = BRIDGE.text.index("Cây cầu dài")
    assert f"/bai/cau-1?tu={start}&den={start + 39}&v=2#trich" in page.get_attribute("#card figcaption a", "href")
    found["chosen"] = findings(page)
    someone.shot(f"desk-chosen-{width}-{scheme}")

    page.click("#card .fix")
    assert shown(page) == DRAFT.replace("1.200 m", "1.250 m")
    assert "Đã sửa theo nguồn" in page.inner_text(".claim.fixed")
    page.fill("#remark", "Đã gọi ban quản lý dự án.")
    page.click("[data-decide=accept]")
    assert page.get_attribute("[data-decide=accept]", "aria-pressed") == "true"
    someone.shot(f"desk-fixed-{width}-{scheme}")
    if page.is_visible("#card .shut"):
        page.click("#card .shut")
    page.click("#export > summary")
    assert inside(page, "#export .sheet")
    found["export"] = findings(page)
    with page.expect_download() as download:
        page.click("[data-form=docx]")
    assert download.value.suggested_filename == "cau-song-ngan-thong-xe.docx"
    document = docx.Document(BytesIO(Path(download.value.path()).read_bytes()))
    assert document.paragraphs[0].text == "Cầu Sông Ngân thông xe"
    assert "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng. ✗2 Ông Lê Văn Thử là giám đốc dự án. ✓3" in [
        p.text for p in document.paragraphs
    ]
    row = document.tables[0].rows[2].cells
    assert row[2].text.endswith("Số: bản thảo “1.200 m”, nguồn “1.250 m”")
    assert row[4].text == "Đã chấp nhận · Đã sửa theo nguồn\nĐã gọi ban quản lý dự án."

    assert {name: lines for name, lines in found.items() if lines} == {}
    assert fits(page)
    assert someone.hosts() == {someone.site.url.removeprefix("http://")}
    assert someone.complaints == []


def test_a_check_can_be_stopped_and_says_how_far_it_came(desk: Callable[..., Reader]) -> None:
    someone = desk()
    page, checker = someone.page, someone.site.press.checker
    page.fill("#draft", "Cây cầu dài 1.250 m. " * 60)
    with checker.hold.after(3) as hold:
        page.click("#check")
        expect(page.locator("#count")).to_have_text("3/60 câu")
        page.click("#stop")
        page.wait_for_selector("#going", state="hidden")
        told(page, "Đã dừng ở ")
        assert page.locator(".claim.pending").count() == 57
        for _ in range(20):  # the server stops as soon as it has noticed: the next sentence is never begun
            judged = checker.judged
            hold.let(1)
            page.wait_for_timeout(500)
            if checker.judged == judged:
                break
        assert checker.judged == judged
    page.click("#check")
    page.wait_for_selector(".claim.pending", state="detached")
    told(page, "Đã kiểm chứng xong: 60 có nguồn, 0 trái với nguồn, 0 chưa đủ nguồn, 0 không cần kiểm chứng.")


def test_what_fails_is_said_and_what_was_judged_stays(desk: Callable[..., Reader]) -> None:
    someone = desk()
    page = check(someone, "Cây cầu dài 1.250 m. Sau đó hỏng kho. Cầu có 12 làn xe.")
    assert page.inner_text("#wrong") == "Kho tin đang gặp trục trặc, bạn thử lại sau ít phút nhé."
    assert page.locator(".claim.supported").count() == 1
    assert page.locator(".claim.pending").count() == 2
    page.click("#new")
    for draft, said in (("  ", "Bạn chưa dán bản thảo."), ("ế" * 70_000, "Bản thảo dài 210 kB, tối đa 200 kB.")):
        page.fill("#draft", draft)
        page.click("#check")
        page.wait_for_selector("#wrong:not([hidden])")
        assert said in page.inner_text("#wrong")
        assert page.is_visible("#draft")


def test_the_filter_leads_through_one_kind_of_verdict(desk: Callable[..., Reader]) -> None:
    page = check(desk())
    page.click("[data-kind=NOT_ENOUGH_INFO]")
    assert page.inner_text("#card .missing") == "Chưa thấy trong kho: 12 làn xe."
    page.click("[data-kind=REFUTED]")
    chosen = []
    for _ in range(3):
        page.click("#next")
        chosen.append(page.get_attribute("[aria-current=true]", "data-index"))
    assert chosen == ["5", "1", "5"]
    page.click("[data-kind=REFUTED]")
    assert page.get_attribute("[data-kind=ALL]", "aria-pressed") == "true"


def test_editing_keeps_the_verdicts_of_what_was_not_touched(desk: Callable[..., Reader]) -> None:
    page = check(desk())
    page.click(".claim.refuted >> nth=1")
    page.fill("#remark", "Hỏi lại chợ.")
    page.click("#edit")
    page.fill("#draft", "Mở đầu mới. " + DRAFT.replace("12 làn", "8 làn"))
    remembered(page, "Mở đầu mới. ")
    page.reload()  # what is half edited is kept in the tab as well
    assert page.input_value("#draft").startswith("Mở đầu mới.")
    page.click("#edit")
    assert shown(page) == "Mở đầu mới. " + DRAFT.replace("12 làn", "8 làn")
    assert page.locator(".claim").count() == 5  # the sentence that changed is plain text until it is checked
    assert page.locator(".claim.refuted >> nth=1").inner_text().startswith("Giá gạo không tăng.")
    page.click("#check")
    page.wait_for_selector(".claim.pending", state="detached")
    page.click(".claim.refuted >> nth=1")
    assert page.input_value("#remark") == "Hỏi lại chợ."


def test_a_denial_is_taken_out_of_the_draft_and_put_back(desk: Callable[..., Reader]) -> None:
    page = check(desk())
    page.click(".claim.refuted >> nth=1")
    page.click("#card .fix")
    assert shown(page).endswith("Giá gạo tăng.")
    page.click("#undo")
    assert shown(page) == DRAFT
    assert page.is_hidden("#undo")


def test_a_capital_that_began_the_sources_sentence_does_not_come_along(desk: Callable[..., Reader]) -> None:
    page = check(desk(), "Hôm qua lúa gạo tăng. Cầu dài 1.200 m.")
    page.click(".claim.refuted >> nth=0")
    page.click("#card .fix")
    assert shown(page) == "Hôm qua giá gạo tăng. Cầu dài 1.200 m."
    page.click(".claim.refuted >> nth=0")  # the one behind it has moved, its token with it
    page.click("#card .fix")
    assert shown(page) == "Hôm qua giá gạo tăng. Cầu dài 1.250 m."
    page.click("#undo")
    page.click("#undo")
    assert shown(page) == "Hôm qua lúa gạo tăng. Cầu dài 1.200 m."


def test_a_draft_is_kept_in_this_tab_and_saved_only_on_purpose(desk: Callable[..., Reader], site: Site) -> None:
    someone = desk()
    page, folder = check(someone), site.press.settings.home / "drafts"
    page.fill("#title", "Cầu mới")
    remembered(page, "Cầu mới")
    page.reload()
    assert shown(page) == DRAFT
    assert page.input_value("#title") == "Cầu mới"
    assert not list(folder.rglob("*.json"))
    page.click("#save")
    told(page, "Đã lưu bản thảo.")
    assert len(list(folder.rglob("*.json"))) == 1
    page.click("#new")
    assert page.input_value("#draft") == ""
    page.click("#undo")
    assert shown(page) == DRAFT
    page.click("#new")
    page.click("#drafts > summary")
    page.click("text=Cầu mới")
    page.wait_for_selector("#marked")
    assert shown(page) == DRAFT
    assert page.locator(".claim.refuted").count() == 2
    page.click("#drafts > summary")
    page.click("[aria-label='Xóa bản thảo “Cầu mới”']")
    page.wait_for_selector("text=Bạn chưa lưu bản thảo nào.")
    assert not list(folder.rglob("*.json"))
    assert someone.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_drafts_and_articles_run_nothing_and_break_nothing(desk: Callable[..., Reader], width: int) -> None:
    someone = desk(width)
    draft = "\n".join(HOSTILE_STRINGS).replace("\x00", "") + "\nCâu độc.\n" + "W" * 30_000
    page = check(someone, draft)
    assert shown(page) == draft
    page.locator(".claim.refuted").first.click()
    assert "<script>" in page.inner_text("#card blockquote")
    page.fill("#title", f'"><img src=x onerror={CANARY}>')
    page.fill("#remark", f"<img src=x onerror={CANARY}>")
    page.click("#save")
    told(page, "Đã lưu bản thảo.")
    if page.is_visible("#card .shut"):
        page.click("#card .shut")
    page.click("#drafts > summary")
    assert inside(page, "#drafts .sheet")
    page.click('[aria-label^="Xóa bản thảo"]')
    page.wait_for_selector("text=Bạn chưa lưu bản thảo nào.")
    page.keyboard.press("Escape")
    for node in page.query_selector_all("#card a[href], #marked a[href]"):
        assert node.get_attribute("href").startswith("/bai/")
    assert page.evaluate("window.canary") is None
    assert fits(page)
    page.click("#export > summary")
    with page.expect_download() as download:
        page.click("[data-form=html]")
    page.goto("about:blank")
    page.set_content(Path(download.value.path()).read_text("utf-8"))
    assert page.evaluate("window.canary") is None
    assert fits(page)
    assert someone.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_anybody_checks_one_claim_and_reads_on_in_the_article(reader: Readers, width: int, scheme: str) -> None:
    someone = reader(width, scheme)
    page = someone.page
    page.goto(someone.site.url + "/tin-nay-co-dung-khong?cau=C%C3%A2y%20c%E1%BA%A7u%20d%C3%A0i%201.200%20m.")
    assert page.input_value("#draft") == "Cây cầu dài 1.200 m."
    found = {"asked": findings(page)}
    page.press("#draft", "Enter")
    page.wait_for_selector("#cards article.refuted")
    told(page, "1 trái với nguồn")
    assert page.inner_text("#cards .chip").split() == "✗ Trái với nguồn".split()
    assert "bản thảo" not in page.inner_text("#cards").lower()  # a reader's word for what is compared
    assert page.inner_text("#cards .ours dt") == "Câu của bạn"
    found["answered"] = findings(page)
    someone.shot(f"claim-{width}-{scheme}")
    assert fits(page)
    with page.context.expect_page() as opened:
        page.click("#cards figcaption a")
    assert opened.value.inner_text("#trich") == "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng."
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert someone.hosts() == {someone.site.url.removeprefix("http://")}
    assert someone.complaints == []
