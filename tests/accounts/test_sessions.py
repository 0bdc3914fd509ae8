"""Sessions: who is behind a cookie, and how that ends."""

from typing import Any

import httpx

from entregent.accounts import Sessions, open_session
from entregent.accounts.actions import revoke_others, revoke_session, sessions_of
from entregent.accounts.tokens import read_token
from tests.world import PASSWORD, World


def cookie(world: World, member: int, agent: str = "a browser") -> str:
    return world.do(open_session, member, "192.0.2.7", agent)


def key(text: str) -> tuple[int, int]:
    token = read_token(text)
    assert token is not None
    return token.member_id, token.id


async def test_only_the_whole_cookie_opens(world: World) -> None:
    sessions = world.house.sessions
    value = cookie(world, world.ana)
    member, identifier, secret = value.split(".")
    caller = await sessions.caller(value)
    assert caller is not None
    assert (caller.member_id, caller.language) == (world.ana, "en")
    for wrong in (
        "",
        "..",
        value[:-1],
        f"{member}.{identifier}.",
        f"{world.bruno}.{identifier}.{secret}",
        f"{member}.{int(identifier) + 1}.{secret}",
        f"{member}.{identifier}.{secret}.{secret}",
        f"-{member}.{identifier}.{secret}",
        f"{2**64}.{identifier}.{secret}",
        f"{member}.{identifier}.é",
        "9" * 5_000,
    ):
        assert await sessions.caller(wrong) is None


async def test_a_wrong_secret_is_refused_while_the_right_one_is_remembered(world: World) -> None:
    value = cookie(world, world.ana)
    assert await world.house.sessions.caller(value)
    assert await world.house.sessions.caller(value[:-2] + "zz") is None


async def test_a_remembered_session_asks_the_database_every_ten_seconds(world: World) -> None:
    sessions, value = world.house.sessions, cookie(world, world.ana)
    assert await sessions.caller(value)
    world.do(revoke_session, *key(value))  # as another process would, telling nobody
    assert await sessions.caller(value)
    world.clock.forward(seconds=10)
    assert await sessions.caller(value) is None


async def test_a_forgotten_session_is_asked_for_at_once(world: World) -> None:
    sessions, value = world.house.sessions, cookie(world, world.ana)
    assert await sessions.caller(value)
    world.do(revoke_session, *key(value))
    sessions.forget(*key(value))
    assert await sessions.caller(value) is None


async def test_a_session_lives_as_long_as_it_is_used(world: World) -> None:
    sessions, value = world.house.sessions, cookie(world, world.ana)
    for _ in range(3):
        world.clock.forward(days=89)
        assert await sessions.caller(value)
    world.clock.forward(days=90)
    assert await sessions.caller(value) is None


async def test_being_seen_is_written_down_every_five_minutes(world: World) -> None:
    sessions, value = world.house.sessions, cookie(world, world.ana)
    began = world.clock.now()
    world.clock.forward(seconds=299)
    assert await sessions.caller(value)
    assert world.see(sessions_of, world.ana, 0)[0].seen_at == began
    world.clock.forward(seconds=11)
    assert await sessions.caller(value)
    assert world.see(sessions_of, world.ana, 0)[0].seen_at == world.clock.now()


