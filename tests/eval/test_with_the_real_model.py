"""The whole way once, with the real model and the real stores: a small invented corpus in, figures out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cli import main

TEXTS = {
    "lũ": "Mưa lớn đêm mùng ba khiến xã Hòa An ngập sâu gần một mét, ba trăm hộ phải sơ tán.",
    "cầu": "Cầu Sông Lam dài 1.200 m được thông xe sáng nay sau bốn năm thi công.",
    "muối": "Bảo tàng Muối mở cửa miễn phí trong tháng đầu tiên cho khách tham quan.",
    "bóng": "Đội bóng Cá Chuồn thắng ba không trên sân nhà và lên đầu bảng xếp hạng.",
}
QUERIES = {
    "q1": ("Nơi nào bị ngập nặng?", "lũ"),
    "q2": ("cây cầu mới dài bao nhiêu mét?", "cầu"),
    "q3": ("vào bảo tàng có mất tiền không", "muối"),
}


@pytest.mark.model
def test_every_question_finds_its_document_first(tmp_path: Path) -> None:
    corpus = [{"_id": docid, "title": "", "text": text} for docid, text in TEXTS.items()]
    queries = [{"_id": qid, "text": text} for qid, (text, _) in QUERIES.items()]
    for name, records in (("corpus", corpus), ("queries", queries)):
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (tmp_path / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    qrels = "".join(f"{qid}\t{docid}\t1\n" for qid, (_, docid) in QUERIES.items())
    (tmp_path / "qrels.tsv").write_text(qrels, encoding="utf-8")
    words = ["retrieval", str(tmp_path), "--work", str(tmp_path / "work")]
    assert main([*words, "--json", str(tmp_path / "r.json")]) == 0
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert found["errors"] == 0
    assert found["documents"] == 4
    assert all(set(item["docids"]) <= set(TEXTS) for item in found["items"])
    assert found["metrics"]["R@1"] == 1
