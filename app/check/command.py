"""`hoitin check`: a draft from a file or stdin, its claims with their verdicts for a terminal, as JSON or in files.

This module formats and decides nothing about verdicts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TextIO

from app.check.verdict import LABELS, SIGNS, ClaimCheck
from app.console import opened, print_json
from app.desk.files import FORMS, check_paths, write_files
from app.messages import say
from ingest.errors import UsageError


def check(arguments: argparse.Namespace) -> int:
    """Check a draft: read it, judge its claims as they come, print them."""
    from app.check.draft import check_draft
    from app.commands import read_moment

    paths = {form: getattr(arguments, form) for form in FORMS}
    check_paths(paths)
    draft = check_draft(read_draft(arguments.file))  # before a model is opened, or even built, for it
    now = read_moment(arguments.now) if arguments.now else None
    checks: list[ClaimCheck] = []
    with opened() as app:
        for judged in app.checker.check(draft, now=now):
            checks.append(judged)
            if not arguments.json:
                print_check(judged, sys.stdout)
    if arguments.json:
        print_json({"claims": [c.as_json() for c in checks]})
    write_files(draft, checks, paths, title="" if arguments.file == "-" else Path(arguments.file).stem)
    return 0


def read_draft(name: str) -> str:
    """The draft in a file, or on stdin for "-"; raises UsageError when it cannot be read as UTF-8 text."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{name}: {error.strerror}, wanted a draft. Mend: hoitin check FILE, or - for stdin"
        ) from error
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if raw[:4] in (b"PK\x03\x04", b"%PDF") or b"\x00" in raw[:4096]:
        raise UsageError(f"{name}: found a binary file, wanted plain text. Mend: save the draft as .txt (UTF-8)")
    return raw.decode("utf-8-sig", "replace")


def print_check(judged: ClaimCheck, stream: TextIO) -> None:
    """One claim as a person reads it in a terminal."""
    if not judged.claim.checkable:
        print(f"·  {judged.claim.text}\n   {judged.note}\n", file=stream)
        return
    label = say("vi", LABELS[judged.verdict])
    print(f"{SIGNS[judged.verdict]}  {judged.claim.text}\n   {label} ({judged.confidence:.0%})", file=stream)
    for difference in judged.differences:
        print(f"   {say('vi', 'check_differs', claim=difference.claim, source=difference.source)}", file=stream)
    if judged.missing:
        print(f"   {say('vi', 'check_missing', what='; '.join(judged.missing))}", file=stream)
    if judged.note:
        print(f"   {judged.note}", file=stream)
    for e in judged.evidence:
        day = e.published.strftime("%d/%m/%Y") if e.published else say("vi", "no_date")
        print(
            f"   “{e.quote}” ({say('vi', 'said_by', outlet=e.outlet or say('vi', 'no_outlet'), date=day)})", file=stream
        )
        if e.url:
            print(f"      {e.url}", file=stream)
    print(file=stream)
