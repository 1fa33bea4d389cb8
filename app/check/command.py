"""`hoitin check`: a draft from a file or stdin, its claims with their verdicts for a terminal, as JSON or in files.

A model's opinions, where they are asked for, come after all verdicts. This module formats and decides nothing about verdicts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from app.check.adviser import Adviser, askable
from app.check.opinion import Opinion, claims_json
from app.check.verdict import LABELS, SIGNS, ClaimCheck
from app.console import advance, bar, opened, print_json
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
    opinions: dict[int, Opinion] | None = None
    with opened() as app:
        if arguments.second_opinion and app.adviser is None:
            raise UsageError(
                "--second-opinion: found no model, wanted one to ask. Mend: export HOITIN_LLM_URL=http://…/v1 "
                "HOITIN_LLM_MODEL=NAME (or HOITIN_GGUF=/path/model.gguf), or leave the option out"
            )
        for judged in app.checker.check(draft, now=now):
            checks.append(judged)
            if not arguments.json:
                print_check(judged, sys.stdout)
        if arguments.second_opinion and app.adviser:
            sys.stdout.flush()  # the verdicts are read while the model is asked
            opinions = _ask(app.adviser, checks)
            if opinions and not arguments.json:
                print_opinions(app.adviser.model, checks, opinions, sys.stdout)
    claims = claims_json(checks, opinions)
    if arguments.json:
        print_json({"claims": claims})
    write_files(draft, claims, paths, title="" if arguments.file == "-" else Path(arguments.file).stem)
    return 0


def _ask(adviser: Adviser, checks: Sequence[ClaimCheck]) -> dict[int, Opinion]:
    """The opinion on every claim that can be asked about, by its place, with a bar meanwhile."""
    found: dict[int, Opinion] = {}
    with bar("ý kiến thứ hai / second opinion", "câu") as shown:
        for index, opinion in adviser.opinions(checks):
            found[index] = opinion
            advance(shown, len(found), sum(map(askable, checks)))
    return found


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


def print_opinions(model: str, checks: Sequence[ClaimCheck], opinions: Mapping[int, Opinion], stream: TextIO) -> None:
    """What the model says of each claim, beside our verdict, which stands above it."""
    print(say("vi", "second_title", model=model), file=stream)
    for index, opinion in opinions.items():
        ours = checks[index]
        label = f"{SIGNS[ours.verdict]} {say('vi', LABELS[ours.verdict])}"
        print(f"{opinion.sign(ours.verdict)}  {ours.claim.text}", file=stream)
        print(f"   {say('vi', 'second_ours', verdict=label)}", file=stream)
        print(f"   {opinion.line(ours.verdict, 'vi')}\n", file=stream)
