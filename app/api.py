"""The web app over HTTP: the JSON API, the article pages, and the chat mounted at "/".

    create(app) -> FastAPI       every route, behind app.web.door
    serve(app, host, port)       take the port first, then load, then say where it is

    GET  /            the chat (English: /en/)       GET /bai/{docid}           one article, to read
    POST /api/ask     question -> Answer            GET /api/articles/{docid}  one article, as data
    POST /api/feedback                              GET /healthz, /readyz, /api/openapi.json

Errors are JSON with a `detail` that a person can read; the rest is in the log.
This module knows nothing of retrieval or of how answers are made.
"""

from __future__ import annotations

import logging
import socket
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict, Field

from app.answer import Question, Turn, turns
from app.export import article_json
from app.messages import LANGS, Lang, say
from app.port import PortTaken, check_port, take_port
from app.web import feedback
from app.web.article import article_page, missing_page
from app.web.door import PAGES, Door
from app.web.style import STATIC, STATIC_PATH
from app.web.talk import Rooms, Talk
from app.web.top import first_paint
from ingest.article import VIETNAM, Article
from ingest.errors import HoitinError, UsageError

__all__ = ["PortTaken", "WebApp", "check_port", "create", "serve"]

log = logging.getLogger("hoitin.web")


class Configured(Protocol):
    """The settings, as far as the web needs them."""

    @property
    def home(self) -> Path: ...


class WebApp(Rooms, Protocol):
    """What the web needs of app.wiring.App: archive, answerer, settings.home."""

    @property
    def settings(self) -> Configured: ...


_TURN = '{"role": "user"|"assistant", "content": "…"}'


class Ask(BaseModel):
    """A question. Only `question` is needed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "Cầu Sông Lam thông xe khi nào?"},
                {
                    "question": "Còn đường dẫn thì sao?",
                    "since": "2026-07-01",
                    "until": "2026-07-31",
                    "source": "Báo Ví Dụ",
                    "now": "2026-08-01T09:00:00+07:00",
                    "history": [
                        {"role": "user", "content": "Cầu Sông Lam thông xe khi nào?"},
                        {"role": "assistant", "content": "“Cầu Sông Lam thông xe sáng 28/7.” [1]"},
                    ],
                },
            ]
        },
    )

    question: str = Field(description="In Vietnamese, with or without diacritics.")
    since: str | None = Field(None, description="First day or moment of publication (ISO 8601), inclusive.")
    until: str | None = Field(None, description="Last day or moment of publication (ISO 8601), inclusive.")
    source: str | list[str] | None = Field(None, description="Only this outlet, or these.")
    now: str | None = Field(None, description='The moment of asking, for "hôm qua"; the clock\'s when left out.')
    history: list[dict[str, str]] = Field(
        default_factory=list, max_length=100, description="Earlier turns, oldest first."
    )


class Remark(BaseModel):
    """What a reader thinks of an answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"verdict": "quote", "why": "source", "question": "Cầu nào thông xe?"}]},
    )

    verdict: Literal["good", "bad", "quote"]
    why: Literal["", "wrong", "missing", "old", "unclear", "quote", "source", "gone"] = ""
    question: str = Field(max_length=2_000)
    answer: str = Field("", max_length=8_000)


class Problem(BaseModel):
    """An error: one sentence for a person."""

    detail: str


def create(app: WebApp) -> FastAPI:
    """The whole web app. Opens the answerer, so that the first reader does not wait for it."""
    # Swagger's page fetches scripts from another host, so only the specification itself is served.
    web = FastAPI(
        title="Hỏi Tin",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        description="Questions about the news in Vietnamese, answered by dated, checkable quotations.",
    )
    talks: dict[Lang, Talk] = {lang: Talk(app, lang) for lang in LANGS}
    web.add_middleware(Door, first=lambda lang: first_paint(talks[lang].glance(), lang))
    _problems(web)
    _api(web, app)
    _articles(web, app)
    web.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    _ = app.answerer
    # Imported here: gradio takes seconds, which a command that only checks its words should not pay.
    from app.web import chat

    for path, lang in sorted(PAGES.items(), reverse=True):  # "/" takes whatever is left, so it comes last
        chat.mount(web, talks[lang], app.settings.home, path)
    return web


def _problems(web: FastAPI) -> None:
    @web.exception_handler(HoitinError)
    async def hoitin(request: Request, error: HoitinError) -> JSONResponse:
        wrong = isinstance(error, UsageError)
        if not wrong:
            log.error("%s failed: %s", request.url.path, error)
        return JSONResponse({"detail": error.public}, 422 if wrong else 503)

    @web.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # Where and what, never the input itself: it may be huge, or no valid text at all.
        found = [f"{'.'.join(str(p) for p in e['loc'][1:]) or 'body'}: {e['msg']}" for e in error.errors()[:5]]
        return JSONResponse({"detail": _clean("; ".join(found))}, 422)

    @web.exception_handler(Exception)
    async def unknown(request: Request, error: Exception) -> JSONResponse:
        log.error("%s failed", request.url.path, exc_info=error)
        return JSONResponse({"detail": say("vi", "trouble")}, 500)


