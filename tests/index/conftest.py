"""Rooms to try the index in, and the real model built once for all tests that need it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from wordbag import Room

from app.settings import read_settings
from index.offline import ensure_model


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def cache() -> Path:
    """The cache folder that holds the real model: HOITIN_TEST_CACHE, else the one that hoitin itself uses."""
    named = os.environ.get("HOITIN_TEST_CACHE")
    return Path(named) if named else read_settings().cache


@pytest.fixture(scope="session")
def model(cache: Path) -> Path:
    """The folder of the real model, built if it is not there: about 10 s and 0.8 GB, once."""
    return ensure_model(cache)
