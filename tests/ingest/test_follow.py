"""Following sources: the file that lists them, and the loop that visits them, on a clock of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import HoitinError, UsageError
from ingest.follow import FollowedSource, follow, parse_sources, read_sources
from ingest.web_reading import when_due

A, B = (
    FollowedSource("https://a.example/rss", every_minutes=10),
    FollowedSource("https://b.example/rss", every_minutes=15),
)


# ---- sources.toml


def test_every_field_of_a_source_is_read_and_the_rest_has_its_default() -> None:
    text = """
    # Hai nguồn
    [[source]]
    url = "https://bao.example/rss/thoi-su.rss"
    outlet = "Báo Ví Dụ"
    section = "Thời sự"
    every_minutes = 2.5
    limit = 20

    [[source]]
    url = "https://tin.example/sitemap.xml"
    """
    assert parse_sources(text) == (
        FollowedSource("https://bao.example/rss/thoi-su.rss", "Báo Ví Dụ", "Thời sự", 2.5, 20),
        FollowedSource("https://tin.example/sitemap.xml", "", "", 15, 50),
    )


def test_a_followed_source_is_read_only_when_it_changed() -> None:
    reading = FollowedSource("https://a.example/rss", "Báo A", "Kinh tế", limit=7).reading
    assert (reading.conditional, reading.limit, reading.outlet, reading.section) == (True, 7, "Báo A", "Kinh tế")
    assert reading.revisit is when_due


GOOD = '[[source]]\nurl = "https://a.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "every_minutes = = 3\n", "sources.toml:3: found broken TOML (Invalid value)"),
        (GOOD + 'outlet = "Báo', "sources.toml:3: found broken TOML ("),
        ("", "sources.toml:1: found no [[source]], wanted entries like "),
        ("[source]\nurl = 'https://a.example/rss'\n", "sources.toml:1: found no [[source]], wanted entries like "),
        (GOOD + "\n[fetch]\ndelay = 3\n", "sources.toml:4: found 'fetch', wanted [[source]]. Mend: edit sources.toml"),
        (GOOD + "every_minute = 3\n", "sources.toml:3: found the key 'every_minute', wanted every_minutes. Mend: edit"),
        (GOOD + "xyz = 3\n", "sources.toml:3: found the key 'xyz', wanted url, outlet, section, every_minutes, limit"),
        (GOOD + "\n[[source]]\noutlet = 'B'\n", "sources.toml:4: found no url, wanted the https://… address of a feed"),
        ("[[source]]\nurl = 'tin.jsonl'\n", "sources.toml:2: found url = 'tin.jsonl', wanted the https://… address"),
        (GOOD + "outlet = 7\n", "sources.toml:3: found outlet = 7, wanted text in quotes"),
        (GOOD + "every_minutes = 0\n", "sources.toml:3: found every_minutes = 0, wanted a number from 1 to 10080"),
        (GOOD + "every_minutes = true\n", "sources.toml:3: found every_minutes = True, wanted a number from 1 to"),
        (GOOD + "limit = 2.5\n", "sources.toml:3: found limit = 2.5, wanted a whole number from 1 to 1000"),
        (GOOD + GOOD, "sources.toml:4: found https://a.example/rss again, first in line 2; wanted each address once"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_sources(text)
    assert str(caught.value).startswith(message)
    assert "Mend: edit sources.toml" in str(caught.value)


def test_a_missing_file_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    with pytest.raises(UsageError) as caught:
        read_sources(path)
    assert str(caught.value).startswith(f"{path}: no such file, wanted one with [[source]] entries. Mend: printf ")
    path.write_text(GOOD, "utf-8")
    assert read_sources(path) == (FollowedSource("https://a.example/rss"),)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(b"\xff\xfe[[source]]")
    with pytest.raises(UsageError, match="wanted a file in UTF-8"):
        read_sources(path)


# ---- the loop


class Clock:
    """Time that passes only while someone sleeps; after `until` minutes the person presses Ctrl-C."""

    def __init__(self, until: float) -> None:
        self.now, self.until = 0.0, until * 60

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now > self.until:
            raise KeyboardInterrupt

    @property
    def minute(self) -> float:
        return self.now / 60


def test_each_source_is_visited_at_once_and_then_at_its_own_interval() -> None:
    clock, visits = Clock(until=31), []
    with pytest.raises(KeyboardInterrupt):
        follow([A, B], lambda source: visits.append((clock.minute, source)), clock=clock, sleep=clock.sleep)
    assert visits == [(0, A), (0, B), (10, A), (15, B), (20, A), (30, A), (30, B)]


def test_the_interval_counts_from_the_end_of_a_visit() -> None:
    clock, visits = Clock(until=25), []

    def slow(source: FollowedSource) -> None:
        visits.append(clock.minute)
        clock.now += 4 * 60

    with pytest.raises(KeyboardInterrupt):
        follow([A], slow, clock=clock, sleep=clock.sleep)
    assert visits == [0, 14]


def test_a_source_that_fails_is_visited_less_and_less_often_until_it_goes_well() -> None:
    clock, visits, troubles = Clock(until=340), [], []

    def visit(source: FollowedSource) -> None:
        visits.append(clock.minute)
        if len(visits) <= 5:
            raise HoitinError(f"{source.url}: found HTTP 503; wanted a page")

    def note(source: FollowedSource, error: HoitinError) -> None:
        troubles.append((source, str(error)))

    with pytest.raises(KeyboardInterrupt):
        follow([A], visit, clock=clock, sleep=clock.sleep, on_trouble=note)
    assert visits == [0, 20, 60, 140, 220, 300, 310, 320, 330, 340]
    assert troubles == [(A, "https://a.example/rss: found HTTP 503; wanted a page")] * 5


def test_one_failing_source_does_not_hold_up_the_others() -> None:
    clock, visits = Clock(until=20), []

    def visit(source: FollowedSource) -> None:
        if source is A:
            raise HoitinError("A is down")
        visits.append(clock.minute)

    with pytest.raises(KeyboardInterrupt):
        follow([A, B], visit, clock=clock, sleep=clock.sleep)
    assert visits == [0, 15]


def test_a_fault_of_our_own_is_not_swallowed() -> None:
    def visit(source: FollowedSource) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        follow([A], visit, clock=Clock(until=1), sleep=lambda seconds: None)
