"""Webhooks: told what was asked for, signed, tried again, switched off; and nobody else's."""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from entregent.accounts import close_account, create_member
from entregent.kit.settings import Settings
from entregent.live import trim
from entregent.live.hub import Appended
from entregent.network import disconnect
from entregent.ports.db import Transaction
from entregent.server.house import House
from entregent.webhooks.actions import add_webhook, webhooks_of
from entregent.webhooks.model import DAY, HOUR, is_signed, signature
from tests.accounts.test_tokens import code, make, program
from tests.live.following import serving
from tests.messaging.talk import begin, say
from tests.webhooks.receiving import Receiver, receiving
from tests.world import World


class Told(NamedTuple):
    """A world in which Ana's webhook is a program that a test watches."""

    world: World
    receiver: Receiver
    key: int  # the conversation of Ana and Bruno

    async def hook(self, *kinds: str, member: int | None = None) -> tuple[str, str]:
        """Another webhook, by id and secret."""
        body = {"client_id": "hook-0001", "url": self.receiver.url, "kinds": list(kinds)}
        async with self.world.client(member or self.world.ana) as browser:
            answer = await browser.post("/api/webhooks", json=body)
        assert answer.status_code == 200, answer.text
        made = answer.json()
        return made["webhook"]["id"], made["secret"]

    async def pass_on(self) -> None:
        """What the server does by itself: looks at logs, and sends what is due."""
        await self.world.house.hooks.sweep()
        await self.world.house.worker.run_due()

    async def deliveries(self, hook: str) -> list[dict[str, Any]]:
        async with self.world.client(self.world.ana) as browser:
            answer = await browser.get(f"/api/webhooks/{hook}/deliveries")
        found: list[dict[str, Any]] = answer.json()["deliveries"]
        return found


@pytest.fixture
async def told(make_world: Callable[..., World]) -> AsyncIterator[Told]:
    async with receiving() as receiver:
        world = make_world(fetch=receiver.trusted, plain_webhooks=True)
        yield Told(world, receiver, begin(world, world.ana, world.bruno))
        assert world.ports.fetch
        await world.ports.fetch.close()


async def test_what_was_asked_for_is_told_and_signed(told: Told) -> None:
    world, receiver = told.world, told.receiver
    say(world, world.bruno, told.key, "before")
    _, secret = await told.hook("message.sent", "connection.ended")
    say(world, world.bruno, told.key, "Hello, program: é, 漢, \u200d")
    world.do(disconnect, world.ana, world.bruno)
    await told.pass_on()
    first, second = receiver.received
    assert first.path == "/hook"
    assert [one.json["type"] for one in (first, second)] == ["message.sent", "connection.ended"]
    [logged] = [one for one in world.log(world.ana) if one == first.json["data"]]
    assert logged["message"]["text"] == "Hello, program: é, 漢, \u200d"
    assert first.json["member_id"] == str(world.ana)
    now = world.clock.now() // 1000
    assert is_signed(secret, first.headers, first.body, now)
    assert first.headers["content-type"] == "application/json"
    # Not with another secret, another body, another id, nor later on.
    assert not is_signed("whsec_" + "A" * 43 + "=", first.headers, first.body, now)
    assert not is_signed(secret, first.headers, first.body + b" ", now)
    assert not is_signed(secret, {**first.headers, "webhook-id": "1"}, first.body, now)
    assert not is_signed(secret, first.headers, first.body, now + 301)
    assert not is_signed(secret, {}, first.body, now)
    await told.pass_on()
    assert len(receiver.received) == 2


