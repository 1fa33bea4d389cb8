"""How fast the chat is to the eye, in a real browser: the first useful paint, and from sending to the first answer text.

    python benchmarks/chat_page.py [OPENINGS=20] [QUESTIONS=90]      (needs Chromium and `pip install -e '.[test]'`)

Serves data/sample from a temporary folder. Each opening is a browser profile of its own with an empty cache. Questions
are those of data/questions, each asked once; the clock runs in the page, from the key that sends to the first frame
in which text of an answer (or of an honest no) stands. Prints n, median, p95 and a 95 % interval of the p95 (bootstrap),
and every host that was asked for. Exit code 1 if a paint takes over 1.5 s, p95 is over 300 ms, or another host was asked.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright
from served import ROOT, served

# The paint that counts holds the question suggestions or the first answer: "largest" is when the biggest text stood.
_PAINT = """() => ({
  first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
  usable: window.usable,
})"""
_WATCH = """
new MutationObserver(() => {
  const box = document.querySelector('#ht-box textarea');
  if (!window.usable && box && document.querySelector('#ht-feed .ht-welcome')) window.usable = performance.now();
}).observe(document, { childList: true, subtree: true });
"""
_CLOCK = """before => {
  window.took = new Promise((done) => {
    let sent = 0;
    document.addEventListener('keydown', () => { sent = performance.now(); }, { capture: true, once: true });
    const watch = new MutationObserver(() => {
      const turn = document.querySelectorAll('#ht-feed .ht-turn')[before];
      if (!turn?.querySelector('.ht-found .ht-text, .ht-abstained .ht-text, .ht-failed p')) return;
      watch.disconnect();
      requestAnimationFrame(() => done(performance.now() - sent));
    });
    watch.observe(document.body, { childList: true, subtree: true });
  });
}"""


def main(openings: int = 20, questions: int = 90) -> int:
    """Measure and print; returns the exit code."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("chat_page: no Chromium found, wanted one on the PATH. Mend: apt-get install chromium", file=sys.stderr)
        return 1
    hosts: set[str] = set()
    with served() as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        paints = [_opened(browser, url, hosts) for _ in range(openings)]
        took = _asked(browser, url, asked()[:questions], hosts)
        browser.close()
    first, usable = [p["first"] for p in paints], [p["usable"] for p in paints]
    print(f"first useful paint      {told(first)}")
    print(f"question box can be used {told(usable)}")
    print(f"sent to first answer    {told(took)}")
    strange = hosts - {urlsplit(url).netloc}
    print(f"hosts asked besides our own: {', '.join(sorted(strange)) or 'none'}")
    return int(max(first) > 1_500 or quantile(took, 0.95) > 300 or bool(strange))


def asked() -> list[str]:
    """The sample's own questions that need no earlier turn, in a fixed order."""
    found = []
    for path in sorted((ROOT / "data" / "questions").glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found += [" ".join(line["question"].split()) for line in lines if not line.get("history")]
    return list(dict.fromkeys(found))


def _opened(browser: Browser, url: str, hosts: set[str]) -> dict[str, float]:
    page = _page(browser, hosts)
    page.add_init_script(_WATCH)
    page.goto(url)
    page.wait_for_function("window.usable")
    paint: dict[str, float] = page.evaluate(_PAINT)
    page.context.close()
    return paint


def _asked(browser: Browser, url: str, questions: Sequence[str], hosts: set[str]) -> list[float]:
    """Milliseconds for each; a new conversation for every tenth, as people have."""
    page = _page(browser, hosts)
    page.goto(url)
    page.wait_for_selector("#ht-first", state="detached")
    took = []
    for n, question in enumerate(questions):
        if n % 10 == 0 and n:
            page.click("[data-do=new]")
            page.wait_for_selector("#ht-feed .ht-welcome")
        page.fill("#ht-box textarea", question)
        page.evaluate(_CLOCK, n % 10)
        page.press("#ht-box textarea", "Enter")
        took.append(float(page.evaluate("window.took")))
        page.wait_for_timeout(400)  # follow-ups are on their way: nobody asks on within the blink of an eye
    page.context.close()
    return took


def _page(browser: Browser, hosts: set[str]) -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="vi-VN").new_page()
    page.on("request", lambda r: hosts.add(urlsplit(r.url).netloc) if r.url.startswith("http") else None)
    return page


def quantile(values: Sequence[float], q: float) -> float:
    """The smallest value that at least q of all are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def told(values: Sequence[float]) -> str:
    """n, median, p95 with its interval, and the largest, in milliseconds."""
    draw = random.Random(7)
    again = sorted(quantile(draw.choices(values, k=len(values)), 0.95) for _ in range(2_000))
    low, high = again[50], again[-51]
    return (
        f"n={len(values):<3} median {quantile(values, 0.5):4.0f} ms, p95 {quantile(values, 0.95):4.0f} ms "
        f"(95 % interval {low:.0f} to {high:.0f}), largest {max(values):4.0f} ms"
    )


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
