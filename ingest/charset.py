"""Bytes of a page → its characters, and letters that were decoded twice → the letters meant.

UTF-8 and UTF-16 (with or without their mark), UTF-32 with its mark, what the page declares, and
windows-1258 for old Vietnamese pages. This is the only file that imports ftfy. It never fails: what
no encoding explains comes back with replacement characters, which ingest.text removes.
"""

from __future__ import annotations

import codecs
import re

import ftfy

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, and the encoding of what follows each."""

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HEAD_BYTES = 8_192
# "ế" read as Latin-1 or windows-1252 is "áº¿": these pairs do not occur in Vietnamese or English.
_MOJIBAKE = re.compile(r"á[º»]|Ä[\u0080-\u00bf‘’“”ƒ]|Æ[°¡]|Ã[\u0080-\u00bfª«¬­®©¡-´]|â€[\u0080-\u00bfœ™˜\u009d]?")


def decode(page: bytes) -> str:
    """The characters of a page given as bytes.

    >>> decode("<p>Trời mưa</p>".encode("utf-16"))
    '<p>Trời mưa</p>'
    """
    for mark, encoding in BOMS:
        if page.startswith(mark):
            return page[len(mark) :].decode(encoding, "replace")
    head = page[:_HEAD_BYTES]
    if len(head) > 8 and head.count(0) > len(head) // 3:
        # UTF-16 without its mark: ASCII tags put every NUL on the same side.
        return page.decode("utf-16-be" if head[0] == 0 else "utf-16-le", "replace")
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    declared = _DECLARED.search(head)
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if name in {"", "utf-8", "utf8"}:
        # A page in UTF-8 with some broken bytes is still mostly valid; an old page is not.
        valid = page.decode("utf-8", "ignore").encode()
        lost = len(page) - len(valid)
        if name or lost * 20 < sum(byte > 127 for byte in page[:200_000]) or broken.start > 200_000:
            return page.decode("utf-8", "replace")
        name = "windows-1258"
    if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        name = "windows-1252"
    try:
        if codecs.lookup(name).name in {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"}:
            name = "windows-1258"
        return page.decode(name, "replace")
    except (LookupError, UnicodeError):
        return page.decode("windows-1258", "replace")


def repair(text: str) -> str:
    """Undo a second decoding ("Tá»•ng" → "Tổng") where there is no doubt; else the text unchanged.

    >>> repair("Bá»™ trÆ°á»Ÿng khen Ä‘á»™i"), repair("Bộ trưởng khen đội")
    ('Bộ trưởng khen đội', 'Bộ trưởng khen đội')
    """
    if len(_MOJIBAKE.findall(text[:100_000])) < 3:
        return text
    repaired = ftfy.fix_encoding(text)
    return repaired if len(_MOJIBAKE.findall(repaired)) * 4 < len(_MOJIBAKE.findall(text)) else text
