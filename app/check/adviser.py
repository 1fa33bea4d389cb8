"""Ask a model for a second opinion on claims that are judged already.

    ClaimCheck -> claim and sentences, fenced as data -> one of three words, read strictly -> Opinion

Whatever the model does, the check stands as it was: a word that is none of the three, a time-out, a dead endpoint or
a broken line is an Opinion that gives none and says why. Claims without sentences are not asked about. This module
knows nothing of endpoints, terminals or web pages.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import cast, get_args

from app.check.adviser_prompt import WORDS, opinion_messages
from app.check.opinion import MAX_MODEL, Opinion, WhyNone
from app.check.verdict import ClaimCheck, Evidence, Verdict
from app.writer import Writer, WriterDown
from ingest.errors import HoitinError

log = logging.getLogger("hoitin.check")

WORD_TOKENS = 16
"""Tokens that the model may write: the longest of the three words takes fewer."""

HEARD_CHARS = 80
"""A reply that goes on longer is none of the three words, and is not listened to."""

DRAFT_S = 300.0
"""Seconds for the opinions on one draft, counted after its verdicts; the call in hand then is finished."""

GIVE_UP = 2
"""Calls in a row that came to nothing, after which the rest of a draft is not asked about."""


def read_word(reply: str) -> Verdict | None:
    """The verdict that a reply names; None unless it is one of the three words and nothing else.

    >>> read_word(" UNG_HO\\n"), read_word("SUPPORTED"), read_word("UNG_HO vì các câu giống nhau")
    ('SUPPORTED', None, None)
    """
    return WORDS.get(reply.strip())


def askable(check: ClaimCheck) -> bool:
    """Whether there is something to ask: a claim that is checkable, and sentences beside it."""
    return check.claim.checkable and bool(check.evidence)


class Adviser:
    """A model that may be asked. Safe to share between threads, as its writer is.

    opening: gives the writer when first needed; what it raises makes no check fail. model: the name shown with every opinion.
    """

    def __init__(self, opening: Callable[[], Writer], model: str) -> None:
        self._opening = opening
        self.model = model[:MAX_MODEL]

    def opinion(self, claim: str, evidence: Sequence[Evidence], *, note: str = "") -> Opinion:
        """What the model says of one claim beside its sentences; never raises for what the model does.

        note: what the check noted of the claim, such as whom a pronoun stands for; shown to the model as data.
        """
        try:
            messages = opinion_messages(claim, evidence, note=note)
            reply = ""
            with closing(self._opening().write(messages, max_tokens=WORD_TOKENS)) as pieces:
                for piece in pieces:
                    reply += piece
                    if len(reply) > HEARD_CHARS:
                        break
        except WriterDown as down:
            log.warning("%s", down)
            reason = cast(WhyNone, down.reason) if down.reason in get_args(WhyNone) else "down"
            return Opinion(self.model, why_none=reason)
        except HoitinError as error:  # a model file that is not there, a missing extra
            log.warning("%s", error)
            return Opinion(self.model, why_none="down")
        verdict = read_word(reply)
        return Opinion(self.model, verdict, "" if verdict else "nonsense")

    def opinions(self, checks: Sequence[ClaimCheck], *, limit_s: float = DRAFT_S) -> Iterator[tuple[int, Opinion]]:
        """Which check, and the opinion on it, one after the other for all that are askable, within a time limit."""
        ends = time.monotonic() + limit_s
        failed = 0
        for index, check in enumerate(checks):
            if not askable(check):
                continue
            if failed >= GIVE_UP:
                yield index, Opinion(self.model, why_none="skipped")
            elif time.monotonic() >= ends:
                yield index, Opinion(self.model, why_none="late")
            else:
                made = self.opinion(check.claim.text, check.evidence, note=check.note)
                failed = 0 if made.why_none in ("", "nonsense") else failed + 1
                yield index, made
