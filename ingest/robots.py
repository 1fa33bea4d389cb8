"""robots.txt, as RFC 9309 reads it: may this program fetch this path, and how often?

Python's own reader knows neither "*" inside a path nor "$" nor that the longest rule wins,
all three common in newsrooms' files; hence this one. It knows nothing of the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

MAX_BYTES = 500_000
"""RFC 9309 asks readers for at least 500 kibibytes; what comes after is not read."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one program.

    rules: (path pattern, allowed) pairs. crawl_delay_s: seconds between requests, 0 if not asked for.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    crawl_delay_s: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched; the longest matching rule decides, a tie allows.

        >>> robots = read_robots("User-agent: *\\nDisallow: /in-an/\\nAllow: /*.html$", "HoiTin/0.1")
        >>> robots.allows("/in-an/1"), robots.allows("/thoi-su/1.html")
        (False, True)
        """
        path = _normal(path)
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)]
        return max(matching)[1] if matching else True


def read_robots(text: str, user_agent: str) -> Robots:
    """The rules of a robots.txt that hold for user_agent: of its own groups, else of "*".

    user_agent: as sent; its product token (before "/") is what the file names.
    """
    token = re.split(r"[/\s(]", user_agent.strip(), maxsplit=1)[0].lower()
    groups: dict[str, list[tuple[str, str]]] = {}
    named: list[str] = []
    opening = False
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            named = [*named, value.lower()] if opening else [value.lower()]
            groups.setdefault(named[-1], [])
            opening = True
        elif field in ("allow", "disallow", "crawl-delay"):
            opening = False
            for name in named:
                groups[name].append((field, value))
    lines = groups.get(token, groups.get("*", []))
    rules = tuple((_normal(value), field == "allow") for field, value in lines if field != "crawl-delay" and value)
    delays = [
        float(value) for field, value in lines if field == "crawl-delay" and re.fullmatch(r"\d{1,5}(\.\d+)?", value)
    ]
    return Robots(rules, max(delays, default=0.0))


def _normal(path: str) -> str:
    """One spelling for one path: non-ASCII percent-encoded, the digits of codes in upper case."""
    return re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), quote(path, safe="%/?&=*$:;,@+!'()~[]"), flags=re.I)


def _matches(pattern: str, path: str) -> bool:
    # By hand: a regular expression made from a stranger's stars can take for ever.
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    last = rest.pop() if whole and rest else None
    for part in rest:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= position
    return not whole or position == len(path)
