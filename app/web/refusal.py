"""Why a request is turned away: each refusal is an error with its HTTP status and headers.

This module knows nothing of how it is shown (app.routes.problem does).
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.errors import HoitinError


class Refusal(HoitinError):
    """Turned away. status: of HTTP; headers: to send with it."""

    status = 403

    def __init__(self, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence, public=sentence)
        self.headers = dict(headers or {})


class NotSignedIn(Refusal):
    """Only for editors who signed in; a page is led to the sign-in page instead."""

    status = 401


class Forged(Refusal):
    """A form or call that did not come from a page of ours, or from one that is too old."""


class NoKey(Refusal):
    """No API key, or one that does not allow this."""

    status = 401


class TooMany(Refusal):
    """More requests than this client may make."""

    status = 429
