"""The chat as a Gradio page: components, and which event asks what. Renders, never decides.

    load · ask · note (a remark, a filter) · leave (for another conversation) · tidy (forget earlier ones)
      -> Talk (asks), Open and Past (what the browser keeps) -> HTML

Every handler is given the browser's own record and gives it back: the server
holds no conversation. Two at once would undo each other's work, so the page
sends the next only when the last has ended (static/asking.js), and gradio drops
none. No Python or JavaScript is made from what people wrote.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

# Before gradio is imported: it decides then whether to report home and to look for newer versions.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr

from app.messages import say
from app.web import feedback
from app.web.actions import followups
from app.web.cards import feed, spoken
from app.web.exchange import FILTERS, Exchange
from app.web.markup import text
from app.web.past import Limits, Open, Past, fresh, read_limits, read_open, read_past
from app.web.talk import Talk, log
from app.web.top import limits_form, top, waiting
from ingest.errors import HoitinError

ASKING = 4
"""Questions answered at once; more wait their turn, so that a crowd cannot starve the machine of memory."""
FOLLOWING = 2
"""Answers whose follow-ups are looked for at once."""
WAITING = 200
"""Questions that may wait; the next is refused at once instead of after minutes."""
SESSIONS = 200
"""Page views whose (empty) gradio state is kept: it is some 50 kB each, and gradio's own limit is 10,000."""

# What the reader does comes through one component, from static/asking.js: it sends one thing at a time.
_ON_LOAD = "hoiTin.open(element, trigger)"
_LIVE = "element.setAttribute('role', 'status'); element.setAttribute('aria-live', 'polite');"

_THEME_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")


def theme() -> Any:
    """Gradio's plain theme in our colours, with the reader's own fonts: nothing is fetched for it."""
    fonts = [gr.themes.Font(name) for name in _THEME_FONT]
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red, neutral_hue=gr.themes.colors.stone, font=fonts, font_mono=fonts
    ).set(body_background_fill="#faf8f4", body_background_fill_dark="#15171a")


def build(talk: Talk, home: Path) -> gr.Blocks:
    """The page in talk's language. home: the folder in which remarks are kept."""
    lang = talk.lang
    with gr.Blocks(title=f"{say(lang, 'name')} · {say(lang, 'tagline')}", analytics_enabled=False) as page:
        # The key only names the store: it is public, so this is no secret and protects nothing.
        now = gr.BrowserState(None, storage_key=f"hoitin-now-{lang}", secret="hoitin")
        past = gr.BrowserState(None, storage_key=f"hoitin-past-{lang}", secret="hoitin")
        bar = gr.HTML(elem_id="ht-top", js_on_load=None, apply_default_css=False)
        answers = gr.HTML(elem_id="ht-feed", js_on_load=None, apply_default_css=False)
        more = gr.HTML(elem_id="ht-more", js_on_load=None, apply_default_css=False)
        said = gr.HTML(elem_id="ht-said", js_on_load=_LIVE, apply_default_css=False)
        with gr.Column(elem_id="ht-foot"):
            reader = gr.HTML(waiting(lang), elem_id="ht-wait", js_on_load=_ON_LOAD, apply_default_css=False)
            limits = gr.HTML(elem_id="ht-limits", js_on_load=None, apply_default_css=False)
            gr.Textbox(
                elem_id="ht-box",
                label=say(lang, "question"),
                show_label=False,
                placeholder=say(lang, "placeholder"),
                submit_btn=say(lang, "send"),
                lines=1,
                max_lines=6,
                max_length=20_000,
                autofocus=True,
                container=True,
            )

        show = _Show(talk)

        def opened(stored: Any, kept: Any, request: gr.Request) -> Iterator[list[Any]]:
            chat, earlier = read_open(stored), read_past(kept)
            shared = str(request.query_params.get("q") or "").strip()[:2_100]
            if shared and not (chat.turns and chat.turns[-1].question == shared):
                earlier, chat = earlier.keep(chat), fresh()
            else:
                shared = ""
            menu: list[Any] = [show.bar(earlier), show.limits(chat.limits), earlier.as_json()]
            if not shared:
                yield [*menu, show.feed(chat), chat.as_json(), ""]
                return
            for step in _asked(talk, chat, shared):
                yield [*menu, show.feed(step), step.as_json(), show.spoken(step)]
                menu = [gr.skip()] * len(menu)  # what is forgotten meanwhile stays forgotten

        def ask(stored: Any, event: gr.EventData) -> Iterator[list[Any]]:
            chat, data = read_open(stored), _data(event)
            turn = _turn(chat, data)
            if data.get("do") == "ask":
                steps = _asked(talk, chat, data.get("q", ""))
            elif data.get("do") == "without" and data.get("what") in FILTERS and turn:
                chat = replace(chat, limits=chat.limits.lift(data["what"]))
                steps = _asked(talk, chat, turn.question, without=(*turn.without, data["what"]))
            else:
                steps = iter((chat,))
            for step in steps:
                yield [show.feed(step), show.limits(step.limits), step.as_json(), show.spoken(step)]

        def note(stored: Any, event: gr.EventData) -> list[Any]:
            chat, data = read_open(stored), _data(event)
            turn = _turn(chat, data)
            if data.get("do") == "limit":
                chat = replace(chat, limits=read_limits(data))
            elif data.get("do") in feedback.VERDICTS and turn:
                chat = _remarked(chat, turn, data["do"], data.get("why", ""), home)
            return [show.feed(chat), show.limits(chat.limits), chat.as_json()]

        def leave(stored: Any, kept: Any, event: gr.EventData) -> list[Any]:
            chat, earlier = _chosen(read_open(stored), read_past(kept), _data(event))
            menu = [show.bar(earlier), show.feed(chat), show.limits(chat.limits)]
            return [*menu, chat.as_json(), earlier.as_json(), ""]

        def tidy(kept: Any, event: gr.EventData) -> list[Any]:
            # Of the earlier conversations alone, so that an answer may be on its way to the open one.
            data = _data(event)
            earlier = Past() if data.get("do") == "clear" else read_past(kept).without(data.get("chat", ""))
            return [show.bar(earlier, unfolded=True), earlier.as_json()]

        def followed(stored: Any) -> str:
            return show.next(read_open(stored))

        # api_name False: these are the page's own events; whoever builds on the archive has /api/ask.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
        # "once" would drop what is sent before gradio has noticed that the last stream ended.
        undropped: dict[str, Any] = {**quiet, "trigger_mode": "multiple"}
        asking: dict[str, Any] = {**undropped, "concurrency_limit": ASKING, "concurrency_id": "asking"}
        after: dict[str, Any] = {
            **quiet,
            "trigger_mode": "always_last",
            "concurrency_limit": FOLLOWING,
            "concurrency_id": "following",
        }
        shown = [answers, limits, now, said]
        arrived = page.load(opened, [now, past], [bar, limits, past, answers, now, said], **asking)
        asked = reader.submit(ask, [now], shown, **asking)
        noted = reader.apply(note, [now], [answers, limits, now], **undropped, concurrency_limit=None)
        stopped = [arrived, asked, noted]
        left = [bar, answers, limits, now, past, said]
        leaving = reader.stop(leave, [now, past], left, queue=False, cancels=stopped, **undropped)
        reader.clear(tidy, [past], [bar, past], queue=False, **quiet)
        for name, event in (("arrived", arrived), ("asked", asked), ("noted", noted), ("left", leaving)):
            event.success(None, js=f"() => hoiTin.ended('{name}', true)", **quiet)
            event.failure(None, js=f"() => hoiTin.ended('{name}', false)", **quiet)
        for event in (arrived, asked, leaving):
            # An event of its own: the next question may be sent while this one is still looked for.
            event.then(followed, [now], [more], **after)
    page.queue(max_size=WAITING, api_open=False)
    page.state_session_capacity = SESSIONS
    return page


