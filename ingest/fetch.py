"""An address → the bytes of its page, politely and safely.

    robots.txt -> the host's turn -> connect to a public address -> read within limits
    a redirect goes through all of it again; a passing failure is tried again, later

Polite: it says who it is, obeys robots.txt and Crawl-delay, leaves time between two requests to
one host, does what Retry-After asks, and sends ETags back, so that an unchanged page costs nothing.
Safe: http and https only, public addresses only (ingest.wire), and limits on bytes as they come,
on bytes unpacked, on redirects and on time.
Proxies are not used: behind one, nobody could say which address is really connected to.
This module knows nothing of feeds or articles.
"""

from __future__ import annotations

import functools
import random
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TypeVar

import httpcore
import httpx

from ingest.addresses import Lookup, look_up
from ingest.body import PACKINGS, BrokenBody, TooLarge, read_body
from ingest.fetched import FetchError, FetchRules, NotModified, Page
from ingest.manners import FAILED_KEPT_S, Manners
from ingest.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from ingest.robots import Robots, read_robots
from ingest.wire import NoSuchHost, OutOfTime, PrivateAddress, Wire

__all__ = ["FetchError", "FetchRules", "Fetcher", "NotModified", "Page"]

T = TypeVar("T")

_PASSING = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_TEXT = re.compile(r"(image|video|audio|font)/|application/(pdf|zip|msword|vnd\.|x-7z|x-rar)", re.I)
_ROBOTS_REDIRECTS = 5
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+", re.A | re.I)  # a name or an IPv4 address | an IPv6 one
_BROKEN = (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)


