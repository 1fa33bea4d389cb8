"""GET /healthz and /readyz: for whoever runs the app."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.messages import say
from app.routes.problem import Problem
from app.web.webapp import WebApp


def routes(app: WebApp) -> APIRouter:
    """Whether the process lives, and whether it can answer."""
    router = APIRouter(tags=["run"])

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"model": Problem}})
    def readyz() -> JSONResponse:
        """Questions can be answered: the archive can be read and is not empty."""
        count = app.archive.count()
        if not count:
            return JSONResponse({"detail": say("vi", "not_ready")}, 503)
        return JSONResponse({"status": "ok", "articles": count})

    return router
