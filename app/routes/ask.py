"""POST /api/ask: a question in, the Answer of `hoitin ask --json` out.

    JSON                          the whole Answer
    Accept: text/event-stream     stages, sentences, citations, then the whole Answer (app.routes.events)

This module knows nothing of how answers are made.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from app.answer import Question, Turn, turns
from app.bounds import bound
from app.messages import say
from app.routes.events import EXAMPLE, events
from app.routes.problem import WRONG, clean
from app.web.webapp import WebApp
from ingest.errors import UsageError

_TURN = '{"role": "user"|"assistant", "content": "…"}'


_ANSWER = {
    "question": "Cầu Sông Lam thông xe khi nào?",
    "answer": "“Cầu Sông Lam thông xe sáng 28/7.” [1]",
    "short_answer": "sáng 28/7",
    "abstained": None,
    "abstain_score": 0.04,
    "notes": [],
    "since": None,
    "until": None,
    "citations": [
        {
            "marker": 1,
            "docid": "cau-1",
            "url": "https://bao.example/cau-song-lam.html",
            "title": "Cầu Sông Lam thông xe",
            "outlet": "Báo Ví Dụ",
            "published": "2026-07-28T09:30:00+07:00",
            "quote": "Cầu Sông Lam thông xe sáng 28/7.",
            "start": 0,
            "end": 32,
        }
    ],
    "hits": [],
    "seconds": 0.041,
}
_REPLIES: dict[int | str, dict[str, Any]] = {
    **WRONG,
    200: {
        "description": "The answer; a stream that ends with it when text/event-stream is accepted.",
        "content": {"application/json": {"example": _ANSWER}, "text/event-stream": {"example": EXAMPLE}},
    },
}


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

    def read(self) -> Question:
        """The question as the answer chain takes it; raises UsageError naming the field that cannot be read."""
        sources = (self.source,) if isinstance(self.source, str) else tuple(self.source or ())
        return Question(
            clean(self.question),
            since=bound(self.since, "since"),
            until=bound(self.until, "until", last=True),
            outlets=tuple(s for s in sources if s),
            now=bound(self.now, "now"),
            history=_history(self.history),
        )


def routes(app: WebApp) -> APIRouter:
    """The route by which programs ask."""
    router = APIRouter(tags=["api"])

    @router.post("/api/ask", responses=_REPLIES)
    async def ask(request: Request, asked: Ask) -> Response:
        """Answer a question by quotation; `abstained` says why when the archive does not hold the answer.

        With `Accept: text/event-stream` the answer comes as it grows.
        """
        question = asked.read()
        if "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(
                events(app.answerer, question),
                media_type="text/event-stream",
                headers={"cache-control": "no-store", "x-accel-buffering": "no", "vary": "accept"},
            )
        answer = await run_in_threadpool(app.answerer.answer, question)
        return JSONResponse(answer.as_json(), headers={"vary": "accept"})

    return router


def _history(given: list[dict[str, str]]) -> tuple[Turn, ...]:
    try:
        made = turns(given)
    except ValueError:
        sentence = say("vi", "bad_history", shape=_TURN)
        raise UsageError(sentence, public=sentence) from None
    return tuple(Turn(t.role, clean(t.content)) for t in made)
