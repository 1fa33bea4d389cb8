"""The nouns of fetching: the rules it keeps, the page it brings, the error when it brings none.

Apart from ingest.fetch, so that whoever handles pages or failures loads no HTTP library.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.errors import HoitinError, UsageError


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How politely and how far; one field a choice.

    user_agent: who is asking, as "name/version (contact)"; robots.txt knows the name.
    connect_timeout_s, read_timeout_s: for one step. total_s: for one page, its redirects included,
    waiting for one's turn not included. max_bytes: of a page, as sent and unpacked.
    retries: further attempts after a passing failure, the first after about backoff_s, then twice as long.
    max_wait_s: a host that asks (Retry-After) for a longer pause is left alone.
    delay_s: at least this long between two requests to one host; a longer Crawl-delay is obeyed.
    allow_private: fetch from private addresses too: for a newsroom's own network, never for a public service.
    allowed_hosts: "host" or "host:port" that may be private although others may not.
    """

    user_agent: str = "HoiTin/0.1 (news archive; its operator gave no contact)"
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 20.0
    total_s: float = 60.0
    max_bytes: int = 10_000_000
    max_redirects: int = 8
    retries: int = 2
    backoff_s: float = 1.0
    max_wait_s: float = 60.0
    delay_s: float = 1.0
    allow_private: bool = False
    allowed_hosts: frozenset[str] = frozenset()


def read_rules(env: Mapping[str, str] | None = None) -> FetchRules:
    """The rules, with what whoever runs this has set in the environment.

    HOITIN_USER_AGENT: who is asking; HOITIN_ALLOWED_HOSTS: own hosts that may be private, with commas.

    >>> sorted(read_rules({"HOITIN_ALLOWED_HOSTS": "cms.bao.example, 10.0.0.8:8080"}).allowed_hosts)
    ['10.0.0.8:8080', 'cms.bao.example']
    """
    env = os.environ if env is None else env
    hosts = frozenset(host.strip().lower() for host in env.get("HOITIN_ALLOWED_HOSTS", "").split(",") if host.strip())
    user_agent = env.get("HOITIN_USER_AGENT", "").strip()
    if not (user_agent.isascii() and user_agent.isprintable()):
        raise UsageError(
            f"HOITIN_USER_AGENT: found {user_agent!r}, wanted letters without diacritics, as HTTP knows no others. "
            "Mend: export HOITIN_USER_AGENT='HoiTin/0.1 (+https://your.site/contact)'"
        )
    return FetchRules(user_agent=user_agent or FetchRules().user_agent, allowed_hosts=hosts)


class FetchError(HoitinError):
    """A page that could not be fetched.

    reason: bad_url, robots, private_address, no_such_host, connection, tls, timeout, redirect_loop,
    too_many_redirects, too_large, broken_body, content_type, gone (HTTP 410), or "http_404" with any other status.
    problem: the message without the address. status: of HTTP, 0 when none came.
    passing: whether a later try may go well.
    wait_s: how long the host asked to be left alone, 0 if it did not.
    """

    def __init__(
        self, url: str, reason: str, problem: str, *, status: int = 0, passing: bool = False, wait_s: float = 0
    ) -> None:
        super().__init__(f"{url}: {problem}")
        self.reason, self.problem = reason, problem
        self.status, self.passing, self.wait_s = status, passing, wait_s


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the host sent it, unpacked. final_url: where the redirects ended. charset: from the header, or ""."""

    url: str
    final_url: str
    status: int
    content: bytes
    charset: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is still the one whose etag or last_modified was sent."""

    url: str
    final_url: str
