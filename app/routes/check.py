"""POST /api/check: a draft in, each of its sentences judged against the archive; POST /api/check/export: a file.

    JSON                          {"claims": […], "seconds"}, as `hoitin check --json`
    Accept: text/event-stream     event claims (all sentences, before any is judged), event check (one each, as soon as
                                  it is judged), event done; event error ends it early
    "second_opinion": true        then a model's opinion of each: `second_opinion` in the JSON, event opinion after the checks

Work stops when whoever asked has gone. Nothing of a draft is kept. This module knows nothing of how verdicts are reached.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import aclosing
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.models import Example
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from app.bounds import bound
from app.check.opinion import Opinion, claims_json
from app.check.verdict import ClaimCheck
from app.desk.csv_file import csv_bytes
from app.desk.html_file import html_text
from app.desk.report import Report, check_draft, read_report
from app.messages import Lang, say
from app.routes import opinion
from app.routes.judging import events, judged, stepped, told
from app.routes.problem import WRONG, clean
from app.web.webapp import WebApp
from ingest.errors import UsageError

_AT_ONCE = 2
"""Sentences judged at the same time, over all drafts: questions are answered beside them."""
_CLAIM: Mapping[str, Any] = {
    "text": "Cầu Sông Lam dài 1.200 m.",
    "start": 0,
    "end": 25,
    "checkable": True,
    "why_not": "",
    "verdict": "REFUTED",
    "confidence": 0.93,
    "evidence": [
        {
            "docid": "cau-1",
            "version": 1,
            "url": "https://bao.example/cau-song-lam.html",
            "title": "Cầu Sông Lam thông xe",
            "outlet": "Báo Ví Dụ",
            "published": "2026-07-28T09:30:00+07:00",
            "quote": "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng.",
            "start": 54,
            "end": 93,
            "corrected": None,
        }
    ],
    "differences": [
        {
            "kind": "number",
            "claim": "1.200 m",
            "source": "1.250 m",
            "claim_start": 17,
            "claim_end": 24,
            "source_start": 66,
            "source_end": 73,
            "docid": "cau-1",
        }
    ],
    "missing": [],
    "note": "",
}
_DRAFT = "Cầu Sông Lam dài 1.200 m."
_STREAM = (
    'event: claims\ndata: {"total": 1, "claims": [{"text": "Cầu Sông Lam dài 1.200 m.", "start": 0, "end": 25}]}\n\n'
    'event: check\ndata: {"index": 0, "verdict": "REFUTED", …}\n\n'
    'event: done\ndata: {"counts": {"REFUTED": 1, …}, "seconds": 0.21}\n\n'
)
_REPLIES: dict[int | str, dict[str, Any]] = {
    **WRONG,
    200: {
        "description": "Every sentence with its verdict; a stream of them when text/event-stream is accepted.",
        "content": {
            "application/json": {"example": {"claims": [_CLAIM], "seconds": 0.21}},
            "text/event-stream": {"example": _STREAM},
        },
    },
}
_REPORTS: dict[str, Example] = {
    "draft": {
        "value": {
            "title": "Cầu mới",
            "draft": _DRAFT,
            "checked": "2026-08-01T09:00:00+07:00",
            "claims": [{**_CLAIM, "decision": "accept", "remark": "Đã gọi ban quản lý."}],
        }
    }
}
_FILES = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Draft(BaseModel):
    """A draft: `draft` or `text` is needed."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"draft": _DRAFT, "now": "2026-08-01"}, {"text": _DRAFT}]}
    )

    draft: str | None = Field(None, description="Plain text in Vietnamese, at most 200 kB of UTF-8.")
    text: str | None = Field(None, description="The same under another name, for a single sentence.")
    now: str | None = Field(
        None, description='The draft\'s date (ISO 8601), for "hôm qua"; else the date of the article compared.'
    )
    second_opinion: bool = Field(
        False,
        description=(
            "After all verdicts, ask the configured model about each claim that has evidence: `second_opinion` with its "
            "`model`, `verdict` (null if it gave none, and then `why_none`: nonsense, slow, down, busy, refused, broken, "
            "late, skipped) and whether it `agrees` with ours, which stands. null for a claim that was not asked about. "
            "In the stream an event opinion for each, after all checks. 422 where no model is configured."
        ),
    )

    def read(self) -> tuple[str, datetime | None]:
        """The draft and its date; raises UsageError when there is none, or too much of it."""
        draft = check_draft(clean(self.draft if self.draft is not None else self.text or ""))
        if not draft.strip():
            sentence = say("vi", "desk_empty")
            raise UsageError(sentence, public=sentence)
        return draft, bound(self.now, "now", last=True)  # a day at its end: its own news counts


