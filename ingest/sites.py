"""Which hosts belong together: a newspaper and its sections on hosts of their own.

By the shape of the names, without the Public Suffix List: a country's common second levels
("com.vn", "gov.vn") are no owner. This module looks nothing up.
"""

from __future__ import annotations

_SECOND_LEVEL = frozenset(
    {"ac", "biz", "co", "com", "edu", "gov", "health", "info", "int", "name", "net", "org", "pro"}
)


def same_site(one: str, other: str) -> bool:
    """Whether two hosts belong to one owner; a number is a site of its own.

    >>> same_site("thethao.bao.com.vn", "bao.com.vn"), same_site("bao.com.vn", "khac.com.vn")
    (True, False)
    >>> same_site("10.0.0.1", "192.0.0.1")
    False
    """
    return one == other or (_registered(one) == _registered(other) != "")


def _registered(host: str) -> str:
    """The part of a host name that its owner registered; "" for an address or a bare name."""
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdecimal() or ":" in host:
        return ""
    second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if second_level else -2 :])
