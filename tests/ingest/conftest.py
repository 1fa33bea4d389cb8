"""An empty archive for each test: SQLite, or the PostgreSQL database that HOITIN_TEST_DATABASE names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import database, schema
from ingest.archive import Archive

DATABASE = os.environ.get("HOITIN_TEST_DATABASE", "")
"""A database that may be emptied ("postgresql+psycopg://…"): the archive must behave the same on it."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    if DATABASE:
        emptied = database.open_engine(DATABASE, read_only=False)
        schema.metadata.drop_all(emptied)
        emptied.dispose()
    with Archive.open(DATABASE or tmp_path / "archive.sqlite") as opened:
        yield opened
