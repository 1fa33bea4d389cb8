"""Figures for Prometheus: counts and seconds, never a question's text.

    Metrics(gauges) -> answered(...), replied(...) -> page() for GET /metrics

In: what happens, and functions that give the present state when asked. Out: text in
Prometheus' form. This module knows nothing of HTTP or of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The figures of one process, since it started.

    gauges: name -> (what it is, function giving the present value), called when the page is asked for;
    remarks: verdict -> function giving how many there are.
    """

    def __init__(
        self,
        gauges: Mapping[str, tuple[str, Callable[[], float]]],
        remarks: Mapping[str, Callable[[], float]] | None = None,
    ) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._questions = Counter("hoitin_questions", "Questions.", ["by", "outcome"], registry=self._registry)
        self._seconds = Histogram(
            "hoitin_answer_seconds", "From question to whole answer.", ["by"], buckets=_SECONDS, registry=self._registry
        )
        self._replies = Counter("hoitin_http_replies", "HTTP replies.", ["status"], registry=self._registry)
        kept = Gauge("hoitin_feedback", "Remarks of readers that are kept.", ["verdict"], registry=self._registry)
        for verdict, count in (remarks or {}).items():
            kept.labels(verdict).set_function(count)
        for name, (text, read) in gauges.items():
            Gauge(name, text, registry=self._registry).set_function(read)

    def answered(self, by: str, outcome: str, seconds: float) -> None:
        """One question has come to its end. by: "chat", "api" or "mcp"; outcome: answered, abstained or failed."""
        self._questions.labels(by, outcome).inc()
        self._seconds.labels(by).observe(seconds)

    def replied(self, status: int) -> None:
        """One HTTP reply has begun."""
        self._replies.labels(f"{status // 100}xx").inc()

    def page(self) -> bytes:
        """All of it, in Prometheus' text form."""
        return generate_latest(self._registry)
