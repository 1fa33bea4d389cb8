"""POST /api/feedback: what a reader thinks of an answer. This module knows nothing of where it is kept."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.messages import say
from app.routes.problem import WRONG
from app.web import feedback
from app.web.webapp import WebApp

_REPLIES: dict[int | str, dict[str, Any]] = {
    **WRONG,
    201: {"content": {"application/json": {"example": {"detail": say("vi", "thanks")}}}, "description": "Kept."},
}


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


def routes(app: WebApp) -> APIRouter:
    """The route by which programs hand on what readers think."""
    router = APIRouter(tags=["api"])

    @router.post("/api/feedback", status_code=201, responses=_REPLIES)
    def remark(said: Remark) -> dict[str, str]:
        """Keep a remark about an answer."""
        about = {"question": said.question, "answer": said.answer, "by": "api"}
        feedback.keep(app.settings.home, said.verdict, said.why, about)
        return {"detail": say("vi", "thanks")}

    return router
