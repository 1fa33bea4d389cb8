"""Days and moments as people type them on the command line."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.commands import read_day, read_moment
from ingest.article import VIETNAM
from ingest.errors import UsageError


@pytest.mark.parametrize("text", ["2026-10-31", "31/10/2026", "31-10-2026", " 31/10/2026 "])
def test_a_day_is_read_in_the_ways_people_write_it(text: str) -> None:
    assert read_day(text, "--since") == datetime(2026, 10, 31, tzinfo=VIETNAM)
    assert read_day(text, "--until", end=True) == datetime(2026, 10, 31, 23, 59, 59, 999999, tzinfo=VIETNAM)


@pytest.mark.parametrize("text", ["31/2/2026", "10/31/2026", "hôm qua", "2026", "", "31/10/26"])
def test_what_is_no_day_is_refused_by_the_name_of_its_option(text: str) -> None:
    with pytest.raises(UsageError, match=r"--since: found .*wanted a day\. Mend: --since 2026-10-31"):
        read_day(text, "--since")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-10-31T08:00:00+07:00", 8),
        ("2026-10-31T01:00:00Z", 8),
        ("2026-10-31T08:00", 8),
        ("2026-10-31 08:00", 8),
        ("2026-10-31", 0),
    ],
)
def test_a_moment_is_told_in_vietnam_s_time(text: str, hour: int) -> None:
    assert read_moment(text) == datetime(2026, 10, 31, hour, tzinfo=VIETNAM)
    assert read_moment(text).utcoffset() == VIETNAM.utcoffset(None)


@pytest.mark.parametrize("text", ["bây giờ", "31/10/2026", "", "2026-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"])  # fmt: skip
def test_what_is_no_moment_in_vietnam_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"--now: found .*wanted an ISO 8601 moment\. Mend: --now 2026"):
        read_moment(text)
