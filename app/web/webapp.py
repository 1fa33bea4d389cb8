"""What the web needs of the wired app. This module knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from app.check.adviser import Adviser
from app.check.verdict import Claim, ClaimCheck
from app.settings import Settings
from app.web.shelf import Library
from app.web.talk import Rooms
from ingest.article import Rejection


class Checks(Protocol):
    """The checker, as far as the web needs it."""

    def claims(self, draft: str) -> list[Claim]: ...

    def check(self, draft: str, *, now: datetime | None = None) -> Iterator[ClaimCheck]: ...


class Holdings(Library, Protocol):
    """The archive, as far as its page for editors needs it."""

    def stats(self, days: int = 0) -> dict[str, Any]: ...
    def rejections(self, limit: int = 100) -> Sequence[tuple[datetime, Rejection]]: ...


class WebApp(Rooms, Protocol):
    """What the web needs of app.wiring.App: archive, answerer, checker, adviser (None without a model), settings."""

    @property
    def checker(self) -> Checks: ...

    @property
    def adviser(self) -> Adviser | None: ...

    @property
    def archive(self) -> Holdings: ...

    @property
    def settings(self) -> Settings: ...

    def ready(self) -> dict[str, Any]:
        """articles, passages, behind (changes not indexed yet), model; raises HoitinError if no answer can be given."""
        ...

    def behind(self) -> int:
        """Changes of the archive that the index has yet to take in."""
        ...
