"""The port that the web app listens on, taken before anything slow, so that a clash is told at once.

In: a host name and a port. Out: a listening socket, or PortTaken with a command
that mends it. This module knows nothing of the app.
"""

from __future__ import annotations

import errno
import socket

from ingest.errors import HoitinError


class PortTaken(HoitinError):
    """The app cannot listen where it was told to."""


def check_port(host: str, port: int) -> None:
    """Raise PortTaken unless this port can be listened on; quick, so ask before opening an index.

    >>> check_port("127.0.0.1", 0)
    """
    take_port(host, port).close()


def take_port(host: str, port: int) -> socket.socket:
    """A socket that listens there already; the caller closes it. Port 0 means any free one."""
    there = f"port {port} on {host}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise PortTaken(
            f"host {host!r}: not an address ({error}), wanted one of this machine. Mend: hoitin serve --host 127.0.0.1"
        ) from error
    family, kind, proto, _, place = found[0]
    taken = socket.socket(family, kind, proto)
    try:
        # Else a port counts as taken for a minute after the last server on it ended.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(place)
        taken.listen(128)
    except OSError as error:
        taken.close()
        free = port + 1 if port < 65535 else 7861
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"{there}: in use, wanted a free one. Mend: hoitin serve --port {free}") from error
        if error.errno == errno.EACCES:
            raise PortTaken(
                f"{there}: not allowed to this account, wanted one from 1024 up. Mend: hoitin serve --port 7860"
            ) from error
        raise PortTaken(
            f"{there}: cannot be listened on ({error.strerror}), wanted an address of this machine. "
            "Mend: hoitin serve --host 127.0.0.1"
        ) from error
    return taken
