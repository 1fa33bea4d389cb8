"""What a browser keeps: the open conversation and the earlier ones, as JSON checked on the way in.

    stored JSON -> Open, Past -> changed -> stored JSON

The server keeps nothing of a conversation, so a restart or a second server loses
none, and nobody else can read it. Whatever is stored was within reach of the
reader's browser: broken or foreign parts are left out, sizes are bounded.
This module knows nothing of HTML or gradio.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Any

from app.web.exchange import Exchange, from_json
from ingest.article import VIETNAM

FORMAT = 1
MOST_TURNS = 20
"""Turns kept of one conversation: the whole of it travels with each question."""
MOST_CHATS = 20
MOST_BYTES = 400_000
"""JSON of the earlier conversations; browsers give a site about 5 MB, phones are slow to send it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The filters a reader set: ISO days ("" for none), one outlet and one section ("" for all)."""

    since: str = ""
    until: str = ""
    outlet: str = ""
    section: str = ""

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.outlet or self.section)

    def lift(self, kind: str) -> Limits:
        """Without the filter of one kind (of FILTERS)."""
        gone = {"time": {"since": "", "until": ""}, "outlet": {"outlet": ""}, "section": {"section": ""}}
        return replace(self, **gone.get(kind, {}))

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """The first and the last moment of these days in Vietnam."""
        since, until = (date.fromisoformat(d) if d else None for d in (self.since, self.until))
        return (
            datetime.combine(since, time.min, VIETNAM) if since else None,
            datetime.combine(until, time.max, VIETNAM) if until else None,
        )


@dataclass(frozen=True, slots=True)
class Open:
    """The conversation on the screen."""

    id: str
    turns: tuple[Exchange, ...] = ()
    limits: Limits = Limits()

    @property
    def title(self) -> str:
        return self.turns[0].question[:80] if self.turns else ""

    def with_turn(self, exchange: Exchange) -> Open:
        """Adds the exchange, or replaces the one with its id; the oldest go when there are too many."""
        known = any(t.id == exchange.id for t in self.turns)
        turns = tuple(exchange if t.id == exchange.id else t for t in self.turns) if known else (*self.turns, exchange)
        return replace(self, turns=turns[-MOST_TURNS:])

    def as_json(self) -> dict[str, Any]:
        """Without what is still pending or failed on an empty question: only what is worth keeping."""
        kept = [t.as_json() for t in self.turns if t.state != "pending" and t.question.strip()]
        return {"format": FORMAT, "id": self.id, "turns": kept, "limits": asdict(self.limits)}


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier conversations, newest first."""

    chats: tuple[Open, ...] = ()

    def keep(self, chat: Open) -> Past:
        """With this conversation in front; an empty one is not kept."""
        others = tuple(c for c in self.chats if c.id != chat.id)
        return Past(((chat, *others) if chat.turns else others)[:MOST_CHATS])

    def without(self, chat_id: str) -> Past:
        return Past(tuple(c for c in self.chats if c.id != chat_id))

    def find(self, chat_id: str) -> Open | None:
        return next((c for c in self.chats if c.id == chat_id), None)

    def as_json(self) -> list[dict[str, Any]]:
        """Newest first, as many as fit."""
        kept, room = [], MOST_BYTES
        for chat in self.chats:
            stored = chat.as_json()
            room -= len(json.dumps(stored, ensure_ascii=False).encode("utf-8", "replace"))
            if room < 0:
                break
            kept.append(stored)
        return kept


def fresh() -> Open:
    """A new, empty conversation."""
    return Open(secrets.token_hex(6))


def read_open(stored: object) -> Open:
    """The conversation that a browser stored; a fresh one if there is none or it cannot be read."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        return fresh()
    name = stored.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[0-9a-f]{12}", name):
        return fresh()
    turns = stored.get("turns")
    made = [from_json(t) for t in turns[-MOST_TURNS:]] if isinstance(turns, list) else []
    return Open(name, tuple(t for t in made if t is not None), read_limits(stored.get("limits")))


def read_past(stored: object) -> Past:
    """The earlier conversations that a browser stored; unreadable ones are left out."""
    if not isinstance(stored, list):
        return Past()
    chats = [read_open(s) for s in stored[:MOST_CHATS]]
    return Past(tuple(c for c in chats if c.turns))


def read_limits(stored: object) -> Limits:
    """Filters from a form or a store; what is no day or no name counts as not set."""
    if not isinstance(stored, dict):
        return Limits()
    return Limits(
        _day(stored.get("since")),
        _day(stored.get("until")),
        _name(stored.get("outlet")),
        _name(stored.get("section")),
    )


def _day(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return ""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def _name(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""


def titles(past: Past) -> Sequence[tuple[str, str, int]]:
    """(id, title, turns) of each earlier conversation, for a list."""
    return [(c.id, c.title, len(c.turns)) for c in past.chats]
