"""HoitinError: what goes wrong in a way a person can mend.

Its message is one clear line: the thing, what was found, what was wanted, and
the command that mends it. Command lines print it and exit 1; the web shows its
`public` sentence, which has no machinery in it. This module knows of nothing else.
"""

from __future__ import annotations


class HoitinError(Exception):
    """A failure with a message for the person at the keyboard.

    public: the sentence for a citizen in the chat, in Vietnamese.
    """

    public = "Kho tin đang gặp trục trặc, bạn thử lại sau ít phút nhé."

    def __init__(self, message: str, *, public: str | None = None) -> None:
        super().__init__(message)
        if public is not None:
            self.public = public


class UsageError(HoitinError):
    """The command's words are off; command lines exit 2."""
