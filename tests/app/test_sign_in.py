"""Signing in and out over HTTP: cookies, proofs, redirects, and what a forged request meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends
from fastapi.testclient import TestClient

from app import api
from app.people import People, User
from app.web.guard import acting, editor, return_path
from app.web.webapp import WebApp
from tests.app.quick_hashes import quick_hashes
from tests.web.press import Press, press

RIGHT = "mưa rào trên phố cũ"


def desk_routes(app: WebApp) -> APIRouter:
    """A page and a call for editors, as any area of routes may have them."""
    router = APIRouter()

    @router.get("/trang-thu")
    def page(user: Annotated[User, Depends(editor)]) -> dict[str, str]:
        return {"name": user.name}

    @router.post("/trang-thu")
    def call(user: Annotated[User, Depends(acting)]) -> dict[str, str]:
        return {"by": user.name}

    return router


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    with quick_hashes():
        yield


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Press:
    made = press(tmp_path_factory.mktemp("home"))
    People(made.settings.home).add("lan", RIGHT)
    return made


@pytest.fixture(scope="module")
def web(app: Press) -> Iterator[object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "ROUTES", (*api.ROUTES, desk_routes))
        yield api.create(app)


@pytest.fixture
def client(web: object, request: pytest.FixtureRequest) -> TestClient:
    # An address for each test, so that none is locked out by another.
    number = abs(hash(request.node.name)) % 250 + 1
    return TestClient(web, client=(f"192.0.2.{number}", 5000), follow_redirects=False)  # type: ignore[arg-type]


def proof(client: TestClient, path: str = "/dang-nhap") -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def sign_in(client: TestClient, password: str = RIGHT, back: str = "", name: str = "lan", **headers: str):  # type: ignore[no-untyped-def]
    form = {"name": name, "password": password, "csrf": proof(client), "ve": back}
    return client.post("/dang-nhap", data=form, headers=headers)


def test_an_editor_signs_in_goes_where_she_wanted_and_signs_out(client: TestClient) -> None:
    led = client.get("/trang-thu?a=1", headers={"accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/dang-nhap?ve=%2Ftrang-thu%3Fa%3D1")
    assert "dành cho biên tập viên" in client.get(led.headers["location"]).text
    entered = sign_in(client, back="/trang-thu?a=1")
    assert (entered.status_code, entered.headers["location"]) == (303, "/trang-thu?a=1")
    cookie = next(c for c in entered.headers.get_list("set-cookie") if c.startswith("ht_session="))
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert "secure" not in cookie.lower(), "over plain http the browser would drop it"
    assert client.get("/trang-thu").json() == {"name": "lan"}
    assert client.get("/dang-nhap?ve=/trang-thu").headers["location"] == "/trang-thu", "no form for who is in already"
    kept = client.cookies["ht_session"]
    page = client.app.state.seal.sign("csrf", "session:x")  # type: ignore[attr-defined]
    assert client.post("/dang-xuat", data={"csrf": page}).status_code == 403
    assert client.get("/trang-thu").status_code == 200
    left = client.post("/dang-xuat", data={"csrf": own_proof(client)})
    assert (left.status_code, left.headers["location"]) == (303, "/dang-nhap?ra=1")
    assert "Bạn đã đăng xuất." in client.get("/dang-nhap?ra=1").text
    client.cookies.set("ht_session", kept)
    assert client.get("/trang-thu").status_code == 401, "a kept cookie is worth nothing after signing out"


def own_proof(client: TestClient) -> str:
    """The proof that a page of ours would carry for this session."""
    from app.people import digest

    seal = client.app.state.seal  # type: ignore[attr-defined]
    token = seal.read("session", client.cookies["ht_session"], 1000)
    made: str = seal.sign("csrf", "session:" + digest(token))
    return made


def test_over_https_the_cookie_is_secure_and_of_this_host_only(web: object) -> None:
    client = TestClient(web, base_url="https://tin.example", client=("192.0.2.251", 1), follow_redirects=False)  # type: ignore[arg-type]
    entered = sign_in(client)
    cookie = next(
        c for c in entered.headers.get_list("set-cookie") if "ht_session=" in c and "max-age=0" not in c.lower()
    )
    assert cookie.startswith("__Host-ht_session=")
    assert "secure" in cookie.lower()


def test_json_without_a_session_is_a_401_with_a_sentence(client: TestClient) -> None:
    for reply in (client.get("/trang-thu"), client.post("/trang-thu", json={})):
        assert reply.status_code == 401
        assert "Trang này dành cho biên tập viên" in reply.json()["detail"]


def test_a_call_needs_the_proof_of_its_own_session_and_of_this_site(client: TestClient) -> None:
    sign_in(client)
    mine = own_proof(client)
    assert client.post("/trang-thu", json={}).status_code == 403
    assert client.post("/trang-thu", json={}, headers={"x-csrf-token": "xxx"}).status_code == 403
    assert client.post("/trang-thu", json={}, headers={"x-csrf-token": mine}).json() == {"by": "lan"}
    assert client.post("/trang-thu", data={"csrf": mine}).json() == {"by": "lan"}
    for elsewhere in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://xau.example"},
    ):
        assert client.post("/trang-thu", json={}, headers={"x-csrf-token": mine, **elsewhere}).status_code == 403


def test_a_proof_of_another_session_is_none(web: object) -> None:
    one, two = (TestClient(web, client=(f"192.0.2.{n}", 1), follow_redirects=False) for n in (252, 253))  # type: ignore[arg-type]
    for who in (one, two):
        sign_in(who)
    assert two.post("/trang-thu", json={}, headers={"x-csrf-token": own_proof(one)}).status_code == 403


def test_a_sign_in_form_from_elsewhere_is_refused(client: TestClient) -> None:
    form = {"name": "lan", "password": RIGHT}
    assert client.post("/dang-nhap", data=form).status_code == 403
    foreign = client.app.state.seal.sign("csrf", "form:" + "x" * 22)  # type: ignore[attr-defined]
    proof(client)
    refused = client.post("/dang-nhap", data={**form, "csrf": foreign}, headers={"accept": "text/html"})
    assert refused.status_code == 403
    assert 'href="/dang-nhap"' in refused.text


def test_a_cookie_that_was_changed_is_nobodys(client: TestClient) -> None:
    sign_in(client)
    changed = client.cookies["ht_session"][:-3] + "abc"
    client.cookies.clear()
    client.cookies.set("ht_session", changed)
    assert client.get("/trang-thu").status_code == 401


def test_a_wrong_password_and_an_unknown_name_read_the_same(client: TestClient) -> None:
    pages = [sign_in(client, "sai rồi bạn ơi", name=name) for name in ("lan", "ai-do")]
    assert [page.status_code for page in pages] == [401, 401]
    said = [re.sub(r'value="[^"]*"', "", page.text) for page in pages]
    assert said[0] == said[1]
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in said[0]


def test_a_lockout_says_until_when(client: TestClient) -> None:
    replies = [sign_in(client, "sai rồi bạn ơi", name="bi-khoa") for _ in range(6)]
    assert [reply.status_code for reply in replies] == [401] * 4 + [429] * 2
    assert re.search(r"Nhập sai quá nhiều lần. Bạn thử lại sau lúc \d\d:\d\d:\d\d nhé", replies[-1].text)


@pytest.mark.parametrize(
    "where",
    [
        "https://xau.example/", "//xau.example", "/\\xau.example", "\\\\xau.example", "/%0d%0aX: 1", "javascript:alert(1)",
        "/a\nb", "", "kho", "/ kho", "/kho//xau.example", "/\t/xau.example", "https:xau.example", "/kho#x", "/<script>",
    ],
)  # fmt: skip
def test_no_return_address_leads_to_another_host(client: TestClient, where: str) -> None:
    assert return_path(where, "/") == "/"
    entered = sign_in(client, back=where)
    assert (entered.status_code, entered.headers["location"]) == (303, "/kho")


def test_a_hostile_name_stands_escaped_in_the_form(client: TestClient) -> None:
    page = sign_in(client, name='"><script>window.canary=1</script>').text
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_the_sign_in_page_names_the_command_while_nobody_has_an_account(tmp_path: Path) -> None:
    client = TestClient(api.create(press(tmp_path)))
    assert "hoitin user add TÊN" in client.get("/dang-nhap").text
    assert "hoitin user add NAME" in client.get("/dang-nhap?lang=en").text


def test_a_proxys_word_counts_only_where_a_setting_trusts_it(tmp_path: Path) -> None:
    app = press(tmp_path)
    forwarded = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    plain = TestClient(api.create(app), client=("10.0.0.1", 1)).get("/dang-nhap", headers=forwarded)
    assert plain.headers["set-cookie"].startswith("ht_form=")
    app.settings = replace(app.settings, proxy="10.0.0.0/8")
    trusted = TestClient(api.create(app), client=("10.0.0.1", 1)).get("/dang-nhap", headers=forwarded)
    assert trusted.headers["set-cookie"].startswith("__Host-ht_form=")
    other = TestClient(api.create(app), client=("11.0.0.1", 1)).get("/dang-nhap", headers=forwarded)
    assert other.headers["set-cookie"].startswith("ht_form=")
