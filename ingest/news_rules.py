"""Which lines of an article are its text, and which are captions, bylines, promotion or leads.

In go the lines in reading order; out come paragraphs, captions and bylines apart. The
rules are those of Vietnamese newsrooms and lean one way: a line is taken out of the text only
when its form says so, because a sentence lost can be cited no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.dates import is_dateline
from ingest.outlets import known_outlet
from ingest.text import LOWER, UPPER, squash

MAX_CAPTION_WORDS = 60
_MAX_LINE_CHARS = 600
_MAX_BYLINES = 3

_WORD = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")

# "<title> - Ảnh 1.": the text that stands for a photo in print versions and alt attributes.
_PHOTO_MARK = re.compile(r"(?P<text>.*?)[\s.]*[-–—]\s*(?:Ảnh|Hình|Photo)\s+\d{1,3}\s*\.?|Ảnh\s+\d{1,3}\s*\.?")
_LIKENESS = r"(?:minh (?:họa|hoạ)|tư liệu|chụp màn hình|cắt từ clip)"
_CREDIT = re.compile(
    r"(?:(?:^|[\s(\[.,;|\-–—/])(?:Ảnh|Hình|Đồ (?:họa|hoạ)|Video|Clip|Infographic|Thực hiện|Nguồn ảnh|Photo)"
    rf"(?:\s+{_LIKENESS})?|^\(?Nguồn|[\s.,(]Ảnh(?:\s+{_LIKENESS})?[\s.,]+Nguồn)\s*[:：]\s*"
    r"(?:\([^()]{1,60}\)|[^.!?:]{1,60}(?:\.[^.!?:\s]{1,20})*)[)\]]?\.?$",
    re.I,
)
_ILLUSTRATION = re.compile(
    rf"^\(?\s*(?:Ảnh|Hình|Hình ảnh|Tranh)\s*(?:chỉ có tính chất )?{_LIKENESS}[^.!?]{{0,60}}"
    r"(?:\.\s*Nguồn:[^.]{1,40})?\)?\.?$|"
    rf"(?:\(|[.,–-]\s*)Ảnh\s*{_LIKENESS}[^.!?()]{{0,40}}\)?\.?$",
    re.I,
)
_PROMO = re.compile(
    r"[>»►▶→]|=>|[(*]*\s*(?:"
    r"(?:Xin )?(?:kính )?mời (?:quý |các )?(?:độc giả|bạn đọc|vị|khán giả|quý vị|bạn (?:xem|đọc|đón|theo dõi))|"
    r"Quý (?:độc giả|bạn đọc|vị) (?:có thể|quan tâm)|Xem thêm\b|Xem tiếp\b|Đọc thêm\b|Đọc tiếp\b|Tin (?:bài )?liên quan|"
    r"Bài (?:viết )?liên quan|Tin (?:cùng chuyên mục|khác)\b|(?:Có thể bạn|Bạn có thể) quan tâm|"
    r"Theo dõi (?:chúng tôi|Báo|.{2,30} trên (?:Google|Facebook|Zalo))|Từ (?:khóa|khoá)\s*:|Tags?\s*:|Chia sẻ bài viết|"
    r"Lượt (?:xem|đọc|truy cập)\s*:?\s*[\d.,]+\s*$|[\d.,]+ lượt (?:xem|đọc)\s*$|Bình luận\s*(?:\(|$)|Đăng ký nhận (?:bản )?tin|Video đang (?:xem nhiều|hot)|(?:Vui lòng )?ghi rõ nguồn|"
    r"Thích (?:fanpage|trang )|(?:Bạn|Bạn đọc|Độc giả) thấy bài viết này|(?:Bạn đọc|Độc giả) có thể gửi (?:bài|tin|ý kiến)|"
    r"Mọi (?:đóng góp )?ý kiến (?:đóng góp )?xin|(?:Quảng cáo|Advertisement|Xem video|Nghe bài viết|(?:#\w+\s*)+)\s*:?\s*$)",
    re.I,
)
_LINK_LINE = re.compile(
    r"(?:Link (?:nội dung|bài viết|gốc|nguồn|bài gốc)|Nguồn bài viết|Nguồn|URL|Đường dẫn)\s*:\s*(https?://\S+)", re.I
)

# "(HTV) - ", "(Dân trí) – ", "(SGGPO).- ", "TTO - ": who reports, before the first sentence.
_DOMAIN = r"[A-Za-z][\w-]{1,20}(?:\.(?:com|org|net|gov))?\.(?:vn|VN)"
_LEAD = re.compile(
    rf"(?:\((?P<signed>[^()]{{2,30}})\)[.,:]?|(?P<bare>{_DOMAIN}|[A-ZĐ]{{2,6}}(?: ?Online)?))\s*[-–—]+\s*(?=\S)"
)
_LEAD_LIKE = re.compile(rf"{_DOMAIN}|[A-ZĐ]{{2,6}}\d?|(?:Báo|Đài|Tạp chí)\s.*|.*(?:News|Online|Times|TV)")

_IS_DOMAIN = re.compile(_DOMAIN)

_NAME_WORD = rf"(?:[{UPPER}][^\W\d_]*\.?(?:[{UPPER}][^\W\d_]*\.?)*)"
_NAMES = re.compile(rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}")
_BYLINE_BREAK = re.compile(r"\s*(?://?|[-–—|,;&+]|\s(?:và|với)\s)\s*")
_ACCORDING = re.compile(
    r"\(?\s*(?:Theo|Tham khảo|Nguồn|Nguồn tin|Tổng hợp|Dịch|Lược dịch|"
    r"(?P<people>(?:Bài|Tin)(?: và |, | - )ảnh|Bài viết|Bài|Tác giả|Người viết|Nội dung|Thiết kế|Trình bày|Đồ họa|Thực hiện|PV|Phóng viên|CTV))"
    r"\b\s*:?\s*(?P<who>.*?)\)?\.?",
    re.I,
)
_ALONE = {"tổnghợp", "pv", "phóngviên", "ctv"}
_GLUED_NAMES = re.compile(rf"(?<=[{LOWER}])(?=[{UPPER}][{LOWER}]*[ăâđêôơưà-ỹ])")
# "Lan Anh/VOV-Tây Bắc", "Lan Anh/TTXVN": the house, and its office, behind the name.
_OF_HOUSE = re.compile(r"/\s*(?P<house>[\w+.]+)\b.*$")
_TOLD_BY = re.compile(r"\s*\(\s*(?:theo|tổng hợp|dịch|t/h|tham khảo|ghi|lược dịch|nguồn)\b[^()]{0,60}\)\s*$", re.I)
_NEWSROOM = re.compile(
    r"^(?:trung tâm|ban|phòng|tòa soạn|toà soạn|nhóm pv|nhóm phóng viên|báo|đài)\b|\b(?:HTV|VTV|VOV)\b", re.I
)


@dataclass(slots=True)
class Lines:
    """The lines of an article, sorted by what they are."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    outlet: str = ""
    url: str = ""


