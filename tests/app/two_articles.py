"""A home with two invented articles in it, made by the real `hoitin`."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.app.terminal import Terminal

BRIDGE = {
    "id": "cau-1",
    "url": "https://bao.example/cau-song-vang-20260711.html",
    "title": "Cầu Sông Vàng thông xe sau bốn năm thi công",
    "body": "Sáng 11/7, cầu Sông Vàng nối xã Bình Khê với phường Tân Lập được thông xe.\n"
    "Bà Đinh Thị Nhàn, Giám đốc Ban quản lý dự án, cho biết cầu dài 1.240 m và có bốn làn xe.",
    "published": "2026-07-11T09:00:00+07:00",
    "outlet": "Báo Ví Dụ",
}

MARKET = {
    "id": "cho-1",
    "url": "https://bao.example/cho-dem-ben-tre-xanh-20260712.html",
    "title": "Chợ đêm Tre Xanh mở lại sau trận bão",
    "body": "Tối 12/7, chợ đêm Tre Xanh mở lại với 86 gian hàng của bà con trong phường.\n"
    "Ban quản lý chợ miễn phí thuê chỗ trong ba tháng đầu.",
    "published": "2026-07-12T20:00:00+07:00",
    "outlet": "Báo Ví Dụ",
}


def archived(folder: Path) -> Path:
    """The folder, with the two articles in its home, not indexed, and the file that they came from."""
    made = Terminal(folder, folder / "home")
    made.write("in.jsonl", BRIDGE, MARKET)
    assert made.run("ingest", "in.jsonl", "--no-index").code == 0
    return folder


def copied(archived: Path, terminal: Terminal) -> Terminal:
    """The terminal, with a copy of such a folder as its own."""
    shutil.copytree(archived, terminal.folder, dirs_exist_ok=True)
    return terminal
