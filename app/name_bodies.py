"""Where the name of an organisation ends, read from its head word on.

    Sở Y tế tỉnh Lam Giang | cho biết      Bộ Văn hóa, Thể thao và Du lịch | họp
    Viện ISB | Trần Hà Minh Quân           Đại học Bách khoa Hà Nội | và Công ty Sao Hạ

Only the first syllable of each word carries a capital there, so small syllables belong to the name
when they are known words of such names and something with a capital follows or is joined.
"""

from __future__ import annotations

from app.name_tokens import LAWS, ORG_HEADS, ORG_WORDS, PLACE_HEADS, STANDALONE, Tokens, syllabic
from app.name_words import AUTHORITIES, FAMILY_NAMES

_WEAK_HEADS = frozenset("khoa đội ban phòng vụ kênh đảng hãng quỹ báo chuỗi sàn hội".split())
"""Heads that are also common words; written small they begin no name of one word."""

_LISTED = frozenset(
    ["bộ", "sở", "phòng", "vụ", "cục", "ban", "ủy ban", "ngân hàng", "viện", "học viện", "trường đại học", "đại học"]
)
"""Bodies whose name may list fields: "Bộ Văn hóa, Thể thao và Du lịch"."""

_SCHOOLS = frozenset(["trường thpt", "thpt", "trường", "trường chuyên", "trường trung học phổ thông"])
_ABROAD = frozenset(["đại sứ quán", "đsq", "văn phòng", "đại học"])
_MAY_BE_NAMED = frozenset(
    [
        "công ty",
        "công ty cổ phần",
        "công ty tnhh",
        "tập đoàn",
        "tổng công ty",
        "hiệp hội",
        "hội",
        "liên đoàn",
        "ngân hàng",
    ]
)
"""Bodies that persons give their names to; the state's are not named so."""

_ENGLISH = frozenset(["of", "for", "the", "and"])
_WHOLE = frozenset(["vff", "afc", "fifa", "uefa"])


def read_body(tokens: Tokens, at: int, titled: str) -> tuple[int, str] | None:
    """The end of the organisation (or law) that starts at `at` and its class; None where none starts.

    titled: the title just before ("giám đốc"), after which a person may follow the organisation.
    The class is "" for a head that stands for no body in particular ("UBND đã họp").
    """
    token = tokens[at]
    width = tokens.longest(at, STANDALONE) if token.capital else 0
    if width:
        land = tokens.known_place(at + width) if tokens.near(at + width) else None
        return land or at + width, "organisation"
    law = tokens.longest(at, LAWS)
    width = law or tokens.longest(at, ORG_HEADS)
    if not width:
        return None
    head = tokens.phrase(at, width)
    end, proper = _Walk(tokens, at + width, head, titled).end()
    if end == at + width:
        return (end, "organisation" if head in _WHOLE else "") if width == 1 and token.shouted else None
    if not proper:
        return None
    if law:
        return end, "other"
    small = not token.capital
    if small and head == "trung tâm" and tokens.longest(at + width, PLACE_HEADS):
        return None  # "trung tâm thành phố …"
    return None if small and head in _WEAK_HEADS else (end, "organisation")


class _Walk:
    """One walk over the words after a head. named: parts that are more than a field or trade."""

    def __init__(self, tokens: Tokens, at: int, head: str, titled: str) -> None:
        self.tokens, self.at, self.head, self.titled = tokens, at, head, titled
        self.capitals = self.named = 0
        self.administrative = False

    def end(self) -> tuple[int, bool]:
        """Where the name ends, and whether anything with a capital stands in it after the head."""
        end = self.at
        while self.tokens.near(self.at) and not self.tokens.taken(self.at):
            if self._takes_name():
                end = self.at
            elif not self._takes_joint():
                break
        return end, self.capitals > 0

    def _takes_name(self) -> bool:
        tokens, at = self.tokens, self.at
        token = tokens[at]
        place = tokens.known_place(at)
        if place:
            self._go(place, capitals=2, named=1)
            return True
        if self._person_starts():
            return False
        known = tokens.longest(at, ORG_WORDS) or (2 if token.capital and tokens.pair(at) else 0)
        if not (token.capital and known) and self._unit_starts():
            return False
        if self.administrative and token.low.isdecimal():
            self._go(at + 1)
            return True
        shown = tokens.any_capital(at, at + known)
        if known and (shown or self.head in LAWS.all or self._capital_ahead(at + known)):
            self._go(at + known, capitals=int(shown))
            return True
        if token.capital:
            self._go(at + 1, capitals=1, named=1)
            return True
        return False

    def _takes_joint(self) -> bool:
        """Step over "tỉnh", "và", "-" and the like where the name goes on behind them."""
        if self._person_starts():
            return False
        if self._unit_starts():
            self.at += self.tokens.longest(self.at, PLACE_HEADS)
            self.administrative = True
            return True
        if self._goes_on():
            self.at += 1
            return True
        return False

    def _go(self, at: int, *, capitals: int = 0, named: int = 0) -> None:
        self.at = at
        self.capitals += capitals
        self.named += named

    def _unit_starts(self) -> bool:
        """Whether "tỉnh", "huyện", "TP" and a capital stand here."""
        width = self.tokens.longest(self.at, PLACE_HEADS)
        return bool(width) and self.tokens.capital(self.at + width)

    def _person_starts(self) -> bool:
        """Whether the head of the body is named next: "Giám đốc Sở Y tế | Trần Văn An"."""
        authority = self.head in AUTHORITIES
        enough = (self.titled and self.named) or (authority and self.capitals >= (1 if self.titled else 2))
        state = self.head in AUTHORITIES - _MAY_BE_NAMED and self.capitals > 0
        tokens, at = self.tokens, self.at
        if not (enough or state) or tokens[at].low not in FAMILY_NAMES or tokens.longest(at, ORG_WORDS) > 1:
            return False
        return (2 if authority and enough else 3) <= tokens.capital_run(at, most=5) - at <= 5

    def _goes_on(self) -> bool:
        """Whether a joint stands inside the name."""
        tokens, follows = self.tokens, self.at + 1
        joint = tokens[self.at]
        if not tokens.near(follows):
            return False
        token = tokens[follows]
        if joint.text == "&" or joint.low in _ENGLISH:
            return token.capital or token.low == "the"
        if joint.text not in ("-", "–", ",") and joint.low not in ("và", "tại"):
            return False
        known = tokens.longest(follows, ORG_WORDS)
        if tokens.longest(follows, ORG_HEADS) and known <= 1:
            return False
        if joint.text in "-–" and self.head in _SCHOOLS:
            return bool(tokens.known_place(follows)) or (token.capital and not syllabic(token.low))
        if joint.low == "tại":
            return self.capitals > 0 and self.head in _ABROAD and bool(tokens.known_place(follows))
        return (known > 1 or (known > 0 and token.capital)) and (self.head in _LISTED or joint.low == "và")

    def _capital_ahead(self, at: int) -> bool:
        """Whether a capital follows within three known words: "hàng không miền Bắc"."""
        tokens = self.tokens
        for _ in range(3):
            if not tokens.near(at):
                return False
            if tokens.capital(at):
                return True
            width = tokens.longest(at, ORG_WORDS) or tokens.longest(at, PLACE_HEADS) or int(tokens[at].low == "và")
            if tokens.any_capital(at, at + width):
                return True
            if not width:
                return False
            at += width
        return False
