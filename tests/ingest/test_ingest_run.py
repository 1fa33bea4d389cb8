"""An ingest run: every item is accounted for, a bad source keeps no other out, and a second run changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import Archive
from ingest.article import Article
from ingest.ledger import MAX_INPUTS
from ingest.run import Report, ingest

NEWS = Path(__file__).parents[3] / "shared" / "data" / "news" / "articles.jsonl"

BODY = "Hội chợ nông sản Đồi Mây khai mạc sáng nay với hơn hai trăm gian hàng của bà con các xã vùng cao."


def write(path: Path, *records: object) -> str:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8")
    return str(path)


def record(docid: str, **fields: object) -> dict[str, object]:
    return {"id": docid, "title": f"Hội chợ {docid}", "body": BODY, "published": "2025-03-01", **fields}


def test_every_line_is_accounted_for_and_a_second_run_finds_all_unchanged(archive: Archive, tmp_path: Path) -> None:
    same = "https://bao.example/hoi-cho-100001.html"
    news = write(
        tmp_path / "tin.jsonl", record("a", url=same), record("b", url=same + "?utm_source=x"), "{", record("c")
    )
    first = ingest(archive, [news])
    assert first.as_json() | {"seconds": 0} == {
        "accepted": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 1,
        "rejected": [
            {
                "source": f"{news}:3",
                "reason": "broken_json",
                "detail": first.rejected[0].detail,
            }
        ],
        "skipped": 0,
        "seconds": 0,
    }
    number = archive.change_number()
    second = ingest(archive, [news])
    assert (second.accepted, second.updated, second.unchanged, second.duplicate) == (0, 0, 2, 1)
    assert archive.change_number() == number
    assert [rejection for _, rejection in archive.rejections()] == first.rejected == second.rejected


def test_a_corrected_record_is_updated(archive: Archive, tmp_path: Path) -> None:
    ingest(archive, [write(tmp_path / "1.jsonl", record("a"))])
    report = ingest(archive, [write(tmp_path / "2.jsonl", record("a", body=BODY + " Hội chợ kéo dài ba ngày."))])
    assert (report.updated, len(archive.versions("a"))) == (1, 2)


def test_a_source_that_is_missing_is_reported_and_the_others_still_go_in(archive: Archive, tmp_path: Path) -> None:
    good = write(tmp_path / "tin.jsonl", record("a"))
    missing = str(tmp_path / "khong-co.jsonl")
    report = ingest(archive, [missing, good])
    assert report.accepted == 1
    assert [error.source for error in report.failed] == [missing]
    assert [rejection.reason for rejection in report.rejected] == ["no_such_file"]
    assert report.done == 2


def test_what_the_database_cannot_hold_is_rejected_and_the_run_goes_on(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(item: Article, **how: Any) -> str:
        return real_add(replace(item, title="\ud800") if item.id == "a" else item, **how)

    real_add = archive.add
    monkeypatch.setattr(archive, "add", damaged)
    report = ingest(archive, [write(tmp_path / "tin.jsonl", record("a"), record("b"))])
    assert (report.accepted, [r.reason for r in report.rejected]) == (1, ["unstorable"])


def test_progress_is_told_after_every_item_with_what_is_to_come(archive: Archive, tmp_path: Path) -> None:
    news = write(tmp_path / "tin.jsonl", record("a"), "{", record("b"))
    seen: list[tuple[int, int | None, str]] = []
    ingest(archive, [news], on_progress=lambda *step: seen.append(step))
    assert seen == [(1, 1, news), (2, 2, news), (3, 3, news)], "a file this short is read in one piece"


def test_of_a_long_file_the_items_to_come_are_estimated_from_its_bytes(archive: Archive, tmp_path: Path) -> None:
    padding = {"ghi_chú": "x" * 50_000}
    news = write(tmp_path / "tin.json", json.dumps([record(f"tin-{n}", **padding) for n in range(200)]))
    seen: list[int | None] = []
    ingest(archive, [news], on_progress=lambda done, total, label: seen.append(total))
    assert len(seen) == 200
    assert all(total is not None and 170 <= total <= 200 for total in seen[100:])


def test_a_run_that_is_interrupted_keeps_what_it_had_and_the_next_completes_it(
    archive: Archive, tmp_path: Path
) -> None:
    news = write(tmp_path / "tin.jsonl", *(record(f"tin-{number}") for number in range(9)))

    def stop(done: int, total: int | None, label: str) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(archive, [news], on_progress=stop)
    assert archive.count() == 4
    report = ingest(archive, [news])
    assert (report.accepted, report.unchanged) == (5, 4)
    assert archive.problems() == []


# ---- what was read before


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, reading a record is an error."""

    def read_again(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("ingest.sources.from_record", read_again)


def outcomes(report: Report) -> tuple[int, int, int, int, int]:
    return report.accepted, report.updated, report.unchanged, report.duplicate, len(report.rejected)


def test_the_same_input_again_is_known_without_being_read(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = "https://bao.example/hoi-cho-100001.html"
    records = [record("a", url=same), record("b", url=same + "?utm_source=x"), record("c")]
    ingest(archive, [write(tmp_path / "tin.jsonl", *records)])
    number = archive.change_number()
    unread(monkeypatch)
    array = write(tmp_path / "tin.json", json.dumps(records[::-1]))
    assert outcomes(ingest(archive, [array])) == (0, 0, 2, 1, 0), "and a duplicate stays one"
    assert archive.change_number() == number


def test_the_same_input_is_read_again_by_other_rules_or_with_other_choices(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = write(tmp_path / "tin.jsonl", record("a", published=None))
    assert outcomes(ingest(archive, [news], allow_undated=True)) == (1, 0, 0, 0, 0)
    strict = ingest(archive, [news])
    assert [rejection.reason for rejection in strict.rejected] == ["no_date"]
    monkeypatch.setattr("ingest.offer.rules", lambda: b"the rules of another version")
    assert outcomes(ingest(archive, [news], allow_undated=True)) == (0, 0, 1, 0, 0)
    unread(monkeypatch)
    assert outcomes(ingest(archive, [news], allow_undated=True)) == (0, 0, 1, 0, 0)
    monkeypatch.setattr("ingest.offer.rules", lambda: b"and of the next")
    with pytest.raises(AssertionError, match="read again"):
        ingest(archive, [news], allow_undated=True)


def test_the_same_input_is_read_again_when_its_article_was_corrected_since(archive: Archive, tmp_path: Path) -> None:
    first = record("a")
    old = write(tmp_path / "1.jsonl", first)
    new = write(tmp_path / "2.jsonl", {**first, "body": BODY + " Hội chợ kéo dài ba ngày.", "updated": "2025-03-02"})
    back = write(tmp_path / "3.jsonl", {**first, "updated": "2025-03-03"})
    assert [outcomes(ingest(archive, [news])) for news in (old, new, old, back, new, old, back)] == [
        (1, 0, 0, 0, 0),
        (0, 1, 0, 0, 0),
        (0, 0, 1, 0, 0),
        (0, 1, 0, 0, 0),
        (0, 0, 1, 0, 0),
        (0, 0, 1, 0, 0),
        (0, 0, 1, 0, 0),
    ]
    assert [len(archive.versions("a")), archive.get("a", 3)] == [3, archive.get("a")]
    current = archive.get("a")
    assert current is not None
    assert current.text == BODY


def test_an_article_that_is_gone_stays_gone_although_its_input_is_known(archive: Archive, tmp_path: Path) -> None:
    news = write(tmp_path / "tin.jsonl", record("a"))
    ingest(archive, [news])
    archive.mark_gone("a", "HTTP 410")
    assert outcomes(ingest(archive, [news])) == (0, 0, 1, 0, 0)
    assert archive.count() == 0


def test_an_input_is_remembered_only_together_with_its_article(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = write(tmp_path / "tin.jsonl", record("a"))

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("ingest.archive.ledger.remember", fails)
        with pytest.raises(KeyboardInterrupt):
            ingest(archive, [news])
    assert archive.count() == 0
    assert outcomes(ingest(archive, [news])) == (1, 0, 0, 0, 0)


def test_a_dump_that_differs_every_night_fills_no_disk(archive: Archive, tmp_path: Path) -> None:
    for night in range(30):
        ingest(archive, [write(tmp_path / "tin.jsonl", record("a", exported=f"2025-04-{night + 1:02d}"))])
    with archive._read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM inputs").scalar_one() <= MAX_INPUTS


@pytest.mark.shared
@pytest.mark.skipif(not NEWS.exists(), reason="shared/data/news/articles.jsonl is not beside the checkout")
def test_all_658_real_articles_are_accounted_for_and_stay_unchanged(archive: Archive) -> None:
    def total(report: Report) -> int:
        return report.accepted + report.updated + report.unchanged + report.duplicate + len(report.rejected)

    first = ingest(archive, [str(NEWS)])
    assert total(first) == 658
    assert first.accepted >= 650
    assert {rejection.reason for rejection in first.rejected} <= {"no_date", "other_language"}
    second = ingest(archive, [str(NEWS)])
    assert (second.accepted, second.updated, second.unchanged) == (0, 0, first.accepted)
    assert (second.duplicate, second.rejected) == (first.duplicate, first.rejected)
