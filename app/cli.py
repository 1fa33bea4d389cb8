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
  HOITIN_RERANKER  a cross-encoder that orders the first passages found (default none)
  HOITIN_THREADS processor threads for indexing (default 0: all)
  HOITIN_HOST, HOITIN_PORT  where `hoitin serve` listens (default 127.0.0.1, 7860)
  HOITIN_API     open | keys (default open): whether calls of the API need a key of `hoitin key add`
  HOITIN_RATE    calls a minute of one key or address (default 600; 0: no limit)
  HOITIN_PROXY, HOITIN_HOSTS, HOITIN_EMBED  own proxies, names for /mcp, sites that may show the widget; with commas
  HOITIN_SESSION_HOURS, HOITIN_KEEP_QUESTIONS  of an editor's session (12); days to keep question texts (0: none)
  HOITIN_USER_AGENT     how web servers are told who asks: 'HoiTin/0.1 (+https://your.site/contact)'
  HOITIN_ALLOWED_HOSTS  own hosts that may be private, with commas: cms.bao.example,10.0.0.8:8080
"""

SOURCES = """\
sources.toml, one entry a source:
  [[source]]
  url = "https://bao.example/rss/thoi-su.rss"
  outlet = "Báo Ví Dụ"        # else the page says
  section = "Thời sự"         # for pages that name none
  every_minutes = 10          # 15 if not given
  limit = 50                  # newest pages of a visit