class Fetcher:
    """Fetches pages, one at a time, by its rules. Close it, or use it in a `with`.

    sleep, jitter, lookup: replaced in tests (seconds to wait; a number from 0 to 1; host name → addresses).
    Safe to share between threads: they take turns.
    """

    def __init__(
        self,
        rules: FetchRules | None = None,
        *,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
        lookup: Lookup = look_up,
    ) -> None:
        self.rules = rules or FetchRules()
        self._sleep, self._jitter = sleep, jitter
        self._one_at_a_time = threading.Lock()
        self._manners = Manners(self.rules.delay_s, sleep)
        self._wire = Wire(lookup, self._may_be_private)
        self._client = httpx.Client(
            transport=_Transport(self._wire),
            trust_env=False,
            timeout=httpx.Timeout(self.rules.read_timeout_s, connect=self.rules.connect_timeout_s),
            headers={
                "User-Agent": self.rules.user_agent,
                "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
                "Accept-Language": "vi, en;q=0.5",
                "Accept-Encoding": "gzip, deflate",  # what read_body can stop in time
            },
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Page | NotModified:
        """The page at an address, after at most rules.retries further attempts.

        etag, last_modified: of the copy already here, if any. Raises FetchError, and nothing else.
        """
        asking = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asking.items() if value and value.isascii() and value.isprintable()}
        with self._one_at_a_time:
            return self._patiently(lambda: self._follow(url, headers))

    def _patiently(self, attempt: Callable[[], T], *, only_if_answered: bool = False) -> T:
        """attempt(), again after a passing failure, with longer and longer pauses."""
        for tries in range(self.rules.retries + 1):
            try:
                return attempt()
            except FetchError as err:
                if not err.passing or (only_if_answered and not err.status) or tries == self.rules.retries:
                    raise
                wait = max(err.wait_s, self.rules.backoff_s * 2**tries * (0.5 + self._jitter()))
                if wait > self.rules.max_wait_s:
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _follow(self, url: str, headers: Mapping[str, str]) -> Page | NotModified:
        """One attempt: the page at the end of the redirects."""
        place, left_s = _parsed(url), self.rules.total_s
        self._client.cookies.clear()
        seen: set[tuple[str, str]] = set()
        for _ in range(self.rules.max_redirects + 1):
            # With the cookies, because some hosts set one and send the reader to the same address again.
            step = (str(place), str(sorted(self._client.cookies.items())))
            if step in seen:
                raise FetchError(url, "redirect_loop", f"found redirects that come back to {place}, wanted a page")
            seen.add(step)
            self._ask_robots(url, place)
            self._manners.wait_for_turn(_site(place))
            started = time.monotonic()
            answer = self._exchange(url, place, headers, left_s, self.rules.max_bytes)
            left_s -= time.monotonic() - started
            if not isinstance(answer, httpx.URL):
                return answer
            place = answer
        problem = f"found more than {self.rules.max_redirects} redirects, the last to {place}; wanted a page"
        raise FetchError(url, "too_many_redirects", problem)

    def _exchange(
        self, url: str, place: httpx.URL, headers: Mapping[str, str], left_s: float, max_bytes: int
    ) -> Page | NotModified | httpx.URL:
        """One request and its answer; an httpx.URL is where a redirect leads."""
        self._wire.deadline = time.monotonic() + left_s
        try:
            with self._client.stream("GET", place, headers=dict(headers)) as response:
                if response.status_code in _REDIRECTS and response.headers.get("location"):
                    return _parsed(response.headers["location"], place, url)
                if response.status_code == 304 and headers:
                    return NotModified(url, str(place))
                if response.status_code != 200:
                    raise _refused(_shown(url, place), response)
                return Page(
                    url=url,
                    final_url=str(place),
                    status=200,
                    content_type=_content_type(_shown(url, place), response),
                    content=_content(_shown(url, place), response, max_bytes),
                    charset=response.charset_encoding or "",
                    etag=response.headers.get("etag", ""),
                    last_modified=response.headers.get("last-modified", ""),
                )
        except _BROKEN as err:
            raise self._explained(url, place, err) from err

    def _explained(self, url: str, place: httpx.URL, err: Exception) -> FetchError:
        shown = _shown(url, place)
        if isinstance(err, PrivateAddress):
            problem = f"found {err.host} at {err.address} ({err.kind}); wanted a public address"
            mend = f"Mend: if the host is your own, set HOITIN_ALLOWED_HOSTS={err.host}"
            return FetchError(shown, "private_address", f"{problem}. {mend}")
        if isinstance(err, NoSuchHost):
            return FetchError(shown, "no_such_host", f"found no such host ({err}). Mend: check the address")
        if isinstance(err, OutOfTime):
            return FetchError(shown, "timeout", f"found a host too slow to finish in {self.rules.total_s:g} s")
        if isinstance(err, httpcore.TimeoutException):
            limits = f"{self.rules.connect_timeout_s:g} s (connecting) or {self.rules.read_timeout_s:g} s (reading)"
            return FetchError(shown, "timeout", f"found no answer within {limits}", passing=True)
        if isinstance(err.__cause__ or err.__context__, ssl.SSLError):  # httpcore's pool drops the cause
            return FetchError(shown, "tls", f"found a connection that cannot be trusted ({err})")
        said = str(err) or type(err).__name__
        return FetchError(shown, "connection", f"found a broken connection ({said})", passing=True)

    def _ask_robots(self, url: str, place: httpx.URL) -> None:
        site, path, shown = _site(place), place.raw_path.decode("ascii"), _shown(url, place)
        try:
            robots = self._manners.robots(site, lambda: self._fetch_robots(site))
        except FetchError as err:  # the site cannot be reached at all, and robots.txt is not to blame
            raise FetchError(shown, err.reason, err.problem, status=err.status, passing=err.passing) from err
        if isinstance(robots, FetchError):
            why = f"found no readable {site}/robots.txt ({robots.problem}), so this host is left alone for now"
            raise FetchError(shown, "robots", f"{why}. Mend: try again later", passing=True, wait_s=FAILED_KEPT_S)
        if not robots.allows(path):
            raise FetchError(shown, "robots", f"found {path} closed to programs like this one by {site}/robots.txt")

    def _fetch_robots(self, site: str) -> Robots | FetchError:
        """A site's rules, by RFC 9309: none where the file is missing, all closed while the site cannot say."""
        url = f"{site}/robots.txt"

        def once() -> Robots:
            place = httpx.URL(url)
            for _ in range(_ROBOTS_REDIRECTS + 1):
                self._manners.wait_for_turn(_site(place))
                answer = self._exchange(url, place, {}, self.rules.total_s, MAX_ROBOTS_BYTES)
                if isinstance(answer, Page):
                    return read_robots(answer.content.decode("utf-8", "replace"), self.rules.user_agent)
                if isinstance(answer, httpx.URL):
                    place = answer
            return Robots()

        try:
            return self._patiently(once, only_if_answered=True)
        except FetchError as err:
            if err.passing and err.status:
                return err
            if err.status or err.reason in ("too_large", "content_type", "broken_body", "bad_url"):
                return Robots()
            raise

    def _may_be_private(self, host: str, port: int) -> bool:
        return self.rules.allow_private or not self.rules.allowed_hosts.isdisjoint({host, f"{host}:{port}"})


