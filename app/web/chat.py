"""The chat as a Gradio page: components, and which event asks what. Renders, never decides.

    load · send · click in the answers · click in the menu · change of a filter
      -> Talk (asks), Open and Past (what the browser keeps) -> HTML

Every handler is given the browser's own record and gives it back: the server
holds no conversation. No Python or JavaScript is made from what people wrote.
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
from app.web.top import limits_form, top
from ingest.errors import HoitinError

ASKING = 4
"""Questions answered at once; more wait their turn, so that a crowd cannot starve the machine of memory."""
FOLLOWING = 2
"""Answers whose follow-ups are looked for at once."""
WAITING = 200
"""Questions that may wait; the next is refused at once instead of after minutes."""
SESSIONS = 200
"""Page views whose (empty) gradio state is kept: it is some 50 kB each, and gradio's own limit is 10,000."""

# Clicks on buttons that the server made: only their own data-* values travel.
_ON_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button && element.contains(button)) trigger('click', { ...button.dataset });
});
"""
# In the bar, leaving a conversation ends the answer that is on its way; forgetting an earlier one does not.
_ON_MENU = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (!button || !element.contains(button)) return;
  trigger(['new', 'open'].includes(button.dataset.do) ? 'click' : 'submit', { ...button.dataset });
});
"""
_ON_CHANGE = """
element.addEventListener('change', (event) => {
  const form = event.target.closest('form');
  if (form) trigger('submit', Object.fromEntries(new FormData(form)));
});
element.addEventListener('submit', (event) => event.preventDefault());
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-do=unlimit]')) trigger('submit', {});
});
"""
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
        bar = gr.HTML(elem_id="ht-top", js_on_load=_ON_MENU, apply_default_css=False)
        answers = gr.HTML(elem_id="ht-feed", js_on_load=_ON_CLICK, apply_default_css=False)
        more = gr.HTML(elem_id="ht-more", js_on_load=_ON_CLICK, apply_default_css=False)
        said = gr.HTML(elem_id="ht-said", js_on_load=_LIVE, apply_default_css=False)
        with gr.Column(elem_id="ht-foot"):
            limits = gr.HTML(elem_id="ht-limits", js_on_load=_ON_CHANGE, apply_default_css=False)
            box = gr.Textbox(
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
            menu = [show.bar(earlier), show.limits(chat.limits), earlier.as_json()]
            if not shared:
                yield [*menu, show.feed(chat), chat.as_json(), ""]
                return
            for step in _asked(talk, chat, shared):
                yield [*menu, show.feed(step), step.as_json(), show.spoken(step)]

        def sent(words: str, stored: Any) -> Iterator[list[Any]]:
            # The box is emptied once, at once: who is typing the next question by the time of the answer keeps it.
            emptied: Any = ""
            for step in _asked(talk, read_open(stored), words or ""):
                yield [emptied, show.feed(step), step.as_json(), show.spoken(step)]
                emptied = gr.skip()

        def clicked(stored: Any, event: gr.EventData) -> Iterator[list[Any]]:
            chat, data = read_open(stored), _data(event)
            turn = next((t for t in chat.turns if t.id == data.get("turn")), None)
            if data.get("do") == "ask" and data.get("q"):
                steps = _asked(talk, chat, data["q"])
            elif data.get("do") == "without" and data.get("what") in FILTERS and turn:
                chat = replace(chat, limits=chat.limits.lift(data["what"]))
                steps = _asked(talk, chat, turn.question, without=(*turn.without, data["what"]))
            elif data.get("do") in feedback.VERDICTS and turn:
                steps = _remarked(chat, turn, data["do"], data.get("why", ""), home)
            else:
                steps = iter((chat,))
            for step in steps:
                yield [show.feed(step), show.limits(step.limits), step.as_json(), show.spoken(step)]

        def menu_clicked(stored: Any, kept: Any, event: gr.EventData) -> list[Any]:
            data = _data(event)
            chat, earlier = _chosen(read_open(stored), read_past(kept), data)
            unfolded = data.get("do") in ("forget", "clear")
            menu = [show.bar(earlier, unfolded), show.feed(chat), show.limits(chat.limits)]
            return [*menu, chat.as_json(), earlier.as_json(), ""]

        def limited(stored: Any, event: gr.EventData) -> list[Any]:
            chat = read_open(stored)
            chat = Open(chat.id, chat.turns, read_limits(_data(event)))
            return [show.limits(chat.limits), chat.as_json()]

        def followed(stored: Any) -> str:
            return show.next(read_open(stored))

        # api_name False: these are the page's own events; whoever builds on the archive has /api/ask.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
        asking: dict[str, Any] = {
            **quiet,
            "trigger_mode": "once",
            "concurrency_limit": ASKING,
            "concurrency_id": "asking",
        }
        after: dict[str, Any] = {**quiet, "concurrency_limit": FOLLOWING, "concurrency_id": "following"}
        arrived = page.load(opened, [now, past], [bar, limits, past, answers, now, said], **asking)
        asked = box.submit(sent, [box, now], [box, answers, now, said], **asking)
        pressed = gr.on([answers.click, more.click], clicked, [now], [answers, limits, now, said], **asking)
        left = [bar, answers, limits, now, past, said]
        leaving = bar.click(menu_clicked, [now, past], left, queue=False, cancels=[arrived, asked, pressed], **quiet)
        bar.submit(menu_clicked, [now, past], left, queue=False, **quiet)
        for event in (arrived, asked, pressed, leaving):
            # An event of its own: the next question may be sent while this one is still looked for.
            event.then(followed, [now], [more], **after)
        limits.submit(limited, [now], [limits, now], queue=False, **quiet)
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


def _remarked(chat: Open, turn: Exchange, verdict: str, why: str, home: Path) -> Iterator[Open]:
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
        yield chat
        return
    yield chat.with_turn(replace(turn, remark=verdict))


def _chosen(chat: Open, earlier: Past, data: dict[str, str]) -> tuple[Open, Past]:
    """What the menu asked for: a new conversation, an earlier one, or to forget."""
    do, named = data.get("do"), data.get("chat", "")
    if do == "new":
        return (fresh(), earlier.keep(chat))
    if do == "open":
        wanted = earlier.find(named)
        return (wanted, earlier.keep(chat).without(named)) if wanted else (chat, earlier)
    if do == "forget":
        return (chat, earlier.without(named))
    if do == "clear":
        return (chat, Past())
    return (chat, earlier)


def _data(event: gr.EventData) -> dict[str, str]:
    """The data-* values of the button or form, strings only: anything else was not made by this page."""
    data = getattr(event, "_data", None)
    return (
        {k: v for k, v in data.items() if isinstance(k, str) and isinstance(v, str)} if isinstance(data, dict) else {}
    )
