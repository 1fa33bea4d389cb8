"""API keys, rate limits, and what is counted."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import api, cli
from app.accounts import FILE
from app.keys import Keys
from app.secret import Seal
from app.tally import FILE as TALLY
from app.tally import Day, Tally
from app.web.rates import Rates
from ingest.article import VIETNAM
from ingest.errors import UsageError
from tests.web.press import Press, press

ASK = {"question": "Cầu Sông Ngân thông xe khi nào?"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """An app whose API wants keys."""
    made = press(tmp_path_factory.mktemp("home"))
    made.settings = replace(made.settings, api="keys")
    return made


@pytest.fixture(scope="module")
def client(guarded: Press) -> Iterator[TestClient]:
    with TestClient(api.create(guarded)) as made:
        yield made


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def test_a_call_needs_a_key_with_the_scope_of_its_path(client: TestClient, guarded: Press) -> None:
    keys = Keys(guarded.settings.home)
    asks, watches = keys.make("hoi", ["ask"]), keys.make("do", ["metrics"])
    assert client.post("/api/ask", json=ASK, headers=bearer(asks)).status_code == 200
    assert client.get("/api/articles/cau-1", headers=bearer(asks)).status_code == 200
    assert client.get("/metrics", headers=bearer(watches)).status_code == 200
    refused = client.get("/metrics", headers=bearer(asks))
    assert (refused.status_code, refused.json()) == (403, {"detail": "Khóa hoi không có quyền metrics."})
    assert client.post("/api/ask", json=ASK, headers=bearer(watches)).status_code == 403
    for wrong in ({}, bearer("ht_sai"), bearer(""), {"authorization": "Basic eDp5"}):
        reply = client.post("/api/ask", json=ASK, headers=wrong)
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"].startswith("Bearer")
        assert reply.headers["x-content-type-options"] == "nosniff"
    for free in ("/healthz", "/readyz", "/api/openapi.json", "/bai/cau-1", "/"):
        assert client.get(free).status_code == 200


def test_a_revoked_key_is_worth_nothing_at_once(client: TestClient, guarded: Press) -> None:
    keys = Keys(guarded.settings.home)
    secret = keys.make("tam", ["ask"])
    assert client.post("/api/ask", json=ASK, headers=bearer(secret)).status_code == 200
    keys.revoke("tam")
    assert client.post("/api/ask", json=ASK, headers=bearer(secret)).status_code == 401


def test_a_widgets_page_may_ask_without_a_key_while_its_pass_is_good(client: TestClient, guarded: Press) -> None:
    seal = Seal(guarded.settings.home)
    good = seal.sign("page", "/nhung")
    assert client.get("/metrics", headers={"x-csrf-token": good}).status_code == 401, "readers' pages need no figures"
    for given, status in ((good, 200), (seal.sign("csrf", "/nhung"), 401), ("x", 401)):
        assert client.post("/api/ask", json=ASK, headers={"x-csrf-token": given}).status_code == status


def test_a_wrong_key_is_refused_even_where_none_is_needed(tmp_path: Path) -> None:
    with TestClient(api.create(press(tmp_path))) as open_to_all:
        assert open_to_all.post("/api/ask", json=ASK).status_code == 200
        assert open_to_all.post("/api/ask", json=ASK, headers=bearer("ht_sai")).status_code == 401


def test_only_a_digest_of_a_key_is_stored_and_the_day_of_its_use(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    secret = keys.make("Toa-Soan", ["ask", "check", "ask"])
    assert secret.encode() not in (tmp_path / FILE).read_bytes()
    (before,) = keys.all()
    assert (before.name, before.scopes, before.used) == ("toa-soan", ("ask", "check"), "")
    assert keys.find(secret) is not None
    assert keys.all()[0].used == datetime.now(VIETNAM).date().isoformat()
    with pytest.raises(UsageError, match=r"toa-soan: found a key of this name.* Mend: hoitin key revoke toa-soan"):
        keys.make("toa-soan", ["ask"])
    with pytest.raises(UsageError, match=r"--scope: found 'all', wanted some of ask, check, metrics"):
        keys.make("khac", ["ask", "all"])


def test_the_terminal_makes_lists_and_revokes_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOITIN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert cli.main(["key", "add", "toa-soan", "--scope", "ask,check"]) == 0
    secret = capsys.readouterr().out.strip()
    assert Keys(tmp_path / "home").find(secret)
    assert cli.main(["key", "list", "--json"]) == 0
    listed = capsys.readouterr().out
    assert json.loads(listed)[0]["scopes"] == ["ask", "check"]
    assert secret not in listed
    assert cli.main(["key", "revoke", "toa-soan"]) == 0
    assert cli.main(["key", "revoke", "toa-soan"]) == 2
    assert "toa-soan: no such key" in capsys.readouterr().err


# ---- how often


def test_a_bucket_empties_and_fills_again() -> None:
    now = [100.0]
    rates = Rates(60, clock=lambda: now[0])
    assert [rates.take("a") for _ in range(60)] == [0.0] * 60
    assert rates.take("a") == 1.0
    now[0] += 0.5
    assert rates.take("a") == 0.5
    now[0] += 0.5
    assert rates.take("a") == 0.0
    now[0] += 10_000
    assert [bool(rates.take("a")) for _ in range(61)] == [False] * 60 + [True], "it holds no more than a minute's"
    assert not any(Rates(0).take("a") for _ in range(1_000))


def test_who_calls_too_often_is_told_how_long_to_wait_and_others_are_not_held_up(tmp_path: Path) -> None:
    app = press(tmp_path)
    app.settings = replace(app.settings, rate=3)
    web = api.create(app)
    busy, other, here = (TestClient(web, client=(a, 1)) for a in ("198.51.100.1", "198.51.100.2", "127.0.0.1"))
    assert [busy.post("/api/ask", json=ASK).status_code for _ in range(4)] == [200, 200, 200, 429]
    reply = busy.get("/api/articles/cau-1")
    assert reply.status_code == 429
    assert 1 <= int(reply.headers["retry-after"]) <= 20
    assert f"sau {reply.headers['retry-after']} giây" in reply.json()["detail"]
    assert busy.get("/bai/cau-1").status_code == 200, "pages may be read at any pace"
    assert other.post("/api/ask", json=ASK).status_code == 200
    assert {here.post("/api/ask", json=ASK).status_code for _ in range(9)} == {200}
    secret = Keys(app.settings.home).make("hoi", ["ask"])
    assert busy.post("/api/ask", json=ASK, headers=bearer(secret)).status_code == 200, "a key has a count of its own"


def test_a_forged_address_does_not_escape_the_count(tmp_path: Path) -> None:
    app = press(tmp_path)
    app.settings = replace(app.settings, rate=2)
    client = TestClient(api.create(app), client=("198.51.100.1", 1))
    replies = [
        client.post("/api/ask", json=ASK, headers={"x-forwarded-for": f"203.0.113.{n}"}).status_code for n in range(4)
    ]
    assert replies == [200, 200, 429, 429]


# ---- what is counted


def test_metrics_count_answers_abstentions_and_errors_and_show_no_words(tmp_path: Path) -> None:
    with TestClient(api.create(press(tmp_path)), raise_server_exceptions=False) as client:
        for words in ("Cầu Sông Ngân?", "Cầu nào?", "Người ta lên sao Hỏa chưa?", "hỏng kho"):
            client.post("/api/ask", json={"question": words})
        client.post("/api/feedback", json={"verdict": "bad", "question": "Cầu Sông Ngân?"})
        page = client.get("/metrics").text
    for line in (
        'hoitin_questions_total{by="api",outcome="answered"} 2.0',
        'hoitin_questions_total{by="api",outcome="abstained"} 1.0',
        'hoitin_questions_total{by="api",outcome="failed"} 1.0',
        'hoitin_answer_seconds_count{by="api"} 4.0',
        'hoitin_http_replies_total{status="5xx"} 1.0',
        'hoitin_feedback{verdict="bad"} 1.0',
        "hoitin_articles 5.0",
        "hoitin_index_behind 0.0",
    ):
        assert line in page.splitlines()
    assert "Sông" not in page
    assert [d.asked for d in Tally(tmp_path).days(1)] == [4]
    assert b"S\xc3\xb4ng Ng\xc3\xa2n" not in b"".join(p.read_bytes() for p in tmp_path.glob("tally.sqlite*"))


def test_a_day_is_counted_in_vietnam_and_days_without_questions_are_there_too(tmp_path: Path) -> None:
    tally = Tally(tmp_path)
    night = datetime(2026, 7, 27, 23, 59, tzinfo=VIETNAM)
    for now, outcome in ((night, "answered"), (night, "answered"), (night + timedelta(minutes=2), "abstained")):
        tally.note("chat", outcome, "Cầu nào?", now)
    assert tally.days(3, date(2026, 7, 29)) == [
        Day(date(2026, 7, 27), answered=2), Day(date(2026, 7, 28), abstained=1), Day(date(2026, 7, 29)),
    ]  # fmt: skip
    assert (tmp_path / TALLY).stat().st_mode & 0o077 == 0


def test_question_texts_are_kept_only_for_the_days_that_the_setting_says(tmp_path: Path) -> None:
    first = datetime(2026, 7, 1, 9, 0, tzinfo=VIETNAM)
    Tally(tmp_path).note("chat", "abstained", "Không giữ câu này", first)
    keeping = Tally(tmp_path, keep_days=3)
    assert keeping.unanswered(9) == []
    keeping.note("chat", "abstained", "Giữ câu này", first)
    keeping.note("chat", "answered", "Câu có trả lời", first)
    assert keeping.unanswered(9) == [("2026-07-01", "Giữ câu này")]
    keeping.note("chat", "abstained", "Câu ngày thứ ba", first + timedelta(days=2))
    assert len(keeping.unanswered(9)) == 2
    keeping.note("chat", "abstained", "Câu ngày thứ tư", first + timedelta(days=3))
    assert [text for _, text in keeping.unanswered(9)] == ["Câu ngày thứ tư", "Câu ngày thứ ba"]
    Tally(tmp_path).note("chat", "answered", "Tắt đi", first + timedelta(days=3))
    assert keeping.unanswered(9) == [], "who switches it off forgets what was kept"


def test_a_count_that_cannot_be_written_stops_no_answer(tmp_path: Path) -> None:
    (tmp_path / TALLY).mkdir()
    Tally(tmp_path).note("chat", "answered")
