"""Fetching, against a real server on the loopback address; nothing here leaves this computer."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from newsroom import Answer, Newsroom, hang_up, html, redirect

from ingest.errors import UsageError
from ingest.fetch import Fetcher, FetchError, FetchRules, NotModified, Page
from ingest.fetched import read_rules


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


def rules(newsroom: Newsroom, **changes: Any) -> FetchRules:
    """Quick rules under which this one server, and no other address of this computer, may be fetched from."""
    hosts = frozenset(f"{host}:{newsroom.port}" for host in ("127.0.0.1", "bao.example", "anh.example"))
    quick = {"connect_timeout_s": 2.0, "read_timeout_s": 0.3, "total_s": 1.0, "delay_s": 0.0, "backoff_s": 0.001}
    return FetchRules(**{"allowed_hosts": hosts, **quick, **changes})


def home(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def fetcher(newsroom: Newsroom, **changes: Any) -> Fetcher:
    return Fetcher(rules(newsroom, **changes), lookup=home)


def refused(newsroom: Newsroom, url: str, **changes: Any) -> FetchError:
    with fetcher(newsroom, **changes) as fetch, pytest.raises(FetchError) as caught:
        fetch.get(url)
    return caught.value


# ---- pages


def test_a_page_comes_with_its_bytes_charset_and_validators(newsroom: Newsroom) -> None:
    newsroom.pages["/tin.html"] = html(
        "<p>Sông Lam</p>".encode(), ETag='"v1"', **{"Last-Modified": "Mon, 02 Feb 2026 01:00:00 GMT"}
    )
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/tin.html#binh-luan"))
    assert page == Page(
        url=newsroom.url("/tin.html#binh-luan"),
        final_url=newsroom.url("/tin.html"),
        status=200,
        content="<p>Sông Lam</p>".encode(),
        charset="utf-8",
        content_type="text/html",
        etag='"v1"',
        last_modified="Mon, 02 Feb 2026 01:00:00 GMT",
    )


def test_the_charset_is_what_the_header_says_and_bytes_stay_as_sent(newsroom: Newsroom) -> None:
    body = b"\xd0\xea m"  # "Đê m" in windows-1258
    newsroom.pages["/cu.html"] = Answer(body, headers={"Content-Type": "text/html; charset=windows-1258"})
    newsroom.pages["/khong.html"] = Answer(b"\xff\xfe", headers={"Content-Type": "text/html"})
    with fetcher(newsroom) as fetch:
        old, silent = fetch.get(newsroom.url("/cu.html")), fetch.get(newsroom.url("/khong.html"))
    assert isinstance(old, Page)
    assert isinstance(silent, Page)
    assert (old.charset, old.content) == ("windows-1258", body)
    assert (silent.charset, silent.content) == ("", b"\xff\xfe")


def test_the_fetcher_says_who_it_is_and_asks_only_for_packings_it_can_stop(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = html(b"x")
    with fetcher(newsroom, user_agent="HoiTin/0.1 (+https://bao.example/lien-he)") as fetch:
        fetch.get(newsroom.url("/"))
    _, headers = newsroom.asked[0]
    assert headers["user-agent"] == "HoiTin/0.1 (+https://bao.example/lien-he)"
    assert headers["accept-encoding"] == "gzip, deflate"


def test_an_unchanged_page_costs_no_body(newsroom: Newsroom) -> None:
    def conditional(handler: BaseHTTPRequestHandler) -> Answer:
        known = handler.headers.get("If-None-Match") == '"v1"'
        return Answer(status=304) if known else html(b"<p>Tin</p>", ETag='"v1"')

    newsroom.pages["/tin.html"] = conditional
    with fetcher(newsroom) as fetch:
        first = fetch.get(newsroom.url("/tin.html"))
        assert isinstance(first, Page)
        again = fetch.get(newsroom.url("/tin.html"), etag=first.etag)
    assert again == NotModified(newsroom.url("/tin.html"), newsroom.url("/tin.html"))


def test_a_304_that_nobody_asked_for_is_an_error(newsroom: Newsroom) -> None:
    newsroom.pages["/tin.html"] = Answer(status=304)
    err = refused(newsroom, newsroom.url("/tin.html"))
    assert (err.reason, str(err)) == (
        "http_304",
        f"{newsroom.url('/tin.html')}: found HTTP 304 Not Modified; wanted a page (HTTP 200)",
    )


def test_redirects_are_followed_to_the_page(newsroom: Newsroom) -> None:
    newsroom.pages["/cu"] = redirect("/moi?b=1", 301)
    newsroom.pages["/moi?b=1"] = html(b"moi")
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/cu"))
    assert isinstance(page, Page)
    assert (page.url, page.final_url, page.content) == (newsroom.url("/cu"), newsroom.url("/moi?b=1"), b"moi")


def test_a_redirect_to_itself_that_sets_a_cookie_is_no_loop(newsroom: Newsroom) -> None:
    def gate(handler: BaseHTTPRequestHandler) -> Answer:
        if "cua=mo" in handler.headers.get("Cookie", ""):
            return html(b"qua cua")
        return Answer(status=302, headers={"Location": "/", "Set-Cookie": "cua=mo"})

    newsroom.pages["/"] = gate
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/"))
        newsroom.pages["/tin"] = html(b"x")
        fetch.get(newsroom.url("/tin"))
    assert isinstance(page, Page)
    assert page.content == b"qua cua"
    assert "cookie" not in newsroom.asked[-1][1], "cookies do not outlive the fetch that needed them"


# ---- safety: where it may go


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://127.0.0.1:{port}/", "127.0.0.1 at 127.0.0.1 (loopback)"),
        ("http://2130706433:{port}/", "2130706433 at 127.0.0.1 (loopback)"),
        ("http://0x7f.1:{port}/", "0x7f.1 at 127.0.0.1 (loopback)"),
        ("http://0:{port}/", "0 at 0.0.0.0 (unspecified)"),
        ("http://[::1]:{port}/", "::1 at ::1 (loopback)"),
        ("http://[::ffff:127.0.0.1]:{port}/", "::ffff:127.0.0.1 at ::ffff:127.0.0.1 (loopback)"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 at 169.254.169.254 (link-local)"),
        ("http://10.1.2.3/", "10.1.2.3 at 10.1.2.3 (private)"),
        ("http://[fd00:ec2::254]/", "fd00:ec2::254 at fd00:ec2::254 (private)"),
    ],
)
def test_a_private_address_is_refused_however_it_is_written(newsroom: Newsroom, address: str, found: str) -> None:
    newsroom.pages["/"] = html(b"bi mat")
    url = address.format(port=newsroom.port)
    with Fetcher(FetchRules(delay_s=0, retries=0)) as fetch, pytest.raises(FetchError) as caught:
        fetch.get(url)
    assert caught.value.reason == "private_address"
    host = found.partition(" ")[0]
    assert str(caught.value) == (
        f"{url}: found {found}; wanted a public address. Mend: if the host is your own, set HOITIN_ALLOWED_HOSTS={host}"
    )
    assert newsroom.asked == []


def test_a_public_name_that_points_home_is_refused(newsroom: Newsroom) -> None:
    with Fetcher(FetchRules(delay_s=0, retries=0), lookup=home) as fetch, pytest.raises(FetchError) as caught:
        fetch.get(newsroom.url("/", host="ke-gian.example"))
    assert caught.value.reason == "private_address"
    assert "ke-gian.example at 127.0.0.1 (loopback)" in str(caught.value)
    assert newsroom.asked == []


def test_an_allowed_host_may_be_private_and_its_redirect_to_another_may_not(newsroom: Newsroom) -> None:
    with Newsroom() as neighbour:
        neighbour.pages["/"] = html(b"bi mat")
        newsroom.pages["/sang"] = redirect(neighbour.url("/"))
        err = refused(newsroom, newsroom.url("/sang"))
        assert err.reason == "private_address"
        assert str(err) == (
            f"{newsroom.url('/sang')} (leads to {neighbour.url('/')}): found 127.0.0.1 at 127.0.0.1 (loopback); "
            "wanted a public address. Mend: if the host is your own, set HOITIN_ALLOWED_HOSTS=127.0.0.1"
        )
        assert (newsroom.paths, neighbour.asked) == (["/sang"], [])


def test_allow_private_opens_a_newsrooms_own_network(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = html(b"noi bo")
    with fetcher(newsroom, allow_private=True, allowed_hosts=frozenset()) as fetch:
        page = fetch.get(newsroom.url("/"))
    assert isinstance(page, Page)
    assert page.content == b"noi bo"


def test_the_address_that_was_judged_is_the_address_that_is_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [["203.162.0.1"], ["127.0.0.1"]]  # the second look-up would lead home: DNS rebinding
    dialled: list[tuple[str, int]] = []

    def no_network(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", no_network)
    fetch = Fetcher(FetchRules(delay_s=0, retries=0), lookup=lambda host, port: answers.pop(0))
    with fetch, pytest.raises(FetchError) as caught:
        fetch.get("http://doi-dia-chi.example/")
    assert dialled == [("203.162.0.1", 80)]
    assert caught.value.reason == "connection"
    assert answers == [["127.0.0.1"]], "one connection, one look-up"


def test_of_several_addresses_only_the_public_ones_are_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    dialled: list[str] = []

    def no_network(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        dialled.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", no_network)
    fetch = Fetcher(
        FetchRules(delay_s=0, retries=0), lookup=lambda host, port: ["10.0.0.1", "203.162.0.1", "203.162.0.2"]
    )
    with fetch, pytest.raises(FetchError):
        fetch.get("http://nhieu-dia-chi.example/")
    assert dialled == ["203.162.0.1", "203.162.0.2"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://bao.example/",
        "bao.example/tin",
        "http://",
        "http://[oops/",
        "http://0177.0.0.1/",
        "",
    ],
)
def test_only_web_addresses_are_fetched(newsroom: Newsroom, address: str) -> None:
    err = refused(newsroom, address)
    assert err.reason == "bad_url"
    assert f"found the address {address!r}" in str(err)
    assert "wanted https://… or http://…" in str(err)


def test_a_redirect_to_a_file_is_refused(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = redirect("file:///etc/passwd")
    err = refused(newsroom, newsroom.url("/"))
    assert str(err) == f"{newsroom.url('/')}: found the address 'file:///etc/passwd', wanted https://… or http://…"


def test_an_address_with_a_password_is_refused_and_the_password_is_not_sent(newsroom: Newsroom) -> None:
    err = refused(newsroom, f"http://bien-tap:bi-mat@127.0.0.1:{newsroom.port}/")
    assert "found a password in the address, which readers would see; wanted none" in str(err)
    assert newsroom.asked == []


def test_a_host_that_does_not_exist_is_named(newsroom: Newsroom) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with Fetcher(rules(newsroom), lookup=nowhere) as fetch, pytest.raises(FetchError) as caught:
        fetch.get("http://boa.example/tin")
    assert caught.value.reason == "no_such_host"
    assert str(caught.value) == (
        "http://boa.example/tin: found no such host (boa.example: Name or service not known). Mend: check the address"
    )


# ---- safety: how much and how long


def test_redirects_in_a_loop_are_seen(newsroom: Newsroom) -> None:
    newsroom.pages["/a"], newsroom.pages["/b"] = redirect("/b"), redirect("/a")
    err = refused(newsroom, newsroom.url("/a"))
    assert (err.reason, str(err)) == (
        "redirect_loop",
        f"{newsroom.url('/a')}: found redirects that come back to {newsroom.url('/a')}, wanted a page",
    )
    assert newsroom.paths == ["/a", "/b"]


def test_redirects_without_end_are_cut(newsroom: Newsroom) -> None:
    for n in range(9):
        newsroom.pages[f"/{n}"] = redirect(f"/{n + 1}")
    err = refused(newsroom, newsroom.url("/0"), max_redirects=3)
    assert (err.reason, str(err)) == (
        "too_many_redirects",
        f"{newsroom.url('/0')}: found more than 3 redirects, the last to {newsroom.url('/4')}; wanted a page",
    )


@pytest.mark.parametrize("announced", [True, False])
def test_a_page_that_is_too_large_is_cut(newsroom: Newsroom, announced: bool) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        handler.wfile.write(b"Content-Length: 99000000\r\n\r\n" if announced else b"Connection: close\r\n\r\n")
        for _ in range(1000):
            handler.wfile.write(b"x" * 10_000)

    newsroom.pages["/"] = endless
    err = refused(newsroom, newsroom.url("/"), max_bytes=50_000)
    assert (err.reason, str(err)) == ("too_large", f"{newsroom.url('/')}: found more than 50,000 bytes, wanted less")


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_is_refused_when_the_limit_is_reached(newsroom: Newsroom, packing: str) -> None:
    flat = b"\0" * 30_000_000
    bomb = zlib.compress(flat, 9) if packing == "deflate" else gzip.compress(flat, 9)
    newsroom.pages["/"] = html(bomb, **{"Content-Encoding": packing})
    started = time.perf_counter()
    err = refused(newsroom, newsroom.url("/"), max_bytes=1_000_000)
    assert err.reason == "too_large"
    assert str(err) == f"{newsroom.url('/')}: found more than 1,000,000 bytes, wanted less"
    assert time.perf_counter() - started < 1


def test_a_packing_that_cannot_be_stopped_in_the_middle_is_refused(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = html(b"\x1b\xff", **{"Content-Encoding": "br"})
    err = refused(newsroom, newsroom.url("/"))
    assert (err.reason, str(err)) == (
        "broken_body",
        f"{newsroom.url('/')}: found a page packed as 'br', wanted gzip, deflate or none, as was asked for",
    )


@pytest.mark.parametrize("packing", ["gzip", "zlib", "raw deflate", "two gzip members"])
def test_packed_pages_are_unpacked(newsroom: Newsroom, packing: str) -> None:
    text = "Nước lên nhanh. ".encode() * 1000
    raw = zlib.compressobj(wbits=-15)
    body, header = {
        "gzip": (gzip.compress(text), "gzip"),
        "zlib": (zlib.compress(text), "deflate"),
        "raw deflate": (raw.compress(text) + raw.flush(), "deflate"),
        "two gzip members": (gzip.compress(text[:100]) + gzip.compress(text[100:]) + b"\0\0", "gzip"),
    }[packing]
    newsroom.pages["/"] = html(body, **{"Content-Encoding": header})
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/"))
    assert isinstance(page, Page)
    assert page.content == text


def test_a_packed_page_that_ends_too_early_is_broken(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = html(gzip.compress(b"Tin dai. " * 1000)[:-20], **{"Content-Encoding": "gzip"})
    err = refused(newsroom, newsroom.url("/"))
    assert (err.reason, str(err)) == (
        "broken_body",
        f"{newsroom.url('/')}: found a broken gzip body (it ends too early)",
    )
    assert len(newsroom.asked) == 3, "it may have been cut on the way, so it is tried again"


def test_a_body_that_drips_is_cut_by_the_total_time(newsroom: Newsroom) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    newsroom.pages["/"] = drip
    started = time.perf_counter()
    err = refused(newsroom, newsroom.url("/"), total_s=0.4)
    assert (err.reason, str(err)) == ("timeout", f"{newsroom.url('/')}: found a host too slow to finish in 0.4 s")
    assert time.perf_counter() - started < 0.9


def test_headers_that_drip_are_cut_by_the_total_time(newsroom: Newsroom) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Cham: ")
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    newsroom.pages["/"] = drip
    err = refused(newsroom, newsroom.url("/"), total_s=0.4)
    assert (err.reason, str(err)) == ("timeout", f"{newsroom.url('/')}: found a host too slow to finish in 0.4 s")


def test_a_host_that_says_nothing_is_left_after_the_read_timeout(newsroom: Newsroom) -> None:
    def silence(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.5)

    newsroom.pages["/"] = silence
    err = refused(newsroom, newsroom.url("/"), read_timeout_s=0.1, retries=0)
    assert (err.reason, err.passing) == ("timeout", True)
    assert str(err) == f"{newsroom.url('/')}: found no answer within 2 s (connecting) or 0.1 s (reading)"


def test_a_name_server_that_says_nothing_is_left_after_the_connect_timeout(newsroom: Newsroom) -> None:
    def silence(host: str, port: int) -> list[str]:
        time.sleep(0.5)
        return ["127.0.0.1"]

    quick = rules(newsroom, connect_timeout_s=0.1, retries=0)
    with Fetcher(quick, lookup=silence) as fetch, pytest.raises(FetchError) as caught:
        fetch.get(newsroom.url("/", host="bao.example"))
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize("content_type", ["image/jpeg", "application/pdf", "video/mp4"])
def test_what_holds_no_text_is_not_downloaded(newsroom: Newsroom, content_type: str) -> None:
    newsroom.pages["/anh"] = Answer(b"\xff\xd8", headers={"Content-Type": content_type})
    err = refused(newsroom, newsroom.url("/anh"))
    assert (err.reason, str(err)) == (
        "content_type",
        f"{newsroom.url('/anh')}: found {content_type}, wanted a web page, a feed or a sitemap",
    )


def test_a_host_that_cannot_prove_its_name_is_refused(newsroom: Newsroom) -> None:
    err = refused(newsroom, f"https://127.0.0.1:{newsroom.port}/")  # speaks no TLS at all
    assert err.reason == "tls"
    assert "found a connection that cannot be trusted" in str(err)


# ---- failures that pass, and those that do not


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(newsroom: Newsroom, status: int) -> None:
    newsroom.pages["/"] = [Answer(status=status), Answer(status=status), html(b"tin")]
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/"))
    assert isinstance(page, Page)
    assert (page.content, newsroom.paths) == (b"tin", ["/", "/", "/"])


def test_a_failure_that_does_not_pass_is_reported_after_the_last_retry(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = Answer(status=503)
    err = refused(newsroom, newsroom.url("/"))
    assert (err.reason, err.status, str(err)) == (
        "http_503",
        503,
        f"{newsroom.url('/')}: found HTTP 503 Service Unavailable; wanted a page (HTTP 200)",
    )
    assert len(newsroom.asked) == 3


def test_the_pauses_double_and_are_never_twice_the_same(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = Answer(status=500)
    slept: list[float] = []
    jitters = iter([0.0, 1.0, 0.5])
    fetch = Fetcher(rules(newsroom, backoff_s=2.0, retries=3), sleep=slept.append, jitter=lambda: next(jitters, 0.0))
    with fetch, pytest.raises(FetchError):
        fetch.get(newsroom.url("/"))
    assert slept == [2 * 0.5, 4 * 1.5, 8 * 1.0]


def test_retry_after_in_seconds_is_honoured(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = [Answer(status=429, headers={"Retry-After": "7"}), html(b"tin")]
    slept: list[float] = []
    with Fetcher(rules(newsroom), sleep=slept.append) as fetch:
        fetch.get(newsroom.url("/"))
    assert slept == [7.0]


def test_retry_after_as_a_date_is_honoured(newsroom: Newsroom) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    newsroom.pages["/"] = [Answer(status=503, headers={"Retry-After": later}), html(b"tin")]
    slept: list[float] = []
    with Fetcher(rules(newsroom), sleep=slept.append) as fetch:
        fetch.get(newsroom.url("/"))
    assert len(slept) == 1
    assert 27 < slept[0] <= 30


def test_a_host_that_asks_for_a_long_pause_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = Answer(status=429, headers={"Retry-After": "3600"})
    err = refused(newsroom, newsroom.url("/"))
    assert (err.wait_s, err.passing) == (3600.0, True)
    assert "found HTTP 429 Too Many Requests, come back in 3600 s; wanted a page" in str(err)
    assert len(newsroom.asked) == 1


@pytest.mark.parametrize(("status", "reason"), [(404, "http_404"), (410, "gone"), (403, "http_403")])
def test_a_lasting_refusal_is_not_asked_twice(newsroom: Newsroom, status: int, reason: str) -> None:
    newsroom.pages["/"] = Answer(status=status)
    err = refused(newsroom, newsroom.url("/"))
    assert (err.reason, err.status, len(newsroom.asked)) == (reason, status, 1)
    assert f"found HTTP {status}" in str(err)


def test_a_reset_connection_is_tried_again(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = [hang_up, html(b"tin")]
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/"))
    assert isinstance(page, Page)
    assert page.content == b"tin"


def test_a_connection_that_is_always_reset_is_reported(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = hang_up
    err = refused(newsroom, newsroom.url("/"))
    assert err.reason == "connection"
    assert str(err).startswith(f"{newsroom.url('/')}: found a broken connection (")
    assert len(newsroom.asked) == 3


def test_a_body_shorter_than_announced_is_not_taken_for_a_page(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = [
        Answer(b"nua bai", headers={"Content-Length": "500", "Connection": "close"}),
        html(b"ca bai"),
    ]
    with fetcher(newsroom) as fetch:
        page = fetch.get(newsroom.url("/"))
    assert isinstance(page, Page)
    assert page.content == b"ca bai"


# ---- manners


def test_robots_txt_is_obeyed_and_read_once_a_host(newsroom: Newsroom) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /in/\n")
    newsroom.pages["/tin"] = newsroom.pages["/in/tin"] = html(b"tin")
    with fetcher(newsroom) as fetch:
        fetch.get(newsroom.url("/tin"))
        with pytest.raises(FetchError) as caught:
            fetch.get(newsroom.url("/in/tin"))
    site = newsroom.url("")
    assert (caught.value.reason, str(caught.value)) == (
        "robots",
        f"{site}/in/tin: found /in/tin closed to programs like this one by {site}/robots.txt",
    )
    assert newsroom.paths == ["/robots.txt", "/tin"]


def test_a_redirect_to_a_closed_path_is_refused(newsroom: Newsroom) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: hoitin\nDisallow: /kin\n\nUser-agent: *\nAllow: /\n")
    newsroom.pages["/mo"] = redirect("/kin")
    err = refused(newsroom, newsroom.url("/mo"))
    assert err.reason == "robots"
    assert "/kin" not in newsroom.paths


def test_each_host_has_its_own_robots_txt(newsroom: Newsroom) -> None:
    newsroom.pages["/robots.txt"] = [Answer(b"User-agent: *\nDisallow: /"), Answer(b"")]
    newsroom.pages["/"] = html(b"x")
    with fetcher(newsroom) as fetch:
        with pytest.raises(FetchError):
            fetch.get(newsroom.url("/", host="bao.example"))
        fetch.get(newsroom.url("/", host="anh.example"))
    assert newsroom.paths == ["/robots.txt", "/robots.txt", "/"]


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_host_without_robots_txt_is_open(newsroom: Newsroom, status: int) -> None:
    newsroom.pages["/robots.txt"], newsroom.pages["/"] = Answer(status=status), html(b"x")
    with fetcher(newsroom) as fetch:
        assert isinstance(fetch.get(newsroom.url("/")), Page)


def test_a_host_whose_robots_txt_fails_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.pages["/robots.txt"], newsroom.pages["/"] = Answer(status=503), html(b"x")
    err = refused(newsroom, newsroom.url("/"))
    site = newsroom.url("")
    assert (err.reason, str(err)) == (
        "robots",
        f"{site}/: found no readable {site}/robots.txt (found HTTP 503 Service Unavailable; wanted a page (HTTP 200)), "
        "so this host is left alone for now. Mend: try again later",
    )
    assert newsroom.paths == ["/robots.txt"] * 3


def test_a_robots_txt_that_recovers_lets_the_page_through(newsroom: Newsroom) -> None:
    newsroom.pages["/robots.txt"], newsroom.pages["/"] = [Answer(status=503), Answer(b"")], html(b"x")
    with fetcher(newsroom) as fetch:
        assert isinstance(fetch.get(newsroom.url("/")), Page)


def test_robots_txt_may_not_lead_to_a_private_address_either(newsroom: Newsroom) -> None:
    with Newsroom() as neighbour:
        newsroom.pages["/robots.txt"], newsroom.pages["/"] = redirect(neighbour.url("/")), html(b"x")
        err = refused(newsroom, newsroom.url("/"))
        assert (err.reason, neighbour.asked) == ("private_address", [])


def test_requests_to_one_host_keep_their_distance_and_other_hosts_do_not_wait(newsroom: Newsroom) -> None:
    newsroom.pages["/"] = html(b"x")
    slept: list[float] = []
    with Fetcher(rules(newsroom, delay_s=5.0), lookup=home, sleep=slept.append) as fetch:
        fetch.get(newsroom.url("/", host="bao.example"))
        assert len(slept) == 1, "robots.txt first, then the page in its turn"
        fetch.get(newsroom.url("/", host="anh.example"))
        assert len(slept) == 2
        fetch.get(newsroom.url("/", host="bao.example"))
    assert len(slept) == 3
    assert all(4.5 < pause <= 5.0 for pause in slept)


def test_a_crawl_delay_longer_than_ours_is_kept(newsroom: Newsroom) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 12\n")
    newsroom.pages["/"] = html(b"x")
    slept: list[float] = []
    with Fetcher(rules(newsroom), sleep=slept.append) as fetch:
        fetch.get(newsroom.url("/"))
        fetch.get(newsroom.url("/"))
    assert len(slept) == 1
    assert 11.5 < slept[0] <= 12


# ---- rules


def test_the_rules_come_from_the_environment() -> None:
    assert read_rules({}) == FetchRules()
    rules = read_rules(
        {"HOITIN_USER_AGENT": "MayBot/2 (+https://bao.example)", "HOITIN_ALLOWED_HOSTS": "CMS.bao.example,"}
    )
    assert rules == FetchRules(
        user_agent="MayBot/2 (+https://bao.example)", allowed_hosts=frozenset({"cms.bao.example"})
    )


def test_a_user_agent_that_http_cannot_carry_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        read_rules({"HOITIN_USER_AGENT": "Mây/1"})
    assert str(caught.value).startswith("HOITIN_USER_AGENT: found 'Mây/1', wanted letters without diacritics")
    assert "Mend: export HOITIN_USER_AGENT=" in str(caught.value)