`hoitin ingest sources.toml` visits each source once (from cron), `hoitin follow` again and again.
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

    def command(name: str, text: str, epilog: str = "") -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=text, description=text, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        made.set_defaults(run=name)
        return made

    c = command(
        "ingest", "Archive articles from files, folders, feeds, pages or stdin (-), and index them.", epilog=SOURCES
    )
    c.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="feed, sitemap, list page or page URL; .jsonl .json .txt .html .xml file (.gz too); folder; sources.toml; -",
    )
    _reading_options(c)
    c.add_argument(
        "--follow",
        metavar="N",
        type=_minutes,
        help="go on reading the sources every N minutes until Ctrl-C; those of a sources.toml keep their own intervals",
    )

    c = command("follow", "Read the sources of a sources.toml, each at its own interval, until Ctrl-C.", epilog=SOURCES)
    c.add_argument("file", metavar="FILE", nargs="?", default="sources.toml", help="default: sources.toml")
    _reading_options(c)
    c.set_defaults(follow=None)

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

    c = command("check", "Check a draft, claim by claim, against the archive.")
    c.add_argument("file", metavar="FILE", help="the draft, plain text in UTF-8; - reads stdin")
    c.add_argument("--now", metavar="ISO", help="the draft's date, for 'hôm qua' (default: the clock)")
    c.add_argument("--json", action="store_true", help="print every claim with its verdict and evidence as JSON")
    c.add_argument(
        "--second-opinion",
        action="store_true",
        help="then ask the model of HOITIN_LLM_URL or HOITIN_GGUF about each claim; its opinion changes no verdict",
    )
    c.add_argument("--csv", metavar="FILE", help="also write a table, a row a claim, for spreadsheets")
    c.add_argument("--html", metavar="FILE", help="also write one page that opens anywhere and prints well")
    c.add_argument("--docx", metavar="FILE", help="also write a Word document")

    c = command("serve", "Open the chat in the browser.")
    c.add_argument("--host", metavar="H", help="address to listen on (default: HOITIN_HOST, else 127.0.0.1)")
    c.add_argument("--port", metavar="P", type=_port, help="0 takes any free one (default: HOITIN_PORT, else 7860)")

    c = command("export", "Write the archive as JSONL, one article a line, current versions.")
    c.add_argument("--json", metavar="FILE", default="-", help="file to write (default: stdout)")

    c = command("status", "Say what the archive and the index hold, and how each source was last read.")
    c.add_argument("--json", action="store_true", help="all of it, as JSON")
    c.add_argument(
        "--rejected", metavar="N", nargs="?", type=_count, const=20, help="list what was refused, newest first (20)"
    )

    c = command("show", "Show an archived article: its facts, its text, its versions.")
    c.add_argument("article", metavar="ARTICLE", help="its id or its address")
    c.add_argument("--version", metavar="N", type=_count, help="an earlier version (default: the current one)")
    c.add_argument("--diff", action="store_true", help="instead of the text, what changed since the version before")
    c.add_argument("--json", action="store_true")

    c = command("withdraw", "Mark an article as withdrawn by its newsroom: no answer quotes it, its versions stay.")
    c.add_argument("article", metavar="ARTICLE", help="its id or its address")
    c.add_argument("--reason", metavar="TEXT", default="by hand", help="kept with the mark")
    c.add_argument("--undo", action="store_true", help="put it back")

    c = command("user", "Make, list or remove the accounts of editors; a password is asked for, or read from stdin.")
    doing = c.add_subparsers(dest="do", required=True, metavar="DO")
    for name, text in (
        ("add", "Make an account; its holder signs in at /dang-nhap."),
        ("passwd", "Give an account another password."),
        ("remove", "Delete an account and end its sessions."),
    ):
        doing.add_parser(name, help=text, description=text).add_argument("name", metavar="NAME")
    doing.add_parser("list", help="List the accounts.").add_argument("--json", action="store_true")

    c = command("key", "Make, list or revoke the keys by which programs call the API.")
    doing = c.add_subparsers(dest="do", required=True, metavar="DO")
    made = doing.add_parser("add", help="Make a key; it is shown once.", description="Make a key; it is shown once.")
    made.add_argument("name", metavar="NAME")
    made.add_argument("--scope", metavar="S,S", default="ask", help="ask, check, metrics (default: ask)")
    doing.add_parser("list", help="List the keys.").add_argument("--json", action="store_true")
    doing.add_parser("revoke", help="Make a key worthless.").add_argument("name", metavar="NAME")

    command("mcp", "Serve one assistant over standard input and output (MCP): the tools ask and check.")

    c = command("backup", "Copy archive, accounts, remarks and drafts into a new folder, also while others write.")
    c.add_argument("folder", metavar="DIR", help="a new folder; the index is left out, it is built from the archive")
    c = command("restore", "Make the home from a backup and index it.")
    c.add_argument("folder", metavar="DIR", help="a folder that hoitin backup made")
    c.add_argument("--replace", action="store_true", help="a home that is there steps aside, under another name")
    command("sync", "Index what the archive has and the index lacks.")
    command("reindex", "Build the index anew from the archive.")
    c = command("verify", "Check that archive, vectors and word index agree.")
    c.add_argument("--repair", action="store_true", help="mend what does not agree")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    quiet_libraries()
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
    except OSError as error:
        # What no room foresaw: a full disk under stdout, a path too long for the system.
        name = f"{error.filename}: " if error.filename else ""
        print(f"hoitin {arguments.command}: {name}{error.strerror or error}. Mend: free space, or choose another path",
              file=sys.stderr)  # fmt: skip
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _reading_options(c: argparse.ArgumentParser) -> None:
    """What `ingest` and `follow` share."""
    c.add_argument("--json", action="store_true", help="print what became of every item as JSON")
    c.add_argument("--no-index", action="store_true", help="archive only; `hoitin sync` indexes later")
    c.add_argument("--allow-undated", action="store_true", help="keep articles without a publication time")
    c.add_argument("--any-language", action="store_true", help="keep articles that are not in Vietnamese")
    c.add_argument(
        "--limit",
        metavar="N",
        type=_count,
        help="newest pages read of each feed, sitemap or list page (default 100, when followed 50)",
    )


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 1 <= minutes <= 10_080:
        raise argparse.ArgumentTypeError(f"found {text!r}, wanted minutes from 1 to 10080. Mend: --follow 15")
    return minutes


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:12]) <= 1_000_000):
        raise argparse.ArgumentTypeError(f"found {text!r}, wanted a whole number from 1 to 1000000. Mend: 20")
    return int(text)


def _port(text: str) -> int:
    # The system would take a larger number modulo 65,536 and serve at a port that nobody asked for.
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"found {text!r}, wanted a whole number from 0 to 65535. Mend: --port 7860")
    return int(text)


def quiet_libraries() -> None:
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
