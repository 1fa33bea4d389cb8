"""Stories across outlets and across runs: linked once, kept after restarts, and known to the index as changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ingest.archive import Archive
from ingest.article import VIETNAM, Article
from ingest.stories import link_stories

WIRE = (
    "Bão số 4 đổ bộ vào vùng ven biển Hòn Sơn đêm qua với sức gió mạnh cấp mười một, giật cấp mười ba.",
    "Theo đài khí tượng khu vực, bão di chuyển theo hướng tây tây bắc và suy yếu dần khi vào sâu trong đất liền.",
    "Chính quyền các xã Hòn Sơn, Bến Trúc và Lam Khê đã sơ tán hơn bốn nghìn người dân đến nơi an toàn trước đó.",
    "Đến sáng nay chưa ghi nhận thiệt hại về người, nhiều mái nhà bị tốc và hàng trăm cây xanh gãy đổ trên đường.",
)
OTHER = (
    "Giải bóng chuyền nữ các câu lạc bộ Đồi Mây khai mạc chiều qua tại nhà thi đấu trung tâm với sự góp mặt tám đội.",
    "Trận mở màn, đội chủ nhà thắng đội khách ba không sau hơn một giờ thi đấu trước sự cổ vũ của hai nghìn khán giả.",
    "Ban tổ chức cho biết giải kéo dài mười ngày, vé vào cửa được phát miễn phí cho học sinh và công nhân của khu vực.",
)
DAY = datetime(2025, 9, 10, 8, 0, tzinfo=VIETNAM)


def article(docid: str, paragraphs: tuple[str, ...], published: datetime | None = DAY) -> Article:
    return Article(id=docid, url="", title=f"Tin {docid}", paragraphs=paragraphs, published=published)


def story_of(archive: Archive, docid: str) -> str:
    found = archive.get(docid)
    assert found is not None
    return found.story


def test_the_same_wire_copy_in_three_outlets_is_one_story_named_after_the_earliest(archive: Archive) -> None:
    archive.add(article("muon", (*WIRE, "Tin liên quan sẽ được cập nhật."), DAY + timedelta(hours=5)))
    archive.add(article("khac", OTHER))
    archive.add(article("som", WIRE))
    archive.add(article("giua", WIRE, DAY + timedelta(hours=2)))
    assert link_stories(archive) == 2
    assert [story_of(archive, docid) for docid in ("som", "giua", "muon", "khac")] == ["som", "som", "som", ""]
    assert [a.id for a in archive.same_story("giua")] == ["som", "muon"]


def test_a_copy_that_comes_in_a_later_run_joins_and_the_index_hears_of_all_who_changed(archive: Archive) -> None:
    archive.add(article("a", WIRE))
    assert link_stories(archive) == 0
    before = archive.change_number()
    archive.add(article("b", WIRE, DAY + timedelta(days=2)))
    assert link_stories(archive) == 1
    assert (story_of(archive, "a"), story_of(archive, "b")) == ("a", "a")
    assert {change.docid for change in archive.changes(before)} == {"a", "b"}


def test_the_same_words_a_month_later_are_another_story(archive: Archive) -> None:
    archive.add(article("a", WIRE))
    link_stories(archive)
    archive.add(article("b", WIRE, DAY + timedelta(days=31)))
    assert link_stories(archive) == 0
    assert story_of(archive, "b") == ""


def test_an_article_without_a_date_is_compared_with_all(archive: Archive) -> None:
    archive.add(article("a", WIRE))
    link_stories(archive)
    archive.add(article("b", WIRE, None))
    assert link_stories(archive) == 1


def test_what_is_linked_is_not_compared_again(archive: Archive) -> None:
    archive.add(article("a", WIRE))
    archive.add(article("b", WIRE))
    archive.add(article("ngan", ("Mưa.",)))
    assert archive.unlinked() == ["a", "b", "ngan"]
    link_stories(archive)
    number = archive.change_number()
    assert archive.unlinked() == []
    assert link_stories(archive) == 0
    assert archive.change_number() == number


def test_a_corrected_article_keeps_its_story_and_a_corrected_loner_may_find_one(archive: Archive) -> None:
    archive.add(article("a", WIRE))
    archive.add(article("b", WIRE))
    archive.add(article("c", OTHER))
    link_stories(archive)
    archive.add(article("b", (*WIRE, "Bão đã tan.")))
    archive.add(article("c", WIRE))
    assert archive.unlinked() == ["b", "c"]
    assert link_stories(archive) == 1
    assert [story_of(archive, docid) for docid in ("a", "b", "c")] == ["a", "a", "a"]


def test_a_linking_cut_off_before_its_end_is_completed_by_the_next(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        archive.add(article(f"bao-{number}", WIRE, DAY + timedelta(hours=number)))
    with monkeypatch.context() as cut:
        cut.setattr("ingest.stories._BATCH", 2)
        real_link, calls = archive.link, []

        def killed(links: object) -> None:
            calls.append(links)
            if len(calls) == 2:
                raise KeyboardInterrupt
            real_link(links)  # type: ignore[arg-type]

        cut.setattr(archive, "link", killed)
        with pytest.raises(KeyboardInterrupt):
            link_stories(archive)
    assert archive.unlinked() == ["bao-2"]
    assert link_stories(archive) == 1
    assert {a.story for a in archive.current()} == {"bao-0"}


def test_a_story_brought_along_by_an_export_is_kept(archive: Archive) -> None:
    archive.add(replace(article("b", WIRE), story="nguon-khac"))
    assert link_stories(archive) == 0
    assert story_of(archive, "b") == "nguon-khac"
