"""Bad input: refused with a code and a sentence, and never the server's fault."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entregent.accounts import open_session
from entregent.kit.routes import Route
from entregent.kit.sentences import LANGUAGES, catalogue
from entregent.server.house import routes
from tests.messaging.talk import begin, say
from tests.rules.source import none
from tests.server.asking import JSON, NASTY, OURS, Answer, Asker, encode, filled, near, spoilt
from tests.world import World

ROUTES = list(routes())


def faults_of(answer: Answer) -> str:
    """What is wrong with an answer, whatever was asked."""
    if answer.status >= 500:
        return "the server's fault"
    if answer.status < 400:
        return ""
    error = answer.error
    if any(error["code"] not in catalogue(language) for language in LANGUAGES):
        return "a code without a sentence"
    if not error["message"] or error["message"] == error["code"]:
        return "no sentence"
    if answer.headers["content-type"] != "application/json":
        return "not JSON"
    return ""


class Ana:
    """Asks as Ana, in a new session when the last one has ended."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ask = Asker(world)
        self.cookie = ""
        key = begin(world, world.ana, world.bruno)
        say(world, world.bruno, key, "Hello")
        self.path = f"/api/conversations/{key}/messages"
        self.known = [str(key), str(world.bruno), str(world.emi), "bruno-celik", "1"]

    async def __call__(self, method: str, path: str, **more: Any) -> Answer:
        if not self.cookie:
            self.cookie = self.world.do(open_session, self.world.ana, "127.0.0.1", "a test")
        answer = await self.ask(method, path, cookie=self.cookie, **more)
        if answer.status == 401 or method == "DELETE" or "set-cookie" in answer.headers:
            self.cookie = ""
        return answer


@pytest.fixture
def ana(world: World) -> Ana:
    return Ana(world)


def drawn(data: st.DataObject, known: list[str]) -> tuple[Route, str, str, bytes]:
    """A route, and what is asked of it."""
    route = data.draw(st.sampled_from(ROUTES))
    names = re.findall(r"{(\w+)}", route.path)
    values = {one: quote(data.draw(st.sampled_from(known) | NASTY), safe="") for one in names}
    path = filled(route, {one: value or "%20" for one, value in values.items()})
    query, body = "", b""
    if route.query is not None:
        wanted = data.draw(near(route.query) | st.dictionaries(NASTY, JSON, max_size=2))
        query = urlencode({key: str(value) for key, value in wanted.items()}, errors="replace")
    if route.raw:
        body = data.draw(st.binary(max_size=40))
    elif route.body is not None:
        anything = st.one_of(JSON.map(encode), st.binary(max_size=40))
        body = data.draw(
            st.one_of(near(route.body).map(encode), near(route.body).map(encode), anything)
        )
    return route, path, query, body


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_whatever_is_asked_is_answered(ana: Ana, data: st.DataObject) -> None:
    route, path, query, body = drawn(data, ana.known)
    answer = await ana(route.method, path, query=query, body=body)
    assert not faults_of(answer), (answer.status, answer.body[:300])


