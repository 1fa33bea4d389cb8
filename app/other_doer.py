"""Whether the article gives what a question asks of somebody to somebody else: a deed, an amount, an office, a relation.

    "Vì sao Đại học Bắc Sa đứng đầu bảng?" of an article in which Đại học Vân Trà leads it

In: a question, the sentence that would answer it and others of its article, read as statements (app/statement.py). Out: yes or
no. Only names told apart for sure speak here: what an article may call by another name (an abbreviation, "hãng này",
a pronoun) is no other. What the article does not know at all is for app/strangers.py. This module knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from app.asked import Asked, Wanted
from app.deeds import deed_behind, of_a_title, passive_before
from app.facts import find_facts
from app.meanings import Phrase, meanings
from app.name_words import ORG_HEADS, PRONOUNS, TITLES
from app.named import Named, names_of, one, rivals
from app.spans import Span
from app.statement import Statement, read_statement
from index.vietnamese import fold, tokens

READ = 6
"""Sentences of the article in which a deed is looked for: the best."""

BEHIND = 4
"""Syllables behind a deed or a title within which stands whose it is."""

NEAR = 4
"""Syllables between a name and what is said of it in an apposition: "Lê Bá Tòng (31 tuổi"."""

ALONG = 8
"""Syllables behind a deed that say to what it is done."""

KIND = 2
"""Syllables right before two names that say they are of one kind."""

SHARED, MOST = 2, 0.6
"""Of these so many must be the question's, and such a share of them, when no name says to whom."""

GOVERNING = frozenset(["chính phủ", "quốc hội", "nhà nước"])
"""Bodies of which each country has one."""

_ASKS = re.compile(
    r"(?<!\w)(?:vì sao|tại sao|do đâu|sao lại|như thế nào|thế nào|ra sao|khi nào|bao giờ|là gì|là ai|ở đâu|bao nhiêu|mấy|ai|gì|nào)(?!\w)",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-ZĐ\d.&-]{1,6}")
"""An abbreviation: it may be short for any name."""

_OWNED = (Wanted.NUMBER, Wanted.TIME, Wanted.PERSON, Wanted.PLACE, Wanted.NAME)
_SAID_OF = (Wanted.NUMBER, Wanted.TIME, Wanted.PLACE)


@dataclass(frozen=True, slots=True)
class Party:
    """A question as a statement, and those it names: persons, bodies and other names, not places.

    spelled: those of the names that are no abbreviation, which may be short for any other.
    """

    asked: Asked
    said: Statement
    names: tuple[Named, ...]

    @property
    def spelled(self) -> tuple[Named, ...]:
        return tuple(n for n in self.names if not _CODE.fullmatch(n.fact.text))


def read_party(asked: Asked, question: str) -> Party | None:
    """Whom a question names; None when nobody, or when the question is in English or asks yes or no."""
    if asked.english or asked.wanted is Wanted.TRUTH:
        return None
    said = read_statement(" ".join(_ASKS.sub(" , ", question).replace("?", " ").split()))
    names = tuple(n for n in names_of(said) if n.sort != "place")
    return Party(asked, said, names) if names else None


def told_of_another(party: Party, best: str, span: Span | None, around: str, own: Sequence[str]) -> bool:
    """Whether what the question asks of those it names is told of another.

    best: the sentence that would answer, span: its short answer, around: it with its title and neighbours. own: the sentences
    of its article, the likeliest first.

    >>> from app.asked import read_question
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
        or any(_done(party, name, own) for name in party.spelled)
    )


# --- what is said of whom --------------------------------------------------------------------------------------------


def _owned(party: Party, best: str, span: Span | None) -> bool:
    """Whether the short answer stands behind the name of another in a sentence without those asked about, or of whose kin."""
    kin = [n for n in party.names if n.kin]
    if span is None or party.asked.wanted not in _OWNED:
        return False
    if not kin and any(_mentions(best, n) for n in party.names):
        return False
    source = read_statement(best)
    at = next((n for n, (_, end) in enumerate(source.spans) if end > span.start), len(source.spans))
    before = [n for n in names_of(source) if n.last < at]
    if kin:
        return party.asked.wanted in _SAID_OF and any(_of_the_kin(n, before[-1:], source, at) for n in kin)
    here = [n for n in before if at < len(source.clause) and n.clause == source.clause[at]]
    return bool(here) and len(party.spelled) == len(party.names) and _another(here[-1], party.names)


def _of_the_kin(name: Named, nearest: Sequence[Named], source: Statement, at: int) -> bool:
    """Whether "31 tuổi" right behind a person is asked of that person's wife, of whom nothing was said before."""
    if not nearest or nearest[0].kin or at - nearest[0].last > NEAR or not _same_words(name, nearest[0]):
        return False
    width = len(name.kin)
    return all(source.phrase(p, width) != name.kin for p in range(at))


