"""The door of the web app: what may come in, and what every reply carries.

    request -> too long? not offered? -> app -> security headers
    Gradio's page -> our language, title, style, script, and a nonce for its own scripts

Gradio serves much that this app does not offer (uploads, files, proxies, run
history, monitoring): what is not on the list below does not exist here.
What it does offer, its routers name: app.api hands on their paths and methods.
Plain ASGI, so that streamed answers pass through unbuffered. This module knows
nothing of articles, answers or gradio.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool

from app.messages import Lang, say
from app.web.frame import refused_page
from app.web.policy import CSP_PLAIN, csp_chat
from app.web.style import ASKING_JS, CHAT_CSS, CHAT_JS, ICON
from app.web.wire import ASGIApp, Message, Receive, Scope, Send

PAGES: Mapping[str, Lang] = {"/": "vi", "/en/": "en"}
"""Where each language's chat is."""
MOST_BYTES = 64 * 1024
"""Of a request body to the API: a question is at most some kilobytes."""
MOST_PAGE_BYTES = 2 * 2**20
"""Of a request of the chat page, which carries the conversations that the browser keeps."""

LONGER: Mapping[str, int] = {
    "/api/check": 2 * 2**20,  # a draft of 200 kB, each letter of it perhaps escaped
    "/api/check/export": 12 * 2**20,  # a draft with the evidence of every sentence
    "/api/drafts": 12 * 2**20,
    "/mcp": 2 * 2**20,
    "/kho/them": 17 * 2**20,  # a file of 16 MB (app.adding), in its form
}
"""Paths whose bodies may hold more than MOST_BYTES, in bytes."""

SLOW_S, SLOWEST = 30.0, 8 * 1024
"""A body may take SLOW_S seconds, and one more for each SLOWEST bytes that have come: a held-open request costs a file."""

