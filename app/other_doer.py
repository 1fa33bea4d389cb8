"""Whether the article gives what a question asks of somebody to somebody else: a deed, an amount, an office, a relation.

    "Vì sao Đại học Bắc Sa đứng đầu bảng?" of an article in which Đại học Vân Trà leads it

In: a question, the sentence that would answer it and others of its article, read as statements (app/statement.py). Out: yes or
no. Only names told apart for sure speak here: what an article may call by another name (an abbreviation, "hãng này",
a pronoun) is no other. What the article does not know at all is for app/strangers.py. This module knows nothing of scores.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from app.asked import Wanted
from app.facts import find_facts
from app.name_words import PRONOUNS, TITLES
from app.named import Named, names_of
from app.other_deed import done_by_another
from app.party import CODE, Party, another, mentions, places_of
from app.spans import Span
from app.statement import Statement, read_statement
from index.vietnamese import tokens

BEHIND = 4
"""Syllables behind a title within which stands whose it is."""

NEAR = 4
"""Syllables between a name and what is said of it in an apposition: "Lê Bá Tòng (31 tuổi"."""

KIND = 2
"""Syllables right before two names that say they are of one kind."""

_OWNED = (Wanted.NUMBER, Wanted.TIME, Wanted.PERSON, Wanted.PLACE, Wanted.NAME)
_SAID_OF = (Wanted.NUMBER, Wanted.TIME, Wanted.PLACE)


def told_of_another(party: Party, best: str, span: Span | None, around: str, own: Sequence[str]) -> bool:
    """Whether what the question asks of those it names is told of another.

    best: the sentence that would answer, span: its short answer, around: it with its title and neighbours. own: the sentences
    of its article, the likeliest first.

    >>> from app.asked import read_question
    >>> from app.party import read_party
    >>> def other(question, *own):
    ...     return told_of_another(read_party(read_question(question), question), own[0], None, own[0], own)
    >>> other("Vì sao Đại học Bắc Sa đứng đầu bảng xếp hạng?", "Đại học Vân Trà đứng đầu bảng xếp hạng nhờ thư viện.")
    True
    >>> other("Vì sao Lê Bá Tòng kiện Tạ Hữu Bằng?", "Tạ Hữu Bằng kiện Lê Bá Tòng vì một bức tường.")
    True
    >>> other("Vì sao Lê Bá Tòng kiện Tạ Hữu Bằng?", "Lê Bá Tòng kiện Tạ Hữu Bằng vì một bức tường.")
    False
    """
    return (
        _owned(party, best, span)
        or _office(party, best)
        or _far(party, best, around)
        or any(done_by_another(party, name, own) for name in party.spelled)
    )


# --- what is said of whom --------------------------------------------------------------------------------------------


def _owned(party: Party, best: str, span: Span | None) -> bool:
    """Whether the short answer stands behind the name of another in a sentence without those asked about, or of whose kin."""
    kin = [n for n in party.names if n.kin]
    if span is None or party.asked.wanted not in _OWNED:
        return False
    if not kin and any(mentions(best, n) for n in party.names):
        return False
    source = read_statement(best)
    at = next((n for n, (_, end) in enumerate(source.spans) if end > span.start), len(source.spans))
    before = [n for n in names_of(source) if n.last < at]
    if kin:
        return party.asked.wanted in _SAID_OF and any(_of_the_kin(n, before[-1:], source, at) for n in kin)
    here = [n for n in before if at < len(source.clause) and n.clause == source.clause[at]]
    return bool(here) and len(party.spelled) == len(party.names) and another(here[-1], party.names)


def _of_the_kin(name: Named, nearest: Sequence[Named], source: Statement, at: int) -> bool:
    """Whether "31 tuổi" right behind a person is asked of that person's wife, of whom nothing was said before."""
    if not nearest or nearest[0].kin or at - nearest[0].last > NEAR or not _same_words(name, nearest[0]):
        return False
    width = len(name.kin)
    return all(source.phrase(p, width) != name.kin for p in range(at))


def _same_words(a: Named, b: Named) -> bool:
    x, y = tokens(a.fact.text), tokens(b.fact.text)
    return x[-len(y) :] == y or y[-len(x) :] == x


def _office(party: Party, best: str) -> bool:
    """Whether the sentence tells who holds an office, but of another body: "Chủ tịch Dược phẩm Bắc Sa là ai?"."""
    if party.asked.wanted is not Wanted.PERSON:
        return False
    for name in party.names:
        held = f" {' '.join(party.said.forms[: name.first])} "
        titles = [tuple(t.split()) for t in TITLES - PRONOUNS if f" {t} " in held]
        if name.sort == "person" or not titles or mentions(best, name):
            continue
        source = read_statement(best)
        for after in (p + len(title) for title in titles for p in places_of(source, title)):
            bodies = [n for n in names_of(source) if after <= n.first <= after + BEHIND]
            if bodies and bodies[0].sort != "person" and _both_told(party.said, name, source, bodies[0]):
                return True
    return False


def _both_told(claim: Statement, name: Named, source: Statement, body: Named) -> bool:
    """Whether two names are two bodies for sure: spelled out, or behind the same kind ("Dược phẩm OPC", "Dược phẩm Bắc Sa")."""
    kind = claim.forms[max(0, name.first - KIND) : name.first]
    alike = len(kind) == KIND and kind == source.forms[max(0, body.first - KIND) : body.first]
    return alike or not any(CODE.fullmatch(n.fact.text) for n in (name, body))


def _far(party: Party, best: str, around: str) -> bool:
    """Whether the body where it was ("tốt nghiệp Đại học Bắc Sa năm nào") stands nowhere near a day or an amount.

    Whom the question names first may be meant by "trường này", unless the sentence names another of the question.
    """
    if party.asked.wanted not in (Wanted.NUMBER, Wanted.TIME):
        return False
    first = any(mentions(best, n) for n in party.names[1:])
    return any(n.sort == "organisation" and not mentions(around, n) for n in party.names[0 if first else 1 :])


# --- relations -------------------------------------------------------------------------------------------------------


def related_to_another(party: Party, sentences: Iterable[str], tells: Callable[[str], bool]) -> bool:
    """Whether a relation asked of a person ("mấy người con") is told in the article of other persons alone.

    sentences: all of the article. tells: whether a text tells the relation at all.

    >>> from app.asked import read_question
    >>> from app.party import read_party
    >>> question = "Bà Phùng Thị Lụa có mấy người con?"
    >>> party = read_party(read_question(question), question)
    >>> related_to_another(party, ["Bà Phùng Thị Lụa ngã.", "Ông Tạ Hữu Bằng có hai con gái."], lambda s: " con " in s)
    True
    >>> related_to_another(party, ["Ông Tạ Hữu Bằng nói bà Lụa có hai con gái."], lambda s: " con " in s)
    False
    """
    persons = [n for n in party.names if n.sort == "person"]
    if not persons or len(persons) < len(party.names):
        return False
    every = list(sentences)
    told = [s for s in every if tells(s)]
    if not told or any(mentions(s, n) for s in told for n in persons):
        return False
    given = {tokens(f.text)[-1] for s in every for f in find_facts(s) if f.kind == "name" and f.unit == "person"}
    return all(any(_person(n, given) and another(n, persons) for n in names_of(read_statement(s))) for s in told)


def _person(name: Named, given: Collection[str]) -> bool:
    """Whether a name is a person's, or one word by which the article calls one."""
    words = tokens(name.fact.text)
    return name.sort == "person" or (name.sort == "other" and len(words) == 1 and words[0] in given)
