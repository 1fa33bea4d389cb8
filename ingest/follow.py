"""sources.toml → feeds, sitemaps and list pages visited again and again, each at its own interval.

    [[source]]
    url = "https://bao.example/rss/thoi-su.rss"
    outlet = "Báo Ví Dụ"        # else the page says
    section = "Thời sự"         # for pages that name none
    every_minutes = 10          # 15 if not given
    limit = 50                  # newest pages of a visit

A source that fails is visited less often, up to eight times its interval, until it goes well again.
When none is due, the caller may do what is to be done once for all (its index). What a visit does is its matter; this module knows neither archive nor index.
"""

from __future__ import annotations

import difflib
import heapq
import re
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from ingest.errors import HoitinError, UsageError
from ingest.web_reading import WebReading, is_web_address, when_due

EVERY_MINUTES = 15.0

SLOWEST = 8
"""A source that keeps failing is visited at most this many times less often."""

EXAMPLE = '[[source]]\nurl = "https://bao.example/rss/thoi-su.rss"\nevery_minutes = 15\n'


@dataclass(frozen=True, slots=True)
class FollowedSource:
    """One [[source]] of sources.toml."""

    url: str
    outlet: str = ""
    section: str = ""
    every_minutes: float = EVERY_MINUTES
    limit: int = 50

    @property
    def reading(self) -> WebReading:
        """How its address is read: only if it changed, and archived pages only when a correction is likely."""
        return WebReading(
            limit=self.limit, outlet=self.outlet, section=self.section, revisit=when_due, conditional=True
        )


def read_sources(path: Path, *, every_minutes: float = EVERY_MINUTES) -> tuple[FollowedSource, ...]:
    """The sources of a file, in its order; raises UsageError naming file, line, and what was wanted.

    every_minutes: of a source that does not say.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        mend = "printf '%s' '" + EXAMPLE.replace("\n", "\\n") + f"' > {path}"
        raise UsageError(f"{path}: no such file, wanted one with [[source]] entries. Mend: {mend}") from None
    except (OSError, UnicodeDecodeError) as err:
        raise UsageError(f"{path}: cannot be read ({err}), wanted a file in UTF-8. Mend: hoitin follow <file>") from err
    return parse_sources(text, str(path), every_minutes=every_minutes)


def parse_sources(
    text: str, name: str = "sources.toml", *, every_minutes: float = EVERY_MINUTES
) -> tuple[FollowedSource, ...]:
    """The sources in the text of a sources.toml.

    >>> parse_sources('[[source]]\\nurl = "https://bao.example/rss"\\nevery_minutes = 5')[0].every_minutes
    5
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        at = re.search(r"\(at line (\d+), column \d+\)", str(err))
        line = at[1] if at else str(len(text.splitlines()) or 1)  # "(at end of document)"
        said = re.sub(r" \(at [^)]*\)", "", str(err))
        raise UsageError(
            f"{name}:{line}: found broken TOML ({said}), wanted entries like {EXAMPLE!r}. Mend: edit {name}"
        ) from err
    entries = found.get("source")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{name}:1: found no [[source]], wanted entries like {EXAMPLE!r}. Mend: edit {name}")
    for other in found.keys() - {"source"}:
        raise UsageError(f"{name}:{_line(text, None, other)}: found {other!r}, wanted [[source]]. Mend: edit {name}")
    sources: list[FollowedSource] = []
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for key, problem in _problems(entry):
            raise UsageError(f"{name}:{_line(text, number, key)}: {problem}. Mend: edit {name}")
        source = FollowedSource(**{"every_minutes": every_minutes, **entry})
        line = _line(text, number, "url")
        if source.url in seen:
            raise UsageError(
                f"{name}:{line}: found {source.url} again, first in line {seen[source.url]}; wanted each address once. "
                f"Mend: edit {name}"
            )
        seen[source.url] = line
        sources.append(source)
    return tuple(sources)


def follow(
    sources: Sequence[FollowedSource],
    visit: Callable[[FollowedSource], object],
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = time.sleep,
    on_trouble: Callable[[FollowedSource, HoitinError], object] = lambda source, error: None,
    on_idle: Callable[[], object] = lambda: None,
) -> None:
    """Visit each source now and then at its interval, one at a time, until interrupted (KeyboardInterrupt).

    visit: what is done with a source; a HoitinError from it goes to on_trouble and makes its next visit later.
    on_idle: called before each sleep, when no source is due.
    clock, sleep: in seconds; replaced in tests.
    """
    due = [(clock(), number) for number in range(len(sources))]
    failures = [0] * len(sources)
    while due:
        at, number = heapq.heappop(due)
        if at > clock():
            on_idle()
        wait = at - clock()
        if wait > 0:
            sleep(wait)
        source = sources[number]
        try:
            visit(source)
            failures[number] = 0
        except HoitinError as error:
            failures[number] += 1
            on_trouble(source, error)
        slower = min(2 ** min(failures[number], 10), SLOWEST)
        heapq.heappush(due, (clock() + source.every_minutes * 60 * slower, number))


_KEYS = tuple(field.name for field in fields(FollowedSource))


def _problems(entry: dict[str, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with one entry, as (key, sentence)."""
    for key in entry:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            yield key, f"found the key {key!r}, wanted {near[0] if near else ', '.join(_KEYS)}"
    url = entry.get("url")
    if not isinstance(url, str) or not is_web_address(url):
        what = f"found url = {url!r}" if "url" in entry else "found no url"
        yield "url", f"{what}, wanted the https://… address of a feed, sitemap or list page"
    for key in ("outlet", "section"):
        if not isinstance(entry.get(key, ""), str):
            yield key, f"found {key} = {entry[key]!r}, wanted text in quotes"
    for key, kinds, low, high in (("every_minutes", (int, float), 1, 10_080), ("limit", (int,), 1, 1_000)):
        value = entry.get(key, low)
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            number = "a whole number" if kinds == (int,) else "a number"
            yield key, f"found {key} = {value!r}, wanted {number} from {low} to {high}"


def _line(text: str, number: int | None, key: str) -> int:
    """The line of a key in the number-th [[source]], of the entry itself if the key is not in it; from 1."""
    assigned = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=\].]""")
    seen, header = -1, 1
    for count, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*source\s*\]\]", line):
            seen += 1
            header = count if seen == number else header
        elif (number is None or seen == number) and assigned.match(line):
            return count
    return header
