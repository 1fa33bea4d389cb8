"""What a name is joined to in the claim and in the source: "A của X", "bà A, Hiệu trưởng X".

In: a claim, a name in it, and a sentence. Out: the name that stands there instead, or None. A helper of app.check.belongs.
"""

from __future__ import annotations

from app.check.offices import OFFICES
from app.check.rivals import differs
from app.fact import Fact
from app.same_fact import same
from app.statement import Statement
from index.vietnamese import tokens

JOINED = ("của", "ở", "tại")
"""Words that join a name to its place or owner."""


def joined(claim: Statement, fact: Fact, source: Statement) -> Fact | None:
    """The place or body that a name is joined to in the sentence, where the claim joins it to another."""
    if fact.kind not in ("name", "place"):
        return None
    head = _joined_to(claim, fact)
    if head is None or not any(same(fact, f) == "equal" for f in source.facts):
        return None
    theirs = [(f, h) for f in source.facts if (h := _joined_to(source, f)) is not None]
    linked = [f for f, h in theirs if same(head, h) == "equal" and f.kind == fact.kind]
    strangers = [f for f, h in theirs if same(fact, f) == "equal" and strange(h, head)]
    if len(linked) != 1 or not strangers or same(fact, linked[0]) != "differ":
        return None
    return linked[0]


def _joined_to(statement: Statement, fact: Fact) -> Fact | None:
    """The name right before "của" or "ở" right before a name."""
    before = [f for f in statement.facts if f.end <= fact.start]
    if not before or before[-1].kind not in ("name", "place"):
        return None
    return before[-1] if statement.text[before[-1].end : fact.start].strip() in JOINED else None


def headed(claim: Statement, fact: Fact, source: Statement) -> Fact | None:
    """The body of which the sentence has somebody hold the office that the claim has him hold elsewhere."""
    ours = _post(claim, fact)
    if ours is None or any(same(fact, f) == "equal" for f in source.facts):
        return None
    theirs = [
        f
        for f in source.facts
        if (post := _post(source, f)) and post[1] == ours[1] and same(ours[0], post[0]) == "equal"
    ]
    return theirs[0] if len(theirs) == 1 and differs(fact, theirs[0]) else None


def _post(statement: Statement, fact: Fact) -> tuple[Fact, str] | None:
    """Who holds which office of a body: "Bùi Tạc, Hiệu trưởng" or "Bùi Tạc là Hiệu trưởng" right before its name."""
    before = [f for f in statement.facts if f.end <= fact.start]
    if fact.kind != "name" or fact.unit == "person" or not before or before[-1].kind != "name":
        return None
    words = tokens(statement.text[before[-1].end : fact.start])
    office = " ".join(words[1:] if words[:1] == ["là"] else words)
    return (before[-1], office) if office in OFFICES else None


def strange(name: Fact, other: Fact) -> bool:
    """Whether two names have no word in common."""
    return not {*name.text.lower().split()} & {*other.text.lower().split()}
