"""Which network addresses a fetched page may live at: public ones, and no others.

A feed or a redirect is somebody else's text. If it could name any address, it could make this
computer read its own router, its neighbours' intranet pages or the cloud's key server. So
every address is judged as a number, after the name was looked up: "2130706433", "0x7f.1",
"::ffff:127.0.0.1" and a name that points home are all 127.0.0.1 here.
This module knows nothing of HTTP.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable

Lookup = Callable[[str, int], list[str]]
"""(host name, port) → its addresses as numbers, best first; raises OSError when there are none."""

# Not public, but counted as public by Python 3.11: protocol assignments (Oracle's key server among them),
# dead 6to4 relays, Azure's host agent, local NAT64, and the tunnels and registries of 2001::/23.
_ALSO_REFUSED = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "2001::/23", "fec0::/10"),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_V4_COMPATIBLE = ipaddress.IPv6Network("::/96")


def refusal(address: str) -> str:
    """Why an address may not be fetched from, in a word or two; "" when it is public.

    >>> refusal("127.0.0.1"), refusal("169.254.169.254"), refusal("::ffff:10.0.0.8"), refusal("203.162.0.1")
    ('loopback', 'link-local', 'private', '')
    """
    try:
        ip = _innermost(ipaddress.ip_address(address))
    except ValueError:
        return "no address"
    kinds = (
        ("unspecified", ip.is_unspecified),
        ("loopback", ip.is_loopback),
        ("link-local", ip.is_link_local),
        ("multicast", ip.is_multicast),
        ("private", ip.is_private),
        ("reserved", ip.is_reserved or not ip.is_global or any(ip in network for network in _ALSO_REFUSED)),
    )
    return next((kind for kind, true in kinds if true), "")


def _innermost(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 one stands for: where the packets would really go."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour or ip
    if ip in _NAT64 or (ip in _V4_COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def look_up(host: str, port: int) -> list[str]:
    """The system's own answer for a host name; raises OSError (socket.gaierror) when there is none.

    >>> look_up("127.0.0.1", 80)
    ['127.0.0.1']
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def look_up_within(lookup: Lookup, host: str, port: int, timeout_s: float) -> list[str]:
    """lookup(host, port), or TimeoutError: the system's resolver itself takes no time limit."""
    answer: list[list[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.append(lookup(host, port))
        except (OSError, UnicodeError) as err:  # UnicodeError: a label longer than 63 characters
            answer.append(err)

    asking = threading.Thread(target=ask, name=f"look up {host}", daemon=True)
    asking.start()
    asking.join(timeout_s)
    if not answer:
        raise TimeoutError(f"no answer for the name {host} in {timeout_s:.1f} s")
    if isinstance(answer[0], UnicodeError):
        raise OSError(f"{host} is no host name")
    if isinstance(answer[0], OSError):
        raise answer[0]
    return answer[0]
