"""Reading labelled data, and refusing what is off by file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets import DataError, Document, digest_files, read_documents, read_questions, read_retrieval

CORPUS = '{"_id": "d1", "title": "Lũ", "text": "Xã An Phú ngập."}\n{"_id": "d2", "text": "Cầu thông xe."}\n'
QUERIES = '{"_id": "q1", "text": "Xã nào ngập?"}\n{"_id": "q2", "text": "Ai hát?"}\n'


def beir(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = "q1\td1\t1\n") -> Path:
    for name, text in (("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", qrels)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def question(**changed: Any) -> str:
    record = {"id": "h1", "question": "Xã nào ngập?", "answerable": True, "answers": ["An Phú"], "docids": ["d1"]}
    return json.dumps({**record, **changed}, ensure_ascii=False)


def test_a_beir_folder_is_read_and_queries_without_an_answer_are_counted_out(tmp_path: Path) -> None:
    data = read_retrieval(beir(tmp_path, qrels="query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td2\t0\n"))
    assert data.documents == (Document("d1", "Lũ", "Xã An Phú ngập."), Document("d2", "", "Cầu thông xe."))
    assert data.queries == {"q1": "Xã nào ngập?"}
    assert data.qrels == {"q1": {"d1": 1, "d2": 0}}
    assert data.unjudged == 1


def test_qrels_may_lie_where_beir_puts_them_and_have_no_heading(tmp_path: Path) -> None:
    folder = beir(tmp_path)
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_retrieval(folder).qrels == {"q1": {"d1": 1}}


def test_other_queries_change_the_data_digest_but_not_the_index_digest(tmp_path: Path) -> None:
    folder = beir(tmp_path)
    other = tmp_path / "khong-dau.jsonl"
    other.write_text('{"_id": "q1", "text": "xa nao ngap"}\n', encoding="utf-8")
    usual, plain = read_retrieval(folder), read_retrieval(folder, other)
    assert plain.queries == {"q1": "xa nao ngap"}
    assert plain.corpus_digest == usual.corpus_digest
    assert plain.digest != usual.digest


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"corpus": '{"_id": "d1", "text": "a"}\n{"_id": "d1", "text": "b"}\n'},
            "corpus.jsonl:2: found _id 'd1' a second",
        ),
        ({"corpus": '{"_id": "d1", "text": ""}\n'}, "corpus.jsonl:1: found an empty 'text', wanted text"),
        ({"corpus": '{"_id": 7, "text": "a"}\n'}, "corpus.jsonl:1: found a number as '_id'"),
        ({"corpus": '{"_id": "d1", "te\n'}, "corpus.jsonl:1: found no JSON"),
        ({"corpus": "\n[1]\n"}, "corpus.jsonl:2: found a list, wanted a JSON object"),
        ({"corpus": ""}, "found no documents"),
        ({"queries": '{"_id": "q1"}\n'}, "queries.jsonl:1: found no 'text'"),
        ({"queries": QUERIES + QUERIES}, "queries.jsonl:3: found _id 'q1' a second time"),
        ({"qrels": "q1\td1\t1\nq1 d1 1\n"}, "qrels.tsv:2: found 'q1 d1 1'"),
        ({"qrels": "q1\td9\t1\n"}, "qrels.tsv:1: found docid 'd9', wanted one that corpus.jsonl holds"),
        ({"qrels": "q9\td1\t1\n"}, "none of its 2 queries has a relevant document"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_line(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    with pytest.raises(DataError) as caught:
        read_retrieval(beir(tmp_path, **files))
    assert message in str(caught.value)


def test_text_that_is_not_utf8_is_refused_by_line_and_byte(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b'{"_id": "d1", "text": "a"}\n{"_id": "d2", "text": "L\xf5"}\n')
    with pytest.raises(DataError, match=r"corpus.jsonl:2: found byte 0xf5, wanted UTF-8"):
        read_documents(file)


def test_compressed_files_are_read_and_broken_ones_refused(tmp_path: Path) -> None:
    packed = gzip.compress(CORPUS.encode())
    (tmp_path / "corpus.jsonl.gz").write_bytes(packed)
    assert [d.docid for d in read_documents(tmp_path / "corpus.jsonl.gz")] == ["d1", "d2"]
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:-9])
    with pytest.raises(DataError, match=r"cut.jsonl.gz: cannot be read"):
        read_documents(tmp_path / "cut.jsonl.gz")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="found nothing, wanted a BEIR folder"):
        read_retrieval(tmp_path / "nowhere")


def test_a_document_may_have_a_title_only(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"_id": "d1", "title": "Lũ ở An Phú", "text": ""}\n', encoding="utf-8")
    assert read_documents(tmp_path / "c.jsonl") == (Document("d1", "Lũ ở An Phú", ""),)


def test_questions_keep_their_history_and_their_moment(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "Lũ ở đâu?"}]
    file = tmp_path / "q.jsonl"
    file.write_text(question(history=history, now="2031-05-20T01:00:00Z", type="followup") + "\n", encoding="utf-8")
    (read,) = read_questions(file)
    assert read.history == ({"role": "user", "content": "Lũ ở đâu?"},)
    assert read.now is not None
    assert read.now.isoformat() == "2031-05-20T08:00:00+07:00"
    assert (read.type, read.answers, read.docids, read.evidence) == ("followup", ("An Phú",), ("d1",), "")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (question(answerable="yes"), "found answerable 'yes', wanted true or false"),
        (question(answers=[]), "an answerable question without answers"),
        (question(docids=None), "an answerable question without docids"),
        (question(answers="An Phú"), "found answers 'An Phú', wanted a list of texts"),
        (question(history=[{"role": "bot", "content": "?"}]), "found history"),
        (question(now="hôm qua"), "found now 'hôm qua', wanted ISO 8601"),
        (question(question=" "), "'question', wanted text"),
    ],
)
def test_a_malformed_question_is_refused_by_line(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(question(id="h0") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_questions(file)
    assert "q.jsonl:2: " in str(caught.value)
    assert message in str(caught.value)


def test_the_digest_tells_where_one_file_ends_and_the_next_begins(tmp_path: Path) -> None:
    texts = {"a": "12", "b": "3", "c": "1", "d": "23"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    one = digest_files([tmp_path / "a", tmp_path / "b"])
    assert one != digest_files([tmp_path / "c", tmp_path / "d"])
    (tmp_path / "e").write_text("12")
    assert one == digest_files([tmp_path / "e", tmp_path / "b"])
