"""A hold on what the server does: a test sees the state in between however slow the machine is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_S = 60
"""A forgotten hold ends by itself, so that a failing test does not hang the rest."""


class Hold:
    """Lets everything through, until held; then only as many steps as were let through."""

    def __init__(self) -> None:
        self._steps: threading.Semaphore | None = None

    def step(self) -> None:
        """Wait for leave to go on; at once when nothing is held."""
        if (steps := self._steps) is not None:
            steps.acquire(timeout=LONGEST_S)

    def let(self, steps: int) -> None:
        """Let that many more steps through."""
        if self._steps is not None:
            self._steps.release(steps)

    @contextmanager
    def after(self, steps: int = 0) -> Iterator[Hold]:
        """Hold everything behind the first `steps` steps while the block runs, or until `end`."""
        self._steps = threading.Semaphore(steps)
        try:
            yield self
        finally:
            self.end()

    def end(self) -> None:
        """Let all through from now on, those that wait as well."""
        held, self._steps = self._steps, None
        if held is not None:
            held.release(10_000)
