"""How hypothesis behaves in all rooms: the same cases on every machine, and no case fails for being slow."""

from __future__ import annotations

from hypothesis import settings

# A slow machine is no wrong answer, and what passed here passes there: who wants other cases asks for them
# (`pytest --hypothesis-profile=thorough`).
settings.register_profile("everywhere", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("everywhere")
