"""Take the pictures of README.md: a server on the sample, a real browser, four PNGs in docs/screenshots.

    python scripts/screenshots.py        (needs Chromium and `pip install -e '.[test]'`)

The archive is built in a temporary folder and gone afterwards. Questions are of data/sample, so the pictures hold
no newspaper's text.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
HOITIN = Path(sys.executable).with_name("hoitin")

DESK = "Đại học Vân Trà mở ngành Công nghệ gốm sứ tuyển bao nhiêu sinh viên?"
PHONE = "Bãi tắm Đá Mèo được mở lại ngày nào?"
DRAFT = """Ô tô con, xe khách dưới 29 chỗ và xe máy vẫn được lưu thông nhưng phải giảm tốc độ xuống 30 km/h. Cầu \
Sương Mai dài 468 m, bắc qua sông Sương. Ông Tạ Minh Quyết, Phó giám đốc Sở Xây dựng, cho biết kinh phí sửa chữa là 37,6 tỷ đồng.

Liệu lệnh cấm có kéo dài thêm? Lệnh cấm kéo dài đến hết ngày 12/11. Đơn vị thi công là Công ty CP Cầu đường Đá Vàng. Sau khi \
sửa xong, cầu sẽ được sơn lại toàn bộ lan can.
"""
"""Of an article of data/sample, with a number and a name that are wrong, a question, and something it does not say."""
EDITOR, PASSWORD = "bien-tap", "mưa rào trên phố cũ"
MAX_BYTES = 300_000


def main() -> int:
    """Take them all; returns the exit code."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("screenshots: no Chromium found, wanted one on the PATH. Mend: apt-get install chromium", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "home") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        desk = browser.new_page(viewport={"width": 1100, "height": 880}, locale="vi-VN", color_scheme="light")
        ask(desk, url, DESK)
        keep(desk, "chat")
        phone = browser.new_page(viewport={"width": 390, "height": 780}, locale="vi-VN", color_scheme="light")
        ask(phone, url, PHONE)
        keep(phone, "chat-phone")
        desk.set_viewport_size({"width": 1100, "height": 1120})
        link = phone.locator('a[href*="/bai/"]').first.get_attribute("href")
        desk.goto(f"{url}{link}")
        desk.wait_for_selector("mark")
        desk.evaluate("scrollTo(0, 0)")
        desk.wait_for_timeout(1_800)  # the cited sentence glows for a moment
        keep(desk, "article")
        desk.set_viewport_size({"width": 1280, "height": 820})
        check(desk, url, DRAFT)
        keep(desk, "desk")
        browser.close()
    return 0


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a chat over data/sample."""
    env = {**os.environ, "HOITIN_HOME": str(home)}
    subprocess.run([HOITIN, "ingest", ROOT / "data" / "sample"], env=env, check=True)
    subprocess.run([HOITIN, "user", "add", EDITOR], env=env, input=PASSWORD, text=True, check=True)
    server = subprocess.Popen([HOITIN, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if "http://" in line:
                yield "http://" + line.split("http://")[1].strip()
                return
        raise SystemExit(f"screenshots: `hoitin serve` ended with {server.wait()} and gave no address")
    finally:
        server.terminate()
        server.wait()


def ask(page: Any, url: str, question: str) -> None:
    page.goto(url)
    page.wait_for_selector("#ht-feed .ht-welcome")
    page.fill("#ht-box textarea", question)
    page.press("#ht-box textarea", "Enter")
    page.locator("#ht-feed .ht-turn .ht-found").wait_for()
    page.wait_for_timeout(1_500)  # the page scrolls to the answer, softly, and what to ask next comes a moment later


def check(page: Any, url: str, draft: str) -> None:
    page.goto(f"{url}/kiem-chung")
    page.fill("#name", EDITOR)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.fill("#title", "Cầu Sương Mai cấm xe tải")
    page.fill("#draft", draft)
    page.click("#check")
    page.wait_for_selector("#marked")
    page.wait_for_selector("#going", state="hidden")
    page.wait_for_timeout(300)


def keep(page: Any, name: str) -> None:
    path = TARGET / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size:,} bytes")
    if size > MAX_BYTES:
        raise SystemExit(f"screenshots: {path.name} has {size:,} bytes, wanted at most {MAX_BYTES:,}")


if __name__ == "__main__":
    sys.exit(main())
