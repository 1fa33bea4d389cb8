"""The archive's page for editors.

    GET  /kho         what comes in, what was refused and corrected, figures
    POST /kho/them    add an address or a file, in the background
    GET  /kho/viec    how far that is, for the page's script

This module knows nothing of how news comes in.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.adding import Adding, NotTaken
from app.messages import say
from app.people import User
from app.web.archive_figures import DAYS
from app.web.archive_page import Holdings, adding_told, archive_main
from app.web.frame import framed
from app.web.guard import acting, csrf, editor, lang_of
from app.web.policy import CSP_SCRIPT
from app.web.style import ARCHIVE_JS
from app.web.webapp import WebApp

PATH = "/kho"
REJECTED = 100
UNANSWERED = 50


def routes(app: WebApp, adding: Adding | None = None) -> APIRouter:
    """The page and what it does. adding: the background job; a test brings its own."""
    jobs = adding or Adding(app.settings.home)

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        yield
        jobs.close()

    router = APIRouter(include_in_schema=False, lifespan=running)

    @router.get(PATH)
    def show(request: Request, user: Annotated[User, Depends(editor)]) -> HTMLResponse:
        return _page(app, jobs, request, user)

    @router.post(f"{PATH}/them")
    async def add(request: Request, user: Annotated[User, Depends(acting)]) -> Response:
        form = await request.form()
        address, file = str(form.get("address") or "").strip(), form.get("file")
        try:
            if file is not None and not isinstance(file, str) and file.filename:
                content = await file.read()
                await run_in_threadpool(jobs.begin_file, file.filename, content, user.name)
            else:
                await run_in_threadpool(jobs.begin, address, user.name)
        except NotTaken as error:
            return await run_in_threadpool(_page, app, jobs, request, user, error.said(lang_of(request)), 422)
        return RedirectResponse(f"{PATH}{'?lang=en' if lang_of(request) == 'en' else ''}#them", 303)

    @router.get(f"{PATH}/viec")
    def job(request: Request, user: Annotated[User, Depends(editor)]) -> JSONResponse:
        state = jobs.state()
        shown = {"stage": state["stage"], "html": adding_told(state, lang_of(request))}
        return JSONResponse(shown, headers={"cache-control": "no-store"})

    return router


def _page(app: WebApp, jobs: Adding, request: Request, user: User, wrong: str = "", status: int = 200) -> HTMLResponse:
    lang, state = lang_of(request), request.app.state
    found = app.archive.rejections(REJECTED)
    stats = app.archive.stats(DAYS)
    stats["sources"] = [{**source, "source": jobs.shown(source["source"])} for source in stats["sources"]]
    held = Holdings(
        stats=stats,
        behind=app.behind(),
        rejected=[(when, jobs.shown(r.source), r.reason, r.detail) for when, r in found],
        asked=state.tally.days(DAYS),
        unanswered=state.tally.unanswered(UNANSWERED),
        remarks=state.remarks.counts(),
        adding=jobs.state(),
        keep_days=app.settings.keep_questions,
    )
    proof = csrf(request)
    page = framed(
        say(lang, "kho_name"),
        archive_main(held, lang, proof=proof, wrong=wrong),
        lang,
        here=PATH,
        user=user.name,
        proof=proof,
        theme=request.cookies.get("ht_theme", ""),
        script=ARCHIVE_JS,
    )
    headers = {"content-security-policy": CSP_SCRIPT, "cache-control": "no-store"}
    return HTMLResponse(page.encode("utf-8", "replace"), status, headers)
