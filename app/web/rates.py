"""How often one client may call: a bucket each, filled again as time goes by.

    take("198.51.100.7") -> 0.0 (go on), or the seconds to wait

In memory, for one process. This module knows nothing of HTTP.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_REMEMBERED = 20_000
"""Clients at most; the one heard of longest ago is forgotten first, and begins anew with a full bucket."""


class Rates:
    """At most `per_minute` calls a minute, all of which may come at once; 0 sets no limit.

    >>> rates = Rates(2, clock=lambda: 0.0)
    >>> [rates.take("a") for _ in range(3)], rates.take("b")
    ([0.0, 0.0, 30.0], 0.0)
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> float:
        """Count a call of `who`; the seconds until the next would pass, 0.0 when this one does."""
        if not self._most:
            return 0.0
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(who, (self._most, now))
            left = min(self._most, left + (now - since) * self._most / 60)
            passes = left >= 1
            self._left[who] = (left - passes, now)
            while len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
        return 0.0 if passes else (1 - left) * 60 / self._most
