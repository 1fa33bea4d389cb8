"""An ingest run: every item is accounted for, a bad source keeps no other out, and a second run changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.article import Article
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
    def damaged(item: Article, *, source: str = "") -> str:
        return real_add(replace(item, title="\ud800") if item.id == "a" else item, source=source)

    real_add = archive.add
    monkeypatch.setattr(archive, "add", damaged)
    report = ingest(archive, [write(tmp_path / "tin.jsonl", record("a"), record("b"))])
    assert (report.accepted, [r.reason for r in report.rejected]) == (1, ["unstorable"])


def test_progress_is_told_after_every_item(archive: Archive, tmp_path: Path) -> None:
    news = write(tmp_path / "tin.jsonl", record("a"), "{", record("b"))
    seen: list[tuple[int, int | None, str]] = []
    ingest(archive, [news], on_progress=lambda *step: seen.append(step))
    assert seen == [(1, 3, news), (2, 3, news), (3, 3, news)]


def test_the_number_of_items_to_come_is_unknown_where_only_reading_can_tell(archive: Archive, tmp_path: Path) -> None:
    news = write(tmp_path / "tin.json", json.dumps([record("a"), record("b")]))
    seen: list[int | None] = []
    ingest(archive, [news], on_progress=lambda done, total, label: seen.append(total))
    assert seen == [None, None]


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