async def test_what_is_remembered_has_an_end(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("entregent.accounts.sessions.MOST_REMEMBERED", 3)
    sessions = Sessions(world.db, world.clock, 90)
    for _ in range(5):
        assert await sessions.caller(cookie(world, world.ana))
    assert len(sessions._known) == 3


def test_the_database_keeps_no_cookie(world: World) -> None:
    value = cookie(world, world.ana)
    secret = value.rpartition(".")[2]
    rows = world.see(sessions_of, world.ana, 0)
    assert secret not in repr(rows)


def test_an_ended_session_is_told_to_its_member_only(world: World) -> None:
    value = cookie(world, world.ana)
    before = world.cursor(world.ana), world.cursor(world.bruno)
    assert world.do(revoke_session, *key(value))
    assert not world.do(revoke_session, *key(value))
    ended = [{"type": "session.ended", "id": str(key(value)[1])}]
    assert world.log(world.ana, before[0]) == ended
    assert world.log(world.bruno, before[1]) == []


def test_ending_the_others_leaves_this_one(world: World) -> None:
    mine, other = cookie(world, world.ana), cookie(world, world.ana)
    cookie(world, world.bruno)
    assert world.do(revoke_others, *key(mine)) == [key(other)[1]]
    assert [row.id for row in world.see(sessions_of, world.ana, 0)] == [key(mine)[1]]
    assert len(world.see(sessions_of, world.bruno, 0)) == 1


# -- over HTTP -----------------------------------------------------------------------------------


async def sessions_in(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await client.get("/api/sessions")
    found: list[dict[str, Any]] = answer.json()["sessions"]
    return found


async def test_the_list_shows_where_one_is_signed_in(world: World) -> None:
    cookie(world, world.ana, "Old Browser\r\n on a phone")
    world.clock.forward(seconds=1)
    async with world.client(world.ana) as client:
        here, there = await sessions_in(client)
    assert here["current"]
    assert not there["current"]
    assert there["agent"] == "Old Browser on a phone"
    assert there["address"] == "192.0.2.7"


async def test_signing_out_ends_the_session_and_takes_the_cookie(world: World) -> None:
    async with world.client(world.ana) as client:
        value = client.cookies["entregent"]
        answer = await client.delete("/api/sessions/current")
        assert answer.status_code == 200
        assert "Max-Age=0" in answer.headers["set-cookie"]
        client.cookies.set("entregent", value)
        assert (await client.get("/api/sessions")).status_code == 401


async def test_nobody_ends_anothers_session(world: World) -> None:
    value = cookie(world, world.ana)
    async with world.client(world.bruno) as client:
        answer = await client.delete(f"/api/sessions/{key(value)[1]}")
        assert answer.status_code == 200  # as for one that has ended already
    assert len(world.see(sessions_of, world.ana, 0)) == 1


async def test_ending_a_session_closes_its_streams(world: World) -> None:
    ended: list[tuple[int, int]] = []
    world.ports.session_ended = lambda member, session: ended.append((member, session))
    value = cookie(world, world.ana)
    async with world.client(world.ana) as client:
        await client.delete(f"/api/sessions/{key(value)[1]}")
        assert ended == [key(value)]
        third = cookie(world, world.ana)
        await client.delete("/api/sessions")
        assert ended == [key(value), key(third)]


async def test_an_expired_session_is_told_to_sign_in(world: World) -> None:
    async with world.client(world.ana) as client:
        world.clock.forward(days=91)
        answer = await client.get("/api/sessions")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "kit.sign_in_first"


async def test_a_new_password_ends_all_other_sessions(world: World) -> None:
    cookie(world, world.ana)
    body = {"client_id": "password-1", "current": PASSWORD, "new": "five other words, really"}
    async with world.client(world.ana) as client:
        wrong = await client.post("/api/accounts/password", json={**body, "current": "no idea"})
        assert wrong.status_code == 403
        assert wrong.json()["error"]["field"] == "current"
        weak = await client.post("/api/accounts/password", json={**body, "new": "short"})
        assert weak.json()["error"]["field"] == "new"
        assert len(await sessions_in(client)) == 2
        assert (await client.post("/api/accounts/password", json=body)).status_code == 200
        # The answer was lost and the request came again.
        assert (await client.post("/api/accounts/password", json=body)).status_code == 200
        assert len(await sessions_in(client)) == 1
    async with world.client() as client:
        for password, status in ((PASSWORD, 403), (body["new"], 200)):
            answer = await client.post(
                "/api/sessions", json={"email": "ana@example.org", "password": password}
            )
            assert answer.status_code == status


async def test_closing_needs_the_password_and_ends_everything(world: World) -> None:
    async with world.client(world.ana) as client:
        body = {"client_id": "closing-1", "password": "no idea"}
        assert (await client.post("/api/accounts/close", json=body)).status_code == 403
        body["password"] = PASSWORD
        answer = await client.post("/api/accounts/close", json=body)
        assert answer.status_code == 200
        assert (await client.get("/api/sessions")).status_code == 401
