"""The web app over HTTP: every route, behind the door, and the chat mounted at "/".

    create(app) -> FastAPI       the routes of app/routes, behind app.web.door
    serve(app, host, port)       take the port first, then load, then say where it is

    GET  /            the chat (English: /en/)       GET /bai/{docid}           one article, to read
    POST /api/ask     question -> Answer            GET /api/articles/{docid}  one article, as data
    POST /api/check   draft -> verdicts              GET /kiem-chung            the editors' desk
    POST /api/feedback                              GET /healthz, /readyz, /metrics, /api/openapi.json
    GET  /dang-nhap   editors sign in               GET /gan-nhan              their test questions

A new area of routes is a file in app/routes with `routes(app) -> APIRouter`, and a line in ROUTES: the door lets
in what the routers name, by the methods they name. This module knows nothing of retrieval or of how answers are made.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer
from fastapi.staticfiles import StaticFiles

from app.answer import Question
from app.keys import Keys
from app.messages import LANGS, Lang
from app.metrics import Metrics
from app.people import People
from app.port import PortTaken, check_port, take_port
from app.routes import (
    archive,
    articles,
    ask,
    check,
    desk,
    figures,
    health,
    labels,
    mcp,
    problem,
    remarks,
    sign_in,
    widget,
)
from app.secret import Seal
from app.tally import Tally
from app.watched import watched
from app.web.door import PAGES, Door, Offer
from app.web.feedback import VERDICTS, Remarks
from app.web.style import STATIC, STATIC_PATH
from app.web.talk import Talk
from app.web.top import first_paint
from app.web.turnstile import Turnstile
from app.web.webapp import WebApp

__all__ = ["PortTaken", "WebApp", "check_port", "create", "serve"]

log = logging.getLogger("hoitin.web")

SPECIFICATION = "/api/openapi.json"

BEARER = HTTPBearer(auto_error=False, description="A key of `hoitin key add`; needed only with HOITIN_API=keys.")
"""Says in the specification how a key is sent; app.web.turnstile looks at it."""

ROUTES: tuple[Callable[[WebApp], APIRouter], ...] = (
    ask.routes,
    check.routes,
    desk.routes,
    labels.routes,
    articles.routes,
    remarks.routes,
    mcp.routes,
    health.routes,
    figures.routes,
    sign_in.routes,
    archive.routes,
    widget.routes,
)
"""Every area of routes."""


def create(app: WebApp) -> FastAPI:
    """The whole web app. Opens the answerer, so that the first reader does not wait for it."""
    # Swagger's page fetches scripts from another host, so only the specification itself is served.
    web = FastAPI(
        title="Hỏi Tin",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=SPECIFICATION,
        description="Questions about the news in Vietnamese, answered by dated, checkable quotations.",
    )
    home, settings = app.settings.home, app.settings
    web.state.people, web.state.seal = People(home), Seal(home)
    web.state.tally, web.state.remarks = Tally(home, settings.keep_questions), Remarks(home)
    metrics = web.state.metrics = _metrics(app, web.state.remarks)

    def count(by: str, outcome: str, seconds: float, text: str) -> None:
        metrics.answered(by, outcome, seconds)
        web.state.tally.note(by, outcome, text)

    talks: dict[Lang, Talk] = {lang: Talk(watched(app, count, "chat"), lang) for lang in LANGS}
    problem.tell(web)
    offers = [Offer.of(SPECIFICATION, {"GET"})]
    for make in ROUTES:
        by = "mcp" if make is mcp.routes else "api"
        # What editors ask to label it is no reader's question.
        router = make(app if make is labels.routes else watched(app, count, by))
        offers += [Offer(r.path_regex, frozenset(r.methods)) for r in router.routes]  # type: ignore[attr-defined]
        called = any(r.path.startswith("/api/") for r in router.routes)  # type: ignore[attr-defined]
        web.include_router(router, dependencies=[Depends(BEARER)] if called else [])
    web.add_middleware(
        Turnstile,
        keys=Keys(home),
        per_minute=settings.rate,
        keys_only=settings.api == "keys",
        seen=metrics.replied,
    )
    web.add_middleware(
        Door, first=lambda lang: first_paint(talks[lang].glance(), lang, talks[lang].writer), offers=offers
    )
    if settings.proxy:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        web.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.proxy)
    web.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    _ = app.answerer
    # Imported here: gradio takes seconds, which a command that only checks its words should not pay.
    from app.web import chat

    for path, lang in sorted(PAGES.items(), reverse=True):  # "/" takes whatever is left, so it comes last
        chat.mount(web, talks[lang], home, path)
    return web


def _metrics(app: WebApp, remarks: Remarks) -> Metrics:
    gauges: dict[str, tuple[str, Callable[[], float]]] = {
        "hoitin_articles": ("Articles that can be cited.", lambda: float(app.archive.count())),
        "hoitin_index_behind": ("Changes of the archive that are not indexed yet.", lambda: float(app.behind())),
    }
    return Metrics(gauges, {verdict: partial(lambda v: float(remarks.totals()[v]), verdict) for verdict in VERDICTS})


def _warm(app: WebApp) -> None:
    """Ask one question, so that models and files are open before the address is told to anyone."""
    try:
        app.answerer.answer(Question("tin mới nhất"))
    except Exception as error:  # the server starts all the same: the log says what every reader would meet
        log.warning("the first question failed: %s", error)


def serve(app: WebApp, host: str, port: int) -> None:
    """Serve until interrupted. Raises PortTaken before anything slow; prints the address once it answers."""
    taken = take_port(host, port)
    try:
        import uvicorn

        web = create(app)
        _warm(app)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{taken.getsockname()[1]}"

        class Announced(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if self.started:
                    print(f"Hỏi Tin: {address}", flush=True)

        config = uvicorn.Config(
            web, log_level="warning", server_header=False, proxy_headers=False, timeout_graceful_shutdown=5
        )
        Announced(config).run(sockets=[taken])
    finally:
        taken.close()
