"""Which addresses are public, and looking them up in time."""

from __future__ import annotations

import socket
import time

import pytest

from ingest.addresses import look_up_within, refusal


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.0.9", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "reserved"),
        ("100.100.100.200", "reserved"),
        ("169.254.169.254", "link-local"),
        ("192.0.0.192", "reserved"),
        ("168.63.129.16", "reserved"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "private"),
        ("240.0.0.1", "private"),
        ("fd00:ec2::254", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "reserved"),
        ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:7f00:1", "loopback"),
        ("::127.0.0.1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("64:ff9b::10.0.0.1", "private"),
        ("64:ff9b:1::1", "reserved"),
        ("2001:db8::1", "private"),
        ("2001::7f00:1", "private"),
        ("bao.example", "no address"),
        ("", "no address"),
        ("203.162.0.1", ""),
        ("8.8.8.8", ""),
        ("2400:cb00::1", ""),
        ("64:ff9b::203.162.0.1", ""),
    ],
)
def test_only_public_addresses_are_let_through(address: str, kind: str) -> None:
    assert refusal(address) == kind


def test_a_look_up_that_takes_too_long_is_given_up() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(0.3)
        return ["203.162.0.1"]

    with pytest.raises(TimeoutError, match=r"no answer for the name bao\.example in 0\.1 s"):
        look_up_within(slow, "bao.example", 443, 0.1)
    assert look_up_within(slow, "bao.example", 443, 2.0) == ["203.162.0.1"]


def test_what_the_look_up_raises_comes_through() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def no_name(host: str, port: int) -> list[str]:
        raise UnicodeError("label too long")

    with pytest.raises(socket.gaierror):
        look_up_within(nowhere, "bao.example", 443, 1.0)
    with pytest.raises(OSError, match="is no host name"):
        look_up_within(no_name, "a" * 64, 443, 1.0)
