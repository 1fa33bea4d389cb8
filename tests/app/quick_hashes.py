"""Password hashes that take no time, for tests of what surrounds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from app import passwords


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Within the block, argon2 is told to spend as little as it can."""
    quick = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash(b"nobody has this password"))
        yield
