"""No page has a serious or critical finding of axe-core, on a desk in light and on a phone in dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.axe import findings
from tests.web.conftest import Reader

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
SCREENS = [(1280, "light"), (390, "dark")]


def test_axe_finds_what_is_wrong_on_a_page_that_is_wrong(chromium) -> None:  # type: ignore[no-untyped-def]
    page = chromium.new_page()
    page.set_content(
        "<!doctype html><html lang=vi><title>t</title><main><h1>Một</h1>"
        "<p style='color:#aaa;background:#fff'>mờ</p><button></button></main></html>"
    )
    assert sorted(line.split()[1] for line in findings(page)) == ["button-name", "color-contrast"]
    page.close()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_no_page_has_a_serious_finding(reader: Readers, width: int, scheme: str) -> None:
    someone = reader(width, scheme)
    found: dict[str, list[str]] = {}
    someone.open()
    found["empty chat"] = findings(someone.page)
    someone.page.click(".ht-drop > summary >> nth=0")
    found["menu open"] = findings(someone.page)
    someone.page.keyboard.press("Escape")
    someone.ask("Cầu Sông Ngân thông xe khi nào?")
    found["answered"] = findings(someone.page)
    someone.ask("Trên sao Hỏa có gì?")
    found["abstained"] = findings(someone.page)
    someone.ask("hỏng kho")
    found["failed"] = findings(someone.page)
    for name, path in (
        ("article", "/bai/cau-1?tu=0&den=52&v=2"),
        ("difference", "/bai/cau-1?v=2&so=1"),
        ("missing article", "/bai/khong-co"),
    ):
        someone.page.goto(someone.site.url + path)
        found[name] = findings(someone.page)
    assert {name: lines for name, lines in found.items() if lines} == {}
