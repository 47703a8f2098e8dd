"""Who may speak to the workbench: every route, asked in every wrong way.

`routes.txt` lists all routes. A route that is not there fails a test, so that each new door is seen.
"""

from __future__ import annotations

import pytest
from fastapi.routing import iter_route_contexts
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from constellary.workbench.app import create_app
from constellary.workbench.trust.guard import Guard, guarded
from constellary.workbench.trust.headers import ALWAYS, UNLESS_SAID
from constellary.workbench.trust.keys import Keys
from constellary.workbench.trust.limits import ELSEWHERE, PARTS, UPLOAD
from constellary.workbench.workbench import Workbench
from tests.workbench.conftest import ADDRESS, OURS, PORT
from tests.workbench.routes import CHANGING, READING, ROUTES, asked


class Reached:
    """An application that only notes what came through to it."""

    def __init__(self) -> None:
        self.what: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        body = await Request(scope, receive).body()
        self.what.append(f"{scope['method']} {scope['path']} {len(body)}")
        await PlainTextResponse("reached")(scope, receive, send)


@pytest.fixture
def reached() -> Reached:
    return Reached()


@pytest.fixture
def alone(reached: Reached) -> Guard:
    return guarded(reached, keys=Keys(scripts=True), port=PORT)


def browser(guard: Guard, headers: dict[str, str] = OURS, *, inside: bool = True) -> TestClient:
    cookies = {guard.cookie: guard.keys.session} if inside else {}
    return TestClient(guard, base_url=ADDRESS, cookies=cookies, headers=headers, follow_redirects=False)


def script(guard: Guard, authorization: str, **headers: str) -> TestClient:
    return browser(guard, {"Authorization": authorization} | headers, inside=False)


def test_the_routes_are_these() -> None:
    app = create_app(Workbench.__new__(Workbench))
    there = {
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in route.methods or {"GET"}
        if method != "HEAD"
    }
    assert sorted(there) == [f"{method} {path}" for method, path in ROUTES]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nothing_is_answered_without_a_key(reached: Reached, alone: Guard, method: str, path: str) -> None:
    for cookie in ({}, {alone.cookie: "guessed"}, {f"constellary-{PORT + 1}": alone.keys.session}):
        client = TestClient(alone, base_url=ADDRESS, headers=OURS, cookies=cookie)
        answer = client.request(method, asked(path))
        assert answer.status_code == 401
        assert ("needs its key" in answer.text) == (method != "HEAD")
    assert reached.what == []


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nothing_is_answered_by_another_name(reached: Reached, alone: Guard, method: str, path: str) -> None:
    for host in (f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", "", f"127.0.0.1.evil:{PORT}"):
        client = browser(alone, {**OURS, "Host": host})
        assert client.request(method, asked(path)).status_code == 400
    assert reached.what == []


@pytest.mark.parametrize(("method", "path"), CHANGING)
@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
        {"Sec-Fetch-Site": "", "Origin": ADDRESS},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{PORT}"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {"Origin": f"http://localhost:{PORT}"},
        {},
    ],
    ids=str,
)
def test_nothing_is_changed_from_elsewhere(
    reached: Reached, alone: Guard, method: str, path: str, said: dict[str, str]
) -> None:
    assert browser(alone, said).request(method, asked(path)).status_code == 403
    assert reached.what == []


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_other_connection_is_opened(reached: Reached, alone: Guard, method: str, path: str) -> None:
    client = browser(alone)
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(asked(path)):
        pass
    assert client.request(method, asked(path), headers={"Upgrade": "websocket"}).status_code == 400
    assert reached.what == []


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_our_own_pages_are_answered(reached: Reached, alone: Guard, method: str, path: str) -> None:
    for said in (OURS, {"Sec-Fetch-Site": "none"}, {"Origin": ADDRESS}):
        assert browser(alone, said).request(method, asked(path)).status_code == 200
    assert len(reached.what) == 3


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_script_with_its_key_may_call_the_api_alone(
    reached: Reached, alone: Guard, method: str, path: str
) -> None:
    api = path.startswith("/api/")
    right = f"Bearer {alone.keys.bearer}"
    assert script(alone, right).request(method, asked(path)).status_code == (200 if api else 401)
    for wrong in ("Bearer guessed", f"Basic {alone.keys.bearer}", f"Bearer {alone.keys.session}"):
        assert script(alone, wrong).request(method, asked(path)).status_code == 401
    led = script(alone, right, **{"Sec-Fetch-Site": "cross-site"})
    if api and method != "GET":
        assert led.request(method, asked(path)).status_code == 403


