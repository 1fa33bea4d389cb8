"""Accounts, sessions and lockout, without a page."""

from __future__ import annotations

import io
import json
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app import cli, lockout, passwords, people
from app.accounts import FILE, Accounts
from app.lockout import LOCKED_S, PER_CLIENT, PER_NAME, WINDOW_S, Lockout
from app.passwords import fits, hashed
from app.people import LockedOut, People, WrongPassword
from app.secret import Seal
from ingest.article import VIETNAM
from ingest.errors import UsageError
from tests.app.quick_hashes import quick_hashes
from tests.app.terminal import Terminal

RIGHT = "mưa rào trên phố cũ"


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hashes that take no time, where time is not what is tested."""
    with quick_hashes():
        yield


@pytest.fixture
def desk(tmp_path: Path) -> People:
    made = People(tmp_path)
    made.add("lan", RIGHT)
    return made


def sign_in(desk: People, name: str = "lan", password: str = RIGHT, client: str = "192.0.2.7") -> str:
    return desk.sign_in(name, password, client=client, hours=1)


def test_a_session_is_its_holders_until_it_is_ended(desk: People) -> None:
    token = sign_in(desk, "  LAN ")
    user = desk.user_of(token)
    assert user is not None
    assert user.name == "lan"
    desk.sign_out(token)
    assert desk.user_of(token) is None
    assert desk.user_of("") is None


def test_a_session_ends_by_itself_after_its_hours(desk: People, monkeypatch: pytest.MonkeyPatch) -> None:
    token = sign_in(desk)
    begun = time.time()
    monkeypatch.setattr(people.time, "time", lambda: begun + 3590)
    assert desk.user_of(token)
    monkeypatch.setattr(people.time, "time", lambda: begun + 3610)
    assert desk.user_of(token) is None


def test_another_password_ends_every_session_and_the_old_one_fits_no_more(desk: People) -> None:
    token = sign_in(desk)
    desk.change("lan", "một câu hoàn toàn khác")
    assert desk.user_of(token) is None
    with pytest.raises(WrongPassword):
        sign_in(desk)
    assert sign_in(desk, password="một câu hoàn toàn khác")


def test_a_removed_account_is_signed_out_and_gone(desk: People) -> None:
    token = sign_in(desk)
    desk.remove("lan")
    assert desk.user_of(token) is None
    assert desk.all() == []
    with pytest.raises(UsageError, match=r"lan: no such account.* Mend: hoitin user add lan"):
        desk.remove("lan")


@pytest.mark.parametrize("name", ["", " ", "-lan", "lan nguyễn", "a" * 65, "../lan", "<b>", "lan\x00"])
def test_a_name_that_is_none_is_refused_with_an_example(desk: People, name: str) -> None:
    with pytest.raises(UsageError, match=r"wanted a name of 1 to 64 .* Mend: hoitin user add"):
        desk.add(name, RIGHT)


@pytest.mark.parametrize(("password", "found"), [("ngắn", "found 4 characters"), ("lantrannguyen", "the name itself")])
def test_a_poor_password_is_refused(desk: People, password: str, found: str) -> None:
    with pytest.raises(UsageError, match=found):
        desk.add("lantrannguyen", password)


def test_accents_typed_on_another_keyboard_are_the_same_password() -> None:
    composed, apart = "m\u01b0a r\u00e0o tr\u00ean", "mu\u031ba ra\u0300o tre\u0302n"
    assert composed != apart
    assert fits(hashed(composed), apart)


def test_only_the_owner_may_read_the_files_and_no_secret_is_in_them(desk: People, tmp_path: Path) -> None:
    token = sign_in(desk)
    Seal(tmp_path).sign("session", token)
    for name in (FILE, "secret"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    kept = (tmp_path / FILE).read_bytes()
    assert RIGHT.encode() not in kept
    assert token.encode() not in kept


def test_after_five_wrong_passwords_a_name_is_locked_out_whoever_it_is(desk: People) -> None:
    told = []
    for name in ("lan", "nobody"):
        for _ in range(PER_NAME - 1):
            with pytest.raises(WrongPassword):
                sign_in(desk, name, "sai rồi bạn ơi")
        with pytest.raises(LockedOut) as first:
            sign_in(desk, name, "sai rồi bạn ơi")
        with pytest.raises(LockedOut) as right:
            sign_in(desk, name, RIGHT, client="198.51.100.1")
        assert right.value.until == first.value.until
        told.append(first.value.until - datetime.now(VIETNAM))
    assert all(timedelta(seconds=LOCKED_S - 30) < wait <= timedelta(seconds=LOCKED_S) for wait in told)


def test_a_client_that_tries_many_names_is_locked_out_and_others_are_not(desk: People) -> None:
    for n in range(PER_CLIENT):
        with pytest.raises((WrongPassword, LockedOut)):
            sign_in(desk, f"ten{n}", "sai rồi bạn ơi")
    with pytest.raises(LockedOut):
        sign_in(desk)
    assert sign_in(desk, client="198.51.100.1")


def test_the_right_password_forgives_the_wrong_ones_before(desk: People) -> None:
    for _ in range(3):
        for _ in range(PER_NAME - 1):
            with pytest.raises(WrongPassword):
                sign_in(desk, password="sai rồi bạn ơi")
        assert sign_in(desk)


def test_attempts_are_forgotten_after_a_while_and_a_lock_opens_again(tmp_path: Path) -> None:
    gate = Lockout(Accounts(tmp_path))
    for second in range(4):
        assert gate.charge("name:lan", 5, now=second) is None
    assert gate.charge("name:lan", 5, now=WINDOW_S + 1) is None
    assert gate.locked("name:lan", now=WINDOW_S + 2) is None, "the first four were too long ago to count"
    for second in range(4):
        gate.charge("name:lan", 5, now=WINDOW_S + 2 + second)
    locked = gate.locked("name:lan", now=WINDOW_S + 6)
    assert locked == WINDOW_S + 5 + LOCKED_S
    assert gate.charge("name:lan", 5, now=locked - 1) == locked
    assert gate.charge("name:lan", 5, now=locked + 1) is None


def test_guesses_at_the_same_time_are_all_counted(tmp_path: Path) -> None:
    gate = Lockout(Accounts(tmp_path))
    with ThreadPoolExecutor(16) as crowd:
        let_in = list(crowd.map(lambda _: gate.charge("name:lan", 5), range(40)))
    assert let_in.count(None) == 5


def test_strangers_cannot_fill_the_disk_with_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockout, "_KEPT", 10)
    gate = Lockout(Accounts(tmp_path))
    for n in range(30):
        gate.charge(f"name:{n}", 5, now=1000 + n)
    with Accounts(tmp_path).read() as db:
        assert db.execute("SELECT count(*) FROM attempts").fetchone()[0] == 10


def test_an_unknown_name_takes_as_long_as_a_wrong_password(desk: People, monkeypatch: pytest.MonkeyPatch) -> None:
    costly = PasswordHasher(memory_cost=8192, time_cost=4, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", costly)
    monkeypatch.setattr(passwords, "_NOBODY", costly.hash(b"nobody"))
    desk.change("lan", RIGHT)

    def seconds(name: str) -> float:
        took = []
        for n in range(4):
            begun = time.perf_counter()
            with pytest.raises(WrongPassword):
                sign_in(desk, name, "sai rồi bạn ơi", client=f"192.0.2.{n}")
            took.append(time.perf_counter() - begun)
        return min(took)

    known, unknown = seconds("lan"), seconds("nobody")
    assert 0.4 < known / unknown < 2.5


def test_one_secret_is_made_and_a_signature_serves_one_purpose_for_its_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as crowd:
        signed = list(crowd.map(lambda n: Seal(tmp_path).sign("session", str(n)), range(16)))
    assert [Seal(tmp_path).read("session", text, 60) for text in signed] == [str(n) for n in range(16)]
    assert Seal(tmp_path).read("csrf", signed[0], 60) is None
    assert Seal(tmp_path).read("session", signed[0], -1) is None
    assert Seal(tmp_path).read("session", signed[0][:-2] + "xx", 60) is None
    assert Seal(tmp_path).read("session", "", 60) is None


def test_the_terminal_makes_lists_changes_and_removes_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HOITIN_HOME", str(home))

    def run(*words: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = cli.main(["user", *words])
        return code, *capsys.readouterr()

    assert run("list")[2] == "no account yet. Mend: hoitin user add NAME\n"
    assert run("add", "Lan", stdin=RIGHT + "\n") == (0, "lan may sign in at /dang-nhap\n", "")
    assert run("add", "lan", stdin=RIGHT + "\n") == (
        2, "", "hoitin user: lan: found an account of this name. Mend: hoitin user passwd lan\n",
    )  # fmt: skip
    assert run("passwd", "lan", stdin="một câu hoàn toàn khác\n")[0] == 0
    assert sign_in(People(home), password="một câu hoàn toàn khác")
    (listed,) = json.loads(run("list", "--json")[1])
    assert listed["name"] == "lan"
    assert listed["seen"]
    assert run("passwd", "lan", stdin="ngắn\n")[0] == 2
    assert run("remove", "lan")[0] == 0
    assert json.loads(run("list", "--json")[1]) == []


def test_the_password_of_a_new_account_may_come_through_a_pipe(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, tmp_path / "home")
    made = terminal.run("user", "add", "lan", stdin=RIGHT + "\n")
    assert (made.code, made.out) == (0, "lan may sign in at /dang-nhap\n")
    assert RIGHT not in made.out + made.err
