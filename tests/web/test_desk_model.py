"""A model's second opinion at the fact-check desk: asked for by a button, beside the verdict, never instead of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.check.adviser import Adviser
from app.llm import Endpoint
from tests.app.endpoint import endpoint
from tests.web.at_desk import check, fits, remembered, told
from tests.web.axe import findings
from tests.web.conftest import Reader, Site

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]


@pytest.fixture
def model(site: Site) -> Iterator[Callable[..., None]]:
    """Gives the desk a model that follows a script, until the test ends: model("UNG_HO", 500, …)."""
    with ExitStack() as open_until:

        def made(*steps: Any) -> None:
            script = open_until.enter_context(endpoint(*steps))
            site.press.adviser = Adviser(lambda: Endpoint(lambda: script.url, model="m", timeout_s=5), "mô-hình-7b")

        yield made
    site.press.adviser = None


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_model_is_asked_about_one_claim_by_a_button_and_its_opinion_stands_beside_the_verdict(
    desk: Callable[..., Reader], model: Callable[..., None], width: int, scheme: str
) -> None:
    model(500, 500, "UNG_HO", "TRAI_NGUOC")  # a failing call is tried once more before it is given up
    someone = desk(width, scheme)
    page = check(someone)
    page.click(".claim.refuted >> nth=0")
    before = (page.inner_text("#card .chip"), page.inner_text("#card .sure"), page.inner_text("#chips"))
    assert page.locator(".opinion").count() == 0  # nothing was asked by itself
    assert page.inner_text("#second button") == "Hỏi thêm mô hình mô-hình-7b"
    page.fill("#remark", "đang viết dở")
    page.click("#second button")
    page.wait_for_selector(".opinion")
    assert page.inner_text(".opinion") == "Mô hình mô-hình-7b không cho ý kiến: gặp lỗi khi trả lời"
    assert page.inner_text("#second button") == "Hỏi lại mô hình mô-hình-7b"
    page.click("#second button")
    said = "Ý kiến của mô hình mô-hình-7b: các câu trong kho ủng hộ, chỉ để tham khảo ≠ khác kết quả đối chiếu"
    page.locator(".opinion", has_text="ủng hộ").wait_for()
    told(page, said)
    assert page.inner_text(".opinion") == said
    assert page.locator("#second button").count() == 0
    assert page.input_value("#remark") == "đang viết dở"
    assert before == (page.inner_text("#card .chip"), page.inner_text("#card .sure"), page.inner_text("#chips"))
    assert "≠" in page.text_content(".claim.refuted >> nth=0")  # in the draft as well, beside our sign
    assert findings(page) == []
    assert fits(page)
    someone.shot(f"desk-second-opinion-{width}-{scheme}")

    # It is of the sentence as it stood: gone when that changes, back when the change is undone; kept in the tab.
    page.click("#card .fix")
    assert page.locator(".opinion").count() == 0
    assert page.locator("#second button").count() == 0
    page.evaluate("document.getElementById('undo').click()")
    assert page.inner_text(".opinion") == said
    remembered(page, "mô-hình-7b")
    page.reload()
    page.click(".claim.refuted >> nth=0")
    assert page.inner_text(".opinion") == said
    page.evaluate("document.querySelectorAll('.claim.refuted')[1].click()")  # on a phone the card may lie over it
    page.click("#second button")
    page.locator(".opinion", has_text="= giống kết quả đối chiếu").wait_for()
    assert "≠" not in page.text_content(".claim.refuted >> nth=1")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed .opinion").count() == 2
    if page.is_visible("#card .shut"):
        page.click("#card .shut")
    page.click("#export > summary")
    with page.expect_download() as download:
        page.click("[data-form=csv]")
    assert "(≠ khác kết quả đối chiếu)" in Path(download.value.path()).read_text("utf-8-sig")
    assert someone.complaints == []


def test_without_a_model_nothing_at_the_desk_speaks_of_one(desk: Callable[..., Reader]) -> None:
    page = check(desk())
    page.click(".claim.refuted >> nth=0")
    assert page.is_visible("#card .fix")
    assert page.locator("#second button, .opinion").count() == 0
    assert "mô hình" not in page.inner_text("body").lower()
