"""The push seam: sealed as the browsers want it, and the same contract for every adapter."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, NamedTuple

import h11
import pytest

from entregent.ports.clock import StoppedClock
from entregent.ports.fetch import PublicFetch
from entregent.ports.push import (
    Device,
    ListedPush,
    Message,
    Push,
    PushGone,
    PushRefused,
    PushUnavailable,
    WebPush,
    open_push,
)
from entregent.ports.push.sealing import (
    decode,
    encode,
    new_key,
    public_of,
    read_key,
    seal,
    unseal,
)

SECRET = "BTBZMqHH6r4Tts7J_aSIgg"


def test_sealed_as_in_the_appendix_of_rfc_8291() -> None:
    sealed = seal(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        SECRET,
        key=read_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=decode("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encode(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
        "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN"
    )
    opened = unseal(sealed, read_key("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), SECRET)
    assert opened == b"When I grow up, I want to be a watermelon"


class Asked(NamedTuple):
    """A request as the push service got it."""

    target: str
    headers: dict[str, str]
    body: bytes


class Service:
    """A push service of our own: keeps what it is handed, and answers as it is told to."""

    def __init__(self) -> None:
        self.status = 201
        self.asked: list[Asked] = []
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        head: h11.Request | None = None
        body = b""
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65_536))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
            else:
                break
        if head is not None:
            headers = {name.decode(): value.decode() for name, value in head.headers}
            self.asked.append(Asked(head.target.decode(), headers, body))
            said = h11.Response(status_code=self.status, headers=[("content-length", "0")])
            writer.write(connection.send(said) or b"")
            writer.write(connection.send(h11.EndOfMessage()) or b"")
            await writer.drain()
        writer.close()


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made = Service()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    await server.wait_closed()


@pytest.fixture
async def web(service: Service) -> AsyncIterator[WebPush]:
    fetch = PublicFetch(trusted=[("127.0.0.1", service.port)])
    made = WebPush(new_key(), "mailto:host@example.org", fetch, StoppedClock())
    yield made
    await made.close()


@pytest.fixture(params=["web", "listed"])
def push(request: pytest.FixtureRequest, service: Service) -> Push:
    if request.param == "web":
        found: WebPush = request.getfixturevalue("web")
        return found
    return ListedPush()


@pytest.fixture
def device(service: Service) -> Device:
    mine = encode(public_of(read_key(new_key())))
    return Device(endpoint=f"http://127.0.0.1:{service.port}/to/me", p256dh=mine, auth=SECRET)


def changed(device: Device, **more: str) -> Device:
    return Device(
        endpoint=more.get("endpoint", device.endpoint),
        p256dh=more.get("p256dh", device.p256dh),
        auth=more.get("auth", device.auth),
    )


async def test_a_message_is_handed_over(push: Push, device: Device) -> None:
    await push.send(device, Message(payload=b"{}", topic="abc"))
    assert len(decode(push.public_key)) == 65


async def test_what_is_no_subscription_is_refused(push: Push, device: Device) -> None:
    for wrong in (
        {"endpoint": "nonsense"},
        {"endpoint": "ftp://127.0.0.1/x"},
        {"p256dh": encode(b"\x04" + b"\x01" * 64)},  # no point of the curve
        {"p256dh": "$$"},
        {"auth": "AAAA"},
    ):
        with pytest.raises(PushRefused):
            await push.send(changed(device, **wrong), Message(payload=b"{}"))
    with pytest.raises(PushRefused):
        await push.send(device, Message(payload=b"x" * 4_000))


async def test_only_the_browser_can_open_it(web: WebPush, service: Service) -> None:
    mine = read_key(new_key())
    browser = Device(
        endpoint=f"http://127.0.0.1:{service.port}/to/me?x=1",
        p256dh=encode(public_of(mine)),
        auth=SECRET,
    )
    for _ in range(2):
        await web.send(browser, Message(payload="“Ça va ?”".encode(), topic="abc", seconds=60))
    one, two = service.asked
    assert unseal(one.body, mine, SECRET).decode() == "“Ça va ?”"
    assert one.body != two.body
    with pytest.raises(PushRefused):
        unseal(one.body, read_key(new_key()), SECRET)
    assert one.target == "/to/me?x=1"
    assert (one.headers["ttl"], one.headers["topic"], one.headers["content-encoding"]) == (
        "60", "abc", "aes128gcm"
    )  # fmt: skip


async def test_the_service_is_told_who_sends(
    web: WebPush, service: Service, device: Device
) -> None:
    await web.send(device, Message(payload=b"{}"))
    token, key = service.asked[0].headers["authorization"].removeprefix("vapid t=").split(", k=")
    claims: dict[str, Any] = json.loads(decode(token.split(".")[1]))
    assert claims["aud"] == f"http://127.0.0.1:{service.port}"
    assert claims["sub"] == "mailto:host@example.org"
    assert 0 < claims["exp"] - StoppedClock().now() // 1_000 <= 24 * 3_600
    assert key == web.public_key


@pytest.mark.parametrize(
    ("status", "means"),
    [(404, PushGone), (410, PushGone), (429, PushUnavailable), (503, PushUnavailable),
     (400, PushRefused), (413, PushRefused)],
)  # fmt: skip
async def test_what_an_answer_means(
    web: WebPush, service: Service, device: Device, status: int, means: type[Exception]
) -> None:
    service.status = status
    with pytest.raises(means) as raised:
        await web.send(device, Message(payload=b"{}"))
    assert type(raised.value) is means


async def test_an_endpoint_leads_into_no_private_network(device: Device) -> None:
    careful = WebPush(new_key(), "mailto:host@example.org", PublicFetch(), StoppedClock())
    for place in ("http://127.0.0.1/x", "http://localhost:5432/", "http://169.254.169.254/latest"):
        with pytest.raises(PushRefused):
            await careful.send(changed(device, endpoint=place), Message(payload=b"{}"))
    await careful.close()


async def test_a_service_that_is_down_may_come_back(web: WebPush, device: Device) -> None:
    nobody = changed(device, endpoint="http://127.0.0.1:9/x")
    fetch = PublicFetch(trusted=[("127.0.0.1", 9)])
    away = WebPush(new_key(), "mailto:host@example.org", fetch, StoppedClock())
    with pytest.raises(PushUnavailable):
        await away.send(nobody, Message(payload=b"{}"))
    await away.close()


def test_the_key_is_made_once(tmp_path: Path) -> None:
    opened: Callable[[], Push] = lambda: open_push(  # noqa: E731
        "web:", key="", folder=tmp_path / "new", subject="mailto:a@b.c", clock=StoppedClock()
    )
    assert opened().public_key == opened().public_key
    assert (tmp_path / "new" / "push.key").stat().st_mode & 0o777 == 0o600
    given = open_push("web:", key=new_key(), folder=tmp_path, subject="", clock=StoppedClock())
    assert given.public_key != opened().public_key
    with pytest.raises(ValueError, match="no such push"):
        open_push("smoke:", key="", folder=tmp_path, subject="", clock=StoppedClock())
