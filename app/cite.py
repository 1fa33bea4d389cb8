"""Proof: a written sentence stays only if the passages it cites support it.

    sentence -> the sentences of its sources that say most of it -> facts, denial, opposites, roles -> kept with its proof, or dropped

A marker that points nowhere or to the wrong source is mended to the source that does
prove the sentence; a sentence that nothing proves is dropped with its reason. The proof is a stretch
of an article, so that the reader sees whose words stand behind the sentence. Rules only: no
model has a say here. This module knows nothing of prompts or of how answers are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

from app.contradiction import contradicts
from app.coverage import WHOLE, Coverage, cover
from app.fact import Fact
from app.facts import find_facts
from app.owners import other_owner
from app.roles import other_role
from app.said_facts import Around, unsaid
from app.same_fact import same
from app.same_name import stands_in
from app.statement import Statement, read_statement
from app.written import Written, read_written
from index.passage import Passage
from index.split import sentences
from index.vietnamese import tokens

MOST = 3
"""Sentences of the sources that may prove one written sentence together."""

LEAST = 0.4
"""Of a clause, said by one sentence itself when several prove the whole."""

CANDIDATES = 6
"""Sentences tried: those that share most with what is to be proved."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A passage shown to the writer: `text` begins at `start` of its article's text."""

    docid: str
    text: str
    start: int = 0
    title: str = ""
    outlet: str = ""
    published: datetime | None = None
    version: int = 1

    @classmethod
    def of(cls, passage: Passage) -> Sourced:
        p = passage
        return cls(p.docid, p.text, p.start, p.title, p.outlet, p.published, p.version)


@dataclass(frozen=True, slots=True)
class Support:
    """A stretch of an article that proves (part of) a sentence. source: its number, from 1."""

    source: int
    docid: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A written sentence and what proves it.

    supports: () when it is dropped; then `reason` says why: "uncovered", "number", "date", "name", "place", "time",
    "negation", "certainty", "comparison", "strength", "role" or "empty".
    mended: whether the sources it named were changed.
    """

    text: str
    supports: tuple[Support, ...]
    reason: str = ""
    mended: bool = False

    @property
    def holds(self) -> bool:
        return bool(self.supports)

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of the sources that prove it, from 1."""
        return tuple(dict.fromkeys(s.source for s in self.supports))


def prove(sentence: str, passages: Sequence[Sourced]) -> Proof:
    """Prove one written sentence with markers [n] against numbered passages, the first being [1].

    >>> bridge = Sourced("a", "Cầu Sương Mai dài 412 m. Cầu có bốn làn xe.", outlet="Báo Lam")
    >>> prove("Chiều dài cầu Sương Mai là 412 mét [1].", [bridge]).supports
    (Support(source=1, docid='a', start=0, end=24),)
    >>> prove("Cầu Sương Mai dài 421 m [1].", [bridge]).reason
    'number'
    """
    prover = Prover(passages)
    written = read_written(sentence, prover.outlets)
    if not written:
        return Proof("", (), "empty")
    text = " ".join(w.text for w in written)
    return prover.prove(Written(text, tuple(m for w in written for m in w.markers)))


def prove_all(text: str, passages: Sequence[Sourced]) -> list[Proof]:
    """Prove every sentence of a written answer, in order; what is dropped stands among them with its reason."""
    prover = Prover(passages)
    return [prover.prove(written) for written in read_written(text, prover.outlets)]


def dropped(proofs: Iterable[Proof]) -> Counter[str]:
    """How many sentences were dropped, by reason."""
    return Counter(proof.reason for proof in proofs if not proof.holds)


