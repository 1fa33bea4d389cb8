"""The answerer that needs no language model: the sentences that answer, verbatim.

    question -> stand alone -> time -> hits -> sentences -> in the archive at all? -> quotations, in reading order

Every quotation is cut from the archived article by offsets, and checked there
before it leaves: nothing unproved, nothing uncited. This module knows nothing
of terminals or web pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from app.abstain import THRESHOLD, Features, abstain_score, features
from app.answer import Answer, Citation, Question
from app.asked import Asked, Wanted, asks_for_all_news, asks_for_news, content_tokens, read_question
from app.choose import Candidate, Weights, rank
from app.conflict import contradiction
from app.converse import Standalone, standalone
from app.messages import say
from app.other_year import strange_year
from app.reading import short_answer
from app.reread import Reads, reread
from app.select import Quoted, newest_items, select
from app.strangers import stranger
from app.together import deciding, shared
from app.truth import Decided, decide
from app.twofold import two_questions
from app.when import When, read_when
from index.passage import Hit, Query
from index.search import Searcher
from index.vietnamese import fold, has_diacritics, pairs, tokens
from ingest.archive import Archive
from ingest.article import VIETNAM, Article
from ingest.errors import UsageError

MAX_QUESTION = 2_000
"""Characters in a question at most."""

PASSAGES = 12
"""Hits whose sentences are considered."""

CARRIED = 0.4
"""Weight of words carried over from earlier turns, against the question's own."""

ELSEWHEN = 0.3
"""The threshold when the time that was asked about holds no news: what is offered instead must fit well."""

READ_FOR_TRUTH = 2
"""Articles read for what says yes or no."""

SPEAKS_OF = 0.5
"""Share of the question that a sentence must hold to be shown beside an honest no."""

SURE = 0.75
"""Restored diacritics surer than this are matched as accented words; below, without diacritics."""


class _Ranked(NamedTuple):
    """The sentences, best first, and how much it is doubted that they answer.

    article: title and text of the best one's article. strange: the first name or amount of the question that it does not know.
    features: what the doubt was judged by.
    """

    sentences: list[Candidate]
    doubt: float
    article: str = ""
    strange: str = ""
    features: Features | None = None


