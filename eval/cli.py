"""`hoitin-eval`: the command line of the eval room.

    hoitin-eval retrieval BEIR_DIR                          R@k, MRR@10, nDCG@10, latency
    hoitin-eval answers --articles FILE --questions FILE    answers, quotations, abstention
    hoitin-eval claims --claims FILE [--articles FILE]      verdicts on claims or drafts
    hoitin-eval speed --articles FILE                       how fast, beside the peers, in one run
    hoitin-eval robustness --articles FILE --questions FILE the same questions typed otherwise
    hoitin-eval compare OLD.json NEW.json                   what changed, and whether by chance
    hoitin-eval all DATA --runs RUNS                        every set in a folder, resumable
    hoitin-eval results RUNS -o FILE.md                     figures and commands of all runs, as Markdown or a page
    hoitin-eval gate                                        fail when quality on the sample fell

A person reads the table on stdout; --json keeps all of it for `compare`. Exit
codes: 0 done, 1 failed, 2 bad usage. Each command imports what it needs when it
runs, so that --help costs nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from eval.provenance import COMMAND, typed
from eval.variants import KINDS, SEED
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    try:
        return perform(sys.argv[1:] if argv is None else argv)
    except SystemExit as stop:  # argparse: 0 after --help, 2 after bad words
        return int(stop.code or 0)
    except UsageError as error:
        print(f"hoitin-eval: {error}", file=sys.stderr)
        return 2
    except HoitinError as error:
        print(f"hoitin-eval: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("hoitin-eval: stopped; run it again, it goes on where it was", file=sys.stderr)
        return 1


def perform(argv: Sequence[str]) -> int:
    """Run one command, recorded as the one that is running. Raises HoitinError, and SystemExit for bad words."""
    words = _parser().parse_args(argv)
    command = COMMAND.set(typed(argv))
    try:
        return int(words.run(words))
    finally:
        COMMAND.reset(command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hoitin-eval", description="Measure search and answers, offline.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    retrieval = commands.add_parser("retrieval", help="how well and how fast the right documents are found")
    retrieval.add_argument("folder", metavar="BEIR_DIR", type=Path, help="corpus.jsonl, queries.jsonl, qrels.tsv")
    retrieval.add_argument("--queries", type=Path, metavar="FILE", help="other queries for the same qrels")
    retrieval.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")
    _add_common(retrieval)
    retrieval.set_defaults(run=_retrieval)

    answers = commands.add_parser("answers", help="how good the answers and their quotations are")
    _add_sitting(answers)
    answers.add_argument(
        "--off-topic", type=Path, nargs="+", default=[], metavar="JSONL", help="also ask 500 questions of other domains"
    )
    answers.add_argument("--html", type=Path, metavar="FILE", help="write a page to read and print")
    _add_common(answers)
    answers.set_defaults(run=_answers)

    robustness = commands.add_parser("robustness", help="whether a question typed otherwise is answered alike")
    _add_sitting(robustness)
    robustness.add_argument(
        "--kinds", nargs="+", choices=KINDS, default=(), metavar="KIND", help=f"only these of {', '.join(KINDS)}"
    )
    robustness.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of the slips that are drawn ({SEED})")
    _add_common(robustness)
    robustness.set_defaults(run=_robustness)

    speed = commands.add_parser("speed", help="how fast it indexes, searches and answers, beside its peers")
    speed.add_argument("--articles", type=Path, metavar="JSONL", help="articles, as for hoitin ingest (.gz too)")
    speed.add_argument("--retrieval", type=Path, metavar="BEIR_DIR", help="or a retrieval set: quality beside speed")
    speed.add_argument("--home", type=Path, metavar="DIR", help="or a home as it stands: its searches and answers")
    speed.add_argument("--limit", type=int, default=2000, metavar="N", help="first articles of the file (2000; 0: all)")
    speed.add_argument("--peer-limit", type=int, default=0, metavar="N", help="fewer for the peers (0: as many)")
    speed.add_argument("--queries", type=int, default=100, metavar="N", help="titles asked as questions (100)")
    speed.add_argument("--systems", default="", metavar="A,B", help="some of hoitin, llamaindex, bm25 (all)")
    speed.add_argument("--cold", type=int, default=3, metavar="N", help="times that hoitin ask is started anew (3)")
    speed.add_argument(
        "--probe", action="store_true", help="with --home: add an article and withdraw it again; use a copy"
    )
    speed.add_argument("--json", type=Path, metavar="FILE", help="write the whole report")
    speed.set_defaults(run=_speed)

    claims = commands.add_parser("claims", help="how right the verdicts on claims or drafts are")
    claims.add_argument(
        "--claims", type=Path, required=True, metavar="JSONL", help="claims, or drafts with their sentences"
    )
    claims.add_argument(
        "--articles", type=Path, metavar="JSONL", help="what they are checked against, unless each has a context"
    )
    claims.add_argument(
        "--now", type=_moment, metavar="ISO", help="the drafts' date (default: the date of each article compared)"
    )
    _add_common(claims)
    claims.set_defaults(run=_claims)

    compare = commands.add_parser("compare", help="what changed between two reports, and whether by chance")
    compare.add_argument("old", metavar="OLD.json", type=Path)
    compare.add_argument("new", metavar="NEW.json", type=Path)
    compare.add_argument("--json", type=Path, metavar="FILE", help="write the comparison")
    compare.set_defaults(run=_compare)

    everything = commands.add_parser("all", help="every set in a folder, one after the other; goes on where it was")
    everything.add_argument(
        "data", metavar="DATA", type=Path, help="questions.jsonl with articles.jsonl, BEIR folders …"
    )
    everything.add_argument("--runs", type=Path, required=True, metavar="DIR", help="the reports, one a step")
    everything.add_argument(
        "--speed", type=Path, metavar="FILE", help="also time indexing these articles, beside the peers"
    )
    everything.set_defaults(run=_all)

    results = commands.add_parser("results", help="the figures of all runs in a folder, as Markdown or as a page")
    results.add_argument(
        "runs", metavar="RUNS", type=Path, help="a folder of reports written by --json, or one of them"
    )
    results.add_argument("-o", "--output", type=Path, metavar="FILE", help="write Markdown here (default: stdout)")
    results.add_argument("--html", type=Path, metavar="FILE", help="write a page to read and print")
    results.set_defaults(run=_results)

    gate = commands.add_parser("gate", help="fail when quality on the sample archive fell")
    gate.add_argument(
        "--data", type=Path, metavar="DIR", help="folder with sample/ and questions/ (default: the checkout's)"
    )
    gate.add_argument("--update", action="store_true", help="pin today's figures; refuses to lower one")
    gate.add_argument(
        "--allow-regression", metavar="REASON", default="", help="with --update: lower figures, and say why"
    )
    gate.add_argument("--json", type=Path, metavar="FILE", help="write the whole report, for compare")
    gate.set_defaults(run=_gate)
    everything.set_defaults(commands=tuple(commands.choices))
    return parser


def _add_sitting(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--articles", type=Path, required=True, metavar="JSONL", help="articles, or a BEIR corpus.jsonl"
    )
    command.add_argument("--questions", type=Path, required=True, metavar="JSONL", help="questions with gold answers")
    command.add_argument("--timeout-s", type=_seconds, default=60.0, metavar="S", help="a slower answer is a miss (60)")
    command.add_argument(
        "--now",
        type=_moment,
        metavar="ISO",
        help="the moment of asking (default: when the newest article was published)",
    )


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", type=Path, metavar="FILE", help="write the whole report, for compare")
    command.add_argument("--work", type=Path, metavar="DIR", help="keep indexes here (default: HOITIN_CACHE/eval)")
    command.add_argument("--fresh", action="store_true", help="archive and index anew, even if nothing changed")


def _seconds(word: str) -> float:
    """Of argparse: seconds above 0, at most an hour."""
    try:
        found = float(word)
    except ValueError:
        found = 0
    if not 0 < found <= 3600:  # also false for nan
        raise argparse.ArgumentTypeError(f"found {word!r}, wanted seconds above 0 and up to 3600")
    return found


def _moment(word: str) -> datetime:
    """Of argparse: ISO 8601; a moment without a zone is Vietnam's."""
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"found {word!r}, wanted ISO 8601 such as 2031-05-20T08:00") from None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _retrieval(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.commands import measure_retrieval

    return measure_retrieval(
        read_settings(), words.folder, words.queries, words.mode,
        json_file=words.json, work=words.work, fresh=words.fresh,
    )  # fmt: skip


def _answers(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.commands import measure_answers

    return measure_answers(
        read_settings(), words.articles, words.questions,
        timeout_s=words.timeout_s, now=words.now, json_file=words.json, html_file=words.html, work=words.work, fresh=words.fresh,
        off_topic=words.off_topic,
    )  # fmt: skip


def _claims(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.claims_command import measure_claims

    return measure_claims(
        read_settings(), words.claims, words.articles,
        now=words.now, json_file=words.json, work=words.work, fresh=words.fresh,
    )  # fmt: skip


def _speed(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.speed import measure_speed
    from eval.systems import FAMILIES

    for name in ("limit", "peer_limit", "queries", "cold"):
        if getattr(words, name) < (1 if name == "queries" else 0):
            raise UsageError(
                f"--{name.replace('_', '-')}: found {getattr(words, name)}, wanted a count. Mend: leave it out"
            )
    return measure_speed(
        read_settings(), words.articles, words.retrieval, home=words.home, limit=words.limit,
        peer_limit=words.peer_limit, queries=words.queries, cold=words.cold, probe=words.probe, json_file=words.json,
        systems=[name for name in words.systems.split(",") if name] or tuple(FAMILIES),
    )  # fmt: skip


def _robustness(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.commands import measure_robustness

    return measure_robustness(
        read_settings(), words.articles, words.questions, kinds=words.kinds, seed=words.seed,
        timeout_s=words.timeout_s, now=words.now, json_file=words.json, work=words.work, fresh=words.fresh,
    )  # fmt: skip


def _compare(words: argparse.Namespace) -> int:
    from eval.checks import compare_reports

    return compare_reports(words.old, words.new, json_file=words.json)


def _all(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.everything import run_everything

    return run_everything(
        read_settings(), words.data, words.runs, perform, words.commands, speed=words.speed, command=COMMAND.get()
    )


def _results(words: argparse.Namespace) -> int:
    from eval.results import write_results

    return write_results(words.runs, markdown_file=words.output, html_file=words.html, command=COMMAND.get())


def _gate(words: argparse.Namespace) -> int:
    from app.settings import read_settings
    from eval.checks import hold_gate

    if words.allow_regression and not words.update:
        raise UsageError("--allow-regression: found no --update beside it. Mend: add --update")
    return hold_gate(
        read_settings(), words.data, update=words.update, reason=words.allow_regression, json_file=words.json
    )


if __name__ == "__main__":
    raise SystemExit(main())
