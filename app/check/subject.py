"""Whom and what a claim of a draft speaks of when it does not say so: the names that stand before it.

    "Ông này cho biết …" after "Ông Trần Hoài Phương, Giám đốc …" speaks of Trần Hoài Phương

In: claims in order, each read. Out: for each the names carried over, nearest first, and what its
pronoun stands for when that is clear. This module knows nothing of articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.fact import Fact
from app.statement import Statement

MOST = 5
"""Names carried over at most."""

_PERSON = re.compile(
    r"(?:(?:Ông|Bà|Anh|Chị|Cô|Chàng trai|Cô gái|Nam sinh|Nữ sinh|Người|Vị|Cậu)(?: (?:này|ấy|đó|ta|trên|nói trên))?(?= [^A-ZĐ]))|Họ(?= )"
)
_BODY = re.compile(
    r"(?:(?:Công ty|Doanh nghiệp|Tập đoàn|Hãng|Ngân hàng|Trường|Cơ quan|Đơn vị|Đội|Bệnh viện|Nhà trường|Quỹ|Cục|Sở|Bộ)"
    r"(?: (?:này|đó|trên|nói trên|ấy))?(?= [^A-ZĐ]))"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """names: those that stand before the claim, nearest first. pronoun, stands_for: "Ông này" and the name, or ""."""

    names: tuple[str, ...] = ()
    pronoun: str = ""
    stands_for: str = ""


def carry(statements: Sequence[Statement]) -> list[Carried]:
    """What each claim takes over from those before it.

    >>> from app.statement import read_statement
    >>> draft = ["Ông Lê Bá Tòng thăm cầu Sương Mai.", "Ông này khen cầu đẹp."]
    >>> carry([read_statement(s) for s in draft])[1].stands_for
    'Lê Bá Tòng'
    """
    found: list[Carried] = []
    before: list[Fact] = []
    for statement in statements:
        person, body = _PERSON.match(statement.text), _BODY.match(statement.text)
        wanted = "person" if person else "organisation" if body else ""
        candidates = [f for f in before if f.unit == wanted] if wanted else []
        word = (person or body).group() if (person or body) else ""  # type: ignore[union-attr]
        names = tuple(dict.fromkeys(f.text for f in before))[:MOST]
        found.append(Carried(names, word if candidates else "", candidates[0].text if candidates else ""))
        own = [f for f in statement.facts if f.kind in ("name", "place")]
        persons = {f.text for f in own}
        before = own + [f for f in before if f.text not in persons]
    return found
