"""POST /mcp: the MCP server of app.assistant over streamable HTTP.

Only names of this machine, and those of HOITIN_HOSTS, are answered. This module
knows nothing of the tools.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter

from app.messages import say
from app.settings import Settings
from app.web.webapp import WebApp
from app.web.wire import ASGIApp, Message, Receive, Scope, Send

HERE = ("127.0.0.1", "localhost", "[::1]")


def routes(app: WebApp) -> APIRouter:
    """The route, and the server behind it while the app runs."""
    mounted = _Mounted()

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        # Imported here: the package takes a second to load, which only a server should pay.
        from app.assistant import http_server

        async with http_server(app, hosts(app.settings), keys_only=app.settings.api == "keys") as asgi:
            mounted.behind = asgi
            yield
            mounted.behind = None

    router = APIRouter(lifespan=running)
    router.add_route("/mcp", mounted, methods=["POST"], include_in_schema=False)  # type: ignore[arg-type]
    return router


def hosts(settings: Settings) -> list[str]:
    """The values of the Host header that are answered: this machine's names at any port, and the named ones.

    >>> hosts(Settings(hosts="tin.bao.example"))[-2:]
    ['tin.bao.example', 'tin.bao.example:*']
    """
    named = [name.strip() for name in settings.hosts.split(",") if name.strip()]
    own = [settings.host] if settings.host not in ("0.0.0.0", "::", "") else []
    return [form for name in dict.fromkeys((*HERE, *own, *named)) for form in (name, f"{name}:*")]


class _Mounted:
    """The ASGI app while it runs; its bare refusals are given a sentence."""

    behind: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.behind is None:
            await _say(send, 503, say("vi", "trouble"))
            return
        refused = False

        async def told(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in (403, 421):
                refused = True
                await _say(send, message["status"], say("vi", "mcp_host"))
            elif not refused:
                await send(message)

        await self.behind(scope, receive, told)


async def _say(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"detail": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
