"""Questions made from headlines, and the glance at the archive."""

from __future__ import annotations

from pathlib import Path

from app.web.shelf import Shelf, clause, followups, suggestions
from ingest.archive import Archive
from tests.web.press import BRIDGE, RICE, Shelves


def test_the_newest_headlines_become_questions_and_a_changed_archive_is_looked_at_again() -> None:
    shelves = Shelves().add(RICE)
    shelf = Shelf(shelves)
    assert shelf.glance().questions == ("Giá gạo ở chợ Đồng Mơ tăng 1,5% sau mưa lớn kéo dài: cụ thể ra sao?",)
    assert shelf.glance() is shelf.glance(), "nothing changed, nothing read"
    shelves.add(BRIDGE)
    after = shelf.glance()
    assert after.count == 2
    assert after.questions[0] == "Cầu Sông Ngân thông xe: cụ thể ra sao?"
    assert after.last == BRIDGE.published


def test_a_clause_is_cut_at_punctuation_but_not_inside_numbers_or_place_names() -> None:
    assert clause("TP.HCM khởi công metro số 2 - tuyến Bến Mẫu") == "TP.HCM khởi công metro số 2"
    assert clause("Sơ tán 3.000 dân trong đêm, chưa có thiệt hại") == "Sơ tán 3.000 dân trong đêm"
    assert clause("Bão số 9: Thị trấn Hà Lam sơ tán 3.000 dân") == "Thị trấn Hà Lam sơ tán 3.000 dân"
    assert clause("Ảnh: Hoa") == ""


def test_short_long_and_repeated_headlines_are_passed_over() -> None:
    assert suggestions(["Ngắn", "x" * 300, "Vì sao giá gạo tăng?", "Vì sao giá gạo tăng?"]) == ("Vì sao giá gạo tăng?",)
    assert len(suggestions(f"Tin thứ {n} về cầu mới khánh thành" for n in range(9))) == 4


def test_a_follow_up_is_never_the_question_just_asked() -> None:
    title = "Vì sao lễ hội pháo đất Trung Sơn dời ngày?"
    assert followups(title.upper(), [title]) == ()


def test_the_real_archive_is_a_library(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        shelf = Shelf(archive)
        assert shelf.glance().count == 0
        archive.add(RICE)
        archive.add(BRIDGE)
        glance = shelf.glance()
        assert (glance.count, glance.last, glance.outlets) == (2, BRIDGE.published, ("Báo Ví Dụ",))
        assert glance.questions[0] == "Cầu Sông Ngân thông xe: cụ thể ra sao?"
        archive.mark_gone(BRIDGE.id, "gone")
        assert shelf.glance().questions == ("Giá gạo ở chợ Đồng Mơ tăng 1,5% sau mưa lớn kéo dài: cụ thể ra sao?",)
