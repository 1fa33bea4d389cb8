"""robots.txt by RFC 9309, and the turns a site is given."""

from __future__ import annotations

import time

import pytest

from ingest.fetched import FetchError
from ingest.manners import FAILED_KEPT_S, KEPT_S, Manners
from ingest.robots import Robots, read_robots

BOT = "HoiTin/0.1 (+https://bao.example/lien-he)"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /in/", "/in/1.html", False),
        ("Disallow: /in/", "/tin/1.html", True),
        ("Disallow:", "/tin/1.html", True),
        ("Disallow: /", "/", False),
        ("Disallow: /*?", "/tin?p=1", False),
        ("Disallow: /*?", "/tin", True),
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /a*b*c$", "/a-b-c-c", False),
        ("Disallow: /ab*b$", "/ab", True),
        ("Disallow: /\nAllow: /tin/", "/tin/1.html", True),
        ("Allow: /\nDisallow: /tin/kin", "/tin/kin/1", False),
        ("Disallow: /tin\nAllow: /tin", "/tin", True),
        ("Disallow: /thời-sự", "/th%E1%BB%9Di-s%E1%BB%B1/1", False),
        ("Disallow: /th%e1%bb%9di", "/th%E1%BB%9Di-su", False),
        ("disallow : /in/ # ban in", "/in/1", False),
        ("khong ro\nDisallow /in/\n: /in/", "/in/1", True),
    ],
)
def test_the_longest_rule_that_matches_decides(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(f"User-agent: *\n{rules}\n", BOT).allows(path) is allowed


def test_a_group_of_our_own_name_counts_instead_of_the_group_for_all() -> None:
    text = (
        "User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nUser-agent: HOITIN\nDisallow: /kin\n\n"
        "User-agent: hoitin\nDisallow: /rieng\n"
    )
    robots = read_robots(text, BOT)
    assert [robots.allows(path) for path in ("/tin", "/kin", "/rieng")] == [True, False, False]
    assert not read_robots(text, "KhacBot/1").allows("/tin")


def test_without_any_group_for_us_everything_is_open() -> None:
    assert read_robots("User-agent: GPTBot\nDisallow: /", BOT) == Robots()
    assert read_robots("\ufeff<html>404</html>", BOT) == Robots()


@pytest.mark.parametrize(
    ("value", "seconds"), [("10", 10.0), ("0.5", 0.5), ("-1", 0.0), ("nhanh", 0.0), ("9" * 400, 0.0)]
)
def test_crawl_delay_is_read_in_seconds(value: str, seconds: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}", BOT).crawl_delay_s == seconds


def test_a_pattern_made_to_be_slow_is_not() -> None:
    robots = read_robots("User-agent: *\nDisallow: /" + "*a" * 5000 + "$", BOT)
    started = time.perf_counter()
    assert robots.allows("/" + "a" * 4000 + "b")
    assert time.perf_counter() - started < 0.5


def test_robots_txt_is_kept_a_day_and_a_failure_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    now, fetched = [1000.0], []
    monkeypatch.setattr("ingest.manners.time.monotonic", lambda: now[0])
    manners = Manners(0.0, sleep=lambda seconds: None)

    def fetch() -> Robots:
        fetched.append(now[0])
        return Robots()

    def fail() -> FetchError:
        fetched.append(now[0])
        return FetchError("https://bao.example/robots.txt", "http_503", "found HTTP 503", status=503, passing=True)

    for later in (0.0, KEPT_S - 1, KEPT_S + 1):
        now[0] = 1000.0 + later
        manners.robots("https://bao.example", fetch)
    assert fetched == [1000.0, 1000.0 + KEPT_S + 1]

    fetched.clear()
    for later in (0.0, FAILED_KEPT_S - 1, FAILED_KEPT_S + 1):
        now[0] = 1000.0 + later
        assert isinstance(manners.robots("https://khac.example", fail), FetchError)
    assert fetched == [1000.0, 1000.0 + FAILED_KEPT_S + 1]
