"""What the web needs of the wired app. This module knows nothing of HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.web.talk import Rooms


class Configured(Protocol):
    """The settings, as far as the web needs them."""

    @property
    def home(self) -> Path: ...


class WebApp(Rooms, Protocol):
    """What the web needs of app.wiring.App: archive, answerer, settings.home."""

    @property
    def settings(self) -> Configured: ...
