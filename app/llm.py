"""Models that write: any OpenAI-compatible endpoint, through llama-index.

In: Messages and an endpoint. Out: pieces of text as they come, or WriterDown with a reason. A call
that fails before its first piece (429, 500, no connection) is tried once more; one
that breaks off later is not, because half of it has been read. The only file that
imports llama_index, and only a home with a model configured imports it. Nothing is sent anywhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence

from llama_index.core.llms import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike

from app.settings import Settings
from app.writer import Message, Writer, WriterDown

AGAIN_AFTER_S = 0.5
"""Pause before the second try."""

CONTEXT = 8_192
"""Tokens that a model is taken to read; the prompt stays far below."""


class Endpoint:
    """A Writer behind an OpenAI-compatible address. Safe to share between threads.

    address: gives the base URL, ending in /v1; called for each answer, so that a local server may start late.
    timeout_s: for the whole answer; no single wait is longer, and between two pieces the whole is watched.
    """

    def __init__(self, address: Callable[[], str], *, model: str, key: str = "", timeout_s: float = 60.0) -> None:
        self._address = address
        self._model = model
        self._key = key
        self._timeout_s = timeout_s

    def write(self, messages: Sequence[Message], *, max_tokens: int) -> Generator[str, None, None]:
        """The text in pieces; raises WriterDown."""
        ends = time.monotonic() + self._timeout_s
        chat = [ChatMessage(role=MessageRole(m.role), content=m.content) for m in messages]
        for attempt in (1, 2):
            begun = False
            try:
                for piece in self._pieces(chat, max_tokens, ends):
                    begun = True
                    yield piece
                return
            except WriterDown:
                raise
            except Exception as error:  # whatever the client and the transport under it raise
                down = self._down(error)
                if begun or attempt == 2 or down.reason in ("refused", "slow") or time.monotonic() >= ends:
                    raise down from error
            time.sleep(AGAIN_AFTER_S)

    def _pieces(self, chat: Sequence[ChatMessage], max_tokens: int, ends: float) -> Iterator[str]:
        left = max(0.1, ends - time.monotonic())
        model = OpenAILike(
            model=self._model,
            api_base=self._address(),
            api_key=self._key or "none",
            is_chat_model=True,
            context_window=CONTEXT,
            max_tokens=max_tokens,
            temperature=0.0,
            max_retries=0,
            timeout=left,
            reuse_client=False,
        )
        for response in model.stream_chat(chat):
            if time.monotonic() > ends:
                raise WriterDown(self._said(f"not done after {self._timeout_s:g} s"), reason="slow")
            if response.delta:  # the first may be empty: it only names the role
                yield response.delta

    def _down(self, error: Exception) -> WriterDown:
        status = getattr(error, "status_code", None)
        if "timeout" in type(error).__name__.lower():
            return WriterDown(self._said(f"no word within {self._timeout_s:g} s"), reason="slow")
        if status is None:
            # no status: nobody listens, the line was cut, or what came is no event stream
            return WriterDown(self._said(f"{type(error).__name__}: {_short(error)}"), reason="down")
        reason = "busy" if status == 429 else "refused" if status < 500 else "broken"
        return WriterDown(self._said(f"HTTP {status}: {_short(error)}"), reason=reason)

    def _said(self, found: str) -> str:
        return (
            f"the writing model {self._model!r} failed: found {found}, wanted a streamed answer. Mend: check that the "
            "endpoint of HOITIN_LLM_URL (or the file of HOITIN_GGUF) works, or unset it to answer by quotation alone"
        )


def open_writer(settings: Settings) -> Writer:
    """The Writer that the settings name; raises HoitinError when it cannot be one."""
    if settings.gguf:
        from app.local import LocalServer

        server = LocalServer.of(settings)
        return Endpoint(server.address, model=server.name, key=server.key, timeout_s=settings.llm_timeout)
    url = settings.llm_url.rstrip("/")
    return Endpoint(lambda: url, model=settings.llm_model, key=settings.llm_key, timeout_s=settings.llm_timeout)


def _short(error: Exception) -> str:
    """The first line of an error, cut, and never the key (clients do not print it)."""
    return str(error).strip().split("\n")[0][:200]
