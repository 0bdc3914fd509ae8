"""Personal access tokens: what they open, and what they do not."""

from typing import Any

import httpx
import pytest

from entregent.accounts.access import tokens_of
from tests.messaging.talk import begin, say
from tests.world import ORIGIN, PASSWORD, World


async def make(world: World, member: int, *scopes: str, **more: Any) -> dict[str, Any]:
    """A token that the member makes in the settings."""
    body = {"client_id": f"token-{world.clock.now()}-{'-'.join(scopes)}"[:60].replace(".", "_")}
    async with world.client(member) as browser:
        answer = await browser.post(
            "/api/tokens", json={**body, "name": "A script", "scopes": list(scopes), **more}
        )
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def program(world: World, secret: str) -> httpx.AsyncClient:
    """What has a token and nothing else: no cookie, no origin, no header of ours."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=world.app),
        base_url=ORIGIN,
        headers={"authorization": f"Bearer {secret}"},
    )


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_token_opens_what_its_scopes_say_and_no_more(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "Hello")
    made = await make(world, world.ana, "messages.read")
    assert made["token"]["scopes"] == ["messages.read"]
    async with program(world, made["secret"]) as tool:
        rows = (await tool.get("/api/inbox")).json()["rows"]
        assert [row["id"] for row in rows] == [str(key)]
        sending = {"client_id": "from-a-tool", "text": "Hello from a tool"}
        path = f"/api/conversations/{key}/messages"
        assert code(await tool.post(path, json=sending)) == (403, "kit.token_scope")
        assert code(await tool.get("/api/connections")) == (403, "kit.token_scope")
        # What no scope is for is for browsers only: no token makes another one.
        for way in ("/api/tokens", "/api/sessions", "/api/boot"):
            assert code(await tool.get(way)) == (403, "kit.token_never")
        more = {"client_id": "another-one", "name": "More", "scopes": ["messages.write"]}
        assert code(await tool.post("/api/tokens", json=more)) == (403, "kit.token_never")
        assert (await tool.get("/api/tokens/current")).json()["name"] == "A script"
    writer = await make(world, world.ana, "messages.write")
    async with program(world, writer["secret"]) as tool:
        sent = await tool.post(path, json=sending)
        assert sent.json()["message"]["text"] == "Hello from a tool"
        assert code(await tool.get(path)) == (403, "kit.token_scope")


async def test_a_token_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    made = await make(world, world.ana, "messages.read")
    secret = made["secret"].rpartition(".")[2]
    assert secret not in repr(world.see(tokens_of, world.ana))
    async with world.client(world.ana) as browser:
        listed = await browser.get("/api/tokens")
    assert secret not in listed.text
    assert listed.json()["tokens"] == [made["token"]]


async def test_a_request_that_comes_twice_makes_one_token(world: World) -> None:
    body = {"client_id": "token-twice", "name": "Once", "scopes": ["export"]}
    async with world.client(world.ana) as browser:
        first = (await browser.post("/api/tokens", json=body)).json()
        again = (await browser.post("/api/tokens", json=body)).json()
        assert len((await browser.get("/api/tokens")).json()["tokens"]) == 1
    assert first["token"] == again["token"]
    async with program(world, first["secret"]) as tool:
        assert code(await tool.get("/api/tokens/current")) == (401, "kit.bad_token")
    async with program(world, again["secret"]) as tool:
        assert (await tool.get("/api/tokens/current")).status_code == 200


async def test_a_token_ends_when_taken_back_and_by_age(world: World) -> None:
    short = await make(world, world.ana, "messages.read", days=7)
    world.clock.forward(seconds=1)
    long = await make(world, world.ana, "messages.read", "export")
    async with program(world, short["secret"]) as one, program(world, long["secret"]) as other:
        assert (await one.get("/api/inbox")).status_code == 200
        world.clock.forward(days=7)
        assert code(await one.get("/api/inbox")) == (401, "kit.bad_token")
        world.clock.forward(days=3_000)
        assert (await other.get("/api/inbox")).status_code == 200
        async with world.client(world.bruno) as stranger:
            await stranger.delete(f"/api/tokens/{long['token']['id']}")
        assert (await other.get("/api/inbox")).status_code == 200
        async with world.client(world.ana) as browser:
            [seen, _] = (await browser.get("/api/tokens")).json()["tokens"]
            assert seen["seen_at"] == world.clock.now()
            assert (await browser.delete(f"/api/tokens/{long['token']['id']}")).status_code == 200
        assert code(await other.get("/api/inbox")) == (401, "kit.bad_token")


async def test_only_the_whole_token_opens(world: World) -> None:
    made = await make(world, world.ana, "messages.read")
    secret = made["secret"]
    async with program(world, secret) as tool:
        assert (await tool.get("/api/inbox")).status_code == 200  # remembered from here on
    member, identifier, _ = secret.removeprefix("entregent_").split(".")
    async with world.client(world.ana) as browser:
        session = browser.cookies["entregent"]
        assert (await browser.get("/api/inbox")).status_code == 200
    for wrong in (
        "",
        secret[:-1],
        secret.removeprefix("entregent_"),
        f"entregent_{member}.{identifier}.guess",
        f"entregent_{session}",
        session,
    ):
        async with program(world, wrong) as tool:
            assert code(await tool.get("/api/inbox")) == (401, "kit.bad_token"), wrong
    # Nor is a token a cookie; and a wrong token beside a good cookie is still a wrong token.
    async with world.client() as browser:
        browser.cookies.set("entregent", secret.removeprefix("entregent_"))
        assert code(await browser.get("/api/inbox")) == (401, "kit.sign_in_first")
    async with world.client(world.ana) as browser:
        answer = await browser.get("/api/inbox", headers={"authorization": "Bearer x"})
        assert code(answer) == (401, "kit.bad_token")
        # What a proxy in front asks for is none of ours.
        answer = await browser.get("/api/inbox", headers={"authorization": "Basic YTpi"})
        assert answer.status_code == 200


async def test_limits_hold_for_tokens_too(world: World) -> None:
    made = await make(world, world.ana, "export")
    async with program(world, made["secret"]) as tool:
        for _ in range(3_000):
            world.ports.limits.take("read", world.ana)
        assert code(await tool.get("/api/tokens/current")) == (429, "kit.slow_down")


async def test_who_was_locked_out_keeps_no_tokens(world: World) -> None:
    made = await make(world, world.ana, "messages.read")
    async with world.client(world.ana) as browser:
        body = {"client_id": "change-one", "current": PASSWORD, "new": "five other words, really"}
        assert (await browser.post("/api/accounts/password", json=body)).status_code == 200
    async with program(world, made["secret"]) as tool:
        assert (await tool.get("/api/inbox")).status_code == 200
        async with world.client(world.ana) as browser:
            body = {"client_id": "closing-12", "password": "five other words, really"}
            assert (await browser.post("/api/accounts/close", json=body)).status_code == 200
        assert code(await tool.get("/api/inbox")) == (401, "kit.bad_token")


@pytest.mark.parametrize(
    ("change", "code_", "field"),
    [
        ({"name": " \u200b "}, "accounts.token_name_missing", "name"),
        ({"name": "x" * 61}, "accounts.token_name_too_long", "name"),
        ({"scopes": []}, "accounts.token_needs_scope", "scopes"),
        ({"scopes": ["everything"]}, "kit.bad_request", "scopes"),
        ({"days": 0}, "accounts.token_days", "days"),
        ({"days": 2**40}, "accounts.token_days", "days"),
    ],
)
async def test_what_makes_no_token(
    world: World, change: dict[str, Any], code_: str, field: str
) -> None:
    body = {"client_id": "token-bad", "name": "x", "scopes": ["export"], **change}
    async with world.client(world.ana) as browser:
        answer = await browser.post("/api/tokens", json=body)
    assert answer.json()["error"]["code"] == code_
    assert answer.json()["error"]["field"] == field


async def test_there_are_so_many_tokens_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entregent.accounts.access.MAX_TOKENS", 2)
    for _ in range(2):
        world.clock.forward(ms=1)
        await make(world, world.ana, "export")
    async with world.client(world.ana) as browser:
        body = {"client_id": "one-too-many", "name": "x", "scopes": ["export"]}
        answer = await browser.post("/api/tokens", json=body)
    assert code(answer) == (422, "accounts.too_many_tokens")