def test_the_signature_is_the_one_of_the_standard() -> None:
    """The example of standardwebhooks.com."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert (
        signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body)
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


async def test_it_is_told_at_once_while_the_server_runs(told: Told) -> None:
    await told.hook("message.sent")
    async with serving(told.world.house):
        say(told.world, told.world.bruno, told.key, "at once")
        [one] = await told.receiver.wait(1)
    assert one.json["data"]["message"]["text"] == "at once"


async def test_what_is_not_taken_is_tried_again(told: Told) -> None:
    world, receiver = told.world, told.receiver
    hook, _ = await told.hook("message.sent")
    receiver.answers = [(500, ""), (302, f"Location: {receiver.url}\r\n"), (200, "")]
    say(world, world.bruno, told.key, "again and again")
    await told.pass_on()
    [one] = await told.deliveries(hook)
    assert (one["state"], one["status"], one["failure"], one["tries"]) == (
        "waiting", 500, "status", 1,
    )  # fmt: skip
    assert one["next_at"] == world.clock.now() + 10_000
    await told.pass_on()
    assert len(receiver.received) == 1  # not before its time
    world.clock.forward(seconds=10)
    await told.pass_on()
    [one] = await told.deliveries(hook)
    assert (one["status"], one["failure"], one["tries"]) == (302, "redirected", 2)
    assert len(receiver.received) == 2  # a redirect is not followed
    world.clock.forward(seconds=60)
    await told.pass_on()
    [one] = await told.deliveries(hook)
    assert (one["state"], one["status"], one["failure"], one["tries"]) == ("done", 200, None, 3)
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    [shown] = world.see(webhooks_of, world.ana)
    assert (shown.failing_since, shown.waiting) == (None, 0)


async def test_a_dead_receiver_is_switched_off_and_its_member_told(told: Told) -> None:
    world, receiver = told.world, told.receiver
    hook, _ = await told.hook("message.sent")
    receiver.answers = [(503, "")]
    say(world, world.bruno, told.key, "lost")
    began = world.clock.now()
    before = world.cursor(world.ana)
    world.mail.sent.clear()
    for _ in range(30):
        await told.pass_on()
        world.clock.forward(ms=5 * HOUR)
    assert world.clock.now() - began > 3 * DAY
    async with world.client(world.ana) as browser:
        [shown] = (await browser.get("/api/webhooks")).json()["webhooks"]
        assert (shown["state"], shown["off_because"]) == ("off", "failed")
        [letter] = world.mail.sent
        assert letter.subject == "A webhook was switched off"
        assert receiver.url in letter.text
        [event] = [one for one in world.log(world.ana, before) if one["type"] == "webhook.changed"]
        assert event["webhook"]["state"] == "off"
        tried = len(receiver.received)
        assert tried <= 10
        say(world, world.bruno, told.key, "while off")
        await told.pass_on()
        assert len(receiver.received) == tried
        answer = await browser.post(f"/api/webhooks/{hook}/ping", json={"client_id": "ping-000"})
        assert code(answer) == (409, "webhooks.is_off")
        # Switched on again, it is told what happens from then on.
        receiver.answers = [(204, "")]
        on = {"client_id": "hook-on-1", "state": "on"}
        assert (await browser.patch(f"/api/webhooks/{hook}", json=on)).json()["state"] == "on"
    say(world, world.bruno, told.key, "back again")
    await told.pass_on()
    assert receiver.received[-1].json["data"]["message"]["text"] == "back again"
    assert len(receiver.received) == tried + 1


async def test_who_says_that_it_is_gone_is_asked_no_more(told: Told) -> None:
    hook, _ = await told.hook("message.sent")
    told.receiver.answers = [(410, "")]
    for number in range(3):
        say(told.world, told.world.bruno, told.key, f"number {number}")
    await told.pass_on()
    assert len(told.receiver.received) == 1
    [shown] = told.world.see(webhooks_of, told.world.ana)
    assert (shown.state, shown.off_because) == ("off", "gone")
    assert {one["state"] for one in await told.deliveries(hook)} == {"failed"}


async def test_what_is_down_is_not_flooded(told: Told) -> None:
    told.receiver.answers = [(500, "")]
    await told.hook("message.sent")
    for number in range(10):
        say(told.world, told.world.bruno, told.key, f"number {number}")
    await told.pass_on()
    assert len(told.receiver.received) == 2
    told.receiver.answers = [(200, "")]
    told.world.clock.forward(seconds=20)
    await told.pass_on()
    texts = [one.json["data"]["message"]["text"] for one in told.receiver.received[2:]]
    assert sorted(texts) == [f"number {number}" for number in range(10)]


async def test_a_ping_and_a_delivery_sent_again(told: Told) -> None:
    world = told.world
    hook, _ = await told.hook("message.sent")
    before = world.cursor(world.ana)
    async with world.client(world.ana) as browser:
        body = {"client_id": "ping-0001"}
        for _ in range(2):  # the answer was lost and the request came again
            sent = (await browser.post(f"/api/webhooks/{hook}/ping", json=body)).json()
        assert (sent["kind"], sent["state"]) == ("webhook.ping", "waiting")
        await told.pass_on()
        assert told.receiver.received[0].json["data"] == {
            "type": "webhook.ping",
            "webhook_id": hook,
        }
        assert [one["type"] for one in world.log(world.ana, before)] == ["webhook.changed"]
        path = f"/api/webhooks/{hook}/deliveries/{sent['id']}/retry"
        again = (await browser.post(path, json={"client_id": "retry-001"})).json()
        assert (again["id"], again["state"]) == (sent["id"], "waiting")
    await told.pass_on()
    assert len(told.receiver.received) == 2
    told.receiver.answers = [(500, "")]
    async with world.client(world.ana) as browser:
        await browser.post(f"/api/webhooks/{hook}/ping", json={"client_id": "ping-0002"})
    await told.pass_on()
    assert (await told.deliveries(hook))[0]["state"] == "failed"  # nobody waits for it for days


async def test_another_secret_counts_from_then_on(told: Told) -> None:
    hook, old = await told.hook("message.sent")
    async with told.world.client(told.world.ana) as browser:
        body = {"client_id": "secret-01"}
        made = (await browser.post(f"/api/webhooks/{hook}/secret", json=body)).json()
        again = (await browser.post(f"/api/webhooks/{hook}/secret", json=body)).json()
    assert made == again
    assert made["secret"] != old
    say(told.world, told.world.bruno, told.key)
    await told.pass_on()
    [one] = told.receiver.received
    now = told.world.clock.now() // 1000
    assert is_signed(made["secret"], one.headers, one.body, now)
    assert not is_signed(old, one.headers, one.body, now)


async def test_who_is_too_far_behind_is_told_so(told: Told) -> None:
    await told.hook("message.sent")
    for number in range(5):
        say(told.world, told.world.bruno, told.key, f"number {number}")
    told.world.do(trim, 1)
    await told.pass_on()
    assert [one.json["type"] for one in told.receiver.received] == ["webhook.reset"]
    say(told.world, told.world.bruno, told.key, "after")
    await told.pass_on()
    assert told.receiver.received[-1].json["type"] == "message.sent"


async def test_who_has_left_is_spoken_of_no_more(told: Told) -> None:
    await told.hook("message.sent", "connection.ended")
    say(told.world, told.world.bruno, told.key)
    told.world.do(close_account, told.world.ana)
    await told.pass_on()
    assert told.receiver.received == []
    assert told.world.see(webhooks_of, told.world.ana) == []


async def test_a_server_that_ends_leaves_nothing_under_way(
    sqlite_template: Path, tmp_path: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "entregent.db")
    database = f"sqlite:///{tmp_path / 'entregent.db'}"
    house = House(Settings(database=database, data=str(tmp_path), mail="memory:"), node=901)
    before = asyncio.all_tasks()
    write = house.db.write
    ana = await write(create_member, "ana@example.org", "!", "Ana Lima", "en")
    await house.open()
    hook = "https://example.org/", ["message.sent"]
    await write(add_webhook, ana, *hook, plain=False, most=5)
    began, goes_on = threading.Event(), threading.Event()

    def hold(_tx: Transaction) -> None:
        began.set()
        goes_on.wait(30)

    busy = asyncio.ensure_future(write(hold))
    await asyncio.to_thread(began.wait, 30)
    # Her log has grown, and who would look at it waits for who writes at the moment.
    house.hub.appended([Appended(ana, 1, "{}")])
    threading.Timer(0.2, goes_on.set).start()
    await house.close()
    assert asyncio.all_tasks() - before - {busy} == set()
    await busy


# -- from the wrong side -------------------------------------------------------------------------


async def test_a_private_network_is_never_reached(world: World) -> None:
    """With the settings that a host has."""
    key = begin(world, world.ana, world.bruno)
    body = {"client_id": "hook-0001", "url": "https://localhost/hook", "kinds": ["message.sent"]}
    async with world.client(world.ana) as browser:
        hook = (await browser.post("/api/webhooks", json=body)).json()["webhook"]["id"]
        say(world, world.bruno, key)
        await world.house.hooks.sweep()
        await world.house.worker.run_due()
        page = (await browser.get(f"/api/webhooks/{hook}/deliveries")).json()
    assert world.ports.fetch
    await world.ports.fetch.close()
    [one] = page["deliveries"]
    assert (one["state"], one["failure"], one["status"]) == ("waiting", "private", None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"url": "http://example.org/hook"}, "webhooks.not_https"),
        ({"url": "ftp://example.org"}, "webhooks.bad_url"),
        ({"url": "https://user:secret@example.org/"}, "webhooks.bad_url"),
        ({"url": "https://example.org/\x00"}, "webhooks.bad_url"),
        ({"url": "https://example.org/" + "x" * 3_000}, "webhooks.bad_url"),
        ({"url": ""}, "webhooks.bad_url"),
        ({"kinds": []}, "webhooks.no_kinds"),
        ({"kinds": ["session.ended"]}, "webhooks.unknown_kind"),
        ({"kinds": ["message.sent", "x" * 9_000]}, "webhooks.unknown_kind"),
    ],
)
async def test_what_makes_no_webhook(world: World, change: dict[str, Any], said: str) -> None:
    good = {"client_id": "hook-0001", "url": "https://example.org/", "kinds": ["message.sent"]}
    async with world.client(world.ana) as browser:
        assert (await browser.post("/api/webhooks", json={**good, **change})).json()["error"][
            "code"
        ] == said
        made = (await browser.post("/api/webhooks", json=good)).json()["webhook"]
        again = {"client_id": "hook-0002", **change}
        answer = await browser.patch(f"/api/webhooks/{made['id']}", json=again)
        assert answer.json()["error"]["code"] == said
        assert (await browser.get("/api/webhooks")).json()["webhooks"] == [made]


async def test_there_are_so_many_and_no_more(make_world: Callable[..., World]) -> None:
    world = make_world(max_webhooks=1)
    body = {"client_id": "hook-0001", "url": "https://example.org/", "kinds": ["message.sent"]}
    async with world.client(world.ana) as browser:
        for _ in range(2):  # the same one
            assert (await browser.post("/api/webhooks", json=body)).status_code == 200
        answer = await browser.post("/api/webhooks", json={**body, "client_id": "hook-0002"})
    assert code(answer) == (422, "webhooks.too_many")


async def test_another_member_has_no_part_in_it(told: Told) -> None:
    hook, secret = await told.hook("message.sent")
    say(told.world, told.world.bruno, told.key)
    await told.pass_on()
    [one] = await told.deliveries(hook)
    async with told.world.client(told.world.bruno) as other:
        asked: list[httpx.Response] = [
            await other.get(f"/api/webhooks/{hook}/deliveries"),
            await other.patch(f"/api/webhooks/{hook}", json={"client_id": "steal-01"}),
        ]
        for way in ("ping", "secret", f"deliveries/{one['id']}/retry"):
            body = {"client_id": f"steal-{way[:3]}"}
            asked.append(await other.post(f"/api/webhooks/{hook}/{way}", json=body))
        assert [code(answer) for answer in asked] == [(404, "kit.not_found")] * 5
        assert (await other.get("/api/webhooks")).json()["webhooks"] == []
        await other.delete(f"/api/webhooks/{hook}")
    assert [shown.id for shown in told.world.see(webhooks_of, told.world.ana)] == [hook]
    async with told.world.client(told.world.ana) as browser:
        assert secret not in (await browser.get("/api/webhooks")).text
        await browser.delete(f"/api/webhooks/{hook}")
    assert told.world.see(webhooks_of, told.world.ana) == []


async def test_a_token_sends_nowhere_what_it_may_not_read(told: Told) -> None:
    world = told.world
    hook, _ = await told.hook("message.sent")
    weak = await make(world, world.ana, "webhooks", "network.read")
    async with program(world, weak["secret"]) as tool:
        body = {"client_id": "hook-0002", "url": "https://example.org/", "kinds": ["message.sent"]}
        assert code(await tool.post("/api/webhooks", json=body)) == (403, "kit.token_scope")
        body["kinds"] = ["connection.made"]
        assert (await tool.post("/api/webhooks", json=body)).status_code == 200
        elsewhere = {"client_id": "hook-0003", "url": "https://evil.example/"}
        answer = await tool.patch(f"/api/webhooks/{hook}", json=elsewhere)
        assert code(answer) == (403, "kit.token_scope")
        secret = {"client_id": "hook-0004"}
        answer = await tool.post(f"/api/webhooks/{hook}/secret", json=secret)
        assert code(answer) == (403, "kit.token_scope")
