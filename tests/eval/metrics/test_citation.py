"""Citation metrics on a small article whose offsets can be counted."""

from __future__ import annotations

from eval.metrics.citation import Span, citation_precision, citation_recall, locate, stands_on, verbatim

TEXT = "Sáng 3/4, xã Hòa An ngập sâu. Nước rút vào buổi chiều."
#       0         10        20        30


def test_a_quote_stands_on_the_evidence_when_half_of_the_shorter_one_is_shared() -> None:
    evidence = Span("a", 100, 200)
    assert stands_on(Span("a", 95, 105), evidence)  # 5 of the quote's 10
    assert not stands_on(Span("a", 94, 104), evidence)  # 4 of 10
    assert stands_on(Span("a", 0, 500), evidence)  # the whole evidence inside the quote
    assert not stands_on(Span("b", 100, 200), evidence)  # another article
    assert not stands_on(Span("a", 200, 210), evidence)  # next to it


def test_precision_counts_quotes_and_recall_asks_for_one() -> None:
    evidence = [Span("a", 0, 10), Span("copy-of-a", 5, 15)]
    quotes = [Span("a", 20, 30), Span("copy-of-a", 5, 15), Span("c", 0, 10)]
    assert citation_precision(quotes, evidence) == 1 / 3
    assert citation_recall(quotes, evidence) == 1
    assert citation_precision([], evidence) == 0
    assert citation_recall([Span("c", 0, 10)], evidence) == 0


def test_verbatim_is_exact_to_the_character() -> None:
    texts = {"a": TEXT}
    assert verbatim("Nước rút", Span("a", 30, 38), texts.get)
    assert not verbatim("nước rút", Span("a", 30, 38), texts.get)
    assert not verbatim("Nước rút", Span("a", 29, 37), texts.get)
    assert not verbatim("Nước rút", Span("gone", 30, 38), texts.get)
    assert not verbatim("", Span("a", 5, 5), texts.get)  # an empty quote proves nothing


def test_evidence_is_found_by_its_words_whatever_the_spaces_and_tone_marks() -> None:
    assert locate("xã  hoà an NGẬP SÂU", "a", TEXT) == Span("a", 10, 28)


def test_stitched_evidence_is_found_by_its_longest_run_of_at_least_half() -> None:
    # "Nước rút vào buổi chiều" is 5 of 7 words
    assert locate("Nước rút vào buổi chiều cùng ngày", "a", TEXT) == Span("a", 30, 53)
    # "Nước rút" is 2 of 5 words: too little to say where it stands
    assert locate("Nước rút rất chậm chạp", "a", TEXT) is None
    assert locate("", "a", TEXT) is None
