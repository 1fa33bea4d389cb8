"""GET /metrics: figures for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.metrics import CONTENT_TYPE, Metrics
from app.web.webapp import WebApp

_EXAMPLE = 'hoitin_questions_total{by="chat",outcome="answered"} 12.0\nhoitin_articles 1840.0\n'


def routes(app: WebApp) -> APIRouter:
    """The figures."""
    router = APIRouter(tags=["run"])

    @router.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"example": _EXAMPLE}}, "description": "Prometheus' text form."}},
    )
    def metrics(request: Request) -> Response:
        """Questions, abstentions, seconds, remarks, replies, articles and how far the index is behind."""
        found: Metrics = request.app.state.metrics
        return Response(found.page(), media_type=CONTENT_TYPE)

    return router
