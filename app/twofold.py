"""A question that asks two things: "Ai lập đội Neo Vàng và khi nào?" made two questions, each of which stands alone.

In: a question, with diacritics. Out: its two parts, or None. What the second leaves unsaid is taken over from the first: its
names when it has words of its own, else all but the question word. This module knows nothing of answers.
"""

from __future__ import annotations

import re

from app.asked import content_tokens
from app.converse import names_in

_ASKING = re.compile(
    r"(?<!\w)(?:vì sao|tại sao|(?:từ |vào |đến )?(?:khi|ngày|tháng|năm|lúc|hôm) nào|bao giờ|bao nhiêu(?: \w+)?|mấy \w+|bao lâu|bao xa"
    r"|(?:ở|tại|từ|đến) (?:đâu|\w+ nào)|(?:như )?thế nào|ra sao|là (?:ai|gì)|(?:do |của |bởi |những )?ai|\w+ nào|gì|đâu)(?!\w)",
    re.IGNORECASE,
)


def two_questions(question: str) -> tuple[str, str] | None:
    """The two questions in one, or None.

    >>> two_questions("Ai lập đội Neo Vàng và khi nào?")
    ('Ai lập đội Neo Vàng?', 'lập đội Neo Vàng khi nào?')
    >>> two_questions("Cầu Sương Mai thông xe ngày nào và dài bao nhiêu mét?")
    ('Cầu Sương Mai thông xe ngày nào?', 'Cầu Sương Mai dài bao nhiêu mét?')
    >>> two_questions("Khi nào và ở đâu đội Neo Vàng được lập?")
    ('Khi nào đội Neo Vàng được lập?', 'ở đâu đội Neo Vàng được lập?')
    >>> two_questions("Lê Bá Tòng và Cù Thị Mây sinh năm nào?") is None
    True
    """
    text = " ".join(question.split()).rstrip("?!. ")
    for cut in re.finditer(r",? và ", text):
        left, right = text[: cut.start()], text[cut.end() :]
        first, second = _ASKING.search(left), _ASKING.search(right)
        if first is None or second is None:
            continue
        if _rest(left, first) in names_in(f"hỏi {_rest(left, first)}"):
            continue  # "Vì sao Mỹ và Anh …" names two who did one thing
        if not _rest(left, first):
            rest = _rest(right, second)
            return (f"{left} {rest}?", f"{right}?") if rest else None
        if names_in(f"hỏi {right}"):
            return f"{left}?", f"{right}?"
        names = names_in(f"hỏi {_rest(left, first)}")
        bare = not content_tokens(_rest(right, second)) or not _rest(right, second)
        carried = _rest(left, first) if bare or not names else " ".join(names)
        return f"{left}?", f"{carried} {right}?"
    return None


def _rest(text: str, asking: re.Match[str]) -> str:
    """A question without its question word."""
    return " ".join(f"{text[: asking.start()]} {text[asking.end() :]}".split())
