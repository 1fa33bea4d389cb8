"""What a fetcher remembers of each site, to be no burden: its robots.txt, and when its turn comes.

This module knows nothing of connections; the fetcher brings robots.txt and waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ingest.fetched import FetchError
from ingest.robots import Robots

KEPT_S = 24 * 3600.0
"""robots.txt is read again after a day (RFC 9309, 2.4)."""

FAILED_KEPT_S = 300.0
"""A site that could not say its rules is asked again after this long."""

MAX_CRAWL_DELAY_S = 30.0
"""A longer Crawl-delay is kept to this much: a feed of fifty articles must end some day."""


class Manners:
    """By site ("https://bao.example"): its rules and its turns.

    delay_s: at least this long between two requests to a site.
    """

    def __init__(self, delay_s: float, sleep: Callable[[float], object]) -> None:
        self._delay_s, self._sleep = delay_s, sleep
        self._next_at: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Robots | FetchError]] = {}

    def robots(self, site: str, fetch: Callable[[], Robots | FetchError]) -> Robots | FetchError:
        """The site's rules, fetched when unknown or old; a FetchError where the site cannot say them now."""
        until, robots = self._robots.get(site, (0.0, None))
        if robots is None or until < time.monotonic():
            robots = fetch()
            kept_s = FAILED_KEPT_S if isinstance(robots, FetchError) else KEPT_S
            self._robots[site] = (time.monotonic() + kept_s, robots)
        return robots

    def wait_for_turn(self, site: str) -> None:
        """Sleep until the site may be asked again."""
        wait = self._next_at.get(site, 0.0) - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        _, robots = self._robots.get(site, (0.0, None))
        asked = robots.crawl_delay_s if isinstance(robots, Robots) else 0.0
        self._next_at[site] = time.monotonic() + max(self._delay_s, min(asked, MAX_CRAWL_DELAY_S))