def _site(place: httpx.URL) -> str:
    return f"{place.scheme}://{place.netloc.decode('ascii')}"


def _shown(url: str, place: httpx.URL) -> str:
    """The address asked for, and where it led."""
    return url if place == _parsed(url) else f"{url} (leads to {place})"


def _parsed(address: str, base: httpx.URL | None = None, url: str = "") -> httpx.URL:
    """An address that may be asked for, resolved against base; raises FetchError."""
    url = url or address
    try:
        place = base.join(address) if base else httpx.URL(address)
        host = place.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError) as err:
        problem = f"found the address {address!r} ({err}), wanted https://… or http://…"
        raise FetchError(url, "bad_url", problem) from err
    if place.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise FetchError(url, "bad_url", f"found the address {address!r}, wanted https://… or http://…")
    if place.userinfo:
        raise FetchError(url, "bad_url", "found a password in the address, which readers would see; wanted none")
    return place.copy_with(fragment=None)


def _refused(url: str, response: httpx.Response) -> FetchError:
    status = response.status_code
    wait_s = _retry_after(response.headers.get("retry-after", "")) if status in _PASSING else 0.0
    said = f"HTTP {status} {response.reason_phrase}".rstrip() + (f", come back in {wait_s:.0f} s" if wait_s else "")
    return FetchError(
        url,
        "gone" if status == 410 else f"http_{status}",
        f"found {said}; wanted a page (HTTP 200)",
        status=status,
        passing=status in _PASSING,
        wait_s=wait_s,
    )


def _retry_after(value: str) -> float:
    """Seconds that Retry-After asks for, given as seconds or as a date; 0 when it says nothing usable."""
    if re.fullmatch(r"\d{1,9}", value.strip(), re.A):
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def _content_type(url: str, response: httpx.Response) -> str:
    content_type: str = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if _NO_TEXT.match(content_type):
        raise FetchError(url, "content_type", f"found {content_type}, wanted a web page, a feed or a sitemap")
    return content_type


def _content(url: str, response: httpx.Response, max_bytes: int) -> bytes:
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in PACKINGS:
        problem = f"found a page packed as {packing!r}, wanted gzip, deflate or none, as was asked for"
        raise FetchError(url, "broken_body", problem)
    announced = response.headers.get("content-length", "")
    try:
        if announced.isdecimal() and int(announced[:20]) > max_bytes:
            raise TooLarge
        return read_body(response.iter_raw(), packing, max_bytes)
    except TooLarge:
        raise FetchError(url, "too_large", f"found more than {max_bytes:,} bytes, wanted less") from None
    except BrokenBody as err:
        raise FetchError(url, "broken_body", f"found a broken {packing} body ({err})", passing=True) from err


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Whom to believe about names: the usual authorities, and the computer's own for a newsroom's network."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


class _Transport(httpx.BaseTransport):
    """httpx over httpcore's connection pool, over our own wire; httpx's default one takes no wire."""

    def __init__(self, wire: Wire) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=30.0,
            network_backend=wire,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Stream(response), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