def sort_lines(lines: Iterable[str], *, title: str = "", authors: Sequence[str] = ()) -> Lines:
    """Tell text from captions, bylines, promotion and links, in reading order.

    lines: clean lines. title: drops its own repetition and tells photo marks by it.
    authors: names given elsewhere (metadata), whose signature below the text is dropped.

    >>> sorted_ = sort_lines(["(HTV) - Cầu đã thông.", "Cầu mới - Ảnh: LAN", ">>> Xem HTV9", "LAN ANH"], title="Cầu")
    >>> sorted_.paragraphs, sorted_.captions, sorted_.byline
    (['Cầu đã thông.'], ['Cầu mới - Ảnh: LAN'], ['LAN ANH'])
    """
    out = Lines()
    title_key = squash(title)
    after_photo, closing = False, ""
    for line in lines:
        if not _WORD.search(line):
            continue
        short = len(line) <= _MAX_LINE_CHARS
        link = _LINK_LINE.fullmatch(line) if short else None
        if link:
            out.url = out.url or link[1]
            continue
        mark = _PHOTO_MARK.fullmatch(line) if short else None
        if mark:
            after_photo = True
            if squash(mark["text"] or "") not in {"", title_key}:
                _add(out.captions, mark["text"])
            continue
        if not out.paragraphs and len(line) <= 2 * len(title) and squash(line) == title_key:
            continue
        if short and (is_promotion(line) or is_dateline(line)):
            after_photo = False
            continue
        if is_caption(line) or (after_photo and _is_bare_caption(line)):
            closing = "" if after_photo or line in out.captions else line
            _add(out.captions, line)
        else:
            closing = ""
            out.paragraphs.append(line)
        after_photo = False
    # "Bài và ảnh: …", "Nguồn: …" below a photo is its credit, below the whole text its signature.
    if closing in out.captions and out.paragraphs and (names := byline_of(closing)):
        out.captions.remove(closing)
        out.byline.extend(names)
    _take_bylines(out, authors)
    if out.paragraphs:
        out.paragraphs[0], out.outlet = take_lead(out.paragraphs[0], out.outlet)
    return out


def _is_bare_caption(line: str) -> bool:
    """Whether a line below a photo is its caption: it ends no sentence."""
    return not _SENTENCE_END.search(line) and len(line.split()) <= MAX_CAPTION_WORDS


def _add(captions: list[str], line: str) -> None:
    if squash(line) not in {squash(caption) for caption in captions}:
        captions.append(line)


def is_caption(line: str) -> bool:
    """Whether a line by itself reads as a caption: it ends in a photo credit.

    >>> is_caption("Cầu mới nhìn từ bờ nam. Ảnh: Lan Anh"), is_caption("Ảnh hưởng: rất lớn, theo ông An.")
    (True, False)
    """
    if len(line) > _MAX_LINE_CHARS or len(line.split()) > MAX_CAPTION_WORDS:
        return False
    return bool(_CREDIT.search(line) or _ILLUSTRATION.search(line))


