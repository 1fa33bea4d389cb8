"""Questions that an article answers, made from its own statements, and whether an answer gives what was asked.

    Article -> statements (title, then sentences) -> a fact taken out, its question word put in -> Suggested

Vietnamese keeps the question word where the answer would stand, so "quy tụ 14 nghệ sĩ" becomes "quy tụ bao nhiêu
nghệ sĩ?" with no other word changed. Nothing is offered unasked: `holds` says whether the archive's answer to such a
question is the fact that was taken out. This module knows nothing of pages, retrieval or how answers are made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from app.answer import Answer
from index.split import sentences
from ingest.article import Article


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question and the words of the article that answer it, or what kind of words: ANY_TIME, ANYTHING."""

    question: str
    fact: str


ANY_TIME, ANYTHING = "", "*"

_LONGEST = 110
"""Characters of a question: two lines on a phone."""
_WORDS = range(4, 18)
_SENTENCES = 14
"""Sentences of an article that are looked at: what matters stands at the top."""

_NUMBER = r"(?<![\w.,/+-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w/]|[.,]\d)"
_ABOUT = r"(?:(?<!rẻ )(?<!cao )(?<!thấp )(?<!lớn )(?<!nhỏ )(?<!dài )(?<!ngắn )(?<!nhiều )(?<!ít )(?<!nặng )(?<!nhẹ )(?:[Hh]ơn|[Gg]ần|[Kk]hoảng|[Cc]hừng|[Xx]ấp xỉ) )?"
_MONEY = re.compile(
    rf"{_ABOUT}{_NUMBER} ?(?:(?:nghìn|ngàn|triệu|trăm|tỷ|tỉ)(?: (?:tỷ|tỉ|triệu))? ?)?(?:đồng|USD|euro|đô la)(?!\w)"
)
_SHARE = re.compile(rf"{_ABOUT}{_NUMBER} ?%")
_DAY = re.compile(
    r"(?:(?:rạng sáng|sáng|trưa|chiều|tối|đêm|ngày)(?: ngày)? )\d{1,2}/\d{1,2}(?:/\d{4})?(?![\w/.]|,\d| ?[-–] ?\d)"
)
_MONTH = re.compile(r"tháng \d{1,2}/\d{4}(?![\w/])")
_YEAR = re.compile(r"năm (?:19|20)\d\d(?![\w/-])")
_COUNT = re.compile(rf"{_ABOUT}(?P<number>{_NUMBER})(?= (?P<noun>[^\W\d_]+\d?)(?: |$))")
_SPELLED_COUNT = re.compile(
    rf"{_ABOUT}(?P<number>(?<!\w)(?:[Hh]ai|[Bb]a|[Bb]ốn|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười(?: một| hai)?))"
    r"(?= (?P<noun>[^\W\d_]+)(?: |$))"
)
_INSTEAD = (
    (_MONEY, "bao nhiêu tiền"), (_SHARE, "bao nhiêu phần trăm"), (_DAY, "ngày nào"), (_MONTH, "tháng nào"),
    (_YEAR, "năm nào"),
)  # fmt: skip
# "vốn 460 tỷ đồng" and "… ngày 7/9 tại Đông Mây" can be asked for; "kỳ họp ngày 11/9 của tỉnh đã …" cannot.
_GOES_ON = re.compile(r"$| (?:vì|cho|để|tại|từ|một|mỗi|trong|ở|vào|nhờ|trước|sau|với|dự toán|so với)(?!\w)")

