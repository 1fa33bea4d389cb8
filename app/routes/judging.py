"""A draft as it is judged: each verdict as soon as it is there, then the opinions, as server-sent events.

    event: claims    {"total": 6, "claims": […]}                    all sentences, before any is judged
    event: check     {"index": 0, "verdict": "REFUTED", …}          one for each, in the draft's order
    event: opinion   {"index": 0, "second_opinion": {…}, …}         after all of them, where a model is asked
    event: done      {"counts": {…}, "seconds": 0.21}               or error with a detail, which ends it early

While nothing happens a comment line goes out now and then. Work stops when whoever asked has gone. This module knows
nothing of how verdicts are reached.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, suppress
from datetime import datetime
from typing import Any, TypeVar

from fastapi.concurrency import run_in_threadpool

from app.check.adviser import Adviser, askable
from app.check.verdict import ClaimCheck
from app.desk.report import OUTCOMES
from app.messages import say
from app.routes.events import QUIET_S
from app.routes.problem import clean
from app.web.webapp import WebApp
from ingest.errors import HoitinError

log = logging.getLogger("hoitin.web")

Step = TypeVar("Step")


async def judged(app: WebApp, draft: str, now: datetime | None, turn: asyncio.Semaphore) -> AsyncGenerator[ClaimCheck]:
    """Each sentence as soon as it is judged; a draft waits its turn at every sentence."""
    found = await run_in_threadpool(app.checker.check, draft, now=now)
    async with aclosing(stepped(found, turn)) as checks:
        async for one in checks:
            yield one


async def stepped(found: Iterator[Step], turn: asyncio.Semaphore) -> AsyncGenerator[Step]:
    """What an iterator gives, each step made in a thread and in its turn; closed with the last one asked for."""
    try:
        while True:
            async with turn:
                one = await run_in_threadpool(next, found, None)
            if one is None:
                return
            yield one
    finally:
        close = getattr(found, "close", None)
        if close:
            close()


async def told(
    checks_made: AsyncGenerator[ClaimCheck], adviser: Adviser | None, asking: asyncio.Semaphore
) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
    """The events of a draft in order: every verdict, then, where they are asked for, the opinions."""
    checks: list[ClaimCheck] = []
    async with aclosing(checks_made):
        async for one in checks_made:
            yield "check", {"index": len(checks), **one.as_json()}
            checks.append(one)
    if adviser is None:
        return
    done, total = 0, sum(map(askable, checks))
    async with aclosing(stepped(adviser.opinions(checks), asking)) as opinions:
        async for index, said in opinions:
            done += 1
            second = said.as_json(checks[index].verdict)
            yield "opinion", {"index": index, "done": done, "total": total, "second_opinion": second}


async def events(
    going: AsyncGenerator[tuple[str, dict[str, Any]]], listed: list[dict[str, Any]], begun: float
) -> AsyncIterator[str]:
    """The events of one draft. Never raises: an error is the last event."""
    counts = dict.fromkeys(OUTCOMES, 0)
    yield _event("claims", {"total": len(listed), "claims": listed})
    step = asyncio.ensure_future(anext(going, None))
    try:
        while True:
            while not (await asyncio.wait({step}, timeout=QUIET_S))[0]:
                yield ": ...\n\n"
            one = step.result()
            if one is None:
                break
            step = asyncio.ensure_future(anext(going, None))
            name, data = one
            if name == "check":
                counts[data["verdict"] if data["checkable"] else "NO_CHECK"] += 1
            yield _event(name, data)
    except HoitinError as error:
        log.error("/api/check failed: %s", error)
        yield _event("error", {"detail": error.public})
    except Exception as error:  # the reply has begun: what failed can only be told inside it
        log.error("/api/check failed", exc_info=error)
        yield _event("error", {"detail": say("vi", "trouble")})
    else:
        yield _event("done", {"counts": counts, "seconds": round(time.perf_counter() - begun, 6)})
    finally:
        # Whoever asked has gone, or all is judged: the sentence in hand is finished, no other is begun.
        step.cancel()
        with suppress(BaseException):
            await step
        await going.aclose()


def _event(name: str, data: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {clean(json.dumps(data, ensure_ascii=False))}\n\n"
