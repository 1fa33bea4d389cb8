"""Bytes of a page to characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.charset import decode, repair

PAGE = "<html><head><title>Cầu Bến Trăng thông xe</title></head><body><p>Trời mưa, đường ướt.</p></body></html>"


def windows_1258(text: str) -> bytes:
    """The text as old Vietnamese pages store it: letters with hat or horn whole, tone marks apart."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        base, marks = apart[0], apart[1:]
        whole = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in "\u0302\u0306\u031b"))
        out += (whole + "".join(mark for mark in marks if mark not in "\u0302\u0306\u031b")).encode("cp1258")
    return bytes(out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_pages_are_read_with_and_without_their_mark(encoding: str) -> None:
    assert decode(PAGE.encode(encoding)) == PAGE


@pytest.mark.parametrize("meta", ['<meta charset="windows-1258">', ""])
def test_an_old_vietnamese_page_is_read_declared_or_not(meta: str) -> None:
    page = PAGE.replace("<head>", "<head>" + meta)
    assert unicodedata.normalize("NFC", decode(windows_1258(page))) == page


def test_a_few_broken_bytes_do_not_turn_a_utf_8_page_into_another_encoding() -> None:
    broken = PAGE.replace("đường", "đ\udcffường").encode("utf-8", "surrogateescape") + PAGE.encode() * 5
    assert "Cầu Bến Trăng thông xe" in decode(broken)


@pytest.mark.parametrize("name", ["utf-7", "punycode", "unicode_escape", "no-such-charset", "base64", "hex"])
def test_a_declared_encoding_that_is_none_is_not_obeyed(name: str) -> None:
    page = b'<meta charset="' + name.encode() + b'"><p>\xff\xfe+ADw-script</p>'
    assert "<p>" in decode(page)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise(page: bytes) -> None:
    repair(decode(page))


def test_letters_decoded_twice_are_repaired_and_right_ones_left_alone() -> None:
    twice = PAGE.encode().decode("latin-1")
    assert repair(twice) == PAGE
    assert repair(PAGE) == PAGE
    assert repair("Café à São Paulo, Ångström và Æsop") == "Café à São Paulo, Ångström và Æsop"
