"""The door of the web app: what may come in, and what every reply carries.

    request -> too long? not offered? -> app -> security headers
    Gradio's page -> our language, title, style, script, and a nonce for its own scripts

Gradio serves much that this app does not offer (uploads, files, proxies, run
history, monitoring): what is not on the list below does not exist here.
Plain ASGI, so that streamed answers pass through unbuffered. This module knows
nothing of articles, answers or gradio.
"""

from __future__ import annotations

import gzip
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool

from app.messages import Lang, say
from app.web.style import CHAT_CSS, CHAT_JS, ICON

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

PAGES: Mapping[str, Lang] = {"/": "vi", "/en/": "en"}
"""Where each language's chat is."""
MOST_BYTES = 64 * 1024
"""Of a request body to the API: a question is at most some kilobytes."""
MOST_PAGE_BYTES = 2 * 2**20
"""Of a request of the chat page, which carries the conversations that the browser keeps."""

_OURS = re.compile(r"/(?:api/.*|bai/.*|tinh/.*|healthz|readyz)")
_GRADIO_GET = re.compile(
    r"(?:/en)?/(?:(?:assets|static|svelte)/.+|theme\.css|favicon\.ico|manifest\.json|config/?|"
    r"gradio_api/(?:queue/data|heartbeat/[\w-]+|startup-events|info/?))"
)
_GRADIO_POST = re.compile(r"(?:/en)?/gradio_api/(?:queue/join|run/predict|cancel)/?")

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
CSP_PLAIN = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""For article pages and JSON: no script at all."""


def csp_chat(nonce: str) -> str:
    """For the chat. Inline handlers and javascript: addresses stay forbidden, so markup that slipped in could not run.

    'unsafe-eval': gradio makes functions of the templates that this app wrote (gr.HTML).
    style 'unsafe-inline': gradio sets style attributes on its elements.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; script-src-attr 'none'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Door:
    """ASGI middleware around the whole web app."""

    def __init__(self, app: ASGIApp, first: Callable[[Lang], str] = lambda _: "") -> None:
        """first: HTML of a page's first paint, shown until gradio's script has loaded."""
        self._app = app
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Only plain requests are offered: a websocket finds nobody, and lifespan must pass.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        path, method = scope["path"], scope["method"]
        if path == "/en":  # gradio's page finds its parts relative to the slash
            await _reply(send, 307, b"", [(b"location", b"/en/")])
            return
        if not _offered(path, method):
            await _reply(send, 404, b'{"detail":"Not Found"}')
            return
        limit = MOST_PAGE_BYTES if "/gradio_api/" in path else MOST_BYTES
        body = await _whole(receive, scope, limit) if method in ("POST", "PUT", "PATCH") else receive
        if body is None:
            detail = say("vi", "body_too_long", limit=limit)
            await _reply(send, 413, f'{{"detail":"{detail}"}}'.encode())
            return
        if path in PAGES and method in ("GET", "HEAD"):
            await self._page(scope, body, send, PAGES[path])
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with(message.get("headers", []), CSP_PLAIN, cache=path.startswith("/tinh/"))
            await send(message)

        await self._app(scope, body, guarded)

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
    )
    page = page.replace("</head>", f"{head}</head>", 1)
    shell = f"<noscript><p>{escape(say(lang, 'no_script'))}</p></noscript>"
    if first:
        shell += f'<div id="ht-first" aria-hidden="true" inert>{first}</div>'
    return page.replace("<gradio-app", f"{shell}<gradio-app", 1)


def _offered(path: str, method: str) -> bool:
    if path in PAGES:
        return method in ("GET", "HEAD")
    if _OURS.fullmatch(path):
        return True
    return bool((_GRADIO_GET if method in ("GET", "HEAD") else _GRADIO_POST).fullmatch(path))


async def _whole(receive: Receive, scope: Scope, limit: int) -> Receive | None:
    """The request with its body read, at most `limit` bytes of it; None when it is longer."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            return None
    parts, size, more, gone = [], 0, True, False
    while more:
        message = await receive()
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


def _with(headers: Any, policy: str, *, cache: bool) -> list[tuple[bytes, bytes]]:
    kept = [(k, v) for k, v in headers if k.decode("latin-1").lower() not in (*_ALWAYS, "content-security-policy")]
    made = [(k.encode(), v.encode()) for k, v in {**_ALWAYS, "content-security-policy": policy}.items()]
    if cache:
        kept = [(k, v) for k, v in kept if k != b"cache-control"]
        made.append((b"cache-control", b"public, max-age=31536000, immutable"))
    return kept + made


async def _reply(send: Send, status: int, body: bytes, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *more]
    await send({"type": "http.response.start", "status": status, "headers": _with(headers, CSP_PLAIN, cache=False)})
    await send({"type": "http.response.body", "body": body})