def routes(app: WebApp) -> APIRouter:
    """The routes by which programs and the desk check."""
    router = APIRouter(tags=["api"])
    turn = asyncio.Semaphore(_AT_ONCE)
    asking = asyncio.Semaphore(opinion.AT_ONCE)
    writing = asyncio.Semaphore(1)  # a Word document of a thousand sentences takes seconds of a core

    @router.post("/api/check", responses=_REPLIES)
    async def check(request: Request, given: Draft) -> Response:
        """Check a draft or one sentence; each verdict comes with the archived sentences that it rests on."""
        draft, now = given.read()
        adviser = opinion.adviser_of(app) if given.second_opinion else None
        begun = time.perf_counter()
        # Before any is judged, so that a draft that cannot be read is an error and no broken stream.
        claims = await run_in_threadpool(app.checker.claims, draft)
        if "text/event-stream" in request.headers.get("accept", ""):
            listed = [
                {"text": c.text, "start": c.start, "end": c.end, "checkable": c.checkable, "why_not": c.why_not}
                for c in claims
            ]
            return StreamingResponse(
                events(told(judged(app, draft, now, turn), adviser, asking), listed, begun),
                media_type="text/event-stream",
                headers={"cache-control": "no-store", "x-accel-buffering": "no"},
            )
        checks: list[ClaimCheck] = []
        opinions: dict[int, Opinion] = {}
        async for one in judged(app, draft, now, turn):
            checks.append(one)
            if await request.is_disconnected():
                break
        else:
            if adviser:
                async with aclosing(stepped(adviser.opinions(checks), asking)) as given_out:
                    async for index, said in given_out:
                        opinions[index] = said
                        if await request.is_disconnected():
                            break
        found = claims_json(checks, opinions if adviser else None)
        return JSONResponse({"claims": found, "seconds": round(time.perf_counter() - begun, 6)})

    opinion.join(router, app, asking)

    @router.post(
        "/api/check/export",
        responses={**WRONG, 200: {"content": {kind.split(";")[0]: {} for kind in _FILES.values()}}},
        response_class=Response,
    )
    async def export(
        report: Annotated[dict[str, Any], Body(openapi_examples=_REPORTS)],
        form: Literal["csv", "html", "docx"] = "docx",
        lang: Lang = "vi",
    ) -> Response:
        """A checked draft as a file, with decisions (`accept`, `ignore`) and remarks; made from what is posted alone."""
        made = await run_in_threadpool(read_report, report)
        async with writing:
            data = await run_in_threadpool(_file, made, form, lang)
        named = {"content-disposition": f'attachment; filename="kiem-chung.{form}"', "cache-control": "no-store"}
        return Response(data, media_type=_FILES[form], headers=named)

    return router


def _file(report: Report, form: str, lang: Lang) -> bytes:
    if form == "csv":
        return csv_bytes(report, lang)
    if form == "html":
        return html_text(report, lang).encode("utf-8", "replace")
    # Imported here: Word documents are asked for seldom, and the library takes a moment to load.
    from app.desk.docx_file import docx_bytes

    return docx_bytes(report, lang)
