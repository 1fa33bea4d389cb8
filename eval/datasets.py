"""Labelled data: files → retrieval sets and questions, each record checked before anything is run.

    BEIR folder     corpus.jsonl {_id, title, text} · queries.jsonl {_id, text} · qrels.tsv (or qrels/test.tsv)
    questions       JSONL {id, question, type, answerable, answers[], docids[], evidence, history[], now}

A file that is off is refused with its name and line, what was found and what was
wanted: a metric over half-read data looks like any other number. `.gz` is read
as it stands. This module knows nothing of archives, searching or metrics.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.article import VIETNAM
from ingest.errors import HoitinError


class DataError(HoitinError):
    """A data file is missing or malformed."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a retrieval set, as it stands in corpus.jsonl."""

    docid: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents, queries and which documents answer which query.

    queries: qid to text, only those that have a relevant document.
    qrels: qid to {docid: grade}; grades of 0 are judged not relevant.
    unjudged: queries left out because no document answers them.
    digest: sha256 of the three files, the name of this data in reports.
    corpus_digest: of corpus.jsonl alone, the name of the index built from it.
    """

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    unjudged: int
    digest: str
    corpus_digest: str


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what a right answer holds.

    type: the kind of question, for the breakdown; "list" asks for all answers, the others for one of them.
    answers: gold answers. docids: articles that hold it. evidence: the passage that says so, "" when unmarked.
    history: earlier turns, `{"role", "content"}`. now: the moment of asking, None means the clock's.
    """

    id: str
    question: str
    answerable: bool
    type: str = "unmarked"
    answers: tuple[str, ...] = ()
    docids: tuple[str, ...] = ()
    evidence: str = ""
    history: tuple[Mapping[str, str], ...] = ()
    now: datetime | None = None


OFF_TOPIC = "off_topic"
"""Type of questions of other domains, asked of an archive that cannot know."""

OFF_TOPIC_MOST = 500


