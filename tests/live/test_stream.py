"""The stream over real HTTP: what was missed, then live, and why it ends."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from entregent.accounts import open_session
from entregent.live import Follower, trim
from entregent.messaging import mark
from entregent.server.house import House
from entregent.server.stream import Stream
from tests.live.following import Served, Tab, Told, serving
from tests.messaging.talk import a_send, begin, say, send_messages_of
from tests.messaging.test_handling import fill
from tests.world import World


@pytest.fixture
async def served(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The world's house on a free port, with impatient chores."""
    monkeypatch.setattr("entregent.server.app.ELSEWHERE", 0.02)
    async with serving(world.house) as found:
        yield found


def cookie(world: World, member: int) -> str:
    return world.do(open_session, member, "127.0.0.1", "a test")


def client(port: int, value: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}",
        headers={"x-entregent": "1"},
        cookies={"entregent": value},
    )


def texts(told: list[Told]) -> list[str]:
    return [one.event["message"]["text"] for one in told]


async def test_what_was_missed_then_live_then_resumed(world: World, served: Served) -> None:
    ana, bruno = cookie(world, world.ana), cookie(world, world.bruno)
    key = begin(world, world.ana, world.bruno)
    start = world.cursor(world.ana)
    for number in range(3):
        say(world, world.bruno, key, f"missed {number}")
    tab = await served.tab(ana).open(start)
    assert tab.headers[b"content-type"].startswith(b"text/event-stream")
    assert tab.headers[b"cache-control"] == b"no-store"
    missed = await tab.take(3)
    assert texts(missed) == ["missed 0", "missed 1", "missed 2"]
    path = f"/api/conversations/{key}/messages"
    async with client(served.port, bruno) as http:
        for number in range(3):
            body = {"client_id": f"live-{number:05}", "text": f"live {number}"}
            answer = await http.post(path, json=body)
            live = await tab.next()
            assert live.event["message"] == answer.json()["message"]
            assert live.event["delta"] == {}
        assert [one.seq for one in missed] == [start + 1, start + 2, start + 3]
        assert live.seq == start + 6
        await tab.close()
        for number in range(2):
            body = {"client_id": f"away-{number:05}", "text": f"away {number}"}
            await http.post(path, json=body)
        # The browser repeats the address it first asked for; what it was told last counts.
        await tab.open(start, resume=True)
        assert texts(await tab.take(2)) == ["away 0", "away 1"]
        assert await tab.quiet()
        await tab.close()


async def test_a_long_absence_while_others_write(world: World, served: Served) -> None:
    """More than a page of the log is behind, and grows while it is read."""
    world.do(fill, world.ana, 150)
    start = world.cursor(world.ana)
    ids = list(range(1_000, 1_150))
    for _ in range(5):
        world.do(mark, world.ana, ids, "unread")
        world.do(mark, world.ana, ids, "read")
    key = begin(world, world.ana, world.bruno)
    tab = await served.tab(cookie(world, world.ana)).open(start)
    writes = [
        world.db.write(send_messages_of, [a_send(world.bruno, key, f"number {number}")])
        for number in range(50)
    ]
    await asyncio.gather(*writes)
    head = world.cursor(world.ana)
    told = await tab.take(head - start)
    assert [one.seq for one in told] == list(range(start + 1, head + 1))
    assert [one.event for one in told[-300:]] == world.log(world.ana, head - 300)
    assert await tab.quiet()
    await tab.close()


async def test_who_is_too_far_behind_starts_afresh(world: World, served: Served) -> None:
    value = cookie(world, world.ana)
    for number in range(3):
        key = begin(world, world.ana, world.bruno, title=f"number {number}")
        say(world, world.ana, key)
    head = world.cursor(world.ana)
    world.do(trim, 2)
    for after in (0, head - 3, head + 1, "9" * 19, "9" * 40, "-1", "x", "", None):
        tab = await served.tab(value).open(after)
        told = await tab.next()
        assert (told.seq, told.kind) == (0, "reset")
        assert await tab.ended()
        await tab.close()
    tab = await served.tab(value).open(head - 2)
    assert [one.seq for one in await tab.take(2)] == [head - 1, head]
    await tab.close()
    tab = await served.tab(value).open(head)
    assert await tab.quiet()
    await tab.close()


async def test_every_tab_is_told_and_only_the_ended_session_closes(
    world: World, served: Served
) -> None:
    here, there = cookie(world, world.ana), cookie(world, world.ana)
    key = begin(world, world.ana, world.bruno)
    head = world.cursor(world.ana)
    tabs = [await served.tab(value).open(head) for value in (here, here, there)]
    others = await served.tab(cookie(world, world.emi)).open(world.cursor(world.emi))
    async with client(served.port, cookie(world, world.bruno)) as bruno:
        body = {"client_id": "hello-123", "text": "to all"}
        await bruno.post(f"/api/conversations/{key}/messages", json=body)
    assert [texts(await tab.take(1)) for tab in tabs] == [["to all"]] * 3
    assert await others.quiet(0.02)

    async with client(served.port, here) as ana:
        await ana.delete(f"/api/sessions/{there.split('.')[1]}")
        # The session's own stream closes; the others are told that it has ended.
        assert [one.kind for one in await told_until_bye(tabs[2])][-1] == "bye"
        assert [(await tab.next()).event["type"] for tab in tabs[:2]] == ["session.ended"] * 2
        again = await served.tab(there).open(head)
        assert again.status == 401
        assert world.house.hub.members() == [world.ana, world.emi]
        await ana.delete("/api/sessions/current")
    for tab in tabs[:2]:
        told = await told_until_bye(tab)
        assert (told[-1].kind, told[-1].data) == ("bye", "revoked")
        assert await tab.ended()
    assert world.house.hub.members() == [world.emi]