class QuotationAnswerer:
    """Answers by quotation. Safe to share between threads."""

    def __init__(
        self, searcher: Searcher, archive: Archive, *, threshold: float = THRESHOLD, reader: Reads | None = None
    ) -> None:
        """reader: reads the first sentences again (app/reread.py); None leaves them as words and places rank them."""
        self._searcher = searcher
        self._archive = archive
        self._threshold = threshold
        self._reader = reader

    def answer(self, question: Question) -> Answer:
        """The quoted answer, or the honest no; raises UsageError for a question that is empty or too long."""
        began = time.perf_counter()
        alone = standalone(check_question(question.text), question.history)
        check_range(question)
        now = question.now or datetime.now(VIETNAM)
        asked, text, weights = self._read(alone)
        when = None if question.since or question.until else read_when(text, now) or read_when(alone.own, now)
        hard = when if when is not None and when.hard else None
        since, until = (hard.since, hard.until) if hard else (question.since, question.until)
        whole = asks_for_all_news(alone.own)
        query = Query(
            alone.text, PASSAGES, since, until, question.outlets, question.sections, when is not None and when.newest
        )
        hits, notes = self._find(query, hard, self._searcher.newest if whole else self._searcher.search)
        elsewhen = hard is not None and not any(_within(hit, hard) for hit in hits)
        ranked, score, read, strange, _ = (
            self._ranked(asked, text, weights, hits) if not whole else _Ranked([], 0.0 if hits else 1.0)
        )
        threshold = min(self._threshold, ELSEWHEN) if elsewhen else self._threshold
        decided = self._decided(asked, text, weights, ranked)
        both = None if whole or weights.plain or asked.english else self._both(text, alone, hits, threshold)
        against, partly, plainly = None, "", False
        if decided is not None and 1 - decided.chance <= threshold:
            score = min(score, 1 - decided.chance)
            quoted = deciding(decided, hits, select(asked, ranked))
        elif both is not None:
            quoted, score, partly = both
        elif (whole or asks_for_news(text)) and score <= threshold:
            quoted = newest_items(hits, ranked)
        else:
            plainly = True
            against = None if score > threshold else contradiction(asked, ranked)
            quoted = [] if score > threshold else select(asked, ranked, against=against)
        citations, articles = self._cite(quoted)
        abstained = None if citations else ("nothing_found" if not hits else "not_in_archive")
        shorts = list(dict.fromkeys(q.span_text for q in quoted if q.span_text)) if citations else []
        short = "; ".join(shorts[:1] if against else shorts)  # of two that disagree the newer, of two parts both
        if citations and plainly and against is None:
            said = short_answer(asked, text, weights, ranked[0])
            # A sentence that holds no word of the question may answer it; which of its words do is a guess.
            sure = asked.english or ranked[0].own > 0
            short = said if sure and said in citations[0].quote else ""
        return Answer(
            question=question.text,
            text=quotation_text(citations)
            if citations
            else no_answer(hits, ranked, read, "" if asked.english else strange),
            short_answer=short,
            citations=citations,
            hits=tuple(hits),
            seconds=time.perf_counter() - began,
            abstained=abstained,
            abstain_score=score,
            notes=(
                *notes,
                *([partly] if partly else []),
                *_conflict(quoted if against else []),
                *corrections(articles),
                *_older(when, articles, now),
            ),
            since=None if elsewhen else since,
            until=None if elsewhen else until,
        )

    def _ranked(self, asked: Asked, text: str, weights: Weights, hits: Sequence[Hit]) -> _Ranked:
        ranked = rank(asked, text, weights, hits) if asked.content else []
        if not ranked:
            return _Ranked([], 1.0)
        if self._reader is not None and not asked.english and not weights.plain:
            ranked = reread(text, ranked, self._reader)
        about = self._archive.get(ranked[0].hit.passage.docid, ranked[0].hit.passage.version)
        read = f"{about.title}\n{about.text}" if about is not None else ""
        known = read or ranked[0].hit.passage.text
        year = about.published.year if about is not None and about.published is not None else None
        strange = ("" if weights.plain else stranger(text, known)) or strange_year(text, known, year)
        found = features(asked, text, weights, ranked, hits, known, strange)
        return _Ranked(ranked, abstain_score(found, english=asked.english), read, strange, found)

    def _decided(self, asked: Asked, text: str, weights: Weights, ranked: Sequence[Candidate]) -> Decided | None:
        """What the two articles spoken of first say to a yes-or-no question; None for every other question."""
        if asked.wanted is not Wanted.TRUTH or asked.english or weights.plain or asks_for_news(text):
            return None
        versions = dict.fromkeys((c.hit.passage.docid, c.hit.passage.version) for c in ranked)
        articles = [self._archive.get(docid, version) for docid, version in list(versions)[:READ_FOR_TRUTH]]
        return decide(text, [a for a in articles if a is not None])

    def _both(
        self, text: str, alone: Standalone, hits: Sequence[Hit], threshold: float
    ) -> tuple[list[Quoted], float, str] | None:
        """Both parts of a question answered: what to quote, the lesser doubt, and a note when only one is.

        None when none is, and for a question that asks one thing.
        """
        quoted, doubts, silent = [], [], []
        for part in two_questions(text) or ():
            asked, text, weights = self._read(Standalone(part, alone.carried))
            ranked, doubt, *_ = self._ranked(asked, text, weights, hits)
            if doubt > threshold:
                silent.append(part)
                continue
            first, *more = select(asked, ranked)
            said = short_answer(asked, text, weights, ranked[0])
            quoted.append([replace(first, span_text=said if said in ranked[0].text else ""), *more])
            doubts.append(doubt)
        if not doubts:
            return None
        note = say("vi", "part_unanswered", part=silent[0]) if silent else ""
        return shared(quoted), min(doubts), note

    def _find(
        self, query: Query, hard: When | None, look: Callable[[Query], list[Hit]]
    ) -> tuple[list[Hit], tuple[str, ...]]:
        """The hits, and a note when the time that the question named holds none. look: how the archive is searched."""
        hits = look(query)
        if hard is None:
            return hits, ()
        if hits:
            return hits, (say("vi", "read_time", label=hard.label, range=_days(hard)),)
        hits = look(replace(query, since=None, until=None))
        return hits, (say("vi", "no_news_then", label=hard.label),) if hits else ()

    def _read(self, alone: Standalone) -> tuple[Asked, str, Weights]:
        """The question read, as spelled by the archive, with the rarity of its words."""
        rewritten = self._searcher.rewrite(alone.own)
        text = rewritten.text
        plain = not has_diacritics(text) or (rewritten.restored is not None and rewritten.restored < SURE)
        asked = read_question(text)
        shares = dict.fromkeys(content_tokens(alone.carried), CARRIED) if alone.carried else {}
        shares.update(dict.fromkeys(asked.content, 1.0))
        every = tokens(text)
        topical = set(asked.content)
        joined = [p for p in pairs(every) if not topical.isdisjoint(p.split("_"))]
        if plain:
            shares = {fold(term): share for term, share in shares.items()}
            joined = [fold(term) for term in joined]
        field = "plain" if plain else "words"
        rare = self._searcher.rarities([*shares, *joined], field=field)
        return (
            asked,
            text,
            Weights(
                {t: rare[t] * share for t, share in shares.items()},
                {p: rare[p] for p in joined},
                plain,
                restored=rewritten.restored is not None,
            ),
        )

    def _cite(self, quoted: Sequence[Quoted]) -> tuple[tuple[Citation, ...], list[Article]]:
        """A citation for each quotation that its article proves, and the articles."""
        citations: list[Citation] = []
        articles: dict[str, Article] = {}
        for quote in quoted:
            passage = quote.hit.passage
            article = self._archive.get(passage.docid, passage.version)
            if article is None:
                continue
            words = article.text[quote.start : quote.end]
            if article.text[passage.start : passage.end] != passage.text or not words:
                continue  # the archive moved on since the index was synced: nothing unproved leaves
            articles[article.id] = article
            citations.append(
                Citation(
                    marker=len(citations) + 1,
                    docid=article.id,
                    url=article.url,
                    title=article.title,
                    outlet=article.outlet,
                    published=article.published,
                    quote=words,
                    start=quote.start,
                    end=quote.end,
                )
            )
        return tuple(citations), list(articles.values())