def read_off_topic(files: Sequence[Path], most: int) -> list[LabelledQuestion]:
    """`most` questions, as many of each file, spread evenly over it: queries.jsonl of a BEIR folder, or questions.

    Raises DataError.
    """
    asked: list[LabelledQuestion] = []
    for at, file in enumerate(files):
        texts = []
        for place, record in read_jsonl(file):
            text = record.get("text", record.get("question"))
            if not isinstance(text, str) or not text.strip():
                raise DataError(f'{place}: found no text, wanted a question in "text" or "question"')
            texts.append(text)
        share = min(len(texts), most // len(files) + (at < most % len(files)))
        chosen = [texts[n * len(texts) // share] for n in range(share)]
        asked += [LabelledQuestion(f"off-{at + 1}-{n + 1}", text, False, OFF_TOPIC) for n, text in enumerate(chosen)]
    return asked


def read_retrieval(folder: Path, queries: Path | None = None) -> RetrievalSet:
    """A BEIR folder. queries: another queries.jsonl with the same ids (typed without diacritics, or fewer).

    Raises DataError.
    """
    if not folder.is_dir():
        raise DataError(
            f"{folder}: found {'a file' if folder.exists() else 'nothing'}, wanted a BEIR folder "
            "(corpus.jsonl, queries.jsonl, qrels.tsv). Mend: hoitin-eval retrieval BEIR_DIR"
        )
    corpus_file = folder / "corpus.jsonl"
    queries_file = queries or folder / "queries.jsonl"
    qrels_file = next((p for p in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if p.exists()), None)
    if qrels_file is None:
        raise DataError(
            f"{folder / 'qrels.tsv'}: not there, nor qrels/test.tsv; wanted lines `qid<TAB>docid<TAB>grade`"
        )
    documents = read_documents(corpus_file)
    asked = dict(_read_queries(queries_file))
    qrels = _read_qrels(qrels_file, {document.docid for document in documents})
    judged = {qid: text for qid, text in asked.items() if any(grade > 0 for grade in qrels.get(qid, {}).values())}
    if not judged:
        raise DataError(
            f"{queries_file}: none of its {len(asked)} queries has a relevant document in {qrels_file}; "
            "wanted the same ids in both"
        )
    return RetrievalSet(
        name=folder.resolve().name,
        documents=documents,
        queries=judged,
        qrels={qid: qrels[qid] for qid in judged},
        unjudged=len(asked) - len(judged),
        digest=digest_files([corpus_file, queries_file, qrels_file]),
        corpus_digest=digest_files([corpus_file]),
    )


def read_documents(path: Path) -> tuple[Document, ...]:
    """corpus.jsonl: `_id`, `text`, and `title` when there is one. Raises DataError."""
    documents: dict[str, Document] = {}
    for where, record in read_jsonl(path):
        docid = _text(record, "_id", where)
        if docid in documents:
            raise DataError(f"{where}: found _id {docid!r} a second time, wanted each document once")
        title = _text(record, "title", where, default="")
        documents[docid] = Document(docid, title, _text(record, "text", where, default="" if title.strip() else None))
    if not documents:
        raise DataError(f"{path}: found no documents, wanted one JSON object a line")
    return tuple(documents.values())


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Questions with their gold answers, in file order. Raises DataError."""
    questions: dict[str, LabelledQuestion] = {}
    for where, record in read_jsonl(path):
        question = _question(record, where)
        if question.id in questions:
            raise DataError(f"{where}: found id {question.id!r} a second time, wanted each question once")
        questions[question.id] = question
    if not questions:
        raise DataError(f"{path}: found no questions, wanted one JSON object a line")
    return list(questions.values())


def read_jsonl(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """("file:line", object) of every line that is not blank. Raises DataError."""
    for number, line in _lines(path):
        where = f"{path}:{number}"
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            record = json.loads(text) if text else None
        except UnicodeDecodeError as error:
            raise DataError(f"{where}: found byte {error.object[error.start]:#04x}, wanted UTF-8 text") from error
        except ValueError as error:
            raise DataError(f"{where}: found no JSON ({error}), wanted one JSON object a line") from error
        if not text:
            continue
        if not isinstance(record, dict):
            raise DataError(f"{where}: found {_kind(record)}, wanted a JSON object")
        yield where, record


def digest_files(paths: Sequence[Path]) -> str:
    """sha256 (hex) over the contents of the files, in the order given; names do not count. Raises DataError."""
    whole = hashlib.sha256()
    for path in paths:
        try:
            with open(path, "rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror}), wanted a data file") from error
    return whole.hexdigest()


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as lines:
            yield from enumerate(lines, start=1)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{path}: cannot be read ({reason}), wanted a JSONL file") from error


def _read_queries(path: Path) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for where, record in read_jsonl(path):
        qid = _text(record, "_id", where)
        if qid in seen:
            raise DataError(f"{where}: found _id {qid!r} a second time, wanted each query once")
        seen.add(qid)
        yield qid, _text(record, "text", where)


def _read_qrels(path: Path, docids: set[str]) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}), wanted UTF-8 lines `qid<TAB>docid<TAB>grade`") from error
    for number, line in enumerate(lines, start=1):
        fields = line.split("\t")
        if not line.strip() or (number == 1 and not fields[-1].strip().lstrip("-").isdecimal()):
            continue  # a blank line, or the heading that BEIR writes
        if len(fields) != 3 or not fields[2].strip().lstrip("-").isdecimal():
            raise DataError(f"{path}:{number}: found {line!r}, wanted `qid<TAB>docid<TAB>whole-number grade`")
        qid, docid, grade = (field.strip() for field in fields)
        if docid not in docids:
            raise DataError(f"{path}:{number}: found docid {docid!r}, wanted one that corpus.jsonl holds")
        qrels.setdefault(qid, {})[docid] = int(grade)
    return qrels


def _question(record: dict[str, Any], where: str) -> LabelledQuestion:
    answerable = record.get("answerable")
    if not isinstance(answerable, bool):
        raise DataError(f"{where}: found answerable {answerable!r}, wanted true or false")
    question = LabelledQuestion(
        id=_text(record, "id", where),
        question=_text(record, "question", where),
        answerable=answerable,
        type=_text(record, "type", where, default="unmarked"),
        answers=_texts(record, "answers", where),
        docids=_texts(record, "docids", where),
        evidence=_text(record, "evidence", where, default=""),
        history=_history(record, where),
        now=_moment(record, where),
    )
    if answerable and not (question.answers and question.docids):
        missing = "answers" if not question.answers else "docids"
        raise DataError(f"{where}: found an answerable question without {missing}, wanted at least one")
    return question


def _history(record: dict[str, Any], where: str) -> tuple[Mapping[str, str], ...]:
    history = record.get("history") or []
    well_formed = isinstance(history, list) and all(
        isinstance(turn, dict) and turn.get("role") in ("user", "assistant") and isinstance(turn.get("content"), str)
        for turn in history
    )
    if not well_formed:
        raise DataError(
            f'{where}: found history {history!r:.80}, wanted [{{"role": "user"|"assistant", "content": "…"}}]'
        )
    return tuple(history)


def _moment(record: dict[str, Any], where: str) -> datetime | None:
    raw = _text(record, "now", where, default="")
    try:
        return datetime.fromisoformat(raw).astimezone(VIETNAM) if raw else None
    except ValueError:
        raise DataError(f"{where}: found now {raw!r}, wanted ISO 8601 such as 2031-05-20T08:00:00+07:00") from None


def _text(record: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = record.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or not (value.strip() or default is not None):
        found = "no" if key not in record else "an empty" if value == "" else f"{_kind(value)} as"
        raise DataError(f"{where}: found {found} {key!r}, wanted text")
    return value


def _texts(record: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = record.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise DataError(f"{where}: found {key} {value!r:.80}, wanted a list of texts")
    return tuple(value)


def _kind(value: object) -> str:
    names = {bool: "a truth value", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), "null")