_GRADIO_GET = re.compile(
    r"/tinh/.+|(?:/en)?/(?:(?:assets|static|svelte)/.+|theme\.css|favicon\.ico|manifest\.json|config/?|"
    r"gradio_api/(?:queue/data|heartbeat/[\w-]+|startup-events|app_id|info/?))"
)
_GRADIO_POST = re.compile(r"(?:/en)?/gradio_api/(?:queue/join|run/predict|cancel)/?")

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A path of ours, and the methods by which it may be asked for."""

    path: re.Pattern[str]
    methods: frozenset[str]

    @classmethod
    def of(cls, path: str, methods: Iterable[str]) -> Offer:
        """One path, word for word."""
        return cls(re.compile(re.escape(path)), frozenset(methods))


class Door:
    """ASGI middleware around the whole web app."""

    def __init__(self, app: ASGIApp, first: Callable[[Lang], str] = lambda _: "", offers: Sequence[Offer] = ()) -> None:
        """first: HTML of a page's first paint, shown until gradio's script has loaded. offers: what our routers name."""
        self._app = app
        self._first = first
        self._offers = (*offers, *(Offer.of(path, {"GET"}) for path in PAGES))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Only plain requests are offered: a websocket finds nobody, and lifespan must pass.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        if scope.get("scheme") == "https":
            send = _staying(send)
        path, method = scope["path"], scope["method"]
        if path == "/en":  # gradio's page finds its parts relative to the slash
            await _reply(send, 307, b"", [(b"location", b"/en/")])
            return
        ours = self._methods(path)
        if ours and method not in ours:
            detail = f'{{"detail":"Method Not Allowed: {", ".join(sorted(ours))}"}}'
            await _reply(send, 405, detail.encode(), [(b"allow", ", ".join(sorted(ours)).encode())])
            return
        if not ours and not _of_gradio(path, method):
            await _missing(scope, send)
            return
        limit = MOST_PAGE_BYTES if "/gradio_api/" in path else LONGER.get(path, MOST_BYTES)
        try:
            body = await _whole(receive, scope, limit) if method in ("POST", "PUT", "PATCH") else receive
        except TimeoutError:
            detail = say("vi", "body_too_slow")
            await _reply(send, 408, f'{{"detail":"{detail}"}}'.encode(), [(b"connection", b"close")])
            return
        if body is None:
            detail = say("vi", "body_too_long", limit=limit)
            await _reply(send, 413, f'{{"detail":"{detail}"}}'.encode())
            return
        if path in PAGES and method in ("GET", "HEAD"):
            await self._page(scope, body, send, PAGES[path])
            return

        head = method == "HEAD" and bool(ours)  # the routers name GET; a HEAD is the same without its body

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", [])
                policy = _policy_of(headers) if ours else CSP_PLAIN
                message["headers"] = _with(headers, policy, cache=path.startswith("/tinh/"))
            elif head:
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if head else scope, body, guarded)

    def _methods(self, path: str) -> frozenset[str]:
        """By which methods a path of ours may be asked for; none if it is not ours."""
        found = {method for offer in self._offers if offer.path.fullmatch(path) for method in offer.methods}
        return frozenset(found | {"HEAD"} if "GET" in found else found)

    async def _page(self, scope: Scope, receive: Receive, send: Send, lang: Lang) -> None:
        """Gradio's HTML page, gathered whole so that it can be dressed; it is small and not streamed."""
        plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        zipped = any(k == b"accept-encoding" and b"gzip" in v for k, v in scope["headers"])
        start: Message = {}
        parts: list[bytes] = []

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        await self._app({**scope, "headers": plain}, receive, gather)
        nonce = secrets.token_urlsafe(16)
        first = await run_in_threadpool(self._first, lang)
        page = dress(b"".join(parts).decode("utf-8", "replace"), lang, nonce, first).encode("utf-8", "replace")
        headers = _with(start.get("headers", []), csp_chat(nonce), cache=False)
        if zipped:
            page = gzip.compress(page, 5)
            headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
        headers = [h for h in headers if h[0] != b"content-length"] + [(b"content-length", str(len(page)).encode())]
        await send({"type": "http.response.start", "status": start.get("status", 500), "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page})


def dress(page: str, lang: Lang, nonce: str, first: str = "") -> str:
    """Gradio's page in our clothes: language, title, style, script; its social tags (other hosts' pictures) go.

    Its JSON holds no "<" (gradio escapes it), so every "<script" here is gradio's own.
    """
    page = re.sub(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>", "", page)
    page = re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', page)
    page = re.sub(r'<html(\s+)lang="en"', rf'<html\1lang="{lang}"', page, count=1)
    title = f"{say(lang, 'name')} · {say(lang, 'tagline')}"
    others = "".join(f'<link rel="alternate" hreflang="{code}" href="{path}">' for path, code in PAGES.items())
    head = (
        f'<title>{escape(title)}</title><meta name="description" content="{escape(say(lang, "description"))}">'
        f'<meta name="color-scheme" content="light dark"><link rel="icon" href="{ICON}">{others}'
        f'<link rel="stylesheet" href="{CHAT_CSS}"><script nonce="{nonce}" src="{CHAT_JS}"></script>'
        f'<script nonce="{nonce}" src="{ASKING_JS}"></script>'
    )
    page = page.replace("</head>", f"{head}</head>", 1)
    shell = f"<noscript><p>{escape(say(lang, 'no_script'))}</p></noscript>"
    if first:
        shell += f'<div id="ht-first" aria-hidden="true" inert>{first}</div>'
    return page.replace("<gradio-app", f"{shell}<gradio-app", 1)


def _of_gradio(path: str, method: str) -> bool:
    return bool((_GRADIO_GET if method in ("GET", "HEAD") else _GRADIO_POST).fullmatch(path))


async def _whole(receive: Receive, scope: Scope, limit: int) -> Receive | None:
    """The request with its body read, at most `limit` bytes of it; None when it is longer. Raises TimeoutError."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            return None
    parts, size, more, gone = [], 0, True, False
    begun = time.monotonic()
    while more:
        message = await asyncio.wait_for(receive(), begun + SLOW_S + size / SLOWEST - time.monotonic())
        if message["type"] == "http.disconnect":
            gone = True
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        more = message.get("more_body", False)
    given = False

    async def again() -> Message:
        nonlocal given
        if not given and not gone:
            given = True
            return {"type": "http.request", "body": b"".join(parts), "more_body": False}
        return await receive() if not gone else {"type": "http.disconnect"}

    return again


def _staying(send: Send) -> Send:
    """Whoever came by https comes by https again."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"strict-transport-security", b"max-age=31536000")]
        await send(message)

    return sent


def _policy_of(headers: Any) -> str:
    """The policy that a route of ours chose (app.web.policy), else the strictest."""
    return next((v.decode("latin-1") for k, v in headers if k.lower() == b"content-security-policy"), CSP_PLAIN)


async def _missing(scope: Scope, send: Send) -> None:
    """Not there: a page for a reader, `detail` for a program."""
    accepted = next((v for k, v in scope["headers"] if k == b"accept"), b"")
    if b"text/html" not in accepted:
        await _reply(send, 404, b'{"detail":"Not Found"}')
        return
    lang: Lang = "en" if scope["path"].startswith("/en/") or b"lang=en" in scope.get("query_string", b"") else "vi"
    page = refused_page(lang, say(lang, "no_page"), title=say(lang, "no_page_title")).encode()
    body = b"" if scope["method"] == "HEAD" else page
    await _reply(send, 404, body, [(b"content-type", b"text/html; charset=utf-8")])


def _with(headers: Any, policy: str, *, cache: bool) -> list[tuple[bytes, bytes]]:
    kept = [(k, v) for k, v in headers if k.decode("latin-1").lower() not in (*_ALWAYS, "content-security-policy")]
    carried = {**_ALWAYS, "content-security-policy": policy}
    if not any(k == b"cross-origin-resource-policy" for k, _ in kept):  # only /widget.js says otherwise
        carried["cross-origin-resource-policy"] = "same-origin"
    if "frame-ancestors 'none'" not in policy:  # the older header knows no list of hosts
        del carried["x-frame-options"]
    made = [(k.encode(), v.encode()) for k, v in carried.items()]
    if cache:
        kept = [(k, v) for k, v in kept if k != b"cache-control"]
        made.append((b"cache-control", b"public, max-age=31536000, immutable"))
    return kept + made


async def _reply(send: Send, status: int, body: bytes, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
    headers = [(b"content-length", str(len(body)).encode()), *more]
    if not any(k == b"content-type" for k, _ in more):
        headers.insert(0, (b"content-type", b"application/json"))
    await send({"type": "http.response.start", "status": status, "headers": _with(headers, CSP_PLAIN, cache=False)})
    await send({"type": "http.response.body", "body": body})