class Prover:
    """Proves sentences against one set of passages, each read once."""

    def __init__(self, passages: Sequence[Sourced]) -> None:
        self.passages = tuple(passages)
        self.outlets = tuple(dict.fromkeys(p.outlet for p in passages if p.outlet))
        self._read: dict[int, _Read] = {}

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset().union(*(self._of(n).given for n in range(1, len(self.passages) + 1)))

    def prove(self, written: Written) -> Proof:
        """The proof by the sources the sentence names, else by the one other source, or two, that prove it."""
        claim = read_statement(written.text, given=self._given)
        if not any(claim.content) and not claim.facts:
            return Proof(written.text, (), "empty")
        named = [m for m in written.markers if 1 <= m <= len(self.passages)]
        copied = self._copied(claim, named)
        if copied:
            return Proof(written.text, copied, mended={copied[0].source} != set(written.markers))
        reason = ""
        for sources in self._choices(named, claim):
            supports, why = self._try(claim, sources)
            if supports:
                used = {s.source for s in supports}
                return Proof(written.text, supports, mended=used != set(written.markers))
            reason = reason or why
        return Proof(written.text, (), reason or "uncovered")

    def _copied(self, claim: Statement, named: Sequence[int]) -> tuple[Support, ...]:
        """The sentence of a source that the written one repeats word by word, if there is one."""
        for number in [*named, *range(1, len(self.passages) + 1)]:
            read = self._of(number)
            for at, statement in enumerate(read.statements):
                if statement.forms == claim.forms:
                    return _supports([(number, read, at)])
        return ()

    def _choices(self, named: Sequence[int], claim: Statement) -> Iterable[tuple[int, ...]]:
        """Sets of sources to try, in order: what is named, each alone, pairs of the two that share most."""
        if named:
            yield tuple(named)
        everyone = range(1, len(self.passages) + 1)
        shares = {n: cover(claim, self._of(n).statements, ()).share for n in everyone}
        ranked = sorted(everyone, key=lambda n: (n not in named, -shares[n], n))
        for number in ranked:
            if (number,) != tuple(named):
                yield (number,)
        for pair in combinations(ranked[:4], 2):
            if set(pair) != set(named):
                yield pair

    def _of(self, number: int) -> _Read:
        if number not in self._read:
            self._read[number] = _Read(self.passages[number - 1])
        return self._read[number]

    def _try(self, claim: Statement, numbers: Sequence[int]) -> tuple[tuple[Support, ...], str]:
        """Supports from these sources, or why there are none: the reason of the evidence that came nearest."""
        reads = [self._of(n) for n in numbers]
        lines = [(n, r, at) for n, r in zip(numbers, reads, strict=True) for at in range(len(r.spans))]
        alone = {
            (n, at): cover(claim, [r.statements[at]], r.before(at)).share + 0.2 * _facts_met(claim, r.statements[at])
            for n, r, at in lines
        }
        lines.sort(key=lambda line: (-alone[line[0], line[2]], line[0], line[2]))
        lines = lines[:CANDIDATES]
        reason, settled = "", set[frozenset[tuple[int, int]]]()
        for size in range(1, min(MOST, len(lines)) + 1):
            tries = []
            for chosen in combinations(lines, size):
                evidence = [r.statements[at] for _, r, at in chosen]
                covered = cover(claim, evidence, [s for _, r, at in chosen for s in r.before(at)])
                best = max(_facts_met(claim, s) for s in evidence)
                tries.append((-covered.share - 0.3 * best, chosen, evidence, covered))
            tries.sort(key=lambda t: (t[0], [(n, at) for n, _, at in t[1]]))
            for _, chosen, evidence, covered in tries:
                key = frozenset((n, at) for n, _, at in chosen)
                if any(done <= key for done in settled):
                    continue  # fewer sentences say it all, and contradict it
                used = {n: r for n, r, _ in chosen}
                why = "" if covered.enough or _told_by_facts(claim, covered, evidence) else "uncovered"
                why = why or unsaid(claim, evidence, [_around(r, chosen) for r in used.values()])
                why = why or ("" if size == 1 or _each_clause(claim, chosen) else "uncovered")
                if why:
                    reason = why if reason in ("", "uncovered") else reason
                    continue
                passage = [s for r in used.values() for s in r.statements]
                related = _related(claim, evidence, passage)
                why = contradicts(claim, evidence, related, passage, chosen[0][1].passage.published)
                why = why or ("role" if other_role(claim, evidence, related) else "")
                why = why or other_owner(claim, evidence, related, passage)
                if not why:
                    return _supports(chosen), ""
                settled.add(key)
                reason = why if reason in ("", "uncovered") else reason
        return (), reason


