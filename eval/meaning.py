"""What each figure says, in a line: for the page, the Markdown and whoever reads them first."""

from __future__ import annotations

from collections.abc import Mapping

MEANING: Mapping[str, str] = {
    "right": "the gold answer stands in a quotation of a gold article; unanswerable: silence was kept",
    "cited_docid": "a gold article is cited",
    "contained": "the gold answer stands in some quotation",
    "retrieved": "a gold article is among the hits",
    "short_em": "the short answer is the gold answer, word for word",
    "short_f1": "words shared by the short answer and the gold answer",
    "short_contained": "the gold answer stands in the short answer",
    "citation_precision": "quotations that stand on the gold evidence",
    "citation_recall": "questions with a quotation on the gold evidence",
    "R@1": "a gold article is the first hit",
    "R@5": "… among the first five articles",
    "R@10": "… among the first ten",
    "MRR@10": "one over the rank of the first gold article",
    "nDCG@10": "the same, discounted by the logarithm of the rank",
    "marker_recall": "statements that what their markers name supports (ALCE's citation recall)",
    "marker_precision": "markers that are needed (ALCE's citation precision)",
    "abstain_ece": "gap between the doubt said and the share not in the archive",
    "verbatim": "quotations that are the article's text, to the character",
    "abstained_answerable": "silence where there was an answer",
    "abstained_unanswerable": "silence where there was none",
    "abstained_off_topic": "silence where the question is of another domain",
    "abstain_auroc_off_topic": "doubt tells unanswerable and off-topic from answerable",
    "short_f1_facts": "words in common of short and gold answer, for factoid, number, date and place",
    "short_contained_facts": "short answers that hold a gold answer, for factoid, number, date and place",
    "first_contained": "a gold answer in the first quotation, where a gold article was found",
    "abstain_auroc": "doubt tells unanswerable from answerable (0.5 is chance)",
    "aurc": "wrong answers, over the coverage reached",
    "macro_f1": "mean of the verdicts' F1, each label counting alike",
    "accuracy": "verdicts that are the label",
    "refuted_precision": "of what is called refuted, how much is",
    "wrong_pointed": "of claims with a wrong token, the token is pointed at",
    "right_flagged": "of supported claims, how many are called refuted",
    "evidence_recall": "claims whose gold sentence is among the evidence shown",
    "same_article": "the first quotation is of the same article as for the original",
    "same_answer": "the short answer has the same words",
    "same_silence": "both answered, or both kept silence",
}
"""Name of a figure: what it says."""
