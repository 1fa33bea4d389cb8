"""An answer as server-sent events, as it grows.

    event: stage      {"stage": "searching"}                      at once
    event: sentence   {"index": 0, "text": "…", "markers": [1]}   each as soon as it is proved; an index that comes
                                                                  again replaces the sentence that stood there
    event: citation   {"marker": 1, "quote": "…", …}              each before the first sentence that needs it
    event: answer     the whole Answer, as without a stream; the last event
    event: error      {"detail": "…", "status": 503}              instead of it, when there is no answer

While nothing happens a comment line goes out now and then, so that no proxy closes the
line. This module knows nothing of how answers are made.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import suppress
from typing import Any

from fastapi.concurrency import run_in_threadpool

from app.answer import Answer, Answerer, Question
from app.messages import say
from ingest.errors import HoitinError, UsageError

log = logging.getLogger("hoitin.web")

QUIET_S = 10.0
"""After so long without an event a comment goes out."""
EXAMPLE = (
    'event: stage\ndata: {"stage": "searching"}\n\n'
    'event: citation\ndata: {"marker": 1, "docid": "cau-1", "quote": "Cầu Sông Lam thông xe sáng 28/7.", …}\n\n'
    'event: sentence\ndata: {"index": 0, "text": "“Cầu Sông Lam thông xe sáng 28/7.” [1]", "markers": [1]}\n\n'
    'event: answer\ndata: {"question": "Cầu Sông Lam thông xe khi nào?", "answer": "…", "citations": […], …}\n\n'
)
_MARKER = re.compile(r"\[(\d+)\]")
_END: Any = object()


async def events(answerer: Answerer, question: Question) -> AsyncIterator[bytes]:
    """The events of one question. Never raises: an error is the last event."""
    yield event("stage", {"stage": "searching"})
    growing = _growing(answerer, question)
    told = _Told()
    answer: Answer | None = None
    try:
        while True:
            step = asyncio.ensure_future(run_in_threadpool(next, growing, _END))
            while not (await asyncio.wait({step}, timeout=QUIET_S))[0]:
                yield b": ...\n\n"
            found = step.result()
            if found is _END:
                break
            answer = found
            for name, value in told.new(answer):
                yield event(name, value)
        if answer is not None:
            yield event("answer", answer.as_json())
    except UsageError as error:
        yield event("error", {"detail": error.public, "status": 422})
    except HoitinError as error:
        log.error("/api/ask failed: %s", error)
        yield event("error", {"detail": error.public, "status": 503})
    except Exception:
        log.exception("/api/ask failed")
        yield event("error", {"detail": say("vi", "trouble"), "status": 500})
    finally:
        with suppress(ValueError):  # the reader has gone while a thread works on the next step: it ends by itself
            growing.close()


def event(name: str, value: object) -> bytes:
    """One event; JSON holds no line break, so one data line is enough.

    >>> event("stage", {"stage": "searching"})
    b'event: stage\\ndata: {"stage": "searching"}\\n\\n'
    """
    data = json.dumps(value, ensure_ascii=False)
    return f"event: {name}\ndata: {data}\n\n".encode("utf-8", "replace")


def _growing(answerer: Answerer, question: Question) -> Generator[Answer, None, None]:
    stream = getattr(answerer, "stream", None)
    if stream is None:
        yield answerer.answer(question)
    else:
        yield from stream(question)


class _Told:
    """What has gone out already."""

    def __init__(self) -> None:
        self._sentences: list[str] = []
        self._markers: set[int] = set()

    def new(self, answer: Answer) -> Iterator[tuple[str, dict[str, Any]]]:
        """The citations and sentences of a growing answer that have not gone out yet."""
        for citation in answer.citations:
            if citation.marker not in self._markers:
                self._markers.add(citation.marker)
                yield "citation", citation.as_json()
        for index, text in enumerate(line for line in answer.text.splitlines() if line.strip()):
            if index < len(self._sentences) and self._sentences[index] == text:
                continue
            self._sentences[index:] = [text]
            yield "sentence", {"index": index, "text": text, "markers": [int(n) for n in _MARKER.findall(text)]}