def _same_words(a: Named, b: Named) -> bool:
    x, y = tokens(a.fact.text), tokens(b.fact.text)
    return x[-len(y) :] == y or y[-len(x) :] == x


def _another(name: Named, ours: Iterable[Named]) -> bool:
    """Whether a name is surely that of somebody else of the same sort."""
    if name.sort == "place" or _CODE.fullmatch(name.fact.text):
        return False
    return any(rivals(name, our) for our in ours) and not any(one(name, our) for our in ours)


def _mentions(text: str, name: Named) -> bool:
    """Whether a sentence holds a name: whole, its last two syllables, the given name of a person, what a body is called."""
    spaced = f" {fold(' '.join(tokens(text)))} "
    words = tokens(name.fact.text)
    called = (_called(name) or words) if name.sort == "organisation" else words[-1:]
    return any(f" {fold(' '.join(way))} " in spaced for way in (words, words[-2:], called))


def _called(name: Named) -> list[str]:
    """The tokens of a name without the kind of body: "công ty Bến Sương" is called "Bến Sương"; [] when it is nothing else."""
    words = name.fact.text.lower().split()
    width = next((n for n in range(min(5, len(words)), 0, -1) if " ".join(words[:n]) in ORG_HEADS | GOVERNING), 0)
    return tokens(" ".join(words[width:]))


def _office(party: Party, best: str) -> bool:
    """Whether the sentence tells who holds an office, but of another body: "Chủ tịch Dược phẩm Bắc Sa là ai?"."""
    if party.asked.wanted is not Wanted.PERSON:
        return False
    for name in party.names:
        held = f" {' '.join(party.said.forms[: name.first])} "
        titles = [tuple(t.split()) for t in TITLES - PRONOUNS if f" {t} " in held]
        if name.sort == "person" or not titles or _mentions(best, name):
            continue
        source = read_statement(best)
        for after in (p + len(title) for title in titles for p in _places(source, title)):
            bodies = [n for n in names_of(source) if after <= n.first <= after + BEHIND]
            if bodies and bodies[0].sort != "person" and _both_told(party.said, name, source, bodies[0]):
                return True
    return False


def _both_told(claim: Statement, name: Named, source: Statement, body: Named) -> bool:
    """Whether two names are two bodies for sure: spelled out, or behind the same kind ("Dược phẩm OPC", "Dược phẩm Bắc Sa")."""
    kind = claim.forms[max(0, name.first - KIND) : name.first]
    alike = len(kind) == KIND and kind == source.forms[max(0, body.first - KIND) : body.first]
    return alike or not any(_CODE.fullmatch(n.fact.text) for n in (name, body))


def _places(source: Statement, phrase: Phrase) -> list[int]:
    return [p for p in range(len(source.forms)) if source.phrase(p, len(phrase)) == phrase]


def _far(party: Party, best: str, around: str) -> bool:
    """Whether the body where it was ("tốt nghiệp Đại học Bắc Sa năm nào") stands nowhere near a day or an amount.

    Whom the question names first may be meant by "trường này", unless the sentence names another of the question.
    """
    if party.asked.wanted not in (Wanted.NUMBER, Wanted.TIME):
        return False
    first = any(_mentions(best, n) for n in party.names[1:])
    return any(n.sort == "organisation" and not _mentions(around, n) for n in party.names[0 if first else 1 :])


# --- deeds -----------------------------------------------------------------------------------------------------------


def _done(party: Party, name: Named, own: Sequence[str]) -> bool:
    """Whether the deed behind a name is somebody else's wherever the article tells it."""
    if name.way or name.kin or of_a_title(party.said, name) or not _called(name):
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
        for place, width in sorted({(p, len(way)) for way in ways for p in _places(source, way) if source.fact[p] < 0}):
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
    doers = [n for n in doers if _another(n, [name]) and not any(one(n, o) for o in objects if n.sort == "other")]
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


# --- relations -------------------------------------------------------------------------------------------------------


def related_to_another(party: Party, sentences: Iterable[str], tells: Callable[[str], bool]) -> bool:
    """Whether a relation asked of a person ("mấy người con") is told in the article of other persons alone.

    sentences: all of the article. tells: whether a text tells the relation at all.

    >>> from app.asked import read_question
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
    if not told or any(_mentions(s, n) for s in told for n in persons):
        return False
    given = {tokens(f.text)[-1] for s in every for f in find_facts(s) if f.kind == "name" and f.unit == "person"}
    return all(any(_person(n, given) and _another(n, persons) for n in names_of(read_statement(s))) for s in told)


def _person(name: Named, given: Collection[str]) -> bool:
    """Whether a name is a person's, or one word by which the article calls one."""
    words = tokens(name.fact.text)
    return name.sort == "person" or (name.sort == "other" and len(words) == 1 and words[0] in given)