async def told_until_bye(tab: Tab) -> list[Told]:
    told = [await tab.next()]
    while told[-1].kind != "bye":
        told.append(await tab.next())
    return told


async def test_commits_of_another_process_reach_followers(
    world: World, served: Served, world_url: str
) -> None:
    """SQLite tells that its file has changed; on PostgreSQL the heads of the logs are looked at."""
    key = begin(world, world.ana, world.bruno)
    tab = await served.tab(cookie(world, world.ana)).open(world.cursor(world.ana))
    await until(lambda: not followers(world)[0].behind)
    elsewhere = House(world.house.settings, clock=world.clock, node=9)
    batch: Any = elsewhere.db.write_now
    batch(send_messages_of, [a_send(world.bruno, key, "from elsewhere")])
    assert texts(await tab.take(1)) == ["from elsewhere"]
    elsewhere.db.close()
    await tab.close()


async def test_an_idle_stream_is_kept_open_and_closes_with_the_server(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entregent.server.app.HEARTBEAT", 0.02)
    async with serving(world.house) as served:
        value = cookie(world, world.ana)
        tab = await served.tab(value).open(world.cursor(world.ana))
        assert [one.kind for one in await tab.take(3)] == ["comment"] * 3
        world.house.hub.end_all()
        told = await told_until_bye(tab)
        assert (told[-1].kind, told[-1].data) == ("bye", "shutdown")
        assert await tab.ended()
        late = await served.tab(value).open(world.cursor(world.ana))
        assert (await late.next()).data == "shutdown"
        await tab.close()
        await late.close()


async def test_a_stranger_has_no_stream(world: World, served: Served) -> None:
    for value in ("", "nonsense", f"{world.ana}.1.guess"):
        tab = await served.tab(value).open(0)
        assert tab.status == 401
        await tab.close()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}") as nobody:
        answer = await nobody.get("/api/stream", headers={"accept-language": "fr-CH, en;q=0.5"})
        assert answer.json()["error"]["code"] == "kit.sign_in_first"
        assert "Reconnectez-vous" in answer.json()["error"]["message"]
        assert (await nobody.post("/api/stream")).status_code == 405


class SlowBrowser:
    """Takes what it is sent only when it is told to."""

    def __init__(self, world: World, value: str, after: int) -> None:
        self.taken = b""
        self.ready = asyncio.Event()
        self.gone = asyncio.Event()
        stream = Stream(world.ports, world.house.sessions, world.house.hub)
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/api/stream",
            "query_string": b"after=%d" % after,
            "headers": [(b"cookie", b"entregent=" + value.encode())],
        }
        self.task = asyncio.create_task(stream(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        await self.ready.wait()
        self.taken += message.get("body", b"")

    def told(self) -> list[int]:
        """The numbers that arrived."""
        lines = self.taken.decode().split("\n")
        return [int(line[4:]) for line in lines if line.startswith("id: ")]


async def test_a_slow_follower_is_closed_by_name_and_resumes_without_loss(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entregent.live.hub.LONGEST_QUEUE", 20)
    value = cookie(world, world.ana)
    key = begin(world, world.ana, world.bruno)
    start = world.cursor(world.ana)
    browser = SlowBrowser(world, value, start)
    browser.ready.set()
    await until(world.house.hub.members)
    await until(lambda: followers(world)[0].behind is False and b"retry" in browser.taken)
    browser.ready.clear()
    for number in range(40):
        await world.db.write(send_messages_of, [a_send(world.bruno, key, f"number {number}")])
    [follower] = followers(world)
    assert follower.ended == "slow"
    assert len(follower.frames) <= 20
    browser.ready.set()
    await asyncio.wait_for(browser.task, 5)
    assert browser.taken.endswith(b"event: bye\ndata: slow\n\n")
    assert followers(world) == []
    first = browser.told()
    assert first == list(range(start + 1, start + 1 + len(first)))
    assert len(first) < 40

    again = SlowBrowser(world, value, (first or [start])[-1])
    again.ready.set()
    await until(lambda: len(first + again.told()) == 40)
    assert first + again.told() == list(range(start + 1, start + 41))
    again.gone.set()
    await asyncio.wait_for(again.task, 5)
    assert not again.taken.endswith(b"gone\n\n")
    assert followers(world) == []


async def test_who_takes_nothing_is_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    value = cookie(world, world.ana)
    browser = SlowBrowser(world, value, world.cursor(world.ana))
    await until(world.house.hub.members)
    for _ in range(3):
        world.house.hub.beat()  # idle, and not to be closed
    assert not browser.task.done()
    followers(world)[0].end("slow")
    world.house.hub.beat()
    await asyncio.sleep(0)
    assert not browser.task.done()
    world.house.hub.beat()
    await asyncio.wait_for(browser.task, 5)
    assert followers(world) == []


def followers(world: World) -> list[Follower]:
    return [one for some in world.house.hub._followers.values() for one in some]


async def until(true: Any) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 (it is told by nobody)
            await asyncio.sleep(0.002)


async def test_events_are_written_as_one_line(world: World, served: Served) -> None:
    """Whatever is said cannot end an event early or forge another."""
    key = begin(world, world.ana, world.bruno)
    tab = await served.tab(cookie(world, world.ana)).open(world.cursor(world.ana))
    text = 'a\n\nid: 999\nevent: bye\ndata: "x"\u2028\u2029\u0085</script>'
    sent = await world.db.write(send_messages_of, [a_send(world.bruno, key, text)])
    told = await tab.next()
    assert told.event["message"]["text"] == sent[0].text
    assert json.loads(told.data)["type"] == "message.sent"
    assert await tab.quiet()
    await tab.close()