# After these a number is a name, not a count: "tuyến số 5", "lớp 7", "lần thứ 3", "lúc 8".
_NAMES = frozenset(
    """
    số lớp khu quận phường tuyến hạng năm tháng ngày thứ điều khoản quốc đường lộ tập phần vòng lần top đợt khóa kỳ
    cấp loại nhóm giải lúc mùa bảng tổ đội khối tầng phòng trang từ đến km chưa không dưới nhất quá giờ
    """.split()
)
_NO_NOUN = frozenset(
    "tuổi và đến xuống lên tới hoặc so giờ h của trong là thì mà với cho ở tại bị được đã sẽ thành".split()
)
_SPELLED = {"m": "mét"}
# A statement that opens so leans on the one before it, or is about nothing that can be named alone.
_LEANS = re.compile(
    r"(?:ông|bà|anh|chị|cô|cậu|em|họ|nó|đây|đó|điều|việc|theo|tuy|nhưng|song|ngoài|trong|khi|sau|trước|vì|do|nếu|cùng|"
    r"bên|dự kiến|hiện|còn|riêng|tại|từ|đến|để|với|cũng|nhờ|qua|ảnh|video|tổng|mỗi|các|những|số|hơn|chỉ|khoảng|cứ|ở|"
    r"trên|mới|cuối|đầu|giữa|ngày|sáng|trưa|chiều|tối|đêm|hôm|năm|tháng|quý|tuần|tiếp|cả|tất cả|dù|đáng|đi|bị|có|đến)(?!\w)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"(?<!\w)(?:này|ấy|đó|kia|nói trên|đơn vị|tôi|chúng tôi|mình)(?!\w)")
_ODD = re.compile(r"[\"“”‘’'«»()\[\]<>{}|/\\*_`#=?!…]|https?:|\d ?[-–] ?\d")
_EVENT = re.compile(
    r"(?<!\w)(?:thông xe|khởi công|khánh thành|mở cửa|đóng cửa|khai mạc|bế mạc|ra mắt|đoạt giải|vô địch|chạy thử|"
    r"mở lại|khai trương|động thổ|khai giảng|đi vào hoạt động|nhậm chức|từ chức|qua đời|phát hành|ký kết|hoàn thành|"
    r"hợp long|cất cánh|về nước|xuất viện|đăng quang|đón khách)(?!\w)"
)
_WHY = re.compile(r"(?P<what>\S+(?: \S+){3,14}) vì (?P<why>\S+(?: \S+){1,8})")
_SAID = re.compile(
    r".*(?<!\w)(?:cho biết|cho hay|cho rằng|giải thích|nhận định|khẳng định|chia sẻ|thừa nhận|kể|nói)(?: rằng| là)? "
)
"""Whoever said it: "Thương lái cho biết giá tăng vì …" asks why the price rose, not why they said so."""
_BY = re.compile(
    r"(?<!\w)do (?P<who>(?:(?:ông|bà|anh|chị|nghệ sĩ|đạo diễn|tiến sĩ|kỹ sư) )?[^\W\d_a-zà-ỹ][\w.]*(?: (?:[^\W\d_a-zà-ỹ]"
    r"[\w.]*|và|tế|tư|phần|nghệ|dục|hóa|nghiệp|nghề|nước|tỉnh|xã|huyện|phường|khoa|học)){1,8})"
    r"(?= (?:làm|thực hiện|triển khai|tài trợ|thi công|đầu tư|tổ chức|sản xuất|thiết kế|biên soạn|chủ trì|sáng lập|"
    r"xây dựng|phát triển|quản lý|vận hành|đạo diễn)(?!\w))"
)
_APART = re.compile(r"[;:]\s|\s[-–—]\s")
_CLAUSE = re.compile(r"(?:,(?!\d)|[;:]|\s[-–—])\s")


def questions(article: Article) -> Iterator[Suggested]:
    """Questions of an article, those of its title first; none twice.

    >>> a = Article(id="1", url="", title="Trại điêu khắc quy tụ 14 nghệ sĩ", paragraphs=("Trại mở ngày 3/9.",))
    >>> next(questions(a))
    Suggested(question='Trại điêu khắc quy tụ bao nhiêu nghệ sĩ?', fact='14')
    """
    seen: set[str] = set()
    text = article.text
    body = [text[a:b] for a, b in sentences(text[:8_000])[:_SENTENCES]]
    for number, statement in enumerate((article.title, *body)):
        for made in _of(" ".join(statement.split()), text, title=number == 0):
            if made.question not in seen:
                seen.add(made.question)
                yield made


def titled(article: Article) -> list[Suggested]:
    """The questions of a headline; a headline that asks is taken as it stands."""
    title = " ".join(article.title.split())
    if title.endswith("?") and 15 <= len(title) <= 90:
        return [Suggested(title, ANYTHING)]
    return list(questions(replace(article, paragraphs=(), summary="")))[:2]


def holds(suggested: Suggested, answer: Answer, docids: Collection[str]) -> bool:
    """Whether the answer gives the fact, quoted from one of these articles."""
    if answer.abstained or not any(c.docid in docids for c in answer.citations):
        return False
    if suggested.fact == ANYTHING:
        return True
    if suggested.fact == ANY_TIME:
        return any(c.isdigit() for c in answer.short_answer)
    quoted = " ".join(c.quote for c in answer.citations)
    said = quoted if len(suggested.fact.split()) > 2 else answer.short_answer or quoted
    return suggested.fact.casefold() in said.casefold()


def _of(statement: str, text: str, *, title: bool) -> Iterator[Suggested]:
    if title and statement.endswith("?"):
        return
    first = _CLAUSE.split(statement, maxsplit=1)[0].strip().rstrip(".")
    for clause in (first, statement) if title and not _APART.search(statement) else (first,):
        if len(clause.split()) not in _WORDS or _POINTS.search(clause):
            continue
        if not title and _LEANS.match(clause):
            continue
        if not (clause[:1].isupper() or clause[:1].isdigit()):
            continue
        found = [*_asking(clause, title), *_told_why(clause, text)]
        yield from found
        if found:
            return
        if title and _EVENT.search(clause) and not any(c.isdigit() for c in clause):
            made = _question(f"{clause} khi nào", "khi nào")
            if made:
                yield Suggested(made, ANY_TIME)
                return


def _asking(clause: str, title: bool) -> Iterator[Suggested]:
    for start, end, instead, fact in _facts(clause, title):
        made = _question(clause[:start] + instead + clause[end:], instead)
        if made:
            yield Suggested(made, fact)


def _told_why(clause: str, text: str) -> Iterator[Suggested]:
    """ "… đóng cửa 100 ngày vì ngập" asks "Vì sao … đóng cửa 100 ngày?"; "do Sở Y tế triển khai" asks by whom."""
    why = _WHY.fullmatch(clause)
    if why:
        what = why["what"]
        said = _SAID.match(what)
        if said:
            what = what[said.end() :]
            if len(what.split()) < 4:
                return
        small = what[:1].lower() + what[1:]
        # A first word that is nowhere small in the article is a name.
        named = (
            bool(said)
            or what.split()[1][:1].isupper()
            or not re.search(rf"(?<!\w){re.escape(small.split()[0])}(?!\w)", text)
        )
        made = _question(f"Vì sao {what if named else small}", "Vì sao")
        if made and not _ODD.search(why["why"]):
            yield Suggested(made, why["why"])
    by = _BY.search(clause)
    if by:
        whom = "ai" if by["who"][:1].islower() else "đơn vị nào"
        made = _question(clause[: by.start("who")] + whom + clause[by.end("who") :], whom)
        if made:
            yield Suggested(made, by["who"])


def _facts(clause: str, title: bool) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, question words, fact) of what can be asked for."""
    taken: list[tuple[int, int]] = []
    for pattern, instead in _INSTEAD:
        for match in pattern.finditer(clause):
            taken.append(match.span())
            if _GOES_ON.match(clause, match.end()) and "lúc" not in clause:
                yield (*match.span(), instead, _figure(match.group()))
    # A small number in words is often no count at all ("hai đầu cầu"); headlines spell only what matters.
    for match in (*_COUNT.finditer(clause), *(_SPELLED_COUNT.finditer(clause) if title else ())):
        if any(a < match.end() and match.start() < b for a, b in taken) or not _counts(clause, match):
            continue
        end, instead, noun = match.end(), "bao nhiêu", match["noun"]
        if noun in _SPELLED:
            end += 1 + len(noun)
            instead = f"bao nhiêu {_SPELLED[noun]}"
        yield match.start(), end, instead, match["number"]


def _counts(clause: str, match: re.Match[str]) -> bool:
    """Whether the number counts the noun after it, and is no name ("lớp 7"), bound or half of a measure."""
    before, noun = clause[: match.start()].split(), match["noun"]
    if noun in _NO_NOUN or not noun[:1].islower() or match["number"] == "1":
        return False
    if before and (before[-1].casefold() in _NAMES or before[-1].endswith(",")):
        return False
    if len(before) > 1 and (before[-1][:1].isupper() or before[-2][:1].isdigit()):
        return False
    return not re.match(rf" {re.escape(noun)} \d", clause[match.end() :])


def _figure(words: str) -> str:
    """The digits of a fact as they are written: "hơn 820 triệu đồng" is known by its "820"."""
    found = re.search(r"\d[\d.,/]*", words)
    return found.group() if found else words


def _question(words: str, instead: str) -> str:
    """The question, "" when it does not read well."""
    made = " ".join(words.split())
    if len(made) > _LONGEST or _ODD.search(made) or re.search(rf"{instead} \d", made):
        return ""
    return made[:1].upper() + made[1:] + "?"
