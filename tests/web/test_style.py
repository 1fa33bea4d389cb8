"""Colours that everyone can read, and files that come from this host alone."""

from __future__ import annotations

import re

import pytest

from app.web.style import STATIC

LIGHT = re.compile(r":root \{(.*?)\}", re.S)
DARK = {
    "chat.css": re.compile(r"body\.dark, \.dark \{(.*?)\}", re.S),
    "article.css": re.compile(r":root\.dark \{(.*?)\}", re.S),
}


def colours(name: str, theme: str) -> dict[str, str]:
    css = (STATIC / name).read_text(encoding="utf-8")
    found = dict(re.findall(r"--(?:ht-)?([a-z-]+): (#[0-9a-f]{6})", LIGHT.search(css)[1]))  # type: ignore[index]
    if theme == "dark":
        found |= dict(re.findall(r"--(?:ht-)?([a-z-]+): (#[0-9a-f]{6})", DARK[name].search(css)[1]))  # type: ignore[index]
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        (
            "chat.css",
            "ink/paper ink/card ink/soft ink/warn muted/paper muted/card muted/soft muted/warn "
            "accent/paper accent/card accent/soft accent/warn on-accent/accent",
        ),
        ("article.css", "ink/paper ink/warn muted/paper accent/paper accent/warn mark-ink/mark ink/gone ink/came"),
    ],
)
def test_every_text_stands_out_from_what_is_behind_it(name: str, pairs: str, theme: str) -> None:
    of = colours(name, theme)
    faint = {
        p: round(contrast(of[a], of[b]), 2)
        for p in pairs.split()
        for a, b in [p.split("/")]
        if contrast(of[a], of[b]) < 4.5
    }
    assert faint == {}


def test_styles_and_script_fetch_nothing() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        assert "@import" not in text, path.name
        assert re.findall(r"https?://|url\(", text) == [], path.name
