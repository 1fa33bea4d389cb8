"""What the web needs of the wired app. This module knows nothing of HTTP."""

from __future__ import annotations

from typing import Protocol

from app.settings import Settings
from app.web.talk import Rooms


class WebApp(Rooms, Protocol):
    """What the web needs of app.wiring.App: archive, answerer, settings."""

    @property
    def settings(self) -> Settings: ...
