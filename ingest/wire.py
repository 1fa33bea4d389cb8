"""Connections that go only where they may, and end when their time is over.

    host name -> looked up once -> every address judged -> connected to that very number

Because the number that was judged is the number that is dialled, a name that points somewhere
else a moment later ("DNS rebinding") gains nothing. The deadline holds for every single read,
so a server that sends one byte a second, in headers or body, cannot keep a fetch alive.
This module is plumbing below httpx (httpcore is httpx's own lower half); it knows no HTTP.
"""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from ingest.addresses import Lookup, look_up_within, refusal


class PrivateAddress(httpcore.ConnectError):
    """The host has no address that may be fetched from."""

    def __init__(self, host: str, address: str, kind: str) -> None:
        super().__init__(f"{host} is at {address} ({kind})")
        self.host, self.address, self.kind = host, address, kind


class NoSuchHost(httpcore.ConnectError):
    """The name does not exist, or the resolver does not answer."""


class OutOfTime(httpcore.ReadTimeout):
    """The whole exchange took longer than it may."""


class Wire(httpcore.NetworkBackend):
    """Opens connections for httpcore, under one deadline at a time.

    may_be_private: (host, port) → whether private addresses are all right for this host.
    deadline: set before each exchange, on the clock of time.monotonic; no limit until then.
    """

    def __init__(self, lookup: Lookup, may_be_private: Any) -> None:
        self.deadline = math.inf
        self._lookup = lookup
        self._may_be_private = may_be_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = look_up_within(self._lookup, host, port, self.left(timeout))
        except TimeoutError as err:
            raise httpcore.ConnectTimeout(str(err)) from err
        except OSError as err:
            raise NoSuchHost(f"{host}: {err.strerror or err}") from err
        failure: Exception = NoSuchHost(f"{host} has no address")
        for address in addresses:
            kind = refusal(address)
            if kind and not self._may_be_private(host, port):
                failure = PrivateAddress(host, address, kind)
                continue
            try:
                stream = self._sockets.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as err:
                failure = err
                continue
            return _TimedStream(stream, self)
        raise failure

    def left(self, timeout: float | None) -> float:
        """Seconds that the next step may take; raises OutOfTime when none are left."""
        left = min(self.deadline - time.monotonic(), math.inf if timeout is None else timeout)
        if left <= 0:
            raise OutOfTime("time is over")
        return min(left, 3600.0)  # sockets take no infinity


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the wire's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, wire: Wire) -> None:
        self._stream, self._wire = stream, wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._wire.left(timeout))
        except httpcore.ReadTimeout:
            self._wire.left(None)  # raises OutOfTime if it was the deadline that cut the read short
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._wire.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._wire.left(timeout)), self._wire)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
