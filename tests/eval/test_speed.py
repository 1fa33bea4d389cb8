"""Speed beside the peers: the same documents, a process each, and a table that says how they compare."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.settings import read_settings
from eval.cli import main
from eval.datasets import Document
from eval.speed import archived
from eval.systems import FAMILIES, open_system
from ingest.errors import UsageError

ARTICLES = {
    "lũ": ("Hòa An ngập sâu", "Mưa lớn đêm mùng ba khiến xã Hòa An ngập sâu gần một mét. Ba trăm hộ phải sơ tán ngay."),
    "cầu": ("Cầu Sông Lam thông xe", "Cầu Sông Lam dài 1.200 m được thông xe sáng nay sau bốn năm thi công liên tục."),
    "muối": ("Bảo tàng Muối mở cửa", "Bảo tàng Muối mở cửa miễn phí trong tháng đầu tiên cho khách tham quan từ xa."),
}


def documents() -> list[Document]:
    return [Document(docid, title, text) for docid, (title, text) in ARTICLES.items()]


def beir(folder: Path) -> Path:
    """Three documents, two questions."""
    corpus = [{"_id": d.docid, "title": d.title, "text": d.text} for d in documents()]
    queries = [{"_id": "q1", "text": "xã nào ngập sâu gần một mét"}, {"_id": "q2", "text": "bảo tàng nào miễn phí"}]
    for name, records in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels.tsv").write_text("q1\tlũ\t1\nq2\tmuối\t1\n", encoding="utf-8")
    return folder


def test_plain_bm25_finds_a_document_by_its_words_and_nothing_by_others(tmp_path: Path) -> None:
    system = open_system("bm25", read_settings({}), tmp_path)
    system.prepare()
    system.index(documents())
    find = system.finds()["bm25"]
    assert find("thông xe sáng nay")[0] == "cầu"
    assert find("kangaroo") == []


def test_an_unknown_system_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'elastic', wanted some of hoitin, llamaindex, bm25"):
        open_system("elastic", read_settings({}), tmp_path)


def test_the_first_articles_are_read_as_ingest_reads_them(tmp_path: Path) -> None:
    body = "Cầu Sông Lam được thông xe sáng nay sau bốn năm thi công. Hàng nghìn người dân hai bờ đã có mặt từ sớm."
    record = {"id": "một", "url": "https://bao.example/1.html", "title": "Cầu mới", "body": f"(HTV) - {body}"}
    records = [record, {**record, "id": "hai", "url": "https://bao.example/2.html"}]
    file = tmp_path / "tin.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    assert archived(file, 1) == (Document("một", "Cầu mới", body),)


@pytest.mark.parametrize("words", [[], ["--articles", "a.jsonl", "--home", "b"], ["--articles", "missing.jsonl"]])
def test_what_cannot_be_measured_is_refused_before_anything_runs(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["speed", *words]) in (1, 2)
    assert "Mend: hoitin-eval speed --articles FILE.jsonl" in capsys.readouterr().err


@pytest.mark.model
def test_all_systems_stand_in_one_table_with_quality_beside_speed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "speed.json"
    assert main(["speed", "--retrieval", str(beir(tmp_path)), "--cold", "1", "--queries", "2", "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert list(found["systems"]) == [name for names in FAMILIES.values() for name in names]
    for name, system in found["systems"].items():
        assert system["errors"] == 0, name
        assert system["metrics"]["R@10"]["value"] == 1, name
        assert system["documents"] == 3
    assert found["systems"]["llamaindex-chroma"]["indexing_ratio"] == 1
    home = found["home"]
    assert home["articles"] == 3
    assert len(home["cold_s"]) == 1
    assert 0 < home["fresh_s"] < 60
    table = capsys.readouterr().out
    assert all(name in table for name in found["systems"])
    assert "a new article found after, s" in table
