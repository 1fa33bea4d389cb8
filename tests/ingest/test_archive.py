"""The archive: what add() decides, that nothing is lost, and what broken or foreign files say."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.archive import Archive, ArchiveError, Change, Link, PageState, SourceState, Unstorable
from ingest.article import VIETNAM, Article, Rejection

MORNING = datetime(2025, 3, 1, 7, 0, tzinfo=VIETNAM)
NOON = datetime(2025, 3, 1, 12, 0, tzinfo=VIETNAM)
EVENING = datetime(2025, 3, 1, 19, 0, tzinfo=VIETNAM)

BRIDGE = Article(
    id="cau-1",
    url="https://bao.example/cau-lam-khe-100001.html",
    title="Cầu Lam Khê thông xe",
    paragraphs=("Cầu Lam Khê thông xe sáng 1/3.", "Cầu dài 420 m."),
    summary="Cầu Lam Khê thông xe sáng 1/3.",
    captions=("Cầu nhìn từ bờ nam.",),
    byline=("Lan Anh",),
    outlet="Báo Lam",
    section="Thời sự",
    published=MORNING,
    lang="vi",
)
CORRECTED = replace(BRIDGE, paragraphs=("Cầu Lam Khê thông xe sáng 1/3.", "Cầu dài 430 m."), updated=NOON)


def test_an_article_comes_back_exactly_as_it_was_given(archive: Archive) -> None:
    assert archive.add(BRIDGE, source="tin.jsonl") == "accepted"
    assert archive.get("cau-1") == BRIDGE
    assert archive.get("cau-2") is None


def test_times_of_other_zones_come_back_as_the_same_moment_in_vietnam_time(archive: Archive) -> None:
    archive.add(replace(BRIDGE, published=datetime(2025, 3, 1, 0, 0, tzinfo=UTC)))
    found = archive.get("cau-1")
    assert found is not None
    assert found.published is not None
    assert found.published.isoformat() == "2025-03-01T07:00:00+07:00"


def test_the_same_text_again_is_unchanged_and_takes_no_change_number(archive: Archive) -> None:
    assert [archive.add(BRIDGE), archive.add(BRIDGE), archive.add(replace(BRIDGE, section="Xã hội"))] == [
        "accepted",
        "unchanged",
        "unchanged",
    ]
    assert archive.change_number() == 1
    assert archive.get("cau-1") == BRIDGE


def test_the_same_text_again_fills_in_what_was_missing_and_the_index_hears_of_it(archive: Archive) -> None:
    archive.add(replace(BRIDGE, section="", published=None))
    assert archive.add(BRIDGE) == "unchanged"
    assert archive.get("cau-1") == BRIDGE
    assert list(archive.changes(1)) == [Change(2, "cau-1", gone=False)]


def test_a_corrected_text_becomes_the_next_version_and_the_first_stays(archive: Archive) -> None:
    archive.add(BRIDGE)
    assert archive.add(CORRECTED) == "updated"
    assert archive.get("cau-1") == replace(CORRECTED, version=2)
    assert archive.get("cau-1", version=1) == BRIDGE
    assert archive.versions("cau-1") == [BRIDGE, replace(CORRECTED, version=2)]
    assert archive.count() == 1


def test_a_correction_without_section_keeps_the_section(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.add(replace(CORRECTED, section="", published=None))
    assert archive.get("cau-1") == replace(CORRECTED, version=2)


def test_an_old_file_read_again_does_not_undo_a_correction(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.add(CORRECTED)
    assert archive.add(BRIDGE) == "unchanged"
    assert archive.get("cau-1") == replace(CORRECTED, version=2)
    assert archive.change_number() == 2


def test_a_correction_taken_back_later_is_a_new_version(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.add(CORRECTED)
    assert archive.add(replace(BRIDGE, updated=EVENING)) == "updated"
    assert archive.get("cau-1") == replace(BRIDGE, updated=EVENING, version=3)


def test_an_earlier_text_that_arrives_late_is_kept_but_not_made_current(archive: Archive) -> None:
    archive.add(CORRECTED)
    assert archive.add(BRIDGE) == "unchanged"
    assert archive.get("cau-1") == CORRECTED
    assert [a.paragraphs[1] for a in archive.versions("cau-1")] == ["Cầu dài 430 m.", "Cầu dài 420 m."]
    assert archive.add(replace(BRIDGE, title="Cầu Lam Khê", updated=EVENING)) == "updated"
    assert [a.version for a in archive.versions("cau-1")] == [1, 2, 3]


def test_publication_dates_that_differ_a_little_do_not_hold_up_a_fuller_text(archive: Archive) -> None:
    announced = replace(BRIDGE, paragraphs=BRIDGE.paragraphs[:1], published=NOON)
    archive.add(announced)
    assert archive.add(BRIDGE) == "updated"
    assert archive.get("cau-1") == replace(BRIDGE, version=2)


def test_a_feeds_summary_never_replaces_the_page_it_announces(archive: Archive) -> None:
    archive.add(BRIDGE)
    announced = replace(BRIDGE, paragraphs=(BRIDGE.summary,), updated=EVENING)
    assert archive.add(announced) == "unchanged"
    assert archive.add(replace(announced, id="x-9")) == "duplicate"
    assert archive.versions("cau-1") == [BRIDGE]


def test_a_summary_archived_alone_can_be_corrected(archive: Archive) -> None:
    announced = replace(BRIDGE, paragraphs=(BRIDGE.summary,))
    archive.add(announced)
    corrected = replace(announced, summary="Cầu mở lại.", paragraphs=("Cầu mở lại.",))
    assert archive.add(corrected) == "updated"


def test_the_same_page_under_another_id_is_a_duplicate_and_the_first_stays(archive: Archive) -> None:
    archive.add(BRIDGE)
    again = replace(BRIDGE, id="x-9", url="http://m.bao.example/cau-lam-khe-100001.html?utm_source=zalo")
    assert archive.add(again) == "duplicate"
    assert archive.add(again) == "duplicate"
    assert (archive.count(), archive.get("x-9"), archive.change_number()) == (1, None, 1)


def test_another_address_under_a_known_id_leads_to_the_article_too(archive: Archive) -> None:
    archive.add(BRIDGE)
    moved = replace(BRIDGE, url="https://bao.example/thoi-su/cau-lam-khe-moi-100001.html")
    assert archive.add(moved) == "unchanged"
    assert archive.find(moved.url) == archive.find(BRIDGE.url) == BRIDGE
    assert archive.find("https://bao.example/khac.html") is None
    assert archive.find("") is None


def test_another_sites_article_under_the_same_id_is_refused_rather_than_taken_for_a_correction(
    archive: Archive,
) -> None:
    """Two collections that number their articles 1, 2, 3 …"""
    archive.add(replace(BRIDGE, id="1"))
    stranger = replace(BRIDGE, id="1", url="https://tin.vidu.example.net/giai-bong-7.html", title="Giải bóng chuyền")
    with pytest.raises(Unstorable, match=r"id '1': already the article at https://bao\.example") as raised:
        archive.add(stranger)
    assert raised.value.reason == "id_taken"
    assert archive.versions("1") == [replace(BRIDGE, id="1")]
    assert archive.find(stranger.url) is None
    moved = replace(BRIDGE, id="1", url="https://thoisu.bao.example/cau-2.html", title="Cầu Lam Khê đã thông")
    assert archive.add(moved) == "updated"


def test_a_duplicate_with_another_text_and_no_later_date_keeps_the_first(archive: Archive) -> None:
    archive.add(BRIDGE)
    assert archive.add(replace(BRIDGE, id="x-9", paragraphs=("Chép thiếu.",))) == "duplicate"
    assert archive.versions("cau-1") == [BRIDGE]


def test_a_duplicate_updated_later_is_the_next_version_of_the_first(archive: Archive) -> None:
    archive.add(BRIDGE)
    assert archive.add(replace(CORRECTED, id="x-9", outlet="Báo Khác")) == "updated"
    assert archive.get("cau-1") == replace(CORRECTED, version=2)


def test_an_alias_learnt_from_a_duplicate_is_an_alias_for_its_id_alone(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.add(replace(BRIDGE, id="x-9"))
    assert archive.add(replace(BRIDGE, id="x-9", url="")) == "duplicate"


def test_articles_without_any_address_are_told_apart_by_id(archive: Archive) -> None:
    assert archive.add(replace(BRIDGE, id="a", url="")) == "accepted"
    assert archive.add(replace(BRIDGE, id="b", url="")) == "accepted"
    assert [a.id for a in archive.current()] == ["a", "b"]


def test_changes_gives_the_newest_change_of_each_article_in_order(archive: Archive) -> None:
    archive.add(replace(BRIDGE, id="a", url=""))
    archive.add(replace(BRIDGE, id="b", url=""))
    archive.add(replace(CORRECTED, id="a", url=""))
    archive.mark_gone("b", "404")
    assert list(archive.changes(0)) == [Change(3, "a", gone=False), Change(4, "b", gone=True)]
    assert list(archive.changes(3)) == [Change(4, "b", gone=True)]
    assert list(archive.changes(4)) == []


def test_streams_longer_than_one_page_are_whole_and_in_order(archive: Archive) -> None:
    ids = [f"tin-{number:04d}" for number in range(450)]
    for docid in reversed(ids):
        archive.add(replace(BRIDGE, id=docid, url=""))
    assert [a.id for a in archive.current()] == ids
    assert [c.number for c in archive.changes(0)] == list(range(1, 451))


def test_a_gone_article_leaves_current_but_can_still_be_read(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.mark_gone("cau-1", "410 Gone")
    assert (archive.count(), list(archive.current())) == (0, [])
    assert archive.get("cau-1") == BRIDGE
    assert archive.stats()["gone"] == 1


def test_a_gone_article_stays_gone_when_offered_again_until_it_is_marked_back(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.mark_gone("cau-1", "410 Gone")
    assert archive.add(BRIDGE) == "unchanged"
    assert archive.count() == 0
    archive.mark_back("cau-1")
    assert list(archive.current()) == [BRIDGE]
    assert list(archive.changes(0)) == [Change(3, "cau-1", gone=False)]


def test_marking_an_unknown_article_is_an_error(archive: Archive) -> None:
    with pytest.raises(KeyError):
        archive.mark_gone("nobody", "404")


def test_articles_of_one_story_find_each_other_earliest_first(archive: Archive) -> None:
    for docid, when in (("c", EVENING), ("a", NOON), ("b", MORNING)):
        archive.add(replace(BRIDGE, id=docid, url="", published=when))
    archive.link([Link(docid, BRIDGE.digest, b"", "b") for docid in ("a", "b", "c")])
    assert [a.id for a in archive.same_story("c")] == ["b", "a"]
    assert [a.story for a in archive.current()] == ["b", "b", "b"]
    before = archive.change_number()
    archive.link([Link("a", BRIDGE.digest, b"", "b")])
    assert archive.change_number() == before
    archive.mark_gone("b", "404")
    assert [a.id for a in archive.same_story("c")] == ["a"]


def test_an_article_without_a_story_has_no_others(archive: Archive) -> None:
    archive.add(replace(BRIDGE, id="a", url=""))
    archive.add(replace(BRIDGE, id="b", url=""))
    assert archive.same_story("a") == archive.same_story("nobody") == []


def test_rejections_come_back_newest_first_and_the_same_one_stays_one(archive: Archive) -> None:
    first = Rejection("tin.jsonl:1", "no_date", "No date.")
    second = Rejection("tin.jsonl:2", "broken_json", "Broken \x00 at \ud800.")
    for rejection in (first, second, first):
        archive.reject(rejection)
    found = [rejection for _, rejection in archive.rejections()]
    assert found == [first, Rejection("tin.jsonl:2", "broken_json", "Broken \\x00 at \\ud800.")]
    assert [rejection for _, rejection in archive.rejections(limit=1)] == [first]
    assert archive.rejections()[0][0].utcoffset() == VIETNAM.utcoffset(None)


def test_the_state_of_a_source_is_remembered_and_replaced(archive: Archive) -> None:
    feed = "https://bao.example/rss"
    assert archive.source_state(feed) is None
    state = SourceState(feed, etag='"v1"', last_modified="Sat", checked_at=NOON, accepted=3, error="")
    archive.save_source_state(state)
    assert archive.source_state(feed) == state
    later = replace(state, etag="", checked_at=EVENING, accepted=0, unchanged=3, error="timed out")
    archive.save_source_state(later)
    assert archive.source_states() == [later]


def test_the_state_of_a_page_is_remembered_and_is_no_source(archive: Archive) -> None:
    url = "https://bao.example/cau-100001.html"
    assert archive.page_state(url) is None
    state = PageState(url, etag='"v1"', last_modified="Sat", checked_at=NOON)
    archive.save_page_state(state)
    assert archive.page_state(url) == state
    archive.save_page_state(replace(state, checked_at=EVENING, gone=True))
    assert archive.page_state(url) == replace(state, checked_at=EVENING, gone=True)
    assert archive.source_states() == archive.stats()["sources"] == []


def test_stats_count_what_is_there(archive: Archive) -> None:
    archive.add(BRIDGE)
    archive.add(CORRECTED)
    archive.add(replace(BRIDGE, id="b", url="", outlet="Báo Khe", published=EVENING), source="https://khe.example/rss")
    archive.add(replace(BRIDGE, id="c", url="", outlet="Báo Khe", section="", published=None), source="tin.jsonl")
    archive.link([Link("c", BRIDGE.digest, b"", story="b")])
    archive.reject(Rejection("x", "empty", "Empty."))
    archive.save_source_state(SourceState("https://khe.example/rss", checked_at=NOON, accepted=1, error="timed out"))
    stats = archive.stats()
    assert isinstance(stats.pop("last_change"), datetime)
    read = {"accepted": 1, "updated": 0, "unchanged": 0, "rejected": 0, "error": "timed out"}
    assert stats == {
        "articles": 3,
        "undated": 1,
        "gone": 0,
        "versions": 4,
        "stories": 1,
        "rejections": 1,
        "rejection_reasons": {"empty": 1},
        "languages": {"vi": 3},
        "outlets": {"Báo Khe": 2, "Báo Lam": 1},
        "sections": {"Thời sự": 2, "": 1},
        "first_published": MORNING,
        "last_published": EVENING,
        "change_number": 6,
        "sources": [
            {"source": "https://khe.example/rss", "articles": 1, "checked_at": NOON, **read},
            {"source": "tin.jsonl", "articles": 1},
        ],
    }


def test_stats_of_an_empty_archive_have_no_dates(archive: Archive) -> None:
    stats = archive.stats()
    assert (stats["articles"], stats["first_published"], stats["last_change"]) == (0, None, None)


def test_archives_with_the_same_articles_have_the_same_digest_whatever_the_order(tmp_path: Path) -> None:
    one, two = replace(BRIDGE, id="a", url=""), replace(BRIDGE, id="b", url="", title="Khác")
    with Archive.open(tmp_path / "1.sqlite") as left, Archive.open(tmp_path / "2.sqlite") as right:
        for article in (one, two):
            left.add(article)
        for article in (two, one, one):
            right.add(article)
        assert left.digest() == right.digest()
        right.add(replace(CORRECTED, id="a", url=""))
        assert left.digest() != right.digest()
        left.add(replace(CORRECTED, id="a", url=""))
        assert left.digest() == right.digest()
        left.mark_gone("b", "404")
        assert left.digest() != right.digest()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"id": " "}, "needs an id"),
        ({"title": "Nửa \ud83d chữ"}, "title: a lone surrogate at character 4"),
        ({"paragraphs": ("Sạch.", "Bẩn \ud83d")}, "paragraphs: a lone surrogate at character 4"),
        ({"section": "a\x00b"}, "section: a NUL at character 1"),
        ({"captions": ("a\x00b",)}, "captions: a NUL at character 1"),
        ({"published": datetime(2025, 3, 1)}, "published: .*without a time zone"),
        ({"published": datetime.max.replace(tzinfo=UTC)}, "no date of an article"),
    ],
)
def test_what_no_database_can_hold_is_refused_and_changes_nothing(
    archive: Archive, wrong: dict[str, object], says: str
) -> None:
    with pytest.raises(Unstorable, match=says):
        archive.add(replace(BRIDGE, **wrong))  # type: ignore[arg-type]
    assert (archive.count(), archive.change_number()) == (0, 0)


def test_an_archive_can_be_read_by_many_threads_while_one_writes(archive: Archive) -> None:
    def read(_: int) -> bool:
        seen = list(archive.current())
        return [a.id for a in seen] == sorted(a.id for a in seen) and all(a.text == BRIDGE.text for a in seen)

    with ThreadPoolExecutor(24) as pool:
        reads = pool.map(read, range(48))
        for number in range(100):
            archive.add(replace(BRIDGE, id=f"tin-{number:03d}", url=""))
        assert all(reads)
    assert archive.count() == 100


def test_many_threads_adding_lose_nothing_and_number_every_change_once(archive: Archive) -> None:
    articles = [replace(BRIDGE, id=f"tin-{number:02d}", url="") for number in range(60)]
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(archive.add, articles))
    assert outcomes == ["accepted"] * 60
    assert [change.number for change in archive.changes(0)] == list(range(1, 61))


def test_a_reader_sees_what_was_there_before_an_unfinished_write(tmp_path: Path) -> None:
    where = tmp_path / "archive.sqlite"
    with Archive.open(where) as writer:
        writer.add(BRIDGE)
        held = sqlite3.connect(where, isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        held.execute("UPDATE versions SET title = 'nửa chừng'")
        with Archive.open(where, read_only=True) as reader:
            assert reader.get("cau-1") == BRIDGE
        held.rollback()
        held.close()


def test_a_read_only_archive_refuses_to_write_in_words(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.sqlite") as writer:
        writer.add(BRIDGE)
    with Archive.open(tmp_path / "archive.sqlite", read_only=True) as reader:
        assert reader.count() == 1
        with pytest.raises(ArchiveError, match="may not be written to"):
            reader.add(replace(BRIDGE, id="b", url=""))


def test_a_missing_archive_opened_for_reading_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"archive\.sqlite: found nothing.*hoitin ingest SOURCE"):
        Archive.open(tmp_path / "archive.sqlite", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"Day khong phai co so du lieu. " * 100)
    with pytest.raises(ArchiveError, match=r"broken or not an archive.*hoitin ingest SOURCE"):
        Archive.open(tmp_path / "archive.sqlite", read_only=read_only)
    assert (tmp_path / "archive.sqlite").read_bytes().startswith(b"Day khong")


def test_somebody_elses_database_is_refused_and_not_changed_by_a_byte(tmp_path: Path) -> None:
    where = tmp_path / "so-chi-tieu.sqlite"
    with sqlite3.connect(where) as foreign:
        foreign.execute("CREATE TABLE chi_tieu (ngay TEXT)")
    foreign.close()
    before = where.read_bytes()
    with pytest.raises(ArchiveError, match=r"not ours \(its tables: chi_tieu\)"):
        Archive.open(where)
    assert where.read_bytes() == before


def test_an_archive_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    where = tmp_path / "archive.sqlite"
    Archive.open(where).close()
    with sqlite3.connect(where) as raw:
        raw.execute("UPDATE state SET value = 3 WHERE name = 'format'")
    raw.close()
    with pytest.raises(ArchiveError, match="format 3, wanted at most 2"):
        Archive.open(where)


def test_an_archive_of_the_first_format_gets_what_it_lacks_and_loses_nothing(tmp_path: Path) -> None:
    where = tmp_path / "archive.sqlite"
    with Archive.open(where) as archive:
        archive.add(BRIDGE)
    with sqlite3.connect(where) as raw:
        raw.executescript("DROP TABLE inputs; DROP TABLE pages; UPDATE state SET value = 1 WHERE name = 'format';")
    raw.close()
    with Archive.open(where, read_only=True) as reader:
        assert reader.get("cau-1") == BRIDGE
    with Archive.open(where) as archive:
        assert archive.add(BRIDGE, key=b"k") == "unchanged"
        assert archive.repeated(b"k") == "unchanged"
        assert archive.problems() == []


def test_a_file_overwritten_in_its_middle_is_reported(tmp_path: Path) -> None:
    where = tmp_path / "archive.sqlite"
    with Archive.open(where) as archive:
        for number in range(300):
            archive.add(replace(BRIDGE, id=f"tin-{number:03d}", url=""))
        assert archive.problems() == []
    data = bytearray(where.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\x5a" * 4096
    where.write_bytes(data)
    with Archive.open(where) as archive:
        assert archive.problems()


def test_a_text_changed_behind_the_archives_back_is_found(tmp_path: Path) -> None:
    where = tmp_path / "archive.sqlite"
    with Archive.open(where) as archive:
        archive.add(BRIDGE)
        with sqlite3.connect(where) as raw:
            raw.execute("UPDATE versions SET title = 'Cầu sập'")
        raw.close()
        assert archive.problems() == ["cau-1: the text of its version 1 does not match its digest"]


def test_a_copy_is_whole_and_never_overwrites(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        archive.add(BRIDGE)
        archive.copy_to(tmp_path / "copy.sqlite")
        with Archive.open(tmp_path / "copy.sqlite", read_only=True) as copy:
            assert copy.digest() == archive.digest()
        with pytest.raises(ArchiveError, match="wanted a new name"):
            archive.copy_to(tmp_path / "copy.sqlite")


def test_a_database_address_without_its_driver_says_what_to_install() -> None:
    with pytest.raises(ArchiveError, match=r"pip install 'psycopg\[binary\]'"):
        Archive.open("postgresql+pg8000://localhost/tin")
