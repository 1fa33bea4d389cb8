"""The desk's pages and saved drafts.

    GET /kiem-chung                     the editors' desk: sign-in first
    GET /tin-nay-co-dung-khong?cau=…    one claim, for everybody
    /api/drafts, /api/drafts/{id}       list, save, open, delete: an editor's own, with the page's proof

This module knows nothing of verdicts.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.desk.drafts import Drafts
from app.desk.report import read_report, report_json
from app.messages import say
from app.people import User
from app.routes.problem import clean
from app.web.desk import CLAIM, DESK, claim_page, desk_page
from app.web.guard import acting, csrf, editor, lang_of, page_pass, visitor
from app.web.markup import moment
from app.web.policy import CSP_SCRIPT
from app.web.webapp import WebApp

_KEPT_NOWHERE = {"cache-control": "no-store"}


def routes(app: WebApp) -> APIRouter:
    """The pages, and the drafts behind them."""
    router = APIRouter(include_in_schema=False)
    home = app.settings.home

    @router.get(DESK)
    def desk(request: Request, user: Annotated[User, Depends(editor)]) -> HTMLResponse:
        model = app.adviser.model if app.adviser else ""
        lang, theme = lang_of(request), _theme(request)
        return _page(desk_page(lang, user=user.name, proof=csrf(request), theme=theme, model=model))

    @router.get(CLAIM)
    def claim(request: Request, cau: str = "") -> HTMLResponse:
        user = visitor(request)
        name, proof = (user.name, csrf(request)) if user else ("", page_pass(request))
        text = clean(cau[:2_000])
        theme = _theme(request)
        return _page(claim_page(lang_of(request), user=name, proof=proof, theme=theme, claim=text))

    @router.get("/api/drafts")
    def listed(user: Annotated[User, Depends(editor)]) -> JSONResponse:
        kept = [{"id": d.id, "title": d.title, "saved": moment(d.saved)} for d in Drafts(home, user.name).all()]
        return JSONResponse({"drafts": kept}, headers=_KEPT_NOWHERE)

    @router.post("/api/drafts", status_code=201)
    def save(user: Annotated[User, Depends(acting)], given: Annotated[dict[str, Any], Body()]) -> JSONResponse:
        over = given.get("id")
        kept = Drafts(home, user.name).save(read_report(given), over if isinstance(over, str) else None)
        return JSONResponse({"id": kept}, 201, headers=_KEPT_NOWHERE)

    @router.get("/api/drafts/{draft_id}")
    def opened(user: Annotated[User, Depends(editor)], draft_id: str) -> JSONResponse:
        found = Drafts(home, user.name).get(draft_id)
        if found is None:
            return JSONResponse({"detail": say("vi", "desk_no_draft")}, 404)
        return JSONResponse(report_json(found), headers=_KEPT_NOWHERE)

    @router.delete("/api/drafts/{draft_id}")
    def deleted(user: Annotated[User, Depends(acting)], draft_id: str) -> JSONResponse:
        if not Drafts(home, user.name).delete(draft_id):
            return JSONResponse({"detail": say("vi", "desk_no_draft")}, 404)
        return JSONResponse({"id": draft_id})

    return router


def _page(page: str) -> HTMLResponse:
    headers = {"content-security-policy": CSP_SCRIPT, **_KEPT_NOWHERE}
    return HTMLResponse(page.encode("utf-8", "replace"), headers=headers)


def _theme(request: Request) -> str:
    return request.cookies.get("ht_theme", "")
