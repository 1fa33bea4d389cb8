"""The word index: BM25 by field, filters, many readers and one writer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from wordbag import MONDAY, bridge

from index.lexical import Lexical, LexicalError
from index.passage import Passage
from index.split import passages

BRIDGE = Passage("cau#0", "cau", 0, 9, "Cầu Lam Khê dài 1.200 m.", "Khánh thành", "Báo Lam", "Thời sự", MONDAY)
ROAD = Passage("duong#0", "duong", 0, 9, "Đường qua xã Lam Khê.", "Mở đường", "Báo Khê", "Kinh tế")


@pytest.fixture
def lexical(tmp_path: Path) -> Iterator[Lexical]:
    opened = Lexical.open(tmp_path)
    opened.put([BRIDGE, ROAD])
    opened.commit()
    yield opened
    opened.close()


def found(lexical: Lexical, terms: dict[str, dict[str, float]], **filters: object) -> list[str]:
    return [i for i, _ in lexical.matching(terms, 9, **filters)]  # type: ignore[arg-type]


def test_words_match_with_their_marks_and_plain_ones_without(lexical: Lexical) -> None:
    assert found(lexical, {"words": {"cầu": 1.0}}) == ["cau#0"]
    assert found(lexical, {"words": {"cau": 1.0}}) == []
    assert found(lexical, {"plain": {"cau": 1.0}}) == ["cau#0"]
    assert found(lexical, {"plain": {"duong": 1.0}}) == ["duong#0"]
    assert found(lexical, {"title": {"khánh_thành": 1.0}}) == ["cau#0"]


def test_neighbouring_syllables_and_numbers_are_terms(lexical: Lexical) -> None:
    assert set(found(lexical, {"words": {"lam_khê": 1.0}})) == {"cau#0", "duong#0"}
    assert found(lexical, {"words": {"1200": 1.0}}) == ["cau#0"]
    assert lexical.frequency("words", "lam_khê") == 2
    assert lexical.frequency("words", "khê_lam") == 0


def test_weights_decide_which_match_comes_first(lexical: Lexical) -> None:
    assert found(lexical, {"words": {"cầu": 1.0, "đường": 3.0}}) == ["duong#0", "cau#0"]
    assert found(lexical, {"words": {"cầu": 3.0, "đường": 1.0}}) == ["cau#0", "duong#0"]
    assert found(lexical, {"words": {"cầu": 0.0}}) == []
    assert found(lexical, {}) == []


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"outlets": ["Báo Lam"]}, ["cau#0"]),
        ({"sections": ["Kinh tế", "Thể thao"]}, ["duong#0"]),
        ({"since": MONDAY}, ["cau#0"]),
        ({"until": MONDAY}, ["cau#0"]),
        ({"since": MONDAY.replace(hour=8)}, []),
        ({"among": ["duong#0", "lạ#0"]}, ["duong#0"]),
        ({"among": []}, []),
    ],
)
def test_filters_keep_only_what_fits(lexical: Lexical, filters: dict[str, object], wanted: list[str]) -> None:
    assert found(lexical, {"words": {"lam": 1.0}}, **filters) == wanted


def test_a_filter_changes_no_score(lexical: Lexical) -> None:
    free = dict(lexical.matching({"words": {"lam": 1.0}}, 9))
    kept = dict(lexical.matching({"words": {"lam": 1.0}}, 9, outlets=["Báo Lam"]))
    assert kept["cau#0"] == pytest.approx(free["cau#0"])


def test_an_article_is_forgotten_with_all_its_passages(lexical: Lexical) -> None:
    lexical.put([replace(BRIDGE, id="cau#1", text="Xe chạy từ sáng.")])
    lexical.commit()
    assert lexical.count() == 3
    lexical.remove(["cau", "lạ"])
    lexical.commit()
    assert (lexical.ids(), lexical.count()) == (["duong#0"], 1)


def test_nothing_is_seen_before_it_is_committed(lexical: Lexical) -> None:
    lexical.put([replace(BRIDGE, id="cau#1")])
    assert lexical.count() == 2
    lexical.clear()
    assert (lexical.count(), lexical.ids()) == (0, [])


def test_another_opening_sees_a_commit_after_reloading(lexical: Lexical, tmp_path: Path) -> None:
    other = Lexical.open(tmp_path)
    lexical.put([replace(BRIDGE, id="cau#1")])
    lexical.commit()
    other.reload()
    assert other.count() == 3


def test_there_is_one_writer_and_another_may_follow_when_it_closes(lexical: Lexical, tmp_path: Path) -> None:
    lexical.put([replace(BRIDGE, id="cau#1")])
    other = Lexical.open(tmp_path)
    with pytest.raises(LexicalError, match=r"being written by another process .*wait until the other"):
        other.put([ROAD])
    lexical.close()
    other.put([ROAD])
    other.close()


def test_a_writer_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from index.lexical import Lexical\n"
        "lexical = Lexical.open(Path(sys.argv[1])); lexical.clear(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == -9
    lexical = Lexical.open(tmp_path)
    lexical.put(passages(bridge(1)))
    lexical.commit()
    assert lexical.ids() == ["cau-1#0"]
    lexical.close()


def test_a_folder_that_holds_something_else_says_so(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(LexicalError, match=r"could not be opened .*Mend: hoitin reindex"):
        Lexical.open(tmp_path)
