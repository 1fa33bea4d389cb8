"""Do the markers of an answer lead to what it says? ALCE's citation recall and precision, decided by words.

    "“Mưa to.” [1] Lũ lên. [2][3]" -> statements, each with its markers
    supported = statements whose marked quotations hold what they say / statements
    needed    = markers that hold a share of it / markers

A statement that quotes (“…”) is supported when each quotation stands word for
word in one of the quotations that its markers name; one that does not quote,
when those hold all its numbers and at least 7 in 10 of its words. A marker is
needed when its statement is supported and would not be without it, or when it
supports the statement alone. A statement without markers is unsupported; a
marker that names nothing is not needed.
Source: ALCE (Gao et al., EMNLP 2023); theirs asks an entailment model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics.words import find_words, words

HELD = 0.7
"""Share of its words that a statement which quotes nothing needs in what its markers name."""

_MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_NUMBER = re.compile(r"\d+")
_QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)+)”")
_ASIDE = re.compile(r"\s*\([^()]*\)")  # who said it and when, after a marker


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, and the numbers of the markers behind it."""

    text: str
    markers: tuple[int, ...]


def statements(answer: str) -> list[Statement]:
    """The statements of an answer, line by line; an aside in brackets after a marker is none.

    >>> statements("“Mưa to.” [1] (theo Báo Lúa, 3/4/2031)\\nLũ lên. [2][3]")
    [Statement(text='“Mưa to.”', markers=(1,)), Statement(text='Lũ lên.', markers=(2, 3))]
    """
    made = []
    for line in _lines(answer):
        at = 0
        for marked in _MARKERS.finditer(line):
            numbers = tuple(int(number) for number in _NUMBER.findall(marked.group()))
            made.append(Statement(line[at : marked.start()].strip(), numbers))
            aside = _ASIDE.match(line, marked.end())
            at = aside.end() if aside else marked.end()
        made.append(Statement(line[at:].strip(), ()))
    return [statement for statement in made if words(statement.text)]


def _lines(answer: str) -> list[str]:
    """The lines, a quotation that runs over several of them in one piece."""
    made: list[str] = []
    for line in answer.splitlines():
        if made and made[-1].count("“") > made[-1].count("”") and not _MARKERS.search(made[-1]):
            made[-1] += f"\n{line}"
        else:
            made.append(line)
    return made


def supported(statement: str, quotes: Sequence[str]) -> bool:
    """Do the quotations hold what the statement says?

    >>> supported("“Mưa to”", ["Đêm qua mưa to."]), supported("Mưa 3 giờ", ["Mưa 4 giờ"])
    (True, False)
    """
    if not quotes:
        return False
    held = [words(quote) for quote in quotes]
    stretches = [words(stretch) for stretch in _QUOTED.findall(statement)]
    if any(stretches):
        return all(any(find_words(stretch, keys) >= 0 for keys in held) for stretch in stretches if stretch)
    said, there = Counter(words(statement)), Counter(key for keys in held for key in keys)
    lacking = said - there
    return not any(key[0].isdigit() for key in lacking) and lacking.total() <= (1 - HELD) * said.total()


def marker_recall(answer: str, quotes: Mapping[int, str]) -> float | None:
    """Share of the statements that their markers support; None when nothing is said. quotes: by marker.

    >>> marker_recall("“Mưa to.” [1]\\n“Lũ lên.” [1]", {1: "Mưa to.", 2: "Lũ lên."})
    0.5
    """
    said = statements(answer)
    if not said:
        return None
    return sum(supported(one.text, _named(one.markers, quotes)) for one in said) / len(said)


def marker_precision(answer: str, quotes: Mapping[int, str]) -> float | None:
    """Share of the markers that are needed; None when there is no marker.

    >>> marker_precision("Mưa to. [1][2]", {1: "Đêm qua mưa to.", 2: "Nắng."})
    0.5
    """
    uses = [(one, marker) for one in statements(answer) for marker in one.markers]
    if not uses:
        return None
    return sum(_is_needed(one, marker, quotes) for one, marker in uses) / len(uses)


def _is_needed(one: Statement, marker: int, quotes: Mapping[int, str]) -> bool:
    if marker not in quotes or not supported(one.text, _named(one.markers, quotes)):
        return False
    others = tuple(other for other in one.markers if other != marker)
    return supported(one.text, [quotes[marker]]) or not supported(one.text, _named(others, quotes))


def _named(markers: Sequence[int], quotes: Mapping[int, str]) -> list[str]:
    return [quotes[marker] for marker in markers if marker in quotes]
