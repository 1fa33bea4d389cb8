"""The glance at the archive, and the questions it offers."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from app.answer import Answer
from app.web.shelf import Shelf
from ingest.archive import Archive
from tests.web.press import BRIDGE, PALACE, RICE, Scripted, Shelves

RICE_ASKED = "Giá gạo ở chợ Đồng Mơ tăng bao nhiêu phần trăm sau mưa lớn kéo dài?"
BRIDGE_ASKED = "Cầu Sông Ngân thông xe khi nào?"


def answer(words: str) -> Answer:
    from app.answer import Question

    return Scripted().answer(Question(words))


def test_the_newest_headlines_become_questions_and_a_changed_archive_is_looked_at_again() -> None:
    shelves = Shelves().add(RICE)
    shelf = Shelf(shelves)
    assert shelf.glance().questions == (RICE_ASKED,)
    assert shelf.glance() is shelf.glance(), "nothing changed, nothing read"
    shelves.add(BRIDGE)
    after = shelf.glance()
    assert after.count == 2
    assert after.questions == (BRIDGE_ASKED, RICE_ASKED)
    assert (after.last, after.sections) == (BRIDGE.published, ("Thời sự",))
    assert (after.offers[0].outlet, after.offers[0].published) == ("Báo Ví Dụ", BRIDGE.published)


def test_only_what_the_archive_was_seen_to_answer_is_offered() -> None:
    wrong = replace(RICE, id="gao-khac", title="Giá gạo ở chợ Đồng Mơ tăng 7,5% sau mưa lớn", outlet="Tin Mẫu")
    shelf = Shelf(Shelves().add(RICE, PALACE, wrong, BRIDGE), answer)
    assert shelf.glance().questions == (BRIDGE_ASKED, RICE_ASKED), "the others are answered from elsewhere"


def test_questions_of_a_changed_archive_come_a_moment_later_and_the_count_at_once() -> None:
    shelves = Shelves().add(RICE)
    shelf = Shelf(shelves, answer)
    assert shelf.glance().questions == (RICE_ASKED,)
    shelves.add(BRIDGE)
    assert shelf.glance().count == 2
    until = time.monotonic() + 10
    while shelf.glance().questions != (BRIDGE_ASKED, RICE_ASKED):
        assert time.monotonic() < until, shelf.glance().questions
        time.sleep(0.01)


def test_one_outlet_and_one_story_do_not_fill_the_page() -> None:
    titles = ["Xã An Mây trồng 120 ha chè", "Xã Bến Lau trồng 230 ha chè", "Xã Cồn Sậy trồng 340 ha chè"]
    same = [replace(RICE, id=str(n), title=title) for n, title in enumerate(titles)]
    story = [replace(RICE, id=f"s{n}", title=titles[n], outlet=f"Báo {n}", story="s") for n in range(2)]
    assert len(Shelf(Shelves().add(*same)).glance().questions) == 2
    assert len(Shelf(Shelves().add(*story)).glance().questions) == 1


def test_the_real_archive_is_a_library(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        shelf = Shelf(archive)
        assert shelf.glance().count == 0
        archive.add(RICE)
        archive.add(BRIDGE)
        glance = shelf.glance()
        assert (glance.count, glance.last, glance.outlets) == (2, BRIDGE.published, ("Báo Ví Dụ",))
        assert glance.sections == ("Thời sự",)
        assert glance.questions[0] == BRIDGE_ASKED
        archive.mark_gone(BRIDGE.id, "gone")
        assert shelf.glance().questions == (RICE_ASKED,)
