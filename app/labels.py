"""A newsroom's own test set: questions that editors labelled, in the form that `hoitin-eval` reads.

    add(label) -> id        all() -> labels, oldest first        remove(id)        as_jsonl() -> the question file

One line each in labels.jsonl of the home folder, appended and never rewritten:
what is removed gets a line that says so. Readable by its owner only.
`to_label` gathers the questions that readers asked and found wanting. This
module knows nothing of pages or of how answers are made.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.web import feedback
from index.vietnamese import canonical, fold, tokens
from ingest.errors import HoitinError

FILE = "labels.jsonl"
ANSWERED_TYPES = ("factoid", "number", "date", "why_how", "list", "paraphrase", "no_diacritics", "typo_or_abbrev",
                  "english", "time_scoped")  # fmt: skip
"""Kinds of question that the archive answers; hoitin-eval breaks its figures down by them."""
ABSENT_TYPES = ("not_in_corpus", "near_miss", "false_premise")
"""Kinds of question that it does not answer."""
_ONE_WRITER = threading.Lock()


@dataclass(frozen=True, slots=True)
class Label:
    """One question with what a right answer holds; the fields are those of the question file.

    docids: articles that hold it. evidence: the sentence that says so, word for word. now: when it was asked.
    by: the editor who labelled it.
    """

    id: str
    question: str
    type: str
    answerable: bool
    answers: tuple[str, ...] = ()
    docids: tuple[str, ...] = ()
    evidence: str = ""
    now: str = ""
    note: str = ""
    by: str = ""


class Labels:
    """The labels of one home; safe in any number of processes and threads.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     labels = Labels(Path(folder))
    ...     key = labels.add(Label("", "Ai hát?", "not_in_corpus", False))
    ...     [label.question for label in labels.all()], labels.remove(key), labels.all()
    (['Ai hát?'], True, [])
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def add(self, label: Label) -> str:
        """Keep a label; gives its id, a new one when it has none. Raises HoitinError when it cannot be written."""
        key = label.id or f"bt-{secrets.token_hex(4)}"
        self._append({**asdict(label), "id": key, "history": []})
        return key

    def remove(self, key: str) -> bool:
        """Take a label out; False when there is none of that id."""
        if all(label.id != key for label in self.all()):
            return False
        self._append({"removed": key})
        return True

    def all(self) -> list[Label]:
        """Every label that was not taken out, oldest first; lines that are no labels are passed over."""
        kept: dict[str, Label] = {}
        for record in _records(self._path):
            if "removed" in record:
                kept.pop(str(record["removed"]), None)
                continue
            try:
                label = Label(**{name: record[name] for name in Label.__dataclass_fields__ if name in record})
                label = Label(**{**asdict(label), "answers": tuple(label.answers), "docids": tuple(label.docids)})
            except TypeError:
                continue
            kept[label.id] = label
        return list(kept.values())

    def as_jsonl(self) -> str:
        """The question file, a line each; "by" stays out of it."""
        rows = ({k: v for k, v in asdict(label).items() if k != "by"} | {"history": []} for label in self.all())
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def _append(self, record: Mapping[str, Any]) -> None:
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            # One write to a file opened for appending: lines of several processes do not mix.
            with _ONE_WRITER:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                try:
                    os.write(descriptor, line)
                finally:
                    os.close(descriptor)
        except OSError as error:
            raise HoitinError(
                f"{self._path}: cannot be written ({error.strerror}), wanted a writable file. "
                f"Mend: chmod u+w {self._path.parent}"
            ) from error


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a reader asked: when (ISO 8601, or only the day), and what became of it.

    outcome: a remark's verdict ("bad", "quote", "good"), or "abstained".
    """

    question: str
    at: str
    outcome: str


def to_label(
    home: Path, unanswered: Iterable[tuple[str, str]], done: Iterable[Label] = (), limit: int = 50
) -> list[Asked]:
    """Questions worth a label, those that readers found wrong first, then the unanswered, then the praised.

    unanswered: (day, text), of the tally. done: labels that are there already; their questions are left out.
    """
    found = [
        Asked(str(record["question"]), str(record.get("at", "")), str(record.get("verdict", "")))
        for record in _records(home / feedback.FILE)
        if isinstance(record.get("question"), str) and record["question"].strip()
    ]
    found += [Asked(text, day, "abstained") for day, text in unanswered]
    order = {"bad": 0, "quote": 0, "abstained": 1}
    found.sort(key=lambda asked: asked.at, reverse=True)
    found.sort(key=lambda asked: order.get(asked.outcome, 2))
    known = {same(label.question) for label in done}
    kept: dict[str, Asked] = {}
    for asked in found:
        if same(asked.question) not in known:
            kept.setdefault(same(asked.question), asked)
    return list(kept.values())[:limit]


def stands_in(answer: str, text: str) -> bool:
    """Whether the words of an answer stand in a row in the text, without regard to diacritics or case.

    >>> stands_in("hoà an", "Xã Hòa An ngập."), stands_in("200", "1.200 hộ")
    (True, False)
    """
    wanted, held = ([fold(token) for token in tokens(canonical(one))] for one in (answer, text))
    return bool(wanted) and any(held[at : at + len(wanted)] == wanted for at in range(len(held) - len(wanted) + 1))


def same(question: str) -> str:
    """What two typings of one question share."""
    return " ".join(question.split()).casefold().rstrip("?!. ")


def _records(path: Path) -> Iterable[dict[str, Any]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            record = json.loads(line) if line.strip() else None
        except ValueError:  # cut, or edited by hand
            continue
        if isinstance(record, dict):
            yield record
