"""GET /widget.js and /nhung: Hỏi Tin inside a newsroom's own pages.

HOITIN_EMBED lists the sites that may frame it; by default none but this one. This
module knows nothing of what the page holds.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse

from app.routes.problem import clean
from app.web.guard import lang_of, page_pass
from app.web.policy import csp_embed
from app.web.style import STATIC
from app.web.webapp import WebApp
from app.web.widget import widget_page


def routes(app: WebApp) -> APIRouter:
    """The script that a page elsewhere loads, and the page that it frames."""
    router = APIRouter(include_in_schema=False)
    policy = csp_embed(app.settings.embed)

    @router.get("/nhung")
    def page(request: Request, theme: str = "", q: str = "") -> HTMLResponse:
        made = widget_page(lang_of(request), proof=page_pass(request), theme=theme, question=clean(q[:2_000]))
        headers = {"content-security-policy": policy, "cache-control": "no-store"}
        return HTMLResponse(made.encode("utf-8", "replace"), headers=headers)

    @router.get("/widget.js")
    def script() -> FileResponse:
        # Its address is written into other people's pages, so it cannot carry a digest: it is asked for again each hour.
        headers = {"cache-control": "public, max-age=3600", "cross-origin-resource-policy": "cross-origin"}
        return FileResponse(STATIC / "widget.js", media_type="text/javascript; charset=utf-8", headers=headers)

    return router
