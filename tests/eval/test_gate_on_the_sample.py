"""The gate itself, on the sample with the real model: today's answers pass, and no saboteur does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import read_settings
from eval.answering import Sitting, sitting
from eval.gate import check, gate_table, read_baseline
from tests.eval.saboteurs import SABOTAGE, Remembering, Saboteur

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sitting, Remembering]]:
    questions = sorted((DATA / "questions").glob("*.jsonl"))
    work = tmp_path_factory.mktemp("gate")
    with sitting(read_settings({}), DATA / "sample", questions, work=work) as opened:
        yield opened, Remembering(opened.bench.app.answerer)


@pytest.mark.model
def test_the_sample_is_answered_as_well_as_it_was(sample: tuple[Sitting, Remembering]) -> None:
    opened, true = sample
    baseline = read_baseline(DATA / "questions" / "baseline.json")
    assert baseline is not None
    lines = check(baseline, opened.report(true))
    fallen = [line.name for line in lines if line.failed]
    assert not fallen, f"\n{gate_table(lines)}\nNext: hoitin-eval gate, then hoitin-eval gate --update"


@pytest.mark.model
@pytest.mark.parametrize("name", SABOTAGE)
def test_no_saboteur_passes_the_gate(name: str, sample: tuple[Sitting, Remembering]) -> None:
    opened, true = sample
    change, must_fall = SABOTAGE[name]
    baseline = read_baseline(DATA / "questions" / "baseline.json")
    assert baseline is not None
    fallen = {line.name for line in check(baseline, opened.report(Saboteur(true, change))) if line.failed}
    assert must_fall <= fallen