def is_credit(line: str) -> bool:
    """Whether a line is nothing but a photo's credit: "Ảnh: Lan Anh".

    >>> is_credit("ẢNH: LAN ANH"), is_credit("Cầu mới. Ảnh: Lan Anh")
    (True, False)
    """
    return bool(_CREDIT.match(line))


def is_promotion(line: str) -> bool:
    """Whether a line invites the reader elsewhere and tells no news.

    >>> is_promotion(">>> Xin mời quý vị đón xem"), is_promotion("Mời gọi đầu tư tăng 5%.")
    (True, False)
    """
    return len(line) <= _MAX_LINE_CHARS and bool(_PROMO.match(line))


def take_lead(paragraph: str, outlet: str = "") -> tuple[str, str]:
    """The paragraph without its "(HTV) - ", and the outlet that it names, else the given one.

    >>> take_lead("(Dân trí) - Trời mưa."), take_lead("(Ảnh) - Trời mưa.")
    (('Trời mưa.', 'Dân trí'), ('(Ảnh) - Trời mưa.', ''))
    """
    match = _LEAD.match(paragraph)
    if not match:
        return paragraph, outlet
    who = (match["signed"] or match["bare"]).strip()
    known = known_outlet(who)
    if not known and not _IS_DOMAIN.fullmatch(who) and not (match["signed"] and _LEAD_LIKE.fullmatch(who)):
        return paragraph, outlet
    return paragraph[match.end() :], known or who


def _take_bylines(out: Lines, authors: Sequence[str]) -> None:
    """Move signatures from below the text to the byline."""
    author_keys = {squash(author) for author in authors}
    taken: list[str] = []
    while len(out.paragraphs) > 1 and len(taken) < _MAX_BYLINES:
        last = out.paragraphs[-1]
        names = byline_of(last)
        if names is None and (squash(last) in author_keys or _is_closing_source(last, out.paragraphs[-2])):
            names = [last]
        if names is None:
            break
        out.outlet = out.outlet or known_outlet(last.rsplit(None, 1)[-1])
        taken[:0] = names
        out.paragraphs.pop()
    if out.paragraphs and not taken:
        out.paragraphs[-1], signed = _cut_signature(out.paragraphs[-1], authors)
        taken += signed
    out.byline.extend(dict.fromkeys(taken))


def _is_closing_source(last: str, before: str) -> bool:
    """Whether the last line names the paper the text was taken from: "An ninh thủ đô"."""
    short = len(last.split()) <= 5 and len(last) <= 40 and last[0].isupper()
    named = not re.search(r"[\d.,:;!?…\"“”()]", last)
    return short and named and bool(_SENTENCE_END.search(before) or byline_of(before))


def _cut_signature(paragraph: str, authors: Sequence[str]) -> tuple[str, list[str]]:
    """The last paragraph without "Theo <author>" or "<author>" that ran into it."""
    for author in authors:
        if not paragraph.endswith(author) or len(author) + 20 > len(paragraph):
            continue
        rest = paragraph[: -len(author)].rstrip()
        by_word = rest.endswith("Theo")
        rest = rest.removesuffix("Theo").rstrip()
        if by_word or len(author.split()) > 1 or _SENTENCE_END.search(rest):
            return rest, [author]
    return paragraph, []


def byline_of(line: str) -> list[str] | None:
    """The names in a signature line; None if the line is no signature.

    >>> byline_of("LAN ANH - QUỐC VIỆT // TRUNG TÂM TIN TỨC HTV"), byline_of("Trời mưa.")
    (['LAN ANH', 'QUỐC VIỆT'], None)
    """
    if len(line) > 90 or len(line.split()) > 14:
        return None
    line = _GLUED_NAMES.sub(" - ", line)
    bare = _TOLD_BY.sub("", line).strip()
    if (behind := _OF_HOUSE.search(bare)) and known_outlet(behind["house"]) and behind.start():
        bare = bare[: behind.start()]
    told = _ACCORDING.fullmatch(bare)
    if told or not bare:
        name = told["who"].strip() if told else ""
        if not name:
            return [line.strip()] if not bare or squash(line) in _ALONE else None
        people = [part for part in _BYLINE_BREAK.split(name) if not _NEWSROOM.search(part)]
        if told and told["people"] and not people:
            return []  # made by the house
        if told and told["people"] and all(map(_NAMES.fullmatch, people)):
            return people
        listed = re.search(r"[.!?]\s|,", name) or len(name.split()) > 8 or not name[0].isupper()
        return None if listed else [line.strip()]
    names = []
    for part in _BYLINE_BREAK.split(bare):
        if _NEWSROOM.search(part):
            continue
        if not _NAMES.fullmatch(part):
            return None
        names.append(part)
    return names or None
