"""One article: /bai/{docid} to read, /api/articles/{docid} as data.

This module knows nothing of how a page looks (app.web.article does).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.export import article_json
from app.messages import say
from app.routes.problem import Problem, clean
from app.web.article import article_page, missing_page
from app.web.webapp import WebApp
from ingest.article import Article

_ARTICLE = {
    "id": "cau-1",
    "url": "https://bao.example/cau-song-lam.html",
    "title": "Cầu Sông Lam thông xe",
    "summary": "Cầu Sông Lam thông xe sáng 28/7.",
    "text": "Cầu Sông Lam thông xe sáng 28/7.\n\nCây cầu dài 1.250 m.",
    "paragraphs": ["Cầu Sông Lam thông xe sáng 28/7.", "Cây cầu dài 1.250 m."],
    "captions": [],
    "byline": ["Trần Thị Mẫu"],
    "outlet": "Báo Ví Dụ",
    "section": "Thời sự",
    "published": "2026-07-28T09:30:00+07:00",
    "updated": None,
    "lang": "vi",
    "story": "",
    "version": 1,
}
_REPLIES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"example": _ARTICLE}}, "description": "The article."},
    **{code: {"model": Problem} for code in (401, 403, 404, 422, 429)},
}


def routes(app: WebApp) -> APIRouter:
    """The reading page and the data of an article."""
    router = APIRouter()

    @router.get("/api/articles/{docid:path}", tags=["api"], responses=_REPLIES)
    def article(docid: str, version: Annotated[int | None, Query(ge=1)] = None) -> JSONResponse:
        """One article as `hoitin export` writes it; citations count characters in its `text`."""
        found = _get(app, docid, version)
        if found is None:
            return JSONResponse({"detail": say("vi", "no_such_article", docid=clean(docid))}, 404)
        return JSONResponse(article_json(found))

    @router.get("/bai/{docid:path}", response_class=HTMLResponse, include_in_schema=False)
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

    return router


def _get(app: WebApp, docid: str, version: int | None) -> Article | None:
    """None also for ids and versions that no database could hold."""
    if "\x00" in docid or len(docid) > 2_000 or (version is not None and not 1 <= version < 2**31):
        return None
    return app.archive.get(clean(docid), version)


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 12 else None
