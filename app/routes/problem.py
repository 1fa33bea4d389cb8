"""Errors over HTTP: JSON with one sentence in `detail`; the rest is in the log.

    tell(web)      every exception becomes such a reply
    WRONG          the errors of a route that reads a body, for its documentation
    clean(text)    without what nothing after JSON can carry

This module knows nothing of what the routes do.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel

from app.messages import say
from app.web.frame import refused_page
from app.web.guard import SIGN_IN, SIGN_OUT, lang_of, return_path
from app.web.refusal import NotSignedIn, Refusal
from ingest.errors import HoitinError, UsageError

log = logging.getLogger("hoitin.web")


class Problem(BaseModel):
    """An error: one sentence for a person."""

    detail: str


WRONG: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 403, 413, 422, 429, 503)}
"""What may be answered to a call: no key, not allowed, too long, not as described, too often, out of order."""


def tell(web: FastAPI) -> None:
    """Make every error of this app a reply with a `detail` for a person."""

    @web.exception_handler(HoitinError)
    async def hoitin(request: Request, error: HoitinError) -> Response:
        wrong = isinstance(error, UsageError)
        if not wrong:
            log.error("%s failed: %s", request.url.path, error)
        return _told(request, error.public, 422 if wrong else 503)

    @web.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> Response:
        if isinstance(error, NotSignedIn) and request.method in ("GET", "HEAD") and _by_a_reader(request):
            lang = "&lang=en" if lang_of(request) == "en" else ""
            return RedirectResponse(f"{SIGN_IN}?ve={quote(_here(request), safe='')}{lang}", 303)
        return _told(request, error.public, error.status, error.headers)

    @web.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # Where and what, never the input itself: it may be huge, or no valid text at all.
        found = [f"{'.'.join(str(p) for p in e['loc'][1:]) or 'body'}: {e['msg']}" for e in error.errors()[:5]]
        return JSONResponse({"detail": clean("; ".join(found))}, 422)

    @web.exception_handler(Exception)
    async def unknown(request: Request, error: Exception) -> Response:
        log.error("%s failed", request.url.path, exc_info=error)
        return _told(request, say(lang_of(request), "trouble"), 500)


def _told(request: Request, sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The sentence: on a page for a reader, as `detail` for a program."""
    if not _by_a_reader(request):
        return JSONResponse({"detail": sentence}, status, headers)
    back = SIGN_IN if request.url.path in (SIGN_IN, SIGN_OUT) else _here(request)
    page = refused_page(lang_of(request), sentence, back, request.cookies.get("ht_theme", ""))
    return HTMLResponse(page.encode("utf-8", "replace"), status, headers)


def _by_a_reader(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _here(request: Request) -> str:
    return return_path(request.url.path + (f"?{request.url.query}" if request.url.query else ""), "/")


def clean(value: str) -> str:
    """Without broken surrogates, which JSON may carry and nothing after it can store."""
    return value.encode("utf-8", "replace").decode("utf-8")