def _api(web: FastAPI, app: WebApp) -> None:
    wrong: dict[int | str, dict[str, Any]] = {422: {"model": Problem}, 413: {"model": Problem}, 503: {"model": Problem}}

    @web.post("/api/ask", tags=["api"], responses=wrong)
    def ask(asked: Ask) -> JSONResponse:
        """Answer a question by quotation; `abstained` says why when the archive does not hold the answer."""
        sources = (asked.source,) if isinstance(asked.source, str) else tuple(asked.source or ())
        question = Question(
            _clean(asked.question),
            since=bound(asked.since, "since"),
            until=bound(asked.until, "until", last=True),
            outlets=tuple(s for s in sources if s),
            now=bound(asked.now, "now"),
            history=_history(asked.history),
        )
        return JSONResponse(app.answerer.answer(question).as_json())

    @web.get("/api/articles/{docid:path}", tags=["api"], responses={404: {"model": Problem}, 422: {"model": Problem}})
    def article(docid: str, version: Annotated[int | None, Query(ge=1)] = None) -> JSONResponse:
        """One article as `hoitin export` writes it; citations count characters in its `text`."""
        found = _get(app, docid, version)
        if found is None:
            return JSONResponse({"detail": say("vi", "no_such_article", docid=_clean(docid))}, 404)
        return JSONResponse(article_json(found))

    @web.post("/api/feedback", tags=["api"], status_code=201, responses=wrong)
    def remark(said: Remark) -> dict[str, str]:
        """Keep a remark about an answer."""
        feedback.keep(
            app.settings.home, said.verdict, said.why, {"question": said.question, "answer": said.answer, "by": "api"}
        )
        return {"detail": say("vi", "thanks")}

    @web.get("/healthz", tags=["run"])
    def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @web.get("/readyz", tags=["run"], responses={503: {"model": Problem}})
    def readyz() -> JSONResponse:
        """Questions can be answered: the archive can be read and is not empty."""
        count = app.archive.count()
        if not count:
            return JSONResponse({"detail": say("vi", "not_ready")}, 503)
        return JSONResponse({"status": "ok", "articles": count})


def _articles(web: FastAPI, app: WebApp) -> None:
    @web.get("/bai/{docid:path}", response_class=HTMLResponse, include_in_schema=False)
    def read(request: Request, docid: str) -> HTMLResponse:
        asked = request.query_params
        theme = request.cookies.get("ht_theme", "")
        lang: Literal["vi", "en"] = "en" if asked.get("lang") == "en" else "vi"
        start, end, version, other = (_number(asked.get(name)) for name in ("tu", "den", "v", "so"))
        found = _get(app, docid, version)
        if found is None:
            known = version is not None and _get(app, docid, None) is not None
            return HTMLResponse(missing_page(lang, version=version if known else None, theme=theme), 404)
        versions, others = app.archive.versions(docid), app.archive.same_story(docid)
        before = next((v for v in versions if v.version == other), None)
        page = article_page(found, versions, others, lang, start=start, end=end, before=before, theme=theme)
        return HTMLResponse(page.encode("utf-8", "replace"))


def _get(app: WebApp, docid: str, version: int | None) -> Article | None:
    """None also for ids and versions that no database could hold."""
    if "\x00" in docid or len(docid) > 2_000 or (version is not None and not 1 <= version < 2**31):
        return None
    return app.archive.get(_clean(docid), version)


def bound(value: str | None, field: str, *, last: bool = False) -> datetime | None:
    """A day or moment in ISO 8601 as an aware moment; a day is its first moment in Vietnam, or its last.

    Raises UsageError naming the field.

    >>> bound("2026-07-28", "until", last=True).isoformat()
    '2026-07-28T23:59:59.999999+07:00'
    """
    if value is None or not value.strip():
        return None
    value = value.strip()
    try:
        if len(value) <= 10:
            return datetime.combine(date.fromisoformat(value), time.max if last else time.min, VIETNAM)
        made = datetime.fromisoformat(value)
        made = made if made.tzinfo else made.replace(tzinfo=VIETNAM)
        return made.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        sentence = say("vi", "bad_date", field=field, found=repr(_clean(value[:40])))
        raise UsageError(sentence, public=sentence) from None


def _history(given: list[dict[str, str]]) -> tuple[Turn, ...]:
    try:
        made = turns(given)
    except ValueError:
        sentence = say("vi", "bad_history", shape=_TURN)
        raise UsageError(sentence, public=sentence) from None
    return tuple(Turn(t.role, _clean(t.content)) for t in made)


def _clean(value: str) -> str:
    """Without broken surrogates, which JSON may carry and nothing after it can store."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 12 else None


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

        config = uvicorn.Config(web, log_level="warning", server_header=False, timeout_graceful_shutdown=5)
        Announced(config).run(sockets=[taken])
    finally:
        taken.close()
