"""What a browser keeps of conversations, and what is believed of it when it comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.web.exchange import Exchange, Source, from_json
from app.web.past import MOST_BYTES, MOST_CHATS, MOST_TURNS, Limits, Open, Past, read_limits, read_open, read_past
from ingest.article import VIETNAM

SOURCE = Source(
    1, "a/1", "Tựa", "Báo", "2026-07-28T09:30:00+07:00", "Trích.", 0, 6, "https://v.example", 2, (("b", "c", "d"),)
)
TURN = Exchange(
    "ab12", "Hỏi?", "2026-07-29T08:00:00+07:00", "answered", "“Trích.” [1]", sources=(SOURCE,), notes=("n",)
)
CHAT = Open("0123456789ab", (TURN,), Limits("2026-07-01", "", "Báo"))


def through_the_browser(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_a_conversation_comes_back_as_it_went() -> None:
    assert read_open(through_the_browser(CHAT.as_json())) == CHAT
    assert read_past(through_the_browser(Past((CHAT,)).as_json())) == Past((CHAT,))


@pytest.mark.parametrize(
    "stored",
    [None, 7, "x", [], {}, {"format": 99}, {"format": 1, "id": "../../etc"}, {"format": 1, "id": 5, "turns": []}],
)
def test_what_is_no_conversation_counts_as_none(stored: Any) -> None:
    assert read_open(stored).turns == ()
    assert read_past([stored]).chats == ()


@pytest.mark.parametrize(
    "change",
    [
        {"question": 7}, {"question": ""}, {"state": "pending"}, {"state": "<b>"}, {"sources": [{"docid": "x"}]},
        {"sources": "abc"}, {"sources": [None]}, {"notes": [1]}, {"seconds": "x"}, {"sources": [{"marker": "x"}]},
    ],
)  # fmt: skip
def test_a_tampered_turn_is_left_out_and_its_neighbours_stay(change: dict[str, Any]) -> None:
    good = through_the_browser(TURN.as_json())
    assert from_json({**good, **change}) is None
    stored = {**CHAT.as_json(), "turns": [{**good, **change}, good]}
    assert read_open(stored).turns == (TURN,)


def test_long_strings_and_long_lists_are_cut() -> None:
    huge = {**through_the_browser(TURN.as_json()), "text": "a" * 10**6}
    made = from_json(huge)
    assert made is not None
    assert len(made.text) == 8_000
    assert len(read_open({**CHAT.as_json(), "turns": [huge] * 500}).turns) == MOST_TURNS


def test_a_turn_is_replaced_by_its_id_and_the_oldest_go_first() -> None:
    changed = CHAT.with_turn(replace(TURN, remark="good"))
    assert [t.remark for t in changed.turns] == ["good"]
    many = CHAT
    for n in range(MOST_TURNS):
        many = many.with_turn(replace(TURN, id=f"{n:04x}"))
    assert (len(many.turns), many.turns[0].id) == (MOST_TURNS, "0000")


def test_what_is_pending_or_blank_is_not_kept() -> None:
    chat = CHAT.with_turn(replace(TURN, id="1", state="pending")).with_turn(replace(TURN, id="2", question="  "))
    assert [t["id"] for t in chat.as_json()["turns"]] == ["ab12"]


def test_earlier_conversations_are_newest_first_and_bounded() -> None:
    past = Past()
    for n in range(MOST_CHATS + 5):
        past = past.keep(replace(CHAT, id=f"{n:012x}"))
    assert len(past.chats) == MOST_CHATS
    assert past.chats[0].id == f"{MOST_CHATS + 4:012x}"
    assert past.keep(replace(CHAT, id="f" * 12, turns=())) == past, "an empty one is not kept"
    big = replace(CHAT, turns=(replace(TURN, text="ă" * 100_000),))
    kept = Past(tuple(replace(big, id=f"{n:012x}") for n in range(5))).as_json()
    assert len(json.dumps(kept, ensure_ascii=False).encode()) <= MOST_BYTES
    assert len(kept) == 1


def test_filters_are_days_of_vietnam_and_nothing_else() -> None:
    assert read_limits({"since": "2026-07-01", "until": "2026-07-02"}).bounds() == (
        datetime(2026, 7, 1, tzinfo=VIETNAM),
        datetime(2026, 7, 2, 23, 59, 59, 999999, tzinfo=VIETNAM),
    )
    assert read_limits({"since": "2026-02-31", "until": "1/2/2026", "outlet": 5}) == Limits()
    assert not Limits()