def mount(server: Any, talk: Talk, home: Path, path: str) -> None:
    """Put the page of one language on a FastAPI app. Styles and script come with app.web.door, not through gradio."""
    talk.glance()  # makes the suggested questions, for which the first reader should not wait
    gr.mount_gradio_app(
        server,
        build(talk, home),
        path=path,
        theme=theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        enable_monitoring=False,
        max_file_size=0,
    )


class _Show:
    """The HTML of each component, with a fresh glance at the archive where one is shown."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def feed(self, chat: Open) -> str:
        return feed(chat.turns, None if chat.turns else self._talk.glance(), self._talk.lang)

    def bar(self, earlier: Past, unfolded: bool = False) -> str:
        talk = self._talk
        return top(talk.glance(), earlier, talk.lang, unfolded=unfolded, writer=talk.writer)

    def limits(self, limits: Limits) -> str:
        return limits_form(limits, self._talk.glance(), self._talk.lang)

    def next(self, chat: Open) -> str:
        if not chat.turns:
            return ""
        return followups(chat.turns[-1], self._talk.next(chat.turns), self._talk.lang)

    def spoken(self, chat: Open) -> str:
        return text(spoken(chat.turns[-1], self._talk.lang)) if chat.turns else ""


def _asked(talk: Talk, chat: Open, words: str, *, without: tuple[str, ...] = ()) -> Iterator[Open]:
    """The conversation with the question pending, then with its answer as it grows."""
    pending = talk.begin(words, chat.limits, without=without)
    yield chat.with_turn(pending)
    for step in talk.steps(pending, words, chat.limits, chat.turns):
        yield chat.with_turn(step)


def _turn(chat: Open, data: dict[str, str]) -> Exchange | None:
    """The exchange that the button belongs to."""
    return next((t for t in chat.turns if t.id == data.get("turn")), None)


def _remarked(chat: Open, turn: Exchange, verdict: str, why: str, home: Path) -> Open:
    """The conversation with the remark in it, once that is kept on disk."""
    about = {
        "question": turn.question,
        "answer": turn.text,
        "state": turn.state,
        "citations": [
            {
                "marker": s.marker,
                "docid": s.docid,
                "version": s.version,
                "start": s.start,
                "end": s.end,
                "quote": s.quote,
            }
            for s in turn.sources
        ],
    }
    try:
        feedback.keep(home, verdict, why, about)
    except (HoitinError, ValueError) as error:
        log.error("a remark was lost: %s", error)
        return chat
    return chat.with_turn(replace(turn, remark=verdict))


def _chosen(chat: Open, earlier: Past, data: dict[str, str]) -> tuple[Open, Past]:
    """What the menu asked for: a new conversation or an earlier one."""
    do, named = data.get("do"), data.get("chat", "")
    if do == "new":
        return (fresh(), earlier.keep(chat))
    if do == "open":
        wanted = earlier.find(named)
        return (wanted, earlier.keep(chat).without(named)) if wanted else (chat, earlier)
    return (chat, earlier)


def _data(event: gr.EventData) -> dict[str, str]:
    """The data-* values of the button or form, strings only: anything else was not made by this page."""
    data = getattr(event, "_data", None)
    return (
        {k: v for k, v in data.items() if isinstance(k, str) and isinstance(v, str)} if isinstance(data, dict) else {}
    )
