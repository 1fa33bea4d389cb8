"""One question asked for the page: from words and filters to an Exchange, whatever happens.

    Limits + words -> Question -> Answerer -> Exchange, growing while a model writes
    conversation -> what to ask next

The reader sees the public sentence of an error and the log its details. This
module decides nothing about answers and knows nothing of HTML or gradio.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from app.answer import Answer, Answerer, Question, Turn
from app.heard import heard
from app.messages import Lang, say
from app.retell import retell, retell_lines
from app.web.exchange import Exchange, answered, failed, turns_of
from app.web.followups import WANTED, Followups
from app.web.past import Limits
from app.web.shelf import Glance, Library, Shelf
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError

log = logging.getLogger("hoitin.web")

EVER = datetime(1900, 1, 1, tzinfo=VIETNAM)
"""The first moment of "any time": a bound set by a person outweighs dates read from the question's words."""
_SHOWN = 2_000
"""Characters of a question that are shown and kept; the answer chain judges all of it."""


class Rooms(Protocol):
    """What the web needs of the wired app."""

    @property
    def archive(self) -> Library: ...
    @property
    def answerer(self) -> Answerer: ...


@runtime_checkable
class Streaming(Protocol):
    """An answerer that gives its answer as it grows, each step proved and whole in itself."""

    def stream(self, question: Question) -> Iterator[Answer]: ...


class Talk:
    """Asks the answerer on behalf of the page, in one language."""

    def __init__(self, app: Rooms, lang: Lang) -> None:
        self._app = app
        self.lang: Lang = lang
        self._shelf = Shelf(app.archive, lambda words: self._quotation().answer(Question(words)))
        self._followups: Followups | None = None

    @property
    def writer(self) -> str:
        """The name of the model that writes answers; "" when they are quotations."""
        return str(getattr(getattr(self._app, "settings", None), "writer_name", ""))

    def _quotation(self) -> Answerer:
        """Quick and without a model that writes: it sees whether a question can be answered."""
        found: Answerer = getattr(self._app, "quotation", None) or self._app.answerer
        return found

    def glance(self) -> Glance:
        """The archive in a few words; an empty glance when it cannot be read, so that the page still opens."""
        try:
            return self._shelf.glance()
        except Exception:
            log.exception("the archive could not be glanced at")
            return Glance(0, None, (), ())

    def begin(self, words: str, limits: Limits, *, without: Collection[str] = ()) -> Exchange:
        """The exchange as it stands when the question has just been sent; without: kinds of filter taken away."""
        for kind in without:
            limits = limits.lift(kind)
        since, until = limits.bounds()
        glance = self.glance()
        named = heard(words[:_SHOWN], glance.outlets, glance.sections)
        outlet = limits.outlet or ("" if "outlet" in without else named.outlet)
        section = limits.section or ("" if "section" in without else named.section)
        return Exchange(
            secrets.token_hex(4),
            words if len(words) <= _SHOWN else words[:_SHOWN] + "…",
            datetime.now(VIETNAM).isoformat(timespec="seconds"),
            since=since.isoformat() if since else "",
            until=until.isoformat() if until else "",
            outlets=(outlet,) if outlet else (),
            sections=(section,) if section else (),
            without=tuple(dict.fromkeys(without)),
        )

    def steps(self, pending: Exchange, words: str, limits: Limits, earlier: Sequence[Exchange]) -> Iterator[Exchange]:
        """The exchange as its answer grows. Never raises: an error becomes a sentence for the reader."""
        return self._answered(pending, words, limits, turns_of(earlier))

    def finish(self, pending: Exchange, words: str, limits: Limits, earlier: Sequence[Exchange]) -> Exchange:
        """The exchange as it ends."""
        *_, last = self.steps(pending, words, limits, earlier)
        return last

    def next(self, conversation: Sequence[Exchange]) -> tuple[str, ...]:
        """What to ask after the last answer; takes some tenths of a second, so the answer does not wait for it."""
        if not conversation or conversation[-1].state not in ("answered", "abstained"):
            return ()
        *earlier, last = conversation
        try:
            followups = self._next().after(last, turns_of(earlier))
            if last.state == "abstained":  # a no is no dead end: the newest that can be answered stands below
                offered = [q for q in self.glance().questions if q not in followups]
                followups = (*followups, *offered)[:WANTED]
        except Exception:  # the answer stands without them
            log.exception("no follow-ups could be made")
            return ()
        return followups

    def _answered(self, pending: Exchange, words: str, limits: Limits, history: tuple[Turn, ...]) -> Iterator[Exchange]:
        for kind in pending.without:
            limits = limits.lift(kind)
        since, until = (EVER, None) if "time" in pending.without else limits.bounds()
        if since and until and since > until:
            yield failed(pending, say(self.lang, "range_reversed"))
            return
        question = Question(
            words,
            since=since,
            until=until,
            outlets=pending.outlets,
            sections=pending.sections,
            now=datetime.now(VIETNAM),
            history=history,
        )
        begun = time.perf_counter()
        try:
            answerer = self._app.answerer
            if not isinstance(answerer, Streaming):
                yield self._told(answered(pending, answerer.answer(question), self._app.archive.same_story))
                return
            last: Exchange | None = None
            for answer in answerer.stream(question):
                last = self._told(answered(pending, answer, self._app.archive.same_story))
                yield replace(last, growing=True)
            if last is not None:
                yield last
        except UsageError as error:
            yield failed(pending, retell(error.public, self.lang))
        except HoitinError as error:
            log.error("question failed after %.3f s: %s", time.perf_counter() - begun, error)
            yield failed(pending, retell(error.public, self.lang))
        except Exception:
            log.exception("question failed after %.3f s", time.perf_counter() - begun)
            yield failed(pending, say(self.lang, "trouble"))

    def _told(self, exchange: Exchange) -> Exchange:
        """With the program's own sentences in the page's language."""
        text = retell(retell_lines(exchange.text, self.lang), self.lang)
        return replace(exchange, text=text)

    def _next(self) -> Followups:
        if self._followups is None:
            self._followups = Followups(self._app.archive, self._quotation())
        return self._followups
