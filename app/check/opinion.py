"""The noun of a second opinion: what a model that was asked says of a claim and its sentences, beside our verdict.

An Opinion is one of three verdicts, or none with the reason why. It never stands for the verdict, changes nothing of it,
and holds no word that the model wrote: only which of three words it chose. This module knows nothing of how models are asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.check.verdict import ClaimCheck, Verdict
from app.messages import Lang, say

WhyNone = Literal["", "nonsense", "slow", "down", "busy", "refused", "broken", "late", "skipped"]
"""Why a model gave no opinion. late: the time for the whole draft was over. skipped: it had not answered those before."""

SAYS: Mapping[Verdict, str] = {
    "SUPPORTED": "second_supported",
    "REFUTED": "second_refuted",
    "NOT_ENOUGH_INFO": "second_open",
}
"""The key in app.messages of what each verdict is called as an opinion: other words than ours, so that none is taken for the other."""

REASONS: Mapping[WhyNone, str] = {
    "nonsense": "second_nonsense",
    "slow": "second_slow",
    "down": "second_down",
    "busy": "second_busy",
    "refused": "second_refused",
    "broken": "second_broken",
    "late": "second_late",
    "skipped": "second_skipped",
}
"""The key in app.messages of each reason."""

MAX_MODEL = 100
"""Characters of a model's name that are shown."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What `model` says of a claim beside its sentences. verdict: None when it gave none, and then why_none says why."""

    model: str
    verdict: Verdict | None = None
    why_none: WhyNone = ""

    def agrees(self, ours: str) -> bool | None:
        """Whether it says what our verdict says; None when it says nothing.

        >>> Opinion("m", "REFUTED").agrees("SUPPORTED"), Opinion("m", why_none="slow").agrees("SUPPORTED")
        (False, None)
        """
        return None if self.verdict is None else self.verdict == ours

    def sign(self, ours: str) -> str:
        """ "=" beside our verdict when it agrees, "≠" when it does not, "–" when it gave none: never by colour alone."""
        return {True: "=", False: "≠", None: "–"}[self.agrees(ours)]

    def line(self, ours: str, lang: Lang) -> str:
        """It as one plain sentence, named as the model's.

        >>> Opinion("m", "REFUTED").line("REFUTED", "vi")
        'Ý kiến của mô hình m: các câu trong kho nói trái, chỉ để tham khảo (= giống kết quả đối chiếu)'
        >>> Opinion("m", why_none="slow").line("REFUTED", "vi")
        'Mô hình m không cho ý kiến: không trả lời kịp'
        """
        if self.verdict is None:
            return say(lang, "second_none", model=self.model, why=say(lang, REASONS[self.why_none or "nonsense"]))
        beside = say(lang, "second_agrees" if self.agrees(ours) else "second_differs")
        return f"{say(lang, 'second_says', model=self.model, verdict=say(lang, SAYS[self.verdict]))} ({self.sign(ours)} {beside})"

    def as_json(self, ours: str) -> dict[str, Any]:
        """`second_opinion` of a claim in the JSON of `hoitin check --second-opinion`."""
        return {"model": self.model, "verdict": self.verdict, "agrees": self.agrees(ours), "why_none": self.why_none}


def claims_json(checks: Sequence[ClaimCheck], opinions: Mapping[int, Opinion] | None) -> list[dict[str, Any]]:
    """`claims` of the JSON. opinions: by the claim's place; None when none were asked for, and then nothing speaks of them."""
    if opinions is None:
        return [c.as_json() for c in checks]
    told = [opinions[n].as_json(c.verdict) if n in opinions else None for n, c in enumerate(checks)]
    return [{**c.as_json(), "second_opinion": opinion} for c, opinion in zip(checks, told, strict=True)]
