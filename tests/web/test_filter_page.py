"""Filters on the page: read from the question, set by hand, taken away; and hostile words in every field that is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Reader
from tests.web.press import HOSTILE_STRINGS

pytestmark = pytest.mark.browser
Readers = Callable[..., Reader]
WATCH = (
    "window.blocked = [];"
    "document.addEventListener('securitypolicyviolation', e => blocked.push(e.violatedDirective + ' ' + e.sample))"
)


def test_an_outlet_and_a_section_named_in_the_question_bind_it_and_can_be_taken_away(reader: Readers) -> None:
    someone = reader()
    someone.open()
    turn = someone.ask("Tin thời sự theo báo Tin Mẫu: cầu nào thông xe?")
    asked = someone.site.press.answerer.asked
    last = next(q for q in reversed(asked) if q.text.startswith("Tin thời sự"))
    assert (last.outlets, last.sections) == (("Tin Mẫu",), ("Thời sự",))
    assert turn.locator("button.ht-chip").all_inner_texts() == ["Chỉ báo Tin Mẫu ✕", "Chỉ mục Thời sự ✕"]
    turn.locator("button.ht-chip").first.click()
    again = someone.turn(1)
    last = next(q for q in reversed(asked) if q.text.startswith("Tin thời sự"))
    assert (last.outlets, last.sections) == ((), ("Thời sự",))
    assert again.locator("button.ht-chip").all_inner_texts() == ["Chỉ mục Thời sự ✕"]


@pytest.mark.parametrize(("scheme", "dark_paper"), [("light", False), ("dark", True)])
def test_the_fields_of_the_filters_can_be_read_on_any_ground(reader: Readers, scheme: str, dark_paper: bool) -> None:
    someone = reader(390, scheme)
    someone.open()
    someone.page.click(".ht-limits > summary")
    colours = someone.page.locator(".ht-limits :is(input, select)").evaluate_all(
        "all => all.map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color].map("
        "c => c.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765))"
    )
    someone.shot(f"filters-390-{scheme}")
    assert len(colours) == 4
    for ground, ink in colours:
        assert (ground < 0.3) == dark_paper
        assert abs(ground - ink) > 0.5


def test_a_no_within_limits_offers_to_ask_without_them(reader: Readers) -> None:
    someone = reader(390)
    someone.open()
    someone.page.click(".ht-limits > summary")
    someone.page.select_option("select[name=section]", "Thời sự")
    someone.page.wait_for_selector("text=Bộ lọc (đang bật)")
    turn = someone.ask("Trên sao Hỏa có gì?")
    lift = turn.locator(".ht-lift")
    assert lift.all_inner_texts() == ["Hỏi lại không giới hạn mục"]
    someone.shot("abstained-limits-390-light")
    lift.click()
    someone.turn(1)
    someone.page.wait_for_function("document.querySelector('select[name=section]').value === ''")  # it went too


def test_hostile_words_in_filters_remarks_links_and_the_kept_history_never_run(reader: Readers) -> None:
    someone = reader()
    someone.page.context.add_init_script(WATCH)
    tampered: list[int] = []

    def tamper(route: Any) -> None:
        """As if someone had rewritten what the browser keeps: every string of it hostile."""
        body = json.loads(route.request.post_data)
        if len(body.get("data", [])) == 2 and not tampered:
            tampered.append(1)
            turns = [hostile_turn(n, words) for n, words in enumerate(HOSTILE_STRINGS[:20])]
            now = {
                "format": 1,
                "id": "0123456789ab",
                "turns": turns,
                "limits": dict.fromkeys(LIMITS, HOSTILE_STRINGS[0]),
            }
            past = [
                {**now, "id": f"{n:012x}", "turns": [hostile_turn(n, words)]}
                for n, words in enumerate(HOSTILE_STRINGS[27:])
            ]
            body["data"] = [now, past]
        route.continue_(post_data=json.dumps(body))

    someone.page.route("**/queue/join*", tamper)
    someone.open()
    someone.turn(19)
    assert someone.page.locator(".ht-open").count() == 20, "the list of earlier conversations"
    someone.page.click(".ht-drop > summary >> nth=0")
    someone.shot("hostile-history")
    someone.page.keyboard.press("Escape")
    for words in HOSTILE_STRINGS[20:30]:
        someone.page.evaluate(
            """words => {
              const form = document.querySelector('#ht-limits form');
              for (const field of form.elements) if (field.name) {
                if (field.tagName === 'SELECT') field.add(new Option(words, words, true, true));
                else { field.type = 'text'; field.value = words; }
              }
              form.dispatchEvent(new Event('change', { bubbles: true }));
            }""",
            words,
        )
        someone.page.wait_for_timeout(120)
    someone.page.evaluate(
        """words => document.querySelectorAll('#ht-feed .ht-turn:last-child [data-why]').forEach((b, n) => {
          b.dataset.why = words[n % words.length]; b.dataset.turn = words[n % words.length]; b.click();
        })""",
        list(HOSTILE_STRINGS),
    )
    someone.page.wait_for_timeout(300)
    check(someone)
    shared = someone.page.context.new_page()
    for words in HOSTILE_STRINGS[30:36]:
        shared.goto(f"{someone.site.url}/?" + query(words))
        shared.wait_for_selector("#ht-feed .ht-turn")
        assert shared.evaluate("[window.canary, window.blocked]") == [None, []], words
    assert someone.complaints == []


LIMITS = ("since", "until", "outlet", "section")


def query(words: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"q": words})


def hostile_turn(number: int, words: str) -> dict[str, Any]:
    source = {
        "marker": 1, "docid": words, "title": words, "outlet": words, "published": words, "quote": words, "start": 0,
        "end": 3, "url": words, "version": 2, "also": [[words, words, words]], "elsewhere": 3, "before": words,
        "after": words,
    }  # fmt: skip
    return {
        "id": words, "question": words, "asked": words, "state": "abstained" if number % 3 else "answered",
        "text": f"{words} [1] (theo {words}, {words})", "short": words,
        "notes": [words, f"Các báo đưa khác nhau: {words}.", f"Bài “{words}” đã đính chính ngày {words}; câu trích lấy từ bản đã sửa."],
        "since": words, "until": words, "outlets": [words], "sections": [words], "without": [words],
        "sources": [source], "nearest": [{**source, "marker": 0}], "seconds": 0.1, "remark": "",
    }  # fmt: skip


def check(someone: Reader) -> None:
    assert someone.page.evaluate("window.canary") is None
    assert someone.page.evaluate("window.blocked") == []
    inside = ":is(#ht-top, #ht-feed, #ht-limits)"
    assert (
        someone.page.locator(f"{inside} :is(script, iframe, img, svg, style, object, embed, base, link)").count() == 0
    )
    assert someone.page.locator("a[href^='javascript' i]").count() == 0
    assert not someone.page.evaluate("document.documentElement.scrollWidth > innerWidth")