def _days(when: When) -> str:
    """The days that are searched: "từ 11/08/2026 đến 12/08/2026"."""
    since = when.since.strftime("%d/%m/%Y") if when.since else ""
    until = when.until.strftime("%d/%m/%Y") if when.until else ""
    if since and until:
        said = say("vi", "range_day", since=since) if since == until else say("vi", "range", since=since, until=until)
    else:
        said = say("vi", "range_since", since=since) if since else say("vi", "range_until", until=until)
    return said[:1].lower() + said[1:]


def _within(hit: Hit, when: When) -> bool:
    """Whether a hit was published in the range of a time expression."""
    published = hit.passage.published
    return published is not None and (when.since or published) <= published <= (when.until or published)


def check_question(text: str) -> str:
    """The question without outer white space; raises UsageError for an empty or a too long one."""
    text = " ".join(text.split())
    if not text:
        raise UsageError(
            'the question is empty; wanted a sentence. Mend: hoitin ask "Ai …?"',
            public=say("vi", "question_empty"),
        )
    if len(text) > MAX_QUESTION:
        raise UsageError(
            f"the question has {len(text):,} characters, wanted at most {MAX_QUESTION:,}. "
            "Mend: ask one thing at a time",
            public=say("vi", "question_too_long", limit=f"{MAX_QUESTION:,}".replace(",", ".")),
        )
    return text


