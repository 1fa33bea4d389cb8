"""Give a question typed in small letters its capitals back, from how the passages write the same words.

In: a text without capitals, and passages that share its words. Out: the same text, its names capitalised as the passages
mostly have them inside a sentence. The encoder and the closer look both read names by their capitals. This module knows
nothing of stores or models.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.vietnamese import one_spelling, pairs, tokens

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
_OPENS = re.compile(r"(?:^|[.!?…:\n])[\s\"“‘'(]*\Z")
"""What stands before the first word of a sentence, whose capital says nothing."""


def capitalise(text: str, passages: Iterable[str]) -> str:
    """The text with its first letter and its names capitalised; as it is when it has capitals already.

    >>> capitalise("cầu sương mai ở đâu?", ["Bà con gọi là cầu Sương Mai."])
    'Cầu Sương Mai ở đâu?'
    """
    if any(character.isupper() for character in text):
        return text
    own = tokens(text)
    names = named_in(own, passages)

    def written(match: re.Match[str]) -> str:
        word = match.group()
        return word[0].upper() + word[1:] if match.start() == 0 or one_spelling(word) in names else word

    return _WORD.sub(written, text)


def named_in(own: Sequence[str], passages: Iterable[str]) -> set[str]:
    """Those of a question's tokens that the passages mostly write with a capital.

    Where they hold a token beside the same neighbour as the question does, only that counts: "hóa" is no name, and in
    "thanh hóa" it is one.

    >>> sorted(named_in("văn hóa thanh hóa".split(), ["Nền văn hóa lâu đời. Tỉnh Thanh Hóa họp."]))
    ['hóa', 'thanh']
    """
    wanted, near = set(own), set(pairs(list(own)))
    alone: dict[str, list[bool]] = defaultdict(list)
    beside: dict[tuple[str, str], list[bool]] = defaultdict(
        list
    )  # (pair, token) -> whether the token has a capital there
    for passage in passages:
        text = unicodedata.normalize("NFC", passage)
        before, before_capital = "", False
        for match in _WORD.finditer(text):
            word = match.group()
            token, capital = one_spelling(word.lower()), word[0].isupper()
            if token in wanted:
                start = match.start()
                if not (capital and _OPENS.search(text, max(0, start - 4), start)):
                    alone[token].append(capital)
                pair = f"{before}_{token}"
                if pair in near:
                    beside[pair, before].append(before_capital)
                    beside[pair, token].append(capital)
            before, before_capital = token, capital
    found = set()
    for place, token in enumerate(own):
        around = pairs(list(own[max(0, place - 1) : place + 2]))
        seen = [capital for pair in around for capital in beside.get((pair, token), ())] or alone.get(token, [])
        if sum(seen) > len(seen) / 2:
            found.add(token)
    return found
