"""The contract of the bus, in process and over NATS."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from entregent.ports.bus import MAX_PAYLOAD, Bus, open_bus
from tests.servers.nats import NatsServer


@pytest.fixture(scope="module")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    with NatsServer(tmp_path_factory.mktemp("nats")) as server:
        yield server


@pytest.fixture(params=["memory", "nats"])
async def bus(request: pytest.FixtureRequest) -> AsyncIterator[Bus]:
    """One process's bus, of each kind."""
    url = "memory:"
    if request.param == "nats":
        url = f"{request.getfixturevalue('nats').url}/contract"
    opened = await started(url)
    yield opened
    await opened.close()


@pytest.fixture
async def two(nats: NatsServer) -> AsyncIterator[tuple[Bus, Bus]]:
    """The buses of two processes of one instance."""
    first, second = await started(f"{nats.url}/two"), await started(f"{nats.url}/two")
    yield first, second
    await first.close()
    await second.close()


async def started(url: str) -> Bus:
    bus = open_bus(url)
    await bus.start()
    return bus


class Ears:
    """Remembers what was heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.gaps = 0

    def __call__(self, topic: str, payload: bytes) -> None:
        self.heard.append((topic, payload))

    def gap(self) -> None:
        self.gaps += 1

    def payloads(self) -> list[bytes]:
        return [payload for _, payload in self.heard]


async def until(
    condition: Callable[[], bool], again: Callable[[], None] = lambda: None, seconds: float = 10
) -> None:
    """Waits for a condition, doing something again and again meanwhile."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        again()
        await asyncio.sleep(0.01)


async def connect(sender: Bus, receiver: Bus) -> None:
    """Waits until what the one sends reaches the other."""
    ears = Ears()
    end = receiver.subscribe("probe", ears)
    await until(lambda: bool(ears.heard), lambda: sender.publish("probe", b""))
    end()


async def test_a_hint_is_heard_once_in_order_and_not_during_the_call(bus: Bus) -> None:
    ears = Ears()
    bus.subscribe("member.1", ears)
    for n in range(100):
        bus.publish("member.1", str(n).encode())
    assert ears.heard == []
    await until(lambda: len(ears.heard) >= 100)
    await asyncio.sleep(0.05)
    assert ears.payloads() == [str(n).encode() for n in range(100)]


async def test_one_subscription_hears_every_topic_below(bus: Bus) -> None:
    below, exact, deeper, everything_else = Ears(), Ears(), Ears(), Ears()
    bus.subscribe("member.>", below)
    bus.subscribe("member.7", exact)
    bus.subscribe("member.7.>", deeper)
    bus.subscribe("members.>", everything_else)
    for topic in ("member.7", "member.8", "member.7.typing", "member", "other.7"):
        bus.publish(topic, b"x")
    bus.publish("member.last", b"")
    await until(lambda: ("member.last", b"") in below.heard)
    assert [topic for topic, _ in below.heard] == [
        "member.7",
        "member.8",
        "member.7.typing",
        "member.last",
    ]
    assert [topic for topic, _ in exact.heard] == ["member.7"]
    assert [topic for topic, _ in deeper.heard] == ["member.7.typing"]
    assert everything_else.heard == []


async def test_an_ended_subscription_hears_nothing_more(bus: Bus) -> None:
    ended, other = Ears(), Ears()
    end = bus.subscribe("member.1", ended)
    bus.subscribe("member.1", other)
    end()
    end()
    bus.publish("member.1", b"x")
    await until(lambda: bool(other.heard))
    assert ended.heard == []


