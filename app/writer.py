"""The nouns of writing: Message, Writer, WriterDown.

A Writer turns messages into text, piece by piece; who does it (an endpoint, a local
model, a script in a test) is not known here. This module knows nothing of prompts or proof.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ingest.errors import HoitinError

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn for a model that writes."""

    role: Role
    content: str


class Writer(Protocol):
    """Anything that writes an answer to messages."""

    def write(self, messages: Sequence[Message], *, max_tokens: int) -> Generator[str, None, None]:
        """The text in pieces as they come; raises WriterDown, at the start or between two pieces."""
        ...


class WriterDown(HoitinError):
    """The model that writes cannot be reached, is too slow, or broke off.

    reason: "down", "slow", "busy" (429), "refused" (401, 403, 404, 400 …) or "broken" (500, cut off).
    """

    public = "Mô hình viết câu trả lời đang không dùng được."

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason
