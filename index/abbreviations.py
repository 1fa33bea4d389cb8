"""Whether a full stop belongs to an abbreviation, and so ends no sentence, by the habits of Vietnamese newspapers.

    TP. HCM · PGS.TS. Lê A · Q. Hoàn Kiếm · John F. Kennedy · N.T. K. · "1. Mở đầu"     no end
    vitamin C. Các … · bom H. Theo … · chị Trần Thị N. Sau đó … · 65 km/h. Hiện …        an end

A letter with a full stop is an initial or the end of a sentence; what follows
decides. A name goes on in capitals ("Hoàn Kiếm") or is no Vietnamese syllable
("Kennedy"); a new sentence goes on in small letters ("Sau đó") or opens with a word
that opens sentences. This module knows nothing of passages.
"""

from __future__ import annotations

import re

_TITLES = frozenset("tp tx ths ts tskh pgs gs bs bsck ds kts ks ls ncs mr mrs ms dr prof st".split())
"""Always before a name, so never last."""

_BEFORE_NUMBERS = frozenset("no vol đt sđt tel fax mk tr".split())
"""Abbreviations before a number only."""

_INITIALS = re.compile(r"(?:[A-ZĐ]\.)*(?:[A-ZĐ]|Th|Ng|Tr|Kh|Ph|Nh|Ch|TT|NSƯT|NSND|BV|KĐT)")
"""One initial or several; Á and Ý are words ("châu Á."), not initials."""

_LIST_NUMBER = re.compile(r"\d{1,2}|[a-zđA-ZĐ]|[IVX]{1,4}")

_SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh mai trương lâm đào cao "
    "tạ tô hà lương lưu thái chu châu phùng tống vương quách kiều".split()
)

_OPENERS = frozenset(
    "theo trong ngoài khi sau trước tại ở trên dưới từ đến do vì nên nếu tuy mặc dù nhưng và hoặc còn cũng với để bởi "
    "như qua về các những đây đó này ông bà anh chị em tôi chúng người ai hiện hôm ngày tháng năm đầu cuối riêng bên "
    "cùng bộ sở ngoại được bị".split()
)
"""Words that open sentences before a name, and are seldom names themselves."""

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uay|uoi|uou|ieu|yeu|oai|oay|oeo|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ng|nh|[mn])?",
    re.IGNORECASE,
)
"""An unmarked Vietnamese syllable. Those that end in c, ch, p or t always carry a mark."""


def abbreviates(text: str, since: int, at: int, rest: str) -> bool:
    """Whether the full stop at `text[at]` is an abbreviation's.

    since: where the sentence began. rest: what follows the full stop, without leading
    white space; its first letter or digit is no small letter.

    >>> abbreviates("Ông Lê ở Q. Tân An.", 0, 10, "Tân An."), abbreviates("Bị bom H. Theo đài", 0, 8, "Theo đài")
    (True, False)
    """
    begin = at
    while begin > since and not (text[begin - 1].isspace() or text[begin - 1] in "()[]\"“”‘’'«»–—-/&+,;:…!?"):
        begin -= 1
    word = text[begin:at]
    if not word or not word[-1].isalnum():
        return False
    if _LIST_NUMBER.fullmatch(word) and _opens_item(text, since, begin):
        return True
    joined = begin > since and text[begin - 1] in "/&+-–"  # the "h" of km/h, the "TT" of Bộ TT&TT
    last = word.rsplit(".", 1)[-1]
    if last.lower() in _TITLES or word.replace(".", "").lower() in _TITLES:
        return not (joined and text[begin - 1] in "/&+")
    if last.lower() in _BEFORE_NUMBERS:
        return rest[0].isdigit()
    return _INITIALS.fullmatch(word) is not None and not joined and _name_follows(text[since:begin], rest)


def _opens_item(text: str, since: int, begin: int) -> bool:
    before = text[since:begin].rstrip()
    return not before or before[-1] in ":;"


def _name_follows(before: str, rest: str) -> bool:
    """Whether `rest` goes on with a name, a number or a bracket rather than a new sentence."""
    if rest[0].isdigit() or rest[0] in "([":
        return True
    previous = before.split()
    found = re.match(r"[^\W\d_]+", rest)
    if found is None or previous[-1:] == ["độ"]:
        return False  # a quotation begins, or "-15 độ C. Lan Anh …"
    word, after = found.group(), rest[found.end() :]
    if len(word) == 1 or (len(word) == 2 and after[:1] == "."):
        return after[:1] in ". ,;:)" and word not in "ÁÝÔỞ"  # initials go on: "N.T. K."
    if word.lower() in _OPENERS:
        return False
    if word.isupper():
        return False  # "UBND", "CSGT": an institution opens the sentence
    if word.isascii() and not _SYLLABLE.fullmatch(word):
        return True  # "McCain"
    if not after.startswith(" ") or (after[1:2].isupper() and after[2:3].isalpha()):
        return True  # "Tân An", "Bình, 35 tuổi"
    # "Lê A. Bình nói", but "Trần Thị N. Hôm đó": a surname alone before its middle initial.
    alone = len(previous) < 2 or not previous[-2][:1].isupper() or previous[-2].endswith(".")
    return bool(previous) and previous[-1].lower() in _SURNAMES and previous[-1][:1].isupper() and alone
