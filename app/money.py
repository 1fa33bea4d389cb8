"""Kinds of money: a turnover is no profit, a capital no price.

In: a question, or a sentence and the place of an amount. Out: the kinds that it names. A closed table of what news gives in đồng;
what it does not know is of no kind, and nothing speaks against it. This module knows nothing of fits.
"""

from __future__ import annotations

import re

from index.vietnamese import canonical

_MONEY = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{said})(?!\w)"))
    for kind, said in (
        ("revenue", "doanh thu|doanh số"),
        ("profit", "lợi nhuận|lãi|lời"),
        ("loss", "lỗ|thua lỗ"),
        ("capital", "vốn(?! hóa)"),
        ("debt", "nợ|vay|dư nợ"),
        ("price", "(?<!trị )(?<!định )(?<!đánh )giá(?! trị)"),
        ("pay", "lương|thu nhập"),
        ("fees", "học phí"),
        ("fine", "phạt"),
        ("grant", "học bổng"),
        ("allowance", "trợ cấp|phụ cấp"),
    )
)
"""Kinds of money of which one is never the answer for another; a sentence names it beside the amount."""

BESIDE_BEHIND, BESIDE_BEFORE = 3, 5
"""Words behind and before an amount in which its kind stands."""


def money_kinds(text: str) -> frozenset[str]:
    """The kinds of money that a text names: of "lãi ròng" profit.

    >>> sorted(money_kinds("Doanh thu và lãi sau thuế")), sorted(money_kinds("Vốn điều lệ"))
    (['profit', 'revenue'], ['capital'])
    """
    lowered = canonical(text).lower()
    return frozenset(kind for kind, pattern in _MONEY if pattern.search(lowered))


def money_kinds_beside(sentence: str, start: int, end: int) -> frozenset[str]:
    """The kind of money that stands right behind an amount ("988 tỷ đồng lợi nhuận"), else right before it.

    >>> said = "Xưởng ghi 46 tỷ đồng doanh thu và 9 tỷ đồng lợi nhuận, vốn 20 tỷ đồng."
    >>> amounts = ("46 tỷ đồng", "9 tỷ đồng", "20 tỷ đồng")
    >>> [*(money_kinds_beside(said, said.index(a), said.index(a) + len(a)) for a in amounts)]
    [frozenset({'revenue'}), frozenset({'profit'}), frozenset({'capital'})]
    """
    behind = " ".join(re.split(r"[,;.:()]", sentence[end:])[0].split()[:BESIDE_BEHIND]).lower()
    for kind, pattern in _MONEY:
        if pattern.match(behind):
            return frozenset([kind])
    before = " ".join(re.split(r"[,;.:()\d]", sentence[:start])[-1].split()[-BESIDE_BEFORE:]).lower()
    found = [(match.end(), kind) for kind, pattern in _MONEY for match in pattern.finditer(before)]
    return frozenset([max(found)[1]]) if found else frozenset()
