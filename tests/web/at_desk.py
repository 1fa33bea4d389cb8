"""What someone does and sees at the fact-check desk."""

from __future__ import annotations

import json
from typing import Any

from tests.web.checking import DRAFT
from tests.web.conftest import Reader, until


def check(someone: Reader, draft: str = DRAFT) -> Any:
    """Paste and check; gives the page when all verdicts are there."""
    page = someone.page
    page.fill("#draft", draft)
    page.click("#check")
    page.wait_for_selector("#marked")
    page.wait_for_selector("#going", state="hidden")
    return page


def shown(page: Any) -> str:
    """The draft as it stands on the page, without signs and labels."""
    text = page.evaluate(
        "() => { const copy = document.getElementById('marked').cloneNode(true);"
        " copy.querySelectorAll('.tag').forEach((t) => t.remove()); return copy.textContent; }"
    )
    return str(text)


def told(page: Any, words: str) -> None:
    """Wait until the live region says it."""
    page.locator("#told", has_text=words).wait_for(state="attached")


def remembered(page: Any, words: str) -> None:
    """Wait until this tab's memory holds the words: it is written a moment after the last key."""
    until(page, f"(sessionStorage.getItem('ht_desk') ?? '').includes({json.dumps(words)})")


def inside(page: Any, selector: str) -> bool:
    """Whether a box that opened stands within the window from left to right."""
    box = page.locator(selector).bounding_box()
    return bool(box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"])


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
