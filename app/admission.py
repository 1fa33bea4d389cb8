"""The commands that say who may do what: `hoitin user` and `hoitin key`.

In: parsed words; passwords from the terminal, unseen, or one line of standard input.
Out: lines for a person or JSON, and an exit code. This module knows nothing of how
passwords are kept.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from app.console import print_json
from app.keys import Keys
from app.passwords import check_new
from app.people import People, User, tidy
from app.settings import read_settings
from ingest.errors import UsageError
from ingest.home import Home


def user(arguments: argparse.Namespace) -> int:
    """Add, list, change or remove the accounts of editors."""
    people = People(_home())
    if arguments.do == "list":
        return _list(people.all(), as_json=arguments.json)
    name = tidy(arguments.name)
    if arguments.do == "remove":
        people.remove(name)
        print(f"{name} is removed, and signed out everywhere")
        return 0
    known = name in {u.name for u in people.all()}
    if known == (arguments.do == "add"):  # before a password is asked for in vain
        met, other = ("an account of this name", "passwd") if known else ("no account of this name", "add")
        raise UsageError(f"{name}: found {met}. Mend: hoitin user {other} {name}")
    password = _password()
    check_new(password, name)
    if arguments.do == "add":
        people.add(name, password)
        print(f"{name} may sign in at /dang-nhap")
    else:
        people.change(name, password)
        print(f"{name} has a new password, and is signed out everywhere")
    return 0


def key(arguments: argparse.Namespace) -> int:
    """Make, list or revoke API keys."""
    keys = Keys(_home())
    if arguments.do == "add":
        secret = keys.make(arguments.name, arguments.scope.split(","))
        print(secret)
        print("shown this once: keep it, and send it as Authorization: Bearer …", file=sys.stderr)
    elif arguments.do == "revoke":
        keys.revoke(arguments.name)
        print(f"{arguments.name} is revoked")
    elif arguments.json:
        print_json([{"name": k.name, "scopes": k.scopes, "made": k.made, "used": k.used or None} for k in keys.all()])
    else:
        for k in keys.all():
            print(f"{k.name:<24} {','.join(k.scopes):<20} made {k.made}  last used {k.used or '–'}")
    return 0


def _list(found: list[User], *, as_json: bool) -> int:
    if as_json:
        print_json([{"name": u.name, "made": u.made, "seen": u.seen or None} for u in found])
        return 0
    for u in found:
        print(f"{u.name:<24} made {u.made[:10]}  last signed in {u.seen[:16].replace('T', ' ') or '–'}")
    if not found:
        print("no account yet. Mend: hoitin user add NAME", file=sys.stderr)
    return 0


def _home() -> Path:
    return Home.open(read_settings().home).path


def _password() -> str:
    """Typed twice, unseen, at a terminal; else one line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("password: ")
    if first != getpass.getpass("the same again: "):
        raise UsageError("password: found two that differ, wanted the same twice. Mend: type it again")
    return first
