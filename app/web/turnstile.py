"""Who may call the API, and how often: between the door and the routes.

    request -> key? session? page of ours? -> not too often? -> route -> counted

By default the API is open. With HOITIN_API=keys a call needs a key with the scope
of its path, or comes from a page of ours: an editor's with its proof, or a reader's
(the widget, the page for one claim) with its pass. Calls are counted per key, else per address; those from the machine
itself are not limited, for a proxy of ours that is not named in HOITIN_PROXY looks
like it, and would be counted as one client. This module knows nothing of answers.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app.keys import Keys
from app.messages import say
from app.web.guard import CSRF_HEADER, client_of, has_pass, has_proof, visitor
from app.web.rates import Rates
from app.web.refusal import NoKey, Refusal, TooMany
from app.web.wire import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("hoitin.web")

SCOPES = (("/api/check", "check"), ("/api/openapi.json", ""), ("/api/", "ask"), ("/mcp", ""), ("/metrics", "metrics"))
"""The scope of every path that begins so, the first that fits; "": no scope of its own."""


_FOR_READERS = ("ask", "check")
"""What pages for readers may do."""


def scope_of(path: str) -> str:
    """The scope that a path asks for; "" for none.

    >>> scope_of("/api/check/export"), scope_of("/api/articles/a1"), scope_of("/bai/a1")
    ('check', 'ask', '')
    """
    return next((scope for start, scope in SCOPES if path.startswith(start)), "")


class Turnstile:
    """ASGI middleware, inside the door. seen: told the status of every reply."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        keys: Keys,
        per_minute: int,
        keys_only: bool,
        seen: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._app, self._keys, self._seen = app, keys, seen
        self._rates = Rates(per_minute)
        self._keys_only = keys_only
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._seen(message["status"])
            await send(message)

        try:
            await self._admit(Request(scope))
        except Refusal as refusal:
            await _refuse(counted, refusal)
            return
        await self._app(scope, receive, counted)

    async def _admit(self, request: Request) -> None:
        """Let the request pass, or raise the Refusal."""
        path = request.url.path
        calls = path.startswith(("/api/", "/mcp")) and path != "/api/openapi.json"
        wanted = scope_of(path)
        name = ""
        if calls or wanted:
            name = await self._key(request, wanted)
        if calls or request.method == "POST":
            self._count(request, name)

    async def _key(self, request: Request, wanted: str) -> str:
        """The name of the key that was given; "" when none is needed."""
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.casefold() == "bearer":
            key = await run_in_threadpool(self._keys.find, secret.strip())
            if key is None:
                raise NoKey(say("vi", "key_unknown"), {"www-authenticate": 'Bearer error="invalid_token"'})
            if wanted and wanted not in key.scopes:
                raise Refusal(
                    say("vi", "key_scope", name=key.name, scope=wanted),
                    {"www-authenticate": f'Bearer error="insufficient_scope", scope="{wanted}"'},
                )
            request.scope["hoitin.key"] = key
            return key.name
        if (
            self._keys_only
            and (wanted or request.url.path.startswith("/mcp"))
            and not await self._ours(request, wanted)
        ):
            raise NoKey(say("vi", "key_needed"), {"www-authenticate": "Bearer"})
        return ""

    async def _ours(self, request: Request, wanted: str) -> bool:
        """Whether a page of ours calls: one for readers, or that of an editor who is signed in."""
        given = request.headers.get(CSRF_HEADER, "")
        if wanted in _FOR_READERS and has_pass(request, given):
            return True
        if request.method != "GET" and not has_proof(request, given):
            return False
        return await run_in_threadpool(visitor, request) is not None

    def _count(self, request: Request, name: str) -> None:
        client = client_of(request)
        if not name and _is_here(client):
            if "x-forwarded-for" in request.headers and not self._warned:
                self._warned = True
                log.warning(
                    "a proxy at %s sends X-Forwarded-For, which HOITIN_PROXY does not name, so no reader is limited. "
                    "Mend: export HOITIN_PROXY=%s", client, client,
                )  # fmt: skip
            return
        wait = self._rates.take(f"key:{name}" if name else f"client:{client}")
        if wait:
            seconds = math.ceil(wait)
            raise TooMany(say("vi", "too_often", seconds=seconds), {"retry-after": str(seconds)})


def _is_here(client: str) -> bool:
    try:
        return ip_address(client).is_loopback
    except ValueError:  # no address: a socket file, a test
        return False


async def _refuse(send: Any, refusal: Refusal) -> None:
    body = json.dumps({"detail": refusal.public}, ensure_ascii=False).encode()
    headers = [(k.encode(), v.encode()) for k, v in refusal.headers.items()]
    headers += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
