"""The table of words, asked by place: the longest phrase that stands there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.meanings import Phrase, meanings

TABLE = meanings()
KNOWN = sorted({*TABLE.phrases, *(p for words in TABLE.kinds.values() for p in words)})
RUNS = st.lists(st.sampled_from(KNOWN), min_size=1, max_size=5).map(lambda run: tuple(f for p in run for f in p))


def longest(forms: Phrase, place: int, words: frozenset[Phrase]) -> int:
    """By trying every width, the widest first."""
    return next((w for w in range(len(forms) - place, 0, -1) if forms[place : place + w] in words), 0)


@settings(max_examples=60, deadline=None)
@given(RUNS, st.lists(st.sampled_from(sorted(TABLE.kinds)), min_size=1, max_size=3, unique=True))
def test_the_phrase_at_a_place_is_the_longest_that_the_table_has(forms: Phrase, kinds: list[str]) -> None:
    some = frozenset().union(*(TABLE.kinds[kind] for kind in kinds))
    for place in range(len(forms)):
        assert TABLE.at(forms, place) == longest(forms, place, TABLE.phrases)
        assert TABLE.at(forms, place, *kinds) == longest(forms, place, some)


def test_nothing_stands_behind_the_end() -> None:
    assert TABLE.at(("tăng",), 1) == 0
    assert TABLE.at((), 0, "function") == 0
