"""The questions that ship with the project are answered by the sample that ships with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.answers import evidence_places
from eval.datasets import LabelledQuestion, read_questions
from eval.metrics.contains import any_contained, share_contained
from ingest.archive import Archive
from ingest.run import ingest

DATA = Path(__file__).parents[2] / "data"
QUESTIONS = [q for file in sorted((DATA / "questions").glob("*.jsonl")) for q in read_questions(file)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    opened = Archive.open(tmp_path_factory.mktemp("sample") / "archive.sqlite")
    ingest(opened, [str(DATA / "sample")])
    return opened


def gold_texts(question: LabelledQuestion, archive: Archive) -> dict[str, str]:
    found = [archive.find(name) if "://" in name else archive.get(name) for name in question.docids]
    assert None not in found, f"{question.docids} are not all in the sample"
    return {article.id: article.text for article in found if article}


def test_every_question_has_its_own_id() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS) > 0


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_gold_article_holds_the_answer_and_the_evidence(question: LabelledQuestion, archive: Archive) -> None:
    texts = gold_texts(question, archive)
    if question.answerable:
        contained = share_contained if question.type == "list" else any_contained
        assert contained(list(texts.values()), question.answers) == 1
    if question.evidence:
        renamed = LabelledQuestion(question.id, "", True, docids=tuple(texts), evidence=question.evidence)
        assert evidence_places(renamed, texts.get)
