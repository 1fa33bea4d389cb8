"""`hoitin`: the command line.

In: words. Out: an exit code (0 done, 1 failed, 2 bad usage), results on stdout,
progress and the one line that says what went wrong on stderr. What each command
does is in app/commands.py; nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from ingest.errors import HoitinError, UsageError

Command = Callable[[argparse.Namespace], int]

EPILOG = """\
environment:
  HOITIN_HOME    folder of the archive and its index (default ./.hoitin)
  HOITIN_MODEL   any sentence-transformers model or folder (default: the one built offline)
  HOITIN_CACHE   folder of models built once (default ~/.cache/hoitin)
  HOITIN_CHROMA  http://host:port of a Chroma server (default: embedded)
  HOITIN_ENGINE  auto | torch (default auto: the fast graph of the default model)
  HOITIN_THREADS processor threads for indexing (default 0: all)
  HOITIN_HOST, HOITIN_PORT  where `hoitin serve` listens (default 127.0.0.1, 7860)
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="hoitin",
        description="Ask the news in Vietnamese; every sentence of the answer is a cited, dated quotation.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=name)
        return made

    c = command("ingest", "Archive articles from files, folders, feeds, pages or stdin (-), and index them.")
    c.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="feed, sitemap or page URL; .jsonl .json .txt .html .xml file (.gz too); folder; -",
    )
    c.add_argument("--json", action="store_true", help="print what became of every item as JSON")
    c.add_argument("--no-index", action="store_true", help="archive only; `hoitin sync` indexes later")
    c.add_argument("--allow-undated", action="store_true", help="keep articles without a publication time")
    c.add_argument("--any-language", action="store_true", help="keep articles that are not in Vietnamese")

    c = command("ask", "Answer one question with cited quotations.")
    c.add_argument("question", metavar="QUESTION")
    c.add_argument(
        "--since", metavar="D", help="only articles published on or after this day (2026-10-31 or 31/10/2026)"
    )
    c.add_argument("--until", metavar="D", help="only articles published on or before this day")
    c.add_argument("--source", metavar="S", action="append", default=[], help="only this outlet; may be repeated")
    c.add_argument("--now", metavar="ISO", help="the moment of asking, for 'hôm qua' (default: the clock)")
    c.add_argument("--history", metavar="FILE", help='earlier turns: [{"role": "user", "content": "…"}, …]')
    c.add_argument("--json", action="store_true", help="print the answer, its citations and the hits as JSON")

    c = command("serve", "Open the chat in the browser.")
    c.add_argument("--host", metavar="H", help="address to listen on (default: HOITIN_HOST, else 127.0.0.1)")
    c.add_argument("--port", metavar="P", type=_port, help="0 takes any free one (default: HOITIN_PORT, else 7860)")

    c = command("export", "Write the archive as JSONL, one article a line, current versions.")
    c.add_argument("--json", metavar="FILE", default="-", help="file to write (default: stdout)")

    c = command("status", "Say what the archive and the index hold.")
    c.add_argument("--json", action="store_true")

    command("sync", "Index what the archive has and the index lacks.")
    command("reindex", "Build the index anew from the archive.")
    c = command("verify", "Check that archive, vectors and word index agree.")
    c.add_argument("--repair", action="store_true", help="mend what does not agree")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    _quiet_libraries()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Vietnamese leaves as UTF-8 whatever the locale says, and a character that cannot leave ends no command.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:  # argparse: 0 after --help, 2 after a usage line
        return int(stop.code or 0)
    from app import commands

    run: Command = getattr(commands, arguments.run)
    try:
        return run(arguments)
    except UsageError as error:
        print(f"hoitin {arguments.command}: {error}", file=sys.stderr)
        return 2
    except HoitinError as error:
        print(f"hoitin {arguments.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"hoitin {arguments.command}: stopped; what was archived stays, run it again to go on", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`hoitin export | head`): no fault, nothing left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _port(text: str) -> int:
    # The system would take a larger number modulo 65,536 and serve at a port that nobody asked for.
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"found {text!r}, wanted a whole number from 0 to 65535. Mend: --port 7860")
    return int(text)


def _quiet_libraries() -> None:
    """Nothing phones home, and the libraries do not talk over our own messages."""
    for name, value in {
        "ANONYMIZED_TELEMETRY": "False",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "TOKENIZERS_PARALLELISM": "true",
    }.items():
        os.environ.setdefault(name, value)


if __name__ == "__main__":
    sys.exit(main())
