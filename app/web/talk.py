"""One question asked for the page: from words and filters to an Exchange, whatever happens.

    Limits + words -> Question -> Answerer -> Exchange (answered, abstained or failed)

The reader sees the public sentence of an error and the log its details. This
module decides nothing about answers and knows nothing of HTML or gradio.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.answer import Answer, Answerer, Question
from app.messages import Lang, say
from app.web.exchange import Exchange, answered, failed, turns_of
from app.web.past import Limits
from app.web.shelf import Glance, Library, Shelf, followups
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


class Talk:
    """Asks the answerer on behalf of the page, in one language."""

    def __init__(self, app: Rooms, lang: Lang) -> None:
        self._app = app
        self.lang: Lang = lang
        self._shelf = Shelf(app.archive, lang)

    def glance(self) -> Glance:
        """The archive in a few words; an empty glance when it cannot be read, so that the page still opens."""
        try:
            return self._shelf.glance()
        except Exception:
            log.exception("the archive could not be glanced at")
            return Glance(0, None, (), ())

    def begin(self, words: str, limits: Limits, *, any_time: bool = False) -> Exchange:
        """The exchange as it stands when the question has just been sent."""
        since, until = limits.bounds()
        return Exchange(
            secrets.token_hex(4),
            words if len(words) <= _SHOWN else words[:_SHOWN] + "…",
            datetime.now(VIETNAM).isoformat(timespec="seconds"),
            since=since.isoformat() if since and not any_time else "",
            until=until.isoformat() if until and not any_time else "",
            outlets=(limits.outlet,) if limits.outlet else (),
            any_time=any_time,
        )

    def finish(self, pending: Exchange, words: str, limits: Limits, earlier: Sequence[Exchange]) -> Exchange:
        """The exchange with its answer. Never raises: an error becomes a sentence for the reader."""
        since, until = (EVER, None) if pending.any_time else limits.bounds()
        if since and until and since > until:
            return failed(pending, say(self.lang, "range_reversed"))
        question = Question(
            words,
            since=since,
            until=until,
            outlets=pending.outlets,
            now=datetime.now(VIETNAM),
            history=turns_of(earlier),
        )
        begun = time.perf_counter()
        try:
            answer = self._app.answerer.answer(question)
            return answered(pending, answer, self._app.archive.same_story, self._next(answer))
        except UsageError as error:
            return failed(pending, error.public)
        except HoitinError as error:
            log.error("question failed after %.3f s: %s", time.perf_counter() - begun, error)
            return failed(pending, error.public)
        except Exception:
            log.exception("question failed after %.3f s", time.perf_counter() - begun)
            return failed(pending, say(self.lang, "trouble"))

    def _next(self, answer: Answer) -> tuple[str, ...]:
        cited = {c.docid for c in answer.citations}
        others = [hit.passage.title for hit in answer.hits if hit.passage.docid not in cited]
        return followups(answer.question, dict.fromkeys(others), self.lang)