class _Read:
    """A passage with its sentences read."""

    def __init__(self, passage: Sourced) -> None:
        self.passage = passage
        self.spans = sentences(passage.text)

    def around(self, last: int) -> Around:
        """What a sentence may take its names from: the title, and the passage up to the last proving sentence."""
        text = self.passage.text[: self.spans[last][1]]
        return Around(f"{self.passage.title}.\n{text}", self.passage.published, self.passage.outlet)

    @cached_property
    def given(self) -> frozenset[str]:
        """The last syllables of the persons named."""
        found = find_facts(f"{self.passage.title}.\n{self.passage.text}")
        return frozenset(tokens(f.text)[-1] for f in found if f.unit == "person" and tokens(f.text))

    @cached_property
    def statements(self) -> list[Statement]:
        text, published = self.passage.text, self.passage.published
        return [read_statement(text[a:b], published=published, given=self.given) for a, b in self.spans]

    @cached_property
    def title(self) -> Statement:
        return read_statement(self.passage.title, given=self.given)

    def before(self, at: int) -> list[Statement]:
        """The title and the sentences before one: what it may leave unsaid."""
        return [self.title, *self.statements[:at]]


def _around(read: _Read, chosen: Sequence[tuple[int, _Read, int]]) -> Around:
    return read.around(max(at for _, r, at in chosen if r is read))


def _told_by_facts(claim: Statement, covered: Coverage, evidence: Sequence[Statement]) -> bool:
    """Whether a short sentence holds so many numbers and days of one sentence that a word or two may be its own."""
    numbers = [f for f in claim.facts if f.kind in ("number", "date", "time")]
    if len(numbers) < 2 or covered.share < LEAST or covered.claimed * (1 - covered.share) > 2.5:
        return False
    return any(all(any(_alike(f, other) for other in s.facts) for f in numbers) for s in evidence)


def _each_clause(claim: Statement, chosen: Sequence[tuple[int, _Read, int]]) -> bool:
    """Whether each clause is said by one of the sentences, with a fact of it: words of two make no new deed."""
    for clause in sorted(set(claim.clause)):
        if sum(claim.content[p] for p, c in enumerate(claim.clause) if c == clause) < 2:
            continue
        numbers = {claim.fact[p] for p, c in enumerate(claim.clause) if c == clause} - {-1}
        facts = [claim.facts[n] for n in numbers]
        if not any(_says_clause(claim, clause, facts, read, at) for _, read, at in chosen):
            return False
    return True


def _says_clause(claim: Statement, clause: int, facts: Sequence[Fact], read: _Read, at: int) -> bool:
    statement = read.statements[at]
    covered = cover(claim, [statement], read.before(at), clause=clause)
    if covered.share < WHOLE or covered.own < LEAST:
        return False
    if facts and not any(any(_alike(f, other) for other in statement.facts) for f in facts):
        return False
    around = read.around(at).text
    return all(stands_in(f, around) or any(_alike(f, o) for s in read.statements[: at + 1] for o in s.facts)
               for f in facts if f.kind in ("name", "place"))  # fmt: skip


def _alike(fact: Fact, other: Fact) -> bool:
    if fact.kind in ("name", "place") and other.kind in ("name", "place"):
        return same(fact, other) == "equal" or stands_in(fact, other.text)
    return fact.kind == other.kind and (same(fact, other) == "equal" or fact.value == other.value)


def _facts_met(claim: Statement, source: Statement) -> float:
    """The share of the claim's numbers and names whose words stand in one sentence of the source."""
    places = [p for p, n in enumerate(claim.fact) if n >= 0]
    if not places:
        return 0.0
    forms = set(source.forms)
    return sum(claim.forms[p] in forms for p in places) / len(places)


def _related(claim: Statement, evidence: Sequence[Statement], passage: Sequence[Statement]) -> list[Statement]:
    """The evidence, and what else in the passage speaks of nearly the same."""
    others = [s for s in passage if not any(s is e for e in evidence) and cover(claim, [s], ()).share >= 0.6]
    return [*evidence, *others]


def _supports(chosen: Sequence[tuple[int, _Read, int]]) -> tuple[Support, ...]:
    """One stretch for each proving sentence; neighbours in one passage become one."""
    found: list[Support] = []
    for number, read, at in sorted(chosen, key=lambda c: (c[0], c[2])):
        a, b = read.spans[at]
        start, end = read.passage.start + a, read.passage.start + b
        last = found[-1] if found else None
        if last and last.source == number and at and read.passage.start + read.spans[at - 1][1] == last.end:
            found[-1] = Support(number, last.docid, last.start, end)
        else:
            found.append(Support(number, read.passage.docid, start, end))
    return tuple(found)