def test_without_a_key_for_scripts_no_script_is_let_in(reached: Reached) -> None:
    guard = guarded(reached, keys=Keys(), port=PORT)
    for guess in ("Bearer None", "Bearer ", "Bearer"):
        answer = script(guard, guess).get("/api/v1/jobs")
        assert answer.status_code == 401
        assert answer.json()["error"].startswith("This workbench needs its key")


def test_the_key_of_the_address_works_once_and_becomes_a_cookie_of_this_port(alone: Guard) -> None:
    address = alone.keys.entrance(ADDRESS)
    client = TestClient(alone, base_url=ADDRESS, follow_redirects=False)
    assert client.head(address).status_code == 401  # a program that looks at links does not use it up
    answer = client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"constellary-{PORT}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(address).status_code == 303  # this browser is in already
    stranger = TestClient(alone, base_url=ADDRESS, follow_redirects=False)
    refused = stranger.get(address)
    assert refused.status_code == 401
    assert refused.headers["referrer-policy"] == "no-referrer"
    assert stranger.get(alone.keys.entrance(ADDRESS)).status_code == 303


@pytest.mark.parametrize("token", ["", "guessed", "é", "\udc80"])
def test_another_key_lets_nobody_in(alone: Guard, token: str) -> None:
    client = TestClient(alone, base_url=ADDRESS, follow_redirects=False)
    for address in (
        "/enter",
        "/enter?token=" + token.encode("utf-8", "surrogatepass").hex(),
        "/enter?token=%ff",
    ):
        assert client.get(address).status_code == 401


@pytest.mark.parametrize(("path", "most"), [("/undo", ELSEWHERE), ("/import", UPLOAD), ("/import/x", UPLOAD)])
def test_a_request_brings_no_more_than_it_may(reached: Reached, alone: Guard, path: str, most: int) -> None:
    client = browser(alone)
    assert client.post(path, content=b"x" * most).status_code == 200
    assert client.post(path, content=b"x" * (most + 1)).status_code == 413
    assert client.post(path, content=b"x", headers={"Content-Length": "-1"}).status_code == 413
    assert len(reached.what) == 1


def test_what_a_request_says_of_its_length_is_not_believed(client: TestClient) -> None:
    pieces = (b"who=" + b"x" * 65536 for _ in range(20))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/person", content=pieces, headers=kind).status_code == 413


def test_a_form_has_no_more_parts_than_it_may(client: TestClient) -> None:
    def sent(count: int) -> int:
        return client.post("/person", files=[("who", (None, "x"))] * count).status_code

    assert sent(PARTS) == 303
    assert sent(PARTS + 1) == 413


@pytest.mark.parametrize("path", READING)
def test_every_answer_says_what_a_browser_may_do_with_it(reader: TestClient, path: str) -> None:
    answer = reader.get(asked(path))
    assert answer.status_code < 500, answer.text
    assert answer.headers["cache-control"] == "no-store"
    for name, value in (ALWAYS | UNLESS_SAID).items():
        assert answer.headers[name] == value


def test_only_files_of_a_version_are_kept_for_ever(reader: TestClient) -> None:
    assert reader.get("/static/favicon.svg").headers["cache-control"] == "no-cache"
    assert "immutable" in reader.get("/static/favicon.svg?v=1").headers["cache-control"]
    assert reader.get("/static/nothing.js?v=1").headers["cache-control"] == "no-store"
