"""An MCP server, so that assistants can cite the archive: the tools `ask` and `check`.

    run_stdio(app)                     for an assistant that starts `hoitin mcp` itself
    with http_server(app, …) as asgi   for one that calls /mcp (streamable HTTP)

Every result says in words what it says as data, and each quotation comes with the
address of its article. Over HTTP only the named hosts are answered, so that a page
elsewhere cannot reach an archive on this machine by renaming it (DNS rebinding).
This module knows nothing of how answers are made.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from app.answer import Answer, Question
from app.bounds import bound
from app.check.verdict import ClaimCheck
from app.keys import Key
from app.messages import say
from app.web.webapp import WebApp
from app.web.wire import ASGIApp
from ingest.errors import HoitinError

log = logging.getLogger("hoitin.web")

VERSION = "1"


def server(app: WebApp, *, keys_only: bool = False) -> MCPServer[Any]:
    """The tools. keys_only: a call over HTTP needs a key with the scope of its tool."""
    # Else the package would send the log of the whole process through a handler of its own.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    made: MCPServer[Any] = MCPServer(
        "hoitin", title="Hỏi Tin", version=VERSION, instructions=say("en", "mcp_instructions"), log_level="WARNING"
    )
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    @made.tool(title="Hỏi Tin", description=say("en", "mcp_ask"), annotations=reads)
    def ask(
        context: Context,
        question: Annotated[str, Field(description="In Vietnamese, with or without diacritics.", max_length=4_000)],
        since: Annotated[str | None, Field(description="First day of publication, ISO 8601.")] = None,
        until: Annotated[str | None, Field(description="Last day of publication, ISO 8601.")] = None,
        outlets: Annotated[list[str] | None, Field(description="Only these outlets.", max_length=50)] = None,
    ) -> CallToolResult:
        _allow(context, "ask", keys_only)
        with _plainly():
            asked = Question(question, bound(since, "since"), bound(until, "until", last=True), tuple(outlets or ()))
            answer = app.answerer.answer(asked)
        return _result(told(answer), answer.as_json())

    @made.tool(title="Kiểm chứng", description=say("en", "mcp_check"), annotations=reads)
    def check(
        context: Context,
        text: Annotated[str, Field(description="A claim or a draft in Vietnamese.", max_length=200_000)],
        now: Annotated[str | None, Field(description='The day of the text, ISO 8601, for "hôm qua".')] = None,
    ) -> CallToolResult:
        _allow(context, "check", keys_only)
        with _plainly():
            checks = list(app.checker.check(text, now=bound(now, "now")))
        return _result("\n\n".join(map(judged, checks)), {"claims": [c.as_json() for c in checks]})

    return made


@asynccontextmanager
async def http_server(app: WebApp, hosts: Sequence[str], *, keys_only: bool = False) -> AsyncIterator[ASGIApp]:
    """An ASGI app for /mcp while the block runs. hosts: names, with a port or ":*", under which it may be asked."""
    made = server(app, keys_only=keys_only)
    guarded = TransportSecuritySettings(
        allowed_hosts=list(hosts),
        allowed_origins=[f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")],
    )
    # Stateless: each call stands alone, so a restart or a second process loses no session.
    asgi = made.streamable_http_app(
        streamable_http_path="/mcp", json_response=True, stateless_http=True, transport_security=guarded
    )
    async with made.session_manager.run():
        yield asgi


def run_stdio(app: WebApp) -> None:
    """Serve one assistant over standard input and output, until it closes them."""
    server(app).run("stdio")


def told(answer: Answer) -> str:
    """An answer in words: the sentences, then each source with its address.

    >>> told(Answer("?", "Kho không có.", "", (), (), 0.1, abstained="not_found"))
    'Kho không có.'
    """
    lines = [answer.text, *answer.notes]
    for c in answer.citations:
        day = f"{c.published:%d/%m/%Y}" if c.published else say("vi", "no_date")
        lines.append(
            f"[{c.marker}] {c.outlet or say('vi', 'no_outlet')}, {day}: {c.title}\n    {c.url}\n    “{c.quote}”"
        )
    return "\n".join(lines)


def judged(check: ClaimCheck) -> str:
    """A claim in words: the verdict, what differs, and the sentences it rests on with their addresses."""
    lines = [f"{check.verdict}: {check.claim.text}", *([check.note] if check.note else [])]
    lines += [say("vi", "check_differs", claim=d.claim, source=d.source) for d in check.differences]
    lines += [f"    “{e.quote}” ({e.outlet}) {e.url}" for e in check.evidence]
    return "\n".join(lines)


def _result(words: str, data: dict[str, Any]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=words)], structured_content=data)


def _allow(context: Context, scope: str, keys_only: bool) -> None:
    """Raise ToolError unless the key of this call, if one is needed, has the scope."""
    request = context.request_context.request
    key: Key | None = request.scope.get("hoitin.key") if request is not None else None
    if request is None or (key is None and not keys_only) or (key is not None and scope in key.scopes):
        return
    raise ToolError(say("vi", "key_scope", name=key.name, scope=scope) if key else say("vi", "key_needed"))


class _plainly:
    """Errors of ours become the sentence that a reader would see; the rest is in the log."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, HoitinError):
            log.warning("mcp: %s", error)
            raise ToolError(error.public) from error
