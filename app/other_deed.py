"""Whether the article tells a deed of a question of another: "Vì sao A đứng đầu?", where it is B; roles that changed places.

In: a question's Party (app/party.py) and sentences of the article. Out: yes or no; where the sentences tell it of nobody for sure, no.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.deeds import deed_behind, of_a_title, passive_before
from app.meanings import meanings
from app.named import Named, names_of, one
from app.party import Party, another, called, places_of
from app.statement import Statement, read_statement
from index.vietnamese import tokens

READ = 6
"""Sentences of the article in which a deed is looked for: the best."""

BEHIND = 4
"""Syllables between a doer of two words and the deed."""

ALONG = 8
"""Syllables behind a deed that say to what it is done."""

SHARED, MOST = 2, 0.6
"""Of these so many must be the question's, and such a share of them, when no name says to whom."""


def done_by_another(party: Party, name: Named, own: Sequence[str]) -> bool:
    """Whether the deed behind a name is somebody else's wherever the article tells it."""
    if name.way or name.kin or of_a_title(party.said, name) or not called(name):
        return False
    deed = deed_behind(party.said, name)
    if deed is None:
        return False
    phrase = party.said.phrase(*deed)
    ways = meanings().same(phrase) | {phrase}
    verdict = None
    for sentence in own[:READ]:
        spaced = f" {' '.join(tokens(sentence))} "
        if not any(f" {' '.join(way)} " in spaced for way in ways):
            continue
        source = read_statement(sentence)
        for place, width in sorted(
            {(p, len(way)) for way in ways for p in places_of(source, way) if source.fact[p] < 0}
        ):
            told = _told_of(party.said, name, deed, source, place, width)
            if told is False:
                return False
            verdict = verdict or told
    return bool(verdict)


def _told_of(
    claim: Statement, name: Named, deed: tuple[int, int], source: Statement, place: int, width: int
) -> bool | None:
    """Whether another does a deed told at a place; None where that is not for sure, or it is another deed."""
    names = names_of(source)
    end = deed[0] + deed[1]
    objects = [n for n in names_of(claim) if end <= n.first <= end + ALONG and n.clause == name.clause]
    theirs = [n for n in names if place + width <= n.first <= place + width + ALONG]
    same_object = any(one(a, b) for a in objects for b in theirs)
    if objects and theirs and not same_object and not any(one(n, name) for n in theirs):
        return None  # "mua lại Bến Sương" tells nothing of who would buy Đá Vàng
    mine = [n for n in names if one(n, name)]
    doers = [n for n in names if n.last < place and n.clause == source.clause[place] and not n.way]
    doers = [n for n in doers if another(n, [name]) and not any(one(n, o) for o in objects if n.sort == "other")]
    if any(n.last < place for n in mine):
        last = max(n.last for n in mine if n.last < place)
        between = source.forms[last + 1 : doers[-1].first] if doers and doers[-1].first > last else ()
        return same_object and "còn" in between  # "Bắc Sa mua Bến Sương còn Vân Trà muốn mua Đá Vàng"
    if not doers or passive_before(source, place, doers[-1]):
        return None
    both = (name, doers[-1])
    sure = all(n.sort != "other" for n in both)
    turned = any(n.first > place for n in mine) and (not objects or any(one(doers[-1], o) for o in objects))
    if turned and (sure or claim.phrase(*deed) in meanings().phrases):
        return True  # they changed places
    asked = [f for p, f in enumerate(claim.forms[end : end + ALONG]) if claim.clause[end + p] == name.clause]
    shared = [f for f in asked if f in source.forms[place + width : place + width + ALONG + 2]]
    plainly = claim.phrase(*deed) in meanings().phrases or deed[1] > 1
    named = any(one(a, b) for a in objects for b in theirs if a.sort != "place")
    close = place - doers[-1].last <= BEHIND and all(len(n.fact.text.split()) > 1 for n in both)
    return (
        True
        if (plainly and named and close) or (sure and (same_object or len(shared) >= max(SHARED, MOST * len(asked))))
        else None
    )
