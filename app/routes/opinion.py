"""A model's second opinion over HTTP, where a model is configured: of one claim, and of a whole draft after its verdicts.

    POST /api/check/opinion     a claim of the check JSON, as it came -> its `second_opinion`

The sentences are read from the archive by their places, not taken from the caller. Two claims are asked about at a time
over all callers. Nothing is kept. This module knows nothing of how models are asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from app.check.adviser import Adviser
from app.check.verdict import Evidence, Verdict
from app.messages import say
from app.routes.problem import WRONG
from app.web.webapp import WebApp
from ingest.errors import UsageError

AT_ONCE = 2
"""Claims that the model is asked about at the same time, over all callers: the chat asks it as well."""

SECOND: dict[str, Any] = {"model": "qwen3:8b", "verdict": "REFUTED", "agrees": True, "why_none": ""}
"""An example."""


_ASKED: dict[str, Any] = {
    "text": "Cầu Sông Lam dài 1.200 m.",
    "verdict": "REFUTED",
    "evidence": [{"docid": "cau-1", "version": 1, "start": 54, "end": 93}],
    "note": "",
}


class Place(BaseModel):
    """A sentence of the archive by its place, as in `evidence` of the check JSON; the rest of it may come along."""

    docid: str = Field(max_length=2_000)
    version: int = Field(ge=0, lt=2**31)
    start: int = Field(ge=0, lt=2**31)
    end: int = Field(ge=0, lt=2**31)


class JudgedClaim(BaseModel):
    """A claim of the check JSON, as it came; what is not named here may come along."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ASKED]})

    text: str = Field(min_length=1, max_length=10_000)
    verdict: Verdict = Field(description="Ours, to say whether the opinion agrees; the model is not told it.")
    evidence: list[Place] = Field(min_length=1, max_length=12)
    note: str = Field("", max_length=2_000)


def join(router: APIRouter, app: WebApp, turn: asyncio.Semaphore) -> None:
    """Add the route by which the desk asks; turn: of AT_ONCE, shared with whole drafts."""

    @router.post(
        "/api/check/opinion",
        summary="Second opinion",
        responses={**WRONG, 200: {"content": {"application/json": {"example": SECOND}}}},
    )
    async def opinion(given: JudgedClaim) -> JSONResponse:
        """What the configured model says of a claim beside its sentences; our verdict stands. 422 where there is no model."""
        adviser = adviser_of(app)
        evidence = await run_in_threadpool(_read, app, given.evidence)
        async with turn:
            made = await run_in_threadpool(adviser.opinion, given.text, evidence, note=given.note)
        return JSONResponse(made.as_json(given.verdict), headers={"cache-control": "no-store"})


def adviser_of(app: WebApp) -> Adviser:
    """Who is asked; raises UsageError where no model is configured."""
    if app.adviser is None:
        sentence = say("vi", "second_no_model")
        raise UsageError(sentence, public=sentence)
    return app.adviser


def _read(app: WebApp, places: Sequence[Place]) -> list[Evidence]:
    """The sentences as they stand in the archive; raises UsageError when one of them does not."""
    found = []
    for p in places:
        article = app.archive.get(p.docid, p.version)
        quote = article.text[p.start : p.end].strip() if article else ""
        if article is None or not quote:
            sentence = say("vi", "second_gone")
            raise UsageError(sentence, public=sentence)
        found.append(
            Evidence(article.id, article.version, article.url, article.title, article.outlet, article.published, quote, p.start, p.end)
        )  # fmt: skip
    return found
