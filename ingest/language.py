"""Which language a text is in: Vietnamese by its letters, others by langdetect (seeded, so a run repeats).

About one letter in four of Vietnamese prose exists in no other language (ế, ử, ạ, ơ …), so most
texts are decided by counting letters; only the rest pay for langdetect. This is the
only file that imports langdetect. Vietnamese typed without diacritics is not recognised.
"""

from __future__ import annotations

import re
import unicodedata

from langdetect import DetectorFactory, LangDetectException, detect_langs

DetectorFactory.seed = 0

HEAD_CHARS = 2_000
"""How much of a text is looked at; a news text does not change language after that."""

MIN_LETTERS = 20
"""Fewer letters than this say nothing certain."""

# U+1EA0–U+1EF9 hold the Vietnamese letters with two marks or a dot or hook; with ơ and ư they
# are used by Vietnamese alone. â, ê, ô, à, é … are left out: French and Portuguese have them.
_VIETNAMESE_LETTER = re.compile(r"[ơưƠƯ\u1ea0-\u1ef9]")
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_VIETNAMESE_SHARE = 0.06


def detect(text: str) -> str:
    """ISO 639-1 code of the text's language; "" when it is too short or too odd to say.

    >>> detect("Thành phố mở thêm hai tuyến xe buýt từ tuần tới."), detect("12/5")
    ('vi', '')
    """
    head = unicodedata.normalize("NFC", text[:HEAD_CHARS])
    letters = len(_LETTER.findall(head))
    if letters < MIN_LETTERS:
        return ""
    if len(_VIETNAMESE_LETTER.findall(head)) / letters >= _VIETNAMESE_SHARE:
        return "vi"
    if len(_HAN.findall(head)) * 2 > letters and not _KANA.search(head):
        return "zh"  # langdetect takes short Chinese for Korean
    try:
        best = detect_langs(head)[0]
    except LangDetectException:
        return ""
    return str(best.lang).split("-")[0] if best.prob >= 0.7 else ""
