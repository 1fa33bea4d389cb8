"""What strings from outside become before they stand in a page."""

from __future__ import annotations

import pytest

from app.web.markup import article_path, attribute, text, web_link


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<script>x</script>", "<bdi>&lt;script&gt;x&lt;/script&gt;</bdi>"),
        ("a & b \"c\" 'd'", "<bdi>a &amp; b &quot;c&quot; &#x27;d&#x27;</bdi>"),
        ("nul\x00 esc\x1b del\x7f", "<bdi>nul esc del</bdi>"),
        ("dòng\nmới\tô", "<bdi>dòng\nmới\tô</bdi>"),
        ("hỏng \ud800", "<bdi>hỏng ?</bdi>"),
        ("\u202eđảo", "<bdi>\u202eđảo</bdi>"),
    ],
)
def test_text_is_escaped_printable_and_isolated(given: str, shown: str) -> None:
    assert text(given) == shown


def test_an_attribute_cannot_be_left_and_carries_no_direction() -> None:
    assert attribute('"><img onerror=x> \u202e\u2066') == "&quot;&gt;&lt;img onerror=x&gt; "


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x", "vbscript:x", "//vidu.vn/a", "/a", "http://", "http://[",
        "https://vidu.vn/a b", "https://vidu.vn/\u202e", "",
        "https://vidu.vn\\@xau.vn/", "https://vidu.vn/" + "a" * 2_000,
    ],
)  # fmt: skip
def test_only_whole_web_addresses_become_links(url: str) -> None:
    assert web_link(url) == ""


def test_a_web_address_is_linked_as_it_stands() -> None:
    assert web_link("https://vidu.vn/tin?a=1&b=2#c") == "https://vidu.vn/tin?a=1&b=2#c"


def test_an_article_path_keeps_any_id_in_one_piece() -> None:
    assert article_path('a/b?c#"d', 3, 9, 1) == "/bai/a%2Fb%3Fc%23%22d?tu=3&den=9&v=1#trich"
    assert article_path("á") == "/bai/%C3%A1"
