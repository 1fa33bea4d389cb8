"""What axe-core finds wrong with a page in the browser: WCAG 2.2 A and AA, and axe's own best practices.

    page (Playwright) -> axe.min.js (bundled by axe-playwright-python, nothing is fetched) -> one line per finding

    from tests.web.axe import findings
    assert findings(someone.page) == []

Only serious and critical findings count. The script is evaluated by the debugger,
so it works under a Content-Security-Policy that lets no script in.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
GRAVE = ("serious", "critical")


@lru_cache(maxsize=1)
def script() -> str:
    """axe-core itself."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def findings(page: Any, *, grave: tuple[str, ...] = GRAVE) -> list[str]:
    """A line for each element that breaks a rule: "serious color-contrast .ht-status: what axe says of it".

    page: a Playwright page (or frame), as it stands now. grave: the impacts that count.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(script())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", list(TAGS)
    )
    return [
        f"{node['impact']} {rule['id']} {' '.join(map(str, node['target']))}: "
        + " ".join((node.get("failureSummary") or rule["help"]).split())
        for rule in found["violations"]
        for node in rule["nodes"]
        if node["impact"] in grave
    ]
