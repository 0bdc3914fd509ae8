"""Every route from the wrong side: nobody, a stranger, an ended session, another site's page."""

import re
from collections.abc import Iterator

import pytest

from entregent.accounts import open_session
from entregent.invitations.actions import invite
from entregent.invitations.model import Rules
from entregent.kit.routes import Route
from entregent.server.house import routes
from tests.messaging.talk import begin, say
from tests.rules.source import none
from tests.server.asking import OURS, Asker, filled, sample
from tests.server.permissions import THINGS
from tests.world import World

ROUTES = list(routes())
MEMBERS = [route for route in ROUTES if route.access == "member"]


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


def parameters(route: Route, value: str) -> str:
    return filled(route, dict.fromkeys(re.findall(r"{(\w+)}", route.path), value))


async def test_nobody_and_an_ended_session_are_told_to_sign_in(world: World) -> None:
    ask = Asker(world)
    ended = world.do(open_session, world.ana, "127.0.0.1", "a test")
    other = world.do(open_session, world.bruno, "127.0.0.1", "a test")
    forged = ".".join([*other.split(".")[:2], ended.split(".")[2]])
    world.clock.forward(days=91)
    faults = []
    for route in MEMBERS:
        for cookie in ("", ended, forged, "nonsense", f"{world.ana}.1.x"):
            answer = await ask(
                route.method, parameters(route, "1"), body=sample(route.body), cookie=cookie
            )
            if (answer.status, answer.code) != (401, "kit.sign_in_first"):
                faults.append(f"{name(route)} with {cookie!r}: {answer.status} {answer.body!r}")
    none(faults)


async def test_another_sites_page_writes_nothing(world: World) -> None:
    ask = Asker(world)
    cookie = world.do(open_session, world.ana, "127.0.0.1", "a test")
    before = world.cursor(world.ana)
    foreign = (
        {"host": "localhost:8000"},
        {**OURS, "origin": "https://evil.example"},
        {**OURS, "origin": "null"},
        {**OURS, "origin": "http://localhost:8000.evil.example"},
        {**OURS, "origin": "http://localhost:8001"},
        {**OURS, "sec-fetch-site": "cross-site"},
        {**OURS, "sec-fetch-site": "same-site"},
    )
    faults = []
    for route in ROUTES:
        if route.method in ("GET", "OPTIONS") or route.foreign:
            continue
        wanted = (403, "kit.forbidden_origin")
        if route.access == "host":  # to Ana it is none
            wanted = (404, "kit.not_found")
        for headers in foreign:
            answer = await ask(
                route.method,
                parameters(route, "1"),
                body=sample(route.body),
                cookie=cookie,
                headers=headers,
            )
            if (answer.status, answer.code) != wanted:
                faults.append(f"{name(route)} with {headers}: {answer.status}")
    none(faults)
    assert world.cursor(world.ana) == before
    ours = {**OURS, "sec-fetch-site": "same-origin"}
    answer = await ask("DELETE", "/api/sessions", cookie=cookie, headers=ours)
    assert answer.status == 200


def belongings(world: World) -> Iterator[str]:
    """Ids of what belongs to others: a conversation, an invitation, a session, a member."""
    key = begin(world, world.ana, world.bruno)
    say(world, world.ana, key, "a secret")
    yield str(key)
    asked = world.do(invite, world.ana, world.chloe, "other", "a secret", Rules())
    assert asked.invitation
    yield asked.invitation.id
    yield world.do(open_session, world.ana, "127.0.0.1", "a test").split(".")[1]
    yield str(world.ana)


async def test_a_stranger_sees_and_changes_nothing(world: World) -> None:
    """Diego, whom Ana has blocked, tries the ids of what is hers on every route."""
    ask = Asker(world)
    theirs = list(belongings(world))
    cookie = world.do(open_session, world.diego, "127.0.0.1", "a test")
    before = [world.cursor(one) for one in (world.ana, world.bruno, world.chloe)]
    faults = []
    for route in MEMBERS:
        if name(route) not in THINGS:
            continue
        for value in theirs:
            answer = await ask(
                route.method, parameters(route, value), body=sample(route.body), cookie=cookie
            )
            if b"secret" in answer.body or (answer.status == 200 and route.method == "GET"):
                faults.append(f"{name(route)}: {answer.status} {answer.body!r}")
    none(faults)
    assert [world.cursor(one) for one in (world.ana, world.bruno, world.chloe)] == before
    for path in ("/api/inbox?view=all", "/api/invitations", "/api/connections", "/api/search?q=a"):
        answer = await ask("GET", path.split("?")[0], query=path.partition("?")[2], cookie=cookie)
        assert answer.status == 200
        assert answer.json["total"] == 0
    some = b'{"ids":["%s"]}' % theirs[0].encode()
    assert (await ask("POST", "/api/inbox/rows", body=some, cookie=cookie)).json["rows"] == []
    marks = b'{"client_id":"client-0009","ids":["%s"],"mark":"spam"}' % theirs[0].encode()
    answer = await ask("POST", "/api/conversations/marks", body=marks, cookie=cookie)
    assert answer.json["changed"] == 0


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES} | {"/api/stream"}))
def test_a_path_says_what_it_takes(path: str) -> None:
    """No two paths of one shape, of which the first would swallow what is for the second."""
    shape = re.sub(r"{\w+}", "{}", path)
    same = {route.path for route in ROUTES if re.sub(r"{\w+}", "{}", route.path) == shape}
    assert same <= {path}


async def test_other_methods_and_other_addresses_are_refused_in_json(world: World) -> None:
    ask = Asker(world)
    faults = []
    taken: dict[str, set[str]] = {"/api/stream": {"GET"}, "/healthz": {"GET"}}
    for route in ROUTES:
        taken.setdefault(route.path, set()).add(route.method)
    for path, methods in taken.items():
        there = re.sub(r"{\w+}", "1", path)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"} - methods:
            answer = await ask(method, there)
            allowed = set(answer.headers.get("allow", "").split(", "))
            if (answer.status, answer.code) != (405, "kit.wrong_method") or not methods <= allowed:
                faults.append(f"{method} {there}: {answer.status} {answer.headers}")
    for path in ("/api/nothing", "/api/", "/api/inbox/", "/api/conversations/1/2/3", "/api//inbox"):
        for method in ("GET", "POST"):
            answer = await ask(method, path, headers={"accept-language": "fr"})
            if (answer.status, answer.code) != (404, "kit.not_found"):
                faults.append(f"{method} {path}: {answer.status}")
            elif "Il n’y a rien" not in answer.error["message"]:
                faults.append(f"{method} {path}: {answer.error['message']}")
    none(faults)
    assert (await ask("HEAD", "/healthz")).status == 200
    assert (await ask("HEAD", "/api/boot")).status == 200
