"""`hoitin verify` while another process indexes: half-done work is no damage."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from app import commands
from ingest.home import HomeBusy, HomeError


class Kho:
    """An app whose verification answers from a list, and whose writing lock may be refused."""

    def __init__(self, *answers: list[str], refused: HomeError | None = None) -> None:
        self.answers, self.refused = list(answers), refused
        self.locked = False
        self.home = SimpleNamespace(writing=self.writing)
        self.asked: list[bool] = []

    @contextmanager
    def writing(self, wait_s: float = 0.0) -> Iterator[None]:
        if self.refused:
            raise self.refused
        self.locked = True
        yield
        self.locked = False

    def verify(self, *, repair: bool = False) -> list[str]:
        self.asked.append(self.locked)
        return self.answers.pop(0)


def verify(kho: Kho, monkeypatch: pytest.MonkeyPatch) -> int:
    @contextmanager
    def opened(**_: Any) -> Iterator[Kho]:
        yield kho

    monkeypatch.setattr(commands, "opened", opened)
    return commands.verify(Namespace(repair=False))


def test_what_looked_wrong_while_another_process_wrote_is_looked_at_again_when_nobody_writes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kho = Kho(["passage cau-1#0 is not in the vector store"], [])
    assert verify(kho, monkeypatch) == 0
    assert kho.asked == [False, True]
    assert capsys.readouterr().out == "archive, vectors and word index agree\n"


def test_damage_stays_damage_and_a_writer_that_does_not_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verify(Kho(["damage"], ["damage"]), monkeypatch) == 1
    with pytest.raises(HomeBusy, match="process 7 is writing"):
        verify(Kho(["half-done"], refused=HomeBusy("process 7 is writing")), monkeypatch)
    assert verify(Kho(["damage"], refused=HomeError("may only be read")), monkeypatch) == 1
