"""The fact-check desk for everybody: by keyboard alone, at twice the size, on paper, in English, in the dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.at_desk import check, fits, shown
from tests.web.checking import DRAFT
from tests.web.conftest import Reader

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]


def test_all_of_it_works_by_keyboard_alone(desk: Callable[..., Reader]) -> None:
    someone = desk()
    page = someone.page
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Đến bản thảo"
    page.keyboard.press("Enter")
    page.keyboard.insert_text(DRAFT)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#marked")
    page.wait_for_selector("#going", state="hidden")

    def current() -> str:
        return str(page.inner_text("[aria-current=true]")).split("\n")[0]

    assert "1.200" in current()  # the first that is contradicted, chosen by the page
    page.keyboard.press("j")
    assert current().startswith("Ông Lê Văn Thử")
    page.keyboard.press("j")
    assert current().startswith("Cầu có 12 làn xe")  # the question has nothing to check
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert "1.200" in current()
    assert page.evaluate("document.activeElement.dataset.index") == "1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    while page.evaluate("document.activeElement.className") != "fix":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "1.250 m" in shown(page)
    page.keyboard.press("u")
    assert shown(page) == DRAFT
    page.keyboard.press("n")
    page.keyboard.type("jk")  # letters in a note are letters
    assert page.input_value("#remark") == "jk"
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert page.get_attribute("[data-decide=ignore]", "aria-pressed") == "true"
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "draft"
    assert page.evaluate("document.activeElement.selectionStart") == DRAFT.index("Cây cầu") + 1  # one emoji, two units
    page.focus("#edit")
    page.keyboard.press("Enter")
    assert page.is_visible("#marked")
    page.focus("#export > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    table = Path(download.value.path()).read_text("utf-8-sig")
    assert "Đã bỏ qua" in table
    assert "jk" in table
    assert someone.complaints == []


def test_single_letter_keys_can_be_switched_off(desk: Callable[..., Reader]) -> None:
    page = check(desk())
    page.click(".keys summary")
    page.uncheck("#keys")
    before = page.get_attribute("[aria-current=true]", "data-index")
    page.keyboard.press("j")
    assert page.get_attribute("[aria-current=true]", "data-index") == before
    page.reload()
    assert not page.is_checked("#keys")


@pytest.mark.parametrize(("width", "height"), [(640, 450), (320, 420)])
def test_text_at_twice_the_size_still_works(desk: Callable[..., Reader], width: int, height: int) -> None:
    """Zoomed to 200 % a window of 1280 by 900 has 640 by 450 to lay out; 320 is what 400 % leaves."""
    someone = desk(width)
    someone.page.set_viewport_size({"width": width, "height": height})
    page = check(someone)
    assert fits(page)
    page.click(".claim.refuted >> nth=0")
    page.click("#card .fix")
    page.click("[data-decide=accept]")
    page.click("#card .shut")
    assert "1.250 m" in shown(page)
    assert page.evaluate("document.activeElement.dataset.index") == "1"


def test_on_paper_stand_the_draft_its_signs_and_every_finding(desk: Callable[..., Reader]) -> None:
    someone = desk(1280, "dark")
    page = check(someone)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.is_visible("#marked .tag >> nth=1")
    assert page.locator("#printed article").count() == 5
    assert page.is_visible("#printed article >> nth=1")
    assert page.is_hidden(".bar")
    assert page.is_hidden("#check")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    someone.shot("desk-printed")


def test_the_desk_speaks_english_and_remembers_light_and_dark(desk: Callable[..., Reader]) -> None:
    page = check(desk(1280, "light", "?lang=en"))
    page.click(".claim.refuted >> nth=0")
    assert "✗ Contradicted" in " ".join(page.inner_text("#card header").split())
    assert page.inner_text("#card .fix") == "Take the source's"
    page.click("#theme")
    page.reload()
    assert page.evaluate("document.documentElement.className") == "dark"