def check_range(question: Question) -> None:
    """Raise UsageError when the first day that was set is after the last."""
    if question.since and question.until and question.since > question.until:
        since, until = (d.strftime("%d/%m/%Y") for d in (question.since, question.until))
        raise UsageError(
            f"the dates: found {since} to {until}, wanted the earlier one first. Mend: --since {until} --until {since}",
            public=say("vi", "range_backwards", since=since, until=until),
        )


def quotation_text(citations: Sequence[Citation]) -> str:
    """The answer as the reader sees it: each quotation with its marker, its outlet and its date."""
    return "\n".join(f"“{c.quote}” [{c.marker}] ({said_by(c)})" for c in citations)


def said_by(citation: Citation) -> str:
    """ "theo HTV, 01/11/2025"."""
    day = citation.published.strftime("%d/%m/%Y") if citation.published else say("vi", "no_date")
    return say("vi", "said_by", outlet=citation.outlet or say("vi", "no_outlet"), date=day)


def no_answer(hits: Sequence[Hit], ranked: Sequence[Candidate] = (), article: str = "", strange: str = "") -> str:
    """The honest no, with what the nearest article is about; and what it says, when it is about what was asked.

    article: the text of the best candidate's article; what no longer stands in it is not repeated. strange: the name or
    amount of the question that it does not know, "" when there is none to tell of.
    """
    if not hits:
        return say("vi", "no_answer")
    best = ranked[0] if ranked else None
    near = best is not None and best.local >= SPEAKS_OF and best.text in article
    passage = best.hit.passage if best is not None and near else hits[0].passage
    day = passage.published.strftime("%d/%m/%Y") if passage.published else say("vi", "no_date")
    outlet = passage.outlet or say("vi", "no_outlet")
    if best is not None and near and strange:
        return say(
            "vi", "no_answer_stranger", title=passage.title, outlet=outlet, date=day, said=strange, quote=best.text
        )
    if best is not None and near:
        return say("vi", "no_answer_but", title=passage.title, outlet=outlet, date=day, quote=best.text)
    return say("vi", "no_answer_nearest", title=passage.title, outlet=outlet, date=day)


def _conflict(quoted: Sequence[Quoted]) -> tuple[str, ...]:
    """A note that two articles disagree, with both values, their outlets and their days, newest first."""
    if len(quoted) < 2:
        return ()
    said = []
    for quote in quoted:
        passage = quote.hit.passage
        day = passage.published.strftime("%d/%m/%Y") if passage.published else say("vi", "no_date")
        said.append(f"{quote.span_text} ({passage.outlet or say('vi', 'no_outlet')}, {day})")
    return (say("vi", "conflict", values="; ".join(said)),)


def corrections(articles: Sequence[Article]) -> tuple[str, ...]:
    """A note for each quoted article that was corrected after it was first published."""
    return tuple(
        say("vi", "corrected", title=a.title, date=a.updated.strftime("%d/%m/%Y"))
        if a.updated is not None
        else say("vi", "changed_since", title=a.title)
        for a in articles
        if a.version > 1
    )


def _older(when: When | None, articles: Sequence[Article], now: datetime) -> tuple[str, ...]:
    """A note when the question asks for the newest and the newest quoted is months old, seen from `now`."""
    if when is None or not when.newest or not articles:
        return ()
    dated = [a.published for a in articles if a.published is not None]
    if not dated or now - max(dated) < timedelta(days=60):
        return ()
    return (say("vi", "newest_is_old", date=max(dated).strftime("%d/%m/%Y")),)


__all__ = ["Candidate", "QuotationAnswerer", "check_question", "no_answer", "quotation_text", "said_by"]