async def test_a_failing_listener_does_not_silence_the_others(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears()

    def failing(topic: str, payload: bytes) -> None:
        raise RuntimeError("no")

    bus.subscribe("member.1", failing)
    bus.subscribe("member.1", ears)
    bus.publish("member.1", b"x")
    await until(lambda: bool(ears.heard))
    assert "a listener of member.1 failed" in caplog.text


async def test_a_listener_may_publish_and_subscribe(bus: Bus) -> None:
    ears = Ears()

    def answer(topic: str, payload: bytes) -> None:
        bus.subscribe("answer", ears)
        bus.publish("answer", payload)

    bus.subscribe("question", answer)
    bus.publish("question", b"42")
    await until(lambda: ears.payloads() == [b"42"])


async def test_hints_may_come_from_any_thread(bus: Bus) -> None:
    ears = Ears()
    bus.subscribe("member.>", ears)

    def work(thread: int) -> None:
        for n in range(200):
            bus.publish(f"member.{thread}", str(n).encode())

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    await until(lambda: len(ears.heard) == 800)
    for thread in threads:
        thread.join()
    for n in range(4):
        mine = [payload for topic, payload in ears.heard if topic == f"member.{n}"]
        assert mine == [str(n).encode() for n in range(200)]


@pytest.mark.parametrize(
    "topic", ["", ".", "a..b", "a b", "a\r\nPUB x", "member.*", "member.>", "é", "a" * 201]
)
async def test_what_is_not_a_topic_is_dropped_and_logged(
    bus: Bus, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    bus.publish(topic, b"x")
    assert "not a topic" in caplog.text


@pytest.mark.parametrize("topic", ["", ">", "*", "a.*", "a..>", "a.>.b", "a b"])
async def test_a_subscription_that_could_never_match_is_refused(bus: Bus, topic: str) -> None:
    with pytest.raises(ValueError, match="not a topic"):
        bus.subscribe(topic, Ears())


async def test_the_largest_hint_passes_and_a_larger_one_is_dropped(bus: Bus) -> None:
    ears = Ears()
    bus.subscribe("member.1", ears)
    bus.publish("member.1", bytes(MAX_PAYLOAD + 1))
    bus.publish("member.1", bytes(MAX_PAYLOAD))
    await until(lambda: bool(ears.heard))
    assert ears.payloads() == [bytes(MAX_PAYLOAD)]


async def test_a_closed_bus_drops_hints_and_may_be_closed_again(bus: Bus) -> None:
    ears = Ears()
    bus.subscribe("member.1", ears)
    bus.publish("member.1", b"x")
    await bus.close()
    bus.publish("member.1", b"x")
    await asyncio.sleep(0.05)
    assert ears.heard == []
    await bus.close()


async def test_publishing_is_cheap(bus: Bus) -> None:
    bus.subscribe("member.>", Ears())
    start = time.perf_counter()
    for n in range(2_000):
        bus.publish(f"member.{n}", b"hint")
    assert (time.perf_counter() - start) / 2_000 < 0.0005


async def test_two_processes_hear_each_other_exactly_once(two: tuple[Bus, Bus]) -> None:
    first, second = two
    mine, theirs = Ears(), Ears()
    first.subscribe("member.>", mine)
    second.subscribe("member.>", theirs)
    await connect(first, second)
    for n in range(50):
        first.publish(f"member.{n}", b"hint")
    await until(lambda: len(theirs.heard) >= 50)
    await asyncio.sleep(0.05)
    assert theirs.heard == mine.heard == [(f"member.{n}", b"hint") for n in range(50)]


async def test_instances_with_other_names_do_not_meet(nats: NatsServer) -> None:
    here, there = await started(f"{nats.url}/here"), await started(f"{nats.url}/there")
    ears = Ears()
    there.subscribe("member.>", ears)
    again = await started(f"{nats.url}/there")
    here.publish("member.1", b"from here")
    await connect(again, there)
    assert ears.heard == []
    for opened in (here, there, again):
        await opened.close()


async def test_an_outage_breaks_nothing_here_and_tells_of_a_gap(tmp_path: Path) -> None:
    with NatsServer(tmp_path) as server:
        first, second = await started(server.url), await started(server.url)
        await connect(first, second)
        mine, theirs = Ears(), Ears()
        first.subscribe("member.>", mine)
        second.subscribe("member.>", theirs)
        second.on_gap(theirs.gap)
        await connect(first, second)

        server.stop()
        for n in range(300):
            first.publish(f"member.{n}", b"while down")
        await until(lambda: len(mine.heard) == 300)

        gaps = theirs.gaps
        server.start()
        await until(lambda: theirs.gaps > gaps)
        await connect(first, second)
        first.publish("member.1", b"after")
        await until(lambda: b"after" in theirs.payloads())
        await first.close()
        await second.close()


async def test_a_server_that_is_down_at_the_start_is_found_later(tmp_path: Path) -> None:
    server = NatsServer(tmp_path)
    opening = [asyncio.create_task(started(server.url)) for _ in range(2)]
    first, second = [await task for task in opening]
    ears = Ears()
    second.subscribe("member.>", ears)
    first.publish("member.1", b"nobody hears")
    with server:
        await connect(first, second)
        first.publish("member.1", b"heard")
        await until(lambda: b"heard" in ears.payloads())
        await first.close()
        await second.close()


async def test_closing_while_the_server_is_down_does_not_hang(nats: NatsServer) -> None:
    unreachable = await started("nats://127.0.0.1:1")
    async with asyncio.timeout(2):
        await unreachable.close()


async def test_closing_at_any_moment_of_a_connection_that_fails_does_not_hang() -> None:
    for turns in range(60):
        bus = open_bus("nats://127.0.0.1:1")
        starting = asyncio.create_task(bus.start())
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await bus.close()
        starting.cancel()


@pytest.mark.parametrize("url", ["memory:", "nats://127.0.0.1:1"])
async def test_before_the_start_hints_are_dropped_and_subscriptions_kept(url: str) -> None:
    bus = open_bus(url)
    ears = Ears()
    bus.subscribe("member.1", ears)
    bus.publish("member.1", b"early")
    await bus.start()
    bus.publish("member.1", b"in time")
    await until(lambda: bool(ears.heard))
    assert ears.payloads() == [b"in time"]
    await bus.close()
    await open_bus(url).close()


@pytest.mark.parametrize("url", ["", "redis://localhost", "nats://", "nats://localhost/a b"])
def test_a_url_that_names_no_bus_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        open_bus(url)