BAD = {
    "nul": "a\x00@example.org",
    "surrogate": "\ud800",
    "long": "x" * 20_000,
    "list": ["\x00"],
    "object": {"\x00": 1},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_what_no_database_takes_is_no_fault_of_the_server(ana: Ana, bad: Any) -> None:
    faults = []
    for route in ROUTES:
        path = re.sub(r"{\w+}", ana.known[0], route.path)
        for body in spoilt(route.body, bad) if route.body else ():
            answer = await ana(route.method, path, body=encode(body))
            faults.append((faults_of(answer), route.method, path, body))
        for query in spoilt(route.query, bad) if route.query else ():
            text = urlencode({name: str(value) for name, value in query.items()}, errors="replace")
            answer = await ana(route.method, path, query=text)
            faults.append((faults_of(answer), route.method, path, query))
    none(str(fault) for fault in faults if fault[0])


HUGE = 2 * 1_048_576


async def test_what_cannot_be_read_is_refused_with_a_reason(ana: Ana) -> None:
    async def code(body: bytes, path: str = ana.path) -> tuple[int, str, str | None]:
        answer = await ana("POST", path, body=body)
        assert not faults_of(answer)
        return answer.status, answer.code, answer.error["field"]

    bad = (400, "kit.bad_request", None)
    assert await code(b"") == bad
    assert await code(b"{") == bad
    assert await code(b"\xff\xfe{}") == bad
    assert await code(b"[]") == bad
    assert await code(b"null") == bad
    assert await code(b"{}") == bad
    assert await code(b"[" * 100_000) == bad
    assert await code(b'{"a":' * 100_000) == bad
    assert await code(b'{"client_id":"client-1","text":7}') == (400, "kit.bad_request", "text")
    assert await code(b'{"client_id":"short","text":"x"}') == (400, "kit.bad_request", "client_id")
    assert await code(b'{"client_id":"a b c d e f","text":"x"}') == (
        400,
        "kit.bad_request",
        "client_id",
    )
    assert await code(b'{"client_id":"client-1","text":"  "}') == (422, "messaging.empty", "text")
    nested = b'{"client_id":"client-1","text":"x","more":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    assert (await code(nested))[0] == 400
    marks = b'{"client_id":"client-2","ids":["99999999999999999999"],"mark":"read"}'
    assert await code(marks, "/api/conversations/marks") == (400, "kit.bad_request", "ids")
    unknown = b'{"client_id":"client-3","text":"kept","colour":"blue","n":123456789012345678901234}'
    answer = await ana("POST", ana.path, body=unknown)
    assert (answer.status, answer.json["message"]["text"]) == (200, "kept")


async def test_what_is_too_large_is_refused(ana: Ana) -> None:
    whole = b'{"client_id":"client-1","text":"%s"}' % (b"x" * HUGE)
    endless = (b"x" * 65_536 for _ in range(HUGE // 65_536))
    for body in (whole, endless):
        answer = await ana("POST", ana.path, body=body)
        assert (answer.status, answer.code) == (413, "kit.too_large")
        assert "1 MB" in answer.error["message"]
    answer = await ana("POST", ana.path, body=whole.replace(b"x" * HUGE, b"x" * 8_001))
    assert (answer.status, answer.code) == (422, "messaging.too_long")
    assert "8000" in answer.error["message"]


async def test_pages_and_numbers_that_nobody_made(ana: Ana) -> None:
    async def code(path: str, **query: str) -> tuple[int, str]:
        answer = await ana("GET", path, query=urlencode(query))
        assert not faults_of(answer)
        return answer.status, answer.code

    cursors = ["x", "WzEsMl0x", "e30", "bnVsbA", "WyJhIiwxXQ", "WzldMV0", "W1tb" * 5_000, "é", "="]
    for path in ("/api/inbox", "/api/search", "/api/connections", "/api/invitations"):
        for cursor in cursors:
            assert await code(path, q="hello", after=cursor) == (400, "kit.bad_cursor")
    assert await code("/api/inbox", view="nowhere") == (404, "messaging.no_such_view")
    assert await code("/api/inbox", limit="many") == (400, "kit.bad_request")
    assert await code("/api/inbox", limit=str(-(10**30))) == (200, "")
    for place in ("-1", str(2**31), str(2**63), str(10**30), "1.5", ""):
        for name in ("before", "after", "around"):
            assert (await code(ana.path, **{name: place}))[0] == 400
    for key in ("0", "1", "9" * 19, "9" * 30, "-1", "x", "%00", "٣"):
        assert (await code(f"/api/conversations/{quote(key)}"))[0] == 404
        assert (await code(f"/api/profiles/{quote(key)}"))[0] == 404


@pytest.mark.parametrize(("language", "sentence"), [("en", "Write something"), ("fr", "Écrivez")])
async def test_refusals_speak_the_members_language(
    world: World, language: str, sentence: str
) -> None:
    """The account's own language, whatever the browser asks for."""
    me, other = (world.ana, world.bruno) if language == "en" else (world.bruno, world.ana)
    key = begin(world, me, other)
    cookie = world.do(open_session, me, "127.0.0.1", "a test")
    answer = await Asker(world)(
        "POST",
        f"/api/conversations/{key}/messages",
        body=b'{"client_id":"client-1","text":""}',
        cookie=cookie,
        headers={**OURS, "accept-language": "en" if language == "fr" else "fr"},
    )
    assert answer.error["message"].startswith(sentence)
